//! Reports of threads and of authors, gathered while comments are scored.

use super::Scored;
use super::journal::Journal;
use super::kept::{self, Forms, Packer, Standing};
use super::spool::Spool;
use crate::error::{Error, Result};
use crate::export::{Run, Sink};
use crate::score::quarrel::{self, AUTHOR_COLUMNS, Authors, THREAD_COLUMNS};
use crate::table::Rows;

/// The reports of a run.
#[derive(Default)]
pub struct Reports {
    /// Of comments: one row for each.
    pub comments: Vec<Sink>,
    /// Of threads, in the columns of [`THREAD_COLUMNS`].
    pub threads: Option<Sink>,
    /// Of authors, in the columns of [`AUTHOR_COLUMNS`].
    pub authors: Option<Sink>,
    /// Where to go on, and to keep what is finished until the reports are in their places. Of no
    /// use with reports of threads or authors: it keeps the rows of comments only.
    pub journal: Option<Journal>,
}

impl From<Vec<Sink>> for Reports {
    fn from(comments: Vec<Sink>) -> Self {
        Self { comments, ..Self::default() }
    }
}

impl Reports {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Sink> {
        self.comments.iter().chain(&self.threads).chain(&self.authors)
    }

    pub(super) fn publish(self) -> Result<()> {
        let Self { comments, threads, authors, journal } = self;
        comments.into_iter().chain(threads).chain(authors).try_for_each(Sink::publish)?;
        journal.into_iter().for_each(Journal::remove);
        Ok(())
    }

    /// What there is to gather for them.
    pub(super) fn quarrels(&self) -> Quarrels {
        Wanted { threads: self.threads.is_some(), authors: self.authors.is_some() }.into()
    }
}

/// What is gathered; nothing that no report asks for.
#[derive(Default)]
pub(super) struct Quarrels {
    /// A row for each thread. Threads may come out of order.
    threads: Option<Spool>,
    authors: Option<Authors>,
}

/// What one thread adds.
#[derive(Default)]
pub(super) struct Quarrel {
    /// The number of its first comment, and its row.
    row: Option<(u64, Vec<u8>)>,
    authors: Option<Authors>,
}

/// What is wanted of each thread.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    threads: bool,
    authors: bool,
}

impl Wanted {
    /// Sums up a thread.
    pub(super) fn of(self, scored: &Scored, model: &str) -> Result<Quarrel> {
        let Scored { source, thread, numbers, assessments } = scored;
        let mut quarrel = Quarrel::default();
        if self.threads {
            let summary = quarrel::summarise(thread, assessments);
            let mut rows = Rows::new(THREAD_COLUMNS.len());
            summary.write(source, thread, model, &mut rows);
            let number = numbers.iter().copied().min().unwrap_or_default();
            let urgency = kept::step(summary.urgency());
            let standing = Standing { number, urgency, thread: (number, 1), ..Standing::default() };
            let mut row = Vec::new();
            let mut packer = Packer::new(&Forms::cells(), 0);
            packer.append(rows.row(0), standing, &mut row).map_err(Error::Spool)?;
            quarrel.row = Some((number, row));
        }
        if self.authors {
            quarrel.authors.get_or_insert_default().add(thread, assessments);
        }
        Ok(quarrel)
    }
}

impl From<Wanted> for Quarrels {
    fn from(wanted: Wanted) -> Self {
        let threads = || Spool::new(THREAD_COLUMNS.len(), Forms::cells());
        Self {
            threads: wanted.threads.then(threads),
            authors: wanted.authors.then(Authors::default),
        }
    }
}

impl Quarrels {
    /// Forgets what was gathered.
    pub(super) fn clear(&mut self) {
        *self = self.wanted().into();
    }

    pub(super) fn wanted(&self) -> Wanted {
        Wanted { threads: self.threads.is_some(), authors: self.authors.is_some() }
    }

    /// Takes in the threads of a batch.
    pub(super) fn add(&mut self, batch: impl Iterator<Item = Quarrel>) -> Result<()> {
        let mut rows = Vec::new();
        for Quarrel { row, authors: more } in batch {
            rows.extend(row);
            if let (Some(authors), Some(more)) = (&mut self.authors, more) {
                authors.append(more);
            }
        }
        rows.sort_unstable_by_key(|(number, _)| *number);
        let Some(threads) = &mut self.threads else { return Ok(()) };
        rows.iter().try_for_each(|(_, row)| threads.push(row))
    }

    /// Writes the reports that were asked for.
    pub(super) fn write(self, reports: &mut Reports, model: &str, run: &Run) -> Result<()> {
        if let (Some(threads), Some(sink)) = (self.threads, &mut reports.threads) {
            let priority = THREAD_COLUMNS.iter().position(|column| column.name == "priority");
            sink.write(&mut threads.ranked(priority.unwrap_or_default())?, run)?;
        }
        if let (Some(authors), Some(sink)) = (self.authors, &mut reports.authors) {
            let mut rows = Rows::new(AUTHOR_COLUMNS.len());
            authors.summaries().for_each(|author| author.write(model, &mut rows));
            sink.write(&mut rows, run)?;
        }
        Ok(())
    }
}
