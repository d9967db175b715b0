//! All lexicons in one table: a look-up per word, and a tree of phrases on top.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::category::{Class, Marks, marker};
use super::hash::{self, HashTable};
use crate::error::Result;
use crate::lexicon;

/// What the lexicons know about a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// What it does beside other words.
    pub(super) marks: Marks,
    /// VADER's valence, -4 to 4.
    pub(super) valence: f32,
    /// The state of the phrase tree after this word; 0 if no phrase begins with it.
    pub(super) state: u32,
}

/// An entry that heats a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) class: Class,
    /// 1, mild, to 4, the worst.
    pub(super) severity: u8,
    /// The log-odds that the entry is thought to add.
    pub(super) weight: f32,
}

/// A state of the phrase tree: what has been read so far.
#[derive(Clone, Debug, Default)]
struct State {
    /// The entries that end here.
    entries: Vec<Entry>,
    /// Whether any phrase goes on from here.
    goes_on: bool,
}

/// All lexicons together.
#[derive(Debug)]
pub(super) struct Dictionary {
    table: HashTable,
    words: Vec<Word>,
    states: Vec<State>,
    steps: FxHashMap<u64, u32>,
}

/// The lexicons that are built in, with the names of their files.
const ENTRIES: [(&str, &str); 11] = [
    ("insults.tsv", include_str!("../../../lexicons/flamebait/insults.tsv")),
    ("profanity.tsv", include_str!("../../../lexicons/flamebait/profanity.tsv")),
    ("slurs.tsv", include_str!("../../../lexicons/flamebait/slurs.tsv")),
    ("name-calling.tsv", include_str!("../../../lexicons/flamebait/name-calling.tsv")),
    ("dismissals.tsv", include_str!("../../../lexicons/flamebait/dismissals.tsv")),
    ("condescension.tsv", include_str!("../../../lexicons/flamebait/condescension.tsv")),
    ("sarcasm.tsv", include_str!("../../../lexicons/flamebait/sarcasm.tsv")),
    ("threats.tsv", include_str!("../../../lexicons/flamebait/threats.tsv")),
    ("provocations.tsv", include_str!("../../../lexicons/flamebait/provocations.tsv")),
    ("accusations.tsv", include_str!("../../../lexicons/flamebait/accusations.tsv")),
    ("generalisations.tsv", include_str!("../../../lexicons/flamebait/generalisations.tsv")),
];

const MARKERS: [(&str, &str); 2] = [
    ("markers.tsv", include_str!("../../../lexicons/flamebait/markers.tsv")),
    ("identity.tsv", include_str!("../../../lexicons/flamebait/identity.tsv")),
];

/// The lexicons that are built in. A fault in them is a fault of the build, found by a test, and
/// leaves the dictionary empty.
pub(super) static BUILT_IN: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::built_in().unwrap_or_else(|_| Dictionary::empty()));

impl Dictionary {
    fn empty() -> Self {
        Self {
            table: HashTable::new(),
            words: vec![Word::default()],
            states: vec![State::default()],
            steps: FxHashMap::default(),
        }
    }

    fn built_in() -> Result<Self> {
        let mut dictionary = Self::empty();
        for (word, valence) in vader_sentiment::LEXICON.iter() {
            // Valences are small numbers with one decimal.
            #[allow(clippy::cast_possible_truncation)]
            let valence = *valence as f32;
            let word = dictionary.word(&word.to_lowercase());
            dictionary.words[word as usize].valence = valence;
        }
        for (name, table) in MARKERS {
            dictionary.add_markers(name, table)?;
        }
        for (name, table) in ENTRIES {
            dictionary.add_entries(name, table)?;
        }
        Ok(dictionary)
    }

    fn add_markers(&mut self, name: &str, table: &str) -> Result<()> {
        for (line, fields) in lexicon::entries(table) {
            let [entry, class] = fields[..] else {
                return Err(lexicon::fault(name, line, "expected a word and a class"));
            };
            let Some(marks) = marker(class) else {
                return Err(lexicon::fault(name, line, format!("{class:?} is no class of words")));
            };
            let word = self.word(entry);
            self.words[word as usize].marks |= marks;
        }
        Ok(())
    }

