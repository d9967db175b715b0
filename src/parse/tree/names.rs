//! What names of fields in JSON lead to.

use rustc_hash::FxHashMap;

use super::Tree;
use crate::parse::fields::Meaning;

/// Lists of answers to the comment that holds them.
const ANSWERS: &[&str] = &["replies", "children", "kids", "answers", "responses", "childcomments"];

/// Lists of comments below something that need not be one.
const COMMENTS: &[&str] = &[
    "comments",
    "hits",
    "posts",
    "latest_posts",
    "items",
    "results",
    "data",
    "edges",
    "nodes",
    "rows",
    "records",
    "utterances",
    "entries",
];

/// Objects whose fields belong to the object around them.
const WRAPPERS: &[&str] = &["data", "comment", "node", "snippet", "topLevelComment"];

/// How many names are remembered, and how long they may be.
const MOST_NAMES: usize = 4096;
const LONGEST_NAME: usize = 200;

/// What is known of a name.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub(super) is_answers: bool,
    pub(super) is_comments: bool,
    pub(super) may_be_comments: bool,
    pub(super) is_wrapper: bool,
    pub(super) is_people: bool,
    pub(super) meaning: Meaning,
}

/// Names met before, by their paths within a node.
#[derive(Default)]
pub(super) struct Names {
    /// In the order in which they were met first.
    met: Vec<(Box<str>, Name)>,
    places: FxHashMap<Box<str>, usize>,
    /// The place behind that of the last name: most records have the same names in the same order.
    next: usize,
}

impl Names {
    fn get(&mut self, path: &str) -> Option<Name> {
        let place = match self.met.get(self.next) {
            Some((expected, _)) if **expected == *path => self.next,
            _ => *self.places.get(path)?,
        };
        self.next = place + 1;
        Some(self.met[place].1)
    }

    fn insert(&mut self, path: &str, name: Name) {
        // A dump has few names, unless it is made to have many.
        if self.met.len() < MOST_NAMES && path.len() < LONGEST_NAME {
            self.places.insert(path.into(), self.met.len());
            self.met.push((path.into(), name));
        }
    }
}

impl Tree {
    /// What is known of the name that stands in the path from `outside` on, in a node whose own
    /// names begin at `base`.
    pub(super) fn name(&mut self, base: usize, outside: usize) -> Name {
        let path = &self.path[base..];
        if let Some(name) = self.names.get(path) {
            return name;
        }
        let last = &self.path[outside..];
        let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(last));
        let name = Name {
            is_answers: is_in(ANSWERS),
            is_comments: last.eq_ignore_ascii_case("comments"),
            may_be_comments: is_in(COMMENTS),
            is_wrapper: is_in(WRAPPERS),
            is_people: !last.is_empty() && is_in(&[self.mapping.people]),
            meaning: self.mapping.meaning(path),
        };
        self.names.insert(path, name);
        name
    }
}
