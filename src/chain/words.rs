//! The words of a thread: as hashes, and where likeness counts, as numbers.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::lists::Lists;
use crate::packed::{self, Packed};

/// Words too common to tell comments apart.
const STOP_WORDS: &str = "a an the and or but if of to in on at for with by from as is are was \
    were be been am i you he she it we they me him her us them my your his its our their this \
    that these those not no do does did so than then there here what which who how why when where \
    will would can could should has have had just also very more most all any some one out up \
    about into over only own same too";

/// A word: the upper bits of its hash, the lowest set for a single letter. Few words of a thread
/// share one, so that a stretch of several is safe.
pub(super) type Word = u32;

fn is_single(word: Word) -> bool {
    word & 1 == 1
}

/// The words of each text, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Lists<Word>,
}

impl Words {
    /// How many texts were added.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words of the text at `position`.
    pub(super) fn of(&self, position: usize) -> &[Word] {
        &self.words[position]
    }

    /// Takes all texts away, but keeps the memory.
    pub(super) fn clear(&mut self) {
        self.words.clear();
    }

    /// Adds a text. Puts the stretches of its words that the byte ranges `spans` cover into
    /// `covered`.
    pub(super) fn add(
        &mut self,
        text: &str,
        spans: &[Range<usize>],
        covered: &mut Vec<Range<usize>>,
    ) {
        covered.clear();
        let mut read = 0;
        // Spans that overlap (a quote in a quoted line) count once.
        for span in spans {
            if span.start < read || span.start > span.end {
                continue;
            }
            split(&text[read..span.start], |word| self.words.push(word));
            let start = self.words.open().len();
            split(&text[span.clone()], |word| self.words.push(word));
            covered.push(start..self.words.open().len());
            read = span.end;
        }
        split(&text[read..], |word| self.words.push(word));
        self.words.close();
    }
}

/// The different words of a thread, by number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<Word, u32>,
    /// For each word, in how many texts it stands.
    pub(super) texts: Vec<u32>,
    /// For each word, whether it is too common to tell comments apart, or a single letter.
    pub(super) common: Vec<bool>,
}

impl Vocabulary {
    /// Numbers the words of all texts, and returns their numbers too, text by text.
    pub(super) fn new(words: &Words) -> (Self, Vec<u32>) {
        let mut vocabulary =
            Self { numbers: FxHashMap::default(), texts: Vec::new(), common: Vec::new() };
        split(STOP_WORDS, |word| {
            vocabulary.number(word);
        });
        vocabulary.common.fill(true);
        let mut last = vec![u32::MAX; vocabulary.texts.len()];
        let mut numbers = Vec::with_capacity(words.words.items().len());
        for (text, position) in (0u32..).zip(0..words.len()) {
            for &word in words.of(position) {
                let number = vocabulary.number(word);
                if number as usize == last.len() {
                    last.push(u32::MAX);
                }
                let seen = &mut last[number as usize];
                if *seen != text {
                    *seen = text;
                    vocabulary.texts[number as usize] += 1;
                }
                numbers.push(number);
            }
        }
        (vocabulary, numbers)
    }

    fn number(&mut self, word: Word) -> u32 {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.texts.push(0);
            self.common.push(is_single(word));
        }
        number
    }

    /// Puts the numbers of the words of a text, as far as they are known, into `found`.
    pub(super) fn look_up(&self, text: &str, found: &mut Vec<u32>) {
        found.clear();
        split(text, |word| found.extend(self.numbers.get(&word)));
    }
}

