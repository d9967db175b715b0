//! A large input, gone through a second time: its threads come out as soon as they are whole.

use std::mem;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::batch::{Batch, Gathered};
use super::input::Input;
use super::survey::Ends;
use crate::comment::Comment;

/// An input whose threads are known to end somewhere.
pub(super) struct Rereading {
    input: Input,
    source: Arc<str>,
    ends: Ends,
    /// The number in the run of the input's first comment.
    first: u64,
    /// The threads under way, by id.
    open: FxHashMap<String, Gathered>,
    comment: Comment,
}

impl Rereading {
    /// Begins with an input, open at its beginning, whose first comment is the `first`th of the run.
    pub(super) fn new(input: Input, ends: Ends, first: u64) -> Self {
        let source = input.source();
        let (open, comment) = (FxHashMap::default(), Comment::default());
        Self { input, source, ends, first, open, comment }
    }

    /// Adds threads to a batch until it has `full` comments; false at the end of the input.
    pub(super) fn fill(&mut self, batch: &mut Batch, full: usize) -> bool {
        let mut more = true;
        while more && batch.comments() < full {
            let place = self.input.read;
            more = self.input.next(&mut self.comment);
            if more {
                let comment = mem::take(&mut self.comment);
                if self.ends.contains(place) {
                    let begun = self.open.remove(&comment.thread);
                    let mut thread = begun.unwrap_or_else(|| Gathered::new(&self.source));
                    thread.add(self.first + place, comment);
                    batch.add_thread(thread);
                } else if let Some(thread) = self.open.get_mut(&comment.thread) {
                    thread.add(self.first + place, comment);
                } else {
                    let mut thread = Gathered::new(&self.source);
                    let id = comment.thread.clone();
                    thread.add(self.first + place, comment);
                    self.open.insert(id, thread);
                }
            }
        }
        if !more {
            // There are some if the file has changed since it was looked at.
            let mut rest: Vec<Gathered> = mem::take(&mut self.open).into_values().collect();
            rest.sort_unstable_by_key(|thread| thread.numbers.first().copied());
            rest.into_iter().for_each(|thread| batch.add_thread(thread));
            batch.inputs.push(self.input.summary());
        }
        batch.faults.append(mem::take(&mut self.input.faults));
        more
    }

    /// The number in the run of the next comment.
    pub(super) fn number(&self) -> u64 {
        self.first + self.input.read
    }
}
