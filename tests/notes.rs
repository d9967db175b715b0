//! What had to be assumed or left out is said.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use std::fs;

use support::{TWO_LINES, empty_folder, said, threadwarden};

/// What the command says about a dump called `name`.
fn said_of(name: &str, dump: &str, more: &[&str]) -> String {
    let folder = empty_folder();
    fs::write(folder.path().join(name), dump).unwrap();
    let arguments = [&["score", name, "-o", "report.csv"], more].concat();
    said(&threadwarden(folder.path(), &arguments, ""), 0)
}

#[test]
fn nothing_is_said_where_nothing_is_odd() {
    let said = said_of("d.jsonl", TWO_LINES, &[]);
    assert!(said.starts_with("2 comments in 1 thread\n"), "{said}");
}

#[test]
fn a_field_that_no_record_has_is_named() {
    let dump = "[{\"text\":\"One\",\"who\":{\"nick\":\"Ann\"}}]";
    let said = said_of("d.json", dump, &["--map", "author=who.nik"]);
    assert!(said.contains("d.json: no record has a field called who.nik"), "{said}");
    let said = said_of("d.json", dump, &["--map", "author=who.nick"]);
    assert!(!said.contains("no record has"), "{said}");
}

#[test]
fn columns_that_are_not_used_are_named() {
    let said = said_of("d.csv", "id,Wer,text,mood\n1,Ann,One,glad\n", &[]);
    assert!(said.contains("d.csv: not used: Wer, mood;"), "{said}");
    let said = said_of("d.csv", "id,Wer,text\n1,Ann,One\n", &["--map", "author=Wer"]);
    assert!(!said.contains("not used"), "{said}");
}

#[test]
fn comments_with_one_id_are_kept_and_counted() {
    let said = said_of("d.csv", "id,text\n1,One\n2,Two\n1,Three\n", &[]);
    assert!(said.contains("3 comments in 1 thread"), "{said}");
    assert!(said.contains("duplicates: 1 comment with the id of one before"), "{said}");
}

#[test]
fn what_is_special_about_a_comment_is_marked() {
    let folder = empty_folder();
    let table = "id,author,text\n1,Ann,One\n2,AutoModerator,Be kind.\n1,Ann,[deleted]\n";
    fs::write(folder.path().join("d.csv"), table).unwrap();
    said(&threadwarden(folder.path(), &["score", "d.csv", "-o", "r.jsonl"], ""), 0);
    let report = fs::read_to_string(folder.path().join("r.jsonl")).unwrap();
    for (row, state) in report.lines().zip(["null", "\"automatic\"", "\"deleted; duplicate\""]) {
        assert!(row.contains(&format!("\"state\":{state}")), "{row}");
    }
}

#[test]
fn comments_that_the_dump_leaves_out_are_counted() {
    let dump = r#"[{"kind":"Listing","data":{"children":[
        {"kind":"t1","data":{"id":"a","link_id":"t3_x","parent_id":"t3_x","subreddit":"s","author":"Ann","body":"One","created_utc":1600000000}},
        {"kind":"more","data":{"count":7,"id":"b","parent_id":"t3_x","children":["b","c"]}},
        {"kind":"more","data":{"count":0,"id":"_","parent_id":"t1_a","children":[]}}]}}]"#;
    let said = said_of("d.json", dump, &[]);
    assert!(said.contains("leaves out 8 comments or more"), "{said}");
}

#[test]
fn dates_with_two_meanings_are_read_as_the_others_tell() {
    let table = |other: &str| format!("text,date\nOne,03/04/2019 10:00\nTwo,{other}\n");
    for (other, meant) in [
        ("31/12/2018 23:59", Some("2019-04-03T10:00:00Z")),
        ("12/31/2018 23:59", Some("2019-03-04T10:00:00Z")),
        ("05/06/2019 23:59", None),
    ] {
        let folder = empty_folder();
        fs::write(folder.path().join("d.csv"), table(other)).unwrap();
        let output = threadwarden(folder.path(), &["score", "d.csv", "-o", "r.jsonl"], "");
        let said = said(&output, 0);
        let report = fs::read_to_string(folder.path().join("r.jsonl")).unwrap();
        assert_eq!(said.contains("has two meanings"), meant.is_none(), "{other}: {said}");
        if let Some(meant) = meant {
            assert!(report.contains(meant), "{other}: {report}");
        }
    }
}

#[test]
fn reports_of_ours_in_a_folder_are_left_out_and_named() {
    let folder = empty_folder();
    let dumps = folder.path().join("dumps");
    fs::create_dir(&dumps).unwrap();
    fs::write(dumps.join("d.csv"), "id,text\n1,One\n").unwrap();
    for report in ["report.csv", "report.jsonl", "queue.xlsx", "report.tsv"] {
        let place = format!("dumps/{report}");
        said(&threadwarden(folder.path(), &["score", "dumps/d.csv", "-o", &place], ""), 0);
    }
    let output = threadwarden(folder.path(), &["score", "dumps", "-o", "all.csv"], "");
    let said = said(&output, 0);
    for report in ["report.csv", "report.jsonl", "queue.xlsx", "report.tsv"] {
        let notice = format!("{report}: is a report of Threadwarden and left out");
        assert!(said.contains(&notice), "{said}");
    }
    assert!(said.contains("1 comment in 1 thread"), "{said}");
    let output = threadwarden(folder.path(), &["score", "dumps/report.csv", "-o", "again.csv"], "");
    assert!(support::said(&output, 0).contains("1 comment in 1 thread"));
}

#[test]
fn parents_that_are_missing_come_later_or_answer_in_a_circle_are_told_apart() {
    let replies = |dump| {
        let said = said_of("d.csv", dump, &[]);
        said.lines().find_map(|line| Some(line.split_once("replies: ")?.1.to_owned())).unwrap()
    };
    let later = "id,parent_id,text\n2,1,Yes\n1,,Will it rain\n3,2,No\n";
    assert_eq!(replies(later), "2 found, 0 spoken to someone absent");
    let missing = "id,parent_id,text\n2,1,Yes\n3,2,No\n";
    assert!(
        replies(missing)
            .ends_with("1 found, 0 spoken to someone absent, 1 to a comment that the dump lacks")
    );
    let circle = "id,parent_id,text\n1,2,Yes\n2,1,No\n";
    assert_eq!(replies(circle), "1 found, 0 spoken to someone absent, 1 in a circle");
}
