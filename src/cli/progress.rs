//! How far a run is, on standard error while it goes on.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};
use threadwarden::pipeline::Progress;

use super::summary::count;

/// Reading is so much of the work.
const READING: f64 = 0.2;

/// Steps of the bar.
const STEPS: u64 = 1000;

/// A bar over all inputs, drawn on standard error if that is a terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    start: Instant,
    /// Bytes of all inputs; 0 if they are not known.
    total: u64,
    /// Where the run began, if it goes on after another.
    begin: Option<Progress>,
}

impl Bar {
    pub(super) fn new(files: &[PathBuf], quiet: bool) -> Self {
        let bar = if quiet || !io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let style = ProgressStyle::with_template("{bar:20} {msg}");
            ProgressBar::new(STEPS)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        };
        let sizes = files.iter().map(|path| fs::metadata(path).map(|file| file.len()));
        let total = sizes.sum::<io::Result<u64>>().unwrap_or_default();
        Self { bar, start: Instant::now(), total, begin: None }
    }

    /// Draws how far the run is.
    pub(super) fn show(&mut self, progress: Progress) {
        if self.bar.is_hidden() {
            return;
        }
        let begin = *self.begin.get_or_insert(progress);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
        self.bar.set_position((share(progress, self.total) * STEPS as f64) as u64);
        self.bar.set_message(text(progress, begin, self.total, self.start.elapsed()));
    }

    /// Takes the bar away.
    pub(super) fn clear(self) {
        self.bar.finish_and_clear();
    }
}

/// How much of the work is done, 0–1.
fn share(progress: Progress, total: u64) -> f64 {
    if total == 0 {
        return 0.0;
    }
    let of_all = |bytes: u64| (bytes as f64 / total as f64).min(1.0);
    READING * of_all(progress.bytes) + (1.0 - READING) * of_all(progress.scored)
}

/// How far a run is that began there, in words.
fn text(progress: Progress, begin: Progress, total: u64, took: Duration) -> String {
    let Progress { bytes, scored, comments, faults, .. } = progress;
    let rate = (scored - begin.scored) as f64 / took.as_secs_f64().max(0.001);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes")]
    let rate = HumanBytes(rate as u64);
    let mut text = match total {
        0 => format!("{} read, {rate}/s", HumanBytes(bytes)),
        _ => format!("{} of {}, {rate}/s", HumanBytes(scored), HumanBytes(total)),
    };
    let (done, at_begin) = (share(progress, total), share(begin, total));
    if total > 0 && scored >= total {
        text += ", writing";
    } else if done > at_begin {
        let left = took.mul_f64((1.0 - done) / (done - at_begin));
        text += &format!(", {} left", HumanDuration(left));
    }
    format!("{text}; {}, {}", count(comments, "comment"), count(faults, "fault"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn at(bytes: u64, scored: u64) -> Progress {
        let mut progress = Progress::default();
        (progress.bytes, progress.scored) = (bytes * MIB, scored * MIB);
        (progress.comments, progress.faults) = (5000 * scored, 1);
        progress
    }

    fn said(progress: Progress, begin: Progress, total: u64, seconds: u64) -> String {
        text(progress, begin, total * MIB, Duration::from_secs(seconds))
    }

    #[test]
    fn it_tells_bytes_rate_time_left_comments_and_faults() {
        assert_eq!(
            said(at(50, 50), at(0, 0), 100, 10),
            "50.00 MiB of 100.00 MiB, 5.00 MiB/s, 10 seconds left; 250000 comments, 1 fault"
        );
    }

    #[test]
    fn reading_ahead_counts_a_little() {
        let said = said(at(100, 0), at(0, 0), 100, 10);
        assert!(said.starts_with("0 B of 100.00 MiB, 0 B/s, 40 seconds left; "), "{said}");
    }

    #[test]
    fn a_run_that_goes_on_has_its_own_rate() {
        let said = said(at(60, 60), at(50, 50), 100, 10);
        assert!(said.starts_with("60.00 MiB of 100.00 MiB, 1.00 MiB/s, 40 seconds left"), "{said}");
    }

    #[test]
    fn of_a_pipe_only_what_was_read_is_known() {
        let said = said(at(10, 5), at(0, 0), 0, 10);
        assert_eq!(said, "10.00 MiB read, 512.00 KiB/s; 25000 comments, 1 fault");
    }

    #[test]
    fn when_all_is_scored_the_reports_are_written() {
        let said = said(at(100, 100), at(0, 0), 100, 10);
        assert!(said.starts_with("100.00 MiB of 100.00 MiB, 10.00 MiB/s, writing; "), "{said}");
    }
}
