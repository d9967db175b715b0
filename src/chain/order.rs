//! The order of comments: as the dump shows them, and as time went by.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::direction::points_back;
use super::layout::{Arrangement, Reason};
use super::thread::{Layout, LinkOptions, Order};
use crate::comment::Comment;

/// One direction must be so many times as frequent as the other to be taken.
const MOSTLY: usize = 10;

/// Puts the comments in the order in which they are to be linked: oldest first or, where answers
/// stand under what they answer, as they are shown. Says too where each stood before.
pub(super) fn arrange(
    comments: &mut Vec<Comment>,
    options: &LinkOptions,
) -> (Arrangement, Vec<usize>) {
    let (on, back) = steps(comments);
    let given = comments.iter().any(|comment| !comment.parent.is_empty());
    let mut arrangement = Arrangement { layout: options.layout, ..Arrangement::default() };
    arrangement.order = match options.order {
        Order::Auto if back > on * MOSTLY => Order::Newest,
        Order::Auto if (on, back) == (0, 0) && points_back(comments) => Order::Newest,
        Order::Auto => Order::Oldest,
        asked => asked,
    };
    arrangement.reason = Reason::Asked;
    if options.layout == Layout::Auto {
        (arrangement.layout, arrangement.reason) = match (on, back) {
            // Where parents are given, nothing hangs on how they were shown.
            _ if given => (Layout::Chronological, Reason::Given),
            (0, 0) => (Layout::Chronological, Reason::Default),
            // Answers under their comments jump back in time at every new chain.
            _ if on.min(back) * MOSTLY > on.max(back) => (Layout::Nested, Reason::Times),
            _ => (Layout::Chronological, Reason::Times),
        };
    }
    let mut shown: Vec<usize> = (0..comments.len()).collect();
    if arrangement.layout == Layout::Chronological {
        if arrangement.order == Order::Newest {
            comments.reverse();
            shown.reverse();
        }
        let parents = given_parents(comments);
        let order = if back > 0 { by_time(comments, &parents) } else { None };
        if let Some(order) = order.or_else(|| parents_first(&parents)) {
            *comments = pick(std::mem::take(comments), &order);
            shown = pick(shown, &order);
        }
    }
    (arrangement, shown)
}

/// How often time moves on, and back, from one comment to the next.
fn steps(comments: &[Comment]) -> (usize, usize) {
    let mut steps = (0, 0);
    let mut last = None;
    for posted in comments.iter().filter_map(|comment| comment.posted) {
        match last.map(|last| posted.cmp(&last)) {
            Some(Ordering::Greater) => steps.0 += 1,
            Some(Ordering::Less) => steps.1 += 1,
            Some(Ordering::Equal) | None => {}
        }
        last = Some(posted);
    }
    steps
}

/// The positions of the parents that the dump gives.
pub(super) fn given_parents(comments: &[Comment]) -> Vec<Option<usize>> {
    if comments.iter().all(|comment| comment.parent.is_empty()) {
        return vec![None; comments.len()];
    }
    // Of several with one id the first: an answer may stand before the others.
    let ids = comments.iter().enumerate().rev();
    let positions: FxHashMap<&str, usize> =
        ids.map(|(position, comment)| (comment.id.as_str(), position)).collect();
    let parent = |comment: &Comment| positions.get(comment.parent.as_str()).copied();
    comments.iter().map(parent).collect()
}

/// The order in which comments with times were written, parents always before their answers even
/// where clocks were wrong; none if the dump does not have all times.
pub(super) fn by_time(comments: &[Comment], parents: &[Option<usize>]) -> Option<Vec<usize>> {
    if comments.iter().any(|comment| comment.posted.is_none()) {
        return None;
    }
    // Time and depth of each comment, once known.
    let mut keys: Vec<Option<(jiff::Timestamp, usize)>> = vec![None; comments.len()];
    let mut chain = Vec::new();
    for start in 0..comments.len() {
        let mut next = Some(start);
        while let Some(position) = next.filter(|&position| keys[position].is_none()) {
            chain.push(position);
            keys[position] = Some((comments[position].posted?, 0));
            next = parents[position];
        }
        // A circle ends where it began: that comment counts as a root.
        let mut above = next.filter(|position| !chain.contains(position)).and_then(|p| keys[p]);
        while let Some(position) = chain.pop() {
            let own = comments[position].posted?;
            let key = above.map_or((own, 0), |(time, depth)| (own.max(time), depth + 1));
            keys[position] = Some(key);
            above = Some(key);
        }
    }
    let mut order: Vec<usize> = (0..comments.len()).collect();
    order.sort_by_key(|&position| keys[position]);
    Some(order)
}

