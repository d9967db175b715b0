//! The records of a table as text, each as its cells.
//!
//! A record is looked at where it lies: only marks that stand for something (a separator, the end of
//! a line, a quotation mark) are searched for, and nothing is copied on the way.

use std::borrow::Cow;
use std::io::Read;

use crate::error::{Error, Result};
use crate::parse::{Input, decode};

/// A record that is longer has a quotation mark that is never closed.
const MAX_RECORD: usize = 2 << 20;

/// A longer line is no table but a broken or hostile file.
const MAX_LINE: usize = 64 << 20;

/// How much is read at a time.
const PIECE: usize = 64 << 10;

/// The records of a table. One whose quotation mark is never closed would swallow all that follow;
/// here it costs its first line, and reading goes on with the second.
pub(super) struct Rows<'a> {
    pub(super) input: Input<'a>,
    separator: u8,
    /// What is read, and how much of it is used up.
    window: Vec<u8>,
    used: usize,
    cells: Vec<Cell>,
    /// Where the record begins.
    record: usize,
    /// The line at this place of the window, from 1: lines are counted when somebody asks.
    line: u64,
    counted: usize,
    at_end: bool,
}

/// Where a cell lies in the window.
#[derive(Clone, Copy)]
struct Cell {
    start: usize,
    end: usize,
    /// There is more to do than to leave out the quotation marks around it.
    is_mixed: bool,
}

/// What stands where a record should.
enum Scan {
    /// A record, which ends in front of this place.
    Record(usize),
    /// The beginning of one.
    Beginning,
    /// A quotation mark that nothing closes so far.
    Open,
}

impl<'a> Rows<'a> {
    pub(super) fn new(input: Input<'a>, separator: u8) -> Self {
        Self {
            input,
            separator,
            window: Vec::new(),
            used: 0,
            cells: Vec::new(),
            record: 0,
            line: 1,
            counted: 0,
            at_end: false,
        }
    }

    /// The number of cells of the record.
    pub(super) fn count(&self) -> usize {
        self.cells.len()
    }

