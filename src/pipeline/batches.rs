//! Reading ahead: inputs become batches of whole threads.

use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec;

use super::batch::{Batch, ById, Gathered};
use super::grouped::{Grouped, Step};
use super::input::{Input, Way};
use super::partition::{Partitions, Record};
use super::rereading::Rereading;
use super::spent::{Fillable, Spent};
use super::survey::{Ends, Survey};
use crate::comment::Comment;
use crate::error::Result;
use crate::parse::ReadOptions;

/// A batch is closed when it has this many comments: enough to keep all cores busy, few enough to
/// have three batches in memory. A longer thread is a batch of its own.
pub(super) const FULL: usize = 10_000;

/// As [`FULL`], where what is finished is kept: so many comments are lost at most, or one input.
const RESUMABLE: usize = 1_000;

/// The threads of many inputs, batch by batch.
///
/// A thread may be scattered over the whole of its input, so none is known to be whole before the
/// input ends. An input of more than a batch is therefore gone through twice, and its threads come
/// out one by one the second time. Where that cannot be done, or too much is under way at a time,
/// it is put aside on disk, parted by thread, and comes back part by part. With
/// [`trusting`](Self::trusting), one whose threads stand one behind the other is gone through once.
pub struct Batches {
    inputs: vec::IntoIter<PathBuf>,
    way: Way,
    bytes: Arc<AtomicU64>,
    fillable: Fillable,
    /// The number of the next comment.
    number: u64,
    /// Bytes that batches stand for so far.
    batched: u64,
    /// A batch is closed when it has this many comments.
    full: usize,
    /// Whether threads that stand one behind the other at first are taken to go on like that.
    trusting: bool,
    rest: Option<Rest>,
    /// Bytes and comments of the rest that did not come out yet.
    left: (u64, u64),
}

/// What is still to come of an input of more than a batch.
enum Rest {
    Grouped(Grouped),
    Again(Rereading),
    Aside(Partitions),
}

impl Batches {
    /// Prepares to read `inputs`, one after the other, if `strict` up to the first fault; none is
    /// opened yet.
    #[must_use]
    pub fn new(inputs: Vec<PathBuf>, options: ReadOptions, strict: bool) -> Self {
        Self {
            inputs: inputs.into_iter(),
            way: Way { options, strict },
            bytes: Arc::default(),
            fillable: Fillable::default(),
            number: 0,
            batched: 0,
            full: FULL,
            trusting: false,
            rest: None,
            left: (0, 0),
        }
    }

    /// Takes it that an input whose threads stand one behind the other at first is like that to its
    /// end. Where that turns out wrong, the last batch is one that
    /// [`is_void`](Batch::is_void): whoever takes batches must begin anew, without trust.
    #[must_use]
    pub fn trusting(self) -> Self {
        Self { trusting: true, ..self }
    }

    /// Begins where a journal ends: behind so many inputs with so many comments and bytes. Batches
    /// are smaller, so that not much is lost.
    pub(super) fn skip(mut self, inputs: usize, comments: u64, bytes: u64) -> Self {
        self.inputs = self.inputs.as_slice().get(inputs..).unwrap_or_default().to_vec().into_iter();
        self.number = comments;
        self.bytes = Arc::new(AtomicU64::new(bytes));
        self.batched = bytes;
        self.full = RESUMABLE;
        self
    }

    /// The number of bytes read, which grows as batches are taken.
    #[must_use]
    pub fn bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// Where the comments of batches go that nobody needs any more.
    pub(super) fn spent(&self) -> Spent {
        self.fillable.spent()
    }

    fn gather(&mut self) -> Result<Option<Batch>> {
        if let Some(rest) = self.rest.take() {
            return self.take_of_rest(rest).map(Some);
        }
        let mut batch = Batch::default();
        while batch.comments() < self.full && self.rest.is_none() {
            let Some(path) = self.inputs.next() else { break };
            batch.taken += 1;
            self.read(&path, &mut batch)?;
            if self.way.strict && batch.faults.count > 0 {
                self.inputs = Vec::new().into_iter();
            }
        }
        batch.is_whole = self.rest.is_none();
        let bytes = self.newly_read();
        if batch.is_whole || matches!(self.rest, Some(Rest::Grouped(_))) {
            batch.bytes = bytes;
        } else {
            self.left.0 = bytes;
        }
        Ok((batch.taken > 0).then_some(batch))
    }

    /// The bytes that were read since this was asked last.
    fn newly_read(&mut self) -> u64 {
        let bytes = self.bytes.load(Ordering::Relaxed);
        bytes - mem::replace(&mut self.batched, bytes)
    }

