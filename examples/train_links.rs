//! Fits the weights that link comments to threads whose links are known, and says how well.
//!
//! ```text
//! cargo run --release --example train_links -- MODEL[+MODEL] [OPTION...] FILE...
//!
//! MODEL               known_chronological, known_nested, known_chat, chat_similar, similar,
//!                     hidden_chronological, hidden_nested or hidden_microblog
//! FILE                labelled comments, JSON Lines: thread_id, id, author, text, parent_id
//! --out FOLDER        write the weights there
//! --folds N           cross-validate so many times (6); all threads of a fold are left out
//! --extra FILE        learn from these threads too, `@ParentAuthor ` put before each answer
//! --extra-as-is FILE  learn from these threads too, as they are
//! --extra-count X     how much each thread of the following --extra counts (0.3)
//! --with, --without   features, by name, with commas between
//! --fit-all           fit the weights that are set by hand too
//! --penalty X         how dear large weights are
//! --passes N          how often a thread with hidden authors is gone through
//! --chat              count a leading `name:` as a mention
//! --errors            show what was linked wrongly
//! ```
//!
//! With --extra, the transfer is said too: what weights fitted to the extra threads alone reach.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};

use threadwarden::chain::train::{Course, Labelled, Tallies, Tally, cross_validate, read_labelled};
use threadwarden::chain::{Feature, Layout, Models};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let fields = arguments.next().ok_or("which model?")?;
    let course = |field| Course::standard(field).ok_or(format!("no model {field}"));
    let mut courses = fields.split('+').map(course).collect::<Result<Vec<_>, _>>()?;
    let (mut threads, mut extra) = (Vec::new(), Vec::new());
    let (mut folds, mut count, mut out, mut errors, mut chat) = (6, 0.3, None, false, false);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match argument.as_str() {
            "--with" => {
                for name in value()?.split(',') {
                    let feature = Feature::named(name).ok_or(format!("no feature {name}"))?;
                    courses[0].recipe.features.push(feature);
                }
            }
            "--without" => {
                let names = value()?;
                let without = |name| names.split(',').any(|other| other == name);
                courses[0].recipe.features.retain(|feature| !without(feature.name()));
            }
            "--fit-all" => courses[0].recipe.fixed.clear(),
            "--penalty" => courses[0].recipe.penalty = value()?.parse()?,
            "--passes" => courses[0].passes = value()?.parse()?,
            "--folds" => folds = value()?.parse()?,
            "--extra-count" => count = value()?.parse()?,
            "--extra" => {
                for thread in read(&value()?)? {
                    let nested = courses[0].layout == Layout::Nested;
                    extra.push((thread.with_mentions(nested), count));
                }
            }
            "--extra-as-is" => {
                extra.extend(read(&value()?)?.into_iter().map(|thread| (thread, count)));
            }
            "--out" => out = Some(value()?),
            "--errors" => errors = true,
            "--chat" => chat = true,
            file => threads.extend(read(file)?),
        }
    }
    let mut screen = std::io::stdout().lock();
    if folds > 1 {
        let folds = folds.min(threads.len());
        let tallies = cross_validate(&courses, &threads, &extra, folds, chat);
        report(&mut screen, "cross-validated", &tallies)?;
        if errors {
            show_errors(&mut screen, &threads, &tallies)?;
        }
        let mut models = Models::read_built_in()?;
        let mut learn: Vec<(&Labelled, f64)> = threads.iter().map(|thread| (thread, 1.0)).collect();
        learn.extend(extra.iter().map(|(thread, count)| (thread, *count)));
        for course in &courses {
            course.fit(&learn, &mut models);
        }
        for course in &courses {
            course.settle(&tallies, &mut models);
        }
        for (name, file, model) in models.settings() {
            if courses.iter().all(|course| course.field != name) {
                continue;
            }
            let sureness = tallies.sureness();
            let sure =
                |&(sure, right): &(f32, bool)| right && model.confidence(sure) >= model.least;
            let right = sureness.iter().filter(|link| sure(link)).count();
            writeln!(
                screen,
                "slope {:.2} offset {:.2} default {:.3} right links left {right} of {}",
                model.slope, model.offset, model.least, tallies.all.there
            )?;
            let sure: Vec<(f32, bool)> =
                sureness.iter().map(|&(sure, right)| (model.confidence(sure), right)).collect();
            reliability(&mut screen, &sure)?;
            if let Some(folder) = &out {
                let heading = format!("{name}: weights fitted to labelled threads, see README.md");
                std::fs::write(format!("{folder}/{file}"), model.write(&heading))?;
            }
        }
    }
    if !extra.is_empty() {
        let mut models = Models::read_built_in()?;
        let learn: Vec<_> = extra.iter().map(|(thread, count)| (thread, *count)).collect();
        for course in &courses {
            course.fit(&learn, &mut models);
        }
        report(&mut screen, "transfer", &courses[0].evaluate(&threads, chat, &models))?;
    }
    Ok(())
}

fn read(file: &str) -> Result<Vec<Labelled>, Box<dyn Error>> {
    Ok(read_labelled(file, BufReader::new(File::open(file)?))?)
}

fn report(out: &mut impl Write, name: &str, tallies: &Tallies) -> std::io::Result<()> {
    write!(out, "{name:16} all {} | @ {}", prf(&tallies.all), prf(&tallies.mentions))?;
    if tallies.annotated.there > 0 {
        write!(out, " | annotated {}", prf(&tallies.annotated))?;
    }
    if tallies.authors.made > 0 {
        write!(out, " | inferred authors {}/{}", tallies.authors.right, tallies.authors.made)?;
    }
    writeln!(out)
}

/// Of the links about so sure, how many are right.
fn reliability(out: &mut impl Write, sureness: &[(f32, bool)]) -> std::io::Result<()> {
    for tenth in 0..10u8 {
        let low = f32::from(tenth) / 10.0;
        let inside = |sure: f32| sure >= low && (sure < low + 0.1 || tenth == 9);
        let links: Vec<_> = sureness.iter().filter(|(sure, _)| inside(*sure)).collect();
        let right = links.iter().filter(|(_, right)| *right).count();
        if !links.is_empty() {
            writeln!(out, "  sure from {low:.1}: {right} of {} right", links.len())?;
        }
    }
    Ok(())
}

fn prf(tally: &Tally) -> String {
    let Tally { there, .. } = tally;
    format!("P={:.3} R={:.3} F1={:.3} ({there})", tally.precision(), tally.recall(), tally.f1())
}

fn show_errors(
    out: &mut impl Write,
    threads: &[Labelled],
    tallies: &Tallies,
) -> std::io::Result<()> {
    for judged in &tallies.judged {
        let missing = judged.found.is_none() && judged.truth.is_empty();
        let Some(thread) = threads.iter().find(|one| one.comments[0].thread == judged.thread)
        else {
            continue;
        };
        if judged.is_right() || missing {
            continue;
        }
        let show = |position: usize| {
            let comment = &thread.comments[position];
            let text: String = comment.text.chars().take(150).collect();
            format!("{position} {}: {}", comment.author, text.replace('\n', " "))
        };
        writeln!(out, "--- {} {}", judged.thread, show(judged.position))?;
        for &truth in &judged.truth {
            writeln!(out, "      true {}", show(truth))?;
        }
        if let Some((found, sure)) = judged.found {
            writeln!(out, "     found {sure:.2} {}", show(found))?;
        }
    }
    Ok(())
}
