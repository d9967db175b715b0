//! A first look at a large input: where each of its threads ends.
//!
//! A thread may be scattered over the whole of its input, so none is known to be whole before the
//! input ends. Who has been through the input once knows of each comment whether it is the last of
//! its thread, and can hand out threads as soon as they are whole when going through it again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashMap, FxHasher};

use crate::comment::Comment;

/// More threads are not told apart: a table of more would not be small.
pub(super) const MOST_THREADS: usize = 900_000;

/// Bytes of threads that may be under way at a time, besides the largest one. It is counted as if
/// each was whole from its beginning; on average half of that is in memory.
const MOST_OPEN: u64 = 64 << 20;

/// What a comment takes in memory besides its text.
const BESIDES_TEXT: usize = 150;

/// What is known of an input so far.
#[derive(Default)]
pub(super) struct Survey {
    /// By the hash of its name. Threads that share one count as one, which ends with the later.
    threads: FxHashMap<u64, Span>,
    /// The number of the last comment.
    last: u32,
}

/// From where to where a thread reaches, by the numbers of its comments in the input.
#[derive(Clone, Copy)]
struct Span {
    first: u32,
    last: u32,
    /// What all its comments take in memory.
    bytes: u32,
}

impl Survey {
    /// Notes the comment with this number in the input, from 0. The comments of a thread come in
    /// order.
    pub(super) fn note(&mut self, number: u64, comment: &Comment) {
        let thread = hash_of_thread(comment);
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let plain = comment.plain.as_ref().map_or(0, |plain| plain.text.len());
        let bytes = comment.text.len() + plain + BESIDES_TEXT;
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let span = Span { first: number, last: number, bytes: 0 };
        let span = self.threads.entry(thread).or_insert(span);
        span.last = number;
        span.bytes = span.bytes.saturating_add(bytes);
        self.last = self.last.max(number);
    }

    /// Whether it is of use to go on: there are not too many threads or comments.
    pub(super) fn is_useful(&self) -> bool {
        self.threads.len() <= MOST_THREADS && self.last < u32::MAX
    }

    /// Which comments end their threads; `None` if too much is under way at a time to be kept in
    /// memory until it is whole.
    pub(super) fn ends(self) -> Option<Ends> {
        let mut spans: Vec<Span> = self.threads.into_values().collect();
        spans.sort_unstable_by_key(|span| span.first);
        let largest = spans.iter().map(|span| span.bytes).max().unwrap_or_default();
        let mut ends = Ends { bits: vec![0; self.last as usize / 64 + 1] };
        let mut open = BinaryHeap::new();
        let mut bytes = 0;
        for span in spans {
            while let Some(&Reverse((_, size))) =
                open.peek().filter(|Reverse((last, _))| *last < span.first)
            {
                bytes -= u64::from(size);
                open.pop();
            }
            open.push(Reverse((span.last, span.bytes)));
            bytes += u64::from(span.bytes);
            if bytes > MOST_OPEN + u64::from(largest) {
                return None;
            }
            ends.bits[span.last as usize / 64] |= 1 << (span.last % 64);
        }
        Some(ends)
    }
}

/// Stands for the thread of a comment. Different threads hardly ever share one.
pub(super) fn hash_of_thread(comment: &Comment) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(comment.thread.as_str())
}

/// The comments of an input that are the last of their threads.
pub(super) struct Ends {
    bits: Vec<u64>,
}

impl Ends {
    /// Whether the comment with this number in the input, from 0, is one.
    pub(super) fn contains(&self, number: u64) -> bool {
        let word = usize::try_from(number / 64).ok().and_then(|word| self.bits.get(word));
        word.is_some_and(|word| word >> (number % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(threads: &[&str], length: usize) -> Survey {
        let mut survey = Survey::default();
        for (number, thread) in (0..).zip(threads) {
            let (thread, text) = ((*thread).to_owned(), "x".repeat(length));
            survey.note(number, &Comment { thread, text, ..Comment::default() });
        }
        survey
    }

    #[test]
    fn the_last_comment_of_each_thread_ends_it() {
        let ends = survey(&["a", "b", "a", "c", "b"], 10).ends().unwrap();
        let found: Vec<u64> = (0..9).filter(|&number| ends.contains(number)).collect();
        assert_eq!(found, [2, 3, 4]);
    }

    #[test]
    fn too_much_under_way_at_a_time_is_told() {
        let third = usize::try_from(MOST_OPEN / 3).unwrap();
        assert!(survey(&["a", "b", "c", "d", "e", "f"], third).ends().is_some());
        assert!(survey(&["a", "b", "c", "d", "a", "b", "c", "d"], third).ends().is_none());
        assert!(survey(&["a", "a", "a", "a", "a", "b"], third).ends().is_some(), "one as a whole");
    }
}
