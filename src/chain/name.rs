//! Whom a mention names.
//!
//! Where the dump gives its authors, a name is looked up among them: the longest name first, then
//! ever looser likeness. Where it does not, the name must be told from the text behind it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::{key, near, squeeze};
use super::mention::is_word;

/// The most words that a name in a text may have.
const MOST_WORDS: usize = 8;

/// The most people that one name may stand for, if nothing tells them apart.
const MOST_NAMESAKES: usize = 4;

/// The people who wrote comments, by number.
#[derive(Debug, Default)]
pub(super) struct People {
    /// The position of each person's first comment.
    first: Vec<usize>,
    by_key: FxHashMap<String, usize>,
    /// The people with this word in their names, and whether it is their first.
    by_word: FxHashMap<String, Vec<(usize, bool)>>,
    /// Keys in order, to look up the beginnings of names.
    sorted: Vec<(String, usize)>,
    /// What looser likeness has found before.
    likeness: FxHashMap<String, Vec<usize>>,
    longest_key: usize,
}

/// Whom a name means and where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Those who may be meant; more than one only where namesakes cannot be told apart.
    pub(super) people: Vec<usize>,
    /// The length of the name as it is written.
    pub(super) length: usize,
}

impl People {
    /// The number of the person who writes under `name`, who is entered if new.
    pub(super) fn enter(&mut self, name: &str, position: usize) -> usize {
        let key = key(name);
        if let Some(&person) = self.by_key.get(&key) {
            return person;
        }
        let person = self.first.len();
        self.first.push(position);
        self.longest_key = self.longest_key.max(key.len());
        self.by_key.insert(key, person);
        let mut word = String::new();
        for (place, part) in words(name).enumerate() {
            word.clear();
            squeeze(part, &mut word);
            self.by_word.entry(word.clone()).or_default().push((person, place == 0));
        }
        person
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.first.len()
    }

    /// Looks for a whole name at the start of `after`.
    pub(super) fn whole(&self, after: &str) -> Option<Found> {
        let mut squeezed = String::new();
        let mut best = None;
        for run in runs(after) {
            squeeze(&after[run.clone()], &mut squeezed);
            if squeezed.len() > self.longest_key {
                break;
            }
            let ends = !after[run.end..].starts_with('_');
            if let Some(&person) = self.by_key.get(&squeezed).filter(|_| ends) {
                best = Some(Found { people: vec![person], length: run.end });
            }
        }
        best
    }

    /// Looks up the name at the start of `after` among those whom `may` lets through: a whole
    /// name, else part of one, else something like one.
    pub(super) fn look_up(
        &mut self,
        after: &str,
        position: usize,
        writer: Option<usize>,
    ) -> Option<Found> {
        let first = std::mem::take(&mut self.first);
        let may = |person: usize| first[person] < position && Some(person) != writer;
        let found = self.search(after, &may);
        self.first = first;
        found
    }

    fn search(&mut self, after: &str, may: &dyn Fn(usize) -> bool) -> Option<Found> {
        if let Some(found) = self.whole(after).filter(|found| found.people.iter().all(|&p| may(p)))
        {
            return Some(found);
        }
        let run = runs(after).next()?;
        let word = &after[..after.find(|c| !is_word(c)).unwrap_or(run.end).max(run.end)];
        let mut squeezed = String::new();
        squeeze(word, &mut squeezed);
        if let Some(named) = self.by_word.get(&squeezed) {
            for level in [true, false] {
                let fits = |&&(person, first): &&(usize, bool)| first == level && may(person);
                let people: Vec<usize> =
                    named.iter().filter(fits).map(|&(person, _)| person).take(5).collect();
                let certain = level || squeezed.len() >= 4;
                if certain && (1..=MOST_NAMESAKES).contains(&people.len()) {
                    return Some(Found { people, length: word.len() });
                }
            }
        }
        let two = runs(after).nth(1).map(|run| &after[..run.end]);
        [Some(word), two].into_iter().flatten().find_map(|name| {
            squeezed.clear();
            squeeze(name, &mut squeezed);
            let alike = self.alike(&squeezed).iter().copied().filter(|&person| may(person));
            let people: Vec<usize> = alike.take(2).collect();
            (people.len() == 1).then_some(Found { people, length: name.len() })
        })
    }

