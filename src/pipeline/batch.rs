//! Reading ahead: comments gathered into the threads they belong to, some thousands at a time.

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec;

use rustc_hash::FxHashMap;

use super::partition::{Partitions, Record};
use super::summary::{Faults, InputSummary};
use crate::comment::{Article, Comment};
use crate::error::Result;
use crate::parse::{Dump, ReadOptions};

/// A batch is closed when it has this many comments: enough to keep all cores busy, few enough to
/// have three batches in memory. A longer thread is a batch of its own.
const FULL: usize = 10_000;

/// As [`FULL`], where what is finished is kept: so many comments are lost at most, or one input.
const RESUMABLE: usize = 1_000;

/// The comments of one thread, not yet linked.
pub struct Gathered {
    /// The dump that they are from.
    pub source: Arc<str>,
    /// The comments, as they stand in the dump.
    pub comments: Vec<Comment>,
    /// For each comment, its number in the run, in input order, from 0.
    pub(super) numbers: Vec<u64>,
    /// The article above them, if the dump has it.
    pub article: Option<Article>,
}

/// Some whole threads.
#[derive(Default)]
pub struct Batch {
    /// The threads, in the order of their first comments.
    pub threads: Vec<Gathered>,
    /// The number of all comments.
    comments: usize,
    /// What was read.
    pub inputs: Vec<InputSummary>,
    /// What could not be read.
    pub faults: Faults,
    /// Bytes of the inputs that these comments stand for.
    pub(super) bytes: u64,
    /// The number of inputs that were taken, those that cannot be read too.
    pub(super) taken: usize,
    /// Whether all of these are whole in this batch and those before it.
    pub(super) is_whole: bool,
}

/// The threads of many inputs, batch by batch.
///
/// A thread may be scattered over the whole of its input, so none is known to be whole before the
/// input ends. An input of more than a batch is therefore put aside on disk, parted by thread, and
/// comes back part by part.
pub struct Batches {
    inputs: vec::IntoIter<PathBuf>,
    options: ReadOptions,
    strict: bool,
    bytes: Arc<AtomicU64>,
    /// The number of the next comment.
    number: u64,
    /// Bytes that batches stand for so far.
    batched: u64,
    /// A batch is closed when it has this many comments.
    full: usize,
    aside: Option<Partitions>,
    /// Bytes and comments of what is aside that did not come back yet.
    left: (u64, u64),
}

