//! HTML read piece by piece.

use std::ops::Range;

use super::entity::entity;
use super::{Piece, Plain};

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "pre", "h1", "h2", "h3", "h4", "h5",
    "h6", "section", "article", "figure", "dl", "dt", "dd",
];

/// Elements whose content nobody reads.
const HIDDEN: &[&str] = &["script", "style", "template", "title", "noscript"];

/// HTML on its way to plain text.
pub(super) struct Reading<'h> {
    html: &'h str,
    at: usize,
    plain: Plain,
    /// Quotes that are open.
    quotes: usize,
    /// For each open `<aside>`, whether it is a quote.
    asides: Vec<bool>,
    /// Line feeds to write before the next character.
    breaks: usize,
}

impl<'h> Reading<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        let plain = Plain { source: html.len(), ..Plain::default() };
        Self { html, at: 0, plain, quotes: 0, asides: Vec::new(), breaks: 0 }
    }

    pub(super) fn run(&mut self) {
        while let Some(found) = memchr::memchr(b'<', &self.html.as_bytes()[self.at..]) {
            let tag = self.at + found;
            self.copy(self.at..tag, false);
            self.at = tag;
            self.tag();
        }
        self.copy(self.at..self.html.len(), false);
    }

    pub(super) fn finish(self) -> Plain {
        self.plain
    }

    /// Reads the tag at `at`, or the `<` there if it begins none.
    fn tag(&mut self) {
        let rest = &self.html[self.at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at = comment.find("-->").map_or(self.html.len(), |end| self.at + 4 + end + 3);
            return;
        }
        let inside = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        if !inside.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!') {
            self.copy(self.at..self.at + 1, false);
            self.at += 1;
            return;
        }
        let Some(end) = tag_end(rest) else {
            // Cut off inside a tag: nothing more to read.
            self.at = self.html.len();
            return;
        };
        let closes = rest.starts_with("</");
        let tag = &rest[..end];
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        self.at += end;
        if HIDDEN.contains(&name.as_str()) && !closes {
            self.skip_to_end_of(&name);
        } else if name == "blockquote" {
            self.quote(closes);
        } else if name == "aside" {
            if !closes {
                self.asides.push(tag.contains("quote"));
            }
            self.begin_line(2);
            let is_quote = if closes { self.asides.pop() } else { self.asides.last().copied() };
            if is_quote == Some(true) {
                self.quote(closes);
            }
        } else if name == "br" {
            self.breaks += 1;
        } else if BLOCKS.contains(&name.as_str()) {
            self.begin_line(if name == "p" || self.quotes == 0 && closes { 2 } else { 1 });
        }
    }

    fn quote(&mut self, closes: bool) {
        self.begin_line(2);
        self.quotes = if closes { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
    }

    fn begin_line(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
    }

    fn skip_to_end_of(&mut self, name: &str) {
        let end = format!("</{name}");
        let rest = &self.html.as_bytes()[self.at..];
        let found = rest.windows(end.len()).position(|w| w.eq_ignore_ascii_case(end.as_bytes()));
        self.at = found.map_or(self.html.len(), |found| self.at + found);
    }

    /// Copies what stands between tags, with its entities read.
    pub(super) fn copy(&mut self, range: Range<usize>, escaped_only: bool) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.html[at..range.end];
            let stop = memchr::memchr2(b'&', b'\n', rest.as_bytes()).unwrap_or(rest.len());
            if stop > 0 {
                self.push(&rest[..stop], at, true);
                at += stop;
                continue;
            }
            if rest.starts_with('\n') {
                if escaped_only || !self.plain.text.is_empty() {
                    self.break_line(at, escaped_only);
                }
                at += 1;
                continue;
            }
            match entity(rest) {
                Some((character, length))
                    if !escaped_only || matches!(character, '&' | '<' | '>') =>
                {
                    self.push(character.encode_utf8(&mut [0; 4]), at, false);
                    at += length;
                }
                _ => {
                    self.push("&", at, true);
                    at += 1;
                }
            }
        }
    }

    /// Takes a line feed of the source: one that stands there, beside those that tags ask for.
    fn break_line(&mut self, at: usize, verbatim: bool) {
        if verbatim {
            self.push("\n", at, true);
        } else {
            self.breaks = self.breaks.max(1);
        }
    }

    fn push(&mut self, text: &str, from: usize, verbatim: bool) {
        if self.breaks > 0 {
            if text.trim().is_empty() {
                return;
            }
            self.start_lines(from);
        } else if self.plain.text.is_empty() && self.quotes > 0 {
            self.piece(from, false);
            self.mark_quote();
        }
        self.piece(from, verbatim);
        self.plain.text.push_str(text);
    }

    /// Writes the line feeds due, and the sign of a quote.
    fn start_lines(&mut self, from: usize) {
        self.piece(from, false);
        if !self.plain.text.is_empty() {
            let length = self.plain.text.trim_end_matches([' ', '\t']).len();
            let breaks = self.breaks.min(2);
            if length < self.plain.text.len() {
                // The pieces before the cut stay true; those behind it are the line feeds'.
                self.plain.text.truncate(length);
                self.plain.pieces.retain(|piece| piece.at < length);
                self.piece(from, false);
            }
            self.plain.text.extend(std::iter::repeat_n('\n', breaks));
        }
        self.breaks = 0;
        self.mark_quote();
    }

    fn mark_quote(&mut self) {
        self.plain.text.extend(std::iter::repeat_n("> ", self.quotes.min(8)));
    }

    fn piece(&mut self, from: usize, verbatim: bool) {
        let piece = Piece { at: self.plain.text.len(), from, verbatim };
        match self.plain.pieces.last_mut() {
            Some(last) if last.at == piece.at => *last = piece,
            Some(last) if verbatim && last.verbatim && last.from + (piece.at - last.at) == from => {
            }
            _ => self.plain.pieces.push(piece),
        }
    }
}

/// The length of the tag that `rest` begins with: to the first `>` outside quotation marks.
fn tag_end(rest: &str) -> Option<usize> {
    let first = memchr::memchr3(b'>', b'"', b'\'', rest.as_bytes())?;
    if rest.as_bytes()[first] == b'>' {
        return Some(first + 1);
    }
    let mut quote = None;
    let mut previous = b' ';
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // Only behind `=`: an apostrophe elsewhere in a broken tag must not swallow the rest.
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        previous = byte;
    }
    rest.find('>').map(|at| at + 1)
}
