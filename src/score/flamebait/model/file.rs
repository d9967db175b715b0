//! The file of a model.
//!
//! ```text
//! magic and version of the form · fingerprint of features and buckets · length and name ·
//! bias · unit · weights · limits · buckets · checksum
//! ```
//!
//! Numbers are 32-bit floats, the lowest byte first; a bucket is one signed byte. The checksum is
//! the beginning of the SHA-256 of all before it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Model;
use crate::error::{Error, Result};
use crate::score::flamebait::features::Feature;
use crate::score::flamebait::ngram::{BITS, BUCKETS};

/// The first bytes of every model file, and behind them the version of its form.
const MAGIC: &[u8] = b"TWFLAME";
const VERSION: u8 = b'1';
/// The length of the checksum at its end.
pub(in crate::score::flamebait) const CHECKSUM: usize = 8;
/// No model has as many bytes as this.
const TOO_LONG: u64 = 1 << 20;
/// No weight that was fitted is as large as this.
const TOO_LARGE: f32 = 1e6;
/// The longest name, in bytes.
pub(super) const LONGEST_NAME: usize = 64;

impl Model {
    /// Reads the model file at `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if it cannot be read, and as [`Model::read`].
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let failed = |source| Error::Read { name: name.clone(), source };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(failed)?;
        file.take(TOO_LONG).read_to_end(&mut bytes).map_err(failed)?;
        Self::read(&name, &bytes)
    }

    /// Reads the bytes of a model file; `name` is for messages.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if they are no model, were made for another version, or are damaged.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        read(bytes).map_err(|reason| Error::Model { name: name.to_owned(), reason: reason.into() })
    }

    /// The bytes of the model file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(fingerprint());
        bytes.push(u8::try_from(self.name.len()).unwrap_or(u8::MAX));
        bytes.extend(self.name.as_bytes());
        let numbers = [self.bias, self.unit].into_iter().chain(self.weights).chain(self.limits);
        numbers.for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend(self.buckets.iter().map(|weight| weight.to_le_bytes()[0]));
        let checksum = checksum(&bytes);
        bytes.extend(checksum);
        bytes
    }
}

const FOREIGN: &str = "is no flamebait model; name one that `threadwarden train` wrote";
pub(in crate::score::flamebait) const OTHER_VERSION: &str =
    "was made by another version of Threadwarden; train it again with this one";
pub(in crate::score::flamebait) const DAMAGED: &str =
    "is cut short or damaged; copy it again, or train it again";

fn read(bytes: &[u8]) -> Result<Model, &'static str> {
    let Some(body) = bytes.strip_prefix(MAGIC) else {
        return Err(if MAGIC.starts_with(bytes) { DAMAGED } else { FOREIGN });
    };
    let (&version, body) = body.split_first().ok_or(DAMAGED)?;
    if version != VERSION {
        return Err(OTHER_VERSION);
    }
    let (content, sum) = bytes.split_at(bytes.len() - CHECKSUM.min(body.len()));
    if sum != checksum(content) {
        return Err(DAMAGED);
    }
    let mut body = Bytes(&content[MAGIC.len() + 1..]);
    if body.take(CHECKSUM).ok_or(DAMAGED)? != fingerprint() {
        return Err(OTHER_VERSION);
    }
    // What the checksum lets through may still have been made to harm.
    let length = body.take(1).ok_or(DAMAGED)?[0];
    let own_name = std::str::from_utf8(body.take(length.into()).ok_or(DAMAGED)?);
    let own_name = own_name.ok().filter(|name| *name == fitting(name)).ok_or(DAMAGED)?;
    let mut model = Model::blank(own_name);
    for slot in [&mut model.bias, &mut model.unit].into_iter().chain(&mut model.weights) {
        *slot = body.number().filter(|number| number.abs() < TOO_LARGE).ok_or(DAMAGED)?;
    }
    for slot in &mut model.limits {
        *slot = body.number().filter(|number| *number >= 0.0).ok_or(DAMAGED)?;
    }
    let buckets = body.take(BUCKETS).filter(|_| body.0.is_empty()).ok_or(DAMAGED)?;
    model.buckets = buckets.iter().map(|&byte| i8::from_le_bytes([byte])).collect();
    Ok(model)
}

/// What of a name fits into a file and between the names of the column `model`.
pub(super) fn fitting(name: &str) -> String {
    let fit = |letter: char| {
        if letter.is_alphanumeric() || "-_.+".contains(letter) { letter } else { '-' }
    };
    name[..name.floor_char_boundary(LONGEST_NAME)].chars().map(fit).collect()
}

/// The rest of a file.
pub(in crate::score::flamebait) struct Bytes<'a>(pub(in crate::score::flamebait) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(in crate::score::flamebait) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(in crate::score::flamebait) fn number(&mut self) -> Option<f32> {
        let bytes = self.take(4)?.try_into().ok()?;
        Some(f32::from_le_bytes(bytes))
    }
}

