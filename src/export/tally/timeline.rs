//! How heat went over time, or, without times, over the length of threads.

use std::collections::BTreeMap;

use super::Heat;

/// How many bins may be shown.
const MOST: usize = 60;

/// How many bins may be kept before they are joined to longer ones.
const MOST_KEPT: usize = 4096;

/// Lengths of the start of an RFC 3339 time that name its hour, day, month and year.
const PRECISIONS: [usize; 4] = [13, 10, 7, 4];

/// A span of time, or of positions in threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// What it is called, such as `2025-03-01`.
    pub label: String,
    /// Comments in it.
    pub comments: u64,
    /// Of these, heated ones.
    pub heated: u64,
    /// Of these, flamebait.
    pub flamebait: u64,
}

impl Bin {
    fn add(&mut self, heat: Heat) {
        self.comments += 1;
        self.heated += u64::from(heat.heated);
        self.flamebait += u64::from(heat.flamebait);
    }

    fn join(&mut self, other: &Self) {
        self.comments += other.comments;
        self.heated += other.heated;
        self.flamebait += other.flamebait;
    }
}

/// Comments counted by the time they were written and by their position in the thread.
#[derive(Default)]
pub struct Timeline {
    by_time: BTreeMap<String, Bin>,
    /// Which of `PRECISIONS` the times are kept with.
    precision: usize,
    by_position: Vec<Bin>,
    /// How many positions are in a bin: 10, doubled this many times.
    doubled: u32,
}

impl Timeline {
    pub(super) fn add(&mut self, posted: &str, position: u64, heat: Heat) {
        if let Some(time) = posted.get(..PRECISIONS[self.precision]) {
            self.by_time.entry(time.to_owned()).or_default().add(heat);
            if self.by_time.len() > MOST_KEPT && self.precision + 1 < PRECISIONS.len() {
                self.precision += 1;
                self.by_time = coarser(&self.by_time, PRECISIONS[self.precision]);
            }
        }
        let mut bin = self.bin(position);
        while bin >= MOST {
            let pairs = self.by_position.chunks(2).map(|pair| {
                let mut joined = pair[0].clone();
                pair.iter().skip(1).for_each(|other| joined.join(other));
                joined
            });
            self.by_position = pairs.collect();
            self.doubled += 1;
            bin = self.bin(position);
        }
        if self.by_position.len() <= bin {
            self.by_position.resize(bin + 1, Bin::default());
        }
        self.by_position[bin].add(heat);
    }

    fn width(&self) -> u64 {
        10 << self.doubled
    }

    fn bin(&self, position: u64) -> usize {
        usize::try_from(position.saturating_sub(1) / self.width()).unwrap_or(usize::MAX)
    }

    /// What the bins stand for, and the bins in order: spans of time if any comment has one, else
    /// of positions.
    #[must_use]
    pub fn bins(&self) -> (&'static str, Vec<Bin>) {
        if self.by_time.is_empty() {
            let width = self.width();
            let named = (0..).zip(&self.by_position).map(|(number, bin)| {
                let label = format!("{}–{}", number * width + 1, (number + 1) * width);
                Bin { label, ..bin.clone() }
            });
            return ("position in the thread", named.collect());
        }
        let mut precision = self.precision;
        let mut bins = self.by_time.clone();
        while bins.len() > MOST && precision + 1 < PRECISIONS.len() {
            precision += 1;
            bins = coarser(&bins, PRECISIONS[precision]);
        }
        let what = ["hour", "day", "month", "year"][precision];
        let named =
            bins.into_iter().map(|(label, bin)| Bin { label: label.replace('T', " "), ..bin });
        (what, named.collect())
    }
}

/// The same bins, joined where the first `length` bytes of their names are the same.
fn coarser(bins: &BTreeMap<String, Bin>, length: usize) -> BTreeMap<String, Bin> {
    let mut joined: BTreeMap<String, Bin> = BTreeMap::new();
    for (label, bin) in bins {
        let label = label.get(..length).unwrap_or(label);
        joined.entry(label.to_owned()).or_default().join(bin);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_hours_become_days() {
        let mut timeline = Timeline::default();
        for hour in 0..72 {
            let posted = format!("2025-03-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24);
            timeline.add(&posted, 1, Heat { heated: hour < 24, ..Heat::default() });
        }
        let (what, bins) = timeline.bins();
        assert_eq!(what, "day");
        let counts: Vec<_> = bins.iter().map(|bin| (bin.comments, bin.heated)).collect();
        assert_eq!(counts, [(24, 24), (24, 0), (24, 0)]);
        assert_eq!(bins[1].label, "2025-03-02");
    }

    #[test]
    fn without_times_the_place_in_the_thread_counts() {
        let mut timeline = Timeline::default();
        (1..=1300).for_each(|position| timeline.add("", position, Heat::default()));
        let (what, bins) = timeline.bins();
        assert_eq!(what, "position in the thread");
        assert_eq!(bins.iter().map(|bin| bin.comments).sum::<u64>(), 1300);
        assert_eq!((bins[0].label.as_str(), bins[0].comments), ("1–40", 40));
    }
}
