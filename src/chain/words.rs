//! The words of a thread, as numbers.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

/// Words too common to tell comments apart.
const STOP_WORDS: &str = "a an the and or but if of to in on at for with by from as is are was \
    were be been am i you he she it we they me him her us them my your his its our their this \
    that these those not no do does did so than then there here what which who how why when where \
    will would can could should has have had just also very more most all any some one out up \
    about into over only own same too";

/// The words of each text, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: FxHashMap<u64, u32>,
    /// For each word, in how many texts it stands.
    pub(super) texts: Vec<u32>,
    /// For each word, whether it is too common to tell comments apart, or a single letter.
    pub(super) common: Vec<bool>,
    ids: Vec<u32>,
    ends: Vec<usize>,
    /// For each word, the last text that it was seen in, counted from 1.
    last: Vec<usize>,
}

impl Words {
    /// An empty collection that knows the common words.
    pub(super) fn new() -> Self {
        let mut words = Self::default();
        words.read(STOP_WORDS);
        words.common.fill(true);
        words.texts.fill(0);
        words.last.fill(0);
        words.ids.clear();
        words
    }

    /// How many texts were added.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The words of the text at `position`.
    pub(super) fn of(&self, position: usize) -> &[u32] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start..self.ends[position]]
    }

    /// Adds a text. Returns the stretches of its words that the byte ranges `spans` cover.
    pub(super) fn add(&mut self, text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let begin = self.ids.len();
        let mut covered = Vec::new();
        let mut read = 0;
        for span in spans.iter().filter(|span| span.start <= span.end) {
            // Spans that overlap (a quote in a quoted line) count once.
            if span.start < read {
                continue;
            }
            self.read(&text[read..span.start]);
            let start = self.ids.len() - begin;
            self.read(&text[span.clone()]);
            covered.push(start..self.ids.len() - begin);
            read = span.end;
        }
        self.read(&text[read..]);
        self.ends.push(self.ids.len());
        covered
    }

    /// Adds the words of a stretch of text to the text that is being read.
    fn read(&mut self, text: &str) {
        let number = self.ends.len() + 1;
        split(text, |hash, length| self.end_word(hash, length, number));
    }

    /// The numbers of the words of a text, as far as they are known.
    pub(super) fn look_up(&self, text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        split(text, |hash, _| found.extend(self.numbers.get(&hash)));
        found
    }

    fn end_word(&mut self, hash: u64, length: usize, number: usize) {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let id = *self.numbers.entry(hash).or_insert(next);
        if id == next {
            self.texts.push(0);
            self.common.push(length == 1);
            self.last.push(0);
        }
        let word = id as usize;
        if self.last[word] != number {
            self.last[word] = number;
            self.texts[word] += 1;
        }
        self.ids.push(id);
    }
}

/// Splits a text into words: the hash and the length of each.
fn split(text: &str, mut word: impl FnMut(u64, usize)) {
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
            word(hasher.finish(), length);
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
        let mut words = Words::new();
        words.add("Don't PANIC, Zoë!", &[]);
        words.add("don’t panic zoë", &[]);
        assert_eq!(words.of(0), words.of(1));
        assert_eq!(words.of(0).len(), 3);
        assert_eq!(words.texts[words.of(0)[1] as usize], 2);
    }

    #[test]
    fn the_words_of_a_span_are_told() {
        let mut words = Words::new();
        let text = "you say \"it rains\" today";
        assert_eq!(words.add(text, std::slice::from_ref(&(9..17))), vec![2..4]);
        assert_eq!(words.len(), 1);
    }
}
