//! The lexicon in force: VADER's words, boosters, negations, idioms and emoji.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::Result;
use crate::lexicon::{entries, fault, number};

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

/// Entries by their word: of two for the same word, the later counts.
pub(super) type Lexicon = BTreeMap<Cow<'static, str>, Entry>;

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

/// The words with feeling as the reference has them, those included that it can never find, and
/// their ratings, in the order of their bytes.
fn reference_words() -> Result<Vec<(&'static str, f64)>> {
    // Ours stand before the crate's, so that of two for the same spelling ours is kept.
    let mut words = Vec::with_capacity(vader_sentiment::LEXICON.len() + 16);
    for (line, fields) in entries(WORDS.1) {
        words.push((fields[0], number(WORDS.0, line, &fields, 1)?));
    }
    words.extend(vader_sentiment::LEXICON.iter().map(|(word, value)| (**word, *value)));
    words.sort_by_key(|(word, _)| *word);
    words.dedup_by_key(|(word, _)| *word);
    Ok(words)
}

fn is_small(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_uppercase())
        && (word.is_ascii() || word == word.to_lowercase())
}

/// The lexicon of the reference, without what it can never find.
pub(super) fn exact() -> Result<Lexicon> {
    let words = reference_words()?.into_iter();
    let found = words.filter(|(word, _)| is_small(word) && !word.contains(' '));
    let mut lexicon: Lexicon = found.map(rated).collect();
    add_modifiers(&mut lexicon, false)?;
    for (line, fields) in entries(IDIOMS.1).filter(|(_, fields)| fields[0].contains(' ')) {
        let value = number(IDIOMS.0, line, &fields, 1)?;
        add(&mut lexicon, fields[0], Meaning::Idiom(value), REFERENCE);
    }
    lexicon.extend(reference_emoji());
    Ok(lexicon)
}

/// The lexicon of the reference, with what it can never find and what is newer than it.
pub(super) fn extended() -> Result<Lexicon> {
    let (small, other): (Vec<_>, Vec<_>) =
        reference_words()?.into_iter().partition(|(word, _)| is_small(word));
    let other = other.into_iter().map(|(word, value)| {
        let (word, entry) = rated((word, value));
        let word: Cow<'static, str> = word.to_lowercase().into();
        (word.clone(), Entry { word, ..entry })
    });
    let mut lexicon: Lexicon = other.chain(small.into_iter().map(rated)).collect();
    add_modifiers(&mut lexicon, true)?;
    for (line, fields) in entries(IDIOMS.1).filter(|(_, fields)| fields[0].contains(' ')) {
        let value = number(IDIOMS.0, line, &fields, 1)?;
        add(&mut lexicon, fields[0], Meaning::Word(value), REFERENCE);
    }
    lexicon.extend(reference_emoji());
    for (line, fields) in entries(EMOJI.1) {
        let words = fields.get(1).ok_or_else(|| fault(EMOJI.0, line, "the words are missing"))?;
        add(&mut lexicon, fields[0], Meaning::Emoji(Cow::Borrowed(words)), OURS);
    }
    Ok(lexicon)
}

fn rated((word, value): (&'static str, f64)) -> (Cow<'static, str>, Entry) {
    let (word, meaning) = (Cow::Borrowed(word), Meaning::Word(value));
    (word.clone(), Entry { word, meaning, origin: REFERENCE })
}

/// The emoji of a single character: the reference replaces character by character.
fn reference_emoji() -> impl Iterator<Item = (Cow<'static, str>, Entry)> {
    let emoji = vader_sentiment::EMOJI_LEXICON.iter();
    let single = emoji.filter(|(emoji, _)| emoji.chars().nth(1).is_none());
    single.map(|(emoji, words)| {
        let (word, meaning) = (Cow::Borrowed(*emoji), Meaning::Emoji(Cow::Borrowed(words)));
        (word.clone(), Entry { word, meaning, origin: REFERENCE })
    })
}

/// Adds boosters and negations; `anywhere` makes boosters of two words count wherever they stand.
pub(super) fn add_modifiers(lexicon: &mut Lexicon, anywhere: bool) -> Result<()> {
    for (line, fields) in entries(BOOSTERS.1) {
        let amount = number(BOOSTERS.0, line, &fields, 1)?;
        let meaning = match fields[0].contains(' ') && !anywhere {
            true => Meaning::IdiomBooster(amount),
            false => Meaning::Booster(amount),
        };
        add(lexicon, fields[0], meaning, REFERENCE);
    }
    for (_, fields) in entries(NEGATIONS.1) {
        add(lexicon, fields[0], Meaning::Negation, REFERENCE);
    }
    Ok(())
}

pub(super) fn add(
    lexicon: &mut Lexicon,
    word: impl Into<Cow<'static, str>>,
    meaning: Meaning,
    origin: Cow<'static, str>,
) {
    let word = word.into();
    lexicon.insert(word.clone(), Entry { word, meaning, origin });
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
        let emoji = vader_sentiment::EMOJI_LEXICON.iter();
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
        let exact = exact().unwrap();
        assert!(exact.contains_key("heart") && exact.contains_key(":p"));
        assert!(!exact.contains_key("fed up") && !exact.contains_key(":P"));
        let extended = extended().unwrap();
        assert!(extended.contains_key("fed up") && extended.contains_key(":þ"));
        assert_eq!(extended[":p"].value(), Some(1.0));
        assert_eq!(extended["🥲"].origin, "threadwarden");
    }
}
