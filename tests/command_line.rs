//! The binary, as people call it.

mod support;

use std::fs;
use std::process::{Command, Stdio};

use support::{TWO_LINES, empty_folder, said, threadwarden};

/// Cases as they look in a terminal: `tests/cmd/*.md` and the README. After a wanted change,
/// `TRYCMD=overwrite cargo test` accepts what is new.
#[test]
fn what_the_terminal_shows() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .case("README.md")
        .case("docs/sentiment.md")
        .case("docs/teaching.md");
}

#[test]
fn a_missing_file_is_named() {
    let folder = empty_folder();
    let said =
        said(&threadwarden(folder.path(), &["score", "no-such.txt", "-o", "out.csv"], ""), 2);
    assert!(said.contains("no-such.txt: cannot be read"), "{said}");
    assert!(!folder.path().join("out.csv").exists());
    assert_eq!(threadwarden(folder.path(), &["score", "no-such.txt"], "").stdout, b"");
}

#[test]
fn a_folder_without_dumps_says_what_it_looked_for() {
    let folder = empty_folder();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let said = said(&threadwarden(folder.path(), &["score", "empty", "-o", "out.csv"], ""), 2);
    assert!(said.contains("empty: holds no dumps") && said.contains(".jsonl"), "{said}");
    assert!(!folder.path().join("out.csv").exists());
}

#[test]
fn an_unknown_report_extension_lists_the_known_ones() {
    let folder = empty_folder();
    let said = said(&threadwarden(folder.path(), &["score", "-", "-o", "out.docx"], TWO_LINES), 2);
    assert!(
        said.contains("out.docx") && said.contains(".csv") && said.contains("--format"),
        "{said}"
    );
}

#[test]
fn a_bad_line_costs_only_itself_and_is_named() {
    let folder = empty_folder();
    fs::write(
        folder.path().join("in.jsonl"),
        "{\"text\": \"One.\"}\n{\"text\": \"Two.\n{\"text\": \"Three.\"}\n",
    )
    .unwrap();
    let said = said(&threadwarden(folder.path(), &["score", "in.jsonl", "-o", "out.csv"], ""), 2);
    assert!(said.contains("in.jsonl:2: "), "{said}");
    let report = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(report.contains("One.") && report.contains("Three.") && !report.contains("Two."));
}

#[test]
fn a_strict_run_stops_at_a_bad_line_without_a_report() {
    let folder = empty_folder();
    fs::write(folder.path().join("out.csv"), "old").unwrap();
    let said = said(
        &threadwarden(
            folder.path(),
            &["score", "-", "--strict", "-o", "out.csv"],
            "{\"text\": \"One.\"}\noops\n",
        ),
        2,
    );
    assert!(said.contains("-:2: ") || said.contains("looks like"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("out.csv")).unwrap(), "old");
}

#[test]
fn a_fault_in_one_input_does_not_lose_the_others() {
    let folder = empty_folder();
    fs::write(folder.path().join("good.jsonl"), TWO_LINES).unwrap();
    let said = said(
        &threadwarden(folder.path(), &["score", "gone.txt", "good.jsonl", "-o", "out.csv"], ""),
        2,
    );
    assert!(said.contains("gone.txt: cannot be read"), "{said}");
    let report = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(report.contains("Hello.") && report.contains("Bye."));
}

#[test]
fn a_target_that_cannot_be_written_is_named_before_work_begins() {
    let folder = empty_folder();
    let said = said(
        &threadwarden(folder.path(), &["score", "-", "-o", "no/such/folder/out.csv"], TWO_LINES),
        2,
    );
    assert!(said.contains("no/such/folder/out.csv: cannot be written"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn no_temporary_file_is_left_beside_the_report() {
    let folder = empty_folder();
    said(
        &threadwarden(
            folder.path(),
            &["score", "-", "-o", "out.csv", "-o", "out.jsonl"],
            TWO_LINES,
        ),
        0,
    );
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["out.csv", "out.jsonl"]);
}

#[test]
fn a_folder_gives_its_dumps_but_not_the_runs_own_report() {
    let folder = empty_folder();
    fs::write(folder.path().join("in.jsonl"), TWO_LINES).unwrap();
    for _ in 0..2 {
        said(&threadwarden(folder.path(), &["score", ".", "-o", "out.jsonl"], ""), 0);
    }
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap().lines().count(), 2);
}

#[test]
fn a_glob_gives_the_files_it_matches() {
    let folder = empty_folder();
    fs::write(folder.path().join("a.jsonl"), TWO_LINES).unwrap();
    fs::write(folder.path().join("b.jsonl"), TWO_LINES).unwrap();
    let output = threadwarden(folder.path(), &["score", "[ab].jsonl", "--format", "jsonl"], "");
    said(&output, 0);
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 4);
    let said = said(&threadwarden(folder.path(), &["score", "x*.jsonl"], ""), 2);
    assert!(said.contains("x*.jsonl: matches no file"), "{said}");
}

