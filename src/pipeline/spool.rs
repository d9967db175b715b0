//! Rows on their way to the reports, kept aside until every row's priority is known.
//!
//! A priority is a rank over the whole run, so no row can be written before the last one is
//! scored. Rows wait in memory while they are few and in a temporary file when they are many; only
//! a histogram of their urgency is kept for the ranking. Rows that come out of order (see
//! [`partition`](super::partition)) are kept as runs, each in order, and merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::error::{Error, Result};
use crate::table::{Cell, Row, Rows};

/// Rows are kept in memory up to this many bytes.
const IN_MEMORY: usize = 32 << 20;

/// Urgency is told apart in this many steps; rows of one step rank in input order.
const STEPS: u16 = u16::MAX;

/// Bytes read at once of a run. There may be hundreds of runs to merge.
const BLOCK: u64 = 32 << 10;

/// Rows handed on at once.
const HANDFUL: usize = 500;

/// Rows kept aside.
pub(super) struct Spool {
    width: usize,
    file: BufWriter<SpooledTempFile>,
    written: u64,
    runs: Vec<Run>,
    /// The number of the last row.
    last: Option<u64>,
    /// How many rows have each urgency.
    histogram: Vec<u64>,
    /// Scratch for a row on its way to the file.
    encoded: Vec<u8>,
}

/// Rows in order, one behind the other in the file.
struct Run {
    /// The number of its first row.
    first: u64,
    /// Where it begins, or what is left of it begins.
    start: u64,
    /// Where it ends.
    end: u64,
}

/// What stands before each row in the file: its number, its urgency, and its length in bytes.
struct Head {
    number: u64,
    step: u16,
    length: u32,
}

impl Head {
    const SIZE: usize = 14;

    fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[..8].copy_from_slice(&self.number.to_le_bytes());
        bytes[8..10].copy_from_slice(&self.step.to_le_bytes());
        bytes[10..].copy_from_slice(&self.length.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (number, rest) = bytes.split_first_chunk()?;
        let (step, rest) = rest.split_first_chunk()?;
        let (length, _) = rest.split_first_chunk()?;
        Some(Self {
            number: u64::from_le_bytes(*number),
            step: u16::from_le_bytes(*step),
            length: u32::from_le_bytes(*length),
        })
    }
}

impl Spool {
    /// No rows yet, of `width` cells each.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)),
            written: 0,
            runs: Vec::new(),
            last: None,
            histogram: vec![0; usize::from(STEPS) + 1],
            encoded: Vec::new(),
        }
    }

    /// Adds the row that is the `number`th of the input; `urgency` is 0–1.
    pub(super) fn push(&mut self, number: u64, row: Row<'_>, urgency: f64) -> Result<()> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0–1 is in range"
        )]
        let step = (urgency.clamp(0.0, 1.0) * f64::from(STEPS)) as u16;
        self.histogram[usize::from(step)] += 1;
        if self.last.is_none_or(|last| number < last) {
            self.runs.push(Run { first: number, start: self.written, end: self.written });
        }
        self.last = Some(number);
        self.write(number, step, row).map_err(Error::Spool)
    }

    fn write(&mut self, number: u64, step: u16, row: Row<'_>) -> io::Result<()> {
        let mut encoded = std::mem::take(&mut self.encoded);
        encoded.clear();
        for cell in row.cells() {
            encoded = postcard::to_extend(&cell, encoded).map_err(io::Error::other)?;
        }
        let length = u32::try_from(encoded.len()).map_err(io::Error::other)?;
        self.file.write_all(&Head { number, step, length }.to_bytes())?;
        self.file.write_all(&encoded)?;
        self.written += Head::SIZE as u64 + u64::from(length);
        if let Some(run) = self.runs.last_mut() {
            run.end = self.written;
        }
        self.encoded = encoded;
        Ok(())
    }

    /// Gives the rows back in input order, some at a time, with their rank by urgency, from 1, in
    /// column `priority`.
    pub(super) fn ranked(
        self,
        priority: usize,
        mut take: impl FnMut(Rows) -> Result<()>,
    ) -> Result<()> {
        let mut next_rank = self.histogram;
        let mut rank = 1;
        for count in next_rank.iter_mut().rev() {
            rank += std::mem::replace(count, rank);
        }
        let file = self.file.into_inner().map_err(|error| Error::Spool(error.into_error()))?;
        let mut merge = Merge::new(file, self.runs);
        let mut rows = Rows::new(self.width);
        while let Some(step) = merge.next(&mut rows).map_err(Error::Spool)? {
            let rank = &mut next_rank[usize::from(step)];
            rows.set_count(rows.len() - 1, priority, *rank);
            *rank += 1;
            if rows.len() == HANDFUL {
                take(std::mem::replace(&mut rows, Rows::new(self.width)))?;
            }
        }
        take(rows)
    }
}

