//! Rows on their way to the reports, kept aside until every row's priority is known.
//!
//! A priority is a rank over the whole run, so no row can be written before the last one is
//! scored. Rows wait in memory while they are few and in a temporary file when they are many; the
//! ranking needs no sort, only a histogram of urgency. Where each row begins is kept in tables, so
//! that reports can have the rows in any [`Order`].

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::index::Table;
use crate::error::{Error, Result};
use crate::export::{Entry, Order, Stock, Take};
use crate::table::{Cell, Row, Rows};

/// Rows are kept in memory up to this many bytes.
const IN_MEMORY: usize = 32 << 20;

/// Urgency is told apart in this many steps; rows of one step rank in input order.
const STEPS: u16 = u16::MAX;

/// What stands in front of each cell.
const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const COUNT: u8 = 3;

/// Where a row stands among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// How soon a moderator should look at it, 0–1.
    pub(super) urgency: f64,
    /// Its number in reading order, from 0; each number is given once.
    pub(super) reading: u64,
    /// The same of the comment that it answers.
    pub(super) parent: Option<u64>,
}

/// Rows kept aside.
pub(super) struct Spool {
    width: usize,
    file: BufWriter<SpooledTempFile>,
    /// How many bytes were written to `file`.
    bytes: u64,
    rows: u64,
    /// How many rows have each urgency.
    histogram: Vec<u64>,
    /// For each row as it came: its number in reading order and the step of its urgency.
    slips: Table,
    /// For each row in reading order, where it begins.
    by_reading: Table,
}

