//! How fast sentiment is scored, beside the crate that supplies the words and beside what merely
//! moves the bytes. `benches/sentiment.py` adds the reference and `wc -w`, and prints ratios.
//!
//! The texts are made from the word lists below, or read from the file that `SENTIMENT_TEXTS` names:
//! JSON lines with a field `text`. With `WRITE_TEXTS` the texts are written to that file instead.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use threadwarden::score::sentiment::{Analyzer, Mode};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// The most frequent words of English, the first ones the most often.
const COMMON: &str = "the to a and of is that in it you for i not on are this be with they have he \
    as was but if or we what people all your so at do from would just no like who can will about \
    there by their an has my more one when out up get how don't because them his know think than \
    why only it's should were been time then other some make even being want any had these which \
    want into could go her those me over most too where way our did us she going really see here \
    never very after also now does still back much well can't doesn't isn't before without least";
const PLAIN: &str = "council mayor article paper reader comment city town street tram bus train \
    bridge park river house rent tax budget vote election party minister school teacher pupil \
    hospital nurse doctor office company worker union price ticket station driver cyclist car \
    bicycle market shop street-corner farmer village weather summer winter morning evening week \
    month year number report study question answer point side story page headline editor writer \
    camera police court judge law rule border country language history museum film song music game \
    match season coach player field table kitchen bread coffee water money bank account letter \
    phone screen computer network data phrase sentence paragraph building tower wall road corner";
const FELT: &str = "good bad great stupid love hate fun wrong best worst nice terrible happy sad \
    trust lie liar honest fair unfair shame proud fear angry hope help problem hurt kill free \
    support attack beautiful ugly awful wonderful idiot moron racist greedy corrupt pathetic \
    ridiculous thanks thank please sorry agree disagree like cool dumb failure success win lost";
const ODD: &str = "https://example.org/news/2026/11/22/tram-line-seven 2026 100% :) lol LOL 😀 ❤️ \
    don’t it’s “quote” … – café @Anna @tram_fan #tram7 e.g. 3.5 U.S. NOT VERY STUPID WHY REALLY?";

/// Texts of some lengths, the same in every run.
fn made() -> Vec<String> {
    let lists = [COMMON, PLAIN, FELT, ODD].map(|list| list.split_whitespace().collect::<Vec<_>>());
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % limit
    };
    let mut text = || {
        let mut text = String::new();
        let length = 3 + below(15) + below(15) * below(4);
        let mut begins = true;
        for _ in 0..length {
            let list = match below(100) {
                0..56 => &lists[0],
                56..88 => &lists[1],
                88..97 => &lists[2],
                _ => &lists[3],
            };
            // The smaller of two draws makes the first words of a list the frequent ones.
            let word = list[below(list.len()).min(below(list.len()))];
            let (head, tail) = word.split_at(usize::from(begins && word.is_ascii()));
            text.push_str(&head.to_uppercase());
            text.push_str(tail);
            begins = false;
            match below(40) {
                0..3 => text.push(','),
                3..5 => {
                    text.push(['.', '!', '?', '.'][below(4)]);
                    begins = true;
                }
                _ => {}
            }
            text.push(if below(60) == 0 { '\n' } else { ' ' });
        }
        text.pop();
        text.push('.');
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
