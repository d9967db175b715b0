//! `threadwarden train`: a flamebait model from labelled comments.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use threadwarden::Error;
use threadwarden::export;
use threadwarden::score::flamebait::Model;
use threadwarden::score::flamebait::evaluate::{Decided, Evaluation, Interval};
use threadwarden::score::flamebait::train::{self, Adapted, FEWEST, Labelled, Manifest};

use super::{Stop, labelled, terminal};

/// Teach the flamebait model a site's own decisions.
///
/// The built-in model is adapted to labelled comments, and written as a model that `--model` takes.
/// It moves only as far as helps with rows that it has not seen, and not at all if nothing helps.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden train queue.xlsx -o site.model
  threadwarden train anna.xlsx ben.csv old.jsonl --map text=body,label=verdict -o site.model
  threadwarden score dumps/ --model site.model -o report.csv

With --manifest, LABELLED is the folder that holds the files of the manifest, and the model is made
from nothing, as the built-in one is:
  threadwarden train --manifest training/flamebait.tsv FOLDER --name flamebait-1 -o fast.model")]
pub(super) struct Args {
    #[command(flatten)]
    input: labelled::Input,

    /// Make a model from nothing, from the files that this table names
    #[arg(long, value_name = "FILE", conflicts_with_all = ["map", "yes", "no"])]
    manifest: Option<PathBuf>,

    /// The model's name in reports [default: the name of the file, and a version by content]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Where to write the model
    #[arg(short, long, value_name = "FILE", required = true)]
    output: PathBuf,
}

/// How often rows are drawn anew for an interval.
const DRAWS: usize = 200;

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    labelled::keep_apart(args.input.files(), &args.output)?;
    let (model, told) = match &args.manifest {
        Some(manifest) => from_nothing(args, manifest)?,
        None => on_top(args)?,
    };
    export::write_file(&args.output, &model.to_bytes())?;
    let written = format!("  written: {} ({})\n", args.output.display(), model.name());
    eprint!("{}", terminal::lines(&(told + &written)));
    Ok(ExitCode::SUCCESS)
}

/// The model under the name that was asked for, or one by file and content.
fn named(model: &Model, args: &Args) -> Model {
    match &args.name {
        Some(name) => model.renamed(name),
        None => {
            let stem = args.output.file_stem().unwrap_or_default().to_string_lossy();
            model.versioned(if stem == "-" { "site" } else { &stem })
        }
    }
}

/// Adapts the built-in model to labelled comments.
fn on_top(args: &Args) -> Result<(Model, String), Stop> {
    let read = args.input.read("learn")?;
    let (flamebait, all) = (read.flamebait(), read.comments.len());
    let fewer = flamebait.min(all - flamebait);
    if fewer < FEWEST {
        return Err(Stop::Failed(format!(
            "too little to learn from: at least {FEWEST} comments of each kind are needed, and some hundred are \
             better\n{}",
            read.told.trim_end()
        )));
    }
    let row = |comment: threadwarden::decisions::Labelled| Labelled {
        text: comment.text,
        target: comment.target,
        weight: 1.0,
    };
    let rows: Vec<Labelled> = read.comments.into_iter().map(row).collect();
    let base = Model::fast();
    let adapted = train::adapt(base, base.name(), &rows);
    let told = read.told + &found(base, &adapted);
    let model = match adapted.penalty {
        Some(_) => named(&adapted.model, args),
        None => args.name.as_ref().map_or(base.clone(), |name| base.renamed(name)),
    };
    Ok((model, told))
}

/// What the rows showed.
fn found(base: &Model, adapted: &Adapted) -> String {
    let Some(penalty) = adapted.penalty else {
        return format!(
            "  kept: {} as it is, for no change helped with rows not learnt from\n",
            base.name()
        );
    };
    let moved = match penalty {
        300.0.. => "how high scores are, not which comments score higher than others",
        20.0.. => "a little",
        _ => "far",
    };
    format!(
        "  on rows not learnt from (five parts, each left out once):\n    \
         AUC {}, {} before\n    \
         scores are off by {:.2}, {:.2} before\n  \
         changed from {}: {moved}\n",
        auc(&adapted.after),
        auc(&adapted.before),
        off(&adapted.after),
        off(&adapted.before),
        base.name(),
    )
}

fn auc(rows: &[Decided]) -> String {
    let auc = Evaluation::of(rows).auc().unwrap_or_default();
    match Interval::of(rows, DRAWS, Evaluation::auc) {
        Some(Interval { low, high }) => format!("{auc:.3} ({low:.3}–{high:.3})"),
        None => format!("{auc:.3}"),
    }
}

fn off(rows: &[Decided]) -> f64 {
    Evaluation::of(rows).calibration_error().unwrap_or_default()
}

/// Fits a model to the files of a manifest.
fn from_nothing(args: &Args, manifest: &Path) -> Result<(Model, String), Stop> {
    let [folder] = args.input.files() else {
        return Err(Stop::Failed(
            "with --manifest, name one folder: the one that holds the files of the manifest".into(),
        ));
    };
    let name = manifest.display().to_string();
    let table = fs::read_to_string(manifest)
        .map_err(|source| Error::Read { name: name.clone(), source })?;
    let rows = Manifest::parse(&name, &table)?.read(folder)?;
    let hot = rows.iter().filter(|row| row.target >= 0.5).count();
    let told = format!(
        "{name}: {} labelled, {hot} flamebait and {} harmless\n",
        rows.len(),
        rows.len() - hot
    );
    let model = train::fit("flamebait", &rows);
    Ok((named(&model, args), told))
}
