//! `threadwarden explain`: what in a text made each score.

use std::io::{self, BufWriter, Read, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use threadwarden::score::Scorer;
use threadwarden::score::flamebait::{self, Reason};
use threadwarden::score::language;
use threadwarden::score::sentiment::{self, Sentiment};
use unicode_width::UnicodeWidthChar;

use super::{Stop, args, terminal};

/// Show what in a text made each score.
///
/// Words that raise the flamebait score are marked ^, others behind the sentiment ~. What each adds
/// to the flamebait score is given as log-odds: they sum to the score's, so 0 is an even chance, and
/// what is negative speaks against.
///
/// The flamebait score goes by words. Irony without its usual signs, contempt in polite words, allusions
/// and threats in harmless words pass; profanity among friends does not, and quotations without marks
/// count as the writer's own. It knows English only. It says where to look, not what to do.
#[derive(clap::Args)]
#[command(after_help = "Example:
  threadwarden explain \"You clearly can't read, you clown\"")]
pub(super) struct Args {
    /// The text, or - for standard input
    #[arg(allow_hyphen_values = true)]
    text: String,

    /// Settings to read instead of those of the nearest threadwarden.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    sentiment: args::Sentiment,

    #[command(flatten)]
    flamebait: args::Flamebait,

    #[command(flatten)]
    thresholds: args::Thresholds,
}

/// What adds or takes less log-odds than this is summed up, and so are common words.
const STRONG: f32 = 0.1;

fn is_strong(reason: &Reason) -> bool {
    reason.weight.abs() >= STRONG && reason.is_telling()
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
    let sentiment = args.sentiment.analyzer()?.explain(&text);
    let scorer = args.flamebait.scorer()?.with_thresholds(args.thresholds.get()?);
    let flamebait = scorer.explain(&text);
    let mut output = BufWriter::new(io::stdout().lock());
    let flames =
        flamebait.contributions.iter().filter(|reason| is_strong(reason) && reason.weight > 0.0);
    let flames = flames.map(|reason| (reason.span.clone(), '^'));
    let feelings = sentiment.words.iter().map(|word| (word.range.clone(), '~'));
    write_marked(&text, &flames.chain(feelings).collect::<Vec<_>>(), &mut output)?;
    if language::detect(&text).foreign {
        writeln!(
            output,
            "\nThis is surely not English: in a report both labels would be `unscored`."
        )?;
    }
    write_flamebait(&text, scorer.name(), &flamebait, &mut output)?;
    write_sentiment(&text, &sentiment, &mut output)?;
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
    model: &str,
    explanation: &flamebait::Explanation,
    output: &mut impl Write,
) -> io::Result<()> {
    let flamebait = &explanation.flamebait;
    let (score, label) = (flamebait.score, flamebait.label.name());
    write!(output, "\nflamebait {score} by {}: {label}", terminal::safe(model))?;
    if let Some(target) = flamebait.target {
        write!(output, ", aimed at {}", target.name().replace('_', " "))?;
    }
    writeln!(output)?;
    let categories =
        flamebait.categories.iter().map(|(category, score)| format!("{category} {score:.2}"));
    let categories: Vec<String> = categories.collect();
    if !categories.is_empty() {
        writeln!(output, "  {}", categories.join(", "))?;
    }
    writeln!(output, "  {:+7.2}  log-odds before any word", explanation.bias)?;
    let (strong, weak): (Vec<_>, Vec<_>) =
        explanation.contributions.iter().partition(|it| is_strong(it));
    for reason in strong {
        writeln!(
            output,
            "  {:+7.2}  {} {}",
            reason.weight,
            reason.kind,
            quoted(text, &reason.span)
        )?;
    }
    if !weak.is_empty() {
        let sum: f32 = weak.iter().map(|reason| reason.weight).sum();
        writeln!(
            output,
            "  {sum:+7.2}  {} more: common words, and less than {STRONG} each",
            weak.len()
        )?;
    }
    writeln!(output, "  {:+7.2}  log-odds in all", explanation.log_odds)?;
    writeln!(output, "  It goes by words and misses irony and allusions: a hint, not a verdict.")
}

fn write_sentiment(
    text: &str,
    explanation: &sentiment::Explanation,
    output: &mut impl Write,
) -> io::Result<()> {
    // A person needs no negative zero.
    let Sentiment { neg, neu, pos, compound } = explanation.sentiment;
    let [neg, neu, pos, compound] = [neg, neu, pos, compound].map(|value| value + 0.0);
    let label = explanation.sentiment.label();
    writeln!(
        output,
        "\nsentiment {compound}: {label} (negative {neg}, neutral {neu}, positive {pos})"
    )?;
    for word in &explanation.words {
        write!(output, "  {:+7.2}  {}", word.valence, quoted(text, &word.range))?;
        if !word.effects.is_empty() {
            write!(output, ", rated {:+.2}", word.rating)?;
        }
        for effect in &word.effects {
            write!(output, ", {}", effect.rule)?;
            if let Some(by) = &effect.by {
                write!(output, " {}", quoted(text, by))?;
            }
            write!(output, " {:+.2}", effect.valence)?;
        }
        writeln!(output)?;
    }
    if explanation.amplifier > 0.0 {
        writeln!(
            output,
            "  {:7.2}  more for exclamation and question marks",
            explanation.amplifier
        )?;
    }
    Ok(())
}
