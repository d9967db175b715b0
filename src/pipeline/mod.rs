//! The one place where data flows: dumps in, reports out.
//!
//! One thread reads ahead, batch by batch; the threads of a batch are linked and scored in
//! parallel; another thread puts their rows, in input order, into a spool, because a row's
//! priority is its rank among all rows of the run; at the end they go from there to the reports.

mod batch;
mod batches;
mod facts;
mod grouped;
mod index;
mod input;
mod journal;
mod kept;
mod merge;
mod order;
mod partition;
mod quarrels;
mod ranks;
mod reading;
mod rereading;
mod rows;
mod scoring;
mod shelf;
mod spent;
mod spool;
mod summary;
mod survey;

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use rayon::ThreadPool;

pub use batch::{Batch, Gathered};
pub use batches::Batches;
pub use journal::Journal;
pub use quarrels::Reports;
pub use rows::columns;
pub use summary::{Faults, InputSummary, Summary};

use crate::chain::{LinkOptions, Thread};
use crate::error::{Error, Result};
use crate::export::tally::Tally;
use crate::export::{Entry, Order, Sink, Stock};
use crate::parse::ReadOptions;
use crate::pseudonym::Pseudonyms;
use crate::score::{Assessment, ScoreOptions, Scorer};
use input::Input;
use kept::Forms;
use quarrels::Quarrels;
use scoring::{Done, keep, score_batch};
use spool::Spool;

/// What to do with the inputs of a run.
#[derive(Clone, Default)]
pub struct Options {
    /// How dumps are read.
    pub read: ReadOptions,
    /// What stands for the names of people, if these are not to be in the report.
    pub pseudonyms: Option<Pseudonyms>,
    /// How comments are linked.
    pub link: LinkOptions,
    /// How comments are scored.
    pub score: ScoreOptions,
    /// Whether the first fault ends the run, without a report.
    pub strict: bool,
}

/// How often a run tells how far it is while a large input is read.
const TICK: Duration = Duration::from_millis(200);

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of all inputs.
    pub bytes: u64,
    /// Of these, the bytes of comments that are scored.
    pub scored: u64,
    /// Comments scored.
    pub comments: u64,
    /// Inputs that are finished.
    pub inputs: usize,
    /// Faults met.
    pub faults: u64,
}

/// A thread with what the scorers say of its comments.
pub struct Scored {
    /// The dump that the thread is from.
    pub source: Arc<str>,
    /// The linked comments.
    pub thread: Thread,
    /// For each comment, its number in the run, in input order, from 0.
    numbers: Vec<u64>,
    /// One for each comment.
    pub assessments: Vec<Assessment>,
}

/// Links and scores the comments of one thread.
#[must_use]
pub fn score_thread(
    gathered: Gathered,
    options: &LinkOptions,
    scorers: &[Box<dyn Scorer>],
) -> Scored {
    let Gathered { source, comments, numbers, article } = gathered;
    let thread = Thread::link(comments, article, options);
    let numbers = thread.shown.iter().map(|&place| numbers[place]).collect();
    let mut assessments = vec![Assessment::default(); thread.comments.len()];
    for scorer in scorers {
        scorer.score(&thread, &mut assessments);
    }
    Scored { source, thread, numbers, assessments }
}

/// Reads the dumps at `inputs`, links and scores their comments on the threads of `pool`, and
/// writes the reports, such as a list of sinks that get one row a comment each. `observe` is told
/// several times a second how far it is.
///
/// A dump that cannot be read, or a record in it, costs itself only: it is listed in the summary.
/// If no dump could be read at all, nothing is written.
///
/// # Errors
///
/// If a report cannot be written, or, with [`Options::strict`], the first fault.
pub fn run(
    inputs: &[PathBuf],
    options: &Options,
    pool: &ThreadPool,
    reports: impl Into<Reports>,
    observe: impl FnMut(Progress),
) -> Result<Summary> {
    let mut reports = reports.into();
    let lines: Vec<_> = reports.comments.iter().filter_map(Sink::lines).collect();
    let forms = Forms { cells: lines.len() < reports.comments.len(), lines };
    let mut quarrels = reports.quarrels();
    let journal = reports.journal.as_mut();
    let (summary, spool) = score(inputs, options, &forms, pool, &mut quarrels, journal, observe)?;
    if summary.inputs_read == 0 {
        return Ok(summary);
    }
    let scorers = options.score.scorers();
    let hashed = reports.iter().any(Sink::tells_of_the_run);
    let model = rows::model(&scorers);
    let facts = facts::of(&summary, options, &model, hashed);
    let mut shelf = spool.ranked(rows::priority_column(&scorers))?;
    for sink in &mut reports.comments {
        sink.write(&mut shelf, &facts)?;
    }
    quarrels.write(&mut reports, &model, &facts)?;
    reports.publish()?;
    Ok(summary)
}

