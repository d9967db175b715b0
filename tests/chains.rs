//! What holds for the reply chains of any thread.

use proptest::prelude::*;
use threadwarden::chain::{Layout, Link, LinkOptions, Order};
use threadwarden::{Comment, Thread};

/// Texts that look like comments: mentions, names, quotes and noise.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "@(Ann|Ann Lee|Bob|bob_2|Zoë|Zo|Nobody Here)[ ,:.'-]{0,3}",
        "(Ann|Bob|Zoë)[:,] ",
        "\"it rains every day in the old town\"",
        "> it rains every day\\n",
        "(it rains every day in the old town|why is that so|thanks|no) ",
        "\\PC{0,8}",
    ];
    proptest::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn comments() -> impl Strategy<Value = Vec<Comment>> {
    let author = prop_oneof!["(Ann|Ann Lee|Bob|bob_2|Zoë|)", "\\PC{0,4}"];
    let parent = prop_oneof![4 => Just(String::new()), 1 => "[0-9]{1,2}"];
    let posted = proptest::option::weighted(0.3, 0i64..1000);
    let comment = (author, text(), parent, posted);
    proptest::collection::vec(comment, 0..30).prop_map(|rows| {
        let comment =
            |(number, (author, text, parent, posted)): (usize, (_, _, _, Option<i64>))| Comment {
                id: number.to_string(),
                author,
                text,
                parent,
                posted: posted.and_then(|second| jiff::Timestamp::from_second(second).ok()),
                ..Comment::default()
            };
        rows.into_iter().enumerate().map(comment).collect()
    })
}

fn options() -> impl Strategy<Value = LinkOptions> {
    let layout = prop_oneof![Just(Layout::Auto), Just(Layout::Chronological), Just(Layout::Nested)];
    let order = prop_oneof![Just(Order::Auto), Just(Order::Oldest), Just(Order::Newest)];
    let least = proptest::option::of(0f32..1.0);
    (layout, order, least, any::<bool>(), any::<bool>()).prop_map(
        |(layout, order, min_confidence, similar, refine)| LinkOptions {
            min_confidence,
            layout,
            order,
            similar,
            refine,
        },
    )
}

proptest! {
    #[test]
    fn every_reply_answers_an_earlier_comment(comments in comments(), options in options()) {
        let size = comments.len();
        let thread = Thread::link(comments, None, &options);
        prop_assert_eq!(thread.comments.len(), size);
        for position in 0..size {
            if let Some(reply) = thread.reply(position) {
                prop_assert!(reply.to < position);
                prop_assert!((0.0..=1.0).contains(&reply.confidence));
                prop_assert_eq!(thread.roots[position], thread.roots[reply.to]);
                prop_assert_eq!(thread.depths[position], thread.depths[reply.to] + 1);
            } else {
                prop_assert_eq!(thread.roots[position], position);
            }
        }
        prop_assert_eq!(
            thread.reply_counts.iter().sum::<usize>(),
            thread.links.iter().filter(|link| matches!(link, Link::Reply(_))).count()
        );
    }

    #[test]
    fn a_name_stands_in_its_text(comments in comments(), options in options()) {
        let thread = Thread::link(comments, None, &options);
        for (position, range) in thread.addressees.iter().enumerate() {
            if range.is_some() {
                prop_assert!(thread.addressee(position).is_some_and(|name| !name.is_empty()));
            }
        }
    }

    #[test]
    fn linking_again_gives_the_same(comments in comments(), options in options()) {
        let again = Thread::link(comments.clone(), None, &options);
        prop_assert_eq!(Thread::link(comments, None, &options), again);
    }
}

fn thread(lines: &[(&str, &str)]) -> Thread {
    let comment = |(number, (author, text)): (usize, &(&str, &str))| Comment {
        id: (number + 1).to_string(),
        author: (*author).to_owned(),
        text: (*text).to_owned(),
        ..Comment::default()
    };
    let comments = lines.iter().enumerate().map(comment).collect();
    Thread::link(comments, None, &LinkOptions::default())
}

#[test]
fn a_reply_goes_to_the_person_addressed() {
    let thread = thread(&[
        ("Ann Lee", "The bridge is closed."),
        ("Bob", "Again?"),
        ("Cy", "@Ann Lee, since when?"),
    ]);
    assert_eq!(thread.reply(2).map(|reply| reply.to), Some(0));
    assert_eq!(thread.addressee(2), Some("Ann Lee"));
}

#[test]
fn a_quote_reveals_the_author_to_whom_all_others_speak() {
    let thread = thread(&[
        ("", "Will the mayor ever forget what the council did to her last spring?"),
        ("", "Good for the town."),
        ("", "@Nadia , the council can do what it likes"),
        (
            "",
            "@Nadia , \"Will the mayor ever forget what the council did to her last spring?\" No.",
        ),
        ("", "@Omar Baran, \"Nothing new, she is walking to work, let her walk\" She has a car."),
    ]);
    assert_eq!(thread.reply(2).map(|reply| reply.to), Some(0));
    assert_eq!(thread.reply(3).map(|reply| reply.to), Some(0));
    assert_eq!(thread.authors[0].as_ref().map(|author| author.name.as_str()), Some("Nadia"));
    assert!(matches!(thread.links[4], Link::Absent { .. }));
    assert_eq!(thread.addressee(4), Some("Omar Baran"));
}

