//! Words, their beginnings, and pairs of words, hashed into the buckets of a model.

use super::category::mark;
use super::hash;
use super::token::{Kind, Token};

/// A word or a pair of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct NGram {
    /// The place of its weight in the model.
    pub(super) bucket: u32,
    /// First and last token.
    pub(super) first: u32,
    pub(super) last: u32,
}

/// How many bits of a hash choose the bucket.
pub(super) const BITS: u32 = 17;

/// How many buckets a model has.
pub(super) const BUCKETS: usize = 1 << BITS;

/// Collects the words, their beginnings, pairs of neighbours, and pairs of a second person and a
/// word soon after it. Names of groups of people, words that tell where a training row comes from, names behind an `@`,
/// addresses and attacks that are not the writer's own are left out, alone and in pairs.
pub(super) fn collect(tokens: &[Token], ngrams: &mut Vec<NGram>) {
    ngrams.clear();
    let mut before: Option<(u32, u64)> = None;
    for (at, token) in (0_u32..).zip(tokens) {
        let counts = match token.kind {
            Kind::Word => !token.neutral && !token.has(mark::IDENTITY | mark::SOURCE),
            Kind::Outcry { .. } | Kind::Ellipsis => !token.quoted,
            Kind::Quote => continue,
            Kind::Mention | Kind::Link => false,
        };
        if !counts {
            before = None;
            continue;
        }
        ngrams.push(NGram { bucket: bucket(token.hash), first: at, last: at });
        if let Some((first, hash)) = before {
            ngrams.push(NGram { bucket: bucket(hash::pair(hash, token.hash)), first, last: at });
        }
        before = Some((at, token.hash));
        if token.is_word() {
            let stems = token.stems.into_iter().filter(|&stem| stem != 0);
            ngrams.extend(stems.map(|stem| NGram { bucket: bucket(stem), first: at, last: at }));
            let addressed = bucket(hash::pair(ADDRESSED, token.hash));
            let spoken_to = places_of_you(tokens, at);
            ngrams.extend(spoken_to.map(|first| NGram { bucket: addressed, first, last: at }));
        }
    }
}

/// Stands for any second person in a pair of words.
const ADDRESSED: u64 = 77;

/// Where a second person stands two or three tokens before `at`, in its sentence.
fn places_of_you(tokens: &[Token], at: u32) -> impl Iterator<Item = u32> {
    let sentence = tokens[at as usize].sentence;
    let places = (2..=3).filter_map(move |distance| at.checked_sub(distance));
    places.filter(move |&place| {
        let token = &tokens[place as usize];
        token.has(mark::YOU) && token.sentence == sentence
    })
}

fn bucket(hash: u64) -> u32 {
    (hash >> (u64::BITS - BITS)) as u32
}

/// What each n-gram of a text weighs, so that long texts do not weigh more than short ones.
pub(super) fn share(ngrams: &[NGram]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^24 words")]
    let count = ngrams.len().max(1) as f32;
    1.0 / count.sqrt()
}
