//! Documents that say what the code does, checked against it. After a wanted change,
//! `SNAPSHOTS=overwrite cargo test` writes the generated ones anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use threadwarden::pipeline;
use threadwarden::score::ScoreOptions;
use threadwarden::score::quarrel::{AUTHOR_COLUMNS, THREAD_COLUMNS};
use threadwarden::table::Column;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A table of columns.
fn table(columns: &[Column]) -> String {
    let mut text = String::from("| column | what stands in it |\n|---|---|\n");
    for column in columns {
        let _ = writeln!(text, "| `{}` | {} |", column.name, column.meaning);
    }
    text
}

#[test]
fn the_columns_are_documented() {
    let text = format!(
        "# Columns of a report\n\nIn this order; in JSON Lines the same names are keys, numbers are numbers, and what is empty \
         is null. New columns may come at the end; none is renamed or removed.\n\n{}\n\
         ## Threads\n\n`--threads-report` writes a row for each thread, in the order of their first comments in the inputs.\n\n{}\n\
         ## Authors\n\n`--authors-report` writes a row for each author, those with the most flamebait first, then by heated comments, then by \
         name. Who has the same name, letter for letter, is the same author, in whichever input; comments without a name are left out.\n\n{}",
        table(&pipeline::columns(&ScoreOptions::default().scorers())),
        table(THREAD_COLUMNS),
        table(AUTHOR_COLUMNS),
    );
    snapbox::assert_data_eq!(text, snapbox::file!["../docs/columns.md"].raw());
}

/// What stands in code blocks of the README behind `prefix`.
fn commands(prefix: &str) -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let commands = readme.lines().filter_map(|line| line.strip_prefix(prefix));
    commands.map(str::to_owned).collect()
}

#[test]
fn the_first_command_of_the_readme_writes_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let main_job = commands("cargo run --release -- ");
    assert!(!main_job.is_empty());
    for command in main_job {
        let arguments =
            command.split_whitespace().map(|argument| match argument.strip_prefix("samples/") {
                Some(sample) => root().join("samples").join(sample).display().to_string(),
                None => argument.to_owned(),
            });
        let done = Command::new(env!("CARGO_BIN_EXE_threadwarden"))
            .args(arguments)
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let report = fs::read_to_string(folder.path().join("report.csv")).unwrap();
    assert!(report.starts_with("source,thread_id,comment_id,"));
}

#[test]
fn the_readme_names_the_test_command() {
    assert_eq!(commands("cargo test"), [""]);
}

#[test]
fn every_folder_named_in_the_readme_is_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for link in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.starts_with("http") || root().join(link).exists(), "{link}");
    }
}

/// The cells of a row of a Markdown table.
fn cells(line: &str) -> Option<Vec<&str>> {
    Some(line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").map(str::trim).collect())
}

#[test]
fn the_rows_in_the_readme_are_those_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.csv");
    let sample = root().join("samples/news-page.txt");
    let score = [Path::new("score"), &sample, Path::new("-q"), Path::new("-o"), &path];
    assert!(
        Command::new(env!("CARGO_BIN_EXE_threadwarden")).args(score).status().unwrap().success()
    );
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();

    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let table: Vec<&str> =
        readme.lines().skip_while(|line| !line.starts_with("| comment_id")).collect();
    let names = cells(table[0]).unwrap();
    let columns: Vec<usize> = names
        .iter()
        .map(|name| header.iter().position(|column| column == *name).unwrap())
        .collect();
    let shown = table[2..].iter().map_while(|line| cells(line));
    for shown in shown {
        let row = rows.iter().find(|row| &row[columns[0]] == shown[0]).unwrap();
        let expected: Vec<&str> = columns.iter().map(|column| &row[*column]).collect();
        assert_eq!(shown, expected, "the README should say: | {} |", expected.join(" | "));
    }
}
