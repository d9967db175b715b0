//! The command line: one file a sub-command, and the only place that prints.

#![expect(clippy::print_stderr, reason = "speaking to people is what the command line is for")]

mod args;
mod config;
mod decisions;
mod evaluate;
mod explain;
mod formats;
mod graph;
mod inputs;
mod interrupt;
mod labelled;
mod lexicon;
mod manual;
mod overview;
mod progress;
mod score;
mod summary;
mod terminal;
mod train;
mod tree;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, ErrorKind};
use std::panic;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use threadwarden::Error;
use threadwarden::export;
use threadwarden::pipeline::Faults;

/// Exit code for an error, or for input that could not be read in full.
const FAILURE: u8 = 2;

/// Turn a dump of reader comments into a moderation spreadsheet.
#[derive(Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  threadwarden score page.txt -o report.csv      one row for each comment of a saved news page
  threadwarden score dumps/ -o all.csv           every dump in a folder
  threadwarden tree page.txt                     who answers whom
  threadwarden explain \"You clearly can't read\"  which words make a score";

#[derive(Subcommand)]
enum Command {
    Score(score::Args),
    #[command(name = "summary")]
    Overview(overview::Args),
    Tree(tree::Args),
    Explain(explain::Args),
    Formats(formats::Args),
    Lexicon(lexicon::Args),
    Decisions(decisions::Args),
    Train(train::Args),
    Evaluate(evaluate::Args),
    Config(config::Args),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// Why a command ended early.
enum Stop {
    /// Something went wrong that the user should know.
    Failed(String),
    /// The reader of our output went away: nothing more to do, and nobody's fault.
    ClosedPipe,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        if error.is_closed_pipe() { Self::ClosedPipe } else { Self::Failed(error.to_string()) }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Failed(format!("standard output: cannot be written ({error})")),
        }
    }
}

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        // That is a full disk, and what is told as such.
        if !export::is_lost_sheet(panic.payload()) {
            tell(panic);
        }
    }));
    let done = parse().and_then(|cli| match cli.command {
        Command::Score(args) => score::run(&args),
        Command::Tree(args) => tree::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Formats(args) => formats::run(&args),
        Command::Lexicon(args) => lexicon::run(&args),
        Command::Decisions(args) => decisions::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Overview(args) => overview::run(&args),
        Command::Completions(args) => manual::completions(&args, Cli::command()),
        Command::Man(args) => manual::man(&args, Cli::command()),
    });
    match done {
        Ok(code) => code,
        Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Err(Stop::Failed(message)) => {
            eprintln!("threadwarden: error: {}", terminal::lines(&message));
            ExitCode::from(FAILURE)
        }
    }
}

/// Understands what was typed, completed by the settings of a file for the commands that have such.
fn parse() -> Result<Cli, Stop> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let matches = Cli::command().get_matches_from(&typed);
    if let Some((_, of_command)) = matches.subcommand()
        && of_command.try_contains_id("config").is_ok()
        && let Some((path, arguments)) = config::complete(typed, of_command)?
    {
        // What was typed is in order, so a fault is the file's.
        return Cli::try_parse_from(arguments).map_err(|error| {
            let fault = error.to_string();
            let fault = fault.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let line = config::line_of(&path, &error).map(|line| format!(":{line}"));
            Stop::Failed(format!("{}{}: {fault}", path.display(), line.unwrap_or_default()))
        });
    }
    Cli::from_arg_matches(&matches).map_err(|error| Stop::Failed(error.to_string()))
}

/// Prints an error on standard error.
fn complain(message: &dyn Display) {
    eprintln!("threadwarden: error: {}", terminal::safe(&message.to_string()));
}

/// Prints something that one should know but that is no error.
fn notice(message: &dyn Display) {
    eprintln!("{}", terminal::safe(&message.to_string()));
}

/// Prints each fault; the exit code for a run that met them.
fn complain_of(faults: &Faults) -> ExitCode {
    for fault in &faults.first {
        complain(fault);
    }
    let more = faults.count - faults.first.len() as u64;
    if more > 0 {
        complain(&format!("and {more} more like these"));
    }
    if faults.count == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) }
}
