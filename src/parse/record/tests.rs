use super::*;
use crate::comment::Comment;
use crate::parse::preset::{GENERIC, REDDIT, REPORT};
use crate::parse::{Head, Preset, ReadOptions};

/// The comment of a record with these fields.
fn comment(preset: &Preset, fields: &[(&str, &str)]) -> Comment {
    let mut mapping = Mapping::new(preset, &ReadOptions::default(), &Head::default());
    let mut record = Record::default();
    for (name, value) in fields {
        let (field, rank) = mapping.meaning(name).value.unwrap();
        record.set(field, rank, Some(value));
    }
    let outcome = mapping.finish(&mut record, Holds::Nothing);
    assert!(matches!(outcome, Outcome::Comment), "{outcome:?}");
    record.comment
}

#[test]
fn ids_that_became_floats_are_mended() {
    for (written, meant) in [
        ("22024897.0", "22024897"),
        ("22024897.00", "22024897"),
        ("1.5", "1.5"),
        ("10150000000000001", "10150000000000001"),
        ("12345678901234567890123", "12345678901234567890123"),
        (" 7 ", "7"),
        ("Ugx.9z", "Ugx.9z"),
        ("057894cf4738a5d8", "057894cf4738a5d8"),
    ] {
        let read = comment(&GENERIC, &[("id", written), ("text", "x")]);
        assert_eq!(read.id, meant);
    }
}

#[test]
fn no_parent_is_no_parent_however_it_is_written() {
    for none in ["0", "0.0", "root", "", "null", "t3_abc", "1"] {
        let read = comment(
            &GENERIC,
            &[("id", "1"), ("thread_id", "9"), ("parent_id", none), ("text", "x")],
        );
        assert_eq!(read.parent, "", "{none}");
    }
    let text = "I also feel that it is important for him to have a say in the proposal.";
    assert_eq!(comment(&GENERIC, &[("parent", text), ("text", "x")]).parent, "");
}

#[test]
fn parents_of_reddit_are_joined() {
    for (written, meant) in
        [("t1_haf7mc4", "haf7mc4"), ("37635511252", "haf7mc4"), ("t3_pbkq8f", "")]
    {
        let read = comment(
            &REDDIT,
            &[("id", "haflnk8"), ("link_id", "t3_pbkq8f"), ("parent_id", written), ("body", "x")],
        );
        assert_eq!(read.parent, meant, "{written}");
    }
}

#[test]
fn a_report_of_ours_gives_back_only_what_was_given() {
    let read = |source| {
        let fields = [
            ("author", "Ann"),
            ("author_source", source),
            ("parent_id", "3"),
            ("parent_source", source),
            ("text", "x"),
        ];
        let comment = comment(&REPORT, &fields);
        (comment.author, comment.parent)
    };
    assert_eq!(read("given"), ("Ann".into(), "3".into()));
    assert_eq!(read("mention"), (String::new(), String::new()));
}

#[test]
fn what_is_deleted_keeps_its_place() {
    let read = comment(&REDDIT, &[("id", "a"), ("author", "[deleted]"), ("body", "[removed]")]);
    assert!(read.deleted);
    assert_eq!((read.author.as_str(), read.text.as_str()), ("", "[removed]"));
    assert!(comment(&GENERIC, &[("text", "x"), ("status", "spam")]).deleted);
    assert!(comment(&GENERIC, &[("text", "x"), ("deleted", "1")]).deleted);
    assert!(!comment(&GENERIC, &[("text", "x"), ("status", "1")]).deleted);
    assert!(!comment(&GENERIC, &[("text", ""), ("status", "approved")]).deleted);
}

#[test]
fn votes_are_counted_however_they_are_written() {
    for (written, votes) in [
        ("12", Some(12)),
        ("-3.0", Some(-3)),
        ("1.2K", Some(1200)),
        ("1,204", Some(1204)),
        ("", None),
        ("many", None),
    ] {
        assert_eq!(comment(&GENERIC, &[("text", "x"), ("votes", written)]).votes, votes);
    }
}

#[test]
fn addresses_are_kept_only_if_asked_for() {
    let mut record = Record::default();
    for keep_personal in [false, true] {
        let options = ReadOptions { keep_personal, ..ReadOptions::default() };
        let mut mapping = Mapping::new(&GENERIC, &options, &Head::default());
        record.clear();
        record.set(Field::Text, 1, Some("x"));
        record.set(Field::Personal, 1, Some("a@example.org"));
        record.set(Field::Personal, 2, Some("127.0.0.1"));
        mapping.finish(&mut record, Holds::Nothing);
        let kept = if keep_personal { "a@example.org 127.0.0.1" } else { "" };
        assert_eq!(record.comment.personal, kept);
    }
}
