//! Who wrote what, where the dump does not say.

use super::reading::Reading;
use super::shared::Share;

/// How sure it is that who is spoken to wrote what is quoted: people also quote others to
/// somebody.
pub(super) const QUOTE_TELLS: f32 = 0.95;

/// A quote that was found in an earlier comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The comment that is quoted.
    pub(super) comment: usize,
    /// How many words the quotes have that were found there.
    pub(super) words: u32,
}

/// The comment that a comment quotes by marked quotes, if `shares` holds one that has most of
/// what is quoted.
pub(super) fn quoted(shares: &[Share], asked: u32) -> Option<Quoted> {
    // The earliest of those that hold it wrote it; later ones quote it too.
    let best = shares.iter().max_by_key(|share| (share.quoted, std::cmp::Reverse(share.with)))?;
    (best.quoted > 0 && best.quoted * 2 >= asked)
        .then_some(Quoted { comment: best.with, words: best.quoted })
}

/// For each name that somebody speaks to while quoting a comment, the comments so revealed. A
/// comment that several names lay claim to is nobody's.
pub(super) fn revealed(reading: &Reading, quoted: &[Option<Quoted>]) -> Vec<Option<usize>> {
    let mut writers = vec![None; quoted.len()];
    let mut disputed = vec![false; quoted.len()];
    for (position, quote) in quoted.iter().enumerate() {
        let Some(quote) = quote else { continue };
        let Some(name) = reading.addressee(position).and_then(|named| named.who.first()) else {
            continue;
        };
        let names_itself =
            reading.named[quote.comment].iter().any(|named| named.who.contains(name));
        match writers[quote.comment] {
            _ if names_itself => {}
            None => writers[quote.comment] = Some(*name),
            Some(other) => disputed[quote.comment] |= other != *name,
        }
    }
    for (writer, disputed) in writers.iter_mut().zip(disputed) {
        if disputed {
            *writer = None;
        }
    }
    writers
}
