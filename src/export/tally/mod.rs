//! What all rows together show: distributions, authors, threads, and how heat went over time.

mod authors;
mod threads;
mod timeline;

use std::collections::BTreeMap;

pub use authors::{AuthorTally, Authors};
pub(super) use threads::ThreadNumbers;
pub use threads::{ThreadTally, Threads};
pub use timeline::{Bin, Timeline};

use super::fields::Fields;
use crate::table::{Column, Row};

/// How many steps a histogram has.
pub const STEPS: usize = 20;

/// What the labels of a comment say of its heat.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Heat {
    heated: bool,
    flamebait: bool,
    score: Option<f64>,
}

/// Sums over the rows of a run, which must come in reading order for its threads to be told apart.
pub struct Tally {
    fields: Fields,
    /// Comments, by what they say: -1 to 1 in [`STEPS`] steps.
    pub sentiment: [u64; STEPS],
    /// Comments, by how likely they are to provoke: 0 to 1 in [`STEPS`] steps.
    pub flamebait: [u64; STEPS],
    /// Comments by label of sentiment.
    pub sentiment_labels: BTreeMap<String, u64>,
    /// Comments by label of flamebait.
    pub labels: BTreeMap<String, u64>,
    /// Comments by category; one comment may be in several.
    pub categories: BTreeMap<String, u64>,
    /// Comments by target.
    pub targets: BTreeMap<String, u64>,
    /// Who wrote what.
    pub authors: Authors,
    /// The most heated threads.
    pub threads: Threads,
    /// How heat went over time.
    pub timeline: Timeline,
}

impl Tally {
    /// Nothing yet, for rows of these columns; `threads` is how many threads are kept.
    #[must_use]
    pub fn new(columns: &[Column], threads: usize) -> Self {
        Self {
            fields: Fields::of(columns),
            sentiment: [0; STEPS],
            flamebait: [0; STEPS],
            sentiment_labels: BTreeMap::new(),
            labels: BTreeMap::new(),
            categories: BTreeMap::new(),
            targets: BTreeMap::new(),
            authors: Authors::default(),
            threads: Threads::new(threads),
            timeline: Timeline::default(),
        }
    }

    /// Counts a row.
    pub fn add(&mut self, row: Row<'_>) {
        let fields = &self.fields;
        let label = fields.label.text(row);
        let heat = Heat {
            heated: label == "heated",
            flamebait: label == "flamebait",
            score: fields.flamebait.number(row),
        };
        let sentiment_label = fields.sentiment_label.text(row);
        let sentiment = fields.sentiment.number(row).filter(|_| sentiment_label != "unscored");
        if let Some(sentiment) = sentiment {
            self.sentiment[step((sentiment + 1.0) / 2.0)] += 1;
        }
        if let Some(score) = heat.score {
            self.flamebait[step(score)] += 1;
        }
        let categories = fields.categories.text(row).split(';');
        count(&mut self.sentiment_labels, sentiment_label);
        count(&mut self.labels, label);
        categories.for_each(|category| count(&mut self.categories, category.trim()));
        count(&mut self.targets, fields.target.text(row));
        self.authors.add(fields, row, heat);
        self.threads.add(fields, row, heat);
        self.timeline.add(fields.posted.text(row), fields.position.count(row), heat);
    }
}

/// The step of a histogram in which a share from 0 to 1 is.
fn step(share: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0–1 is in range")]
    let step = (share.clamp(0.0, 1.0) * STEPS as f64) as usize;
    step.min(STEPS - 1)
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    if name.is_empty() {
        return;
    }
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

/// The entries, most frequent first.
#[must_use]
pub fn ranking(counts: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut ranking: Vec<_> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    ranking.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranking
}
