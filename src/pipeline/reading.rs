//! The order in which a person reads a thread: every answer below the comment that it answers.

use crate::chain::Thread;

/// For each comment of the thread, its place in reading order, from 0: roots and the answers to
/// one comment oldest first, each followed by all that hangs on it.
pub(super) fn places(thread: &Thread) -> Vec<u64> {
    let parent = |position| thread.reply(position).map(|reply| reply.to);
    // How many comments hang on each, itself counted. A parent stands before its answers.
    let mut sizes = vec![1; thread.comments.len()];
    for position in (0..sizes.len()).rev() {
        if let Some(parent) = parent(position) {
            sizes[parent] += sizes[position];
        }
    }
    let mut places = Vec::with_capacity(sizes.len());
    // Where the next answer to each comment goes, and the next root.
    let mut next = Vec::with_capacity(sizes.len());
    let mut next_root = 0;
    for (position, size) in sizes.iter().enumerate() {
        let free = parent(position).map_or(&mut next_root, |parent| &mut next[parent]);
        let place = *free;
        *free += size;
        places.push(place);
        next.push(place + 1);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::places;
    use crate::Comment;
    use crate::chain::{Evidence, Link, Reply, Thread};

    #[test]
    fn answers_stand_below_what_they_answer() {
        let reply = |to| Link::Reply(Reply { to, evidence: Evidence::Given, confidence: 1.0 });
        let links = [Link::Root, Link::Root, reply(0), reply(1), reply(2), reply(0)];
        let comments = vec![Comment::default(); links.len()];
        let thread = Thread { comments, links: links.into(), ..Thread::default() };
        assert_eq!(places(&thread), [0, 4, 1, 5, 2, 3]);
    }
}
