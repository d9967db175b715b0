//! What every word means to the rules, in one table.

use std::borrow::Cow;

use super::lexicon::{Lexicon, Meaning};
use super::lookup::{Lookup, UNKNOWN};
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
    pub(super) names: Vec<Cow<'static, str>>,
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
            collected.into_iter().partition(|(_, word)| word.flags & flags::FELT != 0);
        let unknown = ("".into(), Word::default());
        let not = ("n't".into(), Word { flags: flags::NEGATION, ..Word::default() });
        let first_felt = if felt.is_empty() { CAPITALS } else { id(2 + plain.len()) };
        let (names, words): (Vec<Cow<'static, str>>, Vec<Word>) =
            [unknown, not].into_iter().chain(plain).chain(felt).unzip();

        let (plain, felt) = names[2..].split_at((first_felt as usize - 2).min(names.len() - 2));
        let find = |name: &str| {
            let find =
                |names: &[Cow<str>]| names.binary_search_by(|known| (**known).cmp(name)).ok();
            let place = find(plain).or_else(|| Some(plain.len() + find(felt)?));
            place.map_or(UNKNOWN, |place| id(2 + place))
        };
        let mut phrases = Phrases::default();
        let mut idioms = Vec::new();
        for entry in lexicon.entries().iter().filter(|entry| entry.is_phrase()) {
            let words: Vec<u32> = entry.parts().map(find).collect();
            match entry.meaning {
                Meaning::Idiom(value) => idioms.push(Idiom { words, value, booster: false }),
                Meaning::IdiomBooster(value) => idioms.push(Idiom { words, value, booster: true }),
                _ => phrases.add(words, find(&entry.word)),
            }
        }
        phrases.sort();
        let single = (0..).zip(&names).skip(2).filter(|(_, name)| !name.contains(' '));
        Self {
            lookup: Lookup::new(single.map(|(id, name)| (&**name, id))),
            first_felt,
            but: find("but"),
            idioms,
            phrases,
            characters: Characters::new(lexicon, extended),
            extended,
            words,
            names,
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

/// The number of the word at `place`.
fn id(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(CAPITALS)
}

/// The words of all entries, their parts and the words with a role, each with its flags, in the
/// order of their bytes.
fn collect(lexicon: &Lexicon) -> Vec<(Cow<'static, str>, Word)> {
    let flagged = |flags| Word { flags, ..Word::default() };
    let roles = ROLES.iter().map(|(name, role)| (Cow::Borrowed(*name), flagged(*role)));
    let mut words: Vec<(Cow<'static, str>, Word)> = roles.collect();
    words.reserve(lexicon.entries().len());
    for entry in lexicon.entries() {
        let phrase = entry.is_phrase();
        if phrase {
            let idiom = matches!(entry.meaning, Meaning::Idiom(_) | Meaning::IdiomBooster(_));
            let mark = if idiom {
                // The longest word: it is the rarest, as a rule.
                (flags::PIVOT, entry.parts().max_by_key(|part| part.len()))
            } else {
                (flags::PHRASE, entry.parts().next())
            };
            words.extend(entry.parts().map(|part| {
                let flags = if mark.1 == Some(part) { mark.0 } else { 0 };
                (part.to_owned().into(), flagged(flags))
            }));
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
        let not = !phrase && entry.word.contains("n't");
        let flags = if not { flag | flags::NEGATION } else { flag };
        words.push((entry.word.clone(), Word { valence, boost, flags }));
    }
    words.sort_by(|(one, _), (other, _)| one.cmp(other));
    words.dedup_by(|(later, word), (first, kept)| {
        // Only the entry itself has values, all others have zeros.
        let same = later == first;
        if same {
            kept.valence += word.valence;
            kept.boost += word.boost;
            kept.flags |= word.flags;
        }
        same
    });
    words
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::score::sentiment::lexicon;

    #[test]
    fn the_built_in_words_are_placed_without_a_search_for_a_seed() {
        assert!(Words::new(&lexicon::exact().unwrap(), false).lookup.suits_at_once());
    }
}
