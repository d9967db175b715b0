//! Dumps that are broken, packed, cut off or hostile: a fault costs what it must, and no more.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use threadwarden::Comment;
use threadwarden::parse::{Dump, ReadOptions};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/formats");

/// The texts of a dump, its threads, and its faults.
#[derive(Debug, Default, PartialEq)]
struct Found {
    texts: Vec<String>,
    threads: Vec<String>,
    faults: Vec<String>,
}

fn read_with(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Found {
    let mut found = Found::default();
    let most = 100_000 + bytes.len();
    let mut dump = match Dump::from_reader(name, Cursor::new(bytes), options) {
        Ok(dump) => dump,
        Err(fault) => {
            found.faults.push(fault.to_string());
            return found;
        }
    };
    loop {
        let mut comment = Comment::default();
        match dump.next(&mut comment) {
            Ok(true) => {
                found.texts.push(comment.text);
                found.threads.push(comment.thread);
            }
            Ok(false) => return found,
            Err(fault) => {
                found.faults.push(fault.to_string());
                if !fault.costs_one_record() {
                    return found;
                }
            }
        }
        assert!(found.texts.len() + found.faults.len() <= most, "no end in sight");
    }
}

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Found {
    read_with(name, bytes.into(), &ReadOptions::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_broken_record_in_a_list_costs_itself_only() {
    let found =
        read("d.json", "[{\"text\":\"One\"},\n{\"text\":\"Two\" oops},\n{\"text\":\"Three\"}]");
    assert_eq!(found.texts, ["One", "Three"]);
    assert_eq!(found.faults.len(), 1);
    assert!(found.faults[0].starts_with("d.json:2: is no valid JSON"), "{:?}", found.faults);

    let found = read(
        "d.json",
        "{\"comments\":[{\"text\":\"One\"}, what, {\"text\":\"Two\"}],\"title\":\"T\"}",
    );
    assert_eq!(found.texts, ["One", "Two"]);
    assert_eq!(found.faults.len(), 1);
}

#[test]
fn a_name_without_a_value_is_no_reason_to_stop() {
    for dump in [
        "[{\"text\":\"One\",\"id\"},{\"text\":\"Two\"}]",
        "{\"comments\":[{\"text\":\"One\",\"user\":{\"name\"}},{\"text\":\"Two\"}]}",
        "{\"comments\":[{\"text\":\"One\",\"id\",\"x\":1},{\"text\":\"Two\"}],\"title\"}",
    ] {
        assert_eq!(read("d.json", dump).texts, ["One", "Two"], "{dump}");
    }
    let found = read(
        "d.json",
        "{\n \"title\": \"T\",\n \"x\": [\n {\n \"y\": [1]\n }\u{12} ],\n \"z\"}\n]\n}",
    );
    assert!(!found.faults.is_empty());
}

#[test]
fn a_bad_line_costs_itself_only_whatever_is_wrong_with_it() {
    let deep = "[".repeat(5000);
    for bad in [
        "{\"text\":oops}",
        "{\"text\":\"x\"",
        "{\"a\":[",
        &deep,
        &format!("{{\"a\":{deep}"),
        "[",
        "]",
        "1",
        "\"x",
    ] {
        let found =
            read("d.jsonl", format!("{{\"text\":\"One\"}}\n{bad}\n{bad}\n{{\"text\":\"Two\"}}\n"));
        assert_eq!(found.texts, ["One", "Two"], "{bad:.20}");
        assert_eq!(found.faults.len(), 2, "{bad:.20} {:?}", found.faults);
    }
}

#[test]
fn what_is_whole_of_a_dump_that_is_cut_off_is_kept() {
    let found = read(
        "d.json",
        "[{\"text\":\"One\"},{\"text\":\"Two\",\"replies\":[{\"text\":\"Three\"},{\"te",
    );
    assert_eq!(found.texts, ["One", "Three"]);
    assert!(found.faults[0].contains("cut off"), "{:?}", found.faults);

    let packed = gzip("{\"text\":\"A line that is long enough\"}\n".repeat(20_000).as_bytes());
    let found = read("d.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(found.texts.len() > 1000);
    assert!(found.faults.last().unwrap().contains("cut off"), "{:?}", found.faults);
}

#[test]
fn xml_that_is_not_well_formed_is_read_as_far_as_it_makes_sense() {
    let dump = "`<?xml version=\"1.0\"?>\n<disqus>\n<post dsq:id=1><message>One &amp; &nope; & <br>all</message>\n\
                <post dsq:id=2><message>Two</mesage></post>\n</thread>\n\
                <post dsq:id=\"3\"><message>Three</message></post>";
    let found = read("d.xml", dump);
    assert_eq!(found.texts, ["One & &nope; & <br>all", "Two</mesage>", "Three"]);

    let found = read(
        "d.xml",
        "<disqus><post dsq:id='1'><message>One</message></post><post dsq:id='2'><message><![CDATA[never closed",
    );
    assert_eq!(found.texts, ["One"]);
    assert_eq!(found.faults.len(), 1);
    assert!(
        found.faults[0].contains("d.xml:1:") && found.faults[0].contains("column"),
        "{found:?}"
    );
}

#[test]
fn entities_are_not_expanded() {
    let dump = "<!DOCTYPE disqus [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                <disqus><post dsq:id='1'><message>&b; &x; &lt;</message></post></disqus>";
    assert_eq!(read("d.xml", dump).texts, ["&b; &x; <"]);
}

#[test]
fn deep_nesting_meets_a_limit_and_deep_threads_do_not() {
    let levels = 1500;
    let open = "{\"text\":\"x\",\"replies\":[".repeat(levels);
    let found = read("d.json", format!("[{open}{}]", "]}".repeat(levels)));
    assert_eq!((found.texts.len(), found.faults.len()), (levels, 0));

    for deep in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("[{{\"x\":{}", "[".repeat(100_000)),
    ] {
        let found = read("d.json", deep);
        assert!(found.faults[0].contains("nested deeper"), "{:?}", found.faults);
    }
}

#[test]
fn packed_dumps_are_unpacked_however_often() {
    let line = b"{\"text\":\"Packed\"}\n";
    let twice = gzip(&gzip(line));
    let mut joined = gzip(line);
    joined.extend(gzip(line));
    assert_eq!(read("d.jsonl.gz", gzip(line)).texts, ["Packed"]);
    assert_eq!(read("d", twice).texts, ["Packed"]);
    assert_eq!(read("d.gz", joined).texts, ["Packed", "Packed"]);

    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.long_distance_matching(true).unwrap();
    encoder.window_log(27).unwrap();
    encoder.write_all(line).unwrap();
    assert_eq!(read("RC_2024.zst", encoder.finish().unwrap()).texts, ["Packed"]);
}

#[test]
fn articles_without_an_id_are_told_apart_by_their_titles() {
    let item = |title: &str| {
        format!(
            "<item><title>{title}</title><wp:comment><wp:comment_id>1</wp:comment_id>\
             <wp:comment_content>On {title}</wp:comment_content></wp:comment></item>"
        )
    };
    let dump = format!("<rss><channel>{}{}</channel></rss>", item("Ferry"), item("Tram"));
    let found = read("d.xml", dump);
    assert_eq!(
        (found.threads, found.faults),
        (vec!["Ferry".into(), "Tram".into()], Vec::<String>::new())
    );
}

#[test]
fn a_trap_is_not_unpacked_to_its_end() {
    let trap = gzip(format!("{{\"text\":\"{}\"}}", "a".repeat(3 << 20)).as_bytes());
    let options = ReadOptions { max_expanded: Some(1 << 20), ..ReadOptions::default() };
    let found = read_with("d.jsonl.gz", trap, &options);
    assert_eq!(found.texts.len(), 0);
    assert!(found.faults[0].contains("--max-expanded"), "{:?}", found.faults);
}

#[test]
fn the_dumps_in_an_archive_are_read_one_after_the_other() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("../../one.jsonl", "{\"text\":\"One\"}\n"),
        ("folder/two.csv", "id,text\n1,Two\n"),
        ("__MACOSX/two.csv", "junk"),
        ("logo.png", "junk"),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(bytes.as_bytes()).unwrap();
    }
    let found = read("dumps.zip", archive.finish().unwrap().into_inner());
    assert_eq!(
        (found.texts, found.threads),
        (vec!["One".into(), "Two".into()], vec!["one".into(), "two".into()])
    );
    assert_eq!(found.faults, Vec::<String>::new());
}

#[test]
fn a_broken_line_is_one_fault() {
    for line in ["{broken", "{\"text\": \"x\", broken", "{\"text\": [1, {\"a\" b}", "nonsense"] {
        let dump = format!("{{\"text\":\"One\"}}\n{line}\n{{\"text\":\"Two\"}}\n");
        let found = read("d.jsonl", dump);
        assert_eq!((found.texts.len(), found.faults.len()), (2, 1), "{line}: {:?}", found.faults);
    }
}

#[test]
fn what_is_whole_before_a_fault_is_kept_where_nothing_comes_behind_it() {
    let found = read("d.json", "{\"comments\":[{\"text\":\"One\"},{\"text\":\"Two\"},{broken");
    assert_eq!((found.texts.len(), found.faults.len()), (2, 1), "{:?}", found.faults);
}

#[test]
fn a_cell_in_a_column_that_cannot_be_counted_is_left_out() {
    let whole = std::fs::read(Path::new(SAMPLES).join("workbook.xlsx")).unwrap();
    let mut sample = zip::ZipArchive::new(Cursor::new(&whole)).unwrap();
    let mut broken = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..sample.len() {
        let part = sample.by_index(number).unwrap();
        let name = part.name().unwrap().into_owned();
        let text = std::io::read_to_string(part).unwrap();
        broken.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        broken.write_all(text.replace("r=\"A2\"", "r=\"ZZZZZZZZ2\"").as_bytes()).unwrap();
    }
    let found = read("workbook.xlsx", broken.finish().unwrap().into_inner());
    let whole = read("workbook.xlsx", whole);
    assert_eq!((found.texts, found.faults), (whole.texts, whole.faults));
}

#[test]
fn a_record_without_a_text_says_how_to_name_it() {
    let found = read("d.jsonl", "{\"id\":1,\"words\":\"x\"}\n{\"id\":2,\"words\":\"y\"}\n");
    assert!(found.faults[0].contains("--map text=FIELD"), "{:?}", found.faults);
    let found = read("d.json", "{\"hits\":[{\"words\":\"x\"},{\"words\":\"y\"}]}");
    assert!(found.faults[0].contains("none of 2 records"), "{:?}", found.faults);
}

/// Every sample, to be broken.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut samples: Vec<_> = std::fs::read_dir(SAMPLES)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

proptest! {
    #[test]
    fn a_sample_broken_anywhere_is_read_to_an_end(
        which in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, prop::collection::vec(any::<u8>(), 0..4)), 1..4),
    ) {
        let samples = samples();
        let (name, mut bytes) = samples[which.index(samples.len())].clone();
        for (at, length, instead) in cuts {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, instead);
        }
        read(&name, bytes);
    }
}
