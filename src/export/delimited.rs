//! CSV and TSV, one row a comment, quoted as RFC 4180 says.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{CsvSafety, Exporter, WriteOptions};
use crate::formula;
use crate::table::{Cell, Column, Row};

/// Opens a CSV report.
pub(super) fn csv(
    output: Box<dyn Write + Send>,
    columns: &[Column],
    options: WriteOptions,
) -> io::Result<Box<dyn Exporter>> {
    open(output, columns, options, b',')
}

/// Opens a TSV report.
pub(super) fn tsv(
    output: Box<dyn Write + Send>,
    columns: &[Column],
    options: WriteOptions,
) -> io::Result<Box<dyn Exporter>> {
    open(output, columns, options, b'\t')
}

fn open(
    output: Box<dyn Write + Send>,
    columns: &[Column],
    options: WriteOptions,
    delimiter: u8,
) -> io::Result<Box<dyn Exporter>> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
    writer.write_record(columns.iter().map(|column| column.name)).map_err(cause)?;
    Ok(Box::new(Delimited { writer, safety: options.csv_safety, number: String::new() }))
}

struct Delimited {
    writer: csv::Writer<Box<dyn Write + Send>>,
    safety: CsvSafety,
    /// Scratch for numbers on their way out.
    number: String,
}

impl Exporter for Delimited {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        for cell in row.cells() {
            self.number.clear();
            let written = match cell {
                Cell::Empty => self.writer.write_field(""),
                Cell::Text(text) if self.safety == CsvSafety::Excel => {
                    self.writer.write_field(formula::guard(text).as_bytes())
                }
                Cell::Text(text) => self.writer.write_field(text),
                Cell::Number(value) => {
                    let _ = write!(self.number, "{value}");
                    self.writer.write_field(&self.number)
                }
                Cell::Count(value) => {
                    let _ = write!(self.number, "{value}");
                    self.writer.write_field(&self.number)
                }
            };
            written.map_err(cause)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(cause)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The error of the output behind an error of the writer, so that a closed pipe can be told.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
