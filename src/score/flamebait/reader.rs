//! Everything that is found in a text before any weight is known.

use std::cmp::Ordering;

use super::above::Above;
use super::accurate::Scratch;
use super::category::Category;
use super::common::{COMMON, is_common};
use super::dictionary::BUILT_IN;
use super::features::{Blame, FEATURES, Feature, Features};
use super::fold::Folded;
use super::hits::{self, Hit};
use super::judge::Judge;
use super::model::Model;
use super::ngram;
use super::quotation;
use super::token::{Token, Tokens};
use super::tokenise;
use super::{Explanation, Reason};

/// The evidence of a disguise, as for an entry of weight 1: enough to be named in reports.
const SEEN: f32 = 1.0;

/// Reads texts one after the other and keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) folded: Folded,
    pub(super) tokens: Tokens,
    pub(super) hits: Vec<Hit>,
    pub(super) features: Features,
    /// What the token model needs.
    pub(super) scratch: Scratch,
    /// The comment answered; kept for its room.
    above: Above,
    /// What the words of the text added; kept for its room.
    found: Vec<Found>,
    /// Their order by place; kept for its room.
    order: Vec<u128>,
}

impl Reader {
    /// Reads a text.
    pub(super) fn read(&mut self, text: &str) {
        self.take_in(text, false);
    }

    /// Reads a text as the answer to `above`: what it quotes or copies from there is not its own.
    pub(super) fn read_answer(&mut self, text: &str, above: &str) {
        self.above.read(above);
        self.take_in(text, true);
    }

    fn take_in(&mut self, text: &str, is_answer: bool) {
        let above = is_answer.then_some(&self.above);
        self.folded.fold(text);
        tokenise::tokenise(text, &self.folded, &BUILT_IN, &mut self.tokens);
        quotation::disown(&self.folded.bytes, &mut self.tokens.list, above);
        if let Some(above) = above {
            above.disown_copies(&mut self.tokens.list);
        }
        hits::find(&mut self.tokens.list, &BUILT_IN, &mut self.hits);
        self.features.measure(&self.tokens.list, &self.hits);
    }

    /// The words and signs of the text.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens.list
    }

    /// Hands over what each word added to the log-odds under the model: all of it, in no special
    /// order.
    pub(super) fn contributions(&self, model: &Model, mut each: impl FnMut(Found)) {
        // What an event adds for each unit of its amount.
        let mut rates = [0.0_f32; FEATURES];
        for event in &self.features.events {
            rates[event.feature as usize] += event.amount.abs();
        }
        for (feature, value) in self.features.found() {
            let total = model.of_feature(feature, value);
            match feature.blame() {
                Blame::Events if total != 0.0 => {
                    rates[feature as usize] = total / rates[feature as usize];
                }
                Blame::Events => rates[feature as usize] = 0.0,
                Blame::Valence if total != 0.0 => self.share_out(feature, total, &mut each),
                Blame::Valence => {}
            }
        }
        for event in &self.features.events {
            let weight = event.amount.abs() * rates[event.feature as usize];
            if weight != 0.0 {
                each(Found::new(event.feature.kind(), event.first, event.last, weight));
            }
        }
        let share = ngram::share(ngram::count(self.tokens()));
        ngram::each(self.tokens(), |ngram| {
            let weight = model.of_ngram(&ngram, share);
            if weight != 0.0 {
                let kind = if ngram.first == ngram.last { "word" } else { "words" };
                each(Found { bare: true, ..Found::new(kind, ngram.first, ngram.last, weight) });
            }
        });
    }

    /// Shares out what a feature added among the words with a valence.
    fn share_out(&self, feature: Feature, total: f32, each: &mut impl FnMut(Found)) {
        let strength = |token: &Token| if token.neutral { 0.0 } else { token.valence.abs() };
        let sum: f32 = self.tokens().iter().map(strength).sum();
        for (at, token) in (0..).zip(self.tokens()).filter(|(_, token)| strength(token) > 0.0) {
            each(Found::new(feature.kind(), at, at, total * strength(token) / sum));
        }
    }

    /// Whether nothing speaks but words that are common everywhere.
    fn is_common(&self, found: &Found) -> bool {
        let ends = [found.first, found.last].map(|at| &self.tokens()[at as usize]);
        found.bare && ends.into_iter().all(is_common)
    }

    fn reason(&self, found: &Found) -> Reason {
        let Found { first, last, kind, weight, .. } = *found;
        let range = self.tokens()[first as usize].start..self.tokens()[last as usize].end;
        let span = self.folded.original(range.start as usize..range.end as usize);
        let kind = if self.is_common(found) { COMMON } else { kind };
        Reason { kind, span, weight }
    }

    /// The weightiest reasons for a person: one for each place in the text, named by the weightiest
    /// feature there rather than by the bare word.
    pub(super) fn reasons(&mut self, judge: &Judge, most: usize) -> Vec<Reason> {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        judge.contributions(self, |one| found.push(one));
        // Sorted are not the findings themselves, which are large, but their places and numbers.
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        let numbered = (0_u128..).zip(&found);
        order.extend(numbered.map(|(number, one)| u128::from(one.place()) << 32 | number));
        order.sort_unstable();
        let mut reasons = Vec::new();
        for group in order.chunk_by(|a, b| a >> 32 == b >> 32) {
            #[expect(clippy::cast_possible_truncation, reason = "the number is in the low bits")]
            let group = group.iter().map(|&key| &found[key as u32 as usize]);
            let weight = group.clone().map(|one| one.weight).sum();
            if weight < LEAST {
                continue;
            }
            let best = group.min_by(|a, b| a.name_order(b)).filter(|best| !self.is_common(best));
            reasons.extend(best.map(|best| Found { weight, ..*best }));
        }
        (self.found, self.order) = (found, order);
        reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        reasons.truncate(most);
        reasons.iter().map(|found| self.reason(found)).collect()
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
        for (feature, value) in self.features.found() {
            if let (Some(category), true) = (feature.category(), value != 0.0) {
                learnt[category as usize] += model.of_feature(feature, value).max(0.0);
                // Other categories are guessed from words; this one is seen, whatever it adds.
                if category == Category::Disguise {
                    listed[category as usize] = SEEN;
                }
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
    pub(super) fn explain(&mut self, judge: &Judge, flamebait: super::Flamebait) -> Explanation {
        let log_odds = judge.log_odds(self);
        let mut found = Vec::new();
        judge.contributions(self, |one| found.push(one));
        let mut contributions: Vec<Reason> = found.iter().map(|one| self.reason(one)).collect();
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
        let bias = log_odds - contributions.iter().map(|reason| reason.weight).sum::<f32>();
        let categories = self.categories(&judge.model);
        Explanation { flamebait, bias, contributions, categories, log_odds }
    }
}

/// What something in the text added to the log-odds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) kind: &'static str,
    /// First and last token.
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) weight: f32,
    /// Only the word itself speaks, no feature.
    pub(super) bare: bool,
}

impl Found {
    pub(super) fn new(kind: &'static str, first: u32, last: u32, weight: f32) -> Self {
        Self { kind, first, last, weight, bare: false }
    }

    /// Orders by first token, then by last.
    fn place(&self) -> u64 {
        u64::from(self.first) << 32 | u64::from(self.last)
    }

    /// Which of two that stand in one place should name it: the first.
    fn name_order(&self, other: &Self) -> Ordering {
        let bare = self.bare.cmp(&other.bare);
        bare.then(other.weight.total_cmp(&self.weight)).then(self.kind.cmp(other.kind))
    }
}

/// A reason that adds less than this to the log-odds is not worth naming.
const LEAST: f32 = 0.05;
