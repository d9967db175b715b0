//! Features of the text as a whole: how its sentences follow on each other.

use super::sentences::Contents;
use super::{Feature, Features};
use crate::score::flamebait::category::mark;
use crate::score::flamebait::token::Token;

/// What only the order of the sentences shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Story {
    sentences: u16,
    lowest: f32,
    highest: f32,
    sum: f32,
    positive_before: Option<usize>,
    you: Option<usize>,
    others: bool,
    negative: Option<usize>,
}

impl Story {
    /// Takes in the next sentence.
    pub(super) fn go_on(
        &mut self,
        features: &mut Features,
        first: usize,
        last: usize,
        found: &Contents,
    ) {
        let valence = normal(found.valence);
        if self.sentences == 0 {
            (self.lowest, self.highest) = (valence, valence);
            if let Some(you) = found.you {
                features.one(Feature::YouFirst, you, you);
            }
            if let (Some(they), Some(negative)) = (found.they, found.negative) {
                features.one(Feature::ThirdNegativeFirst, they, negative);
            }
        }
        if let (Some(positive), true) = (self.positive_before, valence < -0.2) {
            features.one(Feature::PositiveThenNegative, positive, last);
        }
        self.positive_before = (valence > 0.2).then_some(first);
        self.sentences = self.sentences.saturating_add(1);
        if let Some(question) = found.question {
            features.one(Feature::Questions, question, question);
        }
        self.lowest = self.lowest.min(valence);
        self.highest = self.highest.max(valence);
        self.sum += found.valence;
        self.you = self.you.or(found.you);
        self.others |= found.they.is_some();
        self.negative = self.negative.or(found.negative);
    }

    /// Measures what all sentences together show.
    pub(super) fn end(self, features: &mut Features, tokens: &[Token]) {
        if tokens.is_empty() {
            return;
        }
        features.set(Feature::Valence, normal(self.sum));
        features.set(Feature::WorstSentence, self.lowest.min(0.0));
        features.set(Feature::Contrast, self.highest - self.lowest);
        let (mut worst, mut lowest) = (0, 0.0);
        for (at, token) in tokens.iter().enumerate() {
            if token.valence < lowest && !token.neutral {
                (worst, lowest) = (at, token.valence);
            }
        }
        features.add(Feature::WorstWord, worst, worst, lowest);
        let words = tokens.iter().filter(|token| token.is_own_word()).count();
        if let (Some(negative), true) = (self.negative, words <= 12) {
            features.one(Feature::ShortJab, negative, negative);
        }
        if let (Some(you), false) = (self.you, self.others) {
            features.one(Feature::YouAlone, you, you);
        }
        if tokens[0].has(mark::CONTRA) {
            features.one(Feature::ContraStart, 0, 0);
        }
    }
}

/// A sum of valences brought between -1 and 1, as VADER does.
fn normal(sum: f32) -> f32 {
    sum / (sum * sum + 15.0).sqrt()
}
