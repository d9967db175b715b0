//! The scorer: from a text to what the report says about it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write;
use std::sync::LazyLock;

use super::above;
use super::accurate::TokenModel;
use super::category::Category;
use super::dictionary;
use super::judge::Judge;
use super::model::Model;
use super::reader::Reader;
use super::target::{self, Names, Surroundings};
use super::{Explanation, Flamebait, Label, Reason, Thresholds};
use crate::chain::{Link, Thread};
use crate::comment::Comment;
use crate::score::{Assessment, Scorer};
use crate::table::{Cell, Column, Rows};

/// Scores how likely comments are to provoke hostile answers.
#[derive(Clone, Debug)]
pub struct FlamebaitScorer {
    judge: Judge,
    thresholds: Thresholds,
}

/// Makes a scorer.
pub type Make = fn() -> FlamebaitScorer;

/// The models that are built in, by the names that users give them.
pub static BUILT_IN: &[(&str, Make)] =
    &[("fast", FlamebaitScorer::default), ("accurate", FlamebaitScorer::accurate)];

/// How many reasons a report names.
const MOST_REASONS: usize = 8;

thread_local! {
    static READER: RefCell<Reader> = RefCell::default();
}

impl Default for FlamebaitScorer {
    /// Scores by the additive model that is built in.
    fn default() -> Self {
        Self::new(Judge { model: Cow::Borrowed(Model::fast()), tokens: None })
    }
}

impl FlamebaitScorer {
    /// Scores by another model.
    #[must_use]
    pub fn with_model(model: Model) -> Self {
        Self::new(Judge { model: Cow::Owned(model), tokens: None })
    }

    /// Scores by the models that are built in, the additive one and the token model together:
    /// right more often, and slower.
    #[must_use]
    pub fn accurate() -> Self {
        let tokens = TokenModel::built_in();
        Self::new(Judge { model: Cow::Borrowed(Model::fast()), tokens })
    }

    /// Reads the lexicons, if that is not done yet: the first text need not wait for them.
    fn new(judge: Judge) -> Self {
        LazyLock::force(&dictionary::BUILT_IN);
        Self { judge, thresholds: Thresholds::default() }
    }

    /// Labels comments by these thresholds in place of the default ones. Scores stay the same.
    #[must_use]
    pub fn with_thresholds(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// The thresholds of the labels.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// Scores by the built-in model of that name, such as `fast`; `None` if there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, scorer)| scorer())
    }

    /// Scores a text on its own.
    #[must_use]
    pub fn assess(&self, text: &str) -> Flamebait {
        READER.with_borrow_mut(|reader| {
            reader.read(text);
            self.sum_up(reader, alone(&Names::default()))
        })
    }

    /// Scores a text on its own and says what each word added.
    #[must_use]
    pub fn explain(&self, text: &str) -> Explanation {
        READER.with_borrow_mut(|reader| {
            reader.read(text);
            let flamebait = self.sum_up(reader, alone(&Names::default()));
            reader.explain(&self.judge, flamebait)
        })
    }

    /// Scores the comment at `position` in its thread, of which the earlier ones are `assessed`.
    fn assess_in(
        &self,
        thread: &Thread,
        position: usize,
        assessed: &[Assessment],
        reader: &mut Reader,
        names: &Names,
    ) -> Flamebait {
        let answers = !matches!(thread.links[position], Link::Root | Link::Orphan);
        let surroundings = Surroundings { answers, names };
        let text = thread.comments[position].words();
        reader.read(text);
        let flamebait = self.sum_up(reader, surroundings);
        // Whoever's words they are, a calm comment is calm, and a copy from one attacks nobody.
        let is_heated = |found: &Flamebait| found.label > Label::Calm;
        let heats = |&above: &usize| assessed[above].flamebait.as_ref().is_some_and(is_heated);
        let above = answered(thread, position)
            .filter(|above| is_heated(&flamebait) && heats(above))
            .map(|above| thread.comments[above].words())
            .filter(|above| above::can_compare(text, above));
        let Some(above) = above else { return flamebait };
        reader.read_answer(text, above);
        self.sum_up(reader, surroundings)
    }

    /// What a report says about the text that was read.
    fn sum_up(&self, reader: &mut Reader, surroundings: Surroundings<'_>) -> Flamebait {
        let log_odds = self.judge.log_odds(reader);
        let score = (sigmoid(log_odds) * 1e4).round() / 1e4;
        let label = self.thresholds.label(score);
        if label == Label::Calm {
            return Flamebait {
                score,
                label,
                categories: Vec::new(),
                target: None,
                reasons: Vec::new(),
            };
        }
        Flamebait {
            score,
            label,
            categories: strong(reader.categories(&self.judge.model)),
            target: target::find(reader.tokens(), &reader.hits, surroundings),
            reasons: reader.reasons(&self.judge, MOST_REASONS),
        }
    }
}

/// The comment of somebody else that the one at `position` answers.
fn answered(thread: &Thread, position: usize) -> Option<usize> {
    let above = thread.reply(position)?.to;
    let [mine, theirs] = [position, above].map(|it| &thread.comments[it].author);
    (mine.is_empty() || mine != theirs).then_some(above)
}

