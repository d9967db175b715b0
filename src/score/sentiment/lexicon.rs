//! The lexicon in force: VADER's words, boosters, negations, idioms and emoji.

use std::borrow::Cow;
use std::mem;

use crate::error::Result;
use crate::lexicon::{entries, fault, number};
use crate::score::vader;

/// What an entry of the lexicon means.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Meaning {
    /// A word or phrase with feeling: its mean rating, from -4, most negative, to 4.
    Word(f64),
    /// A word or phrase that strengthens the feeling of the words behind it by so much, or weakens
    /// it if the amount is negative.
    Booster(f64),
    /// A word that turns round the feeling of the words behind it.
    Negation,
    /// A phrase whose value replaces that of the word with feeling in or beside it, where the
    /// reference looks for such phrases: from the fourth word of a text on.
    Idiom(f64),
    /// A phrase that adds so much to the word with feeling behind it, where the reference looks for
    /// such phrases.
    IdiomBooster(f64),
    /// A character that is read as these words.
    Emoji(Cow<'static, str>),
}

/// A line of the lexicon in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The word, in small letters, or the phrase or emoji.
    pub word: Cow<'static, str>,
    /// What it means.
    pub meaning: Meaning,
    /// Where it comes from: `vader`, `threadwarden` for what extended mode adds, or the name of a
    /// user's file.
    pub origin: Cow<'static, str>,
}

impl Entry {
    /// What kind of entry this is: `word`, `phrase`, `booster`, `negation`, `idiom` or `emoji`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.meaning {
            Meaning::Word(_) if self.is_phrase() => "phrase",
            Meaning::Word(_) => "word",
            Meaning::Booster(_) | Meaning::IdiomBooster(_) => "booster",
            Meaning::Negation => "negation",
            Meaning::Idiom(_) => "idiom",
            Meaning::Emoji(_) => "emoji",
        }
    }

    /// The rating, or the amount of a booster.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self.meaning {
            Meaning::Word(value)
            | Meaning::Booster(value)
            | Meaning::Idiom(value)
            | Meaning::IdiomBooster(value) => Some(value),
            Meaning::Negation | Meaning::Emoji(_) => None,
        }
    }

    pub(super) fn has_feeling(&self) -> bool {
        matches!(self.meaning, Meaning::Word(_) | Meaning::Idiom(_))
    }

    pub(super) fn is_phrase(&self) -> bool {
        self.word.as_bytes().contains(&b' ')
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.word.split_whitespace()
    }
}

/// One entry for each word, in the order of the words.
#[derive(Debug, Default)]
pub(super) struct Lexicon(Vec<Entry>);

impl Lexicon {
    /// Of several entries for the same word, the last counts.
    fn of(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|one, other| one.word.cmp(&other.word));
        entries.dedup_by(|later, kept| {
            let same = later.word == kept.word;
            if same {
                mem::swap(later, kept);
            }
            same
        });
        Self(entries)
    }

    /// The lexicon with more entries, which replace those for the same words.
    pub(super) fn with(self, more: impl IntoIterator<Item = Entry>) -> Self {
        Self::of(self.0.into_iter().chain(more).collect())
    }

    /// The lexicon without what has feeling.
    pub(super) fn without_feeling(mut self) -> Self {
        self.0.retain(|entry| !entry.has_feeling());
        self
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.0
    }
}

const WORDS: (&str, &str) =
    table("words.tsv", include_str!("../../../lexicons/sentiment/words.tsv"));
const BOOSTERS: (&str, &str) =
    table("boosters.tsv", include_str!("../../../lexicons/sentiment/boosters.tsv"));
const NEGATIONS: (&str, &str) =
    table("negations.tsv", include_str!("../../../lexicons/sentiment/negations.tsv"));
const IDIOMS: (&str, &str) =
    table("idioms.tsv", include_str!("../../../lexicons/sentiment/idioms.tsv"));
const EMOJI: (&str, &str) =
    table("emoji.tsv", include_str!("../../../lexicons/sentiment/emoji.tsv"));

const fn table(name: &'static str, text: &'static str) -> (&'static str, &'static str) {
    (name, text)
}

const REFERENCE: Cow<'static, str> = Cow::Borrowed("vader");
const OURS: Cow<'static, str> = Cow::Borrowed("threadwarden");

/// A word with feeling and its mean rating.
type RatedWord = (&'static str, f64);
/// An emoji and the words as which it is read.
type NamedEmoji = (&'static str, &'static str);

/// The words with feeling as the reference has them, those included that it can never find, and
/// their ratings, in the order of their bytes.
fn reference_words() -> Result<Vec<RatedWord>> {
    // Ours stand before VADER's, so that of two for the same spelling ours is kept.
    let mut words = Vec::with_capacity(ROOM);
    for (line, fields) in entries(WORDS.1) {
        words.push((fields[0], number(WORDS.0, line, &fields, 1)?));
    }
    words.extend(vader::words());
    words.sort_by_key(|(word, _)| *word);
    words.dedup_by_key(|(word, _)| *word);
    Ok(words)
}

/// The emoji of a single character: the reference replaces character by character.
fn reference_emoji() -> impl Iterator<Item = NamedEmoji> {
    vader::emoji().filter(|(emoji, _)| emoji.chars().nth(1).is_none())
}

fn is_small(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_uppercase())
        && (word.is_ascii() || word == word.to_lowercase())
}

