//! Measures the flamebait scorer on labelled files: CSV with the columns `text` and `label`, where
//! the label is 0 or 1. The name of a built-in model, or a path that ends in `.model`, chooses the
//! model for the files behind it.
//!
//! `cargo run --release --example measure_flamebait -- [MODEL] FILE.csv...`

use std::error::Error;
use std::path::PathBuf;

use threadwarden::score::flamebait::evaluate::{Decided, Evaluation, Interval};
use threadwarden::score::flamebait::train::read_labelled;
use threadwarden::score::flamebait::{FlamebaitScorer, Label, Model};
use threadwarden::score::language;

/// How often comments are drawn anew for an interval.
const DRAWS: usize = 200;

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut scorer = FlamebaitScorer::default();
    println!("| set | n | base | AUC (95 %) | AP | heated: P R | flamebait: P R | foreign |");
    println!("|---|--:|--:|---|--:|---|---|--:|");
    let (mut aucs, mut widths) = (Vec::new(), Vec::new());
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let name = path.display().to_string();
        if let Some(built_in) = FlamebaitScorer::named(&name) {
            scorer = built_in;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        if name.ends_with(".model") {
            scorer = FlamebaitScorer::with_model(Model::read(&name, &bytes)?);
            continue;
        }
        let rows = read_labelled(&name, &bytes[..])?;
        let decided: Vec<Decided> = rows
            .iter()
            .map(|row| Decided {
                score: scorer.assess(&row.text).score,
                flamebait: row.target >= 0.5,
            })
            .collect();
        let evaluation = Evaluation::of(&decided);
        let (Some(auc), Some(precision), Some(interval)) = (
            evaluation.auc(),
            evaluation.average_precision(),
            Interval::of(&decided, DRAWS, Evaluation::auc),
        ) else {
            continue;
        };
        let base = evaluation.positives() as f64 / evaluation.len() as f64;
        let foreign = rows.iter().filter(|row| language::detect(&row.text).foreign).count();
        let at = |threshold| {
            let point = evaluation.at(threshold);
            format!(
                "{:.2} {:.2}",
                point.precision.unwrap_or(f64::NAN),
                point.recall.unwrap_or(f64::NAN)
            )
        };
        println!(
            "| {} | {} | {base:.3} | {auc:.4} ({:.3}–{:.3}) | {precision:.3} | {} | {} | {foreign} |",
            path.file_stem().unwrap_or_default().to_string_lossy(),
            rows.len(),
            interval.low,
            interval.high,
            at(Label::HEATED),
            at(Label::FLAMEBAIT),
        );
        aucs.push(auc);
        widths.push((interval.high - interval.low) / 2.0);
    }
    let first = aucs.len().min(5) as f64;
    let mean = aucs.iter().take(5).sum::<f64>() / first;
    let width = widths.iter().take(5).map(|width| width * width).sum::<f64>().sqrt() / first;
    println!("\nmean AUC of the first five {mean:.4} (± {width:.4})");
    Ok(())
}