/// Reads runs as one: always the row with the lowest number next.
struct Merge {
    file: SpooledTempFile,
    /// The runs with the number of their next row, the lowest first.
    next: BinaryHeap<Reverse<(u64, usize)>>,
    runs: Vec<(Run, Block)>,
}

/// What is read of a run but not yet used.
#[derive(Default)]
struct Block {
    bytes: Vec<u8>,
    used: usize,
}

impl Merge {
    fn new(file: SpooledTempFile, runs: Vec<Run>) -> Self {
        let next =
            runs.iter().enumerate().map(|(index, run)| Reverse((run.first, index))).collect();
        Self { file, next, runs: runs.into_iter().map(|run| (run, Block::default())).collect() }
    }

    /// Adds the next row to `rows` and gives its urgency; `None` after the last one.
    fn next(&mut self, rows: &mut Rows) -> io::Result<Option<u16>> {
        let Some(Reverse((_, index))) = self.next.pop() else { return Ok(None) };
        let (run, block) = &mut self.runs[index];
        let head = block.head(&mut self.file, run)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let length = head.length as usize;
        let mut cells = &block.read(&mut self.file, run, Head::SIZE + length)?[Head::SIZE..];
        while !cells.is_empty() {
            let (cell, rest) =
                postcard::take_from_bytes::<Cell<'_>>(cells).map_err(io::Error::other)?;
            rows.push(cell);
            cells = rest;
        }
        block.used += Head::SIZE + length;
        match block.head(&mut self.file, run)? {
            Some(head) => self.next.push(Reverse((head.number, index))),
            None => *block = Block::default(),
        }
        Ok(Some(head.step))
    }
}

impl Block {
    /// The head of the next row of the run, if there is one.
    fn head(&mut self, file: &mut SpooledTempFile, run: &mut Run) -> io::Result<Option<Head>> {
        if self.used == self.bytes.len() && run.start == run.end {
            return Ok(None);
        }
        Ok(Head::from_bytes(self.read(file, run, Head::SIZE)?))
    }

    /// The next `size` bytes of the run.
    fn read(
        &mut self,
        file: &mut SpooledTempFile,
        run: &mut Run,
        size: usize,
    ) -> io::Result<&[u8]> {
        if self.bytes.len() - self.used < size {
            self.bytes.drain(..self.used);
            self.used = 0;
            let missing = (size - self.bytes.len()) as u64;
            let length = missing.max(BLOCK).min(run.end - run.start);
            file.seek(SeekFrom::Start(run.start))?;
            file.take(length).read_to_end(&mut self.bytes)?;
            run.start += length;
        }
        self.bytes
            .get(self.used..self.used + size)
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows that come out, each as a list of cells.
    fn come_out(spool: Spool, priority: usize) -> Vec<String> {
        let mut seen = Vec::new();
        let keep = |rows: Rows| {
            seen.extend(rows.iter().map(|row| format!("{:?}", row.cells().collect::<Vec<_>>())));
            Ok(())
        };
        spool.ranked(priority, keep).unwrap();
        seen
    }

    fn row(cells: &[Cell<'_>]) -> Rows {
        let mut rows = Rows::new(cells.len());
        for cell in cells {
            rows.push(*cell);
        }
        rows
    }

    #[test]
    fn rows_come_back_as_they_came_with_their_rank() {
        let mut spool = Spool::new(3);
        for (number, (text, urgency)) in
            [("low", 0.1), ("", 0.9), ("also high\n", 0.9)].into_iter().enumerate()
        {
            let rows = row(&[Cell::Text(text), Cell::Empty, Cell::Number(urgency)]);
            spool.push(number as u64, rows.row(0), urgency).unwrap();
        }
        assert_eq!(
            come_out(spool, 1),
            [
                r#"[Text("low"), Count(3), Number(0.1)]"#,
                r#"[Empty, Count(1), Number(0.9)]"#,
                r#"[Text("also high\n"), Count(2), Number(0.9)]"#,
            ]
        );
    }

    #[test]
    fn rows_out_of_order_come_back_in_order() {
        let mut spool = Spool::new(2);
        for number in [0, 1, 4, 9, 2, 7, 8, 3, 5, 6] {
            spool.push(number, row(&[Cell::Count(number), Cell::Empty]).row(0), 0.0).unwrap();
        }
        let expected: Vec<String> =
            (0..10).map(|number| format!("[Count({number}), Count({})]", number + 1)).collect();
        assert_eq!(come_out(spool, 1), expected);
    }

    #[test]
    fn many_rows_go_through_a_file() {
        let mut spool = Spool::new(2);
        let text = "x".repeat(1 << 20);
        let count = (IN_MEMORY >> 20) + 2;
        for number in 0..count {
            let rows = row(&[Cell::Text(&text), Cell::Empty]);
            spool.push(number as u64, rows.row(0), 0.0).unwrap();
        }
        let come = come_out(spool, 1);
        assert_eq!(come.len(), count);
        assert!(come.iter().zip(1..).all(|(row, rank)| row.contains(&text) && row.ends_with(&format!("Count({rank})]"))));
    }
}
