//! The people who wrote comments, and whom a name means among them.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::few::Few;
use super::fold::{key, near, squeeze};
use super::mention::is_word;
use super::name::{runs, words};

/// The people who wrote comments, by number.
#[derive(Debug, Default)]
pub(super) struct People<'a> {
    /// Each person's name as first written.
    names: Vec<&'a str>,
    /// The position of each person's first comment.
    first: Vec<usize>,
    by_key: FxHashMap<u64, usize>,
    longest_key: usize,
    /// A buffer for keys.
    key: String,
    /// What is only needed for names that are not whole.
    parts: Parts,
}

/// Where parts of names, and names like them, are looked up.
#[derive(Debug, Default)]
struct Parts {
    /// The words of all names, in order: the word's hash, whether the name begins with another
    /// one, and whose name it is.
    by_word: Vec<(u64, bool, usize)>,
    /// Keys in order, to look up the beginnings of names.
    sorted: Vec<(String, usize)>,
    /// What looser likeness has found before.
    likeness: FxHashMap<String, Vec<usize>>,
}

/// Whom a name means and where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Those who may be meant; more than one only where namesakes cannot be told apart.
    pub(super) people: Few,
    /// The length of the name as it is written.
    pub(super) length: usize,
}

/// What is found by part of a name, or for being like one, has so many words at most.
pub(super) const MOST_OF_PART: usize = 2;

/// The number by which a key is looked up.
fn hash(key: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(key.as_bytes());
    hasher.write_usize(key.len());
    hasher.finish()
}

impl<'a> People<'a> {
    /// The number of the person who writes under `name`, who is entered if new. Everybody is
    /// entered before anybody is looked up.
    pub(super) fn enter(&mut self, name: &'a str, position: usize) -> usize {
        self.key.clear();
        squeeze(name, &mut self.key);
        if self.key.is_empty() {
            self.key = key(name);
        }
        let next = self.names.len();
        let person = *self.by_key.entry(hash(&self.key)).or_insert(next);
        if person == next {
            self.names.push(name);
            self.first.push(position);
            self.longest_key = self.longest_key.max(self.key.len());
        }
        person
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Looks for a whole name at the start of `after`.
    pub(super) fn whole(&mut self, after: &str) -> Option<(usize, usize)> {
        self.key.clear();
        let mut best = None;
        for run in runs(after) {
            squeeze(&after[run.clone()], &mut self.key);
            if self.key.len() > self.longest_key {
                break;
            }
            let ends = !after[run.end..].starts_with('_');
            if let Some(&person) = self.by_key.get(&hash(&self.key)).filter(|_| ends) {
                best = Some((person, run.end));
            }
        }
        best
    }

    /// Looks up the name at the start of `after` among those who wrote before `position`, but the
    /// writer: a whole name, else part of one, else something like one.
    pub(super) fn look_up(
        &mut self,
        after: &str,
        position: usize,
        writer: Option<usize>,
    ) -> Option<Found> {
        if let Some(found) = self.look_up_whole(after, position, writer) {
            return Some(found);
        }
        if self.parts.sorted.len() != self.names.len() {
            self.parts = Parts::new(&self.names);
        }
        let run = runs(after).next()?;
        let word = &after[..after.find(|c| !is_word(c)).unwrap_or(run.end).max(run.end)];
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        squeeze(word, &mut key);
        let mut found = None;
        for later in [false, true] {
            // Further words of a name are often words of the language.
            if found.is_none() && (!later || key.len() >= 4) {
                let named = self.parts.with_word(hash(&key), later);
                let people = named.filter(|&person| self.may_be(person, position, writer));
                found = Few::all(people).map(|people| Found { people, length: word.len() });
            }
        }
        let two = runs(after).nth(1).map(|run| &after[..run.end]);
        for name in [Some(word), two].into_iter().flatten() {
            if found.is_none() {
                key.clear();
                squeeze(name, &mut key);
                let alike = self.parts.alike(&key).iter().copied();
                let people =
                    alike.filter(|&person| self.first[person] < position && Some(person) != writer);
                let people = Few::all(people).filter(|people| people.len() == 1);
                found = people.map(|people| Found { people, length: name.len() });
            }
        }
        self.key = key;
        found
    }

    /// As [`look_up`](Self::look_up), but for a whole name only.
    pub(super) fn look_up_whole(
        &mut self,
        after: &str,
        position: usize,
        writer: Option<usize>,
    ) -> Option<Found> {
        let (person, length) = self.whole(after)?;
        let found = Found { people: Few::one(person), length };
        self.may_be(person, position, writer).then_some(found)
    }

    /// Whether a person wrote anything before `position`.
    pub(super) fn wrote_before(&self, person: usize, position: usize) -> bool {
        self.first[person] < position
    }

    fn may_be(&self, person: usize, position: usize, writer: Option<usize>) -> bool {
        self.wrote_before(person, position) && Some(person) != writer
    }
}

impl Parts {
    fn new(names: &[&str]) -> Self {
        let mut parts = Self::default();
        let mut word = String::new();
        for (person, name) in names.iter().enumerate() {
            for (place, part) in words(name).enumerate() {
                word.clear();
                squeeze(part, &mut word);
                parts.by_word.push((hash(&word), place > 0, person));
            }
            parts.sorted.push((key(name), person));
        }
        parts.by_word.sort_unstable();
        parts.sorted.sort_unstable();
        parts
    }

