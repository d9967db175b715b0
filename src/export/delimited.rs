//! CSV and TSV, one row a comment, quoted as RFC 4180 says.

use std::borrow::Cow;
use std::io;

use super::lines::{self, Line, Lines};
use super::number::Numbers;
use super::{Content, CsvSafety, Exporter, Output, WriteOptions};
use crate::formula;
use crate::table::{Cell, Column, Row};

/// Comma-separated values.
pub(super) struct Csv;

/// Tab-separated values.
pub(super) struct Tsv;

impl Exporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn is_table(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        write(self, b',', content, output)
    }

    fn lines(&self, _: &[Column], options: &WriteOptions) -> Option<Box<dyn Lines>> {
        Some(Box::new(Delimited::new(b',', options)))
    }
}

impl Exporter for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn is_table(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        write(self, b'\t', content, output)
    }

    fn lines(&self, _: &[Column], options: &WriteOptions) -> Option<Box<dyn Lines>> {
        Some(Box::new(Delimited::new(b'\t', options)))
    }
}

fn write(
    report: &dyn Exporter,
    delimiter: u8,
    content: Content<'_>,
    output: Output,
) -> io::Result<()> {
    let mut head = Vec::new();
    if content.options.excel {
        head.extend("\u{feff}".as_bytes());
    }
    let mut writer = writer(delimiter, content.options, head);
    writer.write_record(content.columns.iter().map(|column| column.name)).map_err(cause)?;
    let head = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    lines::write(report, &head, content, output)
}

fn writer(delimiter: u8, options: &WriteOptions, output: Vec<u8>) -> csv::Writer<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(delimiter);
    if options.excel {
        builder.terminator(csv::Terminator::CRLF);
    }
    builder.from_writer(output)
}

/// Bytes of lines that are kept before their buffer is given back.
const ENOUGH: usize = 1 << 20;

/// Makes lines with a delimiter between cells.
struct Delimited {
    delimiter: u8,
    options: WriteOptions,
    writer: csv::Writer<Vec<u8>>,
    numbers: Numbers,
}

impl Delimited {
    fn new(delimiter: u8, options: &WriteOptions) -> Self {
        let writer = writer(delimiter, options, Vec::new());
        Self { delimiter, options: options.clone(), writer, numbers: Numbers::default() }
    }

    /// How many bytes are written.
    fn written(&mut self) -> io::Result<usize> {
        self.writer.flush()?;
        Ok(self.writer.get_ref().len())
    }
}

impl Lines for Delimited {
    fn line(&mut self, row: Row<'_>, hole: Option<usize>) -> io::Result<Line<'_>> {
        let mut start = self.written()?;
        if start > ENOUGH {
            self.writer = writer(self.delimiter, &self.options, Vec::new());
            start = 0;
        }
        let mut place = start;
        for (column, cell) in row.cells().enumerate() {
            if Some(column) == hole {
                self.writer.write_field("").map_err(cause)?;
                place = self.written()?;
                continue;
            }
            let writer = &mut self.writer;
            let written = match cell {
                Cell::Empty => writer.write_field(""),
                Cell::Text(text) => {
                    let text = match self.options.csv_safety {
                        CsvSafety::Excel if self.options.excel => formula::guard_for_excel(text),
                        CsvSafety::Excel => formula::guard(text),
                        CsvSafety::Raw => Cow::Borrowed(text),
                    };
                    writer.write_field(text.as_bytes())
                }
                Cell::Number(value) => writer.write_field(self.numbers.measure(value)),
                Cell::Count(value) => writer.write_field(self.numbers.count(value)),
            };
            written.map_err(cause)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(cause)?;
        self.writer.flush()?;
        Ok(Line { bytes: &self.writer.get_ref()[start..], hole: place - start })
    }
}

/// The error of the output behind an error of the writer, so that a closed pipe can be told.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
