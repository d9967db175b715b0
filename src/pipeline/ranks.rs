//! Ranks by urgency: they need no sort, only to know how many rows each step of urgency has.

use rustc_hash::FxHashMap;

/// How many rows have each urgency that there is.
#[derive(Default)]
pub(super) struct Histogram {
    rows: FxHashMap<u16, u64>,
}

impl Histogram {
    /// Counts a row.
    pub(super) fn add(&mut self, urgency: u16) {
        *self.rows.entry(urgency).or_default() += 1;
    }

    /// The ranks of all rows: the most urgent first, and of equal ones the first one first.
    pub(super) fn ranks(self) -> Ranks {
        let mut rows: Vec<_> = self.rows.into_iter().collect();
        rows.sort_unstable_by(|one, other| other.cmp(one));
        let mut before = 0;
        let taken = rows.into_iter().map(|(urgency, rows)| {
            before += rows;
            (urgency, before - rows)
        });
        Ranks { taken: taken.collect() }
    }
}

/// Ranks that go to rows in input order.
#[derive(Clone)]
pub(super) struct Ranks {
    /// By urgency, the last rank that is taken, from 1.
    taken: FxHashMap<u16, u64>,
}

impl Ranks {
    /// Takes the rank, from 1, of the next row with that urgency.
    pub(super) fn next(&mut self, urgency: u16) -> u64 {
        let rank = self.taken.entry(urgency).or_default();
        *rank += 1;
        *rank
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_come_first_and_equal_ones_in_their_order() {
        let urgencies = [3, 9, 3, 0, u16::MAX, 9];
        let mut histogram = Histogram::default();
        for urgency in urgencies {
            histogram.add(urgency);
        }
        let mut ranks = histogram.ranks();
        assert_eq!(urgencies.map(|urgency| ranks.next(urgency)), [4, 2, 5, 6, 1, 3]);
    }
}