    /// The people whose keys begin with `squeezed`, or else are a slip of the pen away.
    fn alike(&mut self, squeezed: &str) -> &[usize] {
        if self.sorted.len() != self.by_key.len() {
            self.sorted = self.by_key.iter().map(|(key, &person)| (key.clone(), person)).collect();
            self.sorted.sort_unstable();
            self.likeness.clear();
        }
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

/// The words of a name.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The runs of letters and digits at the start of `after` that may make up a name: what stands
/// between them is short and does not end a clause.
fn runs(after: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut end = 0;
    std::iter::from_fn(move || {
        let rest = &after[end..];
        let gap = rest.find(char::is_alphanumeric)?;
        let between = &rest[..gap];
        let breaks = |c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | '\n' | '\r' | '"' | '“');
        if end > 0 && (between.contains(breaks) || between.chars().count() > 3) {
            return None;
        }
        let start = end + gap;
        let length = rest[gap..].find(|c: char| !c.is_alphanumeric());
        end = length.map_or(after.len(), |length| start + length);
        Some(start..end)
    })
    .take(MOST_WORDS)
}

/// Words that do not begin or continue a name unless it is known.
const NO_NAME_WORDS: &[&str] = &[
    "a", "an", "the", "i", "im", "ive", "ill", "id", "you", "your", "youre", "he", "she", "it",
    "its", "we", "they", "this", "that", "there", "these", "those", "and", "or", "but", "so", "if",
    "is", "are", "was", "were", "do", "does", "did", "dont", "have", "has", "had", "can", "could",
    "will", "would", "should", "not", "no", "yes", "yeah", "yep", "nope", "ok", "okay", "well",
    "what", "why", "how", "who", "when", "where", "which", "in", "on", "at", "for", "to", "of",
    "with", "from", "by", "as", "thanks", "thank", "please", "sorry", "sure", "maybe", "good",
    "great", "nice", "my", "our", "his", "her", "all", "any", "just", "agree", "agreed", "lol",
    "really", "also", "then", "now", "go", "see", "said", "says", "say", "true", "right", "point",
];

/// Whether a word is too common to be taken for a name without a mark.
pub(super) fn is_plain_word(word: &str) -> bool {
    NO_NAME_WORDS.contains(&word.to_lowercase().as_str())
}

/// Where the name at the start of `after` ends if nobody is known: before a mark that sets it off,
/// or after its first word. Multi-word names that other comments set off are in `learnt`, by key.
pub(super) fn hidden_end(after: &str, learnt: &FxHashSet<String>) -> usize {
    let mut squeezed = String::new();
    let mut single = 0;
    let mut known = 0;
    let mut end = 0;
    let mut growing = true;
    for (place, run) in handles(after).enumerate() {
        let word = &after[run.clone()];
        squeeze(word, &mut squeezed);
        if place == 0 {
            single = run.end;
            growing = word.starts_with(char::is_uppercase) && !is_handle(word);
        } else {
            if learnt.contains(&squeezed) {
                known = run.end;
            }
            growing &= word.starts_with(char::is_uppercase);
        }
        // A name may hold such a word, but does not end with it.
        let plain = word.to_lowercase().replace(['\'', '’'], "");
        if growing && !NO_NAME_WORDS.contains(&plain.as_str()) {
            end = run.end;
        }
    }
    // Words that go on without a mark are the name only as far as another comment says so.
    let whole = match after[end..].strip_prefix('.') {
        Some(_) if ends_with_initial(&after[..end]) => end + 1,
        _ if is_set_off(after, end) => end,
        _ => 0,
    };
    known.max(whole).max(single)
}

/// Whether a name of several words ends with a single capital: `Pieter M`.
fn ends_with_initial(name: &str) -> bool {
    name.rsplit_once(' ')
        .is_some_and(|(_, last)| last.chars().count() == 1 && last.starts_with(char::is_uppercase))
}

/// Whether the name at the start of `after`, `length` long, is set off from what follows.
pub(super) fn is_set_off(after: &str, length: usize) -> bool {
    let rest = after[length..].trim_start_matches([' ', '\u{a0}']);
    rest.starts_with([',', ':', ';', '-', '–', '—', '"', '“'])
}

/// Whether a word looks like a handle, which is a name by itself: `rita88`, `JoeBerg`, `joe_b`.
fn is_handle(word: &str) -> bool {
    let inner = word.chars().skip(1);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let shouted = capitals == word.chars().count();
    word.contains(|c: char| c.is_numeric() || c == '_')
        || (!shouted && inner.filter(|c| c.is_uppercase()).count() > 0)
}

/// The words at the start of `after`, with the marks that handles may hold.
fn handles(after: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut end = 0;
    std::iter::from_fn(move || {
        let rest = &after[end..];
        let gap = rest.find(is_word)?;
        let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\'' | '’' | '.');
        let between = &rest[..gap];
        if end > 0 && (!between.chars().all(blank) || gap > 2 || between.contains("..")) {
            return None;
        }
        // A possessive ends the name: `@Yuri's point`.
        if end > 0 && between.starts_with(['\'', '’']) {
            return None;
        }
        let start = end + gap;
        let mut stop = start;
        for (at, c) in rest[gap..].char_indices() {
            let next = rest[gap + at + c.len_utf8()..].chars().next();
            let inner = matches!(c, '-' | '·') && next.is_some_and(char::is_alphanumeric);
            if !is_word(c) && !inner {
                break;
            }
            stop = start + at + c.len_utf8();
        }
        end = stop;
        Some(start..stop)
    })
    .take(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> People {
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

    fn hidden(after: &str) -> &str {
        &after[..hidden_end(after, &FxHashSet::default())]
    }

    #[test]
    fn a_hidden_name_ends_at_a_mark_or_after_its_words() {
        assert_eq!(hidden("Nadia , why"), "Nadia");
        assert_eq!(hidden("Nadia - no"), "Nadia");
        assert_eq!(hidden("Keep Our Rivers, okay so"), "Keep Our Rivers");
        assert_eq!(hidden("Omar Baran, \"no\""), "Omar Baran");
        assert_eq!(hidden("Yuri's point"), "Yuri");
        assert_eq!(hidden("rita88 Great, now"), "rita88");
        assert_eq!(hidden("Rita you are wrong"), "Rita");
        assert_eq!(hidden("Winston..."), "Winston");
        assert_eq!(hidden("Pieter M. - no"), "Pieter M.");
        assert_eq!(hidden("Pieter M. At least it comes"), "Pieter M.");
        assert_eq!(hidden("Pieter I agree"), "Pieter");
    }

    #[test]
    fn a_name_of_several_words_is_learnt_from_the_thread() {
        let learnt = FxHashSet::from_iter([key("Keep Our Rivers")]);
        let after = "Keep Our Rivers You are right";
        assert_eq!(&after[..hidden_end(after, &learnt)], "Keep Our Rivers");
    }
}
