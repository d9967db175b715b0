//! `threadwarden score`: dumps in, reports out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use rayon::ThreadPoolBuilder;
use threadwarden::export::{self, CsvSafety, Exporter, REPORTS, Sink, WriteOptions};
use threadwarden::pipeline::{self, Journal, Options, Reports};
use threadwarden::score::ScoreOptions;
use threadwarden::score::quarrel::{AUTHOR_COLUMNS, THREAD_COLUMNS};
use threadwarden::table::Column;

use super::progress::Bar;
use super::{Stop, args, complain_of, decisions, inputs, interrupt, summary};

/// Score every comment and write one row for each.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden score page.txt -o report.csv
  threadwarden score dumps/ -o report.csv -o report.jsonl
  threadwarden score dumps/ -o all.xlsx --threads-report threads.csv --authors-report authors.csv
  threadwarden score - --map text=body < posts.jsonl > report.csv

Exit code: 0 done, 1 a comment scored higher than --fail-above, 2 error or input left out.")]
pub(super) struct Args {
    #[command(flatten)]
    input: args::Input,

    #[command(flatten)]
    link: args::Link,

    #[command(flatten)]
    score: args::Score,

    /// Report to write, its kind told by the extension; may repeat [default: CSV on standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,

    /// Kind of report, where the extension does not tell
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(REPORTS.iter().map(|report| report.name())))]
    format: Option<String>,

    /// A report of threads, one row each: .csv, .tsv or .jsonl
    #[arg(long, value_name = "FILE")]
    threads_report: Option<PathBuf>,

    /// A report of authors, one row each: .csv, .tsv or .jsonl
    #[arg(long, value_name = "FILE")]
    authors_report: Option<PathBuf>,

    /// What becomes of a text in CSV and TSV that a spreadsheet would run as a formula
    #[arg(long, value_name = "MODE", default_value = "excel")]
    csv_safety: Safety,

    /// Write CSV for Excel to open with a double click: byte order mark, CR LF, and texts that look
    /// like long numbers or dates kept from being converted
    #[arg(long)]
    excel: bool,

    /// What a moderator can choose from in the decision column of a workbook
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    decisions: Vec<String>,

    /// The columns of CSV, TSV, JSON Lines and Parquet reports, in this order [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = column)]
    columns: Vec<String>,

    /// Replace reports even where a moderator wrote decisions or notes into them
    #[arg(long)]
    overwrite_decisions: bool,

    /// End with exit code 1 if a comment's flamebait score is above X, from 0 to 1
    #[arg(long, value_name = "X", value_parser = args::share::<f32>)]
    fail_above: Option<f32>,

    /// Keep what is finished in FILE.resume beside the first report until the run is over, and go on
    /// from there after an interruption; inputs that have changed since are scored anew
    #[arg(long, requires = "output", conflicts_with_all = ["threads_report", "authors_report"])]
    resume: bool,

    /// Stop at the first fault, without a report
    #[arg(long)]
    strict: bool,

    /// Number of threads [default: one for each core]; the report is the same for any
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,

    /// No progress and no summary on standard error
    #[arg(short, long)]
    quiet: bool,
}

/// What moderators choose from unless they say otherwise, for people.
pub(super) const DECISIONS: &str = "keep,hide,remove,edit,escalate,unsure";

/// The weights of what comes first, for people.
pub(super) const PRIORITY: &str = "flamebait=0.85,heat=0.05,target=0.05,answers=0.05";

/// The thresholds of the labels, for people.
pub(super) const THRESHOLDS: &str = "heated=0.5,flamebait=0.75";

#[derive(Clone, Copy, ValueEnum)]
enum Safety {
    /// It gets an apostrophe in front
    Excel,
    /// It stays as it is
    Raw,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let options = Options {
        read: args.input.options(),
        pseudonyms: args.input.pseudonyms()?,
        link: args.link.options(),
        score: args.score.options()?,
        strict: args.strict,
    };
    let safety = match args.csv_safety {
        Safety::Excel => CsvSafety::Excel,
        Safety::Raw => CsvSafety::Raw,
    };
    let outputs =
        if args.output.is_empty() { vec![PathBuf::from("-")] } else { args.output.clone() };
    let mut reports = Vec::new();
    let (mut places, mut kinds) = (Vec::new(), Vec::new());
    for path in &outputs {
        let report = report(path, args.format.as_deref())?;
        reports.push((path, report));
        kinds.push(report.name());
        match report.files() {
            [] => places.push(path.clone()),
            files => places.extend(files.iter().map(|name| path.join(name))),
        }
    }
    places.extend(args.threads_report.iter().chain(&args.authors_report).cloned());
    let (files, mut faults) = inputs::expand(&args.input.inputs, &places);
    if (args.strict && faults.count > 0) || files.is_empty() {
        return Ok(complain_of(&faults));
    }
    if let Some(input) = files.iter().find(|input| places.iter().any(|place| is_same(input, place)))
    {
        let input = input.display();
        return Err(Stop::Failed(format!(
            "{input}: is both an input and a report; give the report another name"
        )));
    }
    if !args.overwrite_decisions {
        let remedy = ", or say --overwrite-decisions";
        places.iter().try_for_each(|place| decisions::spare(place, remedy))?;
    }
    let columns = pipeline::columns(&options.score.scorers());
    let mut write =
        WriteOptions { csv_safety: safety, excel: args.excel, ..WriteOptions::default() };
    write.columns.clone_from(&args.columns);
    if !args.decisions.is_empty() {
        write.decisions.clone_from(&args.decisions);
    }
    interrupt::watch(files.len(), args.resume);
    let sink = |path: &PathBuf, report, columns: &[Column]| {
        let sink = Sink::create(path, report, columns, write.clone())?;
        if let Some(unfinished) = sink.unfinished() {
            interrupt::remove_if_interrupted(unfinished.into());
        }
        Ok(sink)
    };
    let comments = reports.into_iter().map(|(path, report)| sink(path, report, &columns));
    let comments = comments.collect::<Result<Vec<_>, Stop>>()?;
    let table = |path: &Option<PathBuf>, columns| {
        path.as_ref().map(|path| sink(path, plain_report(path)?, columns)).transpose()
    };
    let threads = table(&args.threads_report, THREAD_COLUMNS)?;
    let authors = table(&args.authors_report, AUTHOR_COLUMNS)?;
    let journal = args.resume.then(|| journal(args, &files, &kinds, &write)).transpose()?;
    let reports = Reports { comments, threads, authors, journal };
    let pool = ThreadPoolBuilder::new().num_threads(args.threads).build();
    let pool = pool.map_err(|error| Stop::Failed(format!("cannot start threads ({error})")))?;