    fn add_entries(&mut self, name: &str, table: &str) -> Result<()> {
        for (line, fields) in lexicon::entries(table) {
            let [text, class, ..] = fields[..] else {
                return Err(lexicon::fault(name, line, "expected a phrase and a class"));
            };
            let Some(class) = Class::ALL.into_iter().find(|known| known.name() == class) else {
                return Err(lexicon::fault(
                    name,
                    line,
                    format!("{class:?} is no class of phrases"),
                ));
            };
            let severity = lexicon::number(name, line, &fields, 2)?;
            let weight = lexicon::number(name, line, &fields, 3)?;
            if !(1.0..=4.0).contains(&severity) {
                return Err(lexicon::fault(name, line, "a severity is 1, 2, 3 or 4"));
            }
            // In range by the line above; weights are small numbers with one decimal.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let entry = Entry { class, severity: severity as u8, weight: weight as f32 };
            let slots: Vec<&str> = text.split(' ').collect();
            self.add_phrase(&slots, 0, entry);
        }
        Ok(())
    }

    /// Adds every spelling of the phrase whose remaining `slots` follow on `state`.
    fn add_phrase(&mut self, slots: &[&str], state: u32, entry: Entry) {
        let Some((slot, rest)) = slots.split_first() else {
            let entries = &mut self.states[state as usize].entries;
            if state != 0 && !entries.iter().any(|known| known.class == entry.class) {
                entries.push(entry);
            }
            return;
        };
        let (choices, optional) =
            slot.strip_suffix('?').map_or((*slot, false), |slot| (slot, true));
        if optional {
            self.add_phrase(rest, state, entry);
        }
        for choice in choices.split('|') {
            let mut next = state;
            for part in parts(choice) {
                let word = self.word(part);
                next = self.step_or_insert(next, word);
            }
            self.add_phrase(rest, next, entry);
        }
    }

    /// The number of `word`, which is added if it is new.
    fn word(&mut self, word: &str) -> u32 {
        let new = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let number = self.table.get_or_insert(hash::word(word.as_bytes()), new);
        if number == new {
            self.words.push(Word::default());
        }
        number
    }

    fn step_or_insert(&mut self, state: u32, word: u32) -> u32 {
        let known = if state == 0 {
            Some(self.words[word as usize].state).filter(|&state| state != 0)
        } else {
            self.step(state, word)
        };
        if let Some(next) = known {
            return next;
        }
        let next = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.states.push(State::default());
        if state == 0 {
            self.words[word as usize].state = next;
        } else {
            self.states[state as usize].goes_on = true;
            self.steps.insert(key(state, word), next);
        }
        next
    }

    /// The number of the word with that hash; 0 for an unknown one.
    #[inline]
    pub(super) fn number(&self, hash: u64) -> u32 {
        self.table.get(hash).unwrap_or(0)
    }

    /// What is known about the word with that number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// The state of the phrase tree after `state` when `word` follows.
    #[inline]
    pub(super) fn step(&self, state: u32, word: u32) -> Option<u32> {
        if !self.states[state as usize].goes_on {
            return None;
        }
        self.steps.get(&key(state, word)).copied()
    }

    /// The entries that end in `state`.
    #[inline]
    pub(super) fn entries(&self, state: u32) -> &[Entry] {
        &self.states[state as usize].entries
    }
}

fn key(state: u32, word: u32) -> u64 {
    u64::from(state) << 32 | u64::from(word)
}

/// The words of one choice of a slot, as the tokeniser would find them.
fn parts(choice: &str) -> impl Iterator<Item = &str> {
    choice.split('-').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, hash};
    use crate::score::flamebait::category::{Class, mark};

    #[test]
    fn the_built_in_lexicons_are_well_formed() {
        let dictionary = Dictionary::built_in().unwrap();
        let you = dictionary.number(hash::word(b"you"));
        assert_ne!(dictionary.get(you).marks & mark::YOU, 0);
    }

    #[test]
    fn a_phrase_with_choices_and_an_absent_slot_is_found_in_every_spelling() {
        let mut dictionary = Dictionary::empty();
        dictionary.add_entries("test", "get a|the silly? hat\tdismissal\t2\t0.5").unwrap();
        for phrase in ["get a hat", "get the hat", "get a silly hat"] {
            let mut words =
                phrase.split(' ').map(|word| dictionary.number(hash::word(word.as_bytes())));
            let first = dictionary.get(words.next().unwrap()).state;
            let last = words.try_fold(first, |state, word| dictionary.step(state, word)).unwrap();
            assert_eq!(dictionary.entries(last)[0].class, Class::Dismissal, "{phrase}");
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let fault = Dictionary::empty().add_entries("test", "\nhat\thats\t2\t1").unwrap_err();
        assert_eq!(fault.to_string(), "test:2: \"hats\" is no class of phrases");
    }
}
