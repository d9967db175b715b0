//! Rows on their way to the reports, kept aside until every row's priority is known.
//!
//! A priority is a rank over the whole run, so no row can be written before the last one is
//! scored. Rows wait in memory while they are few and in a temporary file when they are many; only
//! a histogram of their urgency is kept for the ranking.

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::error::{Error, Result};
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

/// Rows kept aside.
pub(super) struct Spool {
    width: usize,
    file: BufWriter<SpooledTempFile>,
    rows: u64,
    /// How many rows have each urgency.
    histogram: Vec<u64>,
}

impl Spool {
    /// No rows yet, of `width` cells each.
    pub(super) fn new(width: usize) -> Self {
        let file = BufWriter::new(SpooledTempFile::new(IN_MEMORY));
        Self { width, file, rows: 0, histogram: vec![0; usize::from(STEPS) + 1] }
    }

    /// Adds a row; `urgency` is 0–1.
    pub(super) fn push(&mut self, row: Row<'_>, urgency: f64) -> Result<()> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0–1 is in range"
        )]
        let step = (urgency.clamp(0.0, 1.0) * f64::from(STEPS)) as u16;
        self.histogram[usize::from(step)] += 1;
        self.rows += 1;
        self.write(row, step).map_err(Error::Spool)
    }

    fn write(&mut self, row: Row<'_>, step: u16) -> io::Result<()> {
        let file = &mut self.file;
        file.write_all(&step.to_le_bytes())?;
        for cell in row.cells() {
            match cell {
                Cell::Empty => file.write_all(&[EMPTY])?,
                Cell::Text(text) => {
                    file.write_all(&[TEXT])?;
                    file.write_all(&(text.len() as u64).to_le_bytes())?;
                    file.write_all(text.as_bytes())?;
                }
                Cell::Number(value) => {
                    file.write_all(&[NUMBER])?;
                    file.write_all(&value.to_le_bytes())?;
                }
                Cell::Count(value) => {
                    file.write_all(&[COUNT])?;
                    file.write_all(&value.to_le_bytes())?;
                }
            }
        }
        Ok(())
    }

    /// Gives the rows back in the order in which they came, with their rank by urgency, from 1, in
    /// column `priority`.
    pub(super) fn ranked(
        self,
        priority: usize,
        mut take: impl FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut next_rank = self.histogram;
        let mut rank = 1;
        for count in next_rank.iter_mut().rev() {
            rank += std::mem::replace(count, rank);
        }
        let mut file = self.file.into_inner().map_err(|error| Error::Spool(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(Error::Spool)?;
        let mut file = BufReader::new(file);
        let mut rows = Rows::new(self.width);
        for _ in 0..self.rows {
            rows.clear();
            let step = read_row(&mut file, &mut rows, self.width).map_err(Error::Spool)?;
            let rank = &mut next_rank[usize::from(step)];
            rows.set_count(0, priority, *rank);
            *rank += 1;
            take(rows.row(0))?;
        }
        Ok(())
    }
}

/// Reads one row of `width` cells, and its urgency.
fn read_row(file: &mut impl Read, rows: &mut Rows, width: usize) -> io::Result<u16> {
    let mut step = [0; 2];
    file.read_exact(&mut step)?;
    for _ in 0..width {
        let mut kind = [0];
        file.read_exact(&mut kind)?;
        if kind[0] == EMPTY {
            rows.push(Cell::Empty);
            continue;
        }
        let mut value = [0; 8];
        file.read_exact(&mut value)?;
        match kind[0] {
            NUMBER => rows.push(Cell::Number(f64::from_le_bytes(value))),
            COUNT => rows.push(Cell::Count(u64::from_le_bytes(value))),
            _ => {
                let length = u64::from_le_bytes(value);
                let mut read = Ok(0);
                rows.push_text(|buffer| read = file.take(length).read_to_string(buffer));
                read?;
            }
        }
    }
    Ok(u16::from_le_bytes(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_came_with_their_rank() {
        let mut spool = Spool::new(3);
        for (text, urgency) in [("low", 0.1), ("", 0.9), ("also high\n", 0.9)] {
            let mut rows = Rows::new(3);
            rows.push(Cell::Text(text));
            rows.push(Cell::Empty);
            rows.push(Cell::Number(urgency));
            spool.push(rows.row(0), urgency).unwrap();
        }
        let mut seen = Vec::new();
        let keep = |row: Row<'_>| {
            seen.push(format!("{:?}", row.cells().collect::<Vec<_>>()));
            Ok(())
        };
        spool.ranked(1, keep).unwrap();
        assert_eq!(
            seen,
            [
                r#"[Text("low"), Count(3), Number(0.1)]"#,
                r#"[Empty, Count(1), Number(0.9)]"#,
                r#"[Text("also high\n"), Count(2), Number(0.9)]"#,
            ]
        );
    }

    #[test]
    fn many_rows_go_through_a_file() {
        let mut spool = Spool::new(2);
        let text = "x".repeat(1 << 20);
        for _ in 0..(IN_MEMORY >> 20) + 2 {
            let mut rows = Rows::new(2);
            rows.push(Cell::Text(&text));
            rows.push(Cell::Empty);
            spool.push(rows.row(0), 0.0).unwrap();
        }
        let mut rank = 0;
        let check = |row: Row<'_>| {
            rank += 1;
            assert_eq!(row.cell(1), Cell::Count(rank));
            assert_eq!(row.cell(0), Cell::Text(&text));
            Ok(())
        };
        spool.ranked(1, check).unwrap();
        assert_eq!(rank, 34);
    }
}
