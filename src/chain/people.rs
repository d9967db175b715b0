//! The people who wrote comments, and whom a name means among them.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::fold::{key, near, squeeze};
use super::mention::is_word;
use super::name::{runs, words};

/// The most people that one name may stand for, if nothing tells them apart.
const MOST_NAMESAKES: usize = 4;

/// The people who wrote comments, by number.
#[derive(Debug, Default)]
pub(super) struct People<'a> {
    /// Each person's name as first written.
    names: Vec<&'a str>,
    /// The position of each person's first comment.
    first: Vec<usize>,
    by_key: FxHashMap<u64, usize>,
    longest_key: usize,
    key: String,
    /// What is only needed for names that are not whole.
    parts: Parts,
}

/// Where parts of names, and names like them, are looked up.
#[derive(Debug, Default)]
struct Parts {
    /// The people whose names begin with a word, and those whose names hold it elsewhere.
    by_word: FxHashMap<u64, [Vec<usize>; 2]>,
    /// Keys in order, to look up the beginnings of names.
    sorted: Vec<(String, usize)>,
    /// What looser likeness has found before.
    likeness: FxHashMap<String, Vec<usize>>,
}

/// Whom a name means and where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Those who may be meant; more than one only where namesakes cannot be told apart.
    pub(super) people: Vec<usize>,
    /// The length of the name as it is written.
    pub(super) length: usize,
}

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
    pub(super) fn whole(&self, after: &str) -> Option<(usize, usize)> {
        let mut squeezed = String::new();
        let mut best = None;
        for run in runs(after) {
            squeeze(&after[run.clone()], &mut squeezed);
            if squeezed.len() > self.longest_key {
                break;
            }
            let ends = !after[run.end..].starts_with('_');
            if let Some(&person) = self.by_key.get(&hash(&squeezed)).filter(|_| ends) {
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
        if let Some((person, length)) = self.whole(after)
            && self.may_be(person, position, writer)
        {
            return Some(Found { people: vec![person], length });
        }
        if self.parts.sorted.len() != self.names.len() {
            self.parts = Parts::new(&self.names);
        }
        let run = runs(after).next()?;
        let word = &after[..after.find(|c| !is_word(c)).unwrap_or(run.end).max(run.end)];
        let mut squeezed = String::new();
        squeeze(word, &mut squeezed);
        if let Some(levels) = self.parts.by_word.get(&hash(&squeezed)) {
            for (level, named) in levels.iter().enumerate() {
                let may = |person: &usize| self.may_be(*person, position, writer);
                let named = named.iter().copied().filter(may);
                let people: Vec<usize> = named.take(MOST_NAMESAKES + 1).collect();
                let certain = level == 0 || squeezed.len() >= 4;
                if certain && (1..=MOST_NAMESAKES).contains(&people.len()) {
                    return Some(Found { people, length: word.len() });
                }
            }
        }
        let two = runs(after).nth(1).map(|run| &after[..run.end]);
        [Some(word), two].into_iter().flatten().find_map(|name| {
            squeezed.clear();
            squeeze(name, &mut squeezed);
            self.parts.find_alike(&squeezed);
            let alike = self.parts.likeness.get(&squeezed).into_iter().flatten().copied();
            let may = |person: &usize| self.may_be(*person, position, writer);
            let people: Vec<usize> = alike.filter(may).take(2).collect();
            (people.len() == 1).then_some(Found { people, length: name.len() })
        })
    }

    fn may_be(&self, person: usize, position: usize, writer: Option<usize>) -> bool {
        self.first[person] < position && Some(person) != writer
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
                let levels = parts.by_word.entry(hash(&word)).or_default();
                levels[usize::from(place > 0)].push(person);
            }
            parts.sorted.push((key(name), person));
        }
        parts.sorted.sort_unstable();
        parts
    }

    /// Finds the people whose keys begin with `squeezed`, or else are a slip of the pen away.
    fn find_alike(&mut self, squeezed: &str) {
        if self.likeness.contains_key(squeezed) {
            return;
        }
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
        assert_eq!(found.people, [0, 1]);
    }

    #[test]
    fn nobody_speaks_to_a_later_writer_or_to_himself() {
        assert_eq!(people(&["Ann", "Bob"]).look_up("Bob", 1, None), None);
        assert_eq!(people(&["Ann", "Bob"]).look_up("Ann", 1, Some(0)), None);
    }
}
