//! `threadwarden decisions`: what moderators decided, as labelled comments.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use threadwarden::decisions::{self, Decisions, Key, Vote};
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

    /// Settings to read instead of those of the nearest threadwarden.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// What moderators choose from; other words are named
    #[arg(long, value_name = "WORD", value_delimiter = ',', default_value = score::DECISIONS)]
    decisions: Vec<String>,

    /// Decisions that mean flamebait
    #[arg(long, value_name = "WORD", value_delimiter = ',', default_value = YES)]
    yes: Vec<String>,

    /// Decisions that mean harmless
    #[arg(long, value_name = "WORD", value_delimiter = ',', default_value = NO)]
    no: Vec<String>,
}

/// Decisions that mean flamebait, unless people say otherwise.
pub(super) const YES: &str = "remove,hide";

/// Decisions that mean harmless.
pub(super) const NO: &str = "keep";

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
    let read_from = args.sheets.iter().chain(&args.report);
    if let Some(sheet) = read_from.into_iter().find(|sheet| score::is_same(sheet, &args.output)) {
        let sheet = sheet.display();
        return Err(Stop::Failed(format!(
            "{sheet}: is read and would be replaced; give the labelled comments another name"
        )));
    }
    spare(&args.output, "")?;
    let read = |path: &PathBuf| decisions::read(path);
    let sheets = args.sheets.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let original = args.report.as_ref().map(read).transpose()?;
    let decisions = decisions::join(sheets, original);

    let mut rows = Rows::new(COLUMNS.len());
    // By what decisions mean: who removes and who hides agree.
    let label = |votes: &[Vote]| {
        let count =
            |words: &[String]| votes.iter().filter(|vote| is_among(words, &vote.word)).count();
        match count(&args.yes).cmp(&count(&args.no)) {
            Ordering::Greater => Cell::Text("yes"),
            Ordering::Less => Cell::Text("no"),
            Ordering::Equal => Cell::Empty,
        }
    };
    for decided in &decisions.decided {
        for text in [&decided.key.comment, &decided.key.thread, &decided.key.source, &decided.text]
        {
            rows.push(Cell::Text(text));
        }
        rows.push(label(&decided.votes));
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
    eprint!("{}", terminal::lines(&told(&decisions, args)));
    Ok(ExitCode::SUCCESS)
}

/// What was found, in sentences.
fn told(decisions: &Decisions, args: &Args) -> String {
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
            decided.votes.iter().map(|vote| format!("{}: {}", vote.sheet, vote.word)).collect();
        format!("{} ({})", name(&decided.key), votes.join(", "))
    });
    list(&mut text, "disagreement", names);
    let votes = decisions.decided.iter().flat_map(|decided| &decided.votes);
    let known = |word: &str| {
        [&args.decisions, &args.yes, &args.no].into_iter().any(|words| is_among(words, word))
    };
    let strange: Vec<&Vote> = votes.filter(|vote| !known(&vote.word)).collect();
    let names =
        strange.iter().map(|vote| format!("{:?} in {}, {}", vote.word, vote.sheet, vote.place));
    list(&mut text, "unknown decision", names);
    if !strange.is_empty() {
        let known = args.decisions.join(", ");
        text += &format!(
            "  known are {known}: correct the sheet, or name your own words with --decisions, --yes and --no\n"
        );
    }
    let place = |(key, sheet): &(Key, String)| format!("{} in {sheet}", name(key));
    list(&mut text, "text changed", decisions.changed.iter().map(place));
    list(&mut text, "not in the report", decisions.unknown.iter().map(place));
    list(
        &mut text,
        "left out, its text was cut (name the whole report with --report)",
        decisions.cut.iter().map(name),
    );
    if args.output != Path::new("-") {
        text += &format!("  written: {}\n", args.output.display());
    }
    text
}

/// Whether it is one of the words, in any case.
fn is_among(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// An error if there is a report at `path` that somebody decided in: such work is never replaced
/// unasked. `remedy` is what can be done about it besides.
pub(super) fn spare(path: &Path, remedy: &str) -> Result<(), Stop> {
    let Some(row) = decisions::first_decision(path) else { return Ok(()) };
    let word = if row.decision.is_empty() { row.note } else { row.decision };
    Err(Stop::Failed(format!(
        "{}: holds decisions ({}: {word:?}); read them with `threadwarden decisions`, or choose another name{remedy}",
        path.display(),
        row.place
    )))
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
