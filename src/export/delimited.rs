//! CSV and TSV, one row a comment, quoted as RFC 4180 says.

use std::io;

use super::lines::{self, Lines};
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
    let start = head.len();
    let cells = Cells::new(delimiter, content.options);
    for (place, column) in content.columns.iter().enumerate() {
        if place > 0 {
            cells.next(&mut head);
        }
        cells.add(column.name, &mut head);
    }
    cells.end(start, &mut head);
    lines::write(report, &head, content, output)
}

/// Puts cells into lines, each in quotation marks if it needs them.
struct Cells {
    delimiter: u8,
    /// What ends a line.
    end: &'static [u8],
    /// For each byte, whether a cell with it needs marks.
    needs_marks: [bool; 256],
}

impl Cells {
    fn new(delimiter: u8, options: &WriteOptions) -> Self {
        let mut needs_marks = [false; 256];
        for byte in [delimiter, b'"', b'\n', b'\r'] {
            needs_marks[usize::from(byte)] = true;
        }
        Self { delimiter, end: if options.excel { b"\r\n" } else { b"\n" }, needs_marks }
    }

    /// Appends a cell.
    fn add(&self, cell: &str, lines: &mut Vec<u8>) {
        if !cell.bytes().any(|byte| self.needs_marks[usize::from(byte)]) {
            return lines.extend_from_slice(cell.as_bytes());
        }
        lines.push(b'"');
        let start = lines.len();
        // All of it may be quotation marks, which are doubled.
        lines.resize(start + 2 * cell.len(), 0);
        let room = &mut lines[start..];
        let (_, _, written) = csv_core::quote(cell.as_bytes(), room, b'"', b'"', true);
        lines.truncate(start + written);
        lines.push(b'"');
    }

    /// Goes on to the next cell of a line.
    fn next(&self, lines: &mut Vec<u8>) {
        lines.push(self.delimiter);
    }

    /// Ends the line that begins at `start`.
    fn end(&self, start: usize, lines: &mut Vec<u8>) {
        if lines.len() == start {
            // A line of one empty cell must not look like none.
            lines.extend_from_slice(b"\"\"");
        }
        lines.extend_from_slice(self.end);
    }
}

/// Makes lines with a delimiter between cells.
struct Delimited {
    cells: Cells,
    safety: CsvSafety,
    excel: bool,
    numbers: Numbers,
    /// Scratch for a text behind its apostrophe.
    guarded: String,
}

impl Delimited {
    fn new(delimiter: u8, options: &WriteOptions) -> Self {
        let WriteOptions { csv_safety: safety, excel, .. } = *options;
        let cells = Cells::new(delimiter, options);
        Self { cells, safety, excel, numbers: Numbers::default(), guarded: String::new() }
    }

    /// Appends a text so that a spreadsheet neither runs nor changes it.
    fn add_text(&mut self, text: &str, lines: &mut Vec<u8>) {
        let needs_guard = match self.safety {
            CsvSafety::Excel if self.excel => formula::needs_guard_for_excel(text),
            CsvSafety::Excel => formula::needs_guard(text),
            CsvSafety::Raw => false,
        };
        if !needs_guard {
            return self.cells.add(text, lines);
        }
        self.guarded.clear();
        self.guarded.push('\'');
        self.guarded.push_str(text);
        self.cells.add(&self.guarded, lines);
    }
}

impl Lines for Delimited {
    fn add(&mut self, row: Row<'_>, hole: Option<usize>, lines: &mut Vec<u8>) -> io::Result<usize> {
        let start = lines.len();
        let mut place = start;
        for (column, cell) in row.cells().enumerate() {
            if column > 0 {
                self.cells.next(lines);
            }
            match cell {
                _ if Some(column) == hole => {
                    place = lines.len();
                }
                Cell::Empty => {}
                Cell::Text(text) => self.add_text(text, lines),
                // Nothing in a number stands for anything else.
                Cell::Number(value) => lines.extend(self.numbers.measure(value).as_bytes()),
                Cell::Count(value) => lines.extend(self.numbers.count(value).as_bytes()),
            }
        }
        self.cells.end(start, lines);
        Ok(place - start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_are_those_of_the_csv_crate(rows in prop::collection::vec(prop::collection::vec("[a,;\"\t\r\n \u{e9}]{0,9}", 1..4), 0..5), is_tab: bool) {
            let delimiter = if is_tab { b'\t' } else { b',' };
            let cells = Cells::new(delimiter, &WriteOptions::default());
            let mut lines = Vec::new();
            let mut expected =
                csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
            for row in rows {
                let start = lines.len();
                for (column, cell) in row.iter().enumerate() {
                    if column > 0 {
                        cells.next(&mut lines);
                    }
                    cells.add(cell, &mut lines);
                }
                cells.end(start, &mut lines);
                expected.write_record(&row).unwrap();
            }
            prop_assert_eq!(lines, expected.into_inner().unwrap());
        }
    }
}
