//! Fits a model to a site's own decisions, on top of another one.

use super::example::{Example, examples};
use super::folds::{PARTS, parts};
use super::labelled::Labelled;
use super::solve::{LIMIT, SCALE, Solution, loss, solve};
use crate::score::flamebait::evaluate::Decided;
use crate::score::flamebait::features::FEATURES;
use crate::score::flamebait::model::Model;

/// How strongly the changes may be held back: with the first, nothing changes but how high all
/// scores are and how far apart; the last ones trust the new rows.
const PENALTIES: [f64; 7] = [CALIBRATES, 100.0, 30.0, 10.0, 3.0, 1.0, 0.3];
/// The penalty that lets no word and no feature move.
const CALIBRATES: f64 = 1e3;
/// With fewer rows than this the model is calibrated only: what moves it further may be chance.
const ENOUGH_TO_MOVE: usize = 80;
/// How many standard errors a smaller change may lose and still be chosen, and how many where there
/// are this many rows.
const CAUTION: f64 = 1.0;
const LESS_CAUTION: (usize, f64) = (200, 0.5);
/// From this target on a row is one of flamebait.
const POSITIVE: f64 = 0.5;

/// With fewer rows of either kind than this nothing can be learnt safely.
pub const FEWEST: usize = 10;

/// A model fitted on top of another one, and how it did on rows that it was not fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Adapted {
    /// The new model.
    pub model: Model,
    /// How strongly its changes are held back: the less, the further it has moved. `None` if it is
    /// the old one, because no change helped.
    pub penalty: Option<f64>,
    /// What the old model says of each row …
    pub before: Vec<Decided>,
    /// … and what models say that were fitted, in the same way, to four fifths of the rows
    /// without it.
    pub after: Vec<Decided>,
}

/// Fits `base` to further labelled comments and calls the result `name`.
///
/// How far the new model may move away is chosen by cross-validation on the rows: it moves as little
/// as is within one standard error, or half of one with 200 rows, of what serves rows best that it has
/// not seen (after the rule of one standard error of Breiman, Friedman, Olshen and Stone, 1984). It
/// does not move at all if nothing helps or if there are fewer than [`FEWEST`] rows of either kind.
#[must_use]
pub fn adapt(base: &Model, name: &str, rows: &[Labelled]) -> Adapted {
    let mut examples = examples(rows);
    for (example, row) in examples.iter_mut().zip(rows) {
        example.start = base.log_odds_of(&row.text).into();
    }
    let scales = base.limits().map(|limit| LIMIT * SCALE / f64::from(limit));
    let before = decided(&examples, examples.iter().map(|example| example.start));
    let positives = before.iter().filter(|row| row.flamebait).count();
    let enough = positives.min(before.len() - positives) >= FEWEST;
    let best = enough.then(|| best_penalty(rows, &examples, &scales)).flatten();
    let Some((penalty, unseen)) = best else {
        return Adapted { model: base.renamed(name), penalty: None, after: before.clone(), before };
    };
    let all: Vec<&Example> = examples.iter().collect();
    let model = base.moved(name, &solve(&all, &scales, penalty));
    let after = decided(&examples, unseen.into_iter());
    Adapted { model, penalty: Some(penalty), before, after }
}

/// The rows with scores.
fn decided(examples: &[Example], log_odds: impl Iterator<Item = f64>) -> Vec<Decided> {
    let row = |(example, log_odds): (&Example, f64)| Decided {
        score: loss(log_odds, 0.0).1,
        flamebait: example.target >= POSITIVE,
    };
    examples.iter().zip(log_odds).map(row).collect()
}

/// The largest penalty whose loss on rows not learnt from is nearly the smallest, with the log-odds
/// that these then get; none if the base is as good.
fn best_penalty(
    rows: &[Labelled],
    examples: &[Example],
    scales: &[f64; FEATURES],
) -> Option<(f64, Vec<f64>)> {
    let parts = parts(rows);
    let tried = if rows.len() < ENOUGH_TO_MOVE { &PENALTIES[..1] } else { &PENALTIES };
    let unchanged = examples.iter().map(|example| example.start).collect();
    let mut candidates = vec![Candidate::of(None, examples, unchanged)];
    for &penalty in tried {
        let unseen = unseen(examples, &parts, scales, penalty);
        candidates.push(Candidate::of(Some(penalty), examples, unseen));
    }
    let best = candidates.iter().min_by(|a, b| a.total().total_cmp(&b.total()))?;
    let caution = if rows.len() < LESS_CAUTION.0 { CAUTION } else { LESS_CAUTION.1 };
    let chosen = candidates.iter().find(|candidate| candidate.is_nearly(best, caution))?;
    Some((chosen.penalty?, chosen.log_odds.clone()))
}

/// A way to adapt, and how it serves rows that were not learnt from.
struct Candidate {
    /// `None` for the base as it is.
    penalty: Option<f64>,
    log_odds: Vec<f64>,
    losses: Vec<f64>,
}

impl Candidate {
    fn of(penalty: Option<f64>, examples: &[Example], log_odds: Vec<f64>) -> Self {
        let rows = examples.iter().zip(&log_odds);
        let losses = rows.map(|(it, odds)| it.weight * loss(*odds, it.target).0).collect();
        Self { penalty, log_odds, losses }
    }

