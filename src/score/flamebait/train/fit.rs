//! Fits a model from nothing.

use super::example::{Example, examples};
use super::labelled::Labelled;
use super::neutral;
use super::solve::{LIMIT, SCALE, solve};
use crate::score::flamebait::features::FEATURES;
use crate::score::flamebait::model::Model;

/// How strongly the weights are held back, where the examples weigh 1 on average.
const PENALTY: f64 = 2.0;
/// How many harmless sentences about groups there are, in ordinary examples.
const NEUTRAL_WEIGHT: f64 = 960.0;
/// The share of flamebait where the scorer will be used; the examples are half and half.
const BASE_RATE: f64 = 0.2;

/// Fits a new model called `name` to labelled comments, and to harmless sentences about groups of
/// people.
#[must_use]
pub fn fit(name: &str, rows: &[Labelled]) -> Model {
    let mut examples = examples(rows);
    let scales = scales(&examples);
    examples.append(&mut self::examples(&neutral::sentences(NEUTRAL_WEIGHT)));
    let solution = solve(&examples.iter().collect::<Vec<_>>(), &scales, PENALTY);
    let limits = scales.map(|scale| LIMIT * SCALE / scale);
    let prior = (BASE_RATE / (1.0 - BASE_RATE)).ln();
    Model::from_weights(name, solution.bias + prior, &solution.features, &limits, &solution.buckets)
}

/// One over the standard deviation of each feature about 0.
fn scales(examples: &[Example]) -> [f64; FEATURES] {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    std::array::from_fn(|index| {
        let value = |example: &Example| f64::from(example.features[index]);
        let squares: f64 =
            examples.iter().map(|example| example.weight * value(example).powi(2)).sum();
        SCALE / (squares / total).sqrt().max(1e-3)
    })
}
