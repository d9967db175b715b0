//! Rows on their way to the reports, kept aside until every row's priority is known.
//!
//! A priority is a rank over the whole run, so no row can be written before the last one is
//! scored. Rows wait in memory while they are few and in a temporary file when they are many; the
//! ranking needs no sort, only a histogram of urgency. Rows that come out of order (see
//! [`partition`](super::partition)) are kept as runs, each in order.

use std::io::{self, BufWriter, Write};

use tempfile::SpooledTempFile;

use super::kept::{Forms, Head};
use super::merge::Run;
use super::ranks::Histogram;
use super::shelf::Shelf;
use crate::error::{Error, Result};

/// Rows are kept in memory up to this many bytes.
const IN_MEMORY: usize = 32 << 20;

/// Bytes gathered before they go to the file.
const BUFFER: usize = 256 << 10;

/// Rows kept aside.
pub(super) struct Spool {
    forms: Forms,
    width: usize,
    file: BufWriter<SpooledTempFile>,
    written: u64,
    runs: Vec<Run>,
    rows: u64,
    /// The number of the last row.
    last: Option<u64>,
    histogram: Histogram,
}

impl Spool {
    /// No rows yet, of `width` cells each, which will be kept in `forms`.
    pub(super) fn new(width: usize, forms: Forms) -> Self {
        Self {
            forms,
            width,
            file: BufWriter::with_capacity(BUFFER, SpooledTempFile::new(IN_MEMORY)),
            written: 0,
            runs: Vec::new(),
            rows: 0,
            last: None,
            histogram: Histogram::default(),
        }
    }

    /// In which forms rows are kept.
    #[cfg(test)]
    pub(super) fn forms(&self) -> &Forms {
        &self.forms
    }

    /// Adds a row as [`Packer`](super::kept::Packer) makes it. In the end every number below the
    /// count of rows must have come once.
    pub(super) fn push(&mut self, row: &[u8]) -> Result<()> {
        self.write(row).map_err(Error::Spool)
    }

    fn write(&mut self, row: &[u8]) -> io::Result<()> {
        let Head { standing, .. } = Head::from_bytes(row).ok_or(io::ErrorKind::InvalidData)?;
        self.file.write_all(row)?;
        self.rows += 1;
        self.histogram.add(standing.urgency);
        let start = self.written;
        self.written += row.len() as u64;
        match self.runs.last_mut() {
            Some(run) if self.last.is_some_and(|last| last < standing.number) => {
                run.end = self.written;
            }
            _ => self.runs.push(Run { first: standing.number, start, end: self.written }),
        }
        self.last = Some(standing.number);
        Ok(())
    }

    /// All rows, to be had in any order, with their rank by urgency, from 1, in column `priority`.
    pub(super) fn ranked(self, priority: usize) -> Result<Shelf> {
        let file = self.file.into_inner().map_err(|error| Error::Spool(error.into_error()))?;
        Ok(Shelf {
            forms: self.forms,
            width: self.width,
            priority,
            count: self.rows,
            file,
            runs: self.runs,
            ranks: self.histogram.ranks(),
            tables: None,
        })
    }
}
