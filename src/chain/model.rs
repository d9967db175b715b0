//! Weights for features, and how they become chances.

use std::sync::LazyLock;

use super::feature::{Feature, Row};
use crate::error::Result;
use crate::lexicon::{entries, fault, number};

/// The weights of one setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// A weight for each feature, for each pass over the thread.
    pub passes: Vec<Row>,
    /// How the log-odds of a chance are stretched so that it means what it says.
    pub slope: f32,
    /// How they are moved.
    pub offset: f32,
    /// The confidence from which nine of ten links were right.
    pub least: f32,
}

impl Default for Model {
    fn default() -> Self {
        let passes = vec![[0.0; Feature::ALL.len()]];
        Self { passes, slope: 1.0, offset: 0.0, least: 0.5 }
    }
}

/// The names of the lines in a weight file that are no feature.
const SLOPE: &str = "sure_slope";
const OFFSET: &str = "sure_offset";
const LEAST: &str = "min_confidence";

impl Model {
    /// Reads weights: a feature and its weight in each pass on each line.
    ///
    /// # Errors
    ///
    /// [`Error::Lexicon`](crate::Error::Lexicon) if a line is not of that form.
    pub fn read(name: &str, table: &str) -> Result<Self> {
        let mut model = Self::default();
        for (line, fields) in entries(table) {
            #[expect(clippy::cast_possible_truncation, reason = "weights need few digits")]
            let value = |index| number(name, line, &fields, index).map(|value| value as f32);
            match fields[0] {
                SLOPE => model.slope = value(1)?,
                OFFSET => model.offset = value(1)?,
                LEAST => model.least = value(1)?,
                other => {
                    let feature = Feature::named(other)
                        .ok_or_else(|| fault(name, line, format!("no feature {other:?}")))?;
                    while model.passes.len() + 1 < fields.len() {
                        model.passes.push([0.0; Feature::ALL.len()]);
                    }
                    for pass in 1..fields.len() {
                        model.passes[pass - 1][feature as usize] = value(pass)?;
                    }
                }
            }
        }
        Ok(model)
    }

    /// Writes the weights in the form that [`read`](Self::read) reads.
    #[must_use]
    pub fn write(&self, heading: &str) -> String {
        use std::fmt::Write;
        let mut table = String::new();
        for line in heading.lines() {
            let _ = writeln!(table, "# {line}");
        }
        for &feature in Feature::ALL {
            if self.passes.iter().any(|pass| pass[feature as usize] != 0.0) {
                table.push_str(feature.name());
                for pass in &self.passes {
                    let _ = write!(table, "\t{:.3}", pass[feature as usize]);
                }
                table.push('\n');
            }
        }
        for (name, value) in [(SLOPE, self.slope), (OFFSET, self.offset), (LEAST, self.least)] {
            let _ = writeln!(table, "{name}\t{value:.3}");
        }
        table
    }

    /// Turns rows into chances, which sum to one.
    pub(super) fn chances(&self, pass: usize, rows: &[Row], chances: &mut Vec<f32>) {
        let weights = &self.passes[pass.min(self.passes.len() - 1)];
        chances.clear();
        chances.resize(rows.len(), 0.0);
        // Most features have no weight in most settings.
        for (feature, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
            for (score, row) in chances.iter_mut().zip(rows) {
                *score += weight * row[feature];
            }
        }
        softmax(chances);
    }

    /// Turns a chance into a confidence that means what it says.
    #[must_use]
    pub fn confidence(&self, chance: f32) -> f32 {
        let chance = chance.clamp(1e-6, 1.0 - 1e-6);
        let odds = (chance / (1.0 - chance)).ln();
        1.0 / (1.0 + (-self.slope * odds - self.offset).exp())
    }

    /// Whether it counts how like two comments are.
    pub(super) fn uses_likeness(&self) -> bool {
        use Feature::{BestRare, Likeness, NullAlike, Pool, Rare};
        let alike = [BestRare, Likeness, NullAlike, Pool, Rare];
        alike.iter().any(|&feature| self.uses(feature))
    }

    /// Whether it counts what is copied without marks.
    pub(super) fn uses_copies(&self) -> bool {
        use Feature::{AnyShared, Begins, FirstShared, LatestShared, LeadShared, Run};
        let copies = [AnyShared, Begins, FirstShared, LatestShared, LeadShared, Run];
        copies.iter().any(|&feature| self.uses(feature))
    }

    /// Whether a feature counts at all.
    pub(super) fn uses(&self, feature: Feature) -> bool {
        self.passes.iter().any(|pass| pass[feature as usize] != 0.0)
    }
}

fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in &mut *scores {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

macro_rules! models {
    ($($field:ident $file:literal $meaning:literal)*) => {
        /// The weights of every setting.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Models {
            $(#[doc = $meaning] pub $field: Model,)*
        }

        impl Models {
            /// The weights that are built in.
            ///
            /// # Errors
            ///
            /// [`Error::Lexicon`](crate::Error::Lexicon) if a file was spoilt.
            pub fn read_built_in() -> Result<Self> {
                Ok(Self {
                    $($field: Model::read(
                        concat!("lexicons/chain/", $file),
                        include_str!(concat!("../../lexicons/chain/", $file)),
                    )?,)*
                })
            }

            /// Each setting: its name, its weight file, and its weights.
            pub fn settings(&mut self) -> Vec<(&'static str, &'static str, &mut Model)> {
                vec![$((stringify!($field), $file, &mut self.$field),)*]
            }
        }
    };
}

models! {
    known_chronological "known-chronological.tsv" "Authors known, comments in the order of time."
    known_nested "known-nested.tsv" "Authors known, answers under the comment that they answer."
    known_chat "known-chat.tsv" "Authors known, a chat."
    chat_similar "chat-similar.tsv" "A chat line that speaks to nobody who is here."
    hidden_chronological "hidden-chronological.tsv" "Authors hidden, comments in the order of time."
    hidden_nested "hidden-nested.tsv" "Authors hidden, answers under the comment that they answer."
    hidden_microblog "hidden-microblog.tsv" "Authors hidden, short posts that begin with the handles of the whole exchange."
    similar "similar.tsv" "Comments without any mention that quote without marks."
}

/// The weights that are built in. They are tested, so a fault cannot happen; without weights
/// nothing but the latest comment would be found.
pub(super) static BUILT_IN: LazyLock<Models> =
    LazyLock::new(|| Models::read_built_in().unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_can_be_read_and_written() {
        let mut models = Models::read_built_in().unwrap();
        for (_, file, model) in models.settings() {
            assert_eq!(Model::read(file, &model.write("any heading")).unwrap(), *model, "{file}");
        }
    }

    #[test]
    fn a_fault_in_a_weight_file_names_its_line() {
        let error = Model::read("mine.tsv", "null\t1\nnothing\t2\n").unwrap_err();
        assert_eq!(error.to_string(), "mine.tsv:2: no feature \"nothing\"");
    }

    #[test]
    fn chances_sum_to_one_and_confidence_keeps_their_order() {
        let mut model = Model { slope: 0.5, ..Model::default() };
        model.passes[0][Feature::Null as usize] = 1.0;
        let mut rows = vec![[0.0; Feature::ALL.len()]; 3];
        rows[2][Feature::Null as usize] = 1.0;
        let mut chances = Vec::new();
        model.chances(0, &rows, &mut chances);
        assert!((chances.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(model.confidence(chances[2]) > model.confidence(chances[0]));
    }
}
