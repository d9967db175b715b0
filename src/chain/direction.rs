//! In which direction time runs in a dump that has no times: told from who answers, names and
//! quotes whom.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lists::Lists;
use super::mention;
use super::order::given_parents;
use super::people::People;
use super::quote;
use super::shared::{self, STRETCH};
use super::words::Words;
use crate::comment::Comment;

/// So many comments must answer one behind them in the dump, and so many times as many as answer
/// one before, for the dump to be taken as newest first.
const LEAST_BACK: usize = 3;

/// So many comments are enough to tell.
const SAMPLE: usize = 1000;

/// Whether more answers stand before what they answer than behind it: as the dump gives parents,
/// or else by the names that comments speak to, and where these are too few by what they quote.
pub(super) fn points_back(comments: &[Comment]) -> bool {
    let (mut on, mut back) = (0, 0);
    if comments.iter().any(|comment| !comment.parent.is_empty()) {
        for (position, parent) in given_parents(comments).into_iter().enumerate() {
            on += usize::from(parent.is_some_and(|parent| parent < position));
            back += usize::from(parent.is_some_and(|parent| parent > position));
        }
    } else {
        let comments = &comments[..comments.len().min(SAMPLE)];
        if comments.iter().any(|comment| !comment.author.is_empty()) {
            (on, back) = mentions_back(comments);
        }
        if on + back < LEAST_BACK {
            let quotes = quotes_back(comments);
            (on, back) = (on + quotes.0, back + quotes.1);
        }
    }
    back >= LEAST_BACK && back > on * LEAST_BACK
}

/// How many comments are quoted by one behind them, and by one before them.
fn quotes_back(comments: &[Comment]) -> (usize, usize) {
    let (mut words, mut covered, mut spans) = (Words::default(), Vec::new(), Vec::new());
    // Where each quoted stretch stands without marks: the first such comment.
    let mut sources: FxHashMap<u64, Option<usize>> = FxHashMap::default();
    let mut quoting = Lists::default();
    let mut quotes = 0;
    for comment in comments {
        quote::spans(comment.words(), &mut spans);
        if !spans.is_empty() {
            words.clear();
            words.add(comment.words(), &spans, &mut covered);
            let stretches =
                covered.iter().flat_map(|span| words.of(0)[span.clone()].windows(STRETCH));
            for stretch in stretches.map(shared::hash) {
                sources.insert(stretch, None);
                quoting.push(stretch);
            }
            quotes += usize::from(!quoting.open().is_empty());
        }
        quoting.close();
    }
    if quotes == 0 {
        return (0, 0);
    }
    for (position, comment) in comments.iter().enumerate() {
        words.clear();
        words.add(comment.words(), &[], &mut covered);
        for stretch in words.of(0).windows(STRETCH).map(shared::hash) {
            if !quoting[position].contains(&stretch)
                && let Some(source @ None) = sources.get_mut(&stretch)
            {
                *source = Some(position);
            }
        }
    }
    let (mut on, mut back) = (0, 0);
    let mut counted = FxHashSet::default();
    for position in 0..comments.len() {
        let found = |stretch: &u64| sources.get(stretch).copied().flatten();
        // What many quote may be from elsewhere, and one of them may leave out the marks.
        if let Some(source) = quoting[position].iter().find_map(found)
            && counted.insert(source)
        {
            on += usize::from(source < position);
            back += usize::from(source > position);
        }
    }
    (on, back)
}

/// How many comments speak to somebody who wrote only before, and only behind them.
fn mentions_back(comments: &[Comment]) -> (usize, usize) {
    let mut people = People::default();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (position, comment) in comments.iter().enumerate() {
        if !comment.author.is_empty() {
            let person = people.enter(&comment.author, position);
            spans.resize(people.len(), (position, position));
            spans[person].1 = position;
        }
    }
    let (mut on, mut back) = (0, 0);
    let mut found = Vec::new();
    for (position, comment) in comments.iter().enumerate() {
        found.clear();
        mention::find(comment.words(), &[], &mut found);
        let Some(first) = found.first() else { continue };
        let Some((person, _)) = people.whole(&comment.words()[first.name..]) else { continue };
        let (earliest, latest) = spans[person];
        on += usize::from(latest < position);
        back += usize::from(earliest > position);
    }
    (on, back)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(texts: &[&str]) -> Vec<Comment> {
        let comment = |text: &&str| Comment { text: (*text).into(), ..Comment::default() };
        texts.iter().map(comment).collect()
    }

    #[test]
    fn quotes_of_what_stands_below_tell_that_the_newest_stands_first() {
        let mut page = comments(&[
            "\"nobody asked the people who live there\" is what you say",
            "> the bridge was safe for fifty years\nno it was not",
            "They closed it, and nobody asked the people who live there.",
            "“a new bridge costs more than a school” where is that from",
            "As I said, a new bridge costs more than a school.",
            "I know that the bridge was safe for fifty years.",
        ]);
        assert!(points_back(&page));
        page.reverse();
        assert!(!points_back(&page));
    }

    #[test]
    fn two_quotes_of_what_stands_below_are_too_few_to_tell() {
        let page = comments(&[
            "\"nobody asked the people who live there\" is what you say",
            "> the bridge was safe for fifty years\nno it was not",
            "They closed it, and nobody asked the people who live there.",
            "I know that the bridge was safe for fifty years.",
        ]);
        assert!(!points_back(&page));
    }
}
