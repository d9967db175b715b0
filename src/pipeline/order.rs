//! Where each row stands, for reports that want the rows in another order than that of the input.

use std::io;

use tempfile::SpooledTempFile;

use super::index::Table;
use super::kept::Standing;
use super::merge::{Lying, Merge, Run};
use super::ranks::Ranks;

/// Where rows stand.
pub(super) struct Tables {
    /// By number, the rank by urgency, from 1.
    pub(super) ranks: Table,
    /// By rank, from 0, where the row begins in the file.
    pub(super) by_priority: Table,
    /// By place in reading order, from 0, where the row begins in the file.
    pub(super) by_reading: Table,
}

impl Tables {
    /// Goes over all rows once.
    pub(super) fn new(
        file: &mut SpooledTempFile,
        runs: &[Run],
        mut ranks: Ranks,
    ) -> io::Result<Self> {
        let mut tables =
            Self { ranks: Table::new(), by_priority: Table::new(), by_reading: Table::new() };
        // By number of the first row of a thread, its place in reading order. Threads stand in the
        // order of their first rows, so each begins where those before end.
        let mut begins = Table::new();
        let mut next_place = 0;
        let mut merge = Merge::new(file, runs);
        while let Some(Lying { head, offset, .. }) = merge.next()? {
            let Standing { number, urgency, thread: (first, size), place, .. } = head.standing;
            if number == first {
                begins.set(first, next_place)?;
                next_place += size;
            }
            tables.by_reading.set(begins.get(first)? + place, offset)?;
            let rank = ranks.next(urgency);
            tables.by_priority.set(rank - 1, offset)?;
            tables.ranks.set(number, rank)?;
        }
        Ok(tables)
    }
}
