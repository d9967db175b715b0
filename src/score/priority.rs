//! What a moderator should look at first.

use super::Assessment;
use super::flamebait::Target;

/// So many hostile answers count in full.
const MOST_FIRE: f64 = 3.0;

/// How much each thing counts for the priority of a comment. Only their proportions matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The comment's own flamebait score.
    pub flamebait: f64,
    /// How hot the thread is at the comment.
    pub heat: f64,
    /// Whom it is aimed at: a person who reads it, half as much a group or a public figure.
    pub target: f64,
    /// How many of its direct answers are flamebait; three count in full.
    pub answers: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { flamebait: 0.85, heat: 0.05, target: 0.05, answers: 0.05 }
    }
}

impl Weights {
    /// The names of the weights.
    pub const NAMES: [&str; 4] = ["flamebait", "heat", "target", "answers"];

    /// Sets the weight of this name; false if there is none or `weight` is no weight.
    pub fn set(&mut self, name: &str, weight: f64) -> bool {
        let place = match name {
            "flamebait" => &mut self.flamebait,
            "heat" => &mut self.heat,
            "target" => &mut self.target,
            "answers" => &mut self.answers,
            _ => return false,
        };
        *place = weight;
        weight.is_finite() && weight >= 0.0
    }

    /// How soon a moderator should look at the comment, 0–1: what decides its priority.
    ///
    /// ```
    /// use threadwarden::Assessment;
    /// use threadwarden::score::Weights;
    ///
    /// assert_eq!(Weights::default().urgency(&Assessment::default()), 0.0);
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "three answers count in full")]
    pub fn urgency(&self, assessment: &Assessment) -> f64 {
        let flamebait = assessment.flamebait.as_ref();
        let target = match flamebait.and_then(|flamebait| flamebait.target) {
            Some(Target::Commenter | Target::Writer) => 1.0,
            Some(Target::PublicFigure | Target::Group) => 0.5,
            None => 0.0,
        };
        let parts = [
            (self.flamebait, flamebait.map_or(0.0, |flamebait| flamebait.score)),
            (self.heat, assessment.heat.heat),
            (self.target, target),
            (self.answers, (assessment.heat.drew_fire as f64 / MOST_FIRE).min(1.0)),
        ];
        let all: f64 = parts.iter().map(|(weight, _)| weight).sum();
        if all > 0.0 {
            parts.iter().map(|(weight, value)| weight * value).sum::<f64>() / all
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::flamebait::{Flamebait, Label};

    fn assessment(score: f64, target: Option<Target>, drew_fire: u64) -> Assessment {
        let (label, categories, reasons) = (Label::of(score), Vec::new(), Vec::new());
        let mut assessment = Assessment {
            flamebait: Some(Flamebait { score, label, categories, target, reasons }),
            ..Assessment::default()
        };
        assessment.heat.drew_fire = drew_fire;
        assessment
    }

    #[test]
    fn flamebait_counts_most_and_the_rest_decides_between_equals() {
        let weights = Weights::default();
        let plain = weights.urgency(&assessment(0.8, None, 0));
        let aimed = weights.urgency(&assessment(0.8, Some(Target::Commenter), 0));
        let drew = weights.urgency(&assessment(0.8, Some(Target::Commenter), 9));
        let hotter = weights.urgency(&assessment(1.0, None, 0));
        assert!(plain < aimed && aimed < drew && drew <= 1.0 && plain < hotter);
    }

    #[test]
    fn only_proportions_of_weights_matter() {
        let comment = assessment(0.8, Some(Target::Group), 1);
        let one = Weights { flamebait: 2.0, heat: 0.0, target: 1.0, answers: 1.0 };
        let other = Weights { flamebait: 4.0, heat: 0.0, target: 2.0, answers: 2.0 };
        assert!((one.urgency(&comment) - other.urgency(&comment)).abs() < 1e-12);
    }
}
