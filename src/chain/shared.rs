//! Which comments share stretches of text, found in one go through the thread.

use std::collections::hash_map::Entry;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::words::{Word, mixed};

/// How many words make up the stretches that are compared.
pub(super) const STRETCH: usize = 4;

/// After how many comments with the same stretch further ones no longer count: such a stretch is
/// a saying, not a quote.
const MOST_REPEATS: u8 = 12;

/// What a comment shares with an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// The earlier comment.
    pub(super) with: usize,
    /// Stretches that occur there for the first time in the thread.
    pub(super) first: u32,
    /// Where in the later comment the first of these stands, from 1; 0 if there is none.
    pub(super) start: u32,
    /// The longest run of stretches in common.
    pub(super) run: u32,
    /// Stretches in marked quotes that occur there.
    pub(super) quoted: u32,
}

/// A set of stretches in little memory: few that are not in it seem to be.
#[derive(Debug)]
pub(super) struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    /// An empty set with room for so many stretches.
    pub(super) fn new(stretches: usize) -> Self {
        // Eight bits for each, so that one in eight of the others seems to be in it at most.
        let words = (stretches / 8).max(1).next_power_of_two();
        Self { bits: vec![0; words], shift: 64 - words.trailing_zeros() - 6 }
    }

    /// Puts a stretch in. Whether it seemed to be in it before.
    pub(super) fn insert(&mut self, stretch: u64) -> bool {
        let (word, bit) = self.place(stretch);
        let seen = self.bits[word] & bit != 0;
        self.bits[word] |= bit;
        seen
    }

    fn contains(&self, stretch: u64) -> bool {
        let (word, bit) = self.place(stretch);
        self.bits[word] & bit != 0
    }

    fn place(&self, stretch: u64) -> (usize, u64) {
        let number = mixed(stretch) >> self.shift;
        (usize::try_from(number / 64).unwrap_or_default(), 1 << (number % 64))
    }
}

/// Where a stretch stood so far.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// The comment where it first stood.
    first: u32,
    /// The place of the last later comment that holds it, from 1.
    last: u32,
    /// How many later ones are noted.
    later: u8,
    /// Whether it first stood in a marked quote.
    borrowed: bool,
}

/// All stretches read so far, and the comments that hold them.
#[derive(Debug)]
pub(super) struct Stretches {
    seen: FxHashMap<u64, Seen>,
    /// Later comments that hold a stretch: the comment, and the place of the one before, from 1.
    later: Vec<(u32, u32)>,
    /// The stretches that matter.
    wanted: Sieve,
    /// For each earlier comment, its place in the list that is being made, from 1.
    place: Vec<u32>,
    /// For each comment in that list, the last stretch in common and how long its run is.
    runs: Vec<(u32, u32)>,
}

impl Stretches {
    /// Nothing read yet of so many comments. Only the `wanted` stretches count.
    pub(super) fn new(comments: usize, wanted: Sieve) -> Self {
        Self {
            seen: FxHashMap::default(),
            later: Vec::new(),
            wanted,
            place: vec![0; comments],
            runs: Vec::new(),
        }
    }

    /// What the comment at `position` shares with earlier ones, in no particular order; then
    /// enters it. `quotes` are the stretches of its words that it marks as quoted.
    pub(super) fn enter(
        &mut self,
        position: usize,
        words: &[Word],
        quotes: &[Range<usize>],
        shares: &mut Vec<Share>,
    ) {
        shares.clear();
        self.runs.clear();
        let me = u32::try_from(position).unwrap_or(u32::MAX);
        for (at, stretch) in (1u32..).zip(words.windows(STRETCH)) {
            let hash = hash(stretch);
            if !self.wanted.contains(hash) {
                continue;
            }
            let start = at as usize - 1;
            let inside =
                quotes.iter().any(|quote| quote.start <= start && start + STRETCH <= quote.end);
            let new = Seen { first: me, last: 0, later: 0, borrowed: inside };
            let mut seen = match self.seen.entry(hash) {
                Entry::Occupied(seen) => *seen.get(),
                Entry::Vacant(place) => {
                    place.insert(new);
                    continue;
                }
            };
            // What stood in a quote from the start is from elsewhere.
            let inside = inside && !seen.borrowed;
            let share = self.share(seen.first, at, inside, shares);
            share.first += 1;
            share.start = if share.start == 0 { at } else { share.start };
            let mut next = seen.last;
            while let Some(&(other, before)) = self.note(next) {
                self.share(other, at, inside, shares);
                next = before;
            }
            let noted = self.note(seen.last).is_some_and(|&(other, _)| other == me);
            if seen.first != me && seen.later < MOST_REPEATS && !noted {
                self.later.push((me, seen.last));
                seen.last = u32::try_from(self.later.len()).unwrap_or_default();
                seen.later += 1;
                self.seen.insert(hash, seen);
            }
        }
        for share in &*shares {
            self.place[share.with] = 0;
        }
        shares.retain(|share| share.with != position);
    }

