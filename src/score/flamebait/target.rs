//! Whom an attack is aimed at.

use super::Target;
use super::category::{Class, mark};
use super::hits::Hit;
use super::token::{Kind, Token};

/// What the thread knows about whom a comment speaks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// The comment answers another one, or names somebody it speaks to.
    pub(super) answers: bool,
}

/// Whom the attacks among `hits` are aimed at, by the words nearest to them; none if nobody is
/// attacked.
pub(super) fn find(tokens: &[Token], hits: &[Hit], surroundings: Surroundings) -> Option<Target> {
    let mut votes = [0.0_f32; TARGETS.len()];
    let mut attacks = false;
    for hit in hits.iter().filter(|hit| !hit.neutral && attacks_somebody(hit.entry.class)) {
        attacks = true;
        if let Some(target) = nearest(tokens, hit) {
            let index = TARGETS.iter().position(|&known| known == target).unwrap_or_default();
            votes[index] += hit.entry.weight;
        }
    }
    let best = (0..TARGETS.len()).rev().max_by(|&a, &b| votes[a].total_cmp(&votes[b]))?;
    if votes[best] > 0.0 {
        return Some(TARGETS[best]);
    }
    let speaks_to = tokens.iter().any(|token| token.has(mark::YOU) || token.kind == Kind::Mention);
    (attacks && (speaks_to || surroundings.answers)).then_some(Target::Commenter)
}

/// All targets; of two with equal votes the first one wins.
const TARGETS: [Target; 4] =
    [Target::Commenter, Target::Writer, Target::PublicFigure, Target::Group];

/// How many words away the target of an insult may stand.
const REACH: usize = 8;

fn attacks_somebody(class: Class) -> bool {
    !matches!(class, Class::Profanity | Class::Sarcasm)
}

/// The target whose word stands nearest to the hit, within its sentence.
fn nearest(tokens: &[Token], hit: &Hit) -> Option<Target> {
    let sentence = tokens[hit.first].sentence;
    let inside = (hit.first..=hit.last).find_map(|at| aim(tokens, at));
    if matches!(inside, Some(Target::Commenter | Target::Group)) {
        return inside;
    }
    for distance in 1..=REACH {
        let before = hit.first.checked_sub(distance);
        let after = Some(hit.last + distance).filter(|&at| at < tokens.len());
        let found = [before, after]
            .into_iter()
            .flatten()
            .filter(|&at| tokens[at].sentence == sentence)
            .find_map(|at| aim(tokens, at));
        if found.is_some() {
            return found;
        }
    }
    match hit.entry.class {
        Class::Slur | Class::Generalisation => Some(Target::Group),
        _ => inside,
    }
}

/// Whom a word points at.
fn aim(tokens: &[Token], at: usize) -> Option<Target> {
    let token = &tokens[at];
    let named = || {
        token.capitalised
            && tokens.get(at.wrapping_sub(1)).is_some_and(|before| before.has(mark::TITLE))
    };
    if token.has(mark::YOU) || token.kind == Kind::Mention {
        Some(Target::Commenter)
    } else if token.has(mark::WRITER) {
        Some(Target::Writer)
    } else if token.has(mark::PUBLIC) || token.has(mark::TITLE) && token.capitalised || named() {
        Some(Target::PublicFigure)
    } else if token.has(mark::GROUP | mark::IDENTITY | mark::THEY) {
        Some(Target::Group)
    } else {
        None
    }
}
