//! Whom an attack is aimed at.

use rustc_hash::FxHashSet;

use super::Target;
use super::category::{Class, mark};
use super::hits::Hit;
use super::token::{Kind, Token};

/// What the thread knows about whom a comment speaks to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'t> {
    /// The comment answers another one, or names somebody it speaks to.
    pub(super) answers: bool,
    /// Who is named in the article above.
    pub(super) names: &'t Names,
}

/// The hashes of names.
pub(super) type Names = FxHashSet<u64>;

/// Collects the names in an article: words with a capital inside a sentence that no lexicon knows.
pub(super) fn add_names(tokens: &[Token], names: &mut Names) {
    let inside = tokens.windows(2).filter(|pair| pair[0].sentence == pair[1].sentence);
    let named = inside.map(|pair| &pair[1]).filter(|token| token.capitalised && token.word == 0);
    names.extend(named.map(|token| token.hash));
}

/// Whom the attacks among `hits` are aimed at, by the words nearest to them; none if nobody is
/// attacked.
pub(super) fn find(
    tokens: &[Token],
    hits: &[Hit],
    surroundings: Surroundings<'_>,
) -> Option<Target> {
    let mut votes = [0.0_f32; TARGETS.len()];
    let mut attacks = false;
    for hit in hits.iter().filter(|hit| !hit.neutral && attacks_somebody(hit.entry.class)) {
        attacks = true;
        if let Some(target) = nearest(tokens, hit, surroundings.names) {
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
fn nearest(tokens: &[Token], hit: &Hit, names: &Names) -> Option<Target> {
    let sentence = tokens[hit.first].sentence;
    let inside = (hit.first..=hit.last).find_map(|at| aim(tokens, at, names));
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
            .find_map(|at| aim(tokens, at, names));
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
fn aim(tokens: &[Token], at: usize, names: &Names) -> Option<Target> {
    let token = &tokens[at];
    let named = || {
        token.capitalised
            && tokens.get(at.wrapping_sub(1)).is_some_and(|before| before.has(mark::TITLE))
    };
    if token.has(mark::YOU) || token.kind == Kind::Mention {
        Some(Target::Commenter)
    } else if token.has(mark::WRITER) {
        Some(Target::Writer)
    } else if token.has(mark::PUBLIC | mark::HE)
        || token.has(mark::TITLE) && token.capitalised
        || named()
        || token.capitalised && names.contains(&token.hash)
    {
        Some(Target::PublicFigure)
    } else if token.has(mark::GROUP | mark::IDENTITY | mark::THEY) {
        Some(Target::Group)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Surroundings, Target, add_names, find};
    use crate::score::flamebait::reader::Reader;

    fn target(text: &str, answers: bool) -> Option<Target> {
        let mut reader = Reader::default();
        let mut names = Names::default();
        reader.read("Yesterday the singer Wozzeck Blemmings opened the new bridge.");
        add_names(reader.tokens(), &mut names);
        reader.read(text);
        find(reader.tokens(), &reader.hits, Surroundings { answers, names: &names })
    }

    #[test]
    fn the_nearest_person_is_the_target() {
        for (text, expected) in [
            ("You are an idiot.", Target::Commenter),
            ("@Mohan what a stupid thing to say", Target::Commenter),
            ("The author of this piece is a clown.", Target::Writer),
            ("President Ngata is a crook and a moron.", Target::PublicFigure),
            ("Blemmings is a pathetic loser.", Target::PublicFigure),
            ("He is an idiot.", Target::PublicFigure),
            ("All politicians are idiots.", Target::Group),
            ("These people are scum.", Target::Group),
        ] {
            assert_eq!(target(text, false), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_answer_without_a_name_is_aimed_at_the_commenter() {
        assert_eq!(target("What an idiot.", true), Some(Target::Commenter));
        assert_eq!(target("What an idiot.", false), None);
    }

    #[test]
    fn nobody_is_attacked_where_nothing_attacks() {
        assert_eq!(target("You may be right about the bridge.", true), None);
        assert_eq!(target("Sorry, I was stupid.", true), None);
    }
}