#[test]
fn a_binary_file_is_refused() {
    let folder = empty_folder();
    fs::write(folder.path().join("photo.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR").unwrap();
    let said = said(&threadwarden(folder.path(), &["score", "photo.txt", "-o", "out.csv"], ""), 2);
    assert!(said.contains("photo.txt: "), "{said}");
    assert!(!folder.path().join("out.csv").exists());
}

#[test]
fn a_score_above_the_limit_ends_with_code_1() {
    let folder = empty_folder();
    let hostile = "{\"text\": \"You are such a stupid idiot, shut up!\"}\n";
    said(&threadwarden(folder.path(), &["score", "-", "--fail-above", "0.5"], hostile), 1);
    said(&threadwarden(folder.path(), &["score", "-", "--fail-above", "0.5"], TWO_LINES), 0);
}

#[test]
fn a_quiet_run_says_nothing() {
    let folder = empty_folder();
    let said = said(
        &threadwarden(folder.path(), &["score", "-", "--quiet", "-o", "out.csv"], TWO_LINES),
        0,
    );
    assert_eq!(said, "");
}

#[test]
fn no_escape_sequence_of_a_comment_reaches_the_terminal() {
    let folder = empty_folder();
    let comment = "{\"author\": \"\\u001b[2JEve\", \"text\": \"\\u001b]0;title\\u0007 \\u009b31m red \\u202e\"}\n";
    let output = threadwarden(folder.path(), &["tree", "-"], comment);
    said(&output, 0);
    let drawn = String::from_utf8(output.stdout).unwrap();
    assert!(
        drawn.contains("Eve") && !drawn.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']),
        "{drawn:?}"
    );
}

#[test]
fn other_field_names_are_mapped() {
    let folder = empty_folder();
    let input = "{\"user\": {\"name\": \"Ada\"}, \"what\": \"Hello.\"}\n";
    let map = ["score", "-", "--map", "text=what,author=user.name", "--format", "jsonl"];
    let output = threadwarden(folder.path(), &map, input);
    said(&output, 0);
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&row["author"], &row["text"]), (&"Ada".into(), &"Hello.".into()));
    let unmapped = threadwarden(folder.path(), &["score", "-"], "{\"what\": \"Hello.\"}\n");
    let said = said(&unmapped, 2);
    assert!(said.contains("--map text=FIELD"), "{said}");
}

/// Ends a run while it waits for more input, and looks at what it leaves behind.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_the_old_report_and_says_so() {
    let folder = empty_folder();
    fs::write(folder.path().join("out.csv"), "old").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_threadwarden"))
        .args(["score", "-", "-o", "out.csv"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    // The unfinished report is made after the program begins to watch for interruptions.
    while files() < 2 {
        std::thread::yield_now();
    }
    let interrupted =
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let stdin = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    let said = said(&output, 2);
    assert!(said.contains("interrupted after 0 comments"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("out.csv")).unwrap(), "old");
    assert_eq!(files(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_names_the_report() {
    let folder = empty_folder();
    let said = said(
        &threadwarden(
            folder.path(),
            &["score", "-", "-o", "/dev/full", "--format", "csv"],
            TWO_LINES,
        ),
        2,
    );
    assert!(said.contains("/dev/full: cannot be written"), "{said}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = empty_folder();
    fs::write(folder.path().join("in.jsonl"), TWO_LINES.repeat(5000)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_threadwarden"))
        .args(["score", "in.jsonl", "--quiet"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(said(&child.wait_with_output().unwrap(), 0), "");
}

#[test]
fn a_report_does_not_replace_its_own_input() {
    let folder = empty_folder();
    fs::write(folder.path().join("in.jsonl"), TWO_LINES).unwrap();
    let said =
        said(&threadwarden(folder.path(), &["score", "in.jsonl", "-o", "./in.jsonl"], ""), 2);
    assert!(said.contains("in.jsonl: is both an input and a report"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("in.jsonl")).unwrap(), TWO_LINES);
}
