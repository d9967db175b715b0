//! Fits weights: the logarithm of the chance of the true parents, summed over all examples, less
//! a penalty on large weights, is made as large as it can be.

use crate::chain::feature::{Feature, Row};

/// A comment with its candidates.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// A row for each candidate.
    pub(super) rows: Vec<Row>,
    /// Whether each candidate is a true parent.
    pub(super) right: Vec<bool>,
    /// How much it counts.
    pub(super) weight: f64,
}

/// What to fit.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The features that may have a weight.
    pub features: Vec<Feature>,
    /// The penalty on the squares of the weights.
    pub penalty: f64,
    /// Weights that are set by hand and stay.
    pub fixed: Vec<(Feature, f32)>,
}

/// So many steps are made at most.
const MOST_STEPS: usize = 120;

/// So many earlier steps are remembered to guess the curvature.
const MEMORY: usize = 8;

/// Fits weights to examples.
#[expect(clippy::cast_possible_truncation, reason = "weights need few digits")]
pub(super) fn fit(examples: &[&Example], recipe: &Recipe) -> Row {
    let mut row = [0f32; Feature::ALL.len()];
    for &(feature, weight) in &recipe.fixed {
        row[feature as usize] = weight;
    }
    let fixed = recipe.fixed.iter().map(|(feature, _)| feature);
    let free: Vec<usize> = recipe
        .features
        .iter()
        .filter(|feature| fixed.clone().all(|other| other != *feature))
        .map(|&feature| feature as usize)
        .collect();
    let goal = Goal { examples, base: row, free: &free, penalty: recipe.penalty };
    let weights = minimise(&goal, vec![0.0; free.len()]);
    for (&feature, weight) in free.iter().zip(weights) {
        row[feature] = weight as f32;
    }
    row
}

/// What is to be made small: the loss of the weights in `free`, the others standing in `base`.
struct Goal<'a> {
    examples: &'a [&'a Example],
    base: Row,
    free: &'a [usize],
    penalty: f64,
}

