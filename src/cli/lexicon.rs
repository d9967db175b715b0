//! `threadwarden lexicon`: the words that the scorers know.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use threadwarden::score::sentiment::Meaning;

use super::{Stop, args, terminal};

/// Show the words that a scorer knows.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List every word in force: kind, value, origin
    #[command(after_help = "Example:
  threadwarden lexicon show sentiment --lexicon sentiment=my.tsv | grep my.tsv")]
    Show {
        /// Which scorer's
        scorer: Scorer,

        #[command(flatten)]
        sentiment: args::Sentiment,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Scorer {
    Sentiment,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let Action::Show { scorer: Scorer::Sentiment, sentiment } = &args.action;
    let analyzer = sentiment.analyzer()?;
    let mut output = BufWriter::new(io::stdout().lock());
    writeln!(output, "word\tkind\tvalue\torigin")?;
    for entry in analyzer.lexicon() {
        let value = match (&entry.meaning, entry.value()) {
            (Meaning::Emoji(words), _) => words.to_string(),
            (_, Some(value)) => value.to_string(),
            (_, None) => String::new(),
        };
        let (word, origin) = (terminal::safe(&entry.word), terminal::safe(&entry.origin));
        writeln!(output, "{word}\t{}\t{}\t{origin}", entry.kind(), terminal::safe(&value))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
