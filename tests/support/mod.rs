//! What tests of the command line share.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the command in `folder` with `input` on its standard input.
pub(crate) fn threadwarden(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_threadwarden"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    // A command that refuses its arguments does not read what it is given.
    assert!(written.is_ok() || !output.status.success());
    output
}

/// What the command says on standard error, after it ended with `code`.
pub(crate) fn said(output: &Output, code: i32) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// A folder that goes away.
pub(crate) fn empty_folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A dump of two comments.
pub(crate) const TWO_LINES: &str = "{\"text\": \"Hello.\"}\n{\"text\": \"Bye.\"}\n";
