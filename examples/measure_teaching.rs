//! Measures what a site's own decisions teach the built-in flamebait model: rows drawn at random
//! from one labelled file, measured on another.
//!
//! `cargo run --release --example measure_teaching -- TRAIN.csv TEST.csv`

use std::error::Error;
use std::fs::File;

use threadwarden::score::flamebait::evaluate::{Decided, Evaluation};
use threadwarden::score::flamebait::train::{Labelled, adapt, read_labelled};
use threadwarden::score::flamebait::{FlamebaitScorer, Model};

/// How many rows are drawn, and how often.
const DRAWS: [(usize, u64); 5] = [(30, 20), (50, 20), (100, 20), (300, 10), (1000, 4)];
/// No more rows than this are measured on.
const MOST: usize = 2000;

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [train, test] = &arguments[..] else {
        return Err("usage: measure_teaching TRAIN.csv TEST.csv".into());
    };
    let (train, mut test) =
        (read_labelled(train, File::open(train)?)?, read_labelled(test, File::open(test)?)?);
    test.truncate(MOST);
    let base = measure(Model::fast(), &test).ok_or("the test rows are of one kind")?;
    println!("| rows | AUC: mean | worst | best | off by: mean | worst | left as it was |");
    println!("|--:|--:|--:|--:|--:|--:|--:|");
    println!("| 0 | {:.4} | | | {:.3} | | |", base.0, base.1);
    for (size, draws) in DRAWS.into_iter().filter(|(size, _)| *size <= train.len() / 2) {
        let mut aucs = Vec::new();
        let mut offs = Vec::new();
        let mut kept = 0;
        for seed in 0..draws {
            let adapted = adapt(Model::fast(), "taught", &draw(&train, size, seed));
            kept += u32::from(adapted.penalty.is_none());
            let (auc, off) = measure(&adapted.model, &test).ok_or("no measure")?;
            aucs.push(auc - base.0);
            offs.push(off);
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let most = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = aucs.iter().copied().fold(f64::INFINITY, f64::min);
        println!(
            "| {size} | {:+.4} | {least:+.4} | {:+.4} | {:.3} | {:.3} | {kept} of {draws} |",
            mean(&aucs),
            most(&aucs),
            mean(&offs),
            most(&offs)
        );
    }
    Ok(())
}

/// AUC, and how far scores are off.
fn measure(model: &Model, rows: &[Labelled]) -> Option<(f64, f64)> {
    let scorer = FlamebaitScorer::with_model(model.clone());
    let decided = rows
        .iter()
        .map(|row| Decided { score: scorer.assess(&row.text).score, flamebait: row.target >= 0.5 });
    let evaluation = Evaluation::of(&decided.collect::<Vec<_>>());
    Some((evaluation.auc()?, evaluation.calibration_error()?))
}

/// Different rows, the same each time for a seed.
fn draw(rows: &[Labelled], size: usize, seed: u64) -> Vec<Labelled> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed;
    for place in 0..size {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        let left = rows.len() - place;
        let other = place + usize::try_from(state >> 33).unwrap_or_default() % left;
        order.swap(place, other);
    }
    order[..size].iter().map(|&row| rows[row].clone()).collect()
}
