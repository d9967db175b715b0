//! Comments that were scored: those that are read next stand in their memory.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::batches::FULL;
use crate::comment::Comment;

/// As many are kept as a batch has; the others are let go.
const MOST: usize = FULL;

/// Those with longer texts are let go, or all would be as long as the longest in the end.
const LONGEST: usize = 2 << 10;

/// Where comments go that nobody needs any more.
#[derive(Clone, Default)]
pub(super) struct Spent(Arc<Mutex<Vec<Comment>>>);

impl Spent {
    /// Takes comments that were scored.
    pub(super) fn take(&self, mut comments: Vec<Comment>) {
        keep(&mut comments, &mut self.lock());
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Comment>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the reader finds comments that it may fill again.
#[derive(Default)]
pub(super) struct Fillable {
    spent: Spent,
    ready: Vec<Comment>,
}

impl Fillable {
    /// Where comments go to be found here.
    pub(super) fn spent(&self) -> Spent {
        self.spent.clone()
    }

    /// A comment of which only the memory counts; a blank one where none was spent.
    pub(super) fn next(&mut self) -> Comment {
        if self.ready.is_empty() {
            mem::swap(&mut self.ready, &mut self.spent.lock());
        }
        self.ready.pop().unwrap_or_default()
    }

    /// Takes comments that the reader itself needs no more, and leaves no others in the list.
    pub(super) fn take(&mut self, comments: &mut Vec<Comment>) {
        keep(comments, &mut self.ready);
        comments.clear();
    }
}

/// Moves comments over as long as there is room.
fn keep(comments: &mut Vec<Comment>, kept: &mut Vec<Comment>) {
    comments.retain(|comment| comment.text.capacity() <= LONGEST);
    let room = MOST.saturating_sub(kept.len()).min(comments.len());
    kept.extend(comments.drain(..room));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(length: usize) -> Comment {
        Comment { text: "x".repeat(length), ..Comment::default() }
    }

    #[test]
    fn the_memory_of_spent_comments_is_used_again() {
        let mut fillable = Fillable::default();
        fillable.spent().take(vec![comment(100)]);
        assert!(fillable.next().text.capacity() >= 100);
        assert_eq!(fillable.next().text.capacity(), 0);
    }

    #[test]
    fn long_comments_and_too_many_are_let_go() {
        let mut fillable = Fillable::default();
        fillable.spent().take(vec![comment(LONGEST + 1)]);
        assert_eq!(fillable.next().text.capacity(), 0);
        let mut many = vec![comment(1); MOST + 5];
        fillable.take(&mut many);
        assert!(many.is_empty());
        assert_eq!(fillable.ready.len(), MOST);
    }
}