    let mut bar = Bar::new(&files, args.quiet);
    let result = pipeline::run(&files, &options, &pool, reports, |progress| {
        interrupt::take_note(progress);
        bar.show(progress);
    });
    bar.clear();
    let found = result?;

    if found.inputs_read > 0 && !args.quiet {
        eprint!("{}", super::terminal::lines(&summary::sentences(&found)));
        let outputs = args.output.iter().chain(&args.threads_report).chain(&args.authors_report);
        for path in outputs.filter(|path| *path != Path::new("-")) {
            let written = format!("  written: {}\n", path.display());
            eprint!("{}", super::terminal::lines(&written));
        }
    }
    faults.append(found.faults);
    let above = args.fail_above.is_some_and(|limit| found.highest_flamebait > f64::from(limit));
    if faults.count == 0 && above {
        return Ok(ExitCode::from(1));
    }
    Ok(complain_of(&faults))
}

/// The name of a column. The scorers are asked only when there is one to check, for they take
/// longer to make than all else that happens before a run.
fn column(name: &str) -> Result<String, String> {
    let columns = pipeline::columns(&ScoreOptions::default().scorers());
    if columns.iter().any(|column| column.name == name) {
        return Ok(name.to_owned());
    }
    let known: Vec<&str> = columns.iter().map(|column| column.name).collect();
    Err(format!("there are {}", known.join(", ")))
}

/// What is kept of a run, and perhaps of one before that was interrupted. Reports of these `kinds`
/// are written with the options `write`.
fn journal(
    args: &Args,
    files: &[PathBuf],
    kinds: &[&str],
    write: &WriteOptions,
) -> Result<Journal, Stop> {
    let mut path = args.output[0].clone().into_os_string();
    path.push(".resume");
    let path = PathBuf::from(path);
    let settings = (&args.input, &args.link, &args.score, args.strict, kinds, write);
    let mut settings = format!("{} {settings:?}", env!("CARGO_PKG_VERSION")).into_bytes();
    for file in args.input.files().chain(args.score.files()) {
        // A file that cannot be read has been complained of before.
        settings.extend(fs::read(file).unwrap_or_default());
    }
    let journal = Journal::open(&path, &settings, files)?;
    if !args.quiet {
        let place = path.display().to_string();
        eprint!("{}", super::terminal::lines(&summary::resumed(&place, &journal, files.len())));
    }
    Ok(journal)
}

/// Whether two paths lead to the same regular file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    one.is_file() && fs::canonicalize(one).ok() == fs::canonicalize(other).ok()
}

/// The kind of report to write to `path`.
pub(super) fn report(path: &Path, format: Option<&str>) -> Result<&'static dyn Exporter, Stop> {
    let name = match format {
        Some(name) => name,
        None if path == Path::new("-") => "csv",
        None => path.extension().and_then(|extension| extension.to_str()).unwrap_or_default(),
    };
    export::report_named(name).ok_or_else(|| {
        let known: Vec<String> =
            REPORTS.iter().map(|report| format!(".{}", report.name())).collect();
        let path = path.display();
        Stop::Failed(format!(
            "{path}: no report is of this kind; end the name in {}, or say --format",
            known.join(", ")
        ))
    })
}

/// The kind of report to write to `path`, where the rows are not comments.
fn plain_report(path: &Path) -> Result<&'static dyn Exporter, Stop> {
    let report = report(path, None)?;
    if ["csv", "tsv", "jsonl"].contains(&report.name()) {
        return Ok(report);
    }
    let path = path.display();
    Err(Stop::Failed(format!(
        "{path}: threads and authors are written as .csv, .tsv or .jsonl; end the name in one of these"
    )))
}
