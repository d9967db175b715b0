//! Measures how many comments a second the flamebait scorer reads on one core: `speed_flamebait
//! MODEL FILE.csv...`, where MODEL is the name of a built-in one and the column `text` holds the
//! comments.

use std::error::Error;
use std::time::Instant;

use threadwarden::chain::{LinkOptions, Thread};
use threadwarden::comment::Comment;
use threadwarden::score::flamebait::FlamebaitScorer;
use threadwarden::score::language::LanguageScorer;
use threadwarden::score::{Assessment, Scorer};

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().unwrap_or_default();
    let scorer = FlamebaitScorer::named(&model).ok_or("no such model; name fast or accurate")?;
    let _ = scorer.assess("warm up");
    println!("start-up {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut comments = Vec::new();
    for path in arguments {
        let mut reader = csv::Reader::from_path(&path)?;
        let column =
            reader.headers()?.iter().position(|name| name == "text").ok_or("no column `text`")?;
        for row in reader.records() {
            comments.push(Comment { text: row?[column].to_owned(), ..Comment::default() });
        }
    }
    let bytes: usize = comments.iter().map(|comment| comment.text.len()).sum();
    let thread = Thread::link(comments, None, &LinkOptions::default());
    let mut assessments =
        vec![Assessment { scorable: true, ..Assessment::default() }; thread.comments.len()];
    let scorers: [(&str, &dyn Scorer); 2] = [("flamebait", &scorer), ("language", &LanguageScorer)];
    for (name, scorer) in scorers {
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let start = Instant::now();
            scorer.score(&thread, &mut assessments);
            best = best.min(start.elapsed().as_secs_f64());
        }
        let count = thread.comments.len() as f64;
        println!("{name}: {:.0} comments/s, {:.0} bytes each", count / best, bytes as f64 / count);
    }
    Ok(())
}
