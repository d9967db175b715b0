use std::fs;

use super::{Place, dump, said};

#[test]
fn an_input_that_breaks_off_costs_what_follows_in_it_and_no_other_input() {
    let place = Place::new();
    let file = |name: &str| place.path().join(name);
    let packed = zstd::encode_all(dump(3000, "packed").as_bytes(), 1).unwrap();
    fs::write(file("a.jsonl"), dump(20, "first")).unwrap();
    fs::write(file("b.jsonl.zst"), &packed[..packed.len() / 2]).unwrap();
    fs::write(file("c.jsonl"), dump(30, "last")).unwrap();
    let run = ["score", "a.jsonl", "b.jsonl.zst", "c.jsonl", "-o", "out.csv"];
    let told = said(&place.run(&run), 2);
    assert!(told.contains("b.jsonl.zst: cannot be unpacked to its end"), "{told}");
    let report = fs::read_to_string(file("out.csv")).unwrap();
    let rows = |salt: &str| report.matches(&format!(" {salt}, you stupid troll")).count();
    assert_eq!((rows("first"), rows("last")), (20, 30));
    assert!((1..3000).contains(&rows("packed")), "{} rows", rows("packed"));

    fs::write(file("out.csv"), "old").unwrap();
    said(&place.run(&[&run[..], &["--strict"]].concat()), 2);
    assert_eq!(fs::read_to_string(file("out.csv")).unwrap(), "old");
}

/// Linux lets nobody read the first bytes of a program's memory.
#[cfg(target_os = "linux")]
#[test]
fn an_input_that_the_system_cannot_read_is_named() {
    let place = Place::new();
    fs::write(place.path().join("a.jsonl"), dump(20, "it")).unwrap();
    let run = ["score", "/proc/self/mem", "a.jsonl", "-o", "out.csv"];
    let told = said(&place.run(&run), 2);
    assert!(told.contains("/proc/self/mem: cannot be read (Input/output error"), "{told}");
    assert_eq!(place.names(), ["a.jsonl", "out.csv"]);
}
