//! How fast sentiment is scored, beside the crate that supplies the words and beside what merely
//! moves the bytes. `benches/sentiment.py` adds the reference and `wc -w`, and prints ratios.
//!
//! The texts are made ([`made`]), or read from the file that `SENTIMENT_TEXTS` names:
//! JSON lines with a field `text`. With `WRITE_TEXTS` the texts are written to that file instead.

mod made;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use made::Maker;
use threadwarden::score::sentiment::{Analyzer, Mode};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// Texts of some lengths, the same in every run.
fn made() -> Vec<String> {
    let mut maker = Maker::new();
    let mut text = || {
        let mut text = String::new();
        maker.add_text(&mut text);
        text
    };
    (0..20_000).map(|_| text()).collect()
}

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| match env::var_os("SENTIMENT_TEXTS") {
    None => made(),
    Some(path) => {
        let lines = fs::read_to_string(path).expect("SENTIMENT_TEXTS names a readable file");
        let text = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(row.get("text")?.as_str()?.to_owned())
        };
        lines.lines().filter_map(text).collect()
    }
});

fn bytes() -> BytesCount {
    BytesCount::from(TEXTS.iter().map(String::len).sum::<usize>())
}

fn main() {
    if let Some(path) = env::var_os("WRITE_TEXTS") {
        let mut lines = String::new();
        for text in TEXTS.iter() {
            let _ = writeln!(lines, "{}", serde_json::json!({ "text": text }));
        }
        fs::write(path, lines).expect("WRITE_TEXTS names a file that can be written");
        return;
    }
    divan::main();
}

fn score_all(bencher: Bencher<'_, '_>, analyzer: &Analyzer) {
    bencher.counter(bytes()).bench_local(|| {
        for text in TEXTS.iter() {
            black_box(analyzer.score(black_box(text)));
        }
    });
}

#[divan::bench]
fn exact(bencher: Bencher<'_, '_>) {
    score_all(bencher, &Analyzer::default());
}

#[divan::bench]
fn extended(bencher: Bencher<'_, '_>) {
    let analyzer = Analyzer::builder().mode(Mode::Extended).build();
    score_all(bencher, &analyzer.unwrap_or_default());
}

#[divan::bench(sample_count = 3)]
fn vader_sentiment_crate(bencher: Bencher<'_, '_>) {
    let analyzer = vader_sentiment::SentimentIntensityAnalyzer::new();
    bencher.counter(bytes()).bench_local(|| {
        for text in TEXTS.iter() {
            black_box(analyzer.polarity_scores(black_box(text)));
        }
    });
}

/// The texts as a CSV of one column, read and written again.
#[divan::bench]
fn csv_read_and_write(bencher: Bencher<'_, '_>) {
    let mut input = csv::Writer::from_writer(Vec::new());
    for text in TEXTS.iter() {
        let _ = input.write_record([text]);
    }
    let input = input.into_inner().unwrap_or_default();
    let mut record = csv::ByteRecord::new();
    bencher.counter(bytes()).bench_local(|| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*input);
        let mut writer = csv::Writer::from_writer(Vec::with_capacity(input.len()));
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let _ = writer.write_byte_record(&record);
        }
        black_box(writer.into_inner().map(|output| output.len()).unwrap_or_default())
    });
}