impl Goal<'_> {
    /// The loss at `weights`; puts its slope into `slope`.
    fn at(&self, weights: &[f64], slope: &mut [f64]) -> f64 {
        let mut all: Vec<f64> = self.base.iter().map(|&weight| f64::from(weight)).collect();
        for (&feature, &weight) in self.free.iter().zip(weights) {
            all[feature] = weight;
        }
        let mut loss = 0.5 * self.penalty * weights.iter().map(|w| w * w).sum::<f64>();
        for (slope, weight) in slope.iter_mut().zip(weights) {
            *slope = self.penalty * weight;
        }
        let mut chances = Vec::new();
        for example in self.examples {
            chances.clear();
            let score =
                |row: &Row| row.iter().zip(&all).map(|(&x, w)| f64::from(x) * w).sum::<f64>();
            chances.extend(example.rows.iter().map(score));
            let most = chances.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (mut sum, mut right) = (0.0, 0.0);
            for (chance, &is_right) in chances.iter_mut().zip(&example.right) {
                *chance = (*chance - most).exp();
                sum += *chance;
                right += if is_right { *chance } else { 0.0 };
            }
            let right = right.max(f64::MIN_POSITIVE);
            loss -= example.weight * (right / sum).ln();
            for ((row, chance), &is_right) in example.rows.iter().zip(&chances).zip(&example.right)
            {
                let pull = chance / sum - if is_right { chance / right } else { 0.0 };
                for (slope, &feature) in slope.iter_mut().zip(self.free) {
                    *slope += example.weight * pull * f64::from(row[feature]);
                }
            }
        }
        loss
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Minimises by steps down the slope, bent by the curvature that the last steps showed (L-BFGS).
fn minimise(goal: &Goal<'_>, mut weights: Vec<f64>) -> Vec<f64> {
    let mut slope = vec![0.0; weights.len()];
    let mut loss = goal.at(&weights, &mut slope);
    let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..MOST_STEPS {
        let way = direction(&slope, &memory);
        let fall = dot(&way, &slope);
        let mut length =
            if memory.is_empty() { 1.0 / dot(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let mut next_slope = vec![0.0; weights.len()];
        let step = loop {
            let next: Vec<f64> = weights.iter().zip(&way).map(|(w, d)| w + length * d).collect();
            let next_loss = goal.at(&next, &mut next_slope);
            if next_loss <= loss + 1e-4 * length * fall {
                break Some((next, next_loss));
            }
            length *= 0.5;
            if length < 1e-10 {
                break None;
            }
        };
        let Some((next, next_loss)) = step else { break };
        let moved: Vec<f64> = next.iter().zip(&weights).map(|(new, old)| new - old).collect();
        let bent: Vec<f64> = next_slope.iter().zip(&slope).map(|(new, old)| new - old).collect();
        if dot(&moved, &bent) > 1e-12 {
            memory.push((moved, bent));
            if memory.len() > MEMORY {
                memory.remove(0);
            }
        }
        let gain = loss - next_loss;
        (weights, slope, loss) = (next, next_slope, next_loss);
        if gain < 1e-7 * loss.abs().max(1.0) {
            break;
        }
    }
    weights
}

/// The way down from a slope.
fn direction(slope: &[f64], memory: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut way: Vec<f64> = slope.iter().map(|slope| -slope).collect();
    let mut parts = Vec::new();
    for (moved, bent) in memory.iter().rev() {
        let part = dot(moved, &way) / dot(moved, bent);
        for (way, bent) in way.iter_mut().zip(bent) {
            *way -= part * bent;
        }
        parts.push(part);
    }
    if let Some((moved, bent)) = memory.last() {
        let scale = dot(moved, bent) / dot(bent, bent);
        for way in &mut way {
            *way *= scale;
        }
    }
    for ((moved, bent), part) in memory.iter().zip(parts.iter().rev()) {
        let back = part - dot(bent, &way) / dot(moved, bent);
        for (way, moved) in way.iter_mut().zip(moved) {
            *way += back * moved;
        }
    }
    way
}

/// Fits how chances are stretched and moved to mean what they say: slope and offset of the
/// log-odds, drawn a little towards leaving them as they are.
#[expect(clippy::cast_possible_truncation, reason = "weights need few digits")]
pub(super) fn calibrate(sureness: &[(f32, bool)]) -> (f32, f32) {
    let (mut slope, mut offset) = (1.0, 0.0);
    for _ in 0..50 {
        // Newton's method on two numbers.
        let mut pull = [slope - 1.0, offset];
        let mut bend = [[1.0, 0.0], [0.0, 1.0]];
        for &(chance, right) in sureness {
            let chance = f64::from(chance).clamp(1e-6, 1.0 - 1e-6);
            let odds = (chance / (1.0 - chance)).ln();
            let sure = 1.0 / (1.0 + f64::exp(-slope * odds - offset));
            let off = sure - f64::from(u8::from(right));
            let spread = sure * (1.0 - sure);
            for (index, value) in [odds, 1.0].into_iter().enumerate() {
                pull[index] += off * value;
                bend[index][0] += spread * value * odds;
                bend[index][1] += spread * value;
            }
        }
        let area = bend[0][0] * bend[1][1] - bend[0][1] * bend[1][0];
        let down = [
            (bend[1][1] * pull[0] - bend[0][1] * pull[1]) / area,
            (bend[0][0] * pull[1] - bend[1][0] * pull[0]) / area,
        ];
        slope = (slope - down[0]).max(0.05);
        offset -= down[1];
        if down[0].abs() + down[1].abs() < 1e-9 {
            break;
        }
    }
    (slope as f32, offset as f32)
}

/// The lowest confidence from which on at least `share` of the links are right.
pub(super) fn threshold(sureness: &[(f32, bool)], share: f64) -> Option<f32> {
    let mut sorted = sureness.to_vec();
    sorted.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut right, mut made) = (0.0, 0.0);
    let mut least = None;
    for (index, &(sure, is_right)) in sorted.iter().enumerate() {
        made += 1.0;
        right += f64::from(u8::from(is_right));
        // Between equal confidences there is no line to draw.
        let last = sorted.get(index + 1).is_none_or(|next| next.0 < sure);
        if last && right >= share * made {
            least = Some(sure);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_learn_which_feature_tells() {
        let example = |above: bool| {
            let mut rows = vec![[0.0; Feature::ALL.len()]; 2];
            rows[0][Feature::Above as usize] = f32::from(u8::from(above));
            rows[1][Feature::Above as usize] = f32::from(u8::from(!above));
            rows[0][Feature::Question as usize] = 1.0;
            Example { rows, right: vec![above, !above], weight: 1.0 }
        };
        let examples = [example(true), example(false), example(true)];
        let recipe = Recipe {
            features: vec![Feature::Above, Feature::Question],
            penalty: 0.1,
            fixed: vec![(Feature::Null, -1.0)],
        };
        let weights = fit(&examples.iter().collect::<Vec<_>>(), &recipe);
        assert!(weights[Feature::Above as usize] > 1.0);
        assert!(weights[Feature::Question as usize].abs() < 1.0);
        assert!((weights[Feature::Null as usize] + 1.0).abs() < 1e-6);
    }

    #[test]
    fn overconfident_chances_are_drawn_in() {
        let sureness: Vec<_> = (0..400).map(|n| (0.99, n % 4 != 0)).collect();
        let (slope, offset) = calibrate(&sureness);
        let odds = (0.99f32 / 0.01).ln();
        let sure = 1.0 / (1.0 + (-slope * odds - offset).exp());
        assert!((sure - 0.75).abs() < 0.02, "{sure}");
    }

    #[test]
    fn the_threshold_keeps_nine_of_ten_right() {
        let sureness = [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.5, false)];
        assert_eq!(threshold(&sureness, 0.9), Some(0.8));
        assert_eq!(threshold(&sureness, 0.75), Some(0.6));
        assert_eq!(threshold(&[(0.5, false)], 0.9), None);
    }
}
