//! Finds the minimum of a smooth convex function (L-BFGS).

/// How many steps are remembered.
const MEMORY: usize = 10;
/// A step must gain this share of what the slope promises.
const GAIN: f64 = 1e-4;
/// How often a step is halved before giving up.
const HALVINGS: usize = 30;

/// A step of the past: how far, and by how much the gradient changed.
struct Step {
    way: Vec<f64>,
    change: Vec<f64>,
    inverse: f64,
}

/// Moves `point` to the minimum of the function that gives a value and fills the gradient. Stops
/// after `rounds` steps, or when the gradient has shrunk to `tolerance` of what it was.
pub(super) fn minimise(
    point: &mut Vec<f64>,
    rounds: usize,
    tolerance: f64,
    mut function: impl FnMut(&[f64], &mut [f64]) -> f64,
) {
    let mut gradient = vec![0.0; point.len()];
    let mut value = function(point, &mut gradient);
    let goal = tolerance * norm(&gradient);
    let mut steps: Vec<Step> = Vec::new();
    let (mut next, mut next_gradient) = (point.clone(), gradient.clone());
    for round in 0..rounds {
        if norm(&gradient) <= goal {
            return;
        }
        let direction = direction(&gradient, &steps);
        let slope = dot(&direction, &gradient);
        let mut length = if round == 0 { 1.0 / norm(&gradient) } else { 1.0 };
        let mut found = None;
        for _ in 0..HALVINGS {
            for ((next, point), direction) in next.iter_mut().zip(&*point).zip(&direction) {
                *next = point + length * direction;
            }
            let next_value = function(&next, &mut next_gradient);
            if next_value <= value + GAIN * length * slope {
                found = Some(next_value);
                break;
            }
            length /= 2.0;
        }
        let Some(next_value) = found else { return };
        let way = difference(&next, point);
        let change = difference(&next_gradient, &gradient);
        let product = dot(&way, &change);
        if product > 0.0 {
            if steps.len() == MEMORY {
                steps.remove(0);
            }
            steps.push(Step { way, change, inverse: 1.0 / product });
        }
        std::mem::swap(point, &mut next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        value = next_value;
    }
}

/// Where to go: against the gradient, corrected for the curvature seen so far.
fn direction(gradient: &[f64], steps: &[Step]) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        let share = step.inverse * dot(&step.way, &direction);
        add(&mut direction, -share, &step.change);
        shares.push(share);
    }
    if let Some(last) = steps.last() {
        let scale = 1.0 / (last.inverse * dot(&last.change, &last.change));
        for value in &mut direction {
            *value *= scale;
        }
    }
    for (step, share) in steps.iter().zip(shares.into_iter().rev()) {
        let back = step.inverse * dot(&step.change, &direction);
        add(&mut direction, share - back, &step.way);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += factor * what;
    }
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

#[cfg(test)]
mod tests {
    use super::minimise;

    #[test]
    fn the_bottom_of_a_narrow_bowl_is_found() {
        let mut point = vec![5.0, -3.0];
        minimise(&mut point, 100, 1e-9, |at, gradient| {
            let (x, y) = (at[0] - 1.0, at[1] - 2.0);
            gradient.copy_from_slice(&[2.0 * x, 200.0 * y]);
            x * x + 100.0 * y * y
        });
        assert!((point[0] - 1.0).abs() < 1e-6 && (point[1] - 2.0).abs() < 1e-6, "{point:?}");
    }
}