/// A text without a thread.
fn alone(names: &Names) -> Surroundings<'_> {
    Surroundings { answers: false, names }
}

/// From this score on a category is named in a report; the strongest one always is.
const STRONG: f32 = 0.35;

fn strong(mut categories: Vec<(Category, f32)>) -> Vec<(Category, f32)> {
    let strong = categories.partition_point(|found| found.1 >= STRONG);
    categories.truncate(strong.max(1));
    categories
}

fn sigmoid(log_odds: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(log_odds)).exp())
}

const COLUMNS: [Column; 5] = [
    Column::number(
        "flamebait",
        "How likely the comment is to provoke hostile answers, 0 to 1; empty where it is unscored.",
    ),
    Column::text(
        "flamebait_label",
        "`calm`, `heated` from 0.5, `flamebait` from 0.75 (unless `--thresholds` says otherwise), or `unscored`.",
    ),
    Column::text(
        "flamebait_categories",
        "Kinds of provocation found, strongest first, separated by semicolons.",
    ),
    Column::text(
        "flamebait_target",
        "Whom it is aimed at: `commenter`, `writer`, `public_figure`, `group`, or empty.",
    ),
    Column::text(
        "flamebait_reasons",
        "The words behind a label above `calm`, weightiest first, with their place in the text in characters from 0, end excluded.",
    ),
];

impl Scorer for FlamebaitScorer {
    fn name(&self) -> &str {
        self.judge.name()
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn score(&self, thread: &Thread, assessments: &mut [Assessment]) {
        READER.with_borrow_mut(|reader| {
            let mut names = Names::default();
            if let Some(article) = &thread.article {
                for text in [&article.title, &article.text] {
                    reader.read(text);
                    target::add_names(reader.tokens(), &mut names);
                }
            }
            for position in 0..assessments.len() {
                let flamebait = assessments[position]
                    .scorable
                    .then(|| self.assess_in(thread, position, assessments, reader, &names));
                assessments[position].flamebait = flamebait;
            }
        });
    }

    fn write(&self, thread: &Thread, position: usize, assessment: &Assessment, rows: &mut Rows) {
        let Some(flamebait) = &assessment.flamebait else {
            rows.push(Cell::Empty);
            rows.push(Cell::Text("unscored"));
            return (0..3).for_each(|_| rows.push(Cell::Empty));
        };
        rows.push(Cell::Number(flamebait.score));
        rows.push(Cell::Text(flamebait.label.name()));
        rows.push_text(|cell| {
            for (index, (category, _)) in flamebait.categories.iter().enumerate() {
                let separator = if index == 0 { "" } else { ";" };
                let _ = write!(cell, "{separator}{category}");
            }
        });
        rows.push(flamebait.target.map_or(Cell::Empty, |target| Cell::Text(target.name())));
        rows.push_text(|cell| {
            write_reasons(&thread.comments[position], &flamebait.reasons, cell);
        });
    }
}

/// Writes reasons for a person: `insult "stupid" 12-18; second person "you" 8-11`, the places
/// counted in the comment as it came.
fn write_reasons(comment: &Comment, reasons: &[Reason], cell: &mut String) {
    for (index, Reason { kind, span, .. }) in reasons.iter().enumerate() {
        let separator = if index == 0 { "" } else { "; " };
        let words = comment.words().get(span.clone()).unwrap_or_default();
        let place = comment.in_text(span.clone());
        let count = |text: Option<&str>| text.unwrap_or_default().chars().count();
        let start = count(comment.text.get(..place.start));
        let end = start + count(comment.text.get(place));
        let _ = write!(cell, "{separator}{kind} \"{words}\" {start}-{end}");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Comment, FlamebaitScorer, write_reasons};
    use crate::score::flamebait::{Category, Label, Target};

    #[test]
    fn an_insult_is_flamebait_and_its_words_are_named() {
        let text = "Être ou not, you are a stupid idiot";
        let found = FlamebaitScorer::default().assess(text);
        assert_ne!(found.label, Label::Calm);
        assert_eq!(found.categories[0].0, Category::Insult);
        assert_eq!(found.target, Some(Target::Commenter));
        let mut cell = String::new();
        let comment = Comment { text: text.into(), ..Comment::default() };
        write_reasons(&comment, &found.reasons, &mut cell);
        assert!(cell.contains("insult \"idiot\" 30-35"), "{cell}");
    }

    #[test]
    fn a_friendly_word_is_calm() {
        let found = FlamebaitScorer::default().assess("Thank you, that was a helpful article.");
        assert_eq!((found.label, found.target), (Label::Calm, None));
        assert!(found.reasons.is_empty());
    }

    proptest! {
        #[test]
        fn scoring_never_panics_and_contributions_sum_to_the_score(text in ".{0,80}") {
            let explanation = FlamebaitScorer::default().explain(&text);
            let sum = explanation.bias + explanation.contributions.iter().map(|reason| reason.weight).sum::<f32>();
            prop_assert!((sum - explanation.log_odds).abs() < 1e-3);
            for reason in &explanation.contributions {
                prop_assert!(text.get(reason.span.clone()).is_some());
            }
        }
    }
}
