//! How good scores are, measured against what people decided.
//!
//! ```
//! use threadwarden::score::flamebait::evaluate::{Decided, Evaluation};
//!
//! let decided = [(0.9, true), (0.8, true), (0.7, false), (0.1, false)]
//!     .map(|(score, flamebait)| Decided { score, flamebait });
//! let evaluation = Evaluation::of(&decided);
//! assert_eq!(evaluation.auc(), Some(1.0));
//! assert_eq!(evaluation.at(0.75).precision, Some(1.0));
//! ```

mod agreement;
mod interval;

pub use agreement::{cohens_kappa, krippendorffs_alpha};
pub use interval::Interval;

/// A score and what people decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided {
    /// What the scorer said, 0–1.
    pub score: f64,
    /// What people said.
    pub flamebait: bool,
}

/// Scores beside decisions, ready to be asked how well they agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Highest score first.
    decided: Vec<Decided>,
    positives: usize,
}

/// What happens if every comment from a threshold on is flagged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The threshold.
    pub threshold: f64,
    /// How many comments are flagged.
    pub flagged: usize,
    /// The share of the flagged comments that are flamebait; none if none is flagged.
    pub precision: Option<f64>,
    /// The share of the flamebait that is flagged; none if there is no flamebait.
    pub recall: Option<f64>,
}

/// Comments of about the same score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The lowest score of the band.
    pub from: f64,
    /// How many comments are in it.
    pub count: usize,
    /// The mean of their scores …
    pub score: f64,
    /// … which should be the share of flamebait among them.
    pub flamebait: f64,
}

impl Evaluation {
    /// Prepares the measures.
    #[must_use]
    pub fn of(decided: &[Decided]) -> Self {
        let mut decided = decided.to_vec();
        decided.sort_by(|a, b| b.score.total_cmp(&a.score));
        let positives = decided.iter().filter(|row| row.flamebait).count();
        Self { decided, positives }
    }

    /// How many comments there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.decided.len()
    }

    /// Whether there are no comments.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decided.is_empty()
    }

    /// How many of them are flamebait.
    #[must_use]
    pub fn positives(&self) -> usize {
        self.positives
    }

    /// The chance that a flamebait comment scores above a harmless one, ties counting half; none
    /// if there are not both.
    #[must_use]
    pub fn auc(&self) -> Option<f64> {
        let (mut below, mut wins) = (0.0, 0.0);
        for tied in self.ties().rev() {
            let (hot, calm) = split(tied);
            wins += hot * (below + calm / 2.0);
            below += calm;
        }
        share(wins, number(self.positives) * below)
    }

    /// The mean of the precisions at each flamebait comment; none if there is no flamebait.
    #[must_use]
    pub fn average_precision(&self) -> Option<f64> {
        let (mut seen, mut hits, mut sum) = (0.0, 0.0, 0.0);
        for tied in self.ties() {
            let (hot, calm) = split(tied);
            seen += hot + calm;
            hits += hot;
            sum += hot * hits / seen;
        }
        share(sum, number(self.positives))
    }

    /// What happens at a threshold.
    #[must_use]
    pub fn at(&self, threshold: f64) -> Point {
        let flagged = self.decided.partition_point(|row| row.score >= threshold);
        let hits = self.decided[..flagged].iter().filter(|row| row.flamebait).count();
        Point {
            threshold,
            flagged,
            precision: share(number(hits), number(flagged)),
            recall: share(number(hits), number(self.positives)),
        }
    }

    /// The lowest threshold at which at least this share of the flagged comments is flamebait.
    #[must_use]
    pub fn for_precision(&self, wanted: f64) -> Option<Point> {
        self.points()
            .filter(|point| point.precision.is_some_and(|precision| precision >= wanted))
            .last()
    }

    /// The highest threshold at which at least this share of the flamebait is flagged.
    #[must_use]
    pub fn for_recall(&self, wanted: f64) -> Option<Point> {
        self.points().find(|point| point.recall.is_some_and(|recall| recall >= wanted))
    }

    /// The points at all scores that occur, highest first.
    fn points(&self) -> impl Iterator<Item = Point> {
        let mut hits = 0;
        let mut flagged = 0;
        self.ties().map(move |tied| {
            flagged += tied.len();
            hits += tied.iter().filter(|row| row.flamebait).count();
            Point {
                threshold: tied[0].score,
                flagged,
                precision: share(number(hits), number(flagged)),
                recall: share(number(hits), number(self.positives)),
            }
        })
    }

    /// The comments in bands of a tenth, lowest first; empty bands are left out.
    #[must_use]
    pub fn calibration(&self) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for row in self.decided.iter().rev() {
            let from = (row.score * 10.0).floor().clamp(0.0, 9.0) / 10.0;
            if bands.last().is_none_or(|band| band.from < from) {
                bands.push(Band { from, count: 0, score: 0.0, flamebait: 0.0 });
            }
            if let Some(band) = bands.last_mut() {
                band.count += 1;
                band.score += row.score;
                band.flamebait += f64::from(u8::from(row.flamebait));
            }
        }
        for band in &mut bands {
            band.score /= number(band.count);
            band.flamebait /= number(band.count);
        }
        bands
    }

    /// The mean distance between the share of flamebait in a band and its scores.
    #[must_use]
    pub fn calibration_error(&self) -> Option<f64> {
        let off = |band: &Band| number(band.count) * (band.score - band.flamebait).abs();
        share(self.calibration().iter().map(off).sum(), number(self.len()))
    }

    /// The groups of equal scores, highest first.
    fn ties(&self) -> impl DoubleEndedIterator<Item = &[Decided]> {
        self.decided.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq())
    }
}

