//! Rows on their way to the reports, kept aside until every row's priority is known.
//!
//! A priority is a rank over the whole run, so no row can be written before the last one is
//! scored. Rows wait in memory while they are few and in a temporary file when they are many; the
//! ranking needs no sort, only a histogram of urgency. Rows that come out of order (see
//! [`partition`](super::partition)) are kept as runs, each in order. Where each row stands is noted
//! in tables, so that reports can have the rows in any order.

use std::io::{self, BufWriter, Write};

use tempfile::SpooledTempFile;

use super::index::Table;
use super::merge::{Head, Run};
use super::shelf::{Shelf, Tables};
use crate::error::{Error, Result};
use crate::table::Row;

/// Rows are kept in memory up to this many bytes.
const IN_MEMORY: usize = 32 << 20;

/// Urgency is told apart in this many steps; rows of one step rank in input order.
const STEPS: u16 = u16::MAX;

/// Where a row stands among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standing {
    /// The row's number in the run, in input order, from 0.
    pub(super) number: u64,
    /// How soon a moderator should look at it, 0–1.
    pub(super) urgency: f64,
    /// The number of the first row of its thread, and how many rows the thread has.
    pub(super) thread: (u64, u64),
    /// Its place in the reading order of the thread, from 0.
    pub(super) place: u64,
    /// The number of the row with the comment that it answers.
    pub(super) parent: Option<u64>,
}

/// Rows kept aside.
pub(super) struct Spool {
    width: usize,
    file: BufWriter<SpooledTempFile>,
    written: u64,
    runs: Vec<Run>,
    rows: u64,
    /// The number of the last row.
    last: Option<u64>,
    /// How many rows have each urgency.
    histogram: Vec<u64>,
    /// By number, where the row begins in the file.
    offsets: Table,
    /// By number, the first row of the thread.
    threads: Table,
    /// By number of the first row of a thread, how many rows the thread has; else 0.
    sizes: Table,
    /// By number, the place in the reading order of the thread, and the step of the urgency.
    slips: Table,
    /// Scratch for a row on its way to the file.
    encoded: Vec<u8>,
}

impl Spool {
    /// No rows yet, of `width` cells each.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)),
            written: 0,
            runs: Vec::new(),
            rows: 0,
            last: None,
            histogram: vec![0; usize::from(STEPS) + 1],
            offsets: Table::new(),
            threads: Table::new(),
            sizes: Table::new(),
            slips: Table::new(),
            encoded: Vec::new(),
        }
    }

    /// Adds a row. In the end every number below the count of rows must have come once.
    pub(super) fn push(&mut self, row: Row<'_>, standing: Standing) -> Result<()> {
        self.note(standing).and_then(|()| self.write(row, standing)).map_err(Error::Spool)
    }

    fn note(&mut self, standing: Standing) -> io::Result<()> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0–1 is in range"
        )]
        let step = (standing.urgency.clamp(0.0, 1.0) * f64::from(STEPS)) as u16;
        let Standing { number, thread: (first, size), place, .. } = standing;
        self.rows += 1;
        self.histogram[usize::from(step)] += 1;
        self.offsets.set(number, self.written)?;
        self.threads.set(number, first)?;
        self.sizes.set(number, if number == first { size } else { 0 })?;
        self.slips.set(number, place << 16 | u64::from(step))?;
        if self.last.is_none_or(|last| number < last) {
            self.runs.push(Run { first: number, start: self.written, end: self.written });
        }
        self.last = Some(number);
        Ok(())
    }

    fn write(&mut self, row: Row<'_>, standing: Standing) -> io::Result<()> {
        let mut encoded = std::mem::take(&mut self.encoded);
        encoded.clear();
        for cell in row.cells() {
            encoded = postcard::to_extend(&cell, encoded).map_err(io::Error::other)?;
        }
        let length = u32::try_from(encoded.len()).map_err(io::Error::other)?;
        let head = Head { number: standing.number, parent: standing.parent, length };
        self.file.write_all(&head.to_bytes())?;
        self.file.write_all(&encoded)?;
        self.written += Head::SIZE as u64 + u64::from(length);
        if let Some(run) = self.runs.last_mut() {
            run.end = self.written;
        }
        self.encoded = encoded;
        Ok(())
    }

    /// All rows, to be had in any order, with their rank by urgency, from 1, in column `priority`.
    pub(super) fn ranked(mut self, priority: usize) -> Result<Shelf> {
        let tables = self.rank().map_err(Error::Spool)?;
        let file = self.file.into_inner().map_err(|error| Error::Spool(error.into_error()))?;
        Ok(Shelf::new(self.width, priority, self.rows, file, self.runs, tables))
    }

    fn rank(&mut self) -> io::Result<Tables> {
        let mut next_rank = std::mem::take(&mut self.histogram);
        let mut next = 0;
        for count in next_rank.iter_mut().rev() {
            next += std::mem::replace(count, next);
        }
        let mut tables = Tables {
            offsets: std::mem::take(&mut self.offsets),
            ranks: Table::new(),
            by_priority: Table::new(),
            by_reading: Table::new(),
        };
        // Threads stand in the order of their first rows, so each begins where those before end.
        let mut next_place = 0;
        for number in 0..self.rows {
            let size = self.sizes.get(number)?;
            self.sizes.set(number, next_place)?;
            next_place += size;
        }
        for number in 0..self.rows {
            let slip = self.slips.get(number)?;
            let (place, step) = (slip >> 16, slip & u64::from(STEPS));
            let begin = self.sizes.get(self.threads.get(number)?)?;
            tables.by_reading.set(begin + place, number)?;
            let rank = usize::try_from(step).ok().and_then(|step| next_rank.get_mut(step));
            let rank = rank.ok_or(io::ErrorKind::InvalidData)?;
            tables.by_priority.set(*rank, number)?;
            *rank += 1;
            tables.ranks.set(number, *rank)?;
        }
        Ok(tables)
    }
}
