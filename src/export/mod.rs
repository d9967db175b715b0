//! Writing reports.
//!
//! A new report is one file here that implements [`Exporter`], and a line in [`REPORTS`].

mod delimited;
mod jsonl;
mod sink;
mod target;

use std::io::{self, Write};

pub use sink::Sink;

use crate::table::{Column, Row};

/// Writes the rows of one report.
pub trait Exporter: Send {
    /// Writes the next row.
    ///
    /// # Errors
    ///
    /// If the target cannot take it.
    fn row(&mut self, row: Row<'_>) -> io::Result<()>;

    /// Writes what is due at the end.
    ///
    /// # Errors
    ///
    /// If the target cannot take it.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// What writing may be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// What becomes of a text that a spreadsheet program would run as a formula.
    pub csv_safety: CsvSafety,
}

/// What becomes of a text in a CSV or TSV report that a spreadsheet program would run as a formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvSafety {
    /// It gets an apostrophe in front, as [`formula::guard`](crate::formula::guard) puts it.
    #[default]
    Excel,
    /// It stays as it is.
    Raw,
}

/// Opens a report on an output.
type Open = fn(Box<dyn Write + Send>, &[Column], WriteOptions) -> io::Result<Box<dyn Exporter>>;

/// A kind of report.
pub struct Report {
    /// The name that `--format` takes, and the extension of its files.
    pub name: &'static str,
    /// Opens a report on an output and writes what is due at its beginning.
    pub open: Open,
}

/// Every kind of report that can be written.
pub static REPORTS: &[Report] = &[
    Report { name: "csv", open: delimited::csv },
    Report { name: "tsv", open: delimited::tsv },
    Report { name: "jsonl", open: jsonl::open },
];

/// The kind of report called `name`, any case.
#[must_use]
pub fn report_named(name: &str) -> Option<&'static Report> {
    REPORTS.iter().find(|report| report.name.eq_ignore_ascii_case(name))
}
