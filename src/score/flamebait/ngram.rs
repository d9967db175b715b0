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

/// Hands over the words, their beginnings, pairs of neighbours, and pairs of a second person and a
/// word soon after it. Names of groups of people, words that tell where a training row comes from,
/// names behind an `@`, addresses and attacks that are not the writer's own are left out, alone and
/// in pairs.
///
/// They are not kept in a list: most texts are only scored, for which their number and the sum of
/// their weights do.
#[inline]
pub(super) fn each(tokens: &[Token], mut each: impl FnMut(NGram)) {
    let mut before: Option<(u32, u64)> = None;
    // The lowest bit stands for the token before, the next one for that before it.
    let mut second_persons = 0_u8;
    for (at, token) in (0_u32..).zip(tokens) {
        let near = second_persons;
        second_persons = near << 1 | u8::from(token.has(mark::YOU));
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
        let mut add = |hash, first| each(NGram { bucket: bucket(hash), first, last: at });
        add(token.hash, at);
        if let Some((first, hash)) = before {
            add(hash::pair(hash, token.hash), first);
        }
        before = Some((at, token.hash));
        if !token.is_word() {
            continue;
        }
        for stem in token.stems {
            if stem != 0 {
                add(stem, at);
            }
        }
        if near & SPOKEN_TO_BITS == 0 {
            continue;
        }
        for distance in SPOKEN_TO {
            if near & 1 << (distance - 1) != 0
                && tokens[(at - distance) as usize].sentence == token.sentence
            {
                add(hash::pair(ADDRESSED, token.hash), at - distance);
            }
        }
    }
}

/// How many tokens before a word a second person is paired with it; right before it that is a pair
/// of words already.
const SPOKEN_TO: [u32; 2] = [2, 3];

/// The bits of the second persons that are so far away.
const SPOKEN_TO_BITS: u8 = 1 << (SPOKEN_TO[0] - 1) | 1 << (SPOKEN_TO[1] - 1);

/// Stands for any second person in a pair of words.
const ADDRESSED: u64 = 77;

fn bucket(hash: u64) -> u32 {
    (hash >> (u64::BITS - BITS)) as u32
}

/// How many n-grams a text has.
pub(super) fn count(tokens: &[Token]) -> usize {
    let mut count = 0;
    each(tokens, |_| count += 1);
    count
}

/// What each of `count` n-grams of a text weighs, so that long texts do not weigh more than short
/// ones.
pub(super) fn share(count: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^24 words")]
    let count = count.max(1) as f32;
    1.0 / count.sqrt()
}
