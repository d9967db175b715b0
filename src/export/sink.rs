//! One report of a run: what is to be written, and the place where it goes.

use std::io;
use std::path::Path;

use super::chosen::{Chosen, Narrow};
use super::target::Target;
use super::{Content, Exporter, LineKind, Output, Run, Stock, WriteOptions};
use crate::error::{Error, Result};
use crate::table::Column;

/// A report under way.
pub struct Sink {
    target: Target,
    /// Its files; none once everything is written.
    outputs: Vec<Output>,
    report: &'static dyn Exporter,
    columns: Vec<Column>,
    chosen: Option<Chosen>,
    options: WriteOptions,
}

impl Sink {
    /// Begins a report at `path`, or on standard output for `-`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be written there.
    pub fn create(
        path: &Path,
        report: &'static dyn Exporter,
        columns: &[Column],
        options: WriteOptions,
    ) -> Result<Self> {
        let (target, outputs) = Target::create(path, report.files())?;
        let is_chosen = report.is_table() && !options.columns.is_empty();
        let chosen = is_chosen.then(|| Chosen::new(columns, &options.columns));
        Ok(Self { target, outputs, report, columns: columns.into(), chosen, options })
    }

    /// Whether the report tells about the run.
    #[must_use]
    pub fn tells_of_the_run(&self) -> bool {
        self.report.tells_of_the_run()
    }

    /// The lines that the report consists of, if it is one of lines with all columns.
    #[must_use]
    pub fn lines(&self) -> Option<LineKind> {
        if self.chosen.is_some() {
            return None;
        }
        LineKind::new(self.report, &self.columns, &self.options)
    }

    /// The file or folder that holds the report until it is published; `None` if it goes straight to its
    /// place.
    #[must_use]
    pub fn unfinished(&self) -> Option<&Path> {
        self.target.unfinished()
    }

    /// Writes the report. It is not in its place yet, so that of several reports all are published
    /// or none.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the target cannot take it, and what went wrong with the rows.
    pub fn write(&mut self, rows: &mut dyn Stock, run: &Run) -> Result<()> {
        if self.outputs.is_empty() {
            return Ok(());
        }
        let output = self.outputs.remove(0);
        let (options, more) = (&self.options, std::mem::take(&mut self.outputs));
        let written = match &mut self.chosen {
            None => {
                let content = Content { columns: &self.columns, rows, run, options, more };
                self.report.write(content, output)
            }
            Some(Chosen { columns, pick }) => {
                let rows = &mut Narrow { rows, pick };
                self.report.write(Content { columns, rows, run, options, more }, output)
            }
        };
        written.map_err(|source| self.failed(source))
    }

    /// Puts the finished report in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be put there.
    pub fn publish(self) -> Result<()> {
        self.target.publish()
    }

    /// A stock of rows can only say [`io::Error`], but may hide one of ours in it.
    fn failed(&self, source: io::Error) -> Error {
        match source.downcast::<Error>() {
            Ok(error) => error,
            Err(source) => Error::Write { path: self.target.path().into(), source },
        }
    }
}
