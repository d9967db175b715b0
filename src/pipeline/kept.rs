//! How a row is kept until the run is over: a head that says where it stands, the lines that were
//! made of it, and its cells.

use std::io;

use crate::export::{LineKind, Lines};
use crate::table::{Cell, Row, Rows};

/// In which forms rows are kept: those that the reports of the run need.
#[derive(Clone, Default)]
pub(super) struct Forms {
    /// As lines.
    pub(super) lines: Vec<LineKind>,
    /// As cells.
    pub(super) cells: bool,
}

/// Urgency is told apart in this many steps; rows of one step rank in input order.
pub(super) const STEPS: u16 = u16::MAX;

/// Where a row stands among the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The row's number in the run, in input order, from 0.
    pub(super) number: u64,
    /// How soon a moderator should look at it, from 0 to [`STEPS`].
    pub(super) urgency: u16,
    /// The number of the first row of its thread, and how many rows the thread has.
    pub(super) thread: (u64, u64),
    /// Its place in the reading order of the thread, from 0.
    pub(super) place: u64,
    /// The number of the row with the comment that it answers.
    pub(super) parent: Option<u64>,
}

/// The step that an urgency of 0–1 is on.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0–1 is in range")]
pub(super) fn step(urgency: f64) -> u16 {
    (urgency.clamp(0.0, 1.0) * f64::from(STEPS)) as u16
}

/// What stands before the lines and cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) standing: Standing,
    /// Bytes of the lines and cells that follow.
    pub(super) length: u32,
}

impl Head {
    /// Bytes of a head.
    pub(super) const SIZE: usize = 46;

    fn to_bytes(self) -> [u8; Self::SIZE] {
        let Standing { number, urgency, thread: (first, size), place, parent } = self.standing;
        let mut bytes = [0; Self::SIZE];
        let numbers = [number, first, size, place, parent.unwrap_or(u64::MAX)];
        for (bytes, number) in bytes.chunks_exact_mut(8).zip(numbers) {
            bytes.copy_from_slice(&number.to_le_bytes());
        }
        bytes[40..44].copy_from_slice(&self.length.to_le_bytes());
        bytes[44..].copy_from_slice(&urgency.to_le_bytes());
        bytes
    }

    /// The head that `bytes` begin with; `None` if they are too few.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.split_first_chunk::<40>()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (urgency, _) = rest.split_first_chunk()?;
        let number = |index: usize| {
            numbers[index * 8..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
        };
        let standing = Standing {
            number: number(0),
            urgency: u16::from_le_bytes(*urgency),
            thread: (number(1), number(2)),
            place: number(3),
            parent: Some(number(4)).filter(|parent| *parent != u64::MAX),
        };
        Some(Self { standing, length: u32::from_le_bytes(*length) })
    }
}

/// Makes kept rows.
pub(super) struct Packer {
    makers: Vec<Box<dyn Lines>>,
    cells: bool,
    /// The column for the rank, which lines leave out.
    priority: usize,
}

impl Packer {
    /// For rows to be kept in `forms`, with their rank in column `priority`.
    pub(super) fn new(forms: &Forms, priority: usize) -> Self {
        let makers = forms.lines.iter().filter_map(LineKind::maker).collect();
        Self { makers, cells: forms.cells, priority }
    }

    /// Appends a row to `bytes`.
    ///
    /// # Errors
    ///
    /// If the row has more than four gigabytes.
    pub(super) fn append(
        &mut self,
        row: Row<'_>,
        standing: Standing,
        bytes: &mut Vec<u8>,
    ) -> io::Result<()> {
        let start = bytes.len();
        bytes.extend_from_slice(&[0; Head::SIZE]);
        for maker in &mut self.makers {
            let numbers = bytes.len();
            bytes.extend_from_slice(&[0; 8]);
            let hole = maker.add(row, Some(self.priority), bytes)?;
            let length = bytes.len() - numbers - 8;
            for (place, number) in bytes[numbers..].chunks_exact_mut(4).zip([length, hole]) {
                let number = u32::try_from(number).map_err(io::Error::other)?;
                place.copy_from_slice(&number.to_le_bytes());
            }
        }
        if self.cells {
            for cell in row.cells() {
                *bytes =
                    postcard::to_extend(&cell, std::mem::take(bytes)).map_err(io::Error::other)?;
            }
        }
        let length = bytes.len() - start - Head::SIZE;
        let length = u32::try_from(length).map_err(io::Error::other)?;
        bytes[start..start + Head::SIZE].copy_from_slice(&Head { standing, length }.to_bytes());
        Ok(())
    }
}

/// The first line of what is kept of a row, where its hole is, and what follows it.
fn first_line(body: &[u8]) -> Option<(&[u8], usize, &[u8])> {
    let (length, rest) = body.split_first_chunk()?;
    let (hole, rest) = rest.split_first_chunk()?;
    let (line, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((line, u32::from_le_bytes(*hole) as usize, rest))
}

impl Forms {
    /// As cells only.
    pub(super) fn cells() -> Self {
        Self { lines: Vec::new(), cells: true }
    }

    /// The line of the kind at `index` that is kept in `body`, and where its hole is.
    pub(super) fn line(index: usize, mut body: &[u8]) -> io::Result<(&[u8], usize)> {
        for _ in 0..index {
            (.., body) = first_line(body).ok_or(io::ErrorKind::InvalidData)?;
        }
        let (line, hole, _) = first_line(body).ok_or(io::ErrorKind::InvalidData)?;
        if hole > line.len() { Err(io::ErrorKind::InvalidData.into()) } else { Ok((line, hole)) }
    }

    /// Adds the row whose cells are kept in `body`.
    pub(super) fn decode(&self, mut body: &[u8], rows: &mut Rows) -> io::Result<()> {
        for _ in &self.lines {
            (.., body) = first_line(body).ok_or(io::ErrorKind::InvalidData)?;
        }
        while !body.is_empty() {
            let (cell, rest) =
                postcard::take_from_bytes::<Cell<'_>>(body).map_err(io::Error::other)?;
            rows.push(cell);
            body = rest;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_comes_back_as_it_was() {
        let standing =
            Standing { number: 7, urgency: 500, thread: (5, 3), place: 2, parent: Some(6) };
        for standing in [standing, Standing::default()] {
            let head = Head { standing, length: 11 };
            assert_eq!(Head::from_bytes(&head.to_bytes()), Some(head));
        }
        assert_eq!(Head::from_bytes(&[0; Head::SIZE - 1]), None);
    }
}
