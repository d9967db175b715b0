//! Fills the dictionary from the lexicons in `lexicons/flamebait`.

use super::category::{Class, mark, marker};
use super::dictionary::{Dictionary, Entry, Target};
use super::hash;
use super::unmask;
use crate::error::Result;
use crate::lexicon;
use crate::score::vader;

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

/// Words that look like others and are not.
const INNOCENTS: (&str, &str) =
    ("innocents.tsv", include_str!("../../../lexicons/flamebait/innocents.tsv"));

/// Shorter words are not looked for behind disguises.
const SHORTEST_TARGET: usize = 3;
/// Plain insults from this length on, and mild ones from the other, have near misses.
const SHORT_NEAR: usize = 4;
const LONG_NEAR: usize = 5;

impl Dictionary {
    /// The lexicons in the order of how often their words are met, so that common words stand
    /// together.
    pub(super) fn built_in() -> Result<Self> {
        let mut dictionary = Self::empty();
        for (name, table) in MARKERS {
            dictionary.add_markers(name, table)?;
        }
        for (name, table) in ENTRIES {
            dictionary.add_entries(name, table)?;
        }
        dictionary.add_valences();
        dictionary.add_innocents(INNOCENTS.0, INNOCENTS.1)?;
        dictionary.add_near_misses();
        Ok(dictionary)
    }

    /// Adds VADER's words as far as the tokeniser finds them, but no valence to the name of a group.
    fn add_valences(&mut self) {
        for (word, valence) in vader::words() {
            // What has capitals there is no word: an emoticon.
            if !is_token(word) {
                continue;
            }
            let word = self.word(word) as usize;
            if self.words[word].marks & mark::IDENTITY == 0 {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "valences are small numbers with one decimal"
                )]
                let valence = valence as f32;
                self.words[word].valence = valence;
            }
        }
    }

    fn add_innocents(&mut self, name: &str, table: &str) -> Result<()> {
        for (line, fields) in lexicon::entries(table) {
            let [entry, class] = fields[..] else {
                return Err(lexicon::fault(name, line, "expected a word and a class"));
            };
            // An ordinary word need only be known: then it is no near miss.
            let word = self.word(entry) as usize;
            match class {
                "ordinary" => {}
                "everyday" => self.words[word].everyday = true,
                "name" => self.words[word].marks |= mark::NAME,
                _ => return Err(lexicon::fault(name, line, "expected ordinary, everyday or name")),
            }
        }
        Ok(())
    }

    /// Adds what is one letter away from an offensive word, where no other word is.
    fn add_near_misses(&mut self) {
        for targets in &mut self.targets {
            targets.sort_by(|a, b| {
                b.entry.weight.total_cmp(&a.entry.weight).then_with(|| a.word.cmp(&b.word))
            });
        }
        let masks = unmask::FIRST_LETTER_MASKS.iter();
        self.masks =
            masks.map(|&(mask, word)| (mask, self.number(hash::word(word.as_bytes())))).collect();
        let targets: Vec<Target> = self.targets.iter().flatten().cloned().collect();
        for target in &targets {
            let long = target.word.len()
                >= if target.entry.severity >= 2 { SHORT_NEAR } else { LONG_NEAR };
            if long && !self.words[target.number as usize].everyday {
                unmask::near_misses(&target.word, |hash| self.add_near_miss(hash, target.number));
            }
        }
    }

    /// Notes a single word as one to look for behind disguises.
    fn add_target(&mut self, word: &str, entry: Entry) {
        let hidden = entry.class.belittles() || entry.class == Class::Profanity;
        let plain =
            word.len() >= SHORTEST_TARGET && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if !hidden || !plain {
            return;
        }
        let number = self.word(word);
        self.words[number as usize].offensive = true;
        let targets = &mut self.targets[usize::from(word.as_bytes()[0] - b'a')];
        targets.push(Target { word: word.to_owned(), number, entry });
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
            if marks == mark::IDENTITY {
                let possessive = self.word(&format!("{entry}'s"));
                self.words[possessive as usize].marks |= marks;
            }
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
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "in range by the line above; weights are small, with one decimal"
            )]
            let entry = Entry { class, severity: severity as u8, weight: weight as f32 };
            self.add_target(text, entry);
            let slots: Vec<Slot> = text.split(' ').map(|slot| self.slot(slot)).collect();
            self.add_phrase(&slots, 0, entry);
        }
        Ok(())
    }

    fn slot(&mut self, slot: &str) -> Slot {
        let (choices, optional) = slot.strip_suffix('?').map_or((slot, false), |slot| (slot, true));
        let numbers = |choice| parts(choice).map(|part| self.word(part)).collect();
        Slot { optional, choices: choices.split('|').map(numbers).collect() }
    }

    /// Adds every spelling of the phrase whose remaining `slots` follow on `state`.
    fn add_phrase(&mut self, slots: &[Slot], state: u32, entry: Entry) {
        let Some((slot, rest)) = slots.split_first() else {
            return self.end(state, entry);
        };
        if slot.optional {
            self.add_phrase(rest, state, entry);
        }
        for choice in &slot.choices {
            let next = choice.iter().fold(state, |state, &word| self.step_or_insert(state, word));
            self.add_phrase(rest, next, entry);
        }
    }
}

/// A place in a phrase: the numbers of the words of each choice.
struct Slot {
    optional: bool,
    choices: Vec<Vec<u32>>,
}

/// Whether the tokeniser can find the word.
fn is_token(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    word.bytes().all(|byte| is_letter(byte) || byte == b'\'')
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
    fn no_name_of_a_group_is_an_entry_or_has_a_valence() {
        let dictionary = Dictionary::built_in().unwrap();
        for word in dictionary.words.iter().filter(|word| word.marks & mark::IDENTITY != 0) {
            assert_eq!(dictionary.entries(word.state).count(), 0, "{word:?}");
            assert!(word.valence == 0.0 && !word.offensive, "{word:?}");
        }
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
            let classes: Vec<Class> = dictionary.entries(last).map(|entry| entry.class).collect();
            assert_eq!(classes, [Class::Dismissal], "{phrase}");
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let fault = Dictionary::empty().add_entries("test", "\nhat\thats\t2\t1").unwrap_err();
        assert_eq!(fault.to_string(), "test:2: \"hats\" is no class of phrases");
    }
}
