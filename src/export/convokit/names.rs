//! What comments are called in a corpus, where each must have a name of its own.

use std::hash::{BuildHasher, Hash};
use std::io;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::export::fields::Field;
use crate::export::{Entry, Order, Stock};
use crate::table::Column;

/// How comments are called: the first way in which all differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By their ids.
    Id,
    /// By thread and id.
    ThreadAndId,
    /// By their ranks of priority, which always differ.
    Rank,
}

/// Names for all comments of a run.
pub(super) struct Names {
    way: Way,
    thread: Field,
    comment: Field,
    parent: Field,
    priority: Field,
}

impl Names {
    /// Finds out which names do. Only hashes are kept: two that are the same by chance cost
    /// nothing but shorter names.
    pub(super) fn of(columns: &[Column], rows: &mut dyn Stock) -> io::Result<Self> {
        let named = |name| Field::named(columns, name);
        let [thread, comment] = ["thread_id", "comment_id"].map(named);
        let [parent, priority] = ["parent_id", "priority"].map(named);
        let mut way = Way::Id;
        let (mut ids, mut with_threads) = (FxHashSet::default(), FxHashSet::default());
        rows.each(Order::Input, &mut |Entry { row, .. }| {
            let (thread, comment) = (thread.text(row), comment.text(row));
            if !ids.insert(hash(comment)) && way == Way::Id {
                way = Way::ThreadAndId;
            }
            if !with_threads.insert(hash((thread, comment))) {
                way = Way::Rank;
            }
            Ok(())
        })?;
        Ok(Self { way, thread, comment, parent, priority })
    }

    /// What the comment is called.
    pub(super) fn comment(&self, Entry { row, .. }: Entry<'_>) -> String {
        let id = self.comment.text(row);
        match self.way {
            Way::Id => id.to_owned(),
            Way::ThreadAndId => format!("{}/{id}", self.thread.text(row)),
            Way::Rank => self.priority.count(row).to_string(),
        }
    }

    /// What the comment that it answers is called; `None` if it answers none that is there.
    pub(super) fn parent(&self, Entry { row, parent_priority }: Entry<'_>) -> Option<String> {
        let rank = parent_priority?;
        let id = self.parent.text(row);
        Some(match self.way {
            Way::Id => id.to_owned(),
            Way::ThreadAndId => format!("{}/{id}", self.thread.text(row)),
            Way::Rank => rank.to_string(),
        })
    }
}

fn hash(value: impl Hash) -> u64 {
    FxBuildHasher.hash_one(value)
}
