//! The same rows, however a dump is cut up and whatever its size.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::ThreadPoolBuilder;
use threadwarden::export::{Sink, WriteOptions, report_named};
use threadwarden::pipeline::{self, Options, Reports};
use threadwarden::score::quarrel::{AUTHOR_COLUMNS, THREAD_COLUMNS};
use threadwarden::table::Column;

/// More than one batch, so that a dump whose threads interleave is gone through twice or, from a
/// pipe, put aside on disk.
const COMMENTS: usize = 25_000;

const THREADS: usize = 300;

/// The lines of a made-up dump, in the order in which they were written: threads interleave.
fn lines() -> Vec<(usize, String)> {
    let phrases = [
        "you are a stupid troll",
        "I agree, well said",
        "what a mess, honestly",
        "read it again, please",
    ];
    let line = |number: usize| {
        let thread = number * number % THREADS;
        let greeting =
            if number % 3 == 1 { format!("@Reader {} ", number * 31 % 17) } else { String::new() };
        let (author, phrase) = (number * 7 % 17, phrases[number % phrases.len()]);
        let line = format!(
            "{{\"id\":\"c{number}\",\"thread_id\":\"t{thread}\",\"author\":\"Reader {author}\",\"text\":\"{greeting}{phrase} {number}\"}}\n"
        );
        (thread, line)
    };
    (0..COMMENTS).map(line).collect()
}

fn write(path: &Path, lines: &[(usize, String)]) {
    let mut dump = String::new();
    for (_, line) in lines {
        let _ = dump.write_str(line);
    }
    fs::write(path, dump).unwrap();
}

/// The rows of a report on `inputs`, without the name of the input and the priority, which follows
/// input order where two rows are equally urgent.
fn rows(inputs: &[PathBuf], threads: usize) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.jsonl");
    let options = Options::default();
    let columns = pipeline::columns(&options.score.scorers());
    let sink =
        Sink::create(&path, report_named("jsonl").unwrap(), &columns, WriteOptions::default())
            .unwrap();
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let summary = pipeline::run(inputs, &options, &pool, vec![sink], |_| ()).unwrap();
    let rows = comparable(&fs::read_to_string(&path).unwrap());
    let (comments, read) = (rows.len() as u64, inputs.len() as u64);
    assert_eq!((summary.comments, summary.inputs_read), (comments, read), "nothing counts twice");
    rows
}

/// The rows of a report without the name of the input and the priority.
fn comparable(report: &str) -> Vec<String> {
    let row = |line: &str| {
        let mut row: serde_json::Map<_, _> = serde_json::from_str(line).unwrap();
        row.remove("source");
        row.remove("priority");
        serde_json::to_string(&row).unwrap()
    };
    report.lines().map(row).collect()
}

#[test]
fn interleaved_grouped_or_in_many_files_gives_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let interleaved = folder.path().join("interleaved.jsonl");
    let mut lines = lines();
    write(&interleaved, &lines);
    let mut expected = rows(&[interleaved], 1);
    assert_eq!(expected.len(), COMMENTS);
    assert!(expected[5].contains("\"c5\""), "rows stand in input order: {}", expected[5]);

    lines.sort_by_key(|(thread, _)| *thread);
    let grouped = folder.path().join("grouped.jsonl");
    write(&grouped, &lines);
    let many = lines.chunk_by(|one, other| one.0 == other.0).enumerate().map(|(number, lines)| {
        let path = folder.path().join(format!("thread-{number}.jsonl"));
        write(&path, lines);
        path
    });
    let many: Vec<PathBuf> = many.collect();

    let grouped = rows(&[grouped], 16);
    assert_eq!(rows(&many, 3), grouped);
    let mut sorted = grouped;
    sorted.sort();
    expected.sort();
    assert_eq!(expected, sorted);
}

/// The rows of a dump that comes by a pipe, and of those at `others`.
fn piped(path: &Path, others: &[&Path]) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadwarden"));
    command.args(["score", "--quiet", "--format", "jsonl", "-"]).args(others);
    let output = command.stdin(fs::File::open(path).unwrap()).output().unwrap();
    assert!(output.status.success());
    comparable(&String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_large_dump_from_standard_input_gives_the_same_rows_as_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dump.jsonl");
    write(&path, &lines());
    assert!(piped(&path, &[]) == rows(&[path], 2));
}

