//! The columns of sentiment in a report.

use super::Analyzer;
use crate::chain::Thread;
use crate::score::{Assessment, Scorer};
use crate::table::{Cell, Column, Rows};

const COLUMNS: [Column; 5] = [
    Column::number(
        "sentiment",
        "The feeling in the words by VADER, all in one (its \"compound\"): from -1, most \
                  negative, to 1, most positive, with 4 decimals. Empty for a deleted comment. It \
                  stands whatever the language, but means something in English only.",
    ),
    Column::text(
        "sentiment_label",
        "\"positive\" if the sentiment is 0.05 or more, \"negative\" if it is -0.05 or \
                  less, else \"neutral\"; \"unscored\" if the comment is deleted, blank, or not in \
                  a language that the scorers know.",
    ),
    Column::number(
        "sentiment_neg",
        "The share of the comment that is negative by VADER, from 0 to 1, with 3 decimals.",
    ),
    Column::number(
        "sentiment_neu",
        "The share of the comment that is neutral by VADER, from 0 to 1, with 3 decimals.",
    ),
    Column::number(
        "sentiment_pos",
        "The share of the comment that is positive by VADER, from 0 to 1, with 3 decimals.",
    ),
];

/// Scores the sentiment of every comment that is not deleted.
#[derive(Clone, Debug, Default)]
pub struct SentimentScorer {
    analyzer: Analyzer,
}

impl SentimentScorer {
    /// A scorer that uses this analyzer.
    #[must_use]
    pub fn new(analyzer: Analyzer) -> Self {
        Self { analyzer }
    }
}

impl Scorer for SentimentScorer {
    fn name(&self) -> &str {
        self.analyzer.name()
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn score(&self, thread: &Thread, assessments: &mut [Assessment]) {
        for (comment, assessment) in thread.comments.iter().zip(assessments) {
            let score = || self.analyzer.score(comment.words());
            assessment.sentiment = (!comment.deleted).then(score);
        }
    }

    fn write(&self, _: &Thread, _: usize, assessment: &Assessment, rows: &mut Rows) {
        let sentiment = assessment.sentiment;
        let label = sentiment.filter(|_| assessment.scorable).map_or("unscored", |it| it.label());
        // A report needs no negative zero.
        rows.push_number(sentiment.map(|it| it.compound + 0.0));
        rows.push(Cell::Text(label));
        rows.push_number(sentiment.map(|it| it.neg + 0.0));
        rows.push_number(sentiment.map(|it| it.neu));
        rows.push_number(sentiment.map(|it| it.pos));
    }
}
