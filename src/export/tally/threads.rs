//! The most heated threads.

use super::Heat;
use crate::export::fields::Fields;
use crate::table::Row;

/// What a thread holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadTally {
    /// The dump that it is from.
    pub source: String,
    /// Its id.
    pub id: String,
    /// Its number among all threads of the run, from 0.
    pub number: u64,
    /// Its comments.
    pub comments: u64,
    /// Of these, heated ones.
    pub heated: u64,
    /// Of these, flamebait.
    pub flamebait: u64,
    /// The sum of the flamebait scores.
    pub score: f64,
}

impl ThreadTally {
    /// How heated it is: a flamebait comment counts two, a heated one counts one.
    #[must_use]
    pub fn heat(&self) -> u64 {
        2 * self.flamebait + self.heated
    }
}

/// Tells threads apart by dump and id, where rows come in reading order.
#[derive(Default)]
pub(in crate::export) struct ThreadNumbers {
    /// Dump and id of the thread of the row before.
    current: Option<(String, String)>,
    count: u64,
}

impl ThreadNumbers {
    /// The number of the row's thread among all threads, from 0.
    pub(in crate::export) fn of(&mut self, fields: &Fields, row: Row<'_>) -> u64 {
        let (source, id) = (fields.source.text(row), fields.thread.text(row));
        if self.current.as_ref().is_none_or(|(file, thread)| file != source || thread != id) {
            self.current = Some((source.to_owned(), id.to_owned()));
            self.count += 1;
        }
        self.count - 1
    }
}

/// The most heated threads of all.
pub struct Threads {
    most: usize,
    kept: Vec<ThreadTally>,
    /// The thread that rows are being added to.
    current: ThreadTally,
    numbers: ThreadNumbers,
}

impl Threads {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            kept: Vec::new(),
            current: ThreadTally::default(),
            numbers: ThreadNumbers::default(),
        }
    }

    pub(super) fn add(&mut self, fields: &Fields, row: Row<'_>, heat: Heat) {
        let number = self.numbers.of(fields, row);
        if self.current.comments == 0 || self.current.number != number {
            self.close();
            let (source, id) = (fields.source.text(row).into(), fields.thread.text(row).into());
            self.current = ThreadTally { source, id, number, ..ThreadTally::default() };
        }
        let current = &mut self.current;
        current.comments += 1;
        current.heated += u64::from(heat.heated);
        current.flamebait += u64::from(heat.flamebait);
        current.score += heat.score.unwrap_or_default();
    }

    /// Keeps the current thread, and drops cool ones when twice as many are kept as are wanted.
    fn close(&mut self) {
        if self.current.comments == 0 {
            return;
        }
        self.kept.push(std::mem::take(&mut self.current));
        if self.kept.len() > 2 * self.most {
            self.sort();
            self.kept.truncate(self.most);
        }
    }

    fn sort(&mut self) {
        self.kept.sort_by(|a, b| {
            let heat = b.heat().cmp(&a.heat());
            heat.then(b.score.total_cmp(&a.score)).then(a.number.cmp(&b.number))
        });
    }

    /// How many threads there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.numbers.count
    }

    /// The most heated ones, hottest first.
    pub fn ranking(&mut self) -> &[ThreadTally] {
        self.close();
        self.sort();
        self.kept.truncate(self.most);
        &self.kept
    }
}
