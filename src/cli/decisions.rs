//! `threadwarden decisions`: what moderators decided, as labelled comments.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use threadwarden::decisions::{self, Decisions, Key};
use threadwarden::export::{CsvSafety, Run, Sink, WriteOptions};
use threadwarden::table::{Cell, Column, Rows};

use super::{Stop, score, terminal};

/// Read back what moderators decided and write it as labelled comments.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden decisions queue.xlsx -o labelled.csv
  threadwarden decisions anna.xlsx ben.csv --report report.csv -o labelled.csv

The sheets may be sorted, filtered, or saved in another format. Where several people decided on one
comment, most votes win; where they are even, the comment gets no label.")]
pub(super) struct Args {
    /// Reports of `score` with decisions filled in: workbooks or CSV
    #[arg(required = true, value_name = "SHEET")]
    sheets: Vec<PathBuf>,

    /// The report as it was before: texts are taken from it, and changes are named
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Where to write the labelled comments [default: CSV on standard output]
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,

    /// Decisions that mean flamebait
    #[arg(long, value_name = "WORD", value_delimiter = ',', default_value = "remove,hide")]
    yes: Vec<String>,

    /// Decisions that mean harmless
    #[arg(long, value_name = "WORD", value_delimiter = ',', default_value = "keep")]
    no: Vec<String>,
}

const COLUMNS: [Column; 8] = [
    Column::text("id", "The comment's id."),
    Column::text("thread_id", "Its thread."),
    Column::text("source", "The dump that it is from."),
    Column::text("text", "The comment as it came."),
    Column::text("label", "`yes` for flamebait, `no` for harmless, or empty."),
    Column::text("decided", "What was decided, as it was written."),
    Column::text("note", "What was noted."),
    Column::text("flamebait_label", "What the program had said."),
];

/// How many comments of a kind are named one by one.
const NAMED: usize = 10;

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let read = |path: &PathBuf| decisions::read(path);
    let sheets = args.sheets.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let original = args.report.as_ref().map(read).transpose()?;
    let decisions = decisions::join(sheets, original);

    let mut rows = Rows::new(COLUMNS.len());
    let label = |decision: &str| {
        let is_in = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(decision));
        match (is_in(&args.yes), is_in(&args.no)) {
            (true, _) => Cell::Text("yes"),
            (false, true) => Cell::Text("no"),
            (false, false) => Cell::Empty,
        }
    };
    for decided in &decisions.decided {
        for text in [&decided.key.comment, &decided.key.thread, &decided.key.source, &decided.text]
        {
            rows.push(Cell::Text(text));
        }
        rows.push(label(&decided.decision));
        for text in [&decided.decision, &decided.note, &decided.flamebait_label] {
            rows.push_text(|buffer| buffer.push_str(text));
        }
    }
    // For programs to learn from: the texts stand exactly as they came.
    let options = WriteOptions { csv_safety: CsvSafety::Raw, ..WriteOptions::default() };
    let report = score::report(&args.output, None)?;
    let mut sink = Sink::create(&args.output, report, &COLUMNS, options)?;
    sink.write(&mut rows, &Run::default())?;
    sink.publish()?;
    eprint!("{}", terminal::lines(&told(&decisions, &args.output)));
    Ok(ExitCode::SUCCESS)
}

/// What was found, in sentences.
fn told(decisions: &Decisions, output: &Path) -> String {
    let several = decisions.decided.iter().filter(|decided| decided.votes.len() > 1);
    let (agreed, split): (Vec<_>, Vec<_>) = several.partition(|decided| decided.is_agreed());
    let mut text = format!(
        "{} decided, {} without a decision\n",
        decisions.decided.len(),
        decisions.undecided
    );
    if !agreed.is_empty() || !split.is_empty() {
        let all = agreed.len() + split.len();
        text += &format!("  decided by several: {all}, of which {} agree\n", agreed.len());
    }
    let names = split.iter().map(|decided| {
        let votes: Vec<_> =
            decided.votes.iter().map(|(sheet, word)| format!("{sheet}: {word}")).collect();
        format!("{} ({})", name(&decided.key), votes.join(", "))
    });
    list(&mut text, "disagreement", names);
    let place = |(key, sheet): &(Key, String)| format!("{} in {sheet}", name(key));
    list(&mut text, "text changed", decisions.changed.iter().map(place));
    list(&mut text, "not in the report", decisions.unknown.iter().map(place));
    list(
        &mut text,
        "left out, its text was cut (name the whole report with --report)",
        decisions.cut.iter().map(name),
    );
    if output != Path::new("-") {
        text += &format!("  written: {}\n", output.display());
    }
    text
}

fn name(key: &Key) -> String {
    format!("{} {}", key.thread, key.comment)
}

fn list(text: &mut String, what: &str, names: impl ExactSizeIterator<Item = String>) {
    let count = names.len();
    for name in names.take(NAMED) {
        *text += &format!("  {what}: {name}\n");
    }
    if count > NAMED {
        *text += &format!("  {what}: and {} more\n", count - NAMED);
    }
}