/// Reads and scores as [`run`] does, but only counts: gives what was found and the sums over all
/// rows, with the `threads` most heated threads.
///
/// # Errors
///
/// As [`run`].
pub fn tally(
    inputs: &[PathBuf],
    options: &Options,
    pool: &ThreadPool,
    threads: usize,
    observe: impl FnMut(Progress),
) -> Result<(Summary, Tally)> {
    let quarrels = &mut Quarrels::default();
    let (summary, spool) = score(inputs, options, &Forms::cells(), pool, quarrels, None, observe)?;
    let scorers = options.score.scorers();
    let mut tally = Tally::new(&columns(&scorers), threads);
    let mut shelf = spool.ranked(rows::priority_column(&scorers))?;
    let count = &mut |entry: Entry<'_>| {
        tally.add(entry.row);
        Ok(())
    };
    shelf.each(Order::Reading, count).map_err(Error::Spool)?;
    Ok((summary, tally))
}

/// Reads and scores everything and keeps the rows: once more from the beginning if inputs were
/// trusted to stand thread by thread and do not.
fn score(
    inputs: &[PathBuf],
    options: &Options,
    forms: &Forms,
    pool: &ThreadPool,
    quarrels: &mut Quarrels,
    mut journal: Option<&mut Journal>,
    mut observe: impl FnMut(Progress),
) -> Result<(Summary, Spool)> {
    // What a journal holds is not taken back, and a pipe gives what it holds only once.
    let can_begin_anew = || inputs.iter().all(|input| Input::can_be_read_again(input));
    let mut trusts = journal.is_none() && can_begin_anew();
    loop {
        let batches = Batches::new(inputs.to_vec(), options.read.clone(), options.strict);
        let batches = if trusts { batches.trusting() } else { batches };
        let journal = journal.as_deref_mut();
        if let Some(found) =
            attempt(batches, options, forms, pool, quarrels, journal, &mut observe)?
        {
            return Ok(found);
        }
        quarrels.clear();
        trusts = false;
    }
}

/// Scores `batches` and keeps the rows; `None` if they turn out void.
fn attempt(
    mut batches: Batches,
    options: &Options,
    forms: &Forms,
    pool: &ThreadPool,
    quarrels: &mut Quarrels,
    mut journal: Option<&mut Journal>,
    observe: &mut impl FnMut(Progress),
) -> Result<Option<(Summary, Spool)>> {
    let scorers = options.score.scorers();
    let mut spool = Spool::new(columns(&scorers).len(), forms.clone());
    let mut summary = Summary::default();
    let mut so_far = Progress::default();
    // Inputs, also those that are not finished.
    let mut begun = 0;
    let is_journaled = journal.is_some();
    if let Some(journal) = journal.as_deref_mut() {
        summary = journal.take(&mut spool)?;
        let (inputs, bytes) = (journal.finished(), journal.bytes());
        let (comments, faults) = (summary.comments, summary.faults.count);
        so_far = Progress { bytes, scored: bytes, comments, inputs, faults };
        begun = inputs;
        batches = batches.skip(inputs, comments, bytes);
    }
    observe(so_far);
    let (bytes, spent) = (batches.bytes(), batches.spent());
    let mut is_void = false;
    thread::scope(|scope| {
        let (full, ready) = sync_channel(1);
        scope.spawn(move || {
            for batch in batches {
                if full.send(batch).is_err() {
                    break;
                }
            }
        });
        let (scored, to_keep) = sync_channel::<Done>(1);
        let spool = &mut spool;
        let keeper = scope.spawn(move || {
            to_keep.iter().try_for_each(|done| keep(&done, spool, journal.as_deref_mut()))
        });
        loop {
            let batch = match ready.recv_timeout(TICK) {
                Ok(batch) => batch?,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    so_far.bytes = bytes.load(Ordering::Relaxed);
                    observe(so_far);
                    continue;
                }
            };
            if batch.is_void {
                is_void = true;
                break;
            }
            let Batch { threads, faults, inputs, taken, is_whole, .. } = batch;
            let faulty = faults.count > 0;
            summary.note(inputs, faults);
            if options.strict && faulty {
                return Err(summary.faults.first.swap_remove(0));
            }
            let wanted = quarrels.wanted();
            let mut kept = score_batch(threads, options, &scorers, forms, wanted, &spent, pool)?;
            quarrels.add(kept.iter_mut().map(|kept| mem::take(&mut kept.quarrel)))?;
            for kept in &kept {
                summary.add(&kept.found);
            }
            begun += taken;
            let mut done = Done { kept, finished: None };
            if is_whole {
                if is_journaled {
                    done.finished = Some((begun - so_far.inputs, journal::encode(&summary)?));
                }
                so_far.inputs = begun;
            }
            so_far.bytes = bytes.load(Ordering::Relaxed);
            so_far.scored += batch.bytes;
            so_far.comments = summary.comments;
            so_far.faults = summary.faults.count;
            observe(so_far);
            if scored.send(done).is_err() {
                break;
            }
        }
        drop(scored);
        keeper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    Ok((!is_void).then_some((summary, spool)))
}
