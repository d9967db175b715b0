//! The words of a thread: as hashes, and where likeness counts, as numbers.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

/// Words too common to tell comments apart.
const STOP_WORDS: &str = "a an the and or but if of to in on at for with by from as is are was \
    were be been am i you he she it we they me him her us them my your his its our their this \
    that these those not no do does did so than then there here what which who how why when where \
    will would can could should has have had just also very more most all any some one out up \
    about into over only own same too";

/// A word: its hash and how many letters it has, as far as that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) hash: u64,
    single: bool,
}

/// The words of each text, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    ends: Vec<usize>,
}

impl Words {
    /// How many texts were added.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The words of the text at `position`.
    pub(super) fn of(&self, position: usize) -> &[Word] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start..self.ends[position]]
    }

    /// Adds a text. Returns the stretches of its words that the byte ranges `spans` cover.
    pub(super) fn add(&mut self, text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let begin = self.words.len();
        let mut covered = Vec::new();
        let mut read = 0;
        // Spans that overlap (a quote in a quoted line) count once.
        for span in spans {
            if span.start < read || span.start > span.end {
                continue;
            }
            split(&text[read..span.start], |word| self.words.push(word));
            let start = self.words.len() - begin;
            split(&text[span.clone()], |word| self.words.push(word));
            covered.push(start..self.words.len() - begin);
            read = span.end;
        }
        split(&text[read..], |word| self.words.push(word));
        self.ends.push(self.words.len());
        covered
    }
}

/// The different words of a thread, by number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<u64, u32>,
    /// For each word, in how many texts it stands.
    pub(super) texts: Vec<u32>,
    /// For each word, whether it is too common to tell comments apart, or a single letter.
    pub(super) common: Vec<bool>,
}

impl Vocabulary {
    /// Numbers the words of all texts, and returns their numbers too.
    pub(super) fn new(words: &Words) -> (Self, Vec<u32>) {
        let mut vocabulary =
            Self { numbers: FxHashMap::default(), texts: Vec::new(), common: Vec::new() };
        split(STOP_WORDS, |word| {
            vocabulary.number(word);
        });
        vocabulary.common.fill(true);
        let mut last = Vec::new();
        let mut numbers = Vec::with_capacity(words.words.len());
        for position in 0..words.len() {
            for &word in words.of(position) {
                let number = vocabulary.number(word);
                last.resize(vocabulary.texts.len(), usize::MAX);
                let seen = &mut last[number as usize];
                if *seen != position {
                    *seen = position;
                    vocabulary.texts[number as usize] += 1;
                }
                numbers.push(number);
            }
        }
        (vocabulary, numbers)
    }

    fn number(&mut self, word: Word) -> u32 {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(word.hash).or_insert(next);
        if number == next {
            self.texts.push(0);
            self.common.push(word.single);
        }
        number
    }

    /// The numbers of the words of a text, as far as they are known.
    pub(super) fn look_up(&self, text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        split(text, |word| found.extend(self.numbers.get(&word.hash)));
        found
    }
}

/// Splits a text into words.
fn split(text: &str, mut word: impl FnMut(Word)) {
    let mut hasher = FxHasher::default();
    let mut length = 0;
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphanumeric() {
            hasher.write_u32(u32::from(c.to_ascii_lowercase()));
            length += 1;
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|lower| hasher.write_u32(u32::from(lower)));
            length += 1;
        } else if length > 0 && !matches!(c, '\'' | '’') {
            word(Word { hash: hasher.finish(), single: length == 1 });
            hasher = FxHasher::default();
            length = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_apostrophe() {
        let mut words = Words::default();
        words.add("Don't PANIC, Zoë!", &[]);
        words.add("don’t panic zoë", &[]);
        assert_eq!(words.of(0), words.of(1));
        assert_eq!(words.of(0).len(), 3);
        let (vocabulary, numbers) = Vocabulary::new(&words);
        assert_eq!(numbers[..3], numbers[3..]);
        assert_eq!(vocabulary.texts[numbers[1] as usize], 2);
        assert_eq!(vocabulary.look_up("Panic? Never"), [numbers[1]]);
    }

    #[test]
    fn the_words_of_a_span_are_told() {
        let mut words = Words::default();
        let text = "you say \"it rains\" today";
        assert_eq!(words.add(text, std::slice::from_ref(&(9..17))), vec![2..4]);
        assert_eq!(words.len(), 1);
    }
}
