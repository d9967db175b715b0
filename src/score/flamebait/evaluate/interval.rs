//! How far a measure would wander with other comments of the same kind.

use std::iter;

use super::{Decided, Evaluation};

/// The range in which a measure lies with 95 of 100 resamples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// The interval of a measure by drawing as many comments again with replacement, `draws`
    /// times; none if the measure cannot be had. Equal input gives an equal interval.
    #[must_use]
    pub fn of(
        decided: &[Decided],
        draws: usize,
        measure: impl Fn(&Evaluation) -> Option<f64>,
    ) -> Option<Self> {
        let mut dice = Dice(0x5eed);
        // A sample of what is in order is made in order, so that it need not be sorted.
        let Evaluation { decided, .. } = Evaluation::of(decided);
        let mut times = vec![0_usize; decided.len()];
        let mut found: Vec<f64> = (0..draws)
            .filter_map(|_| {
                times.fill(0);
                (0..decided.len()).for_each(|_| times[dice.below(decided.len())] += 1);
                let rows = decided.iter().zip(&times);
                let sample = rows.flat_map(|(row, &times)| iter::repeat_n(*row, times));
                measure(&Evaluation::of(&sample.collect::<Vec<_>>()))
            })
            .collect();
        found.sort_by(f64::total_cmp);
        let last = found.len().checked_sub(1)?;
        let at = |thousandths: usize| found[last * thousandths / 1000];
        Some(Self { low: at(25), high: at(975) })
    }
}

/// A generator of numbers that look random and are always the same (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^= number >> 31;
        #[expect(clippy::cast_possible_truncation, reason = "below `limit`, which is a usize")]
        let index = ((u128::from(number) * limit as u128) >> 64) as usize;
        index
    }
}

#[cfg(test)]
mod tests {
    use super::{Decided, Evaluation, Interval};

    #[test]
    fn the_interval_holds_the_measure_and_is_always_the_same() {
        let rows: Vec<Decided> = (0..200_u32)
            .map(|n| Decided {
                score: f64::from(n % 17) / 17.0,
                flamebait: (n * 7) % 17 > 9 || n % 17 > 14,
            })
            .collect();
        let auc = Evaluation::of(&rows).auc().unwrap();
        let interval = Interval::of(&rows, 200, Evaluation::auc).unwrap();
        assert!(interval.low < auc && auc < interval.high);
        assert_eq!(Interval::of(&rows, 200, Evaluation::auc), Some(interval));
    }
}
