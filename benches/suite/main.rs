//! What `benches/suite.py` measures beside the command: parts of it, the crate that supplies the
//! words, and what merely moves the bytes. One part a call, so that each has its own memory.

#![expect(clippy::print_stdout, reason = "a count for whoever calls it")]

mod dump;
#[path = "../made/mod.rs"]
mod made;

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::sync::mpsc::sync_channel;
use std::{env, thread};

use csv::{ByteRecord, Reader, StringRecord, Writer};
use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use threadwarden::pipeline::{Batches, Options, score_thread};
use vader_sentiment::SentimentIntensityAnalyzer;

const USAGE: &str = "make COMMENTS OPEN OUT | copy IN OUT | crate IN OUT LIMIT \
    | read IN | chains IN THREADS | sentiment IN THREADS | flamebait IN THREADS";

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` adds a flag of its own.
    let arguments: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let comments = match arguments[..] {
        ["make", comments, open, output] => {
            let comments = comments.parse()?;
            dump::write(comments, open.parse()?, BufWriter::new(File::create(output)?))?;
            comments
        }
        ["copy", input, output] => copy(input, output)?,
        ["crate", input, output, limit] => score_by_crate(input, output, limit.parse()?)?,
        ["read", input] => read(input)?,
        ["chains", input, threads] => score(input, threads.parse()?, 0)?,
        ["sentiment", input, threads] => score(input, threads.parse()?, 2)?,
        ["flamebait", input, threads] => score(input, threads.parse()?, usize::MAX)?,
        _ => {
            println!("{USAGE}\n`python3 benches/suite.py` calls all of them.");
            return Ok(());
        }
    };
    println!("{comments}");
    Ok(())
}

/// Reads and writes records, as cheaply as the `csv` crate can.
fn copy(input: &str, output: &str) -> Result<usize, csv::Error> {
    let mut reader = Reader::from_path(input)?;
    let mut writer = Writer::from_path(output)?;
    writer.write_byte_record(reader.byte_headers()?)?;
    let mut record = ByteRecord::new();
    let mut count = 0;
    while reader.read_byte_record(&mut record)? {
        writer.write_byte_record(&record)?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

/// Adds the sentiment of the last column by the `vader_sentiment` crate to the first `limit` rows.
fn score_by_crate(input: &str, output: &str, limit: usize) -> Result<usize, csv::Error> {
    let analyzer = SentimentIntensityAnalyzer::new();
    let mut reader = Reader::from_path(input)?;
    let mut writer = Writer::from_path(output)?;
    let mut record = StringRecord::new();
    let mut count = 0;
    while count < limit && reader.read_record(&mut record)? {
        let text = record.get(record.len() - 1).unwrap_or_default();
        let compound = analyzer.polarity_scores(text)["compound"];
        record.push_field(&compound.to_string());
        writer.write_record(&record)?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

fn batches(input: &str) -> Batches {
    Batches::new(vec![input.into()], Options::default().read, true).trusting()
}

/// Reads comments and gathers them by thread.
fn read(input: &str) -> threadwarden::Result<usize> {
    let comments = batches(input)
        .map(|batch| Ok(batch?.threads.iter().map(|thread| thread.comments.len()).sum::<usize>()));
    comments.sum()
}

/// Reads, links, and scores by the first so many scorers, as a run does but without its rows.
fn score(input: &str, threads: usize, scorers: usize) -> Result<usize, Box<dyn Error>> {
    let options = Options::default();
    let mut all = options.score.scorers();
    all.truncate(scorers);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    thread::scope(|scope| {
        let (full, ready) = sync_channel(1);
        scope.spawn(move || batches(input).try_for_each(|batch| full.send(batch)));
        let mut comments = 0;
        for batch in ready {
            let threads = batch?.threads.into_par_iter();
            let score = |gathered| score_thread(gathered, &options.link, &all).assessments.len();
            comments += pool.install(|| threads.map(score).sum::<usize>());
        }
        Ok(comments)
    })
}
