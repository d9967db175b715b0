//! CSV and TSV, one row a comment, quoted as RFC 4180 says.

use std::io;

use csv_core::{Terminator, WriteResult, WriterBuilder};

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
    let mut cells = Cells::new(delimiter, content.options);
    for (place, column) in content.columns.iter().enumerate() {
        if place > 0 {
            cells.next(&mut head);
        }
        cells.add(column.name, &mut head);
    }
    cells.end(&mut head);
    lines::write(report, &head, content, output)
}

/// Bytes that cells are made of at a time.
const AT_A_TIME: usize = 4 << 10;

/// Puts cells into lines, each in quotation marks if it needs them.
struct Cells {
    writer: csv_core::Writer,
    /// Where the writer writes, which knows no output that grows.
    written: Box<[u8; AT_A_TIME]>,
    /// How much of that waits to be handed over.
    waiting: usize,
}

impl Cells {
    fn new(delimiter: u8, options: &WriteOptions) -> Self {
        let end = if options.excel { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let writer = WriterBuilder::new().delimiter(delimiter).terminator(end).build();
        Self { writer, written: Box::new([0; AT_A_TIME]), waiting: 0 }
    }

    /// Appends a cell, which must be a whole one: all that is in it says whether it needs marks.
    fn add(&mut self, cell: &str, lines: &mut Vec<u8>) {
        let mut rest = cell.as_bytes();
        loop {
            let room = &mut self.written[self.waiting..];
            let (result, read, written) = self.writer.field(rest, room);
            self.waiting += written;
            if result == WriteResult::InputEmpty {
                return;
            }
            rest = &rest[read..];
            self.hand_over(lines);
        }
    }

    /// Goes on to the next cell of a line.
    fn next(&mut self, lines: &mut Vec<u8>) {
        loop {
            let (result, written) = self.writer.delimiter(&mut self.written[self.waiting..]);
            self.waiting += written;
            if result == WriteResult::InputEmpty {
                return;
            }
            self.hand_over(lines);
        }
    }

    /// Ends a line.
    fn end(&mut self, lines: &mut Vec<u8>) {
        loop {
            let (result, written) = self.writer.terminator(&mut self.written[self.waiting..]);
            self.waiting += written;
            self.hand_over(lines);
            if result == WriteResult::InputEmpty {
                return;
            }
        }
    }

    /// Appends what is written so far, so that it is in `lines` for certain.
    fn hand_over(&mut self, lines: &mut Vec<u8>) {
        lines.extend_from_slice(&self.written[..self.waiting]);
        self.waiting = 0;
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
                    self.cells.hand_over(lines);
                    place = lines.len();
                }
                Cell::Empty => {}
                Cell::Text(text) => self.add_text(text, lines),
                Cell::Number(value) => self.cells.add(self.numbers.measure(value), lines),
                Cell::Count(value) => self.cells.add(self.numbers.count(value), lines),
            }
        }
        self.cells.end(lines);
        Ok(place - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_length_are_those_of_the_csv_crate() {
        let mut cells = Cells::new(b',', &WriteOptions::default());
        let mut lines = Vec::new();
        let mut expected = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        // Around where a line no longer fits the writer's room, at every kind of place.
        for length in AT_A_TIME - 8..AT_A_TIME + 8 {
            for text in ["x".repeat(length), "\"".repeat(length / 2), "a,".repeat(length / 2)] {
                cells.add(&text, &mut lines);
                cells.next(&mut lines);
                cells.next(&mut lines);
                cells.add("b\"", &mut lines);
                cells.end(&mut lines);
                expected.write_record([text.as_str(), "", "b\""]).unwrap();
            }
        }
        cells.end(&mut lines);
        expected.write_record([""]).unwrap();
        assert!(lines == expected.into_inner().unwrap());
    }
}
