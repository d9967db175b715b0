//! Phrases that count as one word.

use std::mem;

use rustc_hash::FxHashMap;

use super::scan::Tokens;
use super::words::{CAPITALS, Words, flags};

/// Phrases by their first word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: FxHashMap<u32, Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    rest: Vec<u32>,
    id: u32,
}

impl Phrases {
    /// Adds the phrase of these words, which counts as the word `id`.
    pub(super) fn add(&mut self, mut words: Vec<u32>, id: u32) {
        let rest = words.split_off(1);
        self.by_first.entry(words[0]).or_default().push(Phrase { rest, id });
    }

    /// Puts longer phrases before shorter ones, which they may begin with.
    pub(super) fn sort(&mut self) {
        for phrases in self.by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    /// The longest phrase at the start of `codes`: its id and the number of its words.
    fn find(&self, codes: &[u32]) -> Option<(u32, usize)> {
        let (first, codes) = codes.split_first()?;
        let phrases = self.by_first.get(&(first & !CAPITALS))?;
        let fits = |phrase: &&Phrase| {
            codes.get(..phrase.rest.len()).is_some_and(|codes| {
                codes.iter().zip(&phrase.rest).all(|(code, id)| code & !CAPITALS == *id)
            })
        };
        phrases.iter().find(fits).map(|phrase| (phrase.id, phrase.rest.len() + 1))
    }
}

impl Tokens {
    /// Makes one token of each phrase: from left to right, and the longest where several begin. It
    /// is in capitals if all of its words are.
    pub(super) fn merge_phrases(&mut self, words: &Words) {
        let find = |codes: &[u32]| {
            let begins = words.word(*codes.first()?).flags & flags::PHRASE != 0;
            begins.then(|| words.phrases.find(codes)).flatten()
        };
        let none = |at: usize| find(&self.codes[at..]).is_none();
        if words.phrases.by_first.is_empty() || (0..self.codes.len()).all(none) {
            return;
        }
        mem::swap(&mut self.codes, &mut self.spare);
        self.codes.clear();
        let mut at = 0;
        while at < self.spare.len() {
            let (id, size) = find(&self.spare[at..]).unwrap_or((self.spare[at] & !CAPITALS, 1));
            let parts = &self.spare[at..at + size];
            let capitals = parts.iter().fold(CAPITALS, |all, code| all & code);
            if let (Some(first), Some(last)) = (self.spans.get(at), self.spans.get(at + size - 1)) {
                self.spans[self.codes.len()] = first.start..last.end;
            }
            self.codes.push(id | capitals);
            at += size;
        }
        self.spans.truncate(self.codes.len());
    }
}
