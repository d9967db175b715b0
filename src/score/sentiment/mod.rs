//! Sentiment by VADER (Hutto & Gilbert 2014), to the last digit of its reference.
//!
//! ```text
//!  text ──► rewrite ──► scan ──────► phrases ─────► rules ──────► total
//!           emoji as    tokens as    extended and   valence of    neg neu pos
//!           words       word ids     own words      each word     compound
//! ```
//!
//! ```
//! use threadwarden::score::sentiment::Analyzer;
//!
//! let sentiment = Analyzer::default().score("The bridge is lovely, but the toll is a scandal!");
//! assert_eq!(sentiment.compound, -0.4102);
//! ```

mod analyzer;
mod explain;
mod lexicon;
mod lookup;
mod masks;
mod own;
mod phrases;
mod rewrite;
mod rules;
mod scan;
mod scorer;
mod total;
mod wide;
mod words;

pub use analyzer::{Analyzer, Builder, Mode};
pub use explain::{Contribution, Effect, Explanation, Rule};
pub use lexicon::{Entry, Meaning};
pub use scorer::SentimentScorer;

/// The four values of VADER for a text.
///
/// They are those of the Python package vaderSentiment 3.3.2 (C. J. Hutto and E. Gilbert, "VADER:
/// A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014) on
/// Python 3.11, rounded as it rounds: to the nearest decimal, and from the exact middle to the even
/// one. A text without a word gives four zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sentiment {
    /// Share of the text that is negative, 0–1, rounded to 3 decimals.
    pub neg: f64,
    /// Share of the text that is neutral, 0–1, rounded to 3 decimals.
    pub neu: f64,
    /// Share of the text that is positive, 0–1, rounded to 3 decimals.
    pub pos: f64,
    /// All in one: from -1, most negative, to 1, most positive, rounded to 4 decimals.
    pub compound: f64,
}

impl Sentiment {
    /// The label that the authors of VADER advise: `positive` from 0.05 up, `negative` from -0.05
    /// down, else `neutral`.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self.compound {
            compound if compound >= 0.05 => "positive",
            compound if compound <= -0.05 => "negative",
            _ => "neutral",
        }
    }
}
