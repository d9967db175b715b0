//! What the words of a thread tell: likeness, shared stretches, quotes.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::reading::{Named, Reading};
use super::shared::{self, STRETCH, Share, Stretches};
use super::words::{Vocabulary, Words};
use crate::comment::{Article, Comment};

/// The words of a thread, compared.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// For each comment its words with their weights, in one list.
    vectors: Vec<(u32, f32)>,
    ends: Vec<usize>,
    /// Where a comment speaks to several people: the words of the part that speaks to the first.
    parts: FxHashMap<usize, Vec<(u32, f32)>>,
    /// In how many comments each word stands.
    texts: Vec<u32>,
    /// What each comment shares with earlier ones, by their positions.
    shares: Vec<Vec<Share>>,
    /// How many stretches each comment marks as quoted.
    pub(super) asked: Vec<u32>,
    /// Whether a comment quotes what stands nowhere.
    pub(super) lost: Vec<bool>,
}

/// What the words of a thread are needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Needs {
    /// To tell how like two comments are.
    pub(super) likeness: bool,
    /// To find what is copied without marks.
    pub(super) copies: bool,
}

/// A comment's words, laid out to compare others with it.
#[derive(Debug, Default)]
pub(super) struct Spread {
    weights: Vec<f32>,
}

/// Words that stand in at most so many comments are rare.
const RARE: u32 = 4;

impl Text {
    /// Compares the words of the comments, as far as there is need. The article counts only as a
    /// source of quotes.
    pub(super) fn new(
        comments: &[Comment],
        article: Option<&Article>,
        reading: &Reading,
        needs: Needs,
    ) -> Self {
        let mut words = Words::default();
        let mut spans = Vec::with_capacity(comments.len());
        for (comment, quotes) in comments.iter().zip(&reading.quotes) {
            spans.push(words.add(comment.words(), quotes));
        }
        let mut text = Self::default();
        if needs.likeness {
            text.weigh(comments, reading, &words);
        }
        text.share_stretches(&words, &spans, needs.copies);
        text.look_for_sources(article, &mut words, &spans);
        text
    }

    /// Finds what the comments share: all of it, or only what somebody quotes.
    fn share_stretches(&mut self, words: &Words, spans: &[Vec<Range<usize>>], all: bool) {
        let wanted = (!all).then(|| {
            let quotes = spans.iter().enumerate().flat_map(|(position, spans)| {
                spans.iter().map(move |span| &words.of(position)[span.clone()])
            });
            quotes.flat_map(|quote| quote.windows(STRETCH)).map(shared::hash).collect()
        });
        let mut stretches = Stretches::new(wanted);
        let mut shares = Vec::new();
        for (position, spans) in spans.iter().enumerate() {
            stretches.enter(position, words.of(position), spans, &mut shares);
            shares.retain(|share| share.first > 0 || share.quoted > 0 || share.run > 1);
            shares.sort_unstable_by_key(|share| share.with);
            self.shares.push(shares.clone());
            let asked: usize = spans.iter().map(|span| stretches_in(span.len())).sum();
            self.asked.push(u32::try_from(asked).unwrap_or(u32::MAX));
        }
    }

    /// Finds the comments that quote what stands neither in an earlier one nor in the article.
    fn look_for_sources(
        &mut self,
        article: Option<&Article>,
        words: &mut Words,
        spans: &[Vec<Range<usize>>],
    ) {
        self.lost = vec![false; spans.len()];
        let lost: Vec<usize> = (0..spans.len())
            .filter(|&i| self.asked[i] > 1 && self.shares[i].iter().all(|share| share.quoted == 0))
            .collect();
        if lost.is_empty() {
            return;
        }
        let size = words.len();
        let source = article.map_or_else(FxHashSet::default, |article| {
            words.add(&article.title, &[]);
            words.add(&article.text, &[]);
            let both = [words.of(size), words.of(size + 1)];
            both.iter().flat_map(|part| part.windows(STRETCH)).map(shared::hash).collect()
        });
        for i in lost {
            let mine = words.of(i);
            self.lost[i] = !spans[i].iter().any(|span| {
                let mut stretches = mine[span.clone()].windows(STRETCH);
                stretches.any(|stretch| source.contains(&shared::hash(stretch)))
            });
        }
    }

