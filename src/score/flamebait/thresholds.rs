//! From which scores on a comment is heated, and from which flamebait.

use super::Label;

/// From which scores on a comment gets the labels above `calm`.
///
/// ```
/// use threadwarden::score::flamebait::{FlamebaitScorer, Label, Thresholds};
///
/// let thresholds = Thresholds::new(0.2, 0.6).unwrap_or_default();
/// let scorer = FlamebaitScorer::default().with_thresholds(thresholds);
/// assert_eq!(scorer.assess("You are a stupid idiot!").label, Label::Flamebait);
/// assert_eq!(thresholds.label(0.3), Label::Heated);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    heated: f64,
    flamebait: f64,
}

impl Default for Thresholds {
    /// [`Label::HEATED`] and [`Label::FLAMEBAIT`].
    fn default() -> Self {
        Self { heated: Label::HEATED, flamebait: Label::FLAMEBAIT }
    }
}

impl Thresholds {
    /// From these scores on; `None` unless both are from 0 to 1 and `heated` is not above
    /// `flamebait`.
    #[must_use]
    pub fn new(heated: f64, flamebait: f64) -> Option<Self> {
        (0.0 <= heated && heated <= flamebait && flamebait <= 1.0)
            .then_some(Self { heated, flamebait })
    }

    /// From this score on a comment is heated, 0–1.
    #[must_use]
    pub fn heated(self) -> f64 {
        self.heated
    }

    /// From this score on a comment is flamebait, 0–1.
    #[must_use]
    pub fn flamebait(self) -> f64 {
        self.flamebait
    }

    /// The label for a score.
    #[must_use]
    pub fn label(self, score: f64) -> Label {
        if score >= self.flamebait {
            Label::Flamebait
        } else if score >= self.heated {
            Label::Heated
        } else {
            Label::Calm
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Thresholds;
    use crate::score::flamebait::{FlamebaitScorer, Label};

    #[test]
    fn a_score_on_a_threshold_has_its_label() {
        let thresholds = Thresholds::new(0.25, 0.5).unwrap();
        let labels = [0.2499, 0.25, 0.4999, 0.5].map(|score| thresholds.label(score));
        assert_eq!(labels, [Label::Calm, Label::Heated, Label::Heated, Label::Flamebait]);
        assert_eq!(Thresholds::new(0.5, 0.5).unwrap().label(0.5), Label::Flamebait);
    }

    #[test]
    fn thresholds_out_of_range_or_out_of_order_are_none() {
        for (heated, flamebait) in [(0.6, 0.5), (-0.1, 0.5), (0.5, 1.1), (f64::NAN, 0.5)] {
            assert_eq!(Thresholds::new(heated, flamebait), None, "{heated} {flamebait}");
        }
        assert_eq!(Thresholds::new(0.5, f64::NAN), None);
    }

    #[test]
    fn thresholds_decide_what_is_told_of_a_comment_but_not_its_score() {
        let text = "You are a stupid idiot!";
        let usual = FlamebaitScorer::default().assess(text);
        assert!(usual.label == Label::Flamebait && !usual.reasons.is_empty());
        let strict = Thresholds::new(1.0, 1.0).unwrap();
        let calm = FlamebaitScorer::default().with_thresholds(strict).assess(text);
        assert_eq!((calm.score, calm.label, calm.target), (usual.score, Label::Calm, None));
        assert!(calm.categories.is_empty() && calm.reasons.is_empty());
    }

    #[test]
    fn from_a_threshold_of_zero_even_a_friendly_word_is_explained() {
        let all = Thresholds::new(0.0, 0.75).unwrap();
        let scorer = FlamebaitScorer::default().with_thresholds(all);
        let found = scorer.assess("Thank you, that was a helpful article.");
        assert_eq!(found.label, Label::Heated);
        assert!(!found.reasons.is_empty());
        assert_eq!(scorer.assess("").label, Label::Heated);
    }
}
