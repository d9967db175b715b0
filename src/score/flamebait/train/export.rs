//! What the token model is fitted to: texts as the scorer reads them.

use std::fmt::Write;

use super::neutral;
use crate::score::flamebait::accurate::{Piece, Vocabulary, units};
use crate::score::flamebait::features::Feature;
use crate::score::flamebait::model::Model;
use crate::score::flamebait::model::file::fingerprint;
use crate::score::flamebait::reader::Reader;

/// Reads texts for a program that fits a token model, so that it need not read them itself.
#[derive(Debug, Default)]
pub struct FrontEnd {
    reader: Reader,
    vocabulary: Option<Vocabulary>,
    pieces: Vec<Piece>,
}

impl FrontEnd {
    /// A front end that cuts texts into the pieces in `list`, one a line.
    #[must_use]
    pub fn with_vocabulary(list: &str) -> Self {
        let list: Vec<&str> = list.lines().collect();
        Self { vocabulary: Some(Vocabulary::new(list.into_iter())), ..Self::default() }
    }

    /// The mark that a model for these features bears, in hexadecimal digits.
    #[must_use]
    pub fn fingerprint() -> String {
        fingerprint().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Harmless sentences about groups of people.
    #[must_use]
    pub fn neutral_sentences() -> Vec<String> {
        neutral::sentences(1.0).into_iter().map(|row| row.text).collect()
    }

    /// Appends a line on `text`, its fields separated by tabs: the words and signs or, with a
    /// vocabulary, the numbers of the pieces; the log-odds of the additive model that is built in;
    /// and the value of each feature.
    pub fn write(&mut self, text: &str, line: &mut String) {
        self.reader.read(text);
        let (bytes, tokens) = (&self.reader.folded.bytes, &self.reader.tokens.list);
        if let Some(vocabulary) = &self.vocabulary {
            vocabulary.cut(bytes, tokens, &mut self.pieces);
            for piece in &self.pieces {
                let _ = write!(line, "{} ", piece.number);
            }
        } else {
            units(bytes, tokens, |unit, _, _| {
                let _ = write!(line, "{} ", String::from_utf8_lossy(unit));
                true
            });
        }
        let log_odds = Model::fast().log_odds(&self.reader);
        let _ = write!(line, "\t{log_odds}\t");
        for (_, value) in Feature::ALL.iter().zip(self.reader.features.values) {
            let _ = write!(line, "{value} ");
        }
        line.push('\n');
    }
}
