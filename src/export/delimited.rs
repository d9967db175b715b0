//! CSV and TSV, one row a comment, quoted as RFC 4180 says.

use std::borrow::Cow;
use std::io::{self, Write};

use super::number::Numbers;
use super::{Content, CsvSafety, Exporter, Order, Output};
use crate::formula;
use crate::table::Cell;

/// Comma-separated values.
pub(super) struct Csv;

/// Tab-separated values.
pub(super) struct Tsv;

impl Exporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        write(content, output, b',')
    }
}

impl Exporter for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        write(content, output, b'\t')
    }
}

fn write(content: Content<'_>, mut output: Output, delimiter: u8) -> io::Result<()> {
    let Content { columns, rows, options, .. } = content;
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(delimiter);
    if options.excel {
        output.write_all("\u{feff}".as_bytes())?;
        builder.terminator(csv::Terminator::CRLF);
    }
    let mut writer = builder.from_writer(output);
    writer.write_record(columns.iter().map(|column| column.name)).map_err(cause)?;
    let mut numbers = Numbers::default();
    rows.each(Order::Input, &mut |entry| {
        for cell in entry.row.cells() {
            let written = match cell {
                Cell::Empty => writer.write_field(""),
                Cell::Text(text) => {
                    let text = match options.csv_safety {
                        CsvSafety::Excel if options.excel => formula::guard_for_excel(text),
                        CsvSafety::Excel => formula::guard(text),
                        CsvSafety::Raw => Cow::Borrowed(text),
                    };
                    writer.write_field(text.as_bytes())
                }
                Cell::Number(value) => writer.write_field(numbers.measure(value)),
                Cell::Count(value) => writer.write_field(numbers.count(value)),
            };
            written.map_err(cause)?;
        }
        Ok(writer.write_record(None::<&[u8]>)?)
    })?;
    writer.flush()
}

/// The error of the output behind an error of the writer, so that a closed pipe can be told.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
