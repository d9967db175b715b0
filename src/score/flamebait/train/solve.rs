//! Penalised logistic regression on examples.

use super::example::Example;
use super::lbfgs;
use crate::score::flamebait::features::FEATURES;
use crate::score::flamebait::ngram::BUCKETS;

/// The size of the features beside that of the words: the larger, the less they are held back.
pub(super) const SCALE: f64 = 0.15;
/// Values of a feature further from 0 than this many standard deviations count no more.
pub(super) const LIMIT: f64 = 4.0;
/// How strongly the slope is held back: little, for it is a single number.
const SLOPE_PENALTY: f64 = 5.0;
/// At least a quarter of the log-odds that the examples begin with is left: few rows may say that
/// all scores are the wrong way round, which is chance.
const LEAST_SLOPE: f64 = -0.75;
/// How long to search.
const ROUNDS: usize = 300;
const TOLERANCE: f64 = 1e-4;

/// What is added to the log-odds that the examples begin with.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::score::flamebait) struct Solution {
    pub(in crate::score::flamebait) bias: f64,
    /// The log-odds that the examples begin with are multiplied by one more than this.
    pub(in crate::score::flamebait) slope: f64,
    pub(in crate::score::flamebait) features: [f64; FEATURES],
    pub(in crate::score::flamebait) buckets: Vec<f64>,
}

/// Finds the weights that explain the examples best without being large. `scales` makes all
/// features of one size; the larger `penalty`, the smaller the weights.
pub(super) fn solve(examples: &[&Example], scales: &[f64; FEATURES], penalty: f64) -> Solution {
    let words = Words::of(examples);
    let (bias, slope) = (FEATURES + words.used.len(), FEATURES + words.used.len() + 1);
    let features: Vec<_> =
        examples.iter().map(|example| scaled(&example.features, scales)).collect();
    let mut weights = vec![0.0; slope + 1];
    lbfgs::minimise(&mut weights, ROUNDS, TOLERANCE, |weights, gradient| {
        let mut loss = 0.0;
        for (gradient, weight) in gradient.iter_mut().zip(weights) {
            loss += penalty / 2.0 * weight * weight;
            *gradient = penalty * weight;
        }
        loss -= penalty / 2.0 * weights[bias] * weights[bias];
        gradient[bias] = 0.0;
        loss += (SLOPE_PENALTY - penalty) / 2.0 * weights[slope] * weights[slope];
        gradient[slope] = SLOPE_PENALTY * weights[slope];
        for ((example, features), buckets) in examples.iter().zip(&features).zip(&words.rows) {
            let dense: f64 =
                features.iter().zip(weights).map(|(value, weight)| value * weight).sum();
            let known =
                |&word: &u32| weights[FEATURES + word as usize] * words.scales[word as usize];
            let sum: f64 = buckets.iter().map(known).sum();
            let start = (1.0 + weights[slope]) * example.start;
            let (mistake, chance) =
                self::loss(start + weights[bias] + dense + sum * example.share, example.target);
            let change = example.weight * (chance - example.target);
            loss += example.weight * mistake;
            gradient[bias] += change;
            gradient[slope] += change * example.start;
            gradient
                .iter_mut()
                .zip(features)
                .for_each(|(gradient, value)| *gradient += change * value);
            for &word in buckets {
                gradient[FEATURES + word as usize] +=
                    change * example.share * words.scales[word as usize];
            }
        }
        loss
    });
    let mut buckets = vec![0.0; BUCKETS];
    for ((&bucket, scale), weight) in words.used.iter().zip(&words.scales).zip(&weights[FEATURES..])
    {
        buckets[bucket as usize] = weight * scale;
    }
    let features = std::array::from_fn(|index| weights[index] * scales[index]);
    let kept = weights[slope].max(LEAST_SLOPE);
    let weight: f64 = examples.iter().map(|example| example.weight).sum();
    let start: f64 = examples.iter().map(|example| example.weight * example.start).sum();
    let bias = weights[bias] + (weights[slope] - kept) * start / weight.max(f64::MIN_POSITIVE);
    Solution { bias, slope: kept, features, buckets }
}

/// The buckets that the examples use, numbered anew.
struct Words {
    used: Vec<u32>,
    /// The buckets of each example, by their new numbers.
    rows: Vec<Vec<u32>>,
    /// What a bucket's value is multiplied by: rare words are larger than common ones.
    scales: Vec<f64>,
}

impl Words {
    fn of(examples: &[&Example]) -> Self {
        let mut used: Vec<u32> =
            examples.iter().flat_map(|example| &example.buckets).copied().collect();
        used.sort_unstable();
        used.dedup();
        let number = |bucket: &u32| {
            let place = used.binary_search(bucket).unwrap_or_default();
            u32::try_from(place).unwrap_or_default()
        };
        let rows: Vec<Vec<u32>> =
            examples.iter().map(|example| example.buckets.iter().map(number).collect()).collect();
        let mut holders = vec![0_u32; used.len()];
        let mut once = Vec::new();
        for row in &rows {
            once.clone_from(row);
            once.sort_unstable();
            once.dedup();
            for &word in &once {
                holders[word as usize] += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
        let count = examples.len() as f64;
        let rarity = |&holders: &u32| 1.0 + ((count + 1.0) / f64::from(holders + 1)).ln();
        Self { rows, scales: holders.iter().map(|holders| SCALE * rarity(holders)).collect(), used }
    }
}

fn scaled(values: &[f32; FEATURES], scales: &[f64; FEATURES]) -> [f64; FEATURES] {
    let limit = LIMIT * SCALE;
    std::array::from_fn(|index| (f64::from(values[index]) * scales[index]).clamp(-limit, limit))
}

/// The logistic loss and the probability.
pub(super) fn loss(log_odds: f64, target: f64) -> (f64, f64) {
    let small = (-log_odds.abs()).exp();
    let chance = if log_odds >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
    (log_odds.max(0.0) - target * log_odds + small.ln_1p(), chance)
}
