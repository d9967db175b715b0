//! Fits a model to a site's own decisions, on top of another one.

use super::example::{Example, examples};
use super::labelled::Labelled;
use super::solve::{LIMIT, SCALE, Solution, loss, solve};
use crate::score::flamebait::features::FEATURES;
use crate::score::flamebait::model::Model;

/// How strongly the changes may be held back. The first ones leave all but the bias nearly as it
/// was, the last ones trust the new rows.
const PENALTIES: [f64; 5] = [1000.0, 100.0, 30.0, 10.0, 3.0];
/// In how many parts the rows are cut to see which penalty serves rows that were not learnt from.
const PARTS: usize = 5;
/// With fewer rows of either kind than this nothing can be learnt safely.
const FEWEST: usize = 10;

/// Fits `base` to further labelled comments and calls the result `name`.
///
/// How far the new model may move away is chosen by cross-validation on the rows: it moves only as
/// far as helps with rows that it has not seen, and not at all if nothing helps or if there are
/// fewer than ten rows of either kind.
#[must_use]
pub fn adapt(base: &Model, name: &str, rows: &[Labelled]) -> Model {
    let mut examples = examples(rows);
    for (example, row) in examples.iter_mut().zip(rows) {
        example.start = base.log_odds_of(&row.text).into();
    }
    let scales = base.limits().map(|limit| LIMIT * SCALE / f64::from(limit));
    let positives = examples.iter().filter(|example| example.target >= 0.5).count();
    let enough = positives.min(examples.len() - positives) >= FEWEST;
    let best = enough.then(|| best_penalty(&examples, &scales)).flatten();
    let Some(penalty) = best else { return base.renamed(name) };
    let all: Vec<&Example> = examples.iter().collect();
    base.moved(name, &solve(&all, &scales, penalty))
}

/// The penalty with the smallest loss on rows not learnt from; none if the base does better.
fn best_penalty(examples: &[Example], scales: &[f64; FEATURES]) -> Option<f64> {
    let unchanged: f64 =
        examples.iter().map(|example| example.weight * loss(example.start, example.target).0).sum();
    let mut best = (unchanged, None);
    for penalty in PENALTIES {
        let loss = (0..PARTS).map(|part| unseen_loss(examples, scales, penalty, part)).sum();
        if loss < best.0 {
            best = (loss, Some(penalty));
        }
    }
    best.1
}

/// The loss on one part of the rows after learning from the others.
fn unseen_loss(examples: &[Example], scales: &[f64; FEATURES], penalty: f64, part: usize) -> f64 {
    let split = |wanted: bool| {
        let numbered = examples.iter().enumerate();
        numbered
            .filter(move |(index, _)| (index % PARTS == part) == wanted)
            .map(|(_, example)| example)
    };
    let solution = solve(&split(false).collect::<Vec<_>>(), scales, penalty);
    split(true)
        .map(|example| example.weight * loss(example.moved(&solution, scales), example.target).0)
        .sum()
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

    fn row(text: String, target: f64) -> Labelled {
        Labelled { text, target, weight: 1.0 }
    }

    /// A site where a harmless word is fighting talk.
    fn rows() -> Vec<Labelled> {
        let subjects =
            ["The bridge", "My garden", "This match", "Our council", "The train", "That film"];
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
        let taught = FlamebaitScorer::with_model(adapt(Model::fast(), "site", &rows()));
        let plain = FlamebaitScorer::default();
        let text = "The road is turnip";
        assert!(taught.assess(text).score > plain.assess(text).score + 0.2);
        assert!(taught.assess("You are an idiot").score > 0.5);
    }

    #[test]
    fn too_few_rows_change_nothing() {
        let rows = rows();
        let taught = adapt(Model::fast(), "site", &rows[..12]);
        assert_eq!(taught, Model::fast().renamed("site"));
    }
}
