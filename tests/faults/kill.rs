use std::fs;
use std::time::{Duration, Instant};

use super::{Place, REPORTS, dump};

/// Kills a run on so many comments so many times, at moments spread over its length, and looks at
/// what it leaves each time. Tells how often it was in time.
fn kill(kills: u32, comments: usize) -> u32 {
    let place = Place::new();
    let file = |name: &str| place.path().join(name);
    let targets = REPORTS.map(|kind| format!("report.{kind}"));
    let run = |dump| {
        let mut arguments = vec!["score", dump];
        for target in &targets {
            arguments.extend(["-o", target]);
        }
        arguments
    };
    let complete = |input| {
        let start = Instant::now();
        assert!(!place.run_for(Duration::MAX, &run(input)));
        (start.elapsed(), targets.each_ref().map(|target| fs::read(file(target)).unwrap()))
    };
    fs::write(file("old.jsonl"), dump(comments / 10, "old")).unwrap();
    fs::write(file("new.jsonl"), dump(comments, "new")).unwrap();
    let (_, old) = complete("old.jsonl");
    let (length, new) = complete("new.jsonl");

    let mut killed = 0;
    for moment in 0..kills {
        for (target, old) in targets.iter().zip(&old) {
            fs::write(file(target), old).unwrap();
        }
        let was_killed = place.run_for(length * moment / kills, &run("new.jsonl"));
        killed += u32::from(was_killed);
        for ((target, old), new) in targets.iter().zip(&old).zip(&new) {
            let found = fs::read(file(target)).unwrap();
            assert!(&found == new || was_killed && &found == old, "{target} is broken");
        }
        let unfinished = |name: &&String| name.starts_with(".threadwarden-report.");
        assert!(place.names().iter().filter(unfinished).count() <= targets.len());
        assert_eq!(fs::read_dir(file("tmp")).unwrap().count(), 0, "temporary files have no names");
    }
    complete("new.jsonl");
    let mut expected = targets.to_vec();
    expected.extend(["new.jsonl".to_owned(), "old.jsonl".to_owned()]);
    expected.sort();
    assert_eq!(place.names(), expected, "the next run removes what a killed one left");
    killed
}

#[test]
fn a_killed_run_leaves_the_old_report_or_the_new_one() {
    assert!(kill(12, 500) > 0);
}

/// `cargo test --release --test faults -- --ignored` runs it.
#[test]
#[ignore = "takes minutes"]
fn a_run_killed_200_times_leaves_the_old_report_or_the_new_one() {
    let killed = kill(200, 20_000);
    assert!(killed > 100, "only {killed} runs were killed in time");
}
