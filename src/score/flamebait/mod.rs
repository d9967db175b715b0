//! How likely a comment is to provoke hostile answers, and which of its words say so.

use std::ops::Range;

/// What kind of provocation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// An insult.
    Insult,
}

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

/// `calm`, `heated` or `flamebait`, by documented thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// Nothing to look at.
    Calm,
    /// Worth a look.
    Heated,
    /// Likely to provoke.
    Flamebait,
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
    /// The words behind the score, weightiest first.
    pub reasons: Vec<Reason>,
}
