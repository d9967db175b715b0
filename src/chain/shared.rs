//! Which comments share stretches of text, found in one go through the thread.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::words::Word;

/// How many words make up the stretches that are compared.
pub(super) const STRETCH: usize = 4;

/// After how many comments with the same stretch further ones no longer count: such a stretch is
/// a saying, not a quote.
const MOST_REPEATS: usize = 12;

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

/// All stretches read so far, and the comments that hold them.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    /// The comment where a stretch first stood, and whether that was in a marked quote.
    first: FxHashMap<u64, (u32, bool)>,
    later: FxHashMap<u64, Vec<u32>>,
    /// If not all stretches matter: those that do.
    wanted: Option<FxHashSet<u64>>,
    /// For each earlier comment, its place in the list that is being made, from 1.
    place: Vec<u32>,
    /// For each earlier comment, where its present run began to be without a gap.
    last: Vec<u32>,
    current: Vec<u32>,
}

impl Stretches {
    /// Nothing read yet. Only the `wanted` stretches count, if there are any.
    pub(super) fn new(wanted: Option<FxHashSet<u64>>) -> Self {
        Self { wanted, ..Self::default() }
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
        self.place.resize(position + 1, 0);
        self.last.resize(position + 1, 0);
        self.current.resize(position + 1, 0);
        let me = u32::try_from(position).unwrap_or(u32::MAX);
        for (at, stretch) in (1u32..).zip(words.windows(STRETCH)) {
            let hash = hash(stretch);
            if self.wanted.as_ref().is_some_and(|wanted| !wanted.contains(&hash)) {
                continue;
            }
            let start = at as usize - 1;
            let inside =
                quotes.iter().any(|quote| quote.start <= start && start + STRETCH <= quote.end);
            let Some(&(first, borrowed)) = self.first.get(&hash) else {
                self.first.insert(hash, (me, inside));
                continue;
            };
            // What stood in a quote from the start is from elsewhere.
            let inside = inside && !borrowed;
            let share = self.share(first, at, inside, shares);
            share.first += 1;
            share.start = if share.start == 0 { at } else { share.start };
            let later = self.later.get(&hash).map(Vec::len).unwrap_or_default();
            for index in 0..later {
                let other = self.later[&hash][index];
                self.share(other, at, inside, shares);
            }
            if first != me && later < MOST_REPEATS {
                let later = self.later.entry(hash).or_default();
                if later.last() != Some(&me) {
                    later.push(me);
                }
            }
        }
        for share in &*shares {
            self.place[share.with] = 0;
            self.last[share.with] = 0;
            self.current[share.with] = 0;
        }
        shares.retain(|share| share.with != position);
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
            self.place[with] = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        }
        if self.last[with] != at {
            self.current[with] = if self.last[with] + 1 == at { self.current[with] + 1 } else { 1 };
            self.last[with] = at;
        }
        let share = &mut shares[self.place[with] as usize - 1];
        share.run = share.run.max(self.current[with]);
        share.quoted += u32::from(quoted);
        share
    }
}

/// The number of a stretch of words.
pub(super) fn hash(stretch: &[Word]) -> u64 {
    let mut hasher = FxHasher::default();
    for word in stretch {
        hasher.write_u64(word.hash);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::words::Words;

    fn enter(stretches: &mut Stretches, texts: &[(&str, Range<usize>)]) -> Vec<Share> {
        let mut words = Words::default();
        let mut shares = Vec::new();
        for (position, (text, quote)) in texts.iter().enumerate() {
            words.add(text, &[]);
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
        assert_eq!(enter(&mut Stretches::default(), &texts), [first, second]);
    }

    #[test]
    fn what_stood_in_a_quote_from_the_start_is_from_elsewhere() {
        let texts = [("a b c d e", 0..5), ("a b c d e", 0..5)];
        let share = enter(&mut Stretches::default(), &texts)[0];
        assert_eq!((share.first, share.quoted), (2, 0));
    }

    #[test]
    fn a_comment_shares_nothing_with_itself() {
        assert!(enter(&mut Stretches::default(), &[("a a a a a a a", 0..0)]).is_empty());
    }
}
