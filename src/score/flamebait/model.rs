//! The linear model: a weight for each feature and for each bucket of words.

pub(super) mod file;

use std::sync::LazyLock;

use super::features::{FEATURES, Feature};
use super::ngram::{self, BUCKETS, NGram};
use super::reader::Reader;
use super::train::Solution;

/// A fitted model.
///
/// The log-odds of a text are the bias, plus weight times value for each feature, plus the weights
/// of its words and pairs of words divided by the root of their number.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Name and version, as in the column `model`.
    name: String,
    bias: f32,
    /// For each feature its weight …
    weights: [f32; FEATURES],
    /// … and the largest value that counts.
    limits: [f32; FEATURES],
    /// What a bucket's weight is multiplied by.
    unit: f32,
    buckets: Vec<i8>,
}

static FAST: LazyLock<Model> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../models/flamebait-fast.model");
    // A wrong file is a fault of the build, found by a test, and scores everything 0.5.
    Model::read("models/flamebait-fast.model", bytes).unwrap_or_else(|_| Model::blank("none"))
});

impl Model {
    /// The model that is built in.
    #[must_use]
    pub fn fast() -> &'static Self {
        &FAST
    }

    /// A model that has learnt nothing.
    pub(super) fn blank(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            bias: 0.0,
            weights: [0.0; FEATURES],
            limits: [f32::INFINITY; FEATURES],
            unit: 1.0,
            buckets: vec![0; BUCKETS],
        }
    }

    /// A model from fitted weights; those of the buckets are rounded to 8 bits.
    pub(super) fn from_weights(
        name: &str,
        bias: f64,
        weights: &[f64; FEATURES],
        limits: &[f64; FEATURES],
        buckets: &[f64],
    ) -> Self {
        let largest = buckets.iter().fold(0.0, |largest, weight| f64::max(largest, weight.abs()));
        let unit = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "between -127 and 127 by the choice of the unit"
        )]
        let buckets = buckets.iter().map(|weight| (weight / unit).round() as i8).collect();
        let (weights, limits) = (weights.map(narrow), limits.map(narrow));
        Self {
            name: file::fitting(name),
            bias: narrow(bias),
            weights,
            limits,
            unit: narrow(unit),
            buckets,
        }
    }

    /// The model under another name, which may hold no white space: the column `model` lists
    /// several names.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Self {
        Self { name: file::fitting(name), ..self.clone() }
    }

    /// The model under a name that ends in a version by its content: equal weights get an equal
    /// name, others another one.
    #[must_use]
    pub fn versioned(&self, name: &str) -> Self {
        let version = file::hex(&file::checksum(&self.renamed("").to_bytes())[..4]);
        let room = file::LONGEST_NAME - 1 - version.len();
        self.renamed(&format!("{}-{version}", &name[..name.floor_char_boundary(room)]))
    }

    /// The model after a change that was learnt on top of it.
    pub(super) fn moved(&self, name: &str, change: &Solution) -> Self {
        let kept = 1.0 + change.slope;
        let weights = std::array::from_fn(|index| {
            kept * f64::from(self.weights[index]) + change.features[index]
        });
        let buckets = self.buckets.iter().zip(&change.buckets);
        let buckets: Vec<f64> = buckets
            .map(|(&weight, change)| kept * f64::from(weight) * f64::from(self.unit) + change)
            .collect();
        let bias = kept * f64::from(self.bias) + change.bias;
        Self::from_weights(name, bias, &weights, &self.limits.map(f64::from), &buckets)
    }

    /// Name and version, as in the column `model`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The log-odds of a text in which nothing was found.
    #[must_use]
    pub fn bias(&self) -> f32 {
        self.bias
    }

    /// What a feature of that value adds to the log-odds.
    #[inline]
    pub(super) fn of_feature(&self, feature: Feature, value: f32) -> f32 {
        let limit = self.limits[feature as usize];
        self.weights[feature as usize] * value.clamp(-limit, limit)
    }

    /// What an n-gram adds to the log-odds where each weighs `share`.
    #[inline]
    pub(super) fn of_ngram(&self, ngram: &NGram, share: f32) -> f32 {
        f32::from(self.buckets[ngram.bucket as usize]) * self.unit * share
    }

    /// The log-odds of the text that was read.
    pub(super) fn log_odds(&self, reader: &Reader) -> f32 {
        let features = reader.features.found();
        let dense: f32 = features.map(|(feature, value)| self.of_feature(feature, value)).sum();
        let (mut words, mut count) = (0, 0);
        ngram::each(reader.tokens(), |ngram| {
            words += i32::from(self.buckets[ngram.bucket as usize]);
            count += 1;
        });
        #[expect(clippy::cast_precision_loss, reason = "a sum of few 8-bit numbers")]
        let words = words as f32 * self.unit * ngram::share(count);
        self.bias + dense + words
    }

    /// The log-odds of a text.
    pub(super) fn log_odds_of(&self, text: &str) -> f32 {
        let mut reader = Reader::default();
        reader.read(text);
        self.log_odds(&reader)
    }

    /// The largest value that counts, for each feature.
    pub(super) fn limits(&self) -> &[f32; FEATURES] {
        &self.limits
    }
}

fn narrow(value: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "models keep 32 bits")]
    let value = value as f32;
    value
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn the_built_in_model_is_whole() {
        assert_eq!(Model::fast().name(), "flamebait-1");
    }
}
