//! Adds up the weights of what was found.

use super::category::{Category, Class, mark};
use super::hits::Hit;
use super::token::{Kind, Token};

/// Something in a text that raises or lowers the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    /// What it is, for a person.
    pub(super) kind: &'static str,
    pub(super) category: Option<Category>,
    /// First and last token.
    pub(super) first: usize,
    pub(super) last: usize,
    /// What it adds to the log-odds.
    pub(super) weight: f32,
}

/// The log-odds of a comment in which nothing was found.
pub(super) const BIAS: f32 = -3.2;

/// Words that speak to somebody count this often at most.
const MOST_YOU: usize = 4;

/// Collects the evidence in a text.
pub(super) fn weigh(tokens: &[Token], hits: &[Hit], evidence: &mut Vec<Evidence>) {
    evidence.clear();
    for hit in hits.iter().filter(|hit| !hit.neutral) {
        let Hit { first, last, entry, .. } = *hit;
        let kind = entry.class.name();
        let category = Some(entry.class.category()).filter(|_| entry.class != Class::Profanity);
        evidence.push(Evidence { kind, category, first, last, weight: entry.weight });
        let you = near_you(tokens, first, last).filter(|_| entry.class.belittles());
        if let Some(you) = you {
            let kind = "insult to you";
            evidence.push(Evidence { kind, category: None, first: you, last: you, weight: 0.8 });
        }
        if (first..=last).any(|at| tokens[at].disguised) {
            let category = Some(Category::Disguise);
            evidence.push(Evidence { kind: "disguise", category, first, last, weight: 0.5 });
        }
    }
    let places = || tokens.iter().enumerate();
    for (at, _) in places().filter(|(_, token)| token.has(mark::YOU)).take(MOST_YOU) {
        evidence.push(Evidence {
            kind: "second person",
            category: None,
            first: at,
            last: at,
            weight: 0.25,
        });
    }
    for (at, _) in places().filter(|(_, token)| token.has(mark::POLITE)).take(2) {
        evidence.push(Evidence {
            kind: "politeness",
            category: None,
            first: at,
            last: at,
            weight: -0.3,
        });
    }
    let shouted = places().filter(|(_, token)| token.capitals).count();
    if shouted >= 4 && 2 * shouted > tokens.len() {
        let (first, last) = (0, tokens.len() - 1);
        evidence.push(Evidence {
            kind: "shouting",
            category: Some(Category::Shouting),
            first,
            last,
            weight: 0.6,
        });
    }
    let outcry =
        |token: &Token| token.kind == Kind::Outcry { asks: false } && token.end - token.start > 1;
    for (at, _) in places().filter(|(_, token)| outcry(token)).take(2) {
        evidence.push(Evidence {
            kind: "shouting",
            category: Some(Category::Shouting),
            first: at,
            last: at,
            weight: 0.2,
        });
    }
}

/// A second person within four words of the tokens `first` to `last`.
fn near_you(tokens: &[Token], first: usize, last: usize) -> Option<usize> {
    let sentence = tokens[first].sentence;
    let range = first.saturating_sub(4)..tokens.len().min(last + 5);
    range.into_iter().find(|&at| tokens[at].has(mark::YOU) && tokens[at].sentence == sentence)
}
