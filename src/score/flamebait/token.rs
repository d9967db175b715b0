//! Words and signs of a text, and what is known about each.

use super::category::{Class, Marks};
use super::dictionary::{Dictionary, Word};
use super::fold::Folded;
use super::hash::WordHash;
use super::memory::Memory;
use super::spelling::Spelling;
use super::unmask;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits and inner apostrophes.
    Word,
    /// A run of `!` and `?`; `asks` if there is a `?` in it.
    Outcry { asks: bool },
    /// Two dots or more.
    Ellipsis,
    /// A double quotation mark.
    Quote,
    /// A name behind an `@`.
    Mention,
    /// A web address.
    Link,
}

/// How many letters the beginnings of a word have that are hashed by themselves.
pub(super) const STEMS: [usize; 2] = [4, 5];

/// The hashes of the beginnings of a word; 0 where it is no longer. Beginnings are salted, for they
/// are not the words of these letters.
pub(super) fn stems(word: &[u8]) -> [u64; STEMS.len()] {
    STEMS.map(|stem| match word.get(..stem) {
        Some(letters) if word.len() > stem => {
            letters.iter().copied().fold(WordHash::new(), WordHash::push).push(0).finish()
        }
        _ => 0,
    })
}

/// A word or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Range in the folded text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The sentence it stands in, from 0.
    pub(super) sentence: u32,
    pub(super) hash: u64,
    /// The hashes of its beginnings, which its inflections share; 0 where it is no longer.
    pub(super) stems: [u64; STEMS.len()],
    /// Its number in the dictionary; 0 if it is not there.
    pub(super) word: u32,
    pub(super) marks: Marks,
    pub(super) valence: f32,
    /// The state of the phrase tree after it; 0 if no phrase begins with it.
    pub(super) state: u32,
    /// The classes of the entries that it is part of, as bits.
    pub(super) classes: u16,
    /// There are digits among its letters.
    pub(super) digits: bool,
    /// Three or more letters, all capitals.
    pub(super) capitals: bool,
    /// Begins with a capital.
    pub(super) capitalised: bool,
    /// Spelt so that a filter should miss it.
    pub(super) disguised: bool,
    /// Part of an attack that is not the writer's own: denied, reported, or on the writer.
    pub(super) neutral: bool,
    /// Somebody else's: the writer quotes it.
    pub(super) quoted: bool,
}

impl Token {
    /// Takes the token for somebody else's: nothing is known about it any more.
    pub(super) fn disown(&mut self) {
        (self.word, self.marks, self.valence, self.state) = (0, 0, 0.0, 0);
        (self.capitals, self.disguised) = (false, false);
        (self.neutral, self.quoted) = (true, true);
    }

    /// A word that the writer does not quote.
    pub(super) fn is_own_word(&self) -> bool {
        self.is_word() && !self.quoted
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn has(&self, marks: Marks) -> bool {
        self.marks & marks != 0
    }

    pub(super) fn is(&self, class: Class) -> bool {
        self.classes & 1 << class as u16 != 0
    }
}

/// The tokens of a text, and what finding them needs.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// Places of digits and signs that may stand for letters.
    pub(super) suspects: Vec<u32>,
    /// Words met before.
    pub(super) memory: Memory,
}

impl Token {
    pub(super) fn new(kind: Kind, range: std::ops::Range<usize>, sentence: u32, hash: u64) -> Self {
        Self {
            kind,
            start: narrow(range.start),
            end: narrow(range.end),
            sentence,
            hash,
            stems: [0; STEMS.len()],
            word: 0,
            marks: 0,
            valence: 0.0,
            state: 0,
            classes: 0,
            digits: false,
            capitals: false,
            capitalised: false,
            disguised: false,
            neutral: false,
            quoted: false,
        }
    }

    /// The word that begins at `at`, looked up in the dictionary, and what it may be a disguise of.
    pub(super) fn of_word(bytes: &[u8], at: usize, dictionary: &Dictionary) -> Self {
        let Spelling { length, hash, digits, repeats, stems } = Spelling::of(&bytes[at..]);
        let mut token = Self { digits, stems, ..Self::new(Kind::Word, at..at + length, 0, hash) };
        let number = dictionary.number(hash);
        let known = dictionary.get(number);
        let disguised = if known.reads_as != 0 {
            Some(known.reads_as)
        } else if number == 0 && repeats {
            unrepeated(&bytes[at..at + length], dictionary)
        } else {
            None
        };
        if let Some(number) = disguised {
            token.disguised = true;
            token.read_as(number, dictionary);
        } else {
            token.know(number, known);
        }
        token
    }

    fn know(&mut self, number: u32, known: &Word) {
        (self.word, self.marks, self.valence, self.state) =
            (number, known.marks, known.valence, known.state);
    }

    /// Takes the token for the word with that number.
    pub(super) fn read_as(&mut self, number: u32, dictionary: &Dictionary) {
        self.know(number, dictionary.get(number));
        (self.hash, self.stems) = (dictionary.hash(number), dictionary.stems(number));
    }

    /// Looks for capitals and for letters in disguise.
    pub(super) fn look_at_original(
        &mut self,
        text: &str,
        folded: &Folded,
        dictionary: &Dictionary,
    ) {
        let original = &text.as_bytes()[folded.original(self.range())];
        if original.first().is_some_and(u8::is_ascii_uppercase) {
            self.capitalised = true;
            self.capitals = original.len() >= 3
                && original[1].is_ascii_uppercase()
                && !original.iter().any(u8::is_ascii_lowercase);
        }
        // Look-alike or invisible letters inside.
        self.disguised |=
            !folded.is_plain() && !original.is_ascii() && dictionary.get(self.word).offensive;
    }

    /// The range in the folded text.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The offensive word that a word with repeated letters stands for.
fn unrepeated(bytes: &[u8], dictionary: &Dictionary) -> Option<u32> {
    unmask::without_repeats(bytes).and_then(|hash| dictionary.offensive_hash(hash))
}

/// Folded texts are shorter than 2^32 bytes.
pub(super) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
