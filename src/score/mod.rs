//! What a comment is like: language, sentiment, flamebait, and heat.
//!
//! A new scorer is one file (or folder) here, a field of [`Assessment`], and a line in [`ScoreOptions::scorers`].

pub mod flamebait;
pub mod heat;
pub mod language;
mod priority;
pub mod quarrel;
pub mod sentiment;
mod vader;

pub use priority::Weights;

use crate::chain::Thread;
use crate::table::{Column, Rows};

/// Everything that the scorers find out about one comment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// Whether labels may be given at all: false for a deleted or blank comment, and for one in a
    /// language that the scorers do not know.
    pub scorable: bool,
    /// ISO 639-1 code of the language; `None` if unsure.
    pub language: Option<&'static str>,
    /// The feeling in the words; `None` for a deleted comment.
    pub sentiment: Option<sentiment::Sentiment>,
    /// How likely the comment provokes hostile answers; `None` where it is not scorable.
    pub flamebait: Option<flamebait::Flamebait>,
    /// How hot the thread is at the comment.
    pub heat: heat::Heat,
}

/// What scoring may be told.
#[derive(Clone, Debug, Default)]
pub struct ScoreOptions {
    /// What scores sentiment.
    pub sentiment: sentiment::Analyzer,
    /// What scores flamebait.
    pub flamebait: flamebait::FlamebaitScorer,
    /// What decides the priority of a comment.
    pub priority: Weights,
}

impl ScoreOptions {
    /// The scorers, in the order in which they run and in which their columns stand.
    #[must_use]
    pub fn scorers(&self) -> Vec<Box<dyn Scorer>> {
        vec![
            Box::new(language::LanguageScorer),
            Box::new(sentiment::SentimentScorer::new(self.sentiment.clone())),
            Box::new(self.flamebait.clone()),
            Box::new(heat::HeatScorer),
        ]
    }
}

/// One aspect of a comment.
pub trait Scorer: Send + Sync {
    /// Name and version of the method, as in the `model` column; empty if it has none.
    fn name(&self) -> &str;

    /// The columns that [`write`](Self::write) fills, in that order.
    fn columns(&self) -> &'static [Column];

    /// Fills its part of the assessment of each comment of the thread. The scorers that stand
    /// before it in [`ScoreOptions::scorers`] have filled theirs. The two lists are parallel.
    fn score(&self, thread: &Thread, assessments: &mut [Assessment]);

    /// Adds its columns of the comment at `position` to the row.
    fn write(&self, thread: &Thread, position: usize, assessment: &Assessment, rows: &mut Rows);
}
