use std::fs;
use std::thread::yield_now;

use super::{Place, THREADWARDEN, dump, said};

const INPUTS: [&str; 8] =
    ["1.jsonl", "2.jsonl", "3.jsonl", "4.jsonl", "5.jsonl", "6.jsonl", "7.jsonl", "8.jsonl"];

/// Comments in each input: some inputs are kept at a time.
const COMMENTS: usize = 300;

const REPORTS: [&str; 2] = ["report.csv", "report.html"];

const JOURNAL: &str = "report.csv.resume";

fn place() -> Place {
    let place = Place::new();
    for name in INPUTS {
        fs::write(place.path().join(name), dump(COMMENTS, name)).unwrap();
    }
    // It costs a fault, which a run that goes on must tell again.
    fs::write(place.path().join("1.jsonl"), dump(COMMENTS, "1.jsonl") + "{\"text\": \n").unwrap();
    place
}

fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["score"];
    arguments.extend(INPUTS);
    for report in REPORTS {
        arguments.extend(["-o", report]);
    }
    arguments.extend(more);
    arguments
}

/// Runs to the end; gives the reports and what was said.
fn complete(place: &Place, more: &[&str]) -> ([Vec<u8>; 2], String) {
    let said = said(&place.run(&arguments(more)), 2);
    assert!(said.contains("1.jsonl:301: "), "{said}");
    (REPORTS.map(|report| fs::read(place.path().join(report)).unwrap()), said)
}

/// Begins afresh, and kills the run when its journal has so many bytes. Tells whether it was alive.
fn interrupt(place: &Place, bytes: u64) -> bool {
    let journal = place.path().join(JOURNAL);
    let _ = fs::remove_file(&journal);
    let mut child = place.start(THREADWARDEN, &arguments(&["--resume", "--quiet"]));
    while child.try_wait().unwrap().is_none() {
        if fs::metadata(&journal).is_ok_and(|journal| journal.len() >= bytes) {
            child.kill().unwrap();
            child.wait().unwrap();
            return journal.exists();
        }
        yield_now();
    }
    false
}

/// Begins afresh, and kills the run when some inputs are finished in its journal and more rows are
/// there: at three quarters of the length that the journal has in the end.
fn interrupt_in_the_middle(place: &Place) -> bool {
    let journal = place.path().join(JOURNAL);
    let _ = fs::remove_file(&journal);
    let mut longest = 0;
    let mut child = place.start(THREADWARDEN, &arguments(&["--resume", "--quiet"]));
    while child.try_wait().unwrap().is_none() {
        longest = fs::metadata(&journal).map_or(longest, |journal| journal.len().max(longest));
        yield_now();
    }
    interrupt(place, longest / 4 * 3)
}

#[test]
fn a_run_that_goes_on_gives_the_bytes_of_an_unbroken_one() {
    let place = place();
    let (unbroken, _) = complete(&place, &[]);
    let (kept, _) = complete(&place, &["--resume"]);
    assert!(kept == unbroken && !place.path().join(JOURNAL).exists());
    let mut gone_on = 0;
    for bytes in (1..).step_by(300_000) {
        if !interrupt(&place, bytes) {
            break;
        }
        let (found, said) = complete(&place, &["--resume"]);
        assert!(found == unbroken, "killed at {bytes} bytes, then said: {said}");
        gone_on += u32::from(said.contains("going on after 4 of 8 inputs, 1200 comments\n"));
        assert!(!place.path().join(JOURNAL).exists());
    }
    assert!(gone_on > 0);
}

#[test]
fn inputs_that_have_changed_and_those_behind_them_are_scored_anew() {
    let place = place();
    for (changed, finished) in [("3.jsonl", false), ("6.jsonl", true)] {
        assert!(interrupt_in_the_middle(&place));
        fs::write(place.path().join(changed), dump(COMMENTS / 2, "changed")).unwrap();
        let (gone_on, said) = complete(&place, &["--resume"]);
        assert_eq!(said.contains("going on after 4 of 8 inputs"), finished, "{said}");
        assert_eq!(said.contains("3.jsonl: has changed; "), !finished, "{said}");
        assert!(gone_on == complete(&place, &[]).0);
    }
}

#[test]
fn with_other_settings_a_run_starts_afresh_and_says_so() {
    let place = place();
    assert!(interrupt_in_the_middle(&place));
    let (gone_on, said) = complete(&place, &["--resume", "--min-confidence", "0.95"]);
    assert!(
        said.contains("report.csv.resume: is of a run with other inputs or settings"),
        "{said}"
    );
    assert!(!said.contains("going on"), "{said}");
    assert!(gone_on == complete(&place, &["--min-confidence", "0.95"]).0);
}

#[test]
fn a_file_that_is_no_journal_is_left_alone() {
    let place = place();
    fs::write(place.path().join(JOURNAL), "mine").unwrap();
    let said = said(&place.run(&arguments(&["--resume"])), 2);
    assert!(said.contains("report.csv.resume: cannot be written (it is not what"), "{said}");
    assert_eq!(fs::read(place.path().join(JOURNAL)).unwrap(), b"mine");
    assert!(!place.path().join("report.csv").exists());
}
