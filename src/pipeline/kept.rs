//! How a row is kept until the run is over: a head that says where it stands, and its cells.

use std::io;

use crate::table::{Cell, Row, Rows};

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

/// What stands before the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) standing: Standing,
    /// Bytes of the cells that follow.
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

/// Appends a row to `bytes`.
///
/// # Errors
///
/// If the row has more than four gigabytes.
pub(super) fn append(row: Row<'_>, standing: Standing, bytes: &mut Vec<u8>) -> io::Result<()> {
    let start = bytes.len();
    bytes.extend([0; Head::SIZE]);
    let mut encoded = std::mem::take(bytes);
    for cell in row.cells() {
        encoded = postcard::to_extend(&cell, encoded).map_err(io::Error::other)?;
    }
    *bytes = encoded;
    let length = bytes.len() - start - Head::SIZE;
    let length = u32::try_from(length).map_err(io::Error::other)?;
    bytes[start..start + Head::SIZE].copy_from_slice(&Head { standing, length }.to_bytes());
    Ok(())
}

/// Adds the row whose cells are `bytes`.
pub(super) fn decode(mut bytes: &[u8], rows: &mut Rows) -> io::Result<()> {
    while !bytes.is_empty() {
        let (cell, rest) =
            postcard::take_from_bytes::<Cell<'_>>(bytes).map_err(io::Error::other)?;
        rows.push(cell);
        bytes = rest;
    }
    Ok(())
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
