//! `threadwarden evaluate`: how good the flamebait scores are, by what people decided.

mod agreement;
mod mistakes;
mod text;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::{Value, json};
use threadwarden::decisions::Labelled;
use threadwarden::score::Scorer;
use threadwarden::score::flamebait::evaluate::{Decided, Evaluation, Interval, Point};
use threadwarden::score::flamebait::{FlamebaitScorer, Thresholds};

use self::agreement::Agreement;
use self::mistakes::Mistake;
use super::{Stop, args, labelled};

/// Measure the flamebait scores by what people decided.
///
/// The comments are scored anew, each without its thread; what a report says of them is not looked
/// at. A report may give less to one that copies the comment above.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden evaluate queue.xlsx
  threadwarden evaluate anna.xlsx ben.csv --precision 0.8 --recall 0.9
  threadwarden evaluate posts.jsonl --map text=body,label=verdict --model site.model --format json

A model is flattered by the comments that it learnt from: measure it on others.")]
pub(super) struct Args {
    /// Settings to read instead of those of the nearest threadwarden.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    input: labelled::Input,

    #[command(flatten)]
    flamebait: args::Flamebait,

    #[command(flatten)]
    thresholds: args::Thresholds,

    /// Find the threshold at which this share of what is flagged is flamebait
    #[arg(long, value_name = "X", default_value = "0.8", value_parser = args::share::<f64>)]
    precision: f64,

    /// Find the threshold at which this share of the flamebait is flagged
    #[arg(long, value_name = "X", default_value = "0.8", value_parser = args::share::<f64>)]
    recall: f64,

    /// How many of the worst mistakes to show, of either kind
    #[arg(long, value_name = "N", default_value_t = 5)]
    mistakes: usize,

    /// For people, or for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Thresholds of the table beside those of the labels.
const TENTHS: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// How often comments are drawn anew for an interval.
const DRAWS: usize = 500;

/// All that was measured.
struct Findings {
    model: String,
    /// Those of the labels.
    thresholds: Thresholds,
    evaluation: Evaluation,
    auc: Option<Interval>,
    average_precision: Option<Interval>,
    /// The precision and recall asked for, and the points where they are reached.
    precision: (f64, Option<Point>),
    recall: (f64, Option<Point>),
    agreement: Agreement,
    /// Harmless comments that are flagged, and flamebait that is not, worst first.
    mistakes: [Vec<Mistake>; 2],
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let scorer = args.flamebait.scorer()?.with_thresholds(args.thresholds.get()?);
    let read = args.input.read("measure")?;
    let findings = measure(args, &scorer, &read);
    let mut output = io::stdout().lock();
    match args.format {
        Format::Text => output.write_all(text::report(&read.told, &findings).as_bytes())?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut output, &findings.to_json())
                .map_err(io::Error::from)?;
            writeln!(output)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn measure(args: &Args, scorer: &FlamebaitScorer, read: &labelled::Read) -> Findings {
    let comments = &read.comments;
    let score = |comment: &Labelled| Decided {
        score: scorer.assess(&comment.text).score,
        flamebait: comment.target >= 0.5,
    };
    let decided: Vec<Decided> = comments.iter().map(score).collect();
    let evaluation = Evaluation::of(&decided);
    Findings {
        model: scorer.name().to_owned(),
        thresholds: scorer.thresholds(),
        auc: Interval::of(&decided, DRAWS, Evaluation::auc),
        average_precision: Interval::of(&decided, DRAWS, Evaluation::average_precision),
        precision: (args.precision, evaluation.for_precision(args.precision)),
        recall: (args.recall, evaluation.for_recall(args.recall)),
        agreement: Agreement::of(comments, &read.even, &decided, scorer.thresholds().heated()),
        mistakes: mistakes::worst(scorer, comments, &decided, args.mistakes),
        evaluation,
    }
}

impl Findings {
    /// What happens at each threshold of the table, lowest first.
    fn table(&self) -> Vec<Point> {
        let labels = [self.thresholds.heated(), self.thresholds.flamebait()];
        let mut thresholds = [&TENTHS[..], &labels].concat();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup_by(|a, b| a.to_bits() == b.to_bits());
        thresholds.into_iter().map(|threshold| self.evaluation.at(threshold)).collect()
    }

    fn to_json(&self) -> Value {
        let Self { evaluation, agreement, .. } = self;
        let interval = |value: Option<f64>, interval: Option<Interval>| {
            let (low, high) = interval.map(|it| (it.low, it.high)).unzip();
            json!({ "value": value, "low": low, "high": high })
        };
        let point = |point: Point| {
            let Point { threshold, flagged, precision, recall } = point;
            json!({ "threshold": threshold, "flagged": flagged, "precision": precision, "recall": recall })
        };
        let wanted = |(wanted, found): (f64, Option<Point>)| json!({ "wanted": wanted, "found": found.map(point) });
        let band = |band: &threadwarden::score::flamebait::evaluate::Band| json!({ "from": band.from, "comments": band.count, "mean_score": band.score, "flamebait": band.flamebait });
        let [flagged, missed] = &self.mistakes;
        let mistakes = |list: &[Mistake]| list.iter().map(Mistake::to_json).collect::<Vec<_>>();
        json!({
            "model": self.model,
            "comments": evaluation.len(),
            "flamebait": evaluation.positives(),
            "auc": interval(evaluation.auc(), self.auc),
            "average_precision": interval(evaluation.average_precision(), self.average_precision),
            "labels": { "heated": self.thresholds.heated(), "flamebait": self.thresholds.flamebait() },
            "thresholds": self.table().into_iter().map(point).collect::<Vec<_>>(),
            "for_precision": wanted(self.precision),
            "for_recall": wanted(self.recall),
            "calibration_error": evaluation.calibration_error(),
            "calibration": evaluation.calibration().iter().map(band).collect::<Vec<_>>(),
            "agreement": agreement.to_json(),
            "flagged_though_harmless": mistakes(flagged),
            "missed": mistakes(missed),
        })
    }
}