    /// Weighs the words of each comment: often here and seldom elsewhere weighs most.
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    fn weigh(&mut self, comments: &[Comment], reading: &Reading, words: &Words) {
        let (vocabulary, numbers) = Vocabulary::new(words);
        let size = words.len() as f32;
        let weigh = |(&texts, &common): (&u32, &bool)| {
            if common { 0.0 } else { ((1.0 + size) / (0.5 + texts as f32)).ln() }
        };
        let rarity: Vec<f32> = vocabulary.texts.iter().zip(&vocabulary.common).map(weigh).collect();
        let mut sorted = Vec::new();
        let mut numbers = numbers.as_slice();
        for position in 0..words.len() {
            let (mine, rest) = numbers.split_at(words.of(position).len());
            numbers = rest;
            vector(mine, &rarity, &mut sorted, &mut self.vectors);
            self.ends.push(self.vectors.len());
        }
        for (position, comment) in comments.iter().enumerate() {
            let Some(range) = spoken_part(&reading.named[position]) else { continue };
            let mut part = Vec::new();
            vector(&vocabulary.look_up(&comment.words()[range]), &rarity, &mut sorted, &mut part);
            // A list of names is no part by itself.
            if part.len() >= LEAST_PART {
                self.parts.insert(position, part);
            }
        }
        self.texts = vocabulary.texts;
    }

    /// The words of the comment at `position`, each once, with their weights.
    fn vector(&self, position: usize) -> &[(u32, f32)] {
        if self.ends.is_empty() {
            return &[];
        }
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.vectors[start..self.ends[position]]
    }

    /// What the comment at `position` shares with the earlier comment `with`.
    pub(super) fn share(&self, position: usize, with: usize) -> Share {
        let shares = &self.shares[position];
        let found = shares.binary_search_by_key(&with, |share| share.with);
        found.map_or(Share { with, ..Share::default() }, |index| shares[index])
    }

    /// What the comment at `position` shares with earlier ones.
    pub(super) fn shares(&self, position: usize) -> &[Share] {
        &self.shares[position]
    }

    /// The cosine of the comment at `position` and the one laid out, and the sum over the rare
    /// words in common, rarest counting most.
    #[expect(clippy::cast_precision_loss, reason = "at most RARE")]
    pub(super) fn likeness(&self, spread: &Spread, position: usize) -> (f32, f32) {
        if self.ends.is_empty() {
            return (0.0, 0.0);
        }
        let (mut cosine, mut rare) = (0.0, 0.0);
        for &(word, weight) in self.vector(position) {
            let other = spread.weights[word as usize];
            if other != 0.0 {
                cosine += weight * other;
                let texts = self.texts[word as usize];
                if texts <= RARE {
                    rare += 1.0 / (texts.max(2) - 1) as f32;
                }
            }
        }
        (cosine, rare)
    }

    /// Adds the words of a comment to those laid out.
    pub(super) fn lay_out(&self, spread: &mut Spread, position: usize) {
        spread.weights.resize(self.texts.len(), 0.0);
        for &(word, weight) in self.vector(position) {
            spread.weights[word as usize] += weight;
        }
    }

    /// Lays out the words of a comment that speak to its first addressee.
    pub(super) fn lay_out_spoken(&self, spread: &mut Spread, position: usize) {
        spread.weights.resize(self.texts.len(), 0.0);
        let part = self.parts.get(&position).map(Vec::as_slice);
        for &(word, weight) in part.unwrap_or_else(|| self.vector(position)) {
            spread.weights[word as usize] = weight;
        }
    }

    /// Takes away the words of a comment altogether.
    pub(super) fn clear(&self, spread: &mut Spread, position: usize) {
        for &(word, _) in self.vector(position) {
            spread.weights[word as usize] = 0.0;
        }
    }
}

/// So many words must speak to the first of several people to be set apart.
const LEAST_PART: usize = 3;

/// The part of a text that speaks to the first of several people: up to the next name.
fn spoken_part(named: &[Named]) -> Option<Range<usize>> {
    let (first, others) = named.split_first()?;
    let start = first.range.start;
    let later = others.iter().map(|other| other.range.start).filter(|&other| other > start);
    Some(start..later.min()?)
}

/// Appends the words of a text, each once, with weights whose squares sum to one.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn vector(words: &[u32], rarity: &[f32], sorted: &mut Vec<u32>, vector: &mut Vec<(u32, f32)>) {
    sorted.clear();
    sorted.extend(words.iter().copied().filter(|&word| rarity[word as usize] > 0.0));
    sorted.sort_unstable();
    let start = vector.len();
    for same in sorted.chunk_by(|one, other| one == other) {
        let weight = (1.0 + (same.len() as f32).ln()) * rarity[same[0] as usize];
        vector.push((same[0], weight));
    }
    let squares: f32 = vector[start..].iter().map(|(_, weight)| weight * weight).sum();
    let norm = squares.sqrt().max(f32::MIN_POSITIVE);
    for (_, weight) in &mut vector[start..] {
        *weight /= norm;
    }
}

/// How many stretches so many words make up.
fn stretches_in(words: usize) -> usize {
    words.saturating_sub(STRETCH - 1)
}
