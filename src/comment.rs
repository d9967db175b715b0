//! What every format is turned into.

use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

/// One comment of a dump.
///
/// A string that is empty means that the dump does not say. The text is never altered: it is what
/// the reader wrote, as the dump holds it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// The comment's id as in the dump, or a running number from 1 within its file.
    pub id: String,
    /// The id of the thread that the comment belongs to.
    pub thread: String,
    /// Display name of the writer; empty if unknown.
    pub author: String,
    /// What the writer wrote.
    pub text: String,
    /// The id of the comment answered, where the dump says so; empty otherwise.
    pub parent: String,
    /// When the comment was written, to the millisecond.
    #[serde(with = "millisecond::optional")]
    pub posted: Option<jiff::Timestamp>,
    /// The dump holds the place of the comment, but no longer what it said.
    pub deleted: bool,
}

impl Comment {
    /// Makes the comment blank but keeps its buffers, so that a reader can fill it again.
    pub fn clear(&mut self) {
        let Self { id, thread, author, text, parent, posted, deleted } = self;
        for field in [id, thread, author, text, parent] {
            field.clear();
        }
        *posted = None;
        *deleted = false;
    }

    /// Whether there is nothing to read: deleted, or nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.deleted || self.text.trim().is_empty()
    }
}

/// What a dump tells about the article above a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The id of the thread under the article.
    pub thread: String,
    /// Headline.
    pub title: String,
    /// Body, its paragraphs separated by line feeds.
    pub text: String,
    /// The number of comments that the page says it has, which may be more than it holds.
    pub declared: Option<u64>,
}
