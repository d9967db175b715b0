//! `threadwarden summary`: what a dump is like, at a glance, in the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use rayon::ThreadPoolBuilder;
use threadwarden::export::tally::{self, STEPS, Tally};
use threadwarden::pipeline::{self, Options};
use threadwarden::score::flamebait::{Label, Thresholds};

use super::{Stop, args, complain_of, inputs, summary, terminal};

/// Show what a dump is like: how much of it is heated, when, where, and by whom.
#[derive(clap::Args)]
#[command(after_help = "Example:
  threadwarden summary dumps/

Colours are used on a terminal only, and not if NO_COLOR is set.")]
pub(super) struct Args {
    #[command(flatten)]
    input: args::Input,

    #[command(flatten)]
    link: args::Link,

    #[command(flatten)]
    score: args::Score,
}

/// The longest bar, in characters.
const BAR: u64 = 40;

/// How many threads and authors are named.
const MOST: usize = 8;

/// Colours of a terminal.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn paint(self, text: &str, colour: &str) -> String {
        if self.0 { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

const RED: &str = "31";
const YELLOW: &str = "33";
const GREEN: &str = "32";
const BOLD: &str = "1";

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let options = Options {
        read: args.input.options(),
        link: args.link.options(),
        score: args.score.options()?,
        ..Options::default()
    };
    let (files, mut faults) = inputs::expand(&args.input.inputs, &[]);
    if files.is_empty() {
        return Ok(complain_of(&faults));
    }
    let pool = ThreadPoolBuilder::new().build();
    let pool = pool.map_err(|error| Stop::Failed(format!("cannot start threads ({error})")))?;
    let (found, mut tally) = pipeline::tally(&files, &options, &pool, MOST, |_| ())?;
    let colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let paint = Paint(io::stdout().is_terminal() && colours);
    let mut text = terminal::lines(&summary::sentences(&found));
    if found.comments > 0 {
        draw(&mut text, &mut tally, options.score.flamebait.thresholds(), paint);
    }
    io::stdout().lock().write_all(text.as_bytes())?;
    faults.append(found.faults);
    Ok(complain_of(&faults))
}

fn draw(text: &mut String, tally: &mut Tally, thresholds: Thresholds, paint: Paint) {
    histogram(
        text,
        paint,
        "Sentiment, from negative to positive",
        &tally.sentiment,
        (-1.0, 0.1),
        |step| match step {
            0..8 => RED,
            12.. => GREEN,
            _ => "",
        },
    );
    histogram(text, paint, "Flamebait, from calm to hot", &tally.flamebait, (0.0, 0.05), |step| {
        match thresholds.label(step as f64 / STEPS as f64) {
            Label::Calm => "",
            Label::Heated => YELLOW,
            Label::Flamebait => RED,
        }
    });
    bars(text, paint, "Kinds of provocation", &tally.categories);
    bars(text, paint, "Whom attacks are aimed at", &tally.targets);
    let threads: Vec<(String, u64, u64, u64)> = tally
        .threads
        .ranking()
        .iter()
        .filter(|thread| thread.heat() > 0)
        .map(|it| (it.id.clone(), it.comments, it.heated, it.flamebait))
        .collect();
    named(text, paint, "Most heated threads", &threads);
    let authors: Vec<(String, u64, u64, u64)> = tally
        .authors
        .ranking()
        .into_iter()
        .filter(|author| author.heated + author.flamebait > 0)
        .take(MOST)
        .map(|it| (it.name.clone(), it.comments, it.heated, it.flamebait))
        .collect();
    named(text, paint, "Who writes most of it", &authors);
}

/// A bar of eighths of a character.
fn bar(count: u64, most: u64) -> String {
    let eighths = (count * BAR * 8).div_ceil(most.max(1));
    let (whole, part) = (eighths / 8, eighths % 8);
    let mut bar = "█".repeat(usize::try_from(whole).unwrap_or_default());
    if part > 0 {
        let part = u32::try_from(part).unwrap_or_default();
        // The block of partial bars runs from seven eighths down to one.
        bar.extend(char::from_u32(0x2590 - part));
    }
    bar
}

fn heading(text: &mut String, paint: Paint, title: &str) {
    let _ = writeln!(text, "\n{}", paint.paint(title, BOLD));
}

fn histogram(
    text: &mut String,
    paint: Paint,
    title: &str,
    counts: &[u64; STEPS],
    (from, width): (f64, f64),
    colour: impl Fn(usize) -> &'static str,
) {
    let most = counts.iter().copied().max().unwrap_or_default();
    if most == 0 {
        return;
    }
    heading(text, paint, title);
    for (step, count) in counts.iter().enumerate() {
        let value = from + width * step as f64;
        let bar = paint.paint(&bar(*count, most), colour(step));
        let _ = writeln!(text, "{value:>6.2} {bar} {count}");
    }
}

fn bars(text: &mut String, paint: Paint, title: &str, counts: &BTreeMap<String, u64>) {
    let ranking = tally::ranking(counts);
    let Some((_, most)) = ranking.first().copied() else { return };
    heading(text, paint, title);
    for (name, count) in ranking {
        let bar = paint.paint(&bar(count, most), YELLOW);
        let _ = writeln!(text, "{:>16} {bar} {count}", terminal::line(name, 16));
    }
}

fn named(text: &mut String, paint: Paint, title: &str, rows: &[(String, u64, u64, u64)]) {
    if rows.is_empty() {
        return;
    }
    heading(text, paint, title);
    for (name, comments, heated, flamebait) in rows {
        let hot = paint.paint(&format!("{flamebait} flamebait"), RED);
        let warm = paint.paint(&format!("{heated} heated"), YELLOW);
        let name = terminal::line(name, 40);
        let what = if *comments == 1 { "comment" } else { "comments" };
        let _ = writeln!(text, "  {name}: {hot}, {warm} of {comments} {what}");
    }
}

#[cfg(test)]
mod tests {
    use super::{BAR, bar};

    #[test]
    fn the_longest_bar_is_full_and_the_smallest_is_seen() {
        assert_eq!(bar(7, 7).chars().count() as u64, BAR);
        assert_eq!((bar(0, 7).as_str(), bar(1, 100_000).as_str()), ("", "▏"));
        assert_eq!(bar(1, 80), "▌");
    }
}
