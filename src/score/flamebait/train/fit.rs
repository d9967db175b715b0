//! Logistic regression.

use super::example::{Example, examples};
use super::labelled::Labelled;
use super::lbfgs;
use super::neutral;
use crate::score::flamebait::features::FEATURES;
use crate::score::flamebait::model::Model;
use crate::score::flamebait::ngram::BUCKETS;

/// How strongly the weights are held back, where the examples weigh 1 on average.
const PENALTY: f64 = 1.0;
/// A feature counts this much beside a word, so that it is held back less or more.
const FEATURE_SCALE: f64 = 0.15;
/// Values of a feature further from 0 than this many standard deviations count no more.
const LIMIT: f64 = 4.0;
/// How many harmless sentences about groups there are, in ordinary examples.
const NEUTRAL_WEIGHT: f64 = 960.0;
/// How long to search.
const ROUNDS: usize = 300;
const TOLERANCE: f64 = 1e-4;

/// What the values of the features are multiplied by, so that all are of one size.
type Scales = [f64; FEATURES];

/// The weights in one row: those of the features, of the buckets, and the bias.
const BIAS: usize = FEATURES + BUCKETS;

/// Fits a new model called `name` to labelled comments, and to harmless sentences about groups of
/// people.
#[must_use]
pub fn fit(name: &str, rows: &[Labelled]) -> Model {
    let mut examples = examples(rows);
    let scales = scales(&examples);
    examples.append(&mut self::examples(&neutral::sentences(NEUTRAL_WEIGHT)));
    let start = vec![0.0; BIAS + 1];
    let weights = solve(&examples, &scales, start, PENALTY);
    let features = std::array::from_fn(|index| narrow(weights[index] * scales[index]));
    let limits = std::array::from_fn(|index| narrow(LIMIT * FEATURE_SCALE / scales[index]));
    Model::from_weights(name, weights[BIAS], features, limits, &weights[FEATURES..BIAS])
}

#[allow(clippy::cast_possible_truncation)]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// One over the standard deviation of each feature about 0.
fn scales(examples: &[Example]) -> Scales {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    std::array::from_fn(|index| {
        let squares = examples
            .iter()
            .map(|example| example.weight * f64::from(example.features[index]).powi(2));
        let deviation = (squares.sum::<f64>() / total).sqrt();
        FEATURE_SCALE / deviation.max(1e-3)
    })
}

/// The weights that explain the examples best without being large.
fn solve(examples: &[Example], scales: &Scales, start: Vec<f64>, penalty: f64) -> Vec<f64> {
    let origin = start.clone();
    let mut weights = start;
    let scaled: Vec<[f64; FEATURES]> =
        examples.iter().map(|example| scaled(example, scales)).collect();
    lbfgs::minimise(&mut weights, ROUNDS, TOLERANCE, |weights, gradient| {
        let mut loss = 0.0;
        for (index, weight) in weights.iter().enumerate() {
            let away = weight - origin[index];
            let penalty = if index == BIAS { 0.0 } else { penalty };
            loss += penalty / 2.0 * away * away;
            gradient[index] = penalty * away;
        }
        for (example, features) in examples.iter().zip(&scaled) {
            loss += example.add_loss(features, weights, gradient);
        }
        loss
    });
    weights
}

fn scaled(example: &Example, scales: &Scales) -> [f64; FEATURES] {
    let limit = LIMIT * FEATURE_SCALE;
    std::array::from_fn(|index| {
        (f64::from(example.features[index]) * scales[index]).clamp(-limit, limit)
    })
}

impl Example {
    /// Its loss under the weights, whose gradient is added.
    fn add_loss(&self, features: &[f64; FEATURES], weights: &[f64], gradient: &mut [f64]) -> f64 {
        let (dense, words) = weights[..BIAS].split_at(FEATURES);
        let dense: f64 = features.iter().zip(dense).map(|(value, weight)| value * weight).sum();
        let words: f64 = self.buckets.iter().map(|&bucket| words[bucket as usize]).sum();
        let log_odds = weights[BIAS] + dense + words * self.share;
        let (loss, chance) = loss(log_odds, self.target);
        let slope = self.weight * (chance - self.target);
        for (gradient, value) in gradient.iter_mut().zip(features) {
            *gradient += slope * value;
        }
        for &bucket in &self.buckets {
            gradient[FEATURES + bucket as usize] += slope * self.share;
        }
        gradient[BIAS] += slope;
        self.weight * loss
    }
}

/// The logistic loss and the probability.
fn loss(log_odds: f64, target: f64) -> (f64, f64) {
    let small = (-log_odds.abs()).exp();
    let chance = if log_odds >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
    (log_odds.max(0.0) - target * log_odds + small.ln_1p(), chance)
}
