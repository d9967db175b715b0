//! A large input, gone through a second time: its threads come out as soon as they are whole.

use std::io;
use std::mem;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::batch::{Batch, Gathered};
use super::input::{Input, Stamp};
use super::spent::Fillable;
use super::survey::Ends;
use crate::comment::Comment;
use crate::error::{Error, Result};

/// An input whose threads are known to end somewhere.
pub(super) struct Rereading {
    input: Input,
    source: Arc<str>,
    ends: Ends,
    /// What was to be seen of the file before it was looked at.
    stamp: Option<Stamp>,
    /// The number in the run of the input's first comment.
    first: u64,
    /// The thread of the last comment, as far as its comments stand together.
    latest: Gathered,
    /// The threads under way, by id, each comment with its number. As one piece of memory for each
    /// thread they take less of it, and less time, than as comments that are made of many.
    open: FxHashMap<String, Vec<u8>>,
    comment: Comment,
}

impl Rereading {
    /// Begins with an input, open at its beginning, whose first comment is the `first`th of the run.
    pub(super) fn new(input: Input, ends: Ends, stamp: Option<Stamp>, first: u64) -> Self {
        let source = input.source();
        let latest = Gathered::new(&source);
        let (open, comment) = (FxHashMap::default(), Comment::default());
        Self { input, source, ends, stamp, first, latest, open, comment }
    }

    /// Adds threads to a batch until it has `full` comments; false at the end of the input.
    pub(super) fn fill(
        &mut self,
        batch: &mut Batch,
        full: usize,
        fillable: &mut Fillable,
    ) -> Result<bool> {
        let mut more = true;
        while more && batch.comments() < full {
            let place = self.input.read;
            more = self.input.next(&mut self.comment);
            if more {
                let thread = self.latest.comments.last().map(|comment| &comment.thread);
                if thread.is_some_and(|thread| *thread != self.comment.thread) {
                    self.pack(fillable)?;
                }
                let comment = mem::replace(&mut self.comment, fillable.next());
                self.latest.add(self.first + place, comment);
                if self.ends.contains(place) {
                    batch.add_thread(self.take_latest()?);
                }
            }
        }
        if !more {
            self.end(batch, fillable)?;
        }
        batch.faults.append(mem::take(&mut self.input.faults));
        Ok(more)
    }

    /// Packs the thread of the last comment.
    fn pack(&mut self, fillable: &mut Fillable) -> Result<()> {
        let Self { latest: Gathered { comments, numbers, .. }, open, .. } = self;
        let Some(Comment { thread, .. }) = comments.first() else { return Ok(()) };
        if !open.contains_key(thread) {
            open.insert(thread.clone(), Vec::new());
        }
        if let Some(packed) = open.get_mut(thread) {
            for entry in numbers.drain(..).zip(comments.iter()) {
                *packed = postcard::to_extend(&entry, mem::take(packed)).map_err(unexpected)?;
            }
        }
        fillable.take(comments);
        Ok(())
    }

    /// Takes the thread of the last comment.
    fn take_latest(&mut self) -> Result<Gathered> {
        let latest = mem::replace(&mut self.latest, Gathered::new(&self.source));
        let id = latest.comments.first().map(|comment| comment.thread.as_str());
        let Some(packed) = id.and_then(|id| self.open.remove(id)) else { return Ok(latest) };
        let mut thread = self.unpack(&packed)?;
        thread.comments.extend(latest.comments);
        thread.numbers.extend(latest.numbers);
        Ok(thread)
    }

    fn unpack(&self, mut packed: &[u8]) -> Result<Gathered> {
        let mut thread = Gathered::new(&self.source);
        while !packed.is_empty() {
            let ((number, comment), rest) =
                postcard::take_from_bytes(packed).map_err(unexpected)?;
            thread.add(number, comment);
            packed = rest;
        }
        Ok(thread)
    }

    /// Adds what is left at the end of the input.
    fn end(&mut self, batch: &mut Batch, fillable: &mut Fillable) -> Result<()> {
        // Threads whose ids share a hash count as one, of which only the last is seen to end.
        self.pack(fillable)?;
        let open = mem::take(&mut self.open);
        let rest: Result<Vec<Gathered>> = open.values().map(|packed| self.unpack(packed)).collect();
        let mut rest = rest?;
        rest.sort_unstable_by_key(|thread| thread.numbers.first().copied());
        for thread in rest {
            batch.add_thread(thread);
        }
        self.input.compare(self.stamp);
        batch.inputs.push(self.input.summary());
        Ok(())
    }

    /// The number in the run of the next comment.
    pub(super) fn number(&self) -> u64 {
        self.first + self.input.read
    }
}

/// An error of what is packed, which only a program could make.
fn unexpected(error: postcard::Error) -> Error {
    Error::Spool(io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::parse::ReadOptions;
    use crate::pipeline::input::Way;
    use crate::pipeline::survey::Survey;

    const DUMP: &str = "id,thread,text\n1,a,one\n2,b,two\n3,b,three\n4,a,four\n5,a,five\n6,c,six\n";

    fn open(path: &Path) -> Input {
        let way = Way { options: ReadOptions::default(), strict: false };
        Input::open(path, &way, &Arc::default()).unwrap()
    }

    /// The threads of a dump that is changed by `change` before it is gone through again, each as
    /// its texts, and how many faults there are.
    fn reread(change: impl FnOnce(&Path)) -> (Vec<String>, u64) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dump.csv");
        fs::write(&path, DUMP).unwrap();
        let mut input = open(&path);
        let stamp = input.stamp();
        let mut survey = Survey::default();
        let mut comment = Comment::default();
        while input.next(&mut comment) {
            survey.note(input.read - 1, &comment);
        }
        change(&path);
        let mut again = Rereading::new(open(&path), survey.ends().unwrap(), stamp, 0);
        let (mut threads, mut faults, mut more) = (Vec::new(), 0, true);
        while more {
            let mut batch = Batch::default();
            more = again.fill(&mut batch, 2, &mut Fillable::default()).unwrap();
            faults += batch.faults.count;
            threads.extend(batch.threads.iter().map(|thread| {
                let texts = thread.comments.iter().map(|comment| comment.text.as_str());
                texts.collect::<Vec<_>>().join(" ")
            }));
        }
        (threads, faults)
    }

    #[test]
    fn scattered_threads_come_out_where_they_end() {
        assert_eq!(
            reread(|_| ()),
            (vec!["two three".into(), "one four five".into(), "six".into()], 0)
        );
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_a_fault_and_all_of_it_comes_out() {
        let (threads, faults) =
            reread(|path| fs::write(path, DUMP.replace("4,a", "4,dd")).unwrap());
        assert_eq!((threads.join(" ").split(' ').count(), faults), (6, 1));
        let (threads, faults) =
            reread(|path| fs::write(path, format!("{DUMP}7,e,more\n")).unwrap());
        assert_eq!((threads.join(" ").split(' ').count(), faults), (7, 1));
    }
}
