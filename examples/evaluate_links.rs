//! Says how well reply links are found in labelled threads.
//!
//! ```text
//! cargo run --release --example evaluate_links -- [OPTION...] FILE...
//!
//! FILE                 labelled comments, JSON Lines
//! --hide-authors       link as if the dump did not say who wrote
//! --layout LAYOUT      chronological or nested
//! --min-confidence X   leave out links less sure
//! --similar            link by likeness too
//! --links              list each link
//! ```

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};

use threadwarden::chain::train::{Setting, Tallies, Tally, evaluate, read_labelled};
use threadwarden::chain::{Layout, LinkOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = LinkOptions::default();
    let mut setting = Setting::Known;
    let mut links = false;
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--hide-authors" => setting = Setting::Hidden,
            "--links" => links = true,
            "--similar" => options.similar = true,
            "--layout" => {
                options.layout = match arguments.next().as_deref() {
                    Some("nested") => Layout::Nested,
                    Some("chronological") => Layout::Chronological,
                    _ => Layout::Auto,
                }
            }
            "--min-confidence" => {
                options.min_confidence =
                    Some(arguments.next().ok_or("--min-confidence wants a number")?.parse()?);
            }
            _ => files.push(argument),
        }
    }
    let mut out = std::io::stdout().lock();
    for file in &files {
        let threads = read_labelled(file, BufReader::new(File::open(file)?))?;
        let name = file.rsplit('/').next().unwrap_or(file);
        let tallies = evaluate(&threads, setting, name.starts_with("irc"), &options);
        report(&mut out, name, &tallies)?;
        for judged in tallies.judged.iter().filter(|_| links) {
            writeln!(
                out,
                "{} {} {:?} {:?}",
                judged.thread, judged.position, judged.found, judged.truth
            )?;
        }
    }
    Ok(())
}

fn report(out: &mut impl Write, name: &str, tallies: &Tallies) -> std::io::Result<()> {
    write!(out, "{name:24} all {} | @ {}", prf(&tallies.all), prf(&tallies.mentions))?;
    if tallies.annotated.there > 0 {
        write!(out, " | annotated {}", prf(&tallies.annotated))?;
    }
    if tallies.authors.made > 0 {
        write!(out, " | inferred authors {}/{}", tallies.authors.right, tallies.authors.made)?;
    }
    writeln!(out)?;
    let sureness = tallies.sureness();
    for bin in 0..10u8 {
        let low = f32::from(bin) / 10.0;
        let high = if bin == 9 { 1.01 } else { low + 0.1 };
        let inside = sureness.iter().filter(|(sure, _)| (low..high).contains(sure));
        let (mut count, mut right, mut sum) = (0.0, 0.0, 0.0);
        for &(sure, is_right) in inside {
            count += 1.0;
            right += f32::from(u8::from(is_right));
            sum += sure;
        }
        if count > 0.0 {
            writeln!(
                out,
                "    sure {low:.1}: {:.2}, right {:.2} ({count})",
                sum / count,
                right / count
            )?;
        }
    }
    Ok(())
}

fn prf(tally: &Tally) -> String {
    let Tally { right: _, made: _, there } = tally;
    format!("P={:.3} R={:.3} F1={:.3} ({there})", tally.precision(), tally.recall(), tally.f1())
}