    /// The later comment noted at a place.
    fn note(&self, place: u32) -> Option<&(u32, u32)> {
        self.later.get((place as usize).checked_sub(1)?)
    }

    /// Notes that the stretch number `at` stands in `other` too.
    fn share<'a>(
        &mut self,
        other: u32,
        at: u32,
        quoted: bool,
        shares: &'a mut Vec<Share>,
    ) -> &'a mut Share {
        let with = other as usize;
        if self.place[with] == 0 {
            shares.push(Share { with, ..Share::default() });
            self.runs.push((0, 0));
            self.place[with] = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        }
        let index = self.place[with] as usize - 1;
        let (last, run) = &mut self.runs[index];
        if *last != at {
            *run = if *last + 1 == at { *run + 1 } else { 1 };
            *last = at;
        }
        let share = &mut shares[index];
        share.run = share.run.max(*run);
        share.quoted += u32::from(quoted);
        share
    }
}

/// The number of a stretch of words.
pub(super) fn hash(stretch: &[Word]) -> u64 {
    let mut hasher = FxHasher::default();
    for &word in stretch {
        hasher.write_u32(word);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::words::Words;

    fn enter(texts: &[(&str, Range<usize>)]) -> Vec<Share> {
        let mut words = Words::default();
        let mut wanted = Sieve::new(100);
        for (position, (text, _)) in texts.iter().enumerate() {
            words.add(text, &[], &mut Vec::new());
            words.of(position).windows(STRETCH).for_each(|stretch| {
                wanted.insert(hash(stretch));
            });
        }
        let mut stretches = Stretches::new(texts.len(), wanted);
        let mut shares = Vec::new();
        for (position, (_, quote)) in texts.iter().enumerate() {
            let quotes = std::slice::from_ref(quote);
            stretches.enter(position, words.of(position), quotes, &mut shares);
        }
        shares
    }

    #[test]
    fn a_stretch_belongs_to_the_comment_where_it_stood_first() {
        let texts = [("a b c d e", 0..0), ("x a b c d e", 0..0), ("a b c d e y", 0..5)];
        let first = Share { with: 0, first: 2, start: 1, run: 2, quoted: 2 };
        let second = Share { with: 1, first: 0, start: 0, run: 2, quoted: 2 };
        assert_eq!(enter(&texts), [first, second]);
    }

    #[test]
    fn what_stood_in_a_quote_from_the_start_is_from_elsewhere() {
        let texts = [("a b c d e", 0..5), ("a b c d e", 0..5)];
        let share = enter(&texts)[0];
        assert_eq!((share.first, share.quoted), (2, 0));
    }

    #[test]
    fn a_sieve_holds_what_was_put_in_and_little_else() {
        let mut sieve = Sieve::new(1000);
        let stretch = |number: u32| hash(&[number, 1, 2, 3]);
        (0..1000).for_each(|number| {
            sieve.insert(stretch(number));
        });
        assert!((0..1000).all(|number| sieve.contains(stretch(number))));
        assert!((1000..11_000).filter(|&number| sieve.contains(stretch(number))).count() < 1500);
    }

    #[test]
    fn a_comment_shares_nothing_with_itself() {
        assert!(enter(&[("a a a a a a a", 0..0)]).is_empty());
    }
}