#[test]
fn a_thread_that_goes_on_long_after_it_seemed_to_be_over_is_one_thread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.jsonl");
    let mut lines = lines();
    lines.sort_by_key(|(thread, _)| *thread);
    let late = lines.remove(1);
    lines.push(late);
    write(&path, &lines);
    assert!(piped(&path, &[]) == rows(std::slice::from_ref(&path), 2));
    let few = folder.path().join("few.jsonl");
    write(&few, &lines[..3]);
    assert_eq!(piped(&few, &[&path]).len(), COMMENTS + 3, "a pipe is read once only");
    let [threads, authors] = quarrels(&[path], 2);
    let met: BTreeSet<usize> = lines.iter().map(|(thread, _)| *thread).collect();
    assert_eq!((threads.len(), authors.len()), (met.len() + 1, 17 + 1));
    let threads = threads.join("\n");
    let mut reader = csv::Reader::from_reader(threads.as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "comments").unwrap();
    let counts = reader.records().map(|row| row.unwrap()[column].parse::<usize>().unwrap());
    assert_eq!(counts.sum::<usize>(), COMMENTS);
}

/// The reports of threads and of authors on `inputs`, without the name of the input.
fn quarrels(inputs: &[PathBuf], threads: usize) -> [Vec<String>; 2] {
    let folder = tempfile::tempdir().unwrap();
    let sink = |name: &str, columns: &[Column]| {
        let kind = report_named("csv").unwrap();
        Sink::create(&folder.path().join(name), kind, columns, WriteOptions::default()).unwrap()
    };
    let reports = Reports {
        threads: Some(sink("threads.csv", THREAD_COLUMNS)),
        authors: Some(sink("authors.csv", AUTHOR_COLUMNS)),
        ..Reports::default()
    };
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pipeline::run(inputs, &Options::default(), &pool, reports, |_| ()).unwrap();
    ["threads.csv", "authors.csv"].map(|name| {
        let report = fs::read_to_string(folder.path().join(name)).unwrap();
        report.lines().map(str::to_owned).collect()
    })
}

#[test]
fn threads_stand_in_input_order_and_authors_are_the_same_for_any_number_of_cores() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("interleaved.jsonl");
    let lines = lines();
    write(&path, &lines);
    let [threads, authors] = quarrels(std::slice::from_ref(&path), 1);
    let mut expected: Vec<usize> = Vec::new();
    for (thread, _) in lines {
        if !expected.contains(&thread) {
            expected.push(thread);
        }
    }
    let expected: Vec<String> =
        expected.iter().map(|thread| format!("interleaved.jsonl,t{thread},")).collect();
    assert_eq!(threads.len(), expected.len() + 1);
    for (row, expected) in threads[1..].iter().zip(&expected) {
        assert!(row.starts_with(expected), "{row} should be of {expected}");
    }
    assert_eq!(authors.len(), 17 + 1);
    assert_eq!(quarrels(&[path], 4), [threads, authors]);
}

/// The commands that the documentation gives, and the rows that come of them.
#[cfg(unix)]
#[test]
fn rows_of_many_machines_put_together_are_those_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut dump = lines();
    dump.truncate(600);
    write(&folder.path().join("dump.jsonl"), &dump);
    let program = Path::new(env!("CARGO_BIN_EXE_threadwarden"));
    let places = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&places);
    let places =
        std::env::join_paths(program.parent().map(Path::to_owned).into_iter().chain(places));
    let run = |commands: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-ec", commands]).env("PATH", places.as_ref().unwrap());
        assert!(shell.current_dir(folder.path()).status().unwrap().success(), "{commands}");
    };
    let manual = include_str!("../docs/scale.md").split("## Many machines").nth(1).unwrap();
    let blocks = manual.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let blocks: Vec<&str> = blocks.collect();
    assert_eq!(blocks.len(), 3);
    run(&blocks.concat());
    run("threadwarden score dump.jsonl -o whole.csv");
    let rows = |name: &str| {
        let mut reader = csv::Reader::from_path(folder.path().join(name)).unwrap();
        let columns = reader.headers().unwrap().clone();
        let row = |record: csv::StringRecord| {
            let cells = columns.iter().zip(&record);
            let cells = cells.filter(|(column, _)| !["source", "priority"].contains(column));
            cells.map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>()
        };
        let mut rows: Vec<_> = reader.records().map(|record| row(record.unwrap())).collect();
        rows.sort();
        rows
    };
    assert_eq!(rows("whole.csv").len(), 600);
    assert_eq!(rows("report.csv"), rows("whole.csv"));
}
