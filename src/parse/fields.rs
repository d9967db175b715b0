//! Which field of a record holds what: the one mapping under all formats with named fields.

mod names;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use self::names::NAMES;
use super::preset::{GENERIC, Preset};

/// What a field of a record can mean to Threadwarden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Field {
    /// The comment's id.
    Id,
    /// The thread's id.
    Thread,
    /// Name of the writer.
    Author,
    /// The writer's id.
    AuthorId,
    /// What the writer wrote.
    Text,
    /// The same as HTML.
    Html,
    /// The id of the comment answered.
    Parent,
    /// The name of the person answered.
    Addressee,
    /// When it was written.
    Posted,
    /// Votes for it.
    Votes,
    /// Votes against it.
    VotesAgainst,
    /// Whether it still stands, by a word such as `approved` or `spam`.
    Status,
    /// Whether it was taken down, yes or no.
    Deleted,
    /// What the record is: a comment, the article above, a pingback.
    Kind,
    /// The comment's number within its thread, where answers go by that.
    Number,
    /// The number of the comment answered.
    ParentNumber,
    /// Headline of the article.
    Title,
    /// How many comments the article has.
    Declared,
    /// In a report of ours: how the parent was found.
    ParentSource,
    /// In a report of ours: how the author was found.
    AuthorSource,
    /// E-mail or IP address.
    Personal,
}

impl Field {
    /// Whether it tells who wrote a comment, to whom, when, or how it was liked: neither which
    /// records are comments nor what threads they are in depends on it.
    pub(super) fn can_be_skimmed(self) -> bool {
        matches!(
            self,
            Self::Author
                | Self::AuthorId
                | Self::AuthorSource
                | Self::Addressee
                | Self::Posted
                | Self::Votes
                | Self::VotesAgainst
                | Self::Personal
        )
    }
}

/// How many meanings there are.
pub(super) const FIELDS: usize = Field::Personal as usize + 1;

/// Which names of fields mean what.
#[derive(Clone, Debug, Default)]
pub struct FieldMap {
    /// What the user says, as paths such as `user.name`; goes before the usual names.
    given: Vec<(Field, String)>,
}

impl FieldMap {
    /// Says that the field called `path`, its levels joined by dots, holds `field`.
    ///
    /// ```
    /// use threadwarden::parse::{Field, FieldMap};
    ///
    /// let mut map = FieldMap::default();
    /// map.insert(Field::Author, "user.name");
    /// assert_eq!(FieldMap::field_named("author"), Some(Field::Author));
    /// ```
    pub fn insert(&mut self, field: Field, path: &str) {
        self.given.push((field, path.to_owned()));
    }

    /// A name that the user gave and that is not among those of the columns.
    pub(super) fn missing(&self, columns: &[String]) -> Option<&str> {
        let mut given = self.given.iter().map(|(_, name)| name.as_str());
        given.find(|name| !columns.iter().any(|column| column == name))
    }

    /// The meaning that Threadwarden itself calls `name`.
    #[must_use]
    pub fn field_named(name: &str) -> Option<Field> {
        let own = NAMES.iter().find(|(_, names)| names.first() == Some(&name));
        own.map(|(field, _)| *field)
    }

    /// Threadwarden's own names, for messages.
    pub fn own_names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().filter_map(|(_, names)| names.first().copied())
    }

    /// All that is known of a dump's names: from the user, the preset, and everywhere else.
    pub(super) fn index(&self, preset: &Preset) -> Index {
        let mut index = Index::default();
        for (field, path) in &self.given {
            index.insert(*field, path, 0);
            let mut key = String::new();
            normalise(path, &mut key);
            index.unseen.push((key, path.clone()));
        }
        for (field, names) in preset.fields {
            for (rank, name) in names.iter().enumerate() {
                index.insert(*field, name, rank + 1);
            }
        }
        for (field, names) in NAMES {
            if preset.fields.iter().any(|(known, _)| known == field) {
                continue;
            }
            for (rank, name) in names.iter().enumerate() {
                index.insert(*field, name, rank + 1);
            }
        }
        index
    }
}

/// What a name in a record leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The value of a field, with a rank: of several, the lowest counts.
    pub(super) value: Option<(Field, usize)>,
    /// It may be an object with fields of interest.
    pub(super) inside: bool,
}

/// Names of fields by their paths, as they are compared.
#[derive(Debug, Default)]
pub(super) struct Index {
    meanings: FxHashMap<String, Meaning>,
    /// Names that the user gave and that were not met yet: as they are compared, and as given.
    unseen: Vec<(String, String)>,
    /// Names met before, as they are written.
    met: FxHashMap<Box<str>, Meaning>,
    scratch: String,
}

/// A dump has few names, unless it is made to have many or long ones.
const MOST_MET: usize = 4096;
const LONGEST_MET: usize = 200;

impl Index {
    fn insert(&mut self, field: Field, path: &str, rank: usize) {
        let mut key = String::new();
        normalise(path, &mut key);
        for (at, _) in key.match_indices('.') {
            self.meanings.entry(key[..at].to_owned()).or_default().inside = true;
        }
        self.meanings.entry(key).or_default().value.get_or_insert((field, rank));
    }

    /// What the field at `path` means.
    pub(super) fn meaning(&mut self, path: &str) -> Meaning {
        if let Some(meaning) = self.met.get(path) {
            return *meaning;
        }
        self.scratch.clear();
        normalise(path, &mut self.scratch);
        let meaning = self.meanings.get(&self.scratch).copied().unwrap_or_default();
        self.unseen.retain(|(key, _)| *key != self.scratch);
        if self.met.len() < MOST_MET && path.len() < LONGEST_MET {
            self.met.insert(path.into(), meaning);
        }
        meaning
    }
}

impl Index {
    /// Names that the user gave and that were not met so far.
    pub(super) fn unseen(&self) -> impl Iterator<Item = &String> {
        self.unseen.iter().map(|(_, given)| given)
    }
}

/// Whether many platforms have a field called `name`.
pub(super) fn is_known(name: &str) -> bool {
    static KNOWN: LazyLock<Index> = LazyLock::new(|| FieldMap::default().index(&GENERIC));
    let mut key = String::new();
    normalise(name, &mut key);
    KNOWN.meanings.get(&key).is_some_and(|meaning| meaning.value.is_some())
}

/// Appends `name` as names are compared: in lower case, without `_`, `-` and spaces.
pub(super) fn normalise(name: &str, key: &mut String) {
    if name.is_ascii() {
        let kept = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        key.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        let kept = name.chars().filter(|c| !matches!(c, '_' | '-') && !c.is_whitespace());
        key.extend(kept.flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(index: &mut Index, path: &str) -> Option<Field> {
        index.meaning(path).value.map(|(field, _)| field)
    }

    #[test]
    fn spelling_does_not_matter() {
        let mut index = FieldMap::default().index(&GENERIC);
        for name in ["parent_id", "parentID", "Parent ID", "PARENT-ID", "parentId"] {
            assert_eq!(value(&mut index, name), Some(Field::Parent), "{name}");
        }
        assert_eq!(value(&mut index, "from.name"), Some(Field::Author));
        assert!(index.meaning("from").inside);
        assert_eq!(value(&mut index, "nothing"), None);
    }

    #[test]
    fn the_user_has_the_first_word() {
        let mut map = FieldMap::default();
        map.insert(Field::Text, "author");
        let mut index = map.index(&GENERIC);
        assert_eq!(index.meaning("author").value, Some((Field::Text, 0)));
    }
}
