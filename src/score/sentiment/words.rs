//! What every word means to the rules, in one table.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::lexicon::{Lexicon, Meaning};
use super::lookup::Lookup;
use super::phrases::Phrases;
use super::rewrite::Characters;

/// Added to the id of a token that is in capitals.
pub(super) const CAPITALS: u32 = 1 << 31;

/// Stands in for any token with "n't" in it that has no entry of its own.
pub(super) const NOT_WORD: u32 = 1;

/// What a word is to the rules, as bits that can be asked for together.
pub(super) mod flags {
    /// It has a valence.
    pub(in super::super) const FELT: u32 = 1;
    /// It strengthens or weakens.
    pub(in super::super) const BOOSTER: u32 = 1 << 1;
    /// It turns the feeling round.
    pub(in super::super) const NEGATION: u32 = 1 << 2;
    /// An idiom holds it, and seldom anything else does.
    pub(in super::super) const PIVOT: u32 = 1 << 3;
    /// A phrase that counts as one word begins with it.
    pub(in super::super) const PHRASE: u32 = 1 << 4;
    pub(in super::super) const AT_VERY: u32 = 1 << 5;
    pub(in super::super) const DOUBT: u32 = 1 << 6;
    pub(in super::super) const KIND: u32 = 1 << 7;
    pub(in super::super) const LEAST: u32 = 1 << 8;
    pub(in super::super) const NEVER: u32 = 1 << 9;
    pub(in super::super) const NO: u32 = 1 << 10;
    pub(in super::super) const OF: u32 = 1 << 11;
    pub(in super::super) const OR_NOR: u32 = 1 << 12;
    pub(in super::super) const SO_THIS: u32 = 1 << 13;
    pub(in super::super) const WITHOUT: u32 = 1 << 14;
}

/// The words that the rules know by name.
const ROLES: [(&str, u32); 14] = [
    ("at", flags::AT_VERY),
    ("but", 0),
    ("doubt", flags::DOUBT),
    ("kind", flags::KIND),
    ("least", flags::LEAST),
    ("never", flags::NEVER),
    ("no", flags::NO),
    ("nor", flags::OR_NOR),
    ("of", flags::OF),
    ("or", flags::OR_NOR),
    ("so", flags::SO_THIS),
    ("this", flags::SO_THIS),
    ("very", flags::AT_VERY),
    ("without", flags::WITHOUT),
];

/// A word as the rules see it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Word {
    /// Mean rating, if it has feeling.
    pub(super) valence: f64,
    /// What it adds, if it is a booster.
    pub(super) boost: f64,
    pub(super) flags: u32,
}

/// A phrase for which the rules look around a word with feeling.
#[derive(Debug)]
pub(super) struct Idiom {
    pub(super) words: Vec<u32>,
    pub(super) value: f64,
    pub(super) booster: bool,
}

/// All that an analyzer knows.
#[derive(Debug)]
pub(super) struct Words {
    /// What each id means.
    pub(super) words: Vec<Word>,
    /// The word of each id.
    pub(super) names: Vec<Box<str>>,
    pub(super) lookup: Lookup,
    /// Words from this id on have feeling.
    pub(super) first_felt: u32,
    pub(super) but: u32,
    pub(super) idioms: Vec<Idiom>,
    pub(super) phrases: Phrases,
    pub(super) characters: Characters,
    pub(super) extended: bool,
}

impl Words {
    /// The tables for a lexicon.
    pub(super) fn new(lexicon: &Lexicon, extended: bool) -> Self {
        let collected = collect(lexicon);
        // Words without feeling first, so that the id alone tells the others.
        let (felt, plain): (Vec<_>, Vec<_>) =
            collected.iter().partition(|(_, word)| word.flags & flags::FELT != 0);
        let unknown = ("", Word::default());
        let not = ("n't", Word { flags: flags::NEGATION, ..Word::default() });
        let pairs = plain.into_iter().chain(felt).map(|(name, word)| (&**name, *word));
        let all: Vec<(&str, Word)> = [unknown, not].into_iter().chain(pairs).collect();

        let ids: BTreeMap<&str, u32> =
            (0..).zip(&all).skip(2).map(|(id, (name, _))| (*name, id)).collect();
        let first_felt = (0..)
            .zip(&all)
            .find(|(_, (_, word))| word.flags & flags::FELT != 0)
            .map_or(CAPITALS, |(id, _)| id);
        let single = ids.iter().filter(|(name, _)| !name.contains(' '));
        let mut phrases = Phrases::default();
        let mut idioms = Vec::new();
        for entry in lexicon.values().filter(|entry| entry.is_phrase()) {
            let words: Vec<u32> = entry.parts().map(|part| ids[part]).collect();
            match entry.meaning {
                Meaning::Idiom(value) => idioms.push(Idiom { words, value, booster: false }),
                Meaning::IdiomBooster(value) => idioms.push(Idiom { words, value, booster: true }),
                _ => phrases.add(words, ids[&*entry.word]),
            }
        }
        phrases.sort();
        Self {
            lookup: Lookup::new(single.map(|(name, id)| (*name, *id))),
            first_felt,
            but: ids["but"],
            idioms,
            phrases,
            characters: Characters::new(lexicon, extended),
            extended,
            words: all.iter().map(|(_, word)| *word).collect(),
            names: all.iter().map(|(name, _)| Box::from(*name)).collect(),
        }
    }

    /// The word of the token with this code.
    pub(super) fn name(&self, code: u32) -> &str {
        &self.names[(code & !CAPITALS) as usize]
    }

    /// What the token with this code means.
    pub(super) fn word(&self, code: u32) -> &Word {
        &self.words[(code & !CAPITALS) as usize]
    }
}

/// The words of all entries, their parts and the words with a role, each with its flags.
fn collect(lexicon: &Lexicon) -> BTreeMap<Cow<'_, str>, Word> {
    let mut words: BTreeMap<Cow<'_, str>, Word> = BTreeMap::new();
    for (name, role) in ROLES {
        words.entry(name.into()).or_default().flags |= role;
    }
    for entry in lexicon.values() {
        let phrase = entry.is_phrase();
        if phrase {
            let idiom = matches!(entry.meaning, Meaning::Idiom(_) | Meaning::IdiomBooster(_));
            let mark = if idiom {
                // The longest word: it is the rarest, as a rule.
                (flags::PIVOT, entry.parts().max_by_key(|part| part.len()))
            } else {
                (flags::PHRASE, entry.parts().next())
            };
            for part in entry.parts() {
                let word = words.entry(part.to_owned().into()).or_default();
                if mark.1 == Some(part) {
                    word.flags |= mark.0;
                }
            }
            if idiom {
                continue;
            }
        }
        let (valence, boost, flag) = match entry.meaning {
            Meaning::Word(valence) => (valence, 0.0, flags::FELT),
            Meaning::Booster(boost) => (0.0, boost, flags::BOOSTER),
            Meaning::Negation => (0.0, 0.0, flags::NEGATION),
            Meaning::Idiom(_) | Meaning::IdiomBooster(_) | Meaning::Emoji(_) => continue,
        };
        let word = words.entry(Cow::Borrowed(&*entry.word)).or_default();
        word.valence = valence;
        word.boost = boost;
        word.flags |= flag;
        if !phrase && entry.word.contains("n't") {
            word.flags |= flags::NEGATION;
        }
    }
    words
}
