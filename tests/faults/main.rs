//! What is left when a run does not come to its end: killed, the disk full, the folder not to be
//! written to, an input not to be read on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod full;
mod kill;
mod resume;
mod unreadable;

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

const THREADWARDEN: &str = env!("CARGO_BIN_EXE_threadwarden");

/// Every kind of report that is a file.
const REPORTS: [&str; 7] = ["csv", "tsv", "jsonl", "parquet", "xlsx", "html", "md"];

/// A folder with the dumps and reports of a run, and a folder in it for temporary files.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// What lies in the folder beside the one for temporary files, by name.
    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let names = names.map(|name| name.into_string().unwrap()).filter(|name| name != "tmp");
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn start(&self, program: &str, arguments: &[&str]) -> Child {
        Command::new(program)
            .args(arguments)
            .current_dir(self.path())
            .env("TMPDIR", self.path().join("tmp"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn run_program(&self, program: &str, arguments: &[&str]) -> Output {
        self.start(program, arguments).wait_with_output().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_program(THREADWARDEN, arguments)
    }

    /// Runs the command, but kills it when it has not ended after `time`. Tells whether it was
    /// killed.
    fn run_for(&self, time: Duration, arguments: &[&str]) -> bool {
        let mut child = self.start(THREADWARDEN, arguments);
        let mut errors = child.stderr.take().unwrap();
        let (tell, ended) = channel();
        let listener = thread::spawn(move || {
            let mut said = String::new();
            let _ = errors.read_to_string(&mut said);
            let _ = tell.send(());
            said
        });
        let in_time = ended.recv_timeout(time).is_ok();
        if !in_time {
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        let said = listener.join().unwrap();
        assert!(status.success() || status.code().is_none(), "{status}: {said}");
        !status.success()
    }
}

/// What a run says on standard error, after it ended with `code`.
fn said(output: &Output, code: i32) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// A dump of so many `comments`, of threads that interleave. Those with another `salt` differ.
fn dump(comments: usize, salt: &str) -> String {
    let mut dump = String::new();
    for number in 0..comments {
        let (thread, author) = (number * number % 37, number * 7 % 17);
        let _ = writeln!(
            dump,
            r#"{{"id":"c{number}","thread_id":"t{thread}","author":"Reader {author}","text":"@Reader {} {salt}, you stupid troll, read it again {number}"}}"#,
            number * 31 % 17
        );
    }
    dump
}
