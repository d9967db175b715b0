//! Threads written by hand: who answers whom, and how hot.

use super::{AUTHOR_COLUMNS, Authors, THREAD_COLUMNS, summarise};
use crate::chain::{AuthorSource, Authorship, Evidence, Link, Reply, Thread};
use crate::comment::Comment;
use crate::score::Assessment;
use crate::score::flamebait::{Flamebait, Label};
use crate::table::{Cell, Rows};

/// Comments by author, comment answered, and score.
fn thread(comments: &[(&str, Option<usize>, f64)]) -> (Thread, Vec<Assessment>) {
    let reply = |to| Link::Reply(Reply { to, evidence: Evidence::Given, confidence: 1.0 });
    let named =
        |name: &str| Authorship { name: name.into(), source: AuthorSource::Given, confidence: 1.0 };
    let scored = |score| Flamebait {
        score,
        label: Label::of(score),
        categories: Vec::new(),
        target: None,
        reasons: Vec::new(),
    };
    let thread = Thread {
        links: comments.iter().map(|comment| comment.1.map_or(Link::Root, reply)).collect(),
        authors: comments.iter().map(|comment| Some(named(comment.0))).collect(),
        ..Thread::default()
    };
    let assessments = comments
        .iter()
        .map(|comment| Assessment { flamebait: Some(scored(comment.2)), ..Assessment::default() });
    (thread, assessments.collect())
}

#[test]
fn three_flames_from_two_people_on_one_are_a_pile_on() {
    let (thread, assessments) = thread(&[
        ("Ann", None, 0.1),
        ("Bob", Some(0), 0.9),
        ("Cid", Some(0), 0.8),
        ("Ann", Some(1), 0.2),
        ("Bob", Some(3), 0.95),
    ]);
    let summary = summarise(&thread, &assessments);
    assert_eq!((summary.flamebait, summary.first_flame), (3, Some(1)));
    let [pile_on] = &summary.pile_ons[..] else { panic!("{summary:?}") };
    assert_eq!((pile_on.victim.as_deref(), pile_on.comment), (Some("Ann"), 0));
    assert_eq!(pile_on.attacks, [1, 2, 4]);
    assert_eq!(pile_on.attackers, ["Bob", "Cid"]);
}

#[test]
fn a_quarrel_of_two_is_no_pile_on_and_nobody_attacks_himself() {
    let (thread, assessments) = thread(&[
        ("Ann", None, 0.1),
        ("Bob", Some(0), 0.9),
        ("Bob", Some(0), 0.9),
        ("Bob", Some(0), 0.9),
        ("Bob", Some(1), 0.9),
    ]);
    assert_eq!(summarise(&thread, &assessments).pile_ons, []);
}

#[test]
fn offenders_and_victims_are_counted_over_threads() {
    let mut authors = Authors::default();
    for _ in 0..2 {
        let (thread, assessments) =
            thread(&[("Ann", None, 0.1), ("Bob", Some(0), 0.9), ("Bob", Some(0), 0.6)]);
        authors.add(&thread, &assessments);
    }
    let summaries: Vec<_> = authors.summaries().collect();
    assert_eq!(summaries.iter().map(|author| &author.name[..]).collect::<Vec<_>>(), ["Bob", "Ann"]);
    assert_eq!((summaries[1].attacked, summaries[1].attackers, summaries[1].flamebait), (2, 1, 0));
    let bob = &summaries[0];
    assert_eq!((bob.comments, bob.heated, bob.flamebait, bob.threads_burnt), (4, 2, 2, 2));
    assert_eq!((bob.threads, bob.attacks, bob.targets, bob.is_repeat_offender()), (2, 2, 1, false));
}

#[test]
fn threads_gathered_apart_give_the_same_authors() {
    let hot = thread(&[("Ann", None, 0.1), ("Bob", Some(0), 0.9), ("Cid", Some(0), 0.95)]);
    let calm = thread(&[("Bob", None, 0.3), ("Ann", Some(0), 0.8), ("Cid", None, 0.1)]);
    let pile_on = thread(&[
        ("Ann", None, 0.1),
        ("Bob", Some(0), 0.9),
        ("Cid", Some(0), 0.8),
        ("Bob", Some(0), 0.95),
    ]);
    let (mut together, mut apart) = (Authors::default(), Authors::default());
    for (thread, assessments) in [hot, calm, pile_on] {
        together.add(&thread, &assessments);
        let mut one = Authors::default();
        one.add(&thread, &assessments);
        apart.append(one);
    }
    let together: Vec<_> = together.summaries().collect();
    assert_eq!(together, apart.summaries().collect::<Vec<_>>());
    let [bob, cid, ann] = &together[..] else { panic!("{together:?}") };
    assert!(bob.is_repeat_offender() && !cid.is_repeat_offender());
    assert_eq!((&ann.name[..], ann.attacked, ann.attackers, ann.pile_ons), ("Ann", 5, 2, 1));
}

#[test]
fn a_row_has_a_cell_for_each_column() {
    let (mut thread, assessments) = thread(&[("Ann", None, 0.1), ("Bob", Some(0), 0.9)]);
    thread.comments = ["a", "b"]
        .map(|id| Comment { id: id.into(), thread: "t".into(), ..Comment::default() })
        .into();
    let mut rows = Rows::new(THREAD_COLUMNS.len());
    summarise(&thread, &assessments).write("dump", &thread, "m", &mut rows);
    assert_eq!((rows.len(), rows.iter().count()), (1, 1));
    assert_eq!(rows.row(0).cells().last(), Some(Cell::Text("m")));
    let mut authors = Authors::default();
    authors.add(&thread, &assessments);
    let mut rows = Rows::new(AUTHOR_COLUMNS.len());
    authors.summaries().for_each(|author| author.write("m", &mut rows));
    assert_eq!(rows.len(), 2);
    assert_eq!(rows.row(1).cells().last(), Some(Cell::Text("m")));
}

#[test]
fn the_first_flame_is_the_first_by_time() {
    let (mut thread, assessments) =
        thread(&[("Ann", None, 0.1), ("Bob", Some(0), 0.9), ("Cid", None, 0.8)]);
    thread.comments = [10, 30, 20]
        .map(|second| Comment {
            posted: jiff::Timestamp::from_second(second).ok(),
            ..Comment::default()
        })
        .into();
    assert_eq!(summarise(&thread, &assessments).first_flame, Some(2));
}
