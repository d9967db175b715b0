//! Finds the entries of the lexicons in a text, and which of them are not the writer's attack.

use super::category::{Class, mark};
use super::dictionary::{Dictionary, Entry};
use super::quotation::is_said_now;
use super::token::{Kind, Token};

/// An entry of the lexicons found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// First and last token.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) entry: Entry,
    /// Denied, reported, or said of the writer. What is quoted is not even found.
    pub(super) neutral: bool,
}

/// Finds all entries, the longest of each class at each word, and notes them on the tokens.
pub(super) fn find(tokens: &mut [Token], dictionary: &Dictionary, hits: &mut Vec<Hit>) {
    hits.clear();
    for first in 0..tokens.len() {
        let mut state = tokens[first].state;
        if state == 0 || !tokens[first].is_word() {
            continue;
        }
        let known = hits.len();
        let mut last = first;
        loop {
            for &entry in dictionary.entries(state) {
                let hit = Hit { first, last, entry, neutral: false };
                match hits[known..].iter_mut().find(|hit| hit.entry.class == entry.class) {
                    Some(shorter) => *shorter = hit,
                    None => hits.push(hit),
                }
            }
            let Some(next) = tokens.get(last + 1) else { break };
            if !next.is_word() || next.sentence != tokens[first].sentence {
                break;
            }
            let Some(further) = dictionary.step(state, next.word) else { break };
            state = further;
            last += 1;
        }
    }
    for hit in hits.iter_mut() {
        hit.neutral = is_name(tokens, hit.first)
            || hit.entry.class.belittles()
                && (is_neutral(tokens, hit.first) || belittles_a_thing(tokens, hit));
    }
    for hit in hits.iter() {
        for token in &mut tokens[hit.first..=hit.last] {
            if hit.neutral {
                token.neutral = true;
            } else {
                token.classes |= 1 << hit.entry.class as u16;
            }
        }
    }
}

/// "Dick Cheney": a first name that is also an insult.
fn is_name(tokens: &[Token], at: usize) -> bool {
    let is_capitalised = |token: &Token| token.capitalised && !token.capitals;
    tokens[at].has(mark::NAME)
        && is_capitalised(&tokens[at])
        && tokens
            .get(at + 1)
            .is_some_and(|next| is_capitalised(next) && next.sentence == tokens[at].sentence)
}

/// "The stupid traffic light": a thing is not insulted.
fn belittles_a_thing(tokens: &[Token], hit: &Hit) -> bool {
    let next = tokens.get(hit.last + 1).filter(|next| next.sentence == tokens[hit.first].sentence);
    matches!(hit.entry.class, Class::Abuse | Class::Insult)
        && next.is_some_and(|next| next.has(mark::THING))
        && !tokens[hit.first.saturating_sub(2)..hit.first].iter().any(|token| token.has(mark::YOU))
}

/// How many words before an insult may decide that it is none.
const REACH: usize = 6;

/// Whether the insult at token `at` is denied ("not an idiot", "no need to be rude"), said of the
/// writer ("I was so stupid") or of a thing ("my car is garbage"), or reported ("he called me an
/// idiot").
fn is_neutral(tokens: &[Token], at: usize) -> bool {
    let sentence = tokens[at].sentence;
    let mut object = false;
    let mut being = false;
    let mut denied_speech = false;
    let mut pointless = false;
    for (at, token) in tokens[..at].iter().enumerate().rev().take(REACH) {
        if token.sentence != sentence {
            return false;
        }
        if token.kind == Kind::Quote {
            continue;
        }
        if token.has(mark::REPORTING) {
            return object && !is_said_now(tokens, at);
        }
        if token.has(mark::QUOTING) && object {
            // "I never said he was an idiot."
            denied_speech = true;
            continue;
        }
        if token.has(mark::NEGATION) && denied_speech {
            return true;
        }
        if token.has(mark::NEGATION) && !token.has(mark::CONTRA) && !object {
            // "Don't be stupid" denies nothing.
            return !(being && token.has(mark::IMPERATIVE));
        }
        if being && (token.has(mark::THING) || pointless && token.has(mark::NEGATION)) {
            return true;
        }
        if token.has(mark::SELF) && (being || is_contracted_or_possessive(token)) {
            return true;
        }
        if token.has(mark::YOU) {
            return false;
        }
        if token.has(mark::THIRD) || token.has(mark::FIRST) || token.capitalised {
            object = true;
        }
        being |= token.has(mark::BE);
        pointless = token.has(mark::POINTLESS);
        let transparent = token
            .has(mark::FILLER | mark::BE | mark::EMPHATIC | mark::HEDGE | mark::FIRST)
            || token.is(Class::Abuse)
            || token.is(Class::Profanity)
            || object && token.has(mark::THIRD)
            || token.capitalised
            || being && token.has(mark::POINTLESS);
        if !transparent && !is_link(token) {
            return false;
        }
    }
    false
}

/// "I'm", "my": words after which an insult falls on the writer without a further verb.
fn is_contracted_or_possessive(token: &Token) -> bool {
    const WORDS: [u64; 3] = [hash("i'm"), hash("im"), hash("my")];
    WORDS.contains(&token.hash)
}

/// "Accused of being …", "no need to be …".
fn is_link(token: &Token) -> bool {
    const WORDS: [u64; 2] = [hash("of"), hash("to")];
    WORDS.contains(&token.hash)
}

const fn hash(word: &str) -> u64 {
    super::hash::word(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Hit, find};
    use crate::score::flamebait::category::Class;
    use crate::score::flamebait::dictionary::BUILT_IN;
    use crate::score::flamebait::fold::Folded;
    use crate::score::flamebait::token::Tokens;
    use crate::score::flamebait::tokenise::tokenise;

    fn hits(text: &str) -> Vec<Hit> {
        let (mut folded, mut tokens, mut hits) = (Folded::default(), Tokens::default(), Vec::new());
        folded.fold(text);
        tokenise(text, &folded, &BUILT_IN, &mut tokens);
        find(&mut tokens.list, &BUILT_IN, &mut hits);
        hits
    }

    fn attacks(text: &str) -> bool {
        hits(text).iter().any(|hit| hit.entry.class.belittles() && !hit.neutral)
    }

    #[test]
    fn the_longest_phrase_of_a_class_wins() {
        let found = hits("what a piece of garbage");
        let insults: Vec<_> = found.iter().filter(|hit| hit.entry.class == Class::Insult).collect();
        assert_eq!(insults.len(), 1);
        assert_eq!((insults[0].first, insults[0].last), (2, 4));
    }

    #[test]
    fn an_insult_is_an_attack() {
        for text in [
            "you are an idiot",
            "Don't be stupid",
            "I am sick of you morons",
            "why don't you idiots read",
            "You need to be less stupid",
            "your stupid car",
        ] {
            assert!(attacks(text), "{text}");
        }
    }

    #[test]
    fn denied_reported_and_own_insults_are_none() {
        for text in [
            "you are not an idiot",
            "She isn't stupid",
            "Sorry, I was stupid",
            "I'm such an idiot",
            "I feel so dumb",
            "he called me an idiot",
            "They accused him of being a racist",
            "my stupid mistake",
            "calm down, no need to be rude",
            "The stupid traffic light is broken again",
            "My car is a piece of garbage",
        ] {
            assert!(!attacks(text), "{text}");
        }
    }
}
