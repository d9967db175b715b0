//! Corpora, looked at as JSON.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::export::{Run, Sink, WriteOptions, report_named};
use crate::table::{Cell, Column, Rows};

fn columns() -> [Column; 9] {
    [
        Column::text("source", ""),
        Column::text("thread_id", ""),
        Column::text("comment_id", ""),
        Column::text("parent_id", ""),
        Column::count("depth", ""),
        Column::text("author", ""),
        Column::time("posted_at", ""),
        Column::text("flamebait_label", ""),
        Column::text("text", ""),
    ]
}

/// The corpus of comments given as thread, id and author, each a conversation of its own.
fn corpus(at: &Path, comments: &[[&str; 3]]) {
    let columns = columns();
    let mut rows = Rows::new(columns.len());
    for [thread, id, author] in comments {
        rows.push(Cell::Text("dump"));
        rows.push(Cell::Text(thread));
        rows.push(Cell::Text(id));
        rows.push(Cell::Empty);
        rows.push(Cell::Count(0));
        rows.push_text(|buffer| buffer.push_str(author));
        rows.push(Cell::Text("2025-03-01T12:30:00Z"));
        rows.push(Cell::Text("heated"));
        rows.push(Cell::Text("Hello \"you\"."));
    }
    let report = report_named("convokit").unwrap();
    let mut sink = Sink::create(at, report, &columns, WriteOptions::default()).unwrap();
    sink.write(&mut rows, &Run { tool: "threadwarden 1".into(), ..Run::default() }).unwrap();
    sink.publish().unwrap();
}

fn utterances(at: &Path) -> Vec<Value> {
    let text = fs::read_to_string(at.join("utterances.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn file(at: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(at.join(name)).unwrap()).unwrap()
}

#[test]
fn a_corpus_has_its_five_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("corpus");
    corpus(&at, &[["t", "1", "Ann"], ["t", "2", ""]]);
    let read = utterances(&at);
    assert_eq!(read[0]["id"], "1");
    assert_eq!(read[0]["conversation_id"], "1");
    assert_eq!(read[0]["reply-to"], Value::Null);
    assert_eq!(read[0]["timestamp"], 1_740_832_200);
    assert_eq!(read[0]["text"], "Hello \"you\".");
    assert_eq!(read[0]["meta"]["flamebait_label"], "heated");
    assert_eq!((&read[0]["speaker"], &read[1]["speaker"]), (&"Ann".into(), &"[unknown]".into()));
    assert_eq!(file(&at, "speakers.json")["Ann"]["meta"]["heated"], 1);
    assert_eq!(file(&at, "conversations.json")["2"]["meta"]["thread_id"], "t");
    assert_eq!(file(&at, "corpus.json")["tool"], "threadwarden 1");
    assert_eq!(file(&at, "index.json")["utterances-index"]["depth"][0], "<class 'int'>");
}

#[test]
fn ids_that_repeat_get_their_thread_in_front() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path(), &[["a", "1", "Ann"], ["b", "1", "Ben"]]);
    let ids: Vec<Value> =
        utterances(folder.path()).into_iter().map(|mut it| it["id"].take()).collect();
    assert_eq!(ids, ["a/1", "b/1"]);
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    fs::write(folder.path().join("corpus.json"), "old").unwrap();
    corpus(folder.path(), &[["t", "1", "Ann"]]);
    assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "mine");
    assert_eq!(file(folder.path(), "corpus.json")["tool"], "threadwarden 1");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6);
}
