//! Who wrote what.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Heat;
use crate::export::fields::Fields;
use crate::table::Row;

/// What one author wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorTally {
    /// The name, as it stands in the rows.
    pub name: String,
    /// Comments under the name.
    pub comments: u64,
    /// Of these, heated ones.
    pub heated: u64,
    /// Of these, flamebait.
    pub flamebait: u64,
    /// The highest flamebait score of any.
    pub highest: f64,
    /// At whom heated and flamebait comments were aimed, and how often.
    pub targets: BTreeMap<String, u64>,
    /// When the first one was written; empty if unknown.
    pub first_seen: String,
    /// Where the first one stands: thread and comment.
    pub first_comment: (String, String),
}

/// All authors by name.
#[derive(Default)]
pub struct Authors {
    by_name: FxHashMap<String, AuthorTally>,
    /// Comments without an author's name.
    pub nameless: u64,
}

impl Authors {
    pub(super) fn add(&mut self, fields: &Fields, row: Row<'_>, heat: Heat) {
        let name = fields.author.text(row);
        if name.is_empty() {
            self.nameless += 1;
            return;
        }
        if !self.by_name.contains_key(name) {
            let first = (fields.thread.text(row).to_owned(), fields.comment.text(row).to_owned());
            let new =
                AuthorTally { name: name.into(), first_comment: first, ..AuthorTally::default() };
            self.by_name.insert(name.to_owned(), new);
        }
        let Some(author) = self.by_name.get_mut(name) else { return };
        author.comments += 1;
        author.heated += u64::from(heat.heated);
        author.flamebait += u64::from(heat.flamebait);
        author.highest = author.highest.max(heat.score.unwrap_or_default());
        if heat.heated || heat.flamebait {
            super::count(&mut author.targets, fields.target.text(row));
        }
        let posted = fields.posted.text(row);
        let earlier = author.first_seen.is_empty() || posted < author.first_seen.as_str();
        if !posted.is_empty() && earlier {
            posted.clone_into(&mut author.first_seen);
        }
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Whether there is no name at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// All of them: those with the most flamebait first, then by heated comments, all comments, and
    /// name.
    #[must_use]
    pub fn ranking(&self) -> Vec<&AuthorTally> {
        let mut authors: Vec<&AuthorTally> = self.by_name.values().collect();
        authors.sort_by(|a, b| {
            let key =
                |author: &AuthorTally| Reverse((author.flamebait, author.heated, author.comments));
            key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
        });
        authors
    }
}
