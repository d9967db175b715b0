//! What is read of every dump in `samples/formats`, one for each format: a new file there is tested
//! as soon as it is there. After a wanted change, `INSTA_UPDATE=always cargo test` accepts what is
//! new.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use threadwarden::Comment;
use threadwarden::parse::{Dump, FORMATS, Notes, ReadOptions};

/// Everything that is read of a dump, only what says something.
fn read(path: &Path, options: &ReadOptions) -> String {
    let mut dump = Dump::open(path, options, &Arc::default()).unwrap();
    let mut text = format!("{}\n", dump.format().name());
    let mut comment = Comment::default();
    loop {
        let read = dump.next(&mut comment);
        while let Some(article) = dump.article() {
            let _ = writeln!(
                text,
                "article {:?} {:?} {:?} {:?}",
                article.thread, article.title, article.text, article.declared
            );
        }
        match read {
            Ok(true) => show(&comment, &mut text),
            Ok(false) => break,
            Err(fault) => {
                let fault = fault.to_string();
                let _ = writeln!(text, "fault {}", fault.rsplit('/').next().unwrap());
                break_unless_record(&fault);
            }
        }
    }
    let notes = dump.notes();
    if notes != Notes::default() {
        let _ = writeln!(text, "{notes:?}");
    }
    text
}

fn break_unless_record(fault: &str) {
    assert!(fault.ends_with("the record is left out"), "{fault}");
}

fn show(comment: &Comment, text: &mut String) {
    let Comment { id, thread, author, author_id, addressee, parent, personal, .. } = comment;
    let _ = writeln!(text, "comment {id:?} in {thread:?}");
    for (name, value) in [
        ("author", author),
        ("author_id", author_id),
        ("addressee", addressee),
        ("parent", parent),
        ("personal", personal),
    ] {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name}: {value:?}");
        }
    }
    if let Some(posted) = comment.posted {
        let _ = writeln!(text, "  posted: {posted}");
    }
    if let Some(votes) = comment.votes {
        let _ = writeln!(text, "  votes: {votes}");
    }
    for (name, flag) in [("deleted", comment.deleted), ("automatic", comment.automatic)] {
        if flag {
            let _ = writeln!(text, "  {name}");
        }
    }
    let _ = writeln!(text, "  text: {:?}", comment.text);
    if comment.words() != comment.text {
        let _ = writeln!(text, "  words: {:?}", comment.words());
    }
}

#[test]
fn every_format_is_read_as_before() {
    insta::glob!("../samples/formats", "*.*", |path| {
        insta::assert_snapshot!(read(path, &ReadOptions::default()));
    });
}

#[test]
fn addresses_are_read_only_if_asked_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/formats/wordpress.xml");
    assert!(!read(&path, &ReadOptions::default()).contains("n@blog.example"));
    let options = ReadOptions { keep_personal: true, ..ReadOptions::default() };
    assert!(read(&path, &options).contains("personal: \"n@blog.example 192.0.2.5\""));
}

#[test]
fn every_format_has_a_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/formats");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let known: Vec<&str> = files
        .map(|path| {
            Dump::open(&path, &ReadOptions::default(), &Arc::default()).unwrap().format().name()
        })
        .collect();
    for format in FORMATS {
        assert!(known.contains(&format.name()), "{} has no sample", format.name());
    }
}
