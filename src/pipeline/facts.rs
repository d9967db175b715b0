//! What reports say of the run that made them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{InputSummary, Options, Summary};
use crate::export::{Input, Run};
use crate::score::Weights;

/// The facts of a run that is over; `hashed` says whether a report needs the inputs' hashes.
pub(super) fn of(summary: &Summary, options: &Options, model: &str, hashed: bool) -> Run {
    Run {
        tool: concat!("threadwarden ", env!("CARGO_PKG_VERSION")).into(),
        model: model.into(),
        settings: settings(options),
        inputs: summary.inputs.iter().map(|summary| input(summary, hashed)).collect(),
        more_inputs: summary.inputs_read.saturating_sub(summary.inputs.len() as u64),
        counts: counts(summary),
    }
}

fn settings(options: &Options) -> Vec<(String, String)> {
    let confidence = options.link.min_confidence;
    let confidence = confidence.map_or("as measured".into(), |least| format!("{least}"));
    let Weights { flamebait, heat, target, answers } = options.score.priority;
    let weights = format!("flamebait {flamebait}, heat {heat}, target {target}, answers {answers}");
    let thresholds = options.score.flamebait.thresholds();
    vec![
        ("priority by".into(), weights),
        ("least confidence of a reply".into(), confidence),
        ("heated from a flamebait score of".into(), format!("{}", thresholds.heated())),
        ("flamebait from".into(), format!("{}", thresholds.flamebait())),
        ("positive from a sentiment of".into(), "0.05".into()),
        ("negative to".into(), "-0.05".into()),
    ]
}

fn counts(summary: &Summary) -> Vec<(String, u64)> {
    let [calm, heated, flamebait] = summary.labels;
    let counts = [
        ("comments", summary.comments),
        ("threads", summary.threads),
        ("replies found", summary.replies),
        ("spoken to someone absent", summary.absent),
        ("answers to a comment that the dump lacks", summary.orphans),
        ("answers in a circle", summary.circles),
        ("flamebait", flamebait),
        ("heated", heated),
        ("calm", calm),
        ("unscored", summary.unscored),
        ("faults in the inputs", summary.faults.count),
    ];
    counts.map(|(what, number)| (what.to_owned(), number)).to_vec()
}

fn input(summary: &InputSummary, hashed: bool) -> Input {
    Input {
        name: summary.source.clone(),
        format: summary.format.clone().into_owned(),
        declared: summary.declared,
        found: summary.found,
        // A file that can no longer be read has no hash to tell of.
        hash: if hashed { hash(&summary.path).unwrap_or_default() } else { String::new() },
    }
}

/// SHA-256 of a file as it lies there; empty for standard input and pipes.
fn hash(path: &Path) -> io::Result<String> {
    if !path.is_file() {
        return Ok(String::new());
    }
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
    }
    let mut text = String::new();
    for byte in hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}