impl Batches {
    /// Prepares to read `inputs`, one after the other, if `strict` up to the first fault; none is
    /// opened yet.
    #[must_use]
    pub fn new(inputs: Vec<PathBuf>, options: ReadOptions, strict: bool) -> Self {
        let inputs = inputs.into_iter();
        Self {
            inputs,
            options,
            strict,
            bytes: Arc::default(),
            number: 0,
            batched: 0,
            full: FULL,
            aside: None,
            left: (0, 0),
        }
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

    fn gather(&mut self) -> Result<Option<Batch>> {
        if let Some(batch) = self.take_from_aside()? {
            return Ok(Some(batch));
        }
        let mut batch = Batch::default();
        let mut any = false;
        while batch.comments < self.full && self.aside.is_none() {
            let Some(input) = self.inputs.next() else { break };
            any = true;
            batch.taken += 1;
            match Dump::open(&input, &self.options, &self.bytes) {
                Ok(dump) => {
                    self.read(dump, &mut batch)?;
                    if let Some(summary) = batch.inputs.last_mut() {
                        summary.path = input;
                    }
                }
                Err(fault) => batch.faults.push(fault),
            }
            if self.strict && batch.faults.count > 0 {
                self.inputs = Vec::new().into_iter();
            }
        }
        batch.is_whole = self.aside.is_none();
        let bytes = self.bytes.load(Ordering::Relaxed) - self.batched;
        if batch.is_whole {
            batch.bytes = bytes;
        } else {
            self.left.0 = bytes;
        }
        self.batched += bytes;
        Ok(any.then_some(batch))
    }

    /// Reads a dump, up to where it ends or cannot be read on, into the batch or, if that would
    /// make the batch too big, aside.
    fn read(&mut self, mut dump: Dump, batch: &mut Batch) -> Result<()> {
        let source: Arc<str> = dump.source().into();
        let first = (self.number, batch.threads.len(), batch.comments);
        let mut by_id = ById::default();
        let mut articles = Vec::new();
        let mut aside = None;
        let mut declared = None;
        let mut comment = Comment::default();
        loop {
            let read = dump.next(&mut comment);
            if let Some(article) = dump.article() {
                declared = article.declared.map(|count| count + declared.unwrap_or(0)).or(declared);
                articles.push(article);
            }
            match read {
                Ok(true) => {}
                Ok(false) => break,
                Err(fault) => {
                    let ends = self.strict || !fault.costs_one_record();
                    batch.faults.push(fault);
                    if ends {
                        break;
                    }
                    continue;
                }
            }
            match &mut aside {
                None => batch.add(&source, self.number, mem::take(&mut comment), &mut by_id),
                Some(aside) => {
                    for article in articles.drain(..) {
                        Partitions::put_article(aside, &article)?;
                    }
                    Partitions::put_comment(aside, self.number, &comment)?;
                }
            }
            self.number += 1;
            if aside.is_none() && batch.comments - first.2 > FULL {
                aside = Some(batch.put_aside(&source, first.1)?);
            }
        }
        batch.inputs.push(InputSummary {
            path: PathBuf::new(),
            source: source.to_string(),
            format: dump.format().name().into(),
            declared,
            found: self.number - first.0,
            notes: dump.notes(),
        });
        match aside {
            None => {
                batch.attach(articles, &by_id);
            }
            Some(mut aside) => {
                for article in &articles {
                    aside.put_article(article)?;
                }
                self.aside = Some(aside.finish()?);
                self.left.1 = self.number - first.0;
            }
        }
        Ok(())
    }

    /// A batch of what was put aside.
    fn take_from_aside(&mut self) -> Result<Option<Batch>> {
        let Some(aside) = &mut self.aside else { return Ok(None) };
        let mut batch = Batch::default();
        let mut by_id = ById::default();
        let mut articles = Vec::new();
        let source = aside.source();
        while batch.comments < FULL {
            let more = aside.take_part(|record| match record {
                Record::Comment(number, comment) => batch.add(&source, number, comment, &mut by_id),
                Record::Article(article) => articles.push(article),
            })?;
            if !more {
                self.aside = None;
                break;
            }
        }
        batch.attach(articles, &by_id);
        batch.is_whole = self.aside.is_none();
        let (bytes, comments) = &mut self.left;
        batch.bytes = if batch.is_whole {
            *bytes
        } else {
            *bytes / (*comments).max(1) * batch.comments as u64
        };
        *bytes -= batch.bytes;
        *comments -= batch.comments as u64;
        Ok((batch.comments > 0).then_some(batch))
    }
}

impl Iterator for Batches {
    type Item = Result<Batch>;

    fn next(&mut self) -> Option<Result<Batch>> {
        self.gather().transpose()
    }
}

/// The threads of one input in a batch, by id.
type ById = FxHashMap<String, usize>;

impl Batch {
    /// Adds the comment that is the `number`th of the run.
    fn add(&mut self, source: &Arc<str>, number: u64, comment: Comment, by_id: &mut ById) {
        let thread = if let Some(thread) = by_id.get(&comment.thread) {
            *thread
        } else {
            by_id.insert(comment.thread.clone(), self.threads.len());
            let source = Arc::clone(source);
            self.threads.push(Gathered {
                source,
                comments: Vec::new(),
                numbers: Vec::new(),
                article: None,
            });
            self.threads.len() - 1
        };
        self.threads[thread].comments.push(comment);
        self.threads[thread].numbers.push(number);
        self.comments += 1;
    }

    /// Takes the threads from `first_thread` on out again and puts them aside.
    fn put_aside(&mut self, source: &Arc<str>, first_thread: usize) -> Result<Partitions> {
        let mut aside = Partitions::new(Arc::clone(source));
        for thread in self.threads.drain(first_thread..) {
            self.comments -= thread.comments.len();
            for (number, comment) in thread.numbers.into_iter().zip(thread.comments) {
                aside.put_comment(number, &comment)?;
            }
        }
        Ok(aside)
    }

    fn attach(&mut self, articles: Vec<Article>, by_id: &ById) {
        for article in articles {
            if let Some(thread) = by_id.get(&article.thread) {
                self.threads[*thread].article = Some(article);
            }
        }
    }
}