    /// What a cell of the record says, from 0; empty where there is none.
    pub(super) fn cell(&self, number: usize) -> Cow<'_, str> {
        let cell = self.cells.get(number);
        cell.map_or(Cow::Borrowed(""), |cell| decode::text(&self.window[cell.start..cell.end]))
    }

    /// Passes over a line.
    pub(super) fn skip_line(&mut self) -> Result<()> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', &self.window[self.used..]) {
                self.used += end + 1;
                return Ok(());
            }
            if !self.read_more()? {
                self.used = self.window.len();
                return Ok(());
            }
        }
    }

    /// Reads the next record; false at the end.
    pub(super) fn next(&mut self) -> Result<bool> {
        loop {
            let rest = self.window[self.used..].iter();
            self.used += rest.take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.record = self.used;
            if self.used == self.window.len() {
                if self.read_more()? {
                    continue;
                }
                return Ok(false);
            }
            match self.scan() {
                Scan::Record(end) => {
                    self.mend();
                    self.used = (end + 1).min(self.window.len());
                    return Ok(true);
                }
                Scan::Open if self.never_ends() => return Err(self.give_up()),
                Scan::Open | Scan::Beginning => {
                    self.read_more()?;
                }
            }
        }
    }

    /// What is wrong with the record, with the line where it begins.
    pub(super) fn fault(&mut self, reason: String) -> Error {
        let line = self.line_at(self.record);
        self.input.record(line, reason)
    }

    /// The line at a place of the window that is not before one asked for earlier.
    fn line_at(&mut self, place: usize) -> u64 {
        let passed = &self.window[self.counted..place];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.counted = place;
        self.line
    }

    /// Reads more, as much again as waits; false at the end.
    fn read_more(&mut self) -> Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        let line = self.line_at(self.used);
        let is_first = self.window.is_empty() && line == 1;
        self.window.drain(..self.used);
        (self.used, self.record, self.counted) = (0, 0, 0);
        if self.window.len() > MAX_LINE {
            let reason = format!("line {line} is longer than 64 MiB; is this a table?");
            return Err(self.input.refuse(reason));
        }
        let wanted = self.window.len().max(PIECE) as u64;
        let read = self.input.bytes.by_ref().take(wanted).read_to_end(&mut self.window);
        let read = read.map_err(|error| Error::reading(&self.input.name, error))?;
        if is_first && self.window.starts_with(b"\xef\xbb\xbf") {
            self.used = 3;
        }
        self.at_end = read == 0;
        Ok(!self.at_end)
    }

    /// Finds the cells of the record that begins at the first byte that is not used up.
    fn scan(&mut self) -> Scan {
        self.cells.clear();
        let mut at = self.used;
        loop {
            let cell = if self.window.get(at) == Some(&b'"') {
                match self.quoted(at) {
                    Ok(cell) => cell,
                    Err(scan) => return scan,
                }
            } else {
                Cell { start: at, end: self.end_of_plain(at), is_mixed: false }
            };
            let is_quoted = cell.start > at && !cell.is_mixed;
            let stop = cell.end + usize::from(is_quoted);
            self.cells.push(cell);
            match self.window.get(stop) {
                Some(byte) if *byte == self.separator => at = stop + 1,
                None if !self.at_end => return Scan::Beginning,
                _ => return Scan::Record(stop),
            }
        }
    }

    /// Where a cell, or the rest of one, without quotation marks ends.
    fn end_of_plain(&self, start: usize) -> usize {
        let rest = &self.window[start..];
        memchr::memchr3(self.separator, b'\n', b'\r', rest)
            .map_or(self.window.len(), |end| start + end)
    }

    /// The cell that the quotation mark at `open` begins.
    fn quoted(&self, open: usize) -> Result<Cell, Scan> {
        let (start, mut from) = (open + 1, open + 1);
        let mut is_mixed = false;
        loop {
            let Some(found) = memchr::memchr(b'"', &self.window[from..]) else {
                // Only a cell that goes on in the next line is worth an error.
                let is_last_line = self.at_end && !self.window[self.used..].contains(&b'\n');
                let end = self.window.len();
                return if is_last_line { Ok(mixed(open, end)) } else { Err(Scan::Open) };
            };
            let mark = from + found;
            match self.window.get(mark + 1) {
                Some(b'"') => {
                    is_mixed = true;
                    from = mark + 2;
                }
                None if !self.at_end => return Err(Scan::Beginning),
                Some(byte) if ![self.separator, b'\n', b'\r'].contains(byte) => {
                    return Ok(mixed(open, self.end_of_plain(mark + 1)));
                }
                _ if is_mixed => return Ok(mixed(open, mark + 1)),
                _ => return Ok(Cell { start, end: mark, is_mixed }),
            }
        }
    }

    /// Takes out the quotation marks that stand for others.
    fn mend(&mut self) {
        for cell in self.cells.iter_mut().filter(|cell| cell.is_mixed) {
            let bytes = &mut self.window[cell.start..cell.end];
            let length = without_marks(bytes);
            // What is left over must not look like lines.
            bytes[length..].fill(b'"');
            cell.end = cell.start + length;
        }
    }

    /// Whether the quotation mark that is open will not be closed.
    fn never_ends(&self) -> bool {
        let record = &self.window[self.used..];
        (self.at_end || record.len() > MAX_RECORD) && memchr::memchr(b'\n', record).is_some()
    }

    /// Leaves out the first line of a record that never ends.
    fn give_up(&mut self) -> Error {
        let record = &self.window[self.used..];
        self.used += memchr::memchr(b'\n', record).map_or(record.len(), |end| end + 1);
        self.fault("opens a quotation mark that is never closed".to_owned())
    }
}

fn mixed(start: usize, end: usize) -> Cell {
    Cell { start, end, is_mixed: true }
}

/// Takes the quotation marks out of a cell that begins with one, but for one of each two, and
/// leaves alone what stands behind the closing one. Tells how much is left, at the beginning.
fn without_marks(cell: &mut [u8]) -> usize {
    let (mut read, mut written) = (1, 0);
    while let Some(found) = memchr::memchr(b'"', &cell[read..]) {
        let mark = read + found;
        let is_doubled = cell.get(mark + 1) == Some(&b'"');
        let end = mark + usize::from(is_doubled);
        cell.copy_within(read..end, written);
        written += end - read;
        read = end + 1;
        if !is_doubled {
            break;
        }
    }
    cell.copy_within(read.., written);
    written + cell.len() - read
}