/// A hash whose upper bits depend on all bits of another.
pub(super) fn mixed(hash: u64) -> u64 {
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A word being read: its letters, in lower case.
#[derive(Default)]
struct Letters {
    hasher: FxHasher,
    /// Plain letters that the hash does not hold yet, the first one lowest, and how many.
    packed: u64,
    held: usize,
    length: usize,
}

impl Letters {
    /// Adds up to eight plain letters and digits, the first one lowest.
    #[inline]
    fn add_plain(&mut self, letters: u64, count: usize) {
        self.length += count;
        if self.held == 8 && count > 0 {
            self.flush();
        }
        if self.held == 0 {
            (self.packed, self.held) = (letters, count);
            return;
        }
        for letter in &letters.to_le_bytes()[..count] {
            self.pack(*letter);
        }
    }

    fn pack(&mut self, letter: u8) {
        if self.held == 8 {
            self.flush();
        }
        self.packed |= u64::from(letter) << (8 * self.held);
        self.held += 1;
    }

    fn flush(&mut self) {
        self.hasher.write_u64(self.packed);
        (self.packed, self.held) = (0, 0);
    }

    /// Adds any other letter.
    fn add(&mut self, letter: char) {
        for lower in letter.to_lowercase() {
            match u8::try_from(lower) {
                Ok(plain) if plain.is_ascii() => self.pack(plain),
                _ => {
                    self.flush();
                    self.hasher.write_u32(u32::from(lower));
                }
            }
        }
        self.length += 1;
    }

    /// Ends the word, if there is one.
    fn end(&mut self) -> Option<Word> {
        if self.length == 0 {
            return None;
        }
        let Self { mut hasher, packed, length, .. } = std::mem::take(self);
        hasher.write_u64(packed);
        let hash = u32::try_from(mixed(hasher.finish()) >> 32).unwrap_or_default();
        Some(hash & !1 | u32::from(length == 1))
    }
}

/// Splits a text into words.
fn split(text: &str, mut word: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let mut letters = Letters::default();
    let mut at = 0;
    while at < bytes.len() {
        let part = Packed::at(bytes, at);
        let others = part.no_letters_or_digits();
        letters.add_plain(part.lower().before(others), packed::place(others));
        at += packed::place(others);
        if others == 0 {
            continue;
        }
        match bytes.get(at) {
            Some(b'\'') => at += 1,
            Some(0x80..) => {
                for other in text[at..].chars().take_while(|other| !other.is_ascii()) {
                    at += other.len_utf8();
                    if other.is_alphanumeric() {
                        letters.add(other);
                    } else if other != '’' {
                        letters.end().into_iter().for_each(&mut word);
                    }
                }
            }
            _ => {
                at += 1;
                letters.end().into_iter().for_each(&mut word);
            }
        }
    }
    letters.end().into_iter().for_each(&mut word);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_apostrophe() {
        let mut words = Words::default();
        words.add("Don't PANIC, Zoë!", &[], &mut Vec::new());
        words.add("don’t panic zoë", &[], &mut Vec::new());
        assert_eq!(words.of(0), words.of(1));
        assert_eq!(words.of(0).len(), 3);
        let (vocabulary, numbers) = Vocabulary::new(&words);
        assert_eq!(numbers[..3], numbers[3..]);
        assert_eq!(vocabulary.texts[numbers[1] as usize], 2);
        let mut found = Vec::new();
        vocabulary.look_up("Panic? Never", &mut found);
        assert_eq!(found, [numbers[1]]);
    }

    proptest! {
        #[test]
        fn an_apostrophe_anywhere_leaves_a_word_the_same(word in "[a-z0-9é]{2,30}", place in 1_usize..29) {
            let letters: Vec<char> = word.chars().collect();
            let (before, behind) = letters.split_at(place.min(letters.len() - 1));
            let with: String = [before, &['\''], behind].concat().into_iter().collect();
            let mut words = Words::default();
            words.add(&word, &[], &mut Vec::new());
            words.add(&format!("{with} x"), &[], &mut Vec::new());
            prop_assert_eq!(words.of(0), &words.of(1)[..1]);
            prop_assert_eq!(words.of(1).len(), 2);
        }
    }

    #[test]
    fn the_words_of_a_span_are_told() {
        let mut words = Words::default();
        let text = "you say \"it rains\" today";
        let mut covered = Vec::new();
        words.add(text, std::slice::from_ref(&(9..17)), &mut covered);
        assert_eq!(covered.first(), Some(&(2..4)));
        assert_eq!(words.len(), 1);
    }

    #[test]
    fn a_single_letter_tells_nothing() {
        let mut words = Words::default();
        words.add("x marks y", &[], &mut Vec::new());
        assert_eq!(Vocabulary::new(&words).0.common.iter().filter(|common| !**common).count(), 1);
    }
}
