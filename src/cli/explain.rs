//! `threadwarden explain`: what in a text made each score.

use std::io::{self, BufWriter, Read, Write};
use std::ops::Range;
use std::process::ExitCode;

use threadwarden::score::flamebait::{self, FlamebaitScorer};
use threadwarden::score::language;
use unicode_width::UnicodeWidthChar;

use super::{Stop, terminal};

/// Show what in a text made each score.
///
/// The words behind the flamebait score are marked ^, those behind the sentiment ~. What the words
/// add to the flamebait score is given as log-odds: they sum to the score's, so 0 is an even
/// chance, and what is negative speaks against.
#[derive(clap::Args)]
#[command(after_help = "Example:
  threadwarden explain \"You clearly can't read, you clown\"")]
pub(super) struct Args {
    /// The text, or - for standard input
    text: String,
}

/// Characters of each line of the text.
const WIDTH: usize = 100;

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let mut text = args.text.clone();
    if text == "-" {
        text.clear();
        let read = io::stdin().read_to_string(&mut text);
        read.map_err(|error| {
            Stop::Failed(format!("-: cannot be read ({error}); give UTF-8 text"))
        })?;
    }
    let flamebait = FlamebaitScorer.explain(&text);
    let mut output = BufWriter::new(io::stdout().lock());
    let marks = flamebait.contributions.iter().map(|reason| (reason.span.clone(), '^'));
    write_marked(&text, &marks.collect::<Vec<_>>(), &mut output)?;
    if language::detect(&text).foreign {
        writeln!(
            output,
            "\nThis is surely not English: in a report both labels would be `unscored`."
        )?;
    }
    write_flamebait(&text, &flamebait, &mut output)?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the text with a line of marks below each line that has any.
fn write_marked(
    text: &str,
    marks: &[(Range<usize>, char)],
    output: &mut impl Write,
) -> io::Result<()> {
    let (mut line, mut below, mut width) = (String::new(), String::new(), 0);
    let mut flush = |line: &mut String, below: &mut String| {
        writeln!(output, "{line}")?;
        if !below.trim_end().is_empty() {
            writeln!(output, "{}", below.trim_end())?;
        }
        line.clear();
        below.clear();
        Ok::<(), io::Error>(())
    };
    for (at, character) in text.char_indices() {
        let shown = terminal::safe_char(character);
        let columns = shown.width().unwrap_or(0);
        if character == '\n' || width + columns > WIDTH {
            flush(&mut line, &mut below)?;
            width = 0;
        }
        if character == '\n' {
            continue;
        }
        let mark = marks.iter().find(|(span, _)| span.contains(&at));
        line.push(shown);
        below.extend(std::iter::repeat_n(mark.map_or(' ', |(_, mark)| *mark), columns));
        width += columns;
    }
    flush(&mut line, &mut below)
}

/// A piece of the text for a list: quoted, safe and short.
fn quoted(text: &str, span: &Range<usize>) -> String {
    format!("\"{}\"", terminal::line(text.get(span.clone()).unwrap_or_default(), 30))
}

fn write_flamebait(
    text: &str,
    explanation: &flamebait::Explanation,
    output: &mut impl Write,
) -> io::Result<()> {
    let flamebait = &explanation.flamebait;
    write!(output, "\nflamebait {}: {}", flamebait.score, flamebait.label.name())?;
    if let Some(target) = flamebait.target {
        write!(output, ", aimed at {}", target.name().replace('_', " "))?;
    }
    writeln!(output)?;
    for (category, score) in &flamebait.categories {
        writeln!(output, "  {category} {score:.2}")?;
    }
    writeln!(output, "  log-odds:")?;
    writeln!(output, "  {:+7.2}  before any word", explanation.bias)?;
    for reason in &explanation.contributions {
        writeln!(
            output,
            "  {:+7.2}  {} {}",
            reason.weight,
            reason.kind,
            quoted(text, &reason.span)
        )?;
    }
    writeln!(output, "  {:+7.2}  in all", explanation.log_odds)
}
