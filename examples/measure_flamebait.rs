//! Measures the flamebait scorer on labelled files: CSV with the columns `text` and `label`.
//!
//! `cargo run --release --example measure_flamebait -- FILE.csv...`

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use threadwarden::score::flamebait::{FlamebaitScorer, Model};
use threadwarden::score::language;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut scorer = FlamebaitScorer::default();
    let (mut seconds, mut comments, mut aucs) = (0.0, 0, Vec::new());
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".model") {
            scorer = FlamebaitScorer::with_model(Model::read(&name, &std::fs::read(&path)?)?);
            continue;
        }
        let rows = read(&path)?;
        let start = Instant::now();
        let scored: Vec<(f64, bool)> =
            rows.iter().map(|(text, label)| (scorer.assess(text).score, *label)).collect();
        seconds += start.elapsed().as_secs_f64();
        comments += rows.len();
        let foreign = rows.iter().filter(|(text, _)| language::detect(text).foreign).count();
        let auc = auc(scored);
        println!("{name:24} n={:6} AUC={auc:.4} foreign={foreign}", rows.len());
        aucs.push(auc);
    }
    println!("mean of the first five {:.4}", aucs.iter().take(5).sum::<f64>() / 5.0);
    println!("{:.0} comments/s", comments as f64 / seconds);
    Ok(())
}

fn read(path: &PathBuf) -> Result<Vec<(String, bool)>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let column =
        |name| headers.iter().position(|header| header == name).ok_or(format!("no column {name}"));
    let (text, label) = (column("text")?, column("label")?);
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row?;
        if matches!(&row[label], "0" | "1") {
            rows.push((row[text].to_owned(), &row[label] == "1"));
        }
    }
    Ok(rows)
}

/// The chance that a positive scores above a negative.
fn auc(mut scored: Vec<(f64, bool)>) -> f64 {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = scored.iter().filter(|row| row.1).count();
    let negatives = scored.len() - positives;
    let (mut wins, mut below) = (0.0, 0);
    for tied in scored.chunk_by(|a, b| a.0 == b.0) {
        let ups = tied.iter().filter(|row| row.1).count();
        let downs = tied.len() - ups;
        wins += ups as f64 * (below as f64 + downs as f64 / 2.0);
        below += downs;
    }
    wins / (positives as f64 * negatives as f64)
}
