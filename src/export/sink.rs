//! One report of a run: a writer of rows, and the place where it goes.

use std::io;
use std::path::Path;

use super::target::Target;
use super::{Exporter, Report, WriteOptions};
use crate::error::{Error, Result};
use crate::table::{Column, Row};

/// A report under way.
pub struct Sink {
    target: Target,
    /// `None` once everything is written.
    exporter: Option<Box<dyn Exporter>>,
}

impl Sink {
    /// Begins a report at `path`, or on standard output for `-`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be written there.
    pub fn create(
        path: &Path,
        report: &Report,
        columns: &[Column],
        options: WriteOptions,
    ) -> Result<Self> {
        let (target, output) = Target::create(path)?;
        let exporter = (report.open)(output, columns, options);
        let exporter = exporter.map_err(|source| failed(&target, source))?;
        Ok(Self { target, exporter: Some(exporter) })
    }

    /// Writes the next row.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the target cannot take it.
    pub fn row(&mut self, row: Row<'_>) -> Result<()> {
        let written = self.exporter.as_mut().map_or(Ok(()), |exporter| exporter.row(row));
        written.map_err(|source| failed(&self.target, source))
    }

    /// Writes what is due at the end. The report is not in its place yet, so that of several
    /// reports all are published or none.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the target cannot take it.
    pub fn finish(&mut self) -> Result<()> {
        let finished = self.exporter.take().map_or(Ok(()), Exporter::finish);
        finished.map_err(|source| failed(&self.target, source))
    }

    /// Puts the finished report in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be put there.
    pub fn publish(self) -> Result<()> {
        self.target.publish()
    }
}

fn failed(target: &Target, source: io::Error) -> Error {
    Error::Write { path: target.path().into(), source }
}
