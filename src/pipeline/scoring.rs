//! Threads, linked and scored on all cores, and their rows on the way to the spool.

use std::io;
use std::ops::Range;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::journal::Journal;
use super::kept::{self, Forms, Packer, Standing};
use super::quarrels::{Quarrel, Wanted};
use super::spent::Spent;
use super::spool::Spool;
use super::{Gathered, Options, Scored, Summary, columns, reading, rows, score_thread};
use crate::error::{Error, Result};
use crate::score::Scorer;
use crate::table::Rows;

/// The rows of a thread on their way to the spool.
#[derive(Default)]
pub(super) struct Kept {
    /// The rows, one behind the other.
    rows: Vec<u8>,
    /// The number of each row, and where it stands in `rows`.
    places: Vec<(u64, Range<usize>)>,
    /// What there is to count.
    pub(super) found: Summary,
    /// What there is to tell of who attacks whom.
    pub(super) quarrel: Quarrel,
}

/// Links and scores threads. Their comments are spent then.
pub(super) fn score_batch(
    threads: Vec<Gathered>,
    options: &Options,
    scorers: &[Box<dyn Scorer>],
    forms: &Forms,
    wanted: Wanted,
    spent: &Spent,
    pool: &ThreadPool,
) -> Result<Vec<Kept>> {
    let model = rows::model(scorers);
    let width = columns(scorers).len();
    let bench = || (Rows::new(width), Packer::new(forms, rows::priority_column(scorers)));
    let score = |(rows, packer): &mut (Rows, Packer), mut gathered: Gathered| {
        if let Some(pseudonyms) = &options.pseudonyms {
            pseudonyms.apply(&mut gathered.comments);
        }
        let scored = score_thread(gathered, &options.link, scorers);
        rows.clear();
        rows::write(&scored, scorers, &model, rows);
        let kept = pack(&scored, rows, packer, options).map_err(Error::Spool)?;
        let quarrel = wanted.of(&scored, &model)?;
        spent.take(scored.thread.comments);
        Ok(Kept { quarrel, ..kept })
    };
    pool.install(|| threads.into_par_iter().map_init(bench, score).collect())
}

/// What is kept of a row is about so much longer than the text of the comment.
const BESIDES_TEXT: usize = 400;

/// Makes of a thread and its rows what the spool takes.
fn pack(scored: &Scored, rows: &Rows, packer: &mut Packer, options: &Options) -> io::Result<Kept> {
    let Scored { thread, numbers, assessments, .. } = scored;
    let texts = thread.comments.iter().map(|comment| comment.text.len() + BESIDES_TEXT);
    let mut kept = Kept { rows: Vec::with_capacity(texts.sum()), ..Kept::default() };
    kept.places.reserve(numbers.len());
    kept.found.count(scored);
    let first = numbers.iter().copied().min().unwrap_or_default();
    for (position, place) in reading::places(thread).into_iter().enumerate() {
        let standing = Standing {
            number: numbers[position],
            urgency: kept::step(options.score.priority.urgency(&assessments[position])),
            thread: (first, numbers.len() as u64),
            place,
            parent: thread.reply(position).map(|reply| numbers[reply.to]),
        };
        let start = kept.rows.len();
        packer.append(rows.row(position), standing, &mut kept.rows)?;
        kept.places.push((standing.number, start..kept.rows.len()));
    }
    Ok(kept)
}

/// A batch that is scored.
pub(super) struct Done {
    pub(super) kept: Vec<Kept>,
    /// For the journal: how many inputs are finished with it, and what was found up to here.
    pub(super) finished: Option<(usize, Vec<u8>)>,
}

/// Puts the rows of a batch into the spool, in input order, and into the journal.
pub(super) fn keep(done: &Done, spool: &mut Spool, journal: Option<&mut Journal>) -> Result<()> {
    let rows = done.kept.iter().flat_map(|kept| {
        kept.places.iter().map(|(number, place)| (*number, &kept.rows[place.clone()]))
    });
    let mut rows: Vec<(u64, &[u8])> = rows.collect();
    rows.sort_unstable_by_key(|(number, _)| *number);
    rows.iter().try_for_each(|(_, row)| spool.push(row))?;
    if let Some(journal) = journal {
        journal.push(&rows)?;
        if let Some((inputs, found)) = &done.finished {
            journal.finish(*inputs, found)?;
        }
    }
    Ok(())
}