/// How many are flamebait, and how many are not.
fn split(rows: &[Decided]) -> (f64, f64) {
    let hot = rows.iter().filter(|row| row.flamebait).count();
    (number(hot), number(rows.len() - hot))
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::{Decided, Evaluation};

    fn evaluation(rows: &[(f64, bool)]) -> Evaluation {
        Evaluation::of(
            &rows
                .iter()
                .map(|&(score, flamebait)| Decided { score, flamebait })
                .collect::<Vec<_>>(),
        )
    }

    fn near(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-12)
    }

    #[test]
    fn ties_count_half() {
        assert!(near(evaluation(&[(0.5, true), (0.5, false)]).auc(), 0.5));
        assert!(near(
            evaluation(&[(0.9, true), (0.5, true), (0.5, false), (0.1, false)]).auc(),
            0.875
        ));
        assert_eq!(evaluation(&[(0.5, true)]).auc(), None);
    }

    #[test]
    fn average_precision_is_that_of_the_ranking() {
        let rows = [(0.9, true), (0.8, false), (0.7, true)];
        assert!(near(evaluation(&rows).average_precision(), (1.0 + 2.0 / 3.0) / 2.0));
    }

    #[test]
    fn thresholds_for_a_wanted_precision_or_recall_are_found() {
        let rows = [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.2, false)];
        let evaluation = evaluation(&rows);
        let point = evaluation.for_precision(0.9).unwrap();
        assert_eq!((point.threshold.to_bits(), point.flagged), (0.8_f64.to_bits(), 2));
        assert_eq!(evaluation.for_recall(1.0).unwrap().flagged, 4);
        assert_eq!(evaluation.for_precision(1.1), None);
        assert_eq!(evaluation.at(2.0).precision, None);
    }

    #[test]
    fn bands_compare_scores_with_shares() {
        let bands =
            evaluation(&[(0.11, false), (0.13, true), (0.95, true), (1.0, true)]).calibration();
        assert_eq!(bands.iter().map(|band| band.count).collect::<Vec<_>>(), [2, 2]);
        assert!(near(Some(bands[0].flamebait), 0.5) && near(Some(bands[0].score), 0.12));
    }
}