/// The lexicon of the reference, without what it can never find.
pub(super) fn exact() -> Result<Lexicon> {
    let found =
        reference_words()?.into_iter().filter(|(word, _)| is_small(word) && !word.contains(' '));
    let mut lexicon = Vec::with_capacity(ROOM);
    lexicon.extend(found.map(|(word, rating)| entry(word, Meaning::Word(rating))));
    lexicon.extend(reference_emoji().map(replaced));
    lexicon.extend(modifiers(false)?);
    for (line, fields) in entries(IDIOMS.1).filter(|(_, fields)| fields[0].contains(' ')) {
        let value = number(IDIOMS.0, line, &fields, 1)?;
        lexicon.push(entry(fields[0], Meaning::Idiom(value)));
    }
    Ok(Lexicon::of(lexicon))
}

/// The lexicon of the reference, with what it can never find and what is newer than it.
pub(super) fn extended() -> Result<Lexicon> {
    let (small, other): (Vec<_>, Vec<_>) =
        reference_words()?.into_iter().partition(|(word, _)| is_small(word));
    let mut lexicon = Vec::with_capacity(ROOM);
    let other = other.into_iter();
    lexicon.extend(other.map(|(word, rating)| entry(word.to_lowercase(), Meaning::Word(rating))));
    let small = small.into_iter();
    lexicon.extend(small.map(|(word, rating)| entry(word, Meaning::Word(rating))));
    lexicon.extend(reference_emoji().map(replaced));
    lexicon.extend(modifiers(true)?);
    for (line, fields) in entries(IDIOMS.1).filter(|(_, fields)| fields[0].contains(' ')) {
        let value = number(IDIOMS.0, line, &fields, 1)?;
        lexicon.push(entry(fields[0], Meaning::Word(value)));
    }
    for (line, fields) in entries(EMOJI.1) {
        let words = fields.get(1).ok_or_else(|| fault(EMOJI.0, line, "the words are missing"))?;
        lexicon.push(Entry { origin: OURS, ..replaced((fields[0], words)) });
    }
    Ok(Lexicon::of(lexicon))
}

/// About how many entries there are.
const ROOM: usize = 10_000;

/// An entry of the reference.
fn entry(word: impl Into<Cow<'static, str>>, meaning: Meaning) -> Entry {
    Entry { word: word.into(), meaning, origin: REFERENCE }
}

fn replaced((emoji, words): NamedEmoji) -> Entry {
    entry(emoji, Meaning::Emoji(Cow::Borrowed(words)))
}

/// Boosters and negations; `anywhere` makes boosters of two words count wherever they stand.
fn modifiers(anywhere: bool) -> Result<Vec<Entry>> {
    let mut modifiers = Vec::new();
    for (line, fields) in entries(BOOSTERS.1) {
        let amount = number(BOOSTERS.0, line, &fields, 1)?;
        let meaning = match fields[0].contains(' ') && !anywhere {
            true => Meaning::IdiomBooster(amount),
            false => Meaning::Booster(amount),
        };
        modifiers.push(entry(fields[0], meaning));
    }
    let negations = entries(NEGATIONS.1);
    modifiers.extend(negations.map(|(_, fields)| entry(fields[0], Meaning::Negation)));
    Ok(modifiers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 64-bit FNV-1a of the sorted lines.
    fn checksum(mut lines: Vec<String>) -> String {
        lines.sort();
        let bytes = lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
        let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{sum:016x}")
    }

    fn lines(table: (&str, &str)) -> Vec<String> {
        let value = |fields: &[&str]| fields.get(1).map(|value| value.parse::<f64>().unwrap());
        entries(table.1)
            .map(|(_, fields)| match value(&fields) {
                Some(value) => format!("{}\t{value:?}", fields[0]),
                None => fields[0].to_owned(),
            })
            .collect()
    }

    #[test]
    fn the_crates_tables_and_ours_are_those_of_the_reference() {
        let words = reference_words().unwrap();
        let emoji = vader::emoji();
        let tables = [
            ("words", words.iter().map(|(word, value)| format!("{word}\t{value:?}")).collect()),
            ("boosters", lines(BOOSTERS)),
            ("negations", lines(NEGATIONS)),
            ("idioms", lines(IDIOMS)),
            ("emoji", emoji.map(|(emoji, words)| format!("{emoji}\t{words}")).collect()),
        ];
        let ours: Vec<_> = tables
            .map(|(name, lines): (&str, Vec<String>)| {
                vec![name.to_owned(), lines.len().to_string(), checksum(lines)]
            })
            .into();
        let reference: Vec<_> = entries(include_str!("../../../lexicons/sentiment/reference.tsv"))
            .map(|(_, fields)| fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>())
            .collect();
        assert_eq!(ours, reference);
    }

    #[test]
    fn exact_and_extended_hold_what_they_can_find() {
        let find = |lexicon: &Lexicon, word: &str| {
            lexicon.entries().iter().find(|entry| entry.word == word).cloned()
        };
        let exact = exact().unwrap();
        assert!(find(&exact, "heart").is_some() && find(&exact, ":p").is_some());
        assert!(find(&exact, "fed up").is_none() && find(&exact, ":P").is_none());
        let extended = extended().unwrap();
        assert!(find(&extended, "fed up").is_some() && find(&extended, ":þ").is_some());
        assert_eq!(find(&extended, ":p").unwrap().value(), Some(1.0));
        assert_eq!(find(&extended, "🥲").unwrap().origin, "threadwarden");
    }
}
