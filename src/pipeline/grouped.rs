//! A large input whose threads stand one behind the other: each is whole where the next one begins.
//!
//! Only the end of the input shows that no thread went on after it was taken for whole. Most dumps
//! that begin like this are like this, so it is worth to find out by scoring them.

use std::mem;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::batch::{Batch, Gathered};
use super::input::{Input, Stamp};
use super::spent::Fillable;
use super::survey::{MOST_THREADS, hash_of_thread};
use crate::comment::Comment;

/// An input that is gone through once.
pub(super) struct Grouped {
    input: Input,
    source: Arc<str>,
    /// What was to be seen of the file before it was read.
    stamp: Option<Stamp>,
    /// The number in the run of the input's first comment.
    first: u64,
    /// The thread that is not yet over.
    open: Gathered,
    /// The threads that were met, by hash. One that shares it with another seems to go on.
    met: FxHashSet<u64>,
    comment: Comment,
}

/// How far an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more of it.
    More,
    /// It is over.
    End,
    /// Its threads do not stand one behind the other.
    Scattered,
}

impl Grouped {
    /// Whether the threads of an input that are `begun` stand one behind the other. An article may
    /// belong to any thread, also to one that is over.
    pub(super) fn is_likely(input: &Input, begun: &[Gathered]) -> bool {
        let numbers = begun.iter().map(|thread| &thread.numbers);
        input.articles.is_empty() && numbers.flatten().is_sorted()
    }

    /// Goes on with an input of which these threads are begun: all but the last go to the batch. The
    /// input's first comment is the `first`th of the run.
    pub(super) fn new(
        input: Input,
        stamp: Option<Stamp>,
        mut begun: Vec<Gathered>,
        first: u64,
        batch: &mut Batch,
    ) -> Self {
        let firsts = begun.iter().filter_map(|thread| thread.comments.first());
        let met = firsts.map(hash_of_thread).collect();
        let source = input.source();
        let open = begun.pop().unwrap_or_else(|| Gathered::new(&source));
        for thread in begun {
            batch.add_thread(thread);
        }
        Self { input, source, stamp, first, open, met, comment: Comment::default() }
    }

    /// Adds threads to a batch until it has `full` comments.
    pub(super) fn fill(&mut self, batch: &mut Batch, full: usize, fillable: &mut Fillable) -> Step {
        let mut more = true;
        while more && batch.comments() < full {
            let number = self.number();
            more = self.input.next(&mut self.comment);
            if !self.input.articles.is_empty() {
                return Step::Scattered;
            }
            let last = self.open.comments.last();
            let goes_on = more && last.is_some_and(|last| last.thread == self.comment.thread);
            if !goes_on {
                batch.add_thread(mem::replace(&mut self.open, Gathered::new(&self.source)));
            }
            if more {
                if !goes_on && !self.is_new() {
                    return Step::Scattered;
                }
                self.open.add(number, mem::replace(&mut self.comment, fillable.next()));
            }
        }
        if !more {
            self.input.compare(self.stamp);
            batch.inputs.push(self.input.summary());
        }
        batch.faults.append(mem::take(&mut self.input.faults));
        if more { Step::More } else { Step::End }
    }

    /// Notes the thread of the comment; false if it was met before, or if that is no longer known.
    fn is_new(&mut self) -> bool {
        self.met.len() < MOST_THREADS && self.met.insert(hash_of_thread(&self.comment))
    }

    /// The number in the run of the next comment.
    pub(super) fn number(&self) -> u64 {
        self.first + self.input.read
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::parse::ReadOptions;
    use crate::pipeline::input::Way;

    /// The threads of a dump of these records, each as its ids, in batches of two comments or more,
    /// what it turns out to be, and how many faults there are if `change` is done to it meanwhile.
    fn threads(records: &[&str], change: impl FnOnce(&Path)) -> (Vec<String>, Step, u64) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dump.jsonl");
        fs::write(&path, records.join("\n")).unwrap();
        let way = Way { options: ReadOptions::default(), strict: false };
        let mut input = Input::open(&path, &way, &Arc::default()).unwrap();
        let stamp = input.stamp();
        let mut comment = Comment::default();
        assert!(input.next(&mut comment));
        let mut begun = Gathered::new(&input.source());
        begun.add(0, comment);
        let mut grouped = Grouped::new(input, stamp, vec![begun], 0, &mut Batch::default());
        change(&path);
        let (mut threads, mut step, mut faults) = (Vec::new(), Step::More, 0);
        while step == Step::More {
            let mut batch = Batch::default();
            step = grouped.fill(&mut batch, 2, &mut Fillable::default());
            faults += batch.faults.count;
            threads.extend(batch.threads.iter().map(|thread| {
                thread.comments.iter().map(|comment| comment.id.as_str()).collect::<String>()
            }));
        }
        (threads, step, faults)
    }

    const RECORDS: [&str; 5] = [
        r#"{"id": "1", "thread_id": "a", "text": "x"}"#,
        r#"{"id": "2", "thread_id": "a", "text": "x"}"#,
        r#"{"id": "3", "thread_id": "b", "text": "x"}"#,
        r#"{"id": "4", "thread_id": "c", "text": "x"}"#,
        r#"{"id": "5", "thread_id": "c", "text": "x"}"#,
    ];

    #[test]
    fn each_thread_is_whole_where_the_next_one_begins() {
        assert_eq!(
            threads(&RECORDS, |_| ()),
            (vec!["12".into(), "3".into(), "45".into()], Step::End, 0)
        );
        assert_eq!(threads(&RECORDS[..1], |_| ()), (vec!["1".into()], Step::End, 0));
    }

    #[test]
    fn a_thread_that_goes_on_after_another_one_is_scattered() {
        let late = r#"{"id": "6", "thread_id": "a", "text": "x"}"#;
        assert_eq!(threads(&[&RECORDS[..], &[late]].concat(), |_| ()).1, Step::Scattered);
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_a_fault() {
        let grow = |path: &Path| fs::write(path, RECORDS.join("\n") + "\n\n").unwrap();
        assert_eq!(threads(&RECORDS, grow).2, 1);
    }
}
