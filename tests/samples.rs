//! Every dump in `samples/`, through the whole pipeline: a new file there is tested as soon as it
//! is there. After a wanted change, `INSTA_UPDATE=always cargo test` accepts what is new.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::ThreadPoolBuilder;
use threadwarden::export::{Sink, WriteOptions, report_named};
use threadwarden::pipeline::{self, Options};

/// The JSON Lines report of `inputs`, made on `threads` threads.
fn report(inputs: &[PathBuf], threads: usize) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.jsonl");
    let options = Options::default();
    let columns = pipeline::columns(&options.score.scorers());
    let kind = report_named("jsonl").unwrap();
    let sink = Sink::create(&path, kind, &columns, WriteOptions::default()).unwrap();
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pipeline::run(inputs, &options, &pool, vec![sink], |_| ()).unwrap();
    fs::read_to_string(&path).unwrap()
}

/// One cell a line, and only what says something, so that a change is easy to read.
fn outline(report: &str) -> String {
    let mut text = String::new();
    for line in report.lines() {
        let row: serde_json::Map<_, _> = serde_json::from_str(line).unwrap();
        let _ = writeln!(text, "{}:", row["position"]);
        for (column, cell) in row.iter().filter(|(_, cell)| !cell.is_null()) {
            let _ = writeln!(text, "  {column}: {cell}");
        }
    }
    text
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut dumps: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end != "md")).collect();
    dumps.sort();
    dumps
}

#[test]
fn every_sample_keeps_its_report() {
    insta::glob!("../samples", "*.*", |path| {
        if path.extension().is_some_and(|end| end != "md") {
            insta::assert_snapshot!(outline(&report(&[path.to_owned()], 1)));
        }
    });
}

#[test]
fn the_report_is_the_same_for_any_number_of_threads() {
    assert_eq!(report(&samples(), 1), report(&samples(), 7));
}
