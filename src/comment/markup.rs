//! What there is to read in a text with markup.
//!
//! Scoring must not see tags, and must not take what is quoted for the writer's own words. Here a
//! quote in HTML (`<blockquote>`, `<aside class="quote">`) becomes what people type in plain text:
//! lines that begin with `> `. So whoever reads comments knows one sign for a quote, not three.

mod entity;
mod reading;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use self::entity::{entity, unescape};
use self::reading::Reading;

/// A text without its markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {
    /// What there is to read.
    pub text: String,
    /// Where pieces begin: in `text`, in the source, and whether the piece is copied byte for byte.
    pieces: Vec<Piece>,
    /// Length of the source.
    source: usize,
    /// Only `&`, `<` and `>` were written in another way.
    is_escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    at: usize,
    from: usize,
    verbatim: bool,
}

impl Plain {
    /// Reads HTML.
    ///
    /// ```
    /// use threadwarden::comment::Plain;
    ///
    /// let plain = Plain::from_html("<blockquote><p>Fish &amp; chips?</p></blockquote><p>Never!</p>");
    /// assert_eq!(plain.text, "> Fish & chips?\n\nNever!");
    /// assert_eq!(plain.source(17..22), 52..57);
    /// ```
    #[must_use]
    pub fn from_html(html: &str) -> Self {
        let mut reading = Reading::new(html);
        reading.run();
        reading.finish()
    }

    /// Reads plain text in which `&`, `<` and `>` are written as entities, as Reddit gives it.
    #[must_use]
    pub fn from_escaped(text: &str) -> Self {
        let mut reading = Reading::new(text);
        reading.copy(0..text.len(), true);
        Self { is_escaped: true, ..reading.finish() }
    }

    /// Reads HTML; `None` where it is the same as plain text.
    pub(crate) fn of_html(text: &str) -> Option<Self> {
        memchr::memchr2(b'<', b'&', text.as_bytes()).map(|_| Self::from_html(text))
    }

    /// Reads escaped text; `None` where nothing in it is escaped.
    pub(crate) fn of_escaped(text: &str) -> Option<Self> {
        let mut signs = memchr::memchr_iter(b'&', text.as_bytes());
        let is_escape = |at| matches!(entity(&text[at..]), Some(('&' | '<' | '>', _)));
        signs.any(is_escape).then(|| Self::from_escaped(text))
    }

    /// Reads another text that is written in the same way.
    pub(crate) fn of_new(&self, text: &str) -> Self {
        if self.is_escaped { Self::from_escaped(text) } else { Self::from_html(text) }
    }

    /// Where a byte range of `text` stands in the source.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_of(range.start, false);
        start..self.source_of(range.end, true).max(start)
    }

    /// Where a byte of `text` comes from; an `end` lies behind the byte before it.
    fn source_of(&self, at: usize, end: bool) -> usize {
        let before = |piece: &Piece| if end { piece.at < at } else { piece.at <= at };
        let index = self.pieces.partition_point(before);
        let Some(piece) = index.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return 0;
        };
        if piece.verbatim {
            return (piece.from + at - piece.at).min(self.source);
        }
        match (end, self.pieces.get(index)) {
            (false, _) => piece.from,
            (true, next) => next.map_or(self.source, |next| next.from),
        }
    }
}
