//! How fast dumps are read, each beside the bare crate that parses the same bytes.
//!
//! `cargo bench --bench reading`

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop there")]

use std::borrow::Cow;
use std::fmt::Write;
use std::hint::black_box;
use std::io::Read;

use divan::Bencher;
use divan::counter::BytesCount;
use serde::Deserialize;
use threadwarden::Comment;
use threadwarden::parse::{Dump, ReadOptions};

/// Comments in each dump.
const COMMENTS: usize = 20_000;

fn main() {
    divan::main();
}

fn text(number: usize) -> String {
    format!(
        "Comment {number} says, as \"so many\" do, that the bridge is late & the mayor is to blame. \
         Who else? We have paid for it since {}, and it still ends in the river.",
        1990 + number % 30
    )
}

fn json_lines() -> Vec<u8> {
    let mut dump = String::new();
    for number in 0..COMMENTS {
        let text = serde_json::to_string(&text(number)).unwrap();
        let _ = writeln!(
            dump,
            r#"{{"all_awardings":[],"archived":false,"author":"user_{}","author_flair_text":null,"author_fullname":"t2_{number}","body":{text},"controversiality":0,"created_utc":{},"distinguished":null,"edited":false,"gildings":{{"gid_1":0}},"id":"h{number}","is_submitter":false,"link_id":"t3_{}","parent_id":"t1_h{}","permalink":"/r/city/comments/{number}/","score":{},"stickied":false,"subreddit":"city","subreddit_id":"t5_1"}}"#,
            number % 700,
            1_600_000_000 + number,
            number / 50,
            number.saturating_sub(1),
            number % 40
        );
    }
    dump.into_bytes()
}

fn json() -> Vec<u8> {
    let lines = String::from_utf8(json_lines()).unwrap();
    format!("[{}]", lines.trim_end().replace('\n', ",\n")).into_bytes()
}

fn table() -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["id", "article_id", "parent_id", "author", "created_at", "score", "text"])
        .unwrap();
    for number in 0..COMMENTS {
        let posted = (1_600_000_000 + number).to_string();
        let cells = [&number.to_string(), "a", "", "somebody", &posted, "3", &text(number)];
        writer.write_record(cells).unwrap();
    }
    writer.into_inner().unwrap()
}

fn xml() -> Vec<u8> {
    let mut dump = String::from(
        "<?xml version=\"1.0\"?>\n<disqus xmlns:dsq=\"d\">\n<thread dsq:id=\"1\"><title>Bridge</title></thread>\n",
    );
    for number in 0..COMMENTS {
        let _ = writeln!(
            dump,
            "<post dsq:id=\"{number}\"><id>x</id><message><![CDATA[<p>{}</p>]]></message><createdAt>2020-01-01T00:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>User {}</name><isAnonymous>false</isAnonymous></author><thread dsq:id=\"1\"/></post>",
            text(number),
            number % 700
        );
    }
    dump.push_str("</disqus>\n");
    dump.into_bytes()
}

/// Reads a dump of [`COMMENTS`] comments to its end.
fn read(bencher: Bencher, name: &str, dump: &'static [u8]) {
    bencher.counter(BytesCount::new(dump.len())).bench_local(|| {
        let mut dump = Dump::from_reader(name, dump, &ReadOptions::default()).unwrap();
        let mut comment = Comment::default();
        let mut found = 0;
        while dump.next(&mut comment).unwrap() {
            found += 1;
            black_box(&comment);
        }
        assert_eq!(found, COMMENTS);
    });
}

#[divan::bench]
fn json_lines_read(bencher: Bencher) {
    read(bencher, "dump.jsonl", json_lines().leak());
}

/// The fields that a reader cannot do without.
#[derive(Deserialize)]
struct Record<'d> {
    id: &'d str,
    link_id: &'d str,
    parent_id: &'d str,
    author: &'d str,
    created_utc: f64,
    body: Cow<'d, str>,
}

#[divan::bench]
fn json_lines_bare(bencher: Bencher) {
    let dump = json_lines();
    bencher.counter(BytesCount::new(dump.len())).bench_local(|| {
        for line in dump.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let record: Record = serde_json::from_slice(line).unwrap();
            let Record { id, link_id, parent_id, author, created_utc, body } = record;
            black_box((id.to_owned(), link_id.to_owned(), parent_id.to_owned()));
            black_box((author.to_owned(), created_utc, body.into_owned()));
        }
    });
}

#[divan::bench]
fn json_read(bencher: Bencher) {
    read(bencher, "dump.json", json().leak());
}

#[divan::bench]
fn table_read(bencher: Bencher) {
    read(bencher, "dump.csv", table().leak());
}

#[divan::bench]
fn table_bare(bencher: Bencher) {
    let dump = table();
    bencher.counter(BytesCount::new(dump.len())).bench_local(|| {
        let mut reader = csv::Reader::from_reader(dump.as_slice());
        for record in reader.records() {
            black_box(record.unwrap());
        }
    });
}

#[divan::bench]
fn xml_read(bencher: Bencher) {
    read(bencher, "dump.xml", xml().leak());
}

#[divan::bench]
fn xml_bare(bencher: Bencher) {
    let dump = xml();
    bencher.counter(BytesCount::new(dump.len())).bench_local(|| {
        let mut reader = quick_xml::Reader::from_reader(dump.as_slice());
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).unwrap() {
                quick_xml::events::Event::Eof => break,
                event => {
                    black_box(event.into_owned());
                }
            }
        }
    });
}

#[divan::bench]
fn gzip_read(bencher: Bencher) {
    let mut packed = Vec::new();
    let plain = json_lines();
    flate2::read::GzEncoder::new(plain.as_slice(), flate2::Compression::fast())
        .read_to_end(&mut packed)
        .unwrap();
    read(bencher, "dump.jsonl.gz", packed.leak());
}
