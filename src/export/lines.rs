//! Reports of one line a row, in input order.
//!
//! A line depends on nothing but its row, apart from the row's rank, so lines can be made on all
//! cores while comments are scored, long before the ranks are known.

use std::io::{self, BufWriter, Write};

use super::{Content, Exporter, Order, Output, WriteOptions};
use crate::table::{Column, Row};

/// Makes lines of rows.
pub trait Lines {
    /// Appends the line of `row`, with its end, to `lines`. Nothing stands in the place of the cell
    /// in column `hole`; a count is put in there later, in decimal digits. Returns where in the line
    /// that is, or 0 if no cell was left out.
    ///
    /// # Errors
    ///
    /// If the row cannot be put into words.
    fn add(&mut self, row: Row<'_>, hole: Option<usize>, lines: &mut Vec<u8>) -> io::Result<usize>;
}

/// A kind of line: all that it depends on apart from the row.
#[derive(Clone)]
pub struct LineKind {
    report: &'static dyn Exporter,
    columns: Vec<Column>,
    options: WriteOptions,
}

impl LineKind {
    /// The lines of `report`; `None` if it is not one of lines.
    #[must_use]
    pub fn new(
        report: &'static dyn Exporter,
        columns: &[Column],
        options: &WriteOptions,
    ) -> Option<Self> {
        report.lines(columns, options)?;
        Some(Self { report, columns: columns.into(), options: options.clone() })
    }

    /// Makes such lines.
    #[must_use]
    pub fn maker(&self) -> Option<Box<dyn Lines>> {
        self.report.lines(&self.columns, &self.options)
    }

    /// Whether these are the lines of the report called `report`, written with `options`.
    #[must_use]
    pub fn is_of(&self, report: &str, options: &WriteOptions) -> bool {
        self.report.name() == report && self.options == *options
    }
}

/// Bytes gathered before they go to the output.
const BUFFER: usize = 1 << 16;

/// Writes `head` and then a line for each row, those that were made before if there are any.
pub(super) fn write(
    report: &dyn Exporter,
    head: &[u8],
    content: Content<'_>,
    output: Output,
) -> io::Result<()> {
    let Content { columns, rows, options, .. } = content;
    let mut output = BufWriter::with_capacity(BUFFER, output);
    output.write_all(head)?;
    if !rows.lines(report.name(), options, &mut output)? {
        let lines = report.lines(columns, options);
        let mut lines = lines.ok_or(io::ErrorKind::Unsupported)?;
        let mut line = Vec::new();
        rows.each(Order::Input, &mut |entry| {
            line.clear();
            lines.add(entry.row, None, &mut line)?;
            output.write_all(&line)
        })?;
    }
    output.flush()
}
