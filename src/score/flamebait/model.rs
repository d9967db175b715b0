//! The linear model: a weight for each feature and for each bucket of words.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::features::{FEATURES, Feature, Features};
use super::ngram::{self, BITS, BUCKETS, NGram};
use super::reader::Reader;
use super::train::Solution;
use crate::error::{Error, Result};

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

/// The first bytes of every model file, with the version of its form.
const MAGIC: &[u8; 8] = b"TWFLAME1";
/// The length of the checksum at its end.
const CHECKSUM: usize = 8;

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
        // Between -127 and 127 by the choice of the unit.
        #[allow(clippy::cast_possible_truncation)]
        let buckets = buckets.iter().map(|weight| (weight / unit).round() as i8).collect();
        let (weights, limits) = (weights.map(narrow), limits.map(narrow));
        Self {
            name: name.to_owned(),
            bias: narrow(bias),
            weights,
            limits,
            unit: narrow(unit),
            buckets,
        }
    }

    /// The model under another name.
    pub(super) fn renamed(&self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self.clone() }
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

    /// The log-odds of a text.
    pub(super) fn log_odds(&self, features: &Features, ngrams: &[NGram]) -> f32 {
        let known = Feature::ALL.iter().zip(features.values);
        let dense: f32 = known.map(|(&feature, value)| self.of_feature(feature, value)).sum();
        let words: i32 =
            ngrams.iter().map(|ngram| i32::from(self.buckets[ngram.bucket as usize])).sum();
        // A sum of few 8-bit numbers.
        #[allow(clippy::cast_precision_loss)]
        let words = words as f32 * self.unit * ngram::share(ngrams);
        self.bias + dense + words
    }

    /// The log-odds of a text.
    pub(super) fn log_odds_of(&self, text: &str) -> f32 {
        let mut reader = Reader::default();
        reader.read(text);
        self.log_odds(&reader.features, &reader.ngrams)
    }

    /// The largest value that counts, for each feature.
    pub(super) fn limits(&self) -> &[f32; FEATURES] {
        &self.limits
    }

    /// The bytes of the model file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(fingerprint());
        let name = &self.name.as_bytes()[..self.name.floor_char_boundary(255)];
        bytes.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        bytes.extend(name);
        let numbers = [self.bias, self.unit].into_iter().chain(self.weights).chain(self.limits);
        numbers.for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend(self.buckets.iter().map(|weight| weight.to_le_bytes()[0]));
        let checksum = checksum(&bytes);
        bytes.extend(checksum);
        bytes
    }

    /// Reads a model file; `name` is for messages.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if the file is no model, was made for another version, or is damaged.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let fault =
            |reason: &str| Error::Model { name: name.to_owned(), reason: reason.to_owned() };
        let mut body = Bytes(checked(name, bytes, MAGIC)?);
        let short = || fault("the file is cut short");
        if body.take(8).ok_or_else(short)? != fingerprint() {
            return Err(fault("the model was trained by another version; train it again"));
        }
        let length = body.take(1).ok_or_else(short)?[0];
        let own_name =
            String::from_utf8_lossy(body.take(length.into()).ok_or_else(short)?).into_owned();
        let mut model = Self::blank(&own_name);
        model.bias = body.number().ok_or_else(short)?;
        model.unit = body.number().ok_or_else(short)?;
        for slot in model.weights.iter_mut().chain(&mut model.limits) {
            *slot = body.number().ok_or_else(short)?;
        }
        let buckets = body.take(BUCKETS).ok_or_else(short)?;
        model.buckets = buckets.iter().map(|&byte| i8::from_le_bytes([byte])).collect();
        Ok(model)
    }
}

fn narrow(value: f64) -> f32 {
    // Models keep 32 bits.
    #[allow(clippy::cast_possible_truncation)]
    let value = value as f32;
    value
}

/// What stands between the first bytes of a model file, `magic`, and the checksum at its end.
pub(super) fn checked<'a>(name: &str, bytes: &'a [u8], magic: &[u8]) -> Result<&'a [u8]> {
    let fault = |reason: &str| Error::Model { name: name.to_owned(), reason: reason.to_owned() };
    let body = bytes.strip_prefix(magic).ok_or_else(|| fault("this is no flamebait model"))?;
    let (content, sum) = bytes.split_at(bytes.len() - CHECKSUM.min(body.len()));
    if sum != checksum(content) {
        return Err(fault("the file is cut short or damaged; copy or train it again"));
    }
    Ok(&content[magic.len()..])
}

/// The rest of a file.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn number(&mut self) -> Option<f32> {
        let bytes = self.take(4)?.try_into().ok()?;
        Some(f32::from_le_bytes(bytes))
    }
}

/// Eight bytes that change when the features or the number of buckets do.
pub(super) fn fingerprint() -> [u8; 8] {
    let names = Feature::ALL.iter().map(|feature| feature.name());
    let text = names.fold(BITS.to_string(), |text, name| text + " " + name);
    first_eight(&Sha256::digest(text))
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    first_eight(&Sha256::digest(bytes))
}

fn first_eight(digest: &[u8]) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    first
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn the_built_in_model_is_whole() {
        assert_eq!(Model::fast().name(), "flamebait-1");
    }

    #[test]
    fn a_model_survives_writing_and_reading() {
        let model = Model::fast();
        assert_eq!(&Model::read("copy", &model.to_bytes()).unwrap(), model);
    }

    #[test]
    fn a_wrong_or_damaged_file_is_a_clear_error() {
        let bytes = Model::fast().to_bytes();
        let message = |bytes: &[u8]| Model::read("my.model", bytes).unwrap_err().to_string();
        assert_eq!(message(b"PK\x03\x04"), "my.model: this is no flamebait model");
        assert_eq!(message(b""), "my.model: this is no flamebait model");
        for length in [8, 12, 100, bytes.len() - 1] {
            assert!(message(&bytes[..length]).contains("cut short or damaged"));
        }
        let mut changed = bytes;
        changed[500] ^= 1;
        assert!(message(&changed).contains("damaged"));
    }
}
