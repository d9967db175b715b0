//! The comments under one article, linked.

use std::ops::Range;

use crate::comment::{Article, Comment};

/// Why a reply is believed to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The dump says so.
    Given,
    /// The comment names the writer of its parent.
    Mention,
    /// The comment quotes its parent.
    Quote,
    /// The comment is like its parent.
    Similarity,
}

/// An edge to the comment answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reply {
    /// Position of the parent in [`Thread::comments`], always smaller than the comment's own:
    /// chains cannot loop.
    pub to: usize,
    /// Why.
    pub evidence: Evidence,
    /// How likely the edge is right, 0–1.
    pub confidence: f32,
}

/// How a comment hangs on its thread.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Link {
    /// Answers no other comment, as far as is known.
    #[default]
    Root,
    /// Answers a comment of the thread.
    Reply(Reply),
    /// Speaks to somebody, or quotes a comment, that is not in the dump.
    Absent {
        /// How likely it is that the comment spoken to is missing, 0–1.
        confidence: f32,
    },
    /// The dump names a parent that the dump does not hold.
    Orphan,
}

/// Where the name of a writer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorSource {
    /// The dump says so.
    Given,
    /// Somebody speaks to the writer by name and quotes the comment.
    Quote,
    /// The comments that speak to the name answer this one.
    Mention,
}

/// Who wrote a comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorship {
    /// Display name.
    pub name: String,
    /// Why the name is believed.
    pub source: AuthorSource,
    /// How likely the name is right, 0–1.
    pub confidence: f32,
}

/// What linking may be told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkOptions {
    /// Edges less sure than this are left out; 0 keeps them all.
    pub min_confidence: f32,
}

/// The comments under one article in the order in which they were written, and how they hang
/// together. The four lists are parallel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thread {
    /// The article above, where the dump has it.
    pub article: Option<Article>,
    /// The comments, oldest first.
    pub comments: Vec<Comment>,
    /// How each comment hangs on the thread.
    pub links: Vec<Link>,
    /// Who wrote each comment, where the dump says so or it could be inferred.
    pub authors: Vec<Option<Authorship>>,
    /// Whom each comment speaks to: the byte range of the name in its text.
    pub addressees: Vec<Option<Range<usize>>>,
    /// The first comment of each comment's chain: its own position for a root.
    pub roots: Vec<usize>,
    /// Steps up to the root: 0 for a root.
    pub depths: Vec<usize>,
    /// How many comments answer each comment directly.
    pub reply_counts: Vec<usize>,
}

impl Thread {
    /// Links `comments`, which stand oldest first.
    #[must_use]
    pub fn link(comments: Vec<Comment>, article: Option<Article>, options: &LinkOptions) -> Self {
        let _ = options;
        let size = comments.len();
        Self {
            article,
            comments,
            links: vec![Link::Root; size],
            authors: vec![None; size],
            addressees: vec![None; size],
            roots: (0..size).collect(),
            depths: vec![0; size],
            reply_counts: vec![0; size],
        }
    }

    /// The edge from the comment at `position` to the comment that it answers.
    #[must_use]
    pub fn reply(&self, position: usize) -> Option<Reply> {
        match self.links.get(position)? {
            Link::Reply(reply) => Some(*reply),
            Link::Root | Link::Absent { .. } | Link::Orphan => None,
        }
    }

    /// The name that the comment at `position` speaks to, as it is written there.
    #[must_use]
    pub fn addressee(&self, position: usize) -> Option<&str> {
        let range = self.addressees.get(position)?.clone()?;
        self.comments[position].text.get(range)
    }
}
