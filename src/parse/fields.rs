//! Which field of a record holds what: the one mapping under all formats with named fields.

use super::time;
use crate::comment::Comment;

/// What a field of a record can mean to Threadwarden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The comment's id.
    Id,
    /// The thread's id.
    Thread,
    /// Name of the writer.
    Author,
    /// What the writer wrote.
    Text,
    /// The id of the comment answered.
    Parent,
    /// When it was written.
    Posted,
}

/// Every meaning, with the names that fields of known platforms have for it. The first name is
/// Threadwarden's own; of several that a record has, the one that stands first counts.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "comment_id", "commentID", "cid", "objectID"]),
    (
        Field::Thread,
        &[
            "thread_id",
            "thread",
            "articleID",
            "article_id",
            "link_id",
            "story_id",
            "post_id",
            "topic_id",
            "video_id",
        ],
    ),
    (Field::Author, &["author", "user", "username", "userDisplayName", "author_name", "by"]),
    (
        Field::Text,
        &["text", "body", "comment_text", "commentBody", "comment", "message", "content"],
    ),
    (Field::Parent, &["parent_id", "parent", "parentID", "in_reply_to_id"]),
    (
        Field::Posted,
        &[
            "posted_at",
            "created_at",
            "created_utc",
            "createDate",
            "created_date",
            "timestamp",
            "date",
            "time",
        ],
    ),
];

/// How many meanings there are.
const FIELDS: usize = NAMES.len();

/// Which names of fields mean what.
#[derive(Clone, Debug, Default)]
pub struct FieldMap {
    /// What the user says, as paths such as `user.name`; goes before the usual names.
    given: Vec<(Field, String)>,
}

/// What a name in a record leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The value of a field; of several, the lowest rank counts.
    Value(Field, usize),
    /// An object that may hold such values.
    Object,
    /// Nothing of interest.
    None,
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

    /// What `name` means inside the object at `prefix` (empty, or a path that ends in a dot).
    pub(super) fn meaning(&self, prefix: &str, name: &str) -> Meaning {
        let rest = |path: &str| {
            path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(name)).map(str::to_owned)
        };
        let mut object = false;
        for (field, path) in &self.given {
            match rest(path) {
                Some(rest) if rest.is_empty() => return Meaning::Value(*field, 0),
                Some(rest) => object |= rest.starts_with('.'),
                None => {}
            }
        }
        if object {
            return Meaning::Object;
        }
        if prefix.is_empty() {
            for (field, names) in NAMES {
                if let Some(rank) = names.iter().position(|known| *known == name) {
                    return Meaning::Value(*field, rank + 1);
                }
            }
        }
        Meaning::None
    }
}

/// A comment being put together from the fields of a record.
pub(super) struct Filling<'c> {
    comment: &'c mut Comment,
    ranks: [usize; FIELDS],
}

impl<'c> Filling<'c> {
    pub(super) fn new(comment: &'c mut Comment) -> Self {
        Self { comment, ranks: [usize::MAX; FIELDS] }
    }

    /// Takes a value; `None` is a value that the record gives as null.
    pub(super) fn set(&mut self, field: Field, rank: usize, value: Option<&str>) {
        if rank >= self.ranks[field as usize] {
            return;
        }
        self.ranks[field as usize] = rank;
        let text = value.unwrap_or_default();
        let target = match field {
            Field::Id => &mut self.comment.id,
            Field::Thread => &mut self.comment.thread,
            Field::Author => &mut self.comment.author,
            Field::Parent => &mut self.comment.parent,
            Field::Text => {
                self.comment.deleted = value.is_none();
                &mut self.comment.text
            }
            Field::Posted => {
                self.comment.posted = time::parse(text);
                return;
            }
        };
        target.clear();
        target.push_str(text);
    }

    /// Whether the record had a field for the text, be it null.
    pub(super) fn has_text(&self) -> bool {
        self.ranks[Field::Text as usize] != usize::MAX
    }
}
