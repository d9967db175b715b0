//! Reading ahead: comments gathered into the threads they belong to, some inputs at a time.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::vec;

use rustc_hash::FxHashMap;

use super::summary::InputSummary;
use crate::comment::{Article, Comment};
use crate::error::Error;
use crate::parse::{Dump, ReadOptions};

/// A batch is closed behind the input that brings it to this many comments: enough to keep all
/// cores busy, even where every input is a short page.
const FULL: usize = 20_000;

/// The comments of one thread, not yet linked.
pub struct Gathered {
    /// The dump that they are from.
    pub source: String,
    /// The comments, oldest first.
    pub comments: Vec<Comment>,
    /// The article above them, if the dump has it.
    pub article: Option<Article>,
}

/// Some whole threads.
#[derive(Default)]
pub struct Batch {
    /// The threads, in the order of their first comments.
    pub threads: Vec<Gathered>,
    /// For each comment, in input order, the thread that it is in and its position there.
    pub order: Vec<(usize, usize)>,
    /// What was read.
    pub inputs: Vec<InputSummary>,
    /// What could not be read.
    pub faults: Vec<Error>,
}

/// The threads of many inputs, batch by batch.
pub struct Batches {
    inputs: vec::IntoIter<PathBuf>,
    options: ReadOptions,
    bytes: Arc<AtomicU64>,
}

impl Batches {
    /// Prepares to read `inputs`, one after the other; none is opened yet.
    #[must_use]
    pub fn new(inputs: Vec<PathBuf>, options: ReadOptions) -> Self {
        Self { inputs: inputs.into_iter(), options, bytes: Arc::default() }
    }

    /// The number of bytes read, which grows as batches are taken.
    #[must_use]
    pub fn bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }
}

impl Iterator for Batches {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        let mut any = false;
        while batch.order.len() < FULL {
            let Some(input) = self.inputs.next() else { break };
            any = true;
            match Dump::open(&input, &self.options, &self.bytes) {
                Ok(dump) => batch.gather(dump),
                Err(fault) => batch.faults.push(fault),
            }
        }
        any.then_some(batch)
    }
}

impl Batch {
    /// Adds the threads of a dump, up to where it ends or cannot be read on.
    fn gather(&mut self, mut dump: Dump) {
        let (first_thread, first_row) = (self.threads.len(), self.order.len());
        let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
        let mut articles = Vec::new();
        loop {
            let mut comment = Comment::default();
            let read = dump.next(&mut comment);
            articles.extend(dump.article());
            match read {
                Ok(true) => {}
                Ok(false) => break,
                Err(fault) => {
                    let goes_on = fault.costs_one_record();
                    self.faults.push(fault);
                    if goes_on {
                        continue;
                    }
                    break;
                }
            }
            let thread = match by_id.get(&comment.thread) {
                Some(thread) => *thread,
                None => {
                    by_id.insert(comment.thread.clone(), self.threads.len());
                    let source = dump.source().to_owned();
                    self.threads.push(Gathered { source, comments: Vec::new(), article: None });
                    self.threads.len() - 1
                }
            };
            self.order.push((thread, self.threads[thread].comments.len()));
            self.threads[thread].comments.push(comment);
        }
        self.inputs.push(InputSummary {
            source: dump.source().to_owned(),
            format: dump.format().name(),
            declared: articles
                .iter()
                .filter_map(|article| article.declared)
                .reduce(|sum, more| sum + more),
            found: self.order.len() - first_row,
            notes: dump.notes(),
        });
        for article in articles {
            if let Some(thread) = by_id.get(&article.thread) {
                self.threads[*thread].article = Some(article);
            }
        }
        self.put_in_time_order(first_thread, first_row);
    }

    /// Sorts the comments of each thread from `first_thread` on by time, where all have one.
    fn put_in_time_order(&mut self, first_thread: usize, first_row: usize) {
        let mut positions: Vec<Option<Vec<usize>>> = Vec::new();
        for thread in &mut self.threads[first_thread..] {
            let comments = &mut thread.comments;
            if comments.is_sorted_by_key(|comment| comment.posted)
                || comments.iter().any(|comment| comment.posted.is_none())
            {
                positions.push(None);
                continue;
            }
            let mut numbered: Vec<(usize, Comment)> = comments.drain(..).enumerate().collect();
            numbered.sort_by_key(|(_, comment)| comment.posted);
            let mut position = vec![0; numbered.len()];
            for (new, (old, comment)) in numbered.into_iter().enumerate() {
                position[old] = new;
                comments.push(comment);
            }
            positions.push(Some(position));
        }
        for (thread, position) in &mut self.order[first_row..] {
            if let Some(positions) = &positions[*thread - first_thread] {
                *position = positions[*position];
            }
        }
    }
}
