//! Output that cannot be taken. `tests/disk/check.py` does the same with real disks.

use std::fs;
use std::process::{Command, Stdio};

use super::{Place, REPORTS, THREADWARDEN, dump, said};

#[test]
fn a_closed_pipe_is_no_error_for_any_report() {
    let place = Place::new();
    fs::write(place.path().join("in.jsonl"), dump(300, "it")).unwrap();
    for kind in REPORTS {
        let mut child = Command::new(THREADWARDEN)
            .args(["score", "in.jsonl", "--quiet", "--format", kind])
            .current_dir(place.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(said(&child.wait_with_output().unwrap(), 0), "", "{kind}");
    }
}

/// A shell refuses files beyond a size, as a full disk would.
#[cfg(unix)]
#[test]
fn a_report_that_does_not_fit_leaves_the_old_one() {
    let place = Place::new();
    let file = |name: &str| place.path().join(name);
    fs::write(file("in.jsonl"), dump(300, "it")).unwrap();
    for kind in REPORTS {
        let target = format!("report.{kind}");
        said(&place.run(&["score", "in.jsonl", "-o", &target]), 0);
        let blocks = fs::metadata(file(&target)).unwrap().len() / 512;
        for blocks in [0, blocks / 2] {
            fs::write(file(&target), "old").unwrap();
            let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let arguments = ["-c", &limit, THREADWARDEN, "score", "in.jsonl", "-o", &target];
            let said = said(&place.run_program("sh", &arguments), 2);
            let named = said.contains(&format!("{target}: cannot be written"))
                || said.contains("cannot keep rows in a temporary file");
            assert!(named && said.contains("free some space"), "{said}");
            assert!(!said.contains("panicked"), "{said}");
            assert_eq!(fs::read_to_string(file(&target)).unwrap(), "old");
            fs::remove_file(file(&target)).unwrap();
            assert_eq!(place.names(), ["in.jsonl"]);
        }
    }
}
