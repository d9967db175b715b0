//! Everything that is found in a text before any weight is known.

use super::category::Category;
use super::common::{COMMON, is_common};
use super::dictionary::BUILT_IN;
use super::features::{Blame, FEATURES, Feature, Features};
use super::fold::Folded;
use super::hits::{self, Hit};
use super::model::Model;
use super::ngram::{self, NGram};
use super::token::{Token, Tokens};
use super::tokenise;
use super::{Explanation, Reason};

/// Reads texts one after the other and keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) folded: Folded,
    tokens: Tokens,
    pub(super) hits: Vec<Hit>,
    pub(super) features: Features,
    pub(super) ngrams: Vec<NGram>,
}

impl Reader {
    /// Reads a text.
    pub(super) fn read(&mut self, text: &str) {
        self.folded.fold(text);
        tokenise::tokenise(text, &self.folded, &BUILT_IN, &mut self.tokens);
        hits::find(&mut self.tokens.list, &BUILT_IN, &mut self.hits);
        self.features.measure(&self.tokens.list, &self.hits);
        ngram::collect(&self.tokens.list, &mut self.ngrams);
    }

    /// The words and signs of the text.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens.list
    }

    /// What each word added to the log-odds under the model; all of it, in no special order.
    pub(super) fn contributions(&self, model: &Model) -> Vec<Reason> {
        let mut reasons = Vec::new();
        // What an event adds for each unit of its amount.
        let mut rates = [0.0_f32; FEATURES];
        for event in &self.features.events {
            rates[event.feature as usize] += event.amount.abs();
        }
        for (&feature, &value) in Feature::ALL.iter().zip(&self.features.values) {
            let total = model.of_feature(feature, value);
            match feature.blame() {
                Blame::Events if total != 0.0 => {
                    rates[feature as usize] = total / rates[feature as usize];
                }
                Blame::Events => rates[feature as usize] = 0.0,
                Blame::Valence => self.share_out(feature, total, &mut reasons),
            }
        }
        for event in &self.features.events {
            let weight = event.amount.abs() * rates[event.feature as usize];
            if weight != 0.0 {
                let (first, last) = (event.first as usize, event.last as usize);
                reasons.push(self.reason(event.feature.kind(), first, last, weight));
            }
        }
        let share = ngram::share(&self.ngrams);
        for ngram in &self.ngrams {
            let weight = model.of_ngram(ngram, share);
            if weight != 0.0 {
                let (first, last) = (ngram.first as usize, ngram.last as usize);
                let kind = match (first == last, [first, last].map(|at| &self.tokens()[at])) {
                    (_, ends) if ends.into_iter().all(is_common) => COMMON,
                    (true, _) => "word",
                    (false, _) => "words",
                };
                reasons.push(self.reason(kind, first, last, weight));
            }
        }
        reasons
    }

    /// Shares out what a feature added among the words with a valence.
    fn share_out(&self, feature: Feature, total: f32, reasons: &mut Vec<Reason>) {
        let strength = |token: &Token| if token.neutral { 0.0 } else { token.valence.abs() };
        let sum: f32 = self.tokens().iter().map(strength).sum();
        let places = self.tokens().iter().enumerate();
        for (at, token) in places.filter(|(_, token)| total != 0.0 && strength(token) > 0.0) {
            reasons.push(self.reason(feature.kind(), at, at, total * strength(token) / sum));
        }
    }

    fn reason(&self, kind: &'static str, first: usize, last: usize, weight: f32) -> Reason {
        let range = self.tokens()[first].range().start..self.tokens()[last].range().end;
        Reason { kind, span: self.folded.original(range), weight }
    }

    /// Each category for which something speaks, with a score from 0 to 1, strongest first.
    ///
    /// What the lexicons found counts by its weight there, words in company by what the model
    /// learnt about them; the stronger of the two decides.
    pub(super) fn categories(&self, model: &Model) -> Vec<(Category, f32)> {
        let mut listed = [0.0_f32; Category::ALL.len()];
        for hit in self.hits.iter().filter(|hit| !hit.neutral) {
            if let Some(category) = hit.entry.class.category() {
                listed[category as usize] += hit.entry.weight;
            }
        }
        let mut learnt = [0.0_f32; Category::ALL.len()];
        for (&feature, &value) in Feature::ALL.iter().zip(&self.features.values) {
            if let (Some(category), true) = (feature.category(), value != 0.0) {
                learnt[category as usize] += model.of_feature(feature, value).max(0.0);
            }
        }
        let evidence = listed.into_iter().zip(learnt).map(|(listed, learnt)| listed.max(learnt));
        let scored =
            Category::ALL.into_iter().zip(evidence.map(|evidence| 1.0 - (-evidence).exp()));
        let mut found: Vec<_> = scored.filter(|found| found.1 > 0.0).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }

    /// Takes the score of the text apart.
    pub(super) fn explain(&self, model: &Model, flamebait: super::Flamebait) -> Explanation {
        let mut contributions = self.contributions(model);
        contributions.sort_by(|a, b| {
            (a.span.start, a.span.end, a.kind).cmp(&(b.span.start, b.span.end, b.kind))
        });
        contributions.dedup_by(|later, kept| {
            let same = (later.kind, &later.span) == (kept.kind, &kept.span);
            if same {
                kept.weight += later.weight;
            }
            same
        });
        let log_odds = model.log_odds(&self.features, &self.ngrams);
        let categories = self.categories(model);
        Explanation { flamebait, bias: model.bias(), contributions, categories, log_odds }
    }
}

/// The weightiest reasons for a person: one for each place in the text, named by the weightiest
/// feature there rather than by the bare word.
pub(super) fn summarise(mut contributions: Vec<Reason>, most: usize) -> Vec<Reason> {
    let is_bare = |kind: &str| matches!(kind, "word" | "words" | COMMON);
    // The first of a place names it.
    contributions.sort_by(|a, b| {
        let place = (a.span.start, a.span.end).cmp(&(b.span.start, b.span.end));
        place
            .then(is_bare(a.kind).cmp(&is_bare(b.kind)))
            .then(b.weight.total_cmp(&a.weight))
            .then(a.kind.cmp(b.kind))
    });
    contributions.dedup_by(|later, kept| {
        let same = later.span == kept.span;
        if same {
            kept.weight += later.weight;
        }
        same
    });
    contributions.retain(|reason| reason.weight >= LEAST && reason.is_telling());
    contributions
        .sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.start.cmp(&b.span.start)));
    contributions.truncate(most);
    contributions
}

/// A reason that adds less than this to the log-odds is not worth naming.
const LEAST: f32 = 0.05;
