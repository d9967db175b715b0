//! Linking costs as much for one long thread as for many short ones.
//!
//! Run by `cargo test --release --test cost -- --ignored`: a debug build measures nothing.

use std::time::{Duration, Instant};

use threadwarden::chain::{Layout, LinkOptions};
use threadwarden::{Comment, Thread};

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    /// Small numbers far more often than great ones, as words are.
    fn roll_low(&mut self, sides: usize) -> usize {
        let cap = self.roll(sides) + 1;
        let cap = self.roll(cap) + 1;
        self.roll(cap)
    }
}

const INITIALS: [&str; 8] = ["A", "B", "D", "H", "K", "M", "R", "W"];

/// The name of a writer, by number.
fn name(writer: usize) -> String {
    format!("Writer {} {writer}", INITIALS[writer % INITIALS.len()])
}

/// A thread in which every third comment speaks to one of the last writers, and some quote.
fn thread(size: usize, known: bool, dice: &mut Dice) -> Vec<Comment> {
    let mut writers: Vec<usize> = Vec::new();
    let mut comments: Vec<Comment> = Vec::new();
    for number in 0..size {
        let writer = if number > 0 && dice.roll(3) > 0 {
            writers[number - 1 - dice.roll(number.min(200))]
        } else {
            number
        };
        let mut text = String::new();
        if number > 0 && dice.roll(3) == 0 {
            let to = number - 1 - dice.roll(number.min(60));
            text += &format!("@{}, ", name(writers[to]));
            if dice.roll(8) == 0 {
                text += &format!("\"{}\" ", comments[to].text.replace('"', " "));
            }
        }
        for _ in 0..20 + dice.roll(20) {
            text += &format!("word{} ", dice.roll_low(20_000));
        }
        writers.push(writer);
        let author = if known { name(writer) } else { String::new() };
        comments.push(Comment { id: number.to_string(), author, text, ..Comment::default() });
    }
    comments
}

/// How long linking so many threads of a size takes.
fn time(threads: usize, size: usize, known: bool, options: &LinkOptions) -> Duration {
    let mut dice = Dice(7);
    let threads: Vec<_> = (0..threads).map(|_| thread(size, known, &mut dice)).collect();
    let start = Instant::now();
    let link = |comments| Thread::link(comments, None, options);
    let linked: Vec<Thread> = threads.into_iter().map(link).collect();
    let took = start.elapsed();
    assert!(linked.iter().all(|thread| !thread.links.is_empty()));
    took
}

/// Each is timed so often, in turns, and the shortest time counts: other work of the machine
/// only makes times longer.
const ROUNDS: usize = 5;

#[test]
#[ignore = "takes time, and measures only in a release build"]
fn one_long_thread_costs_as_much_as_a_hundred_short_ones() {
    let mut worst = 0f64;
    for (name, known, layout, similar) in [
        ("known", true, Layout::Chronological, false),
        ("known nested", true, Layout::Nested, false),
        ("hidden", false, Layout::Chronological, false),
        ("hidden nested", false, Layout::Nested, false),
        ("similar", true, Layout::Chronological, true),
    ] {
        let options = LinkOptions { layout, similar, ..LinkOptions::default() };
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            short = short.min(time(100, 1_000, known, &options));
            long = long.min(time(1, 100_000, known, &options));
        }
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        let each = long.as_secs_f64() * 10.0;
        #[expect(clippy::print_stdout, reason = "what was measured")]
        {
            println!(
                "{name:14} {ratio:.2} times the time of short threads, {each:.2} us a comment"
            );
        }
        worst = worst.max(ratio);
    }
    assert!(worst < 1.5, "a long thread costs {worst:.2} times as much");
}
