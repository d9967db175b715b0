//! What the words of a thread tell: likeness, shared stretches, quotes.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::reading::{Named, Reading};
use super::shared::{self, STRETCH, Share, Stretches};
use super::words::Words;
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

/// A comment's words, laid out to compare others with it.
#[derive(Debug, Default)]
pub(super) struct Spread {
    weights: Vec<f32>,
}

/// Words that stand in at most so many comments are rare.
const RARE: u32 = 4;

impl Text {
    /// Compares the words of the comments. The article counts only as a source of quotes.
    pub(super) fn new(comments: &[Comment], article: Option<&Article>, reading: &Reading) -> Self {
        let mut words = Words::new();
        let mut text = Self::default();
        let mut stretches = Stretches::default();
        let mut shares = Vec::new();
        let mut quoting = Vec::new();
        for (position, comment) in comments.iter().enumerate() {
            let spans = words.add(&comment.text, &reading.quotes[position]);
            let mine = words.of(position);
            stretches.enter(position, mine, &spans, &mut shares);
            shares.retain(|share| share.first > 0 || share.quoted > 0 || share.run > 1);
            shares.sort_unstable_by_key(|share| share.with);
            text.shares.push(shares.clone());
            let asked: usize = spans.iter().map(|span| stretches_in(span.len())).sum();
            text.asked.push(u32::try_from(asked).unwrap_or(u32::MAX));
            if asked > 1 && shares.iter().all(|share| share.quoted == 0) {
                quoting.push((position, spans));
            }
        }
        text.weigh(comments, reading, &words);
        text.lost = vec![false; comments.len()];
        if !quoting.is_empty() {
            let size = words.len();
            let source = article.map_or_else(FxHashSet::default, |article| {
                words.add(&article.title, &[]);
                words.add(&article.text, &[]);
                let both = [words.of(size), words.of(size + 1)];
                both.iter().flat_map(|part| part.windows(STRETCH)).map(shared::hash).collect()
            });
            for (position, spans) in quoting {
                let mine = words.of(position);
                text.lost[position] = !spans.iter().any(|span| {
                    let mut stretches = mine[span.clone()].windows(STRETCH);
                    stretches.any(|stretch| source.contains(&shared::hash(stretch)))
                });
            }
        }
        text
    }

    /// Weighs the words of each comment: often here and seldom elsewhere weighs most.
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    fn weigh(&mut self, comments: &[Comment], reading: &Reading, words: &Words) {
        let size = words.len() as f32;
        let weigh = |(&texts, &common): (&u32, &bool)| {
            if common { 0.0 } else { ((1.0 + size) / (0.5 + texts as f32)).ln() }
        };
        let rarity: Vec<f32> = words.texts.iter().zip(&words.common).map(weigh).collect();
        let mut mine = Vec::new();
        for position in 0..words.len() {
            vector(words.of(position), &rarity, &mut mine, &mut self.vectors);
            self.ends.push(self.vectors.len());
        }
        for (position, comment) in comments.iter().enumerate() {
            let Some(range) = spoken_part(&reading.named[position]) else { continue };
            let mut part = Vec::new();
            vector(&words.look_up(&comment.text[range]), &rarity, &mut mine, &mut part);
            // A list of names is no part by itself.
            if part.len() >= LEAST_PART {
                self.parts.insert(position, part);
            }
        }
        self.texts.clone_from(&words.texts);
    }

    /// The words of the comment at `position`, each once, with their weights.
    pub(super) fn vector(&self, position: usize) -> &[(u32, f32)] {
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