    fn total(&self) -> f64 {
        self.losses.iter().sum()
    }

    /// Whether it loses no more than `caution` standard errors more than `best`, row by row.
    fn is_nearly(&self, best: &Self, caution: f64) -> bool {
        let more: Vec<f64> = self.losses.iter().zip(&best.losses).map(|(a, b)| a - b).collect();
        let total: f64 = more.iter().sum();
        let mean = total / more.len() as f64;
        let scatter: f64 = more.iter().map(|more| (more - mean).powi(2)).sum();
        total <= caution * scatter.sqrt()
    }
}

/// The log-odds of each example after learning from the other parts.
fn unseen(
    examples: &[Example],
    parts: &[usize],
    scales: &[f64; FEATURES],
    penalty: f64,
) -> Vec<f64> {
    let mut found = vec![0.0; examples.len()];
    for part in 0..PARTS {
        let others = examples.iter().zip(parts).filter(|(_, of)| **of != part);
        let solution =
            solve(&others.map(|(example, _)| example).collect::<Vec<_>>(), scales, penalty);
        for (index, example) in
            examples.iter().enumerate().filter(|(index, _)| parts[*index] == part)
        {
            found[index] = example.moved(&solution, scales);
        }
    }
    found
}

impl Example {
    /// Its log-odds after a change of the model.
    fn moved(&self, solution: &Solution, scales: &[f64; FEATURES]) -> f64 {
        let limited = |index: usize| {
            let limit = LIMIT * SCALE / scales[index];
            f64::from(self.features[index]).clamp(-limit, limit) * solution.features[index]
        };
        let dense: f64 = (0..FEATURES).map(limited).sum();
        let words: f64 = self.buckets.iter().map(|&bucket| solution.buckets[bucket as usize]).sum();
        (1.0 + solution.slope) * self.start + solution.bias + dense + words * self.share
    }
}

#[cfg(test)]
mod tests {
    use super::{Labelled, Model, adapt};
    use crate::score::flamebait::FlamebaitScorer;
    use crate::score::flamebait::evaluate::Evaluation;

    fn row(text: String, target: f64) -> Labelled {
        Labelled { text, target, weight: 1.0 }
    }

    /// A site where a harmless word is fighting talk.
    fn rows() -> Vec<Labelled> {
        let subjects = [
            "The bridge",
            "My garden",
            "This match",
            "Your road",
            "Our council",
            "The train",
            "That film",
        ];
        let verbs = ["is", "was", "looks", "seems", "stays", "became"];
        let pairs = subjects.iter().flat_map(|subject| verbs.map(|verb| (subject, verb)));
        let of = |word: &'static str, target| {
            move |(subject, verb)| row(format!("{subject} {verb} {word} again"), target)
        };
        let hot = pairs.clone().map(of("turnip", 1.0));
        hot.zip(pairs.map(of("late", 0.0))).flat_map(|(hot, calm)| [hot, calm]).collect()
    }

    #[test]
    fn a_site_teaches_its_own_fighting_words() {
        let adapted = adapt(Model::fast(), "site", &rows());
        let [before, after] = [&adapted.before, &adapted.after].map(|rows| Evaluation::of(rows));
        assert!(after.auc().unwrap() > 0.95 && after.auc() >= before.auc());
        assert!(after.calibration_error() < before.calibration_error());
        let taught = FlamebaitScorer::with_model(adapted.model);
        let plain = FlamebaitScorer::default();
        let text = "The road is turnip";
        assert!(taught.assess(text).score > plain.assess(text).score + 0.2);
        assert!(taught.assess("You are an idiot").score > 0.5);
    }

    #[test]
    fn too_few_rows_change_nothing() {
        let rows = rows();
        let taught = adapt(Model::fast(), "site", &rows[..12]);
        assert_eq!(taught.model, Model::fast().renamed("site"));
        assert_eq!((taught.penalty, &taught.after), (None, &taught.before));
    }

    #[test]
    fn no_decisions_turn_the_scores_round() {
        let subjects = ["road", "bridge", "garden", "council", "match", "film"];
        let of = |text: &str, target| {
            subjects.map(|subject| row(format!("{text} about the {subject}"), target))
        };
        let rows = [
            of("You are a stupid idiot", 0.0),
            of("Shut up, you clown,", 0.0),
            of("Thank you for the article", 1.0),
            of("I like what it says", 1.0),
        ];
        let adapted = adapt(Model::fast(), "site", &rows.concat());
        assert_ne!(adapted.penalty, None);
        let taught = FlamebaitScorer::with_model(adapted.model);
        assert!(taught.assess("You moron").score > taught.assess("A lovely picture").score);
    }

    #[test]
    fn labels_that_mean_nothing_change_nothing() {
        let mut rows = rows();
        for (index, row) in rows.iter_mut().enumerate() {
            // Neither word nor order tells.
            row.target = f64::from(u8::from(index * 7 % 12 < 3));
        }
        let taught = adapt(Model::fast(), "site", &rows);
        let auc = |rows| Evaluation::of(rows).auc().unwrap();
        assert!(auc(&taught.after) >= auc(&taught.before) - 0.1);
    }
}
