//! Emoji as words, before the text is taken apart.

use std::borrow::Cow;
use std::ops::Range;

use super::lexicon::{Lexicon, Meaning};

/// Curly apostrophes, and letters that stand in for them.
const APOSTROPHES: [char; 3] = ['\u{2019}', '\u{2bc}', '\u{ff07}'];

/// Characters that only say how the emoji before them looks, or join it to the next.
const JOINERS: [char; 3] = ['\u{200d}', '\u{fe0e}', '\u{fe0f}'];

/// What a character becomes.
#[derive(Debug)]
struct Change {
    text: Cow<'static, str>,
    /// It becomes words, which stand apart from what is before them.
    apart: bool,
}

/// The characters outside ASCII that are replaced.
#[derive(Debug)]
pub(super) struct Characters {
    /// The index in `pages` of each group of 256 characters; 0 if none of them is replaced.
    index: Vec<usize>,
    /// For each character of a group, the number of its change from 1; 0 if it stays.
    pages: Vec<[usize; 256]>,
    changes: Vec<Change>,
    /// Words replace emoji with a blank behind them, so that nothing sticks to them.
    blank_behind: bool,
}

impl Characters {
    /// The replacements that a lexicon asks for.
    pub(super) fn new(lexicon: &Lexicon, extended: bool) -> Self {
        let mut characters = Self {
            index: Vec::new(),
            pages: vec![[0; 256]],
            changes: Vec::new(),
            blank_behind: extended,
        };
        if extended {
            for character in APOSTROPHES {
                characters.add(character, "'".into(), false);
            }
            for character in JOINERS {
                characters.add(character, "".into(), false);
            }
        }
        for entry in lexicon.entries() {
            let mut parts = entry.word.chars();
            let (Some(character), None) = (parts.next(), parts.next()) else { continue };
            match &entry.meaning {
                Meaning::Emoji(words) => characters.add(character, words.clone(), true),
                // A user's own rating for an emoji: it stands apart, as itself.
                _ if !character.is_ascii() && !character.is_alphanumeric() => {
                    characters.add(character, entry.word.clone(), true);
                }
                _ => {}
            }
        }
        characters
    }

    fn add(&mut self, character: char, text: Cow<'static, str>, apart: bool) {
        let (group, place) = split(character);
        if self.index.len() <= group {
            self.index.resize(group + 1, 0);
        }
        if self.index[group] == 0 {
            self.index[group] = self.pages.len();
            self.pages.push([0; 256]);
        }
        self.changes.push(Change { text, apart });
        self.pages[self.index[group]][place] = self.changes.len();
    }

    #[inline]
    fn find(&self, character: char) -> Option<&Change> {
        let (group, place) = split(character);
        let page = *self.index.get(group)?;
        self.changes.get(self.pages[page][place].checked_sub(1)?)
    }
}

fn split(character: char) -> (usize, usize) {
    let code = u32::from(character) as usize;
    (code >> 8, code & 0xff)
}

/// A place where the rewritten text is not the original.
#[derive(Clone, Debug, PartialEq)]
struct Edit {
    from: Range<usize>,
    to: Range<usize>,
}

/// A text with its emoji as words.
#[derive(Clone, Debug, Default)]
pub(super) struct Rewritten {
    text: String,
    edits: Vec<Edit>,
}

impl Rewritten {
    /// The text with its emoji as words: the text itself if it has none.
    #[inline]
    pub(super) fn of<'a>(&'a mut self, text: &'a str, characters: &Characters) -> &'a str {
        self.edits.clear();
        if text.is_ascii() {
            return text;
        }
        self.text.clear();
        let mut done = 0;
        for (at, character) in wide(text) {
            let Some(change) = characters.find(character) else { continue };
            self.text.push_str(&text[done..at]);
            done = at + character.len_utf8();
            let start = self.text.len();
            if change.apart && !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.text.push_str(&change.text);
            if change.apart && characters.blank_behind {
                self.text.push(' ');
            }
            self.edits.push(Edit { from: at..done, to: start..self.text.len() });
        }
        if self.edits.is_empty() {
            return text;
        }
        self.text.push_str(&text[done..]);
        &self.text
    }

    /// Where in the original stands what stands at `range` of the rewritten text: all of an emoji
    /// for a part of its words.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let before = self.edits.partition_point(|edit| edit.to.start <= range.start);
        let start = match self.edits[..before].last() {
            None => range.start,
            Some(edit) if range.start < edit.to.end => edit.from.start,
            Some(edit) => edit.from.end + (range.start - edit.to.end),
        };
        let before = self.edits.partition_point(|edit| edit.to.start < range.end);
        let end = match self.edits[..before].last() {
            None => range.end,
            Some(edit) if range.end <= edit.to.end => edit.from.end,
            Some(edit) => edit.from.end + (range.end - edit.to.end),
        };
        start..end
    }
}

/// The characters outside ASCII, with their places.
fn wide(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(eight) = bytes[at..].first_chunk::<8>()
            && eight.is_ascii()
        {
            at += 8;
        }
        at += bytes[at..].iter().position(|byte| !byte.is_ascii())?;
        let character = text[at..].chars().next()?;
        let place = at;
        at += character.len_utf8();
        Some((place, character))
    })
}
