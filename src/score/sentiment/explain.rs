//! Why a text has its score.

use std::fmt;
use std::ops::Range;

use super::Sentiment;
use super::rules::Watch;

/// A rule of VADER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// "No" before a word turns it round, and then has no feeling itself.
    No,
    /// "Kind" in "kind of" has no feeling.
    KindOf,
    /// The word is in capitals, and others are not.
    Capitals,
    /// A word before it strengthens or weakens.
    Booster,
    /// A word before it turns the feeling round.
    Negation,
    /// "Never so", "never this", or "so" or "this" right before the word strengthens.
    NeverSo,
    /// An idiom gives its own value.
    Idiom,
    /// "Least" before it turns the feeling round.
    Least,
    /// "But" halves what is before it and strengthens what is behind.
    But,
}

impl Rule {
    /// A word or two for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::KindOf => "kind of",
            Self::Capitals => "capitals",
            Self::Booster => "booster",
            Self::Negation => "negation",
            Self::NeverSo => "never so",
            Self::Idiom => "idiom",
            Self::Least => "least",
            Self::But => "but",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A rule that changed the valence of a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The rule.
    pub rule: Rule,
    /// Where in the text the word stands that brought it about, in bytes; `None` for the word itself.
    pub by: Option<Range<usize>>,
    /// The valence of the word after it.
    pub valence: f64,
}

/// A word that made the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Where in the text it stands, in bytes. A word out of an emoji stands where the emoji does.
    pub range: Range<usize>,
    /// The word or phrase of the lexicon.
    pub word: String,
    /// Its mean rating in the lexicon, from -4, most negative, to 4, unless a user's says more.
    pub rating: f64,
    /// What the rules did to it, in their order.
    pub effects: Vec<Effect>,
    /// What it counts in the end.
    pub valence: f64,
}

/// What made the score of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The score, as [`Analyzer::score`](super::Analyzer::score) gives it.
    pub sentiment: Sentiment,
    /// The words with feeling, in their order.
    pub words: Vec<Contribution>,
    /// How many tokens the text has, with and without feeling.
    pub tokens: usize,
    /// Exclamation marks that count, 0–4.
    pub exclamations: u32,
    /// Question marks that count, 0–4; a single one does not amplify.
    pub questions: u32,
    /// What the marks add to the feeling that prevails, 0–2.128.
    pub amplifier: f64,
}

/// Notes the effects on each word with feeling.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The word with feeling, the rule, the token that brought it about, the valence.
    pub(super) effects: Vec<(usize, Rule, Option<usize>, f64)>,
}

impl Watch for Notes {
    fn effect(&mut self, felt: usize, rule: Rule, by: Option<usize>, valence: f64) {
        self.effects.push((felt, rule, by, valence));
    }
}
