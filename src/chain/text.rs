//! What the words of a thread tell: likeness, shared stretches, quotes.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::lists::Lists;
use super::reading::{Named, Reading};
use super::shared::{self, STRETCH, Share, Sieve, Stretches};
use super::words::{Vocabulary, Word, Words};
use crate::comment::{Article, Comment};

/// The words of a thread, compared.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// For each comment its words, each once, with their weights. No lists if nobody asks.
    vectors: Lists<(u32, f32)>,
    /// Where a comment speaks to several people: the words of the part that speaks to the first.
    parts: Lists<(u32, f32)>,
    /// The longer words of each writer's name.
    writers: Lists<u32>,
    /// In how many comments each word stands.
    texts: Vec<u32>,
    /// What each comment shares with earlier ones, by their positions.
    shares: Lists<Share>,
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

/// Shorter words of a name may be words.
const LEAST_NAME: usize = 4;

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
        let mut text = Self {
            shares: Lists::with_capacity(comments.len()),
            asked: Vec::with_capacity(comments.len()),
            lost: Vec::with_capacity(comments.len()),
            ..Self::default()
        };
        let mut words = Words::default();
        let mut covered = Vec::new();
        let mut spans = Lists::with_capacity(comments.len());
        // If only what is quoted matters, the words of others need not be kept.
        let all = needs.likeness || needs.copies;
        let mut quoted = Vec::new();
        let mut last_quote = 0;
        for (position, comment) in comments.iter().enumerate() {
            let quotes = &reading.quotes[position];
            if all || !quotes.is_empty() {
                words.add(comment.words(), quotes, &mut covered);
                spans.extend(covered.drain(..));
            }
            spans.close();
            if !all && !quotes.is_empty() {
                let before = quoted.len();
                quoted.extend(stretches(words.of(0), &spans[position]));
                if quoted.len() > before {
                    last_quote = position + 1;
                }
                words.clear();
            }
        }
        if needs.likeness {
            text.weigh(comments, reading, &words);
        }
        let wanted = if needs.copies {
            repeated(&words)
        } else {
            if all {
                let each = (0..words.len()).flat_map(|i| stretches(words.of(i), &spans[i]));
                quoted.extend(each);
            }
            let mut wanted = Sieve::new(quoted.len());
            for stretch in quoted {
                wanted.insert(stretch);
            }
            wanted
        };
        // Where only quotes matter, nobody asks what stands behind the last of them.
        let asked = if all { comments.len() } else { last_quote };
        let mut seen = Stretches::new(comments.len(), wanted);
        let mut shares = Vec::new();
        let mut source = None;
        for (position, comment) in comments.iter().enumerate().take(asked) {
            let mine = if all {
                words.of(position)
            } else {
                words.clear();
                words.add(comment.words(), &reading.quotes[position], &mut covered);
                words.of(0)
            };
            seen.enter(position, mine, &spans[position], &mut shares);
            shares.retain(|share| share.first > 0 || share.quoted > 0 || share.run > 1);
            shares.sort_unstable_by_key(|share| share.with);
            let mut lost = text.note(&shares, &spans[position]);
            if lost {
                let source = source.get_or_insert_with(|| source_of(article));
                lost = stretches(mine, &spans[position]).all(|it| !source.contains(&it));
            }
            text.lost.push(lost);
        }
        for _ in asked..comments.len() {
            text.note(&[], &[]);
            text.lost.push(false);
        }
        text
    }

    /// Notes what a comment shares with earlier ones. Whether it quotes what stands in none.
    fn note(&mut self, shares: &[Share], spans: &[Range<usize>]) -> bool {
        self.shares.extend(shares.iter().copied());
        self.shares.close();
        let asked: usize = spans.iter().map(|span| span.len().saturating_sub(STRETCH - 1)).sum();
        self.asked.push(u32::try_from(asked).unwrap_or(u32::MAX));
        asked > 1 && shares.iter().all(|share| share.quoted == 0)
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
        let mut found = Vec::new();
        let mut numbers = numbers.as_slice();
        for (position, comment) in comments.iter().enumerate() {
            let (mine, rest) = numbers.split_at(words.of(position).len());
            numbers = rest;
            vector(mine, &rarity, &mut sorted, &mut self.vectors);
            self.vectors.close();
            if let Some(range) = spoken_part(&reading.named[position]) {
                vocabulary.look_up(&comment.words()[range], &mut found);
                vector(&found, &rarity, &mut sorted, &mut self.parts);
                // A list of names is no part by itself.
                if self.parts.open().len() < LEAST_PART {
                    self.parts.truncate_open(0);
                }
            }
            self.parts.close();
            // Writers are numbered as they come.
            if reading.writers[position] == Some(self.writers.len()) {
                for name in super::name::words(&comment.author) {
                    if name.len() >= LEAST_NAME {
                        vocabulary.look_up(name, &mut found);
                        self.writers.extend(found.drain(..));
                    }
                }
                self.writers.close();
            }
        }
        self.texts = vocabulary.texts;
    }

    /// The words of the comment at `position`, each once, with their weights.
    fn vector(&self, position: usize) -> &[(u32, f32)] {
        if self.vectors.len() == 0 { &[] } else { &self.vectors[position] }
    }

    /// Whether the comment laid out holds a longer word of the writer's name.
    pub(super) fn names(&self, spread: &Spread, writer: usize) -> bool {
        self.writers[writer].iter().any(|&word| spread.weights[word as usize] > 0.0)
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
        let vector = self.vector(position);
        let part = if vector.is_empty() { vector } else { &self.parts[position] };
        for &(word, weight) in if part.is_empty() { vector } else { part } {
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
fn vector(words: &[u32], rarity: &[f32], sorted: &mut Vec<u32>, vectors: &mut Lists<(u32, f32)>) {
    sorted.clear();
    sorted.extend(words.iter().copied().filter(|&word| rarity[word as usize] > 0.0));
    sorted.sort_unstable();
    for same in sorted.chunk_by(|one, other| one == other) {
        let weight = (1.0 + (same.len() as f32).ln()) * rarity[same[0] as usize];
        vectors.push((same[0], weight));
    }
    let vector = vectors.open();
    let squares: f32 = vector.iter().map(|(_, weight)| weight * weight).sum();
    let norm = squares.sqrt().max(f32::MIN_POSITIVE);
    for (_, weight) in vector {
        *weight /= norm;
    }
}

/// The stretches of words in marked quotes.
fn stretches<'a>(words: &'a [Word], spans: &'a [Range<usize>]) -> impl Iterator<Item = u64> + 'a {
    spans.iter().flat_map(|span| words[span.clone()].windows(STRETCH)).map(shared::hash)
}

/// The stretches of the article.
fn source_of(article: Option<&Article>) -> FxHashSet<u64> {
    let Some(article) = article else { return FxHashSet::default() };
    let mut words = Words::default();
    words.add(&article.title, &[], &mut Vec::new());
    words.add(&article.text, &[], &mut Vec::new());
    [words.of(0), words.of(1)]
        .iter()
        .flat_map(|part| part.windows(STRETCH))
        .map(shared::hash)
        .collect()
}

/// The stretches that stand in the thread more than once.
fn repeated(words: &Words) -> Sieve {
    let all = || (0..words.len()).flat_map(|i| words.of(i).windows(STRETCH)).map(shared::hash);
    let size = all().count();
    // Few are repeated.
    let (mut once, mut repeated) = (Sieve::new(size), Sieve::new(size / 4));
    for stretch in all() {
        if once.insert(stretch) {
            repeated.insert(stretch);
        }
    }
    repeated
}