impl Spool {
    /// No rows yet, of `width` cells each.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)),
            bytes: 0,
            rows: 0,
            histogram: vec![0; usize::from(STEPS) + 1],
            slips: Table::new(),
            by_reading: Table::new(),
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: Row<'_>, place: Place) -> Result<()> {
        self.write(row, place).map_err(Error::Spool)
    }

    fn write(&mut self, row: Row<'_>, place: Place) -> io::Result<()> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0–1 is in range"
        )]
        let step = (place.urgency.clamp(0.0, 1.0) * f64::from(STEPS)) as u16;
        self.histogram[usize::from(step)] += 1;
        self.slips.set(self.rows, place.reading << 16 | u64::from(step))?;
        self.by_reading.set(place.reading, self.bytes)?;
        self.rows += 1;
        let parent = place.parent.map_or(0, |parent| parent + 1);
        self.put(&place.reading.to_le_bytes())?;
        self.put(&parent.to_le_bytes())?;
        for cell in row.cells() {
            match cell {
                Cell::Empty => self.put(&[EMPTY])?,
                Cell::Text(text) => {
                    self.put(&[TEXT])?;
                    self.put(&(text.len() as u64).to_le_bytes())?;
                    self.put(text.as_bytes())?;
                }
                Cell::Number(value) => {
                    self.put(&[NUMBER])?;
                    self.put(&value.to_le_bytes())?;
                }
                Cell::Count(value) => {
                    self.put(&[COUNT])?;
                    self.put(&value.to_le_bytes())?;
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// The rows with their rank by urgency, from 1, in column `priority`.
    pub(super) fn ranked(mut self, priority: usize) -> Result<Shelf> {
        let mut next_rank = std::mem::take(&mut self.histogram);
        let mut rank = 1;
        for count in next_rank.iter_mut().rev() {
            rank += std::mem::replace(count, rank);
        }
        self.rank(priority, &mut next_rank).map_err(Error::Spool)
    }

    fn rank(mut self, priority: usize, next_rank: &mut [u64]) -> io::Result<Shelf> {
        let (mut ranks, mut by_priority) = (Table::new(), Table::new());
        for row in 0..self.rows {
            let slip = self.slips.get(row)?;
            let (reading, step) = (slip >> 16, slip & u64::from(STEPS));
            let next = usize::try_from(step).ok().and_then(|step| next_rank.get_mut(step));
            let Some(rank) = next else { continue };
            ranks.set(reading, *rank)?;
            by_priority.set(*rank - 1, self.by_reading.get(reading)?)?;
            *rank += 1;
        }
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let (width, count, by_reading) = (self.width, self.rows, self.by_reading);
        let file = BufReader::new(file);
        Ok(Shelf { width, count, priority, file, ranks, by_priority, by_reading })
    }
}

/// Rows that are all there, in any order.
pub(super) struct Shelf {
    width: usize,
    count: u64,
    /// The column for the rank.
    priority: usize,
    file: BufReader<SpooledTempFile>,
    /// For each row in reading order, its rank.
    ranks: Table,
    /// For each rank, from 0, where the row begins.
    by_priority: Table,
    /// For each row in reading order, where it begins.
    by_reading: Table,
}

impl Stock for Shelf {
    fn count(&self) -> u64 {
        self.count
    }

    fn each(&mut self, order: Order, take: &mut Take<'_>) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0)).map_err(lost)?;
        let mut rows = Rows::new(self.width);
        for number in 0..self.count {
            rows.clear();
            let parent_priority = self.read(order, number, &mut rows).map_err(lost)?;
            take(Entry { row: rows.row(0), parent_priority })?;
        }
        Ok(())
    }
}

impl Shelf {
    /// Reads row `number` of the order, and gives the rank of its parent.
    fn read(&mut self, order: Order, number: u64, rows: &mut Rows) -> io::Result<Option<u64>> {
        match order {
            // The file is in this order, and is where the row begins.
            Order::Input => {}
            Order::Priority => {
                self.file.seek(SeekFrom::Start(self.by_priority.get(number)?))?;
            }
            Order::Reading => {
                self.file.seek(SeekFrom::Start(self.by_reading.get(number)?))?;
            }
        }
        let [reading, parent] = [read_number(&mut self.file)?, read_number(&mut self.file)?];
        for _ in 0..self.width {
            read_cell(&mut self.file, rows)?;
        }
        rows.set_count(0, self.priority, self.ranks.get(reading)?);
        parent.checked_sub(1).map(|parent| self.ranks.get(parent)).transpose()
    }
}

fn read_number(file: &mut impl Read) -> io::Result<u64> {
    let mut value = [0; 8];
    file.read_exact(&mut value)?;
    Ok(u64::from_le_bytes(value))
}

fn read_cell(file: &mut impl Read, rows: &mut Rows) -> io::Result<()> {
    let mut kind = [0];
    file.read_exact(&mut kind)?;
    match kind[0] {
        EMPTY => rows.push(Cell::Empty),
        NUMBER => rows.push(Cell::Number(f64::from_bits(read_number(file)?))),
        COUNT => rows.push(Cell::Count(read_number(file)?)),
        _ => {
            let length = read_number(file)?;
            let mut read = Ok(0);
            rows.push_text(|buffer| read = file.take(length).read_to_string(buffer));
            read?;
        }
    }
    Ok(())
}

/// Tells trouble with the rows from trouble with the report.
fn lost(error: io::Error) -> io::Error {
    io::Error::other(Error::Spool(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(shelf: &mut Shelf, order: Order) -> Vec<String> {
        let mut seen = Vec::new();
        let keep = &mut |entry: Entry<'_>| {
            let cells: Vec<_> = entry.row.cells().collect();
            seen.push(format!("{cells:?} answers {:?}", entry.parent_priority));
            Ok(())
        };
        shelf.each(order, keep).unwrap();
        seen
    }

    #[test]
    fn rows_come_back_in_any_order_with_their_rank_and_that_of_their_parent() {
        let mut spool = Spool::new(3);
        for (text, urgency, reading, parent) in
            [("low", 0.1, 0, None), ("", 0.9, 2, None), ("also high\n", 0.9, 1, Some(0))]
        {
            let mut rows = Rows::new(3);
            rows.push(Cell::Text(text));
            rows.push(Cell::Empty);
            rows.push(Cell::Number(urgency));
            spool.push(rows.row(0), Place { urgency, reading, parent }).unwrap();
        }
        let mut shelf = spool.ranked(1).unwrap();
        let low = r#"[Text("low"), Count(3), Number(0.1)] answers None"#;
        let empty = r#"[Empty, Count(1), Number(0.9)] answers None"#;
        let high = r#"[Text("also high\n"), Count(2), Number(0.9)] answers Some(3)"#;
        assert_eq!(seen(&mut shelf, Order::Input), [low, empty, high]);
        assert_eq!(seen(&mut shelf, Order::Priority), [empty, high, low]);
        assert_eq!(seen(&mut shelf, Order::Reading), [low, high, empty]);
        assert_eq!(seen(&mut shelf, Order::Input), [low, empty, high]);
    }

    #[test]
    fn many_rows_go_through_a_file() {
        let mut spool = Spool::new(2);
        let text = "x".repeat(1 << 20);
        for reading in 0..(IN_MEMORY as u64 >> 20) + 2 {
            let mut rows = Rows::new(2);
            rows.push(Cell::Text(&text));
            rows.push(Cell::Empty);
            spool.push(rows.row(0), Place { urgency: 0.0, reading, parent: None }).unwrap();
        }
        let mut rank = 0;
        let check = &mut |entry: Entry<'_>| {
            rank += 1;
            assert_eq!(entry.row.cell(1), Cell::Count(rank));
            assert_eq!(entry.row.cell(0), Cell::Text(&text));
            Ok(())
        };
        spool.ranked(1).unwrap().each(Order::Priority, check).unwrap();
        assert_eq!(rank, 34);
    }
}