/// The order as it is, but with each parent before its answers; none if that is so already. In a
/// circle one answer stays before its parent.
fn parents_first(parents: &[Option<usize>]) -> Option<Vec<usize>> {
    let stands_behind = |(position, parent): (usize, &Option<usize>)| *parent > Some(position);
    if !parents.iter().enumerate().any(stands_behind) {
        return None;
    }
    let mut is_taken = vec![false; parents.len()];
    let (mut order, mut chain) = (Vec::with_capacity(parents.len()), Vec::new());
    for start in 0..parents.len() {
        let mut next = Some(start);
        while let Some(position) = next.filter(|&position| !is_taken[position]) {
            is_taken[position] = true;
            chain.push(position);
            next = parents[position];
        }
        order.extend(chain.drain(..).rev());
    }
    Some(order)
}

/// The items in another order.
pub(super) fn pick<T>(items: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|&position| items[position].take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(rows: &[(&str, &str, i64)]) -> Vec<Comment> {
        let comment = |(number, (author, text, second)): (usize, &(&str, &str, i64))| Comment {
            id: number.to_string(),
            author: (*author).to_owned(),
            text: (*text).to_owned(),
            posted: (*second > 0).then(|| jiff::Timestamp::from_second(*second).unwrap()),
            ..Comment::default()
        };
        rows.iter().enumerate().map(comment).collect()
    }

    fn ids(comments: &[Comment]) -> Vec<&str> {
        comments.iter().map(|comment| comment.id.as_str()).collect()
    }

    #[test]
    fn falling_times_tell_that_the_newest_stands_first() {
        let mut rows = comments(&[("A", "x", 30), ("B", "y", 20), ("C", "z", 10)]);
        let (arrangement, _) = arrange(&mut rows, &LinkOptions::default());
        assert_eq!(arrangement.order, Order::Newest);
        assert_eq!(ids(&rows), ["2", "1", "0"]);
    }

    #[test]
    fn names_of_those_below_tell_that_the_newest_stands_first() {
        let mut rows =
            comments(&[("D", "@A no", 0), ("C", "@A yes", 0), ("B", "@A so", 0), ("A", "x", 0)]);
        let (arrangement, shown) = arrange(&mut rows, &LinkOptions::default());
        assert_eq!(arrangement.order, Order::Newest);
        assert_eq!(shown, [3, 2, 1, 0]);
        assert_eq!(ids(&rows), ["3", "2", "1", "0"]);
    }

    #[test]
    fn jumping_times_tell_that_answers_stand_under_what_they_answer() {
        let mut rows =
            comments(&[("A", "x", 10), ("B", "@A", 50), ("C", "y", 20), ("D", "@C", 60)]);
        let (arrangement, _) = arrange(&mut rows, &LinkOptions::default());
        assert_eq!((arrangement.layout, arrangement.reason), (Layout::Nested, Reason::Times));
        assert_eq!(ids(&rows), ["0", "1", "2", "3"]);
    }

    #[test]
    fn an_answer_never_stands_before_its_parent_whatever_the_clock_says() {
        let mut rows = comments(&[("A", "x", 50), ("B", "y", 20), ("C", "z", 30)]);
        rows[1].parent = "0".into();
        arrange(&mut rows, &LinkOptions::default());
        assert_eq!(ids(&rows), ["2", "0", "1"]);
    }

    #[test]
    fn without_times_parents_come_before_their_answers_and_all_else_stays() {
        assert_eq!(parents_first(&[None, Some(0), None, Some(1)]), None);
        let answers_first = [Some(3), None, Some(0), None, Some(3)];
        assert_eq!(parents_first(&answers_first), Some(vec![3, 0, 1, 2, 4]));
        assert_eq!(parents_first(&[Some(1), Some(2), Some(0), None]), Some(vec![2, 1, 0, 3]));
    }

    #[test]
    fn a_circle_of_parents_does_no_harm() {
        let mut rows = comments(&[("A", "x", 5), ("B", "y", 4), ("C", "z", 3)]);
        for (position, parent) in ["1", "2", "0"].into_iter().enumerate() {
            rows[position].parent = parent.into();
        }
        arrange(&mut rows, &LinkOptions::default());
        assert_eq!(rows.len(), 3);
    }
}