    /// The people whose names begin with a word or, if `later`, hold it elsewhere.
    fn with_word(&self, word: u64, later: bool) -> impl Iterator<Item = usize> + '_ {
        let start = self.by_word.partition_point(|entry| (entry.0, entry.1) < (word, later));
        let same = self.by_word[start..].iter();
        same.take_while(move |entry| (entry.0, entry.1) == (word, later)).map(|entry| entry.2)
    }

    /// The people whose keys begin with `squeezed`, or else are a slip of the pen away.
    fn alike(&mut self, squeezed: &str) -> &[usize] {
        if !self.likeness.contains_key(squeezed) {
            let mut people = Vec::new();
            if squeezed.len() >= 3 {
                let start = self.sorted.partition_point(|(key, _)| key.as_str() < squeezed);
                let begun =
                    self.sorted[start..].iter().take_while(|(key, _)| key.starts_with(squeezed));
                people.extend(begun.take(16).map(|&(_, person)| person));
            }
            if people.is_empty() && squeezed.len() >= 5 {
                people.extend(self.slips(squeezed));
            }
            self.likeness.insert(squeezed.to_owned(), people);
        }
        self.likeness.get(squeezed).map_or(&[], Vec::as_slice)
    }

    /// The people whose keys are a slip of the pen away. Only keys with the same first letter are
    /// looked at: two short names that differ in the first letter are two people.
    fn slips<'a>(&'a self, squeezed: &'a str) -> impl Iterator<Item = usize> + 'a {
        let initial = squeezed.chars().next();
        let from = initial.map(String::from).unwrap_or_default();
        let start = self.sorted.partition_point(|(key, _)| *key < from);
        let same = move |entry: &&(String, usize)| entry.0.chars().next() == initial;
        let lengths = squeezed.len().saturating_sub(2)..=squeezed.len() + 2;
        let close = move |entry: &&(String, usize)| {
            lengths.contains(&entry.0.len()) && near(&entry.0, squeezed)
        };
        self.sorted[start..].iter().take_while(same).filter(close).map(|&(_, person)| person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people<'a>(names: &[&'a str]) -> People<'a> {
        let mut people = People::default();
        for (position, name) in names.iter().enumerate() {
            people.enter(name, position);
        }
        people
    }

    fn look_up(names: &[&str], after: &str) -> Option<(usize, usize)> {
        let found = people(names).look_up(after, usize::MAX, None)?;
        (found.people.len() == 1).then(|| (found.people[0], found.length))
    }

    #[test]
    fn the_longest_name_wins() {
        let names = ["Ann", "Ann Lee", "Ann Lee Carter"];
        assert_eq!(look_up(&names, "Ann Lee, yes"), Some((1, 7)));
        assert_eq!(look_up(&names, "Ann Leeds, yes"), Some((0, 3)));
        assert_eq!(
            look_up(&["Sunny is my middle name"], "sunny is my middle name yep"),
            Some((0, 23))
        );
    }

    #[test]
    fn spacing_case_and_accents_may_be_off() {
        assert_eq!(look_up(&["Tom Berg"], "TomBerg no"), Some((0, 7)));
        assert_eq!(look_up(&["flyingtom"], "Flying Tom no"), Some((0, 10)));
        assert_eq!(look_up(&["Zoë Ångström"], "ZoeAngstrom: no"), Some((0, 11)));
    }

    #[test]
    fn a_first_name_a_beginning_or_a_slip_will_do_if_only_one_fits() {
        assert_eq!(look_up(&["rita moll", "Karl"], "Rita that is so"), Some((0, 4)));
        assert_eq!(look_up(&["ritamoll", "Karl"], "Rita that is so"), Some((0, 4)));
        assert_eq!(look_up(&["World Wanderer"], "World Wandererr!"), Some((0, 5)));
        assert_eq!(look_up(&["Wanderer"], "Wandrer no"), Some((0, 7)));
        assert_eq!(look_up(&["ritamoll", "ritaberg"], "Rita that is so"), None);
        assert_eq!(look_up(&["Karl"], "Nobody"), None);
    }

    #[test]
    fn namesakes_are_kept_together() {
        let found = people(&["Mia Rot", "Mia Blau"]).look_up("Mia no", 9, None).unwrap();
        assert_eq!(*found.people, [0, 1]);
    }

    #[test]
    fn nobody_speaks_to_a_later_writer_or_to_himself() {
        assert_eq!(people(&["Ann", "Bob"]).look_up("Bob", 1, None), None);
        assert_eq!(people(&["Ann", "Bob"]).look_up("Ann", 1, Some(0)), None);
    }
}
