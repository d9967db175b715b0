//! How likely a comment is to provoke hostile answers, and which of its words say so.
//!
//! ```text
//! text ─► fold ─► tokens ─► hits ─► evidence ─► score, label, categories, target, reasons
//! ```
//!
//! The text is folded (lower case, look-alike letters made plain), cut into tokens, and looked up
//! in the lexicons of `lexicons/flamebait`. What is denied, reported or said of the writer counts
//! for nothing. Everything else adds to the log-odds of the score, so the reasons are the score.

mod above;
mod accurate;
mod category;
mod common;
mod dictionary;
pub mod evaluate;
mod features;
mod fold;
mod hash;
mod hits;
mod judge;
mod load;
mod memory;
mod model;
mod ngram;
mod quotation;
mod reader;
mod scorer;
mod spelling;
mod target;
mod thresholds;
mod token;
mod tokenise;
pub mod train;
mod unmask;

#[cfg(test)]
mod disguise_tests;
#[cfg(test)]
mod fairness_tests;

use std::ops::Range;

pub use category::Category;
pub use model::Model;
pub use scorer::{BUILT_IN, FlamebaitScorer, Make};
pub use thresholds::Thresholds;

/// Whom an attack is aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another commenter.
    Commenter,
    /// Who wrote the article.
    Writer,
    /// A public figure.
    PublicFigure,
    /// A group of people.
    Group,
}

impl Target {
    /// The word for it in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Commenter => "commenter",
            Self::Writer => "writer",
            Self::PublicFigure => "public_figure",
            Self::Group => "group",
        }
    }
}

/// `calm`, `heated` or `flamebait`, by documented [`Thresholds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// Nothing to look at.
    Calm,
    /// Worth a look: from [`Label::HEATED`], if nothing else is asked for.
    Heated,
    /// Likely to provoke: from [`Label::FLAMEBAIT`], if nothing else is asked for.
    Flamebait,
}

impl Label {
    /// From this score a comment is heated by the default thresholds.
    pub const HEATED: f64 = 0.5;
    /// From this score a comment is flamebait by the default thresholds.
    pub const FLAMEBAIT: f64 = 0.75;

    /// The label for a score by the default thresholds.
    #[must_use]
    pub fn of(score: f64) -> Self {
        Thresholds::default().label(score)
    }

    /// The word for it in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Heated => "heated",
            Self::Flamebait => "flamebait",
        }
    }
}

/// Words of the comment that raised (or lowered) the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What was found, in plain words, such as `insult` or `second person`.
    pub kind: &'static str,
    /// Where: a byte range of the original text.
    pub span: Range<usize>,
    /// What it added to the score's log-odds.
    pub weight: f32,
}

impl Reason {
    /// Whether it tells a person something: words such as "a" and "of" weigh a little in every
    /// text, but name nothing.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.kind != common::COMMON
    }
}

/// How likely a comment is to provoke hostile answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Flamebait {
    /// 0–1, rounded to 4 decimals.
    pub score: f64,
    /// The score by thresholds.
    pub label: Label,
    /// What kinds of provocation, each with its own score 0–1, strongest first.
    pub categories: Vec<(Category, f32)>,
    /// Whom it is aimed at.
    pub target: Option<Target>,
    /// The words behind the score, weightiest first; none where the label is `calm`.
    pub reasons: Vec<Reason>,
}

/// A score taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The score and what the report says about it.
    pub flamebait: Flamebait,
    /// The log-odds of a comment in which nothing was found. In the scorer `accurate` it holds also
    /// what words add only together.
    pub bias: f32,
    /// What was found, in the order of the text. The weights and the bias sum to `log_odds`.
    pub contributions: Vec<Reason>,
    /// Everything that speaks for a category, with a score 0–1, strongest first; a report names
    /// only the strong ones.
    pub categories: Vec<(Category, f32)>,
    /// The log-odds of the score.
    pub log_odds: f32,
}