/// Eight bytes that change when the features or the number of buckets do.
pub(in crate::score::flamebait) fn fingerprint() -> [u8; CHECKSUM] {
    let names = Feature::ALL.iter().map(|feature| feature.name());
    let text = names.fold(BITS.to_string(), |text, name| text + " " + name);
    checksum(text.as_bytes())
}

pub(in crate::score::flamebait) fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut first = [0; CHECKSUM];
    first.copy_from_slice(&Sha256::digest(bytes)[..CHECKSUM]);
    first
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BUCKETS, Feature, Model, checksum};
    use crate::score::flamebait::FlamebaitScorer;

    fn message(bytes: &[u8]) -> String {
        Model::read("my.model", bytes).unwrap_err().to_string()
    }

    #[test]
    fn a_model_survives_writing_and_reading() {
        let model = Model::fast();
        assert_eq!(&Model::read("copy", &model.to_bytes()).unwrap(), model);
    }

    #[test]
    fn a_file_of_another_kind_is_no_model() {
        for bytes in [&b"PK\x03\x04"[..], b"text,label\n", b"twflame1"] {
            assert_eq!(
                message(bytes),
                "my.model: is no flamebait model; name one that `threadwarden train` wrote"
            );
        }
    }

    #[test]
    fn a_file_that_is_cut_anywhere_is_called_damaged() {
        let bytes = Model::fast().to_bytes();
        // In the magic, version, fingerprint, name, bias, weights, limits, buckets and checksum.
        let parts = [0, 1, 7, 8, 9, 15, 16, 17, 20, 28, 30, 32, 200, 600, 900];
        let ends = [BUCKETS / 2, bytes.len() - 9, bytes.len() - 8, bytes.len() - 1];
        for length in parts.into_iter().chain(ends).chain((0..bytes.len()).step_by(9973)) {
            let said = message(&bytes[..length]);
            assert!(said.contains("cut short or damaged"), "{length}: {said}");
        }
    }

    #[test]
    fn no_flipped_bit_goes_unnoticed() {
        let bytes = Model::fast().to_bytes();
        let start = 0..40;
        for place in start.chain((40..bytes.len()).step_by(1999)).chain([bytes.len() - 1]) {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << (place % 8);
            assert!(Model::read("my.model", &changed).is_err(), "byte {place}");
        }
    }

    #[test]
    fn another_version_is_told_from_damage() {
        let mut bytes = Model::fast().to_bytes();
        bytes[7] = b'2';
        assert!(message(&bytes).contains("another version"));
        assert!(message(&sealed(|bytes| bytes[9] ^= 1)).contains("another version"));
    }

    /// The built-in model after a change that its checksum agrees with.
    fn sealed(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let mut bytes = Model::fast().to_bytes();
        bytes.truncate(bytes.len() - 8);
        change(&mut bytes);
        let sum = checksum(&bytes);
        bytes.extend(sum);
        bytes
    }

    #[test]
    fn a_file_made_to_harm_is_refused() {
        let numbers = 17 + Model::fast().name().len();
        let limits = numbers + 4 * (2 + Feature::ALL.len());
        let set = |place: usize, value: f32| {
            sealed(|bytes| bytes[place..place + 4].copy_from_slice(&value.to_le_bytes()))
        };
        assert!(Model::read("ok", &set(numbers, 1.0)).is_ok());
        for value in [f32::NAN, f32::INFINITY, 1e30] {
            assert!(message(&set(numbers + 8, value)).contains("damaged"));
        }
        for value in [f32::NAN, -1.0] {
            assert!(message(&set(limits, value)).contains("damaged"));
        }
        assert!(message(&sealed(|bytes| bytes[18] = b'\n')).contains("damaged"));
        assert!(message(&sealed(|bytes| bytes.push(0))).contains("damaged"));
    }

    proptest! {
        /// Whatever numbers pass the checks, a score is a score.
        #[test]
        fn no_model_that_is_read_breaks_the_scorer(place in 0..700_usize, value in any::<f32>()) {
            let numbers = 17 + Model::fast().name().len();
            let place = numbers + place * 4 % (8 + 8 * Feature::ALL.len());
            let bytes =
                sealed(|bytes| bytes[place..place + 4].copy_from_slice(&value.to_le_bytes()));
            if let Ok(model) = Model::read("m", &bytes) {
                let scorer = FlamebaitScorer::with_model(model);
                let found = scorer.explain("You are such a stupid idiot, shut up!!");
                prop_assert!((0.0..=1.0).contains(&found.flamebait.score));
            }
        }
    }

    #[test]
    fn a_name_tells_its_content() {
        let one = Model::fast().versioned("our site");
        assert_eq!(one.name().len(), "our-site-01234567".len());
        assert!(one.name().starts_with("our-site-"), "{}", one.name());
        assert_eq!(one, Model::fast().renamed("x").versioned("our site"));
        let mut other = Model::fast().clone();
        other.bias += 1.0;
        assert_ne!(one.name(), other.versioned("our site").name());
    }
}
