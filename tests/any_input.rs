//! Whatever strangers send: no panic, a row for each comment, and numbers in their ranges.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use serde_json::{Map, Value, json};
use threadwarden::export::{Sink, WriteOptions, report_named};
use threadwarden::pipeline::{self, Options, Summary};

/// The rows of the report on a dump with these bytes, called `name`.
fn rows(name: &str, bytes: &[u8]) -> (Vec<Map<String, Value>>, Summary) {
    let folder = tempfile::tempdir().unwrap();
    let (dump, path) = (folder.path().join(name), folder.path().join("report.jsonl"));
    fs::write(&dump, bytes).unwrap();
    let options = Options::default();
    let columns = pipeline::columns(&options.score.scorers());
    let sink =
        Sink::create(&path, report_named("jsonl").unwrap(), &columns, WriteOptions::default())
            .unwrap();
    let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let inputs: Vec<PathBuf> = vec![dump];
    let summary = pipeline::run(&inputs, &options, &pool, vec![sink], |_| ()).unwrap();
    let report = fs::read_to_string(&path).unwrap_or_default();
    (report.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), summary)
}

/// A comment whose fields refer to each other as often as not.
fn comment() -> impl Strategy<Value = Value> {
    let name = "(Ann|Bo|Mary Ann|Zoë|A\\.|@|)";
    let text = prop_oneof![
        "(@(Ann|Bo|Mary Ann|Zoë)[ ,:-]{0,2})?[a-z ]{0,20}(you (are|clown|never)|\"[a-z ]{0,30}\"|[!?.]{1,4})?",
        "\\PC{0,40}",
        any::<String>(),
    ];
    (0..9_u8, 0..3_u8, name, text, 0..12_u8, proptest::option::of(0..4_000_000_000_u64)).prop_map(
        |(id, thread, author, text, parent, posted)| {
            json!({
                "id": id, "thread_id": thread, "author": author, "text": text,
                "parent_id": parent, "posted_at": posted,
            })
        },
    )
}

fn is_share(cell: &Value) -> bool {
    cell.as_f64().is_none_or(|value| (0.0..=1.0).contains(&value))
}

proptest! {
    #[test]
    fn every_comment_has_a_row_and_every_number_is_in_its_range(
        comments in prop::collection::vec(comment(), 1..30)
    ) {
        let lines: Vec<String> = comments.iter().map(Value::to_string).collect();
        let (rows, summary) = rows("dump.jsonl", lines.join("\n").as_bytes());
        prop_assert_eq!(rows.len(), comments.len());
        prop_assert_eq!(summary.faults.count, 0);
        let mut priorities: Vec<u64> = rows.iter().map(|row| row["priority"].as_u64().unwrap()).collect();
        priorities.sort_unstable();
        prop_assert!(priorities.into_iter().eq(1..=rows.len() as u64));
        for (row, comment) in rows.iter().zip(&comments) {
            let written = row["text"].as_str().unwrap_or_default();
            prop_assert_eq!(written, comment["text"].as_str().unwrap());
            for share in ["author_confidence", "parent_confidence", "flamebait", "heat", "sentiment_neg"] {
                prop_assert!(is_share(&row[share]), "{share} {}", row[share]);
            }
            let depth = row["depth"].as_u64().unwrap();
            prop_assert!(depth < rows.len() as u64);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        start in prop::sample::select(vec!["", "{", "[", "<", "{\"text\":", "Comments (3)\n", "id,text\n", "\u{feff}"]),
        name in prop::sample::select(vec!["dump.txt", "dump.jsonl", "dump", "dump.csv"]),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        let (rows, summary) = rows(name, &bytes);
        prop_assert_eq!(rows.len() as u64, summary.comments);
    }
}