#[test]
fn a_given_parent_stands_and_a_missing_one_makes_an_orphan() {
    let comment = |id: &str, parent: &str, text: &str| Comment {
        id: id.into(),
        author: "Ann".into(),
        parent: parent.into(),
        text: text.into(),
        ..Comment::default()
    };
    let comments = vec![
        comment("a", "", "one"),
        comment("b", "c", "a parent that comes later"),
        comment("c", "a", "two"),
        comment("d", "x", "nobody knows x"),
        comment("e", "e", "itself"),
    ];
    let thread = Thread::link(comments, None, &LinkOptions::default());
    let ids: Vec<&str> = thread.comments.iter().map(|comment| comment.id.as_str()).collect();
    assert_eq!(ids, ["a", "c", "b", "d", "e"]);
    assert_eq!(thread.reply(1).map(|reply| reply.to), Some(0));
    assert_eq!(thread.reply(2).map(|reply| reply.to), Some(1));
    assert_eq!(thread.links[3], Link::Orphan);
    assert_eq!(thread.links[4], Link::Orphan);
}

#[test]
fn who_is_spoken_to_by_name_did_not_write_the_comment() {
    let thread = thread(&[
        ("", "Great reporting, Laura. The bridge should have been closed last year."),
        ("", "It was safe."),
        ("", "@Laura Finch, why was the bridge not closed last year?"),
        ("", "@Laura Finch, thanks for the report on the bridge."),
    ]);
    assert_eq!(thread.authors[0], None);
    assert_ne!(thread.reply(2).map(|reply| reply.to), Some(0));
}

#[test]
fn a_quote_of_four_words_reveals_the_author_to_a_mention_inside_a_text() {
    let thread = thread(&[
        ("", "The bridge is closed again today because of the storm and nobody cares."),
        ("", "I like storms."),
        ("", "@Nadia, \"closed again today because\" is not what they say."),
        ("", "Well, I think that @Nadia has a point there."),
    ]);
    assert_eq!(thread.authors[0].as_ref().map(|author| author.name.as_str()), Some("Nadia"));
    assert_eq!(thread.reply(3).map(|reply| reply.to), Some(0));
}

#[test]
fn whom_a_field_of_the_dump_names_is_answered() {
    let comment = |author: &str, addressee: &str, text: &str| Comment {
        author: author.into(),
        addressee: addressee.into(),
        text: text.into(),
        ..Comment::default()
    };
    let comments = vec![
        comment("Ann Lee", "", "The bridge is closed."),
        comment("Bob", "", "Again?"),
        comment("Cy", "Ann Lee", "Since when?"),
        comment("Di", "Ann Lee", "Ask @Bob"),
        comment("Ann Lee", "Ann Lee", "Since today, I mean."),
        comment("Ed", "Nobody Here", "What?"),
    ];
    let thread = Thread::link(comments, None, &LinkOptions::default());
    let parents: Vec<_> = (2..5).map(|i| thread.reply(i).map(|reply| reply.to)).collect();
    assert_eq!(parents, [Some(0), Some(0), Some(0)]);
    let addressees: Vec<_> = (1..5).map(|i| thread.addressee(i)).collect();
    assert_eq!(addressees, [None, Some("Ann Lee"), Some("Ann Lee"), Some("Ann Lee")]);
    assert!(matches!(thread.links[5], Link::Absent { .. }));
    assert_eq!(thread.addressee(5), Some("Nobody Here"));
}

#[test]
fn every_way_to_write_a_mention_finds_the_person_meant() {
    for text in [
        "@Ann Lee, yes",
        "@Ann Lee yes",
        "@Ann that is so",
        "@annlee: yes",
        "@ANN LEE - yes",
        "@Anne Lee yes",
        "@ Ann Lee yes",
        "@Ann Lee… yes",
        "Hi @Ann Lee, yes",
        "That is so (@Ann Lee)",
        "@Ann's point is good",
        "\u{a0}@\u{a0}Ann Lee\u{a0}yes",
        "RT@annlee: yes",
        ".@annlee yes",
        "@Ann Lee and @Bob Moor: yes",
        "Ann Lee: yes",
        "Ann, you are right",
        "Dear Ann, you are right",
        "You say \"it is @Bob Moor who\" @Ann Lee",
        "write to bob@example.org @Ann Lee",
        "@media print is not for @Ann Lee",
    ] {
        let thread =
            thread(&[("Ann Lee", "The bridge is closed."), ("Bob Moor", "Again?"), ("Cy", text)]);
        assert_eq!(thread.reply(2).map(|reply| reply.to), Some(0), "{text}");
    }
}

#[test]
fn the_name_spoken_to_is_told_even_if_nobody_bears_it() {
    for (text, name) in [
        ("@Walter Krug, yes", "Walter Krug"),
        ("@cdf546b6a1:disqus yes", "cdf546b6a1"),
        ("@Keep-Left - no", "Keep-Left"),
    ] {
        let thread = thread(&[("Ann Lee", "The bridge is closed."), ("Cy", text)]);
        assert_eq!(thread.addressee(1), Some(name));
        assert!(matches!(thread.links[1], Link::Absent { .. }), "{text}");
    }
}

#[test]
fn what_is_no_mention_makes_no_link() {
    for text in [
        "write to ann@example.org",
        "use @media print",
        "call @Ann(1)",
        "what cr@p",
        "2048 x 1536 @ 300 dpi",
        "> @Ann Lee no\nso it goes",
    ] {
        let thread = thread(&[("Ann Lee", "The bridge is closed."), ("Cy", text)]);
        assert_eq!(thread.links[1], Link::Root, "{text}");
    }
}
