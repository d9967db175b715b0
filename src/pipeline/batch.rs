//! Comments gathered into the threads they belong to, some thousands at a time.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::summary::{Faults, InputSummary};
use crate::comment::{Article, Comment};

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

impl Gathered {
    /// No comments yet, of the dump called `source`.
    pub(super) fn new(source: &Arc<str>) -> Self {
        let source = Arc::clone(source);
        Self { source, comments: Vec::new(), numbers: Vec::new(), article: None }
    }

    /// Adds the comment that is the `number`th of the run.
    pub(super) fn add(&mut self, number: u64, comment: Comment) {
        self.comments.push(comment);
        self.numbers.push(number);
    }
}

/// Some whole threads.
#[derive(Default)]
pub struct Batch {
    /// The threads, in the order of their first comments or, in a large input, of their last.
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
    /// Whether batches before this one hold threads that were not whole: then all of them are void.
    /// Only where that risk was [taken](super::Batches::trusting).
    pub is_void: bool,
}

/// The threads of one input in a batch, by id.
pub(super) type ById = FxHashMap<String, usize>;

impl Batch {
    /// The number of all comments.
    pub(super) fn comments(&self) -> usize {
        self.comments
    }

    /// Adds the comment that is the `number`th of the run.
    pub(super) fn add(
        &mut self,
        source: &Arc<str>,
        number: u64,
        comment: Comment,
        by_id: &mut ById,
    ) {
        let thread = if let Some(thread) = by_id.get(&comment.thread) {
            *thread
        } else {
            by_id.insert(comment.thread.clone(), self.threads.len());
            self.threads.push(Gathered::new(source));
            self.threads.len() - 1
        };
        self.threads[thread].add(number, comment);
        self.comments += 1;
    }

    /// Adds a thread.
    pub(super) fn add_thread(&mut self, thread: Gathered) {
        self.comments += thread.comments.len();
        self.threads.push(thread);
    }

    /// Takes the threads from `first` on out again.
    pub(super) fn take_back(&mut self, first: usize) -> Vec<Gathered> {
        let threads = self.threads.split_off(first);
        self.comments -= threads.iter().map(|thread| thread.comments.len()).sum::<usize>();
        threads
    }

    /// Puts articles above their threads.
    pub(super) fn attach(&mut self, articles: Vec<Article>, by_id: &ById) {
        for article in articles {
            if let Some(thread) = by_id.get(&article.thread) {
                self.threads[*thread].article = Some(article);
            }
        }
    }
}
