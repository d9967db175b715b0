//! What every format is turned into.

mod markup;

use std::ops::Range;

use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

pub use markup::Plain;
pub(crate) use markup::{entity, unescape};

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
    /// The writer's id; empty if unknown or the same as the name.
    pub author_id: String,
    /// Name of the person answered, where the dump gives it in a field of its own.
    pub addressee: String,
    /// What the writer wrote.
    pub text: String,
    /// What there is to read in `text`, where that is HTML; `None` for plain text.
    pub plain: Option<Plain>,
    /// The id of the comment answered, where the dump says so; empty otherwise.
    pub parent: String,
    /// When the comment was written, to the millisecond.
    #[serde(with = "millisecond::optional")]
    pub posted: Option<jiff::Timestamp>,
    /// Votes for the comment, less those against it where the dump counts both.
    pub votes: Option<i64>,
    /// The dump holds the place of the comment, but no longer what it said, or says that it was
    /// taken down.
    pub deleted: bool,
    /// Written by a machine: a pingback, a trackback, a bot.
    pub automatic: bool,
    /// E-mail and IP address; empty unless reading was told to keep them.
    pub personal: String,
}

impl Comment {
    /// Makes the comment blank but keeps its buffers, so that a reader can fill it again.
    pub fn clear(&mut self) {
        let Self {
            id,
            thread,
            author,
            author_id,
            addressee,
            text,
            plain,
            parent,
            posted,
            votes,
            deleted,
            automatic,
            personal,
        } = self;
        for field in [id, thread, author, author_id, addressee, text, parent, personal] {
            field.clear();
        }
        (*plain, *posted, *votes) = (None, None, None);
        (*deleted, *automatic) = (false, false);
    }

    /// The words to link and to score: the text itself, or without its markup where it is HTML.
    /// There as in plain text, a line that begins with `>` is a quote.
    #[must_use]
    pub fn words(&self) -> &str {
        self.plain.as_ref().map_or(&self.text, |plain| &plain.text)
    }

    /// Where a byte range of [`words`](Self::words) stands in the text.
    #[must_use]
    pub fn in_text(&self, words: Range<usize>) -> Range<usize> {
        self.plain.as_ref().map_or(words.clone(), |plain| plain.source(words))
    }

    /// Whether there is nothing to read: deleted, or nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.deleted || self.words().trim().is_empty()
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