    /// Reads an input, up to where it ends or cannot be read on, into the batch or, if that would
    /// make the batch too big, makes it the rest.
    fn read(&mut self, path: &Path, batch: &mut Batch) -> Result<()> {
        let begin = self.bytes.load(Ordering::Relaxed);
        let Some(mut input) = self.open(path, &self.bytes, batch) else { return Ok(()) };
        let stamp = input.stamp();
        let source = input.source();
        let (first_thread, before) = (batch.threads.len(), batch.comments());
        let mut by_id = ById::default();
        let mut comment = Comment::default();
        while batch.comments() - before <= FULL {
            let number = self.number + input.read;
            if !input.next(&mut comment) {
                self.number = number;
                batch.inputs.push(input.summary());
                batch.faults.append(input.faults);
                batch.attach(input.articles, &by_id);
                return Ok(());
            }
            let next = mem::replace(&mut comment, self.fillable.next());
            batch.add(&source, number, next, &mut by_id);
        }
        let begun = batch.take_back(first_thread);
        if !Input::can_be_read_again(path) {
            return self.put_aside(input, begun, batch);
        }
        if self.trusting && Grouped::is_likely(&input, &begun) {
            let grouped = Grouped::new(input, stamp, begun, self.number, batch);
            self.rest = Some(Rest::Grouped(grouped));
            return Ok(());
        }
        let ends = self.survey(&mut input, begun);
        if self.way.strict && input.faults.count > 0 {
            batch.faults.append(input.faults);
            return Ok(());
        }
        let Some(ends) = ends else {
            self.bytes.store(begin, Ordering::Relaxed);
            let input = self.open(path, &self.bytes, batch);
            return input.map_or(Ok(()), |input| self.put_aside(input, Vec::new(), batch));
        };
        self.left.1 = input.read;
        let again = self.open(path, &Arc::default(), batch);
        self.rest = again.map(|input| Rest::Again(Rereading::new(input, ends, stamp, self.number)));
        Ok(())
    }

    /// Goes through what is left of an input, of which some threads are `begun`, to see where
    /// threads end. `None` if that is of no use.
    fn survey(&mut self, input: &mut Input, begun: Vec<Gathered>) -> Option<Ends> {
        let mut survey = Survey::default();
        for mut thread in begun {
            for (number, comment) in thread.numbers.into_iter().zip(&thread.comments) {
                survey.note(number - self.number, comment);
            }
            self.fillable.take(&mut thread.comments);
        }
        let mut comment = Comment::default();
        input.skim();
        // An article may stand behind the comments below it, and comes before them when put aside.
        while survey.is_useful() && input.articles.is_empty() {
            let number = input.read;
            if !input.next(&mut comment) {
                return survey.ends();
            }
            survey.note(number, &comment);
        }
        None
    }

    /// Opens an input; if it cannot be opened, that is a fault of the batch.
    fn open(&self, path: &Path, bytes: &Arc<AtomicU64>, batch: &mut Batch) -> Option<Input> {
        Input::open(path, &self.way, bytes).map_err(|fault| batch.faults.push(fault)).ok()
    }

    /// Puts aside what was read of an input and what is still to be read.
    fn put_aside(
        &mut self,
        mut input: Input,
        begun: Vec<Gathered>,
        batch: &mut Batch,
    ) -> Result<()> {
        let mut aside = Partitions::new(input.source());
        for thread in begun {
            for (number, comment) in thread.numbers.into_iter().zip(&thread.comments) {
                aside.put_comment(number, comment)?;
            }
        }
        let mut comment = Comment::default();
        loop {
            let number = self.number + input.read;
            let more = input.next(&mut comment);
            for article in input.articles.drain(..) {
                aside.put_article(&article)?;
            }
            if !more {
                self.number = number;
                break;
            }
            aside.put_comment(number, &comment)?;
        }
        self.left.1 = input.read;
        batch.inputs.push(input.summary());
        batch.faults.append(input.faults);
        self.rest = Some(Rest::Aside(aside.finish()?));
        Ok(())
    }

    /// A batch of what is left of a large input.
    fn take_of_rest(&mut self, rest: Rest) -> Result<Batch> {
        let mut batch = Batch::default();
        self.rest = match rest {
            Rest::Grouped(mut grouped) => {
                let step = grouped.fill(&mut batch, FULL, &mut self.fillable);
                if step == Step::Scattered {
                    self.inputs = Vec::new().into_iter();
                    batch.is_void = true;
                    return Ok(batch);
                }
                self.number = grouped.number();
                self.left = (self.newly_read(), batch.comments() as u64);
                (step == Step::More).then_some(Rest::Grouped(grouped))
            }
            Rest::Again(mut again) => {
                let more = again.fill(&mut batch, FULL, &mut self.fillable)?;
                self.number = again.number();
                more.then_some(Rest::Again(again))
            }
            Rest::Aside(mut aside) => {
                let more = take_from_aside(&mut aside, &mut batch)?;
                more.then_some(Rest::Aside(aside))
            }
        };
        batch.is_whole = self.rest.is_none();
        let (bytes, comments) = &mut self.left;
        let taken = batch.comments() as u64;
        let is_all = batch.is_whole || taken >= *comments;
        batch.bytes = if is_all { *bytes } else { *bytes / *comments * taken };
        *bytes -= batch.bytes;
        *comments = comments.saturating_sub(taken);
        Ok(batch)
    }
}

/// Adds threads that were put aside to a batch until it is full; false if no more are left.
fn take_from_aside(aside: &mut Partitions, batch: &mut Batch) -> Result<bool> {
    let mut by_id = ById::default();
    let mut articles = Vec::new();
    let source = aside.source();
    let mut more = true;
    while more && batch.comments() < FULL {
        more = aside.take_part(|record| match record {
            Record::Comment(number, comment) => batch.add(&source, number, comment, &mut by_id),
            Record::Article(article) => articles.push(article),
        })?;
    }
    batch.attach(articles, &by_id);
    Ok(more)
}

impl Iterator for Batches {
    type Item = Result<Batch>;

    fn next(&mut self) -> Option<Result<Batch>> {
        self.gather().transpose()
    }
}
