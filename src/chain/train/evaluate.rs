//! How well links are found.

use super::labelled::Labelled;
use crate::chain::fold::key;
use crate::chain::{AuthorSource, LinkOptions, Models, Thread, mention, model};

/// What linking may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The names of the writers.
    Known,
    /// Nothing but the texts.
    Hidden,
}

/// Links found, right, and there to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Links that are right.
    pub right: usize,
    /// Links that were made.
    pub made: usize,
    /// Links that there are.
    pub there: usize,
}

impl Tally {
    fn ratio(part: usize, whole: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of comments")]
        if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
    }

    /// The share of the links made that are right.
    #[must_use]
    pub fn precision(&self) -> f64 {
        Self::ratio(self.right, self.made)
    }

    /// The share of the links to be found that were found.
    #[must_use]
    pub fn recall(&self) -> f64 {
        Self::ratio(self.right, self.there)
    }

    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        Self::ratio(2 * self.right, self.made + self.there)
    }
}

/// A comment with a known truth, as it was linked.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The thread's id.
    pub thread: String,
    /// The position of the comment.
    pub position: usize,
    /// The parent found, and how sure that is.
    pub found: Option<(usize, f32)>,
    /// The true parents.
    pub truth: Vec<usize>,
}

impl Judged {
    /// Whether the parent that was found is a true one.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.found.is_some_and(|(found, _)| self.truth.contains(&found))
    }
}

impl Tallies {
    /// For each link made: how sure it was, and whether it is right.
    #[must_use]
    pub fn sureness(&self) -> Vec<(f32, bool)> {
        let sure = |judged: &Judged| Some((judged.found?.1, judged.is_right()));
        self.judged.iter().filter_map(sure).collect()
    }
}

/// The tallies of a set of threads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tallies {
    /// Of all comments with a known truth.
    pub all: Tally,
    /// Of those that hold a mention.
    pub mentions: Tally,
    /// Of those that hold a mention and were labelled by hand.
    pub annotated: Tally,
    /// Inferred authors: right and made.
    pub authors: Tally,
    /// Each comment with a known truth: as it was linked.
    pub judged: Vec<Judged>,
}

/// Links labelled threads and compares.
#[must_use]
pub fn evaluate(
    threads: &[Labelled],
    setting: Setting,
    chat: bool,
    options: &LinkOptions,
) -> Tallies {
    let mut tallies = Tallies::default();
    for labelled in threads {
        evaluate_with(labelled, setting, chat, options, &model::BUILT_IN, &mut tallies);
    }
    tallies
}

/// Links a labelled thread and adds to the tallies.
pub(super) fn evaluate_with(
    labelled: &Labelled,
    setting: Setting,
    chat: bool,
    options: &LinkOptions,
    models: &Models,
    tallies: &mut Tallies,
) {
    let thread = Thread::link_with(labelled.seen(setting), None, options, models);
    compare(labelled, &thread, chat, tallies);
}

fn compare(labelled: &Labelled, thread: &Thread, chat: bool, tallies: &mut Tallies) {
    for (position, comment) in labelled.comments.iter().enumerate() {
        if let Some(author) = &thread.authors[position]
            && author.source != AuthorSource::Given
        {
            let (mine, truth) = (key(&author.name), key(&comment.author));
            tallies.authors.made += 1;
            tallies.authors.right += usize::from(!truth.is_empty() && truth.starts_with(&mine));
        }
        let Some(parents) = &labelled.parents[position] else { continue };
        let reply = thread.reply(position);
        let right = reply.is_some_and(|reply| parents.contains(&reply.to));
        let add = |tally: &mut Tally| {
            tally.right += usize::from(right);
            tally.made += usize::from(reply.is_some());
            tally.there += usize::from(!parents.is_empty());
        };
        add(&mut tallies.all);
        let speaks = mention::speaks(&comment.text, chat);
        if speaks {
            add(&mut tallies.mentions);
        }
        if speaks && labelled.annotated[position] {
            add(&mut tallies.annotated);
        }
        tallies.judged.push(Judged {
            thread: comment.thread.clone(),
            position,
            found: reply.map(|reply| (reply.to, reply.confidence)),
            truth: parents.clone(),
        });
    }
}
