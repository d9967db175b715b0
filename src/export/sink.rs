//! One report of a run: a writer of rows, and the place where it goes.

use std::io;
use std::mem;
use std::path::Path;

use super::target::Target;
use super::{Exporter, Report, WriteOptions};
use crate::error::{Error, Result};
use crate::table::{Column, Row};

/// A report under way.
pub struct Sink {
    target: Target,
    stage: Stage,
}

/// How far the report is. Nothing is written before the first row or the end, so that a run that
/// fails before leaves standard output untouched.
enum Stage {
    Prepared(Box<dyn FnOnce() -> io::Result<Box<dyn Exporter>> + Send>),
    Writing(Box<dyn Exporter>),
    Finished,
}

impl Sink {
    /// Prepares a report at `path`, or on standard output for `-`.
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
        let (open, columns) = (report.open, columns.to_vec());
        Ok(Self {
            target,
            stage: Stage::Prepared(Box::new(move || open(output, &columns, options))),
        })
    }

    /// The exporter, opened if it is not yet; `None` if it is done.
    fn exporter(&mut self) -> io::Result<Option<&mut Box<dyn Exporter>>> {
        self.stage = match mem::replace(&mut self.stage, Stage::Finished) {
            Stage::Prepared(open) => Stage::Writing(open()?),
            later => later,
        };
        match &mut self.stage {
            Stage::Writing(exporter) => Ok(Some(exporter)),
            Stage::Prepared(_) | Stage::Finished => Ok(None),
        }
    }

    /// The file that holds the report until it is published; `None` if it goes straight to its
    /// place.
    #[must_use]
    pub fn unfinished(&self) -> Option<&Path> {
        self.target.unfinished()
    }

    /// Writes the next row.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the target cannot take it.
    pub fn row(&mut self, row: Row<'_>) -> Result<()> {
        let written =
            self.exporter().and_then(|exporter| exporter.map_or(Ok(()), |it| it.row(row)));
        written.map_err(|source| failed(&self.target, source))
    }

    /// Writes what is due at the end. The report is not in its place yet, so that of several
    /// reports all are published or none.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the target cannot take it.
    pub fn finish(&mut self) -> Result<()> {
        let opened = self.exporter().map(|_| ());
        let finished = match mem::replace(&mut self.stage, Stage::Finished) {
            Stage::Writing(exporter) => opened.and_then(|()| exporter.finish()),
            Stage::Prepared(_) | Stage::Finished => opened,
        };
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
