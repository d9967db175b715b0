//! The objects of a record that is being read.

use crate::comment::Comment;
use crate::parse::record::{Holds, Record};

/// An object that may be a record.
pub(super) struct Node {
    pub(super) record: Box<Record>,
    pub(super) line: u64,
    pub(super) parent: Option<usize>,
    /// Where its own fields' names begin in the path.
    pub(super) base: usize,
    /// It stands in a list of comments or answers, so it is one, even if it holds such lists too.
    pub(super) is_comment: bool,
    /// It is no comment but gives the name of a writer.
    pub(super) is_person: bool,
    /// What it holds.
    pub(super) holds: Holds,
    /// It is the object around the whole dump.
    pub(super) is_document: bool,
    pub(super) closed: bool,
    /// What became of it.
    pub(super) became: Became,
}

/// What became of a node.
pub(super) enum Became {
    Unknown,
    /// A comment, of such a thread and id.
    Comment(String, String),
    /// An article, or something else around comments, with its id.
    Holder(String),
}

impl Node {
    /// Notes that it has a list of answers or comments.
    pub(super) fn hold(&mut self, is_answers: bool, is_comments: bool) {
        let holds = match () {
            () if is_comments && !self.is_comment => Holds::Comments,
            () if is_answers || self.is_comment => Holds::Answers,
            () => Holds::Something,
        };
        self.holds = self.holds.max(holds);
    }

    /// The id and name of a person.
    pub(super) fn take_author(&mut self) -> (String, String) {
        let person = &mut self.record.comment;
        (std::mem::take(&mut person.author_id), std::mem::take(&mut person.author))
    }

    pub(super) fn become_holder(&mut self) {
        let comment = &self.record.comment;
        let id = if comment.thread.is_empty() { &comment.id } else { &comment.thread };
        self.became = Became::Holder(id.clone());
    }

    /// Gives a comment within this one what it does not say itself.
    pub(super) fn place(&self, comment: &mut Comment) {
        let holder;
        let thread = match &self.became {
            Became::Comment(thread, id) => {
                if comment.parent.is_empty() {
                    comment.parent.clone_from(id);
                }
                thread
            }
            Became::Holder(id) => id,
            Became::Unknown => {
                let own = &self.record.comment;
                holder = if own.thread.is_empty() { own.id.clone() } else { own.thread.clone() };
                &holder
            }
        };
        if comment.thread.is_empty() {
            comment.thread.clone_from(thread);
        }
    }
}
