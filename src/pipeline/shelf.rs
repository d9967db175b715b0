//! The rows of a run that is over, for reports to take in the order that suits them.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use tempfile::SpooledTempFile;

use super::kept::{Forms, Head};
use super::merge::{Lying, Merge, Run};
use super::order::Tables;
use crate::error::Error;
use crate::export::{Entry, Order, Stock, Take, WriteOptions};
use crate::table::Rows;

/// Rows handed on at once.
const HANDFUL: usize = 500;

/// Handfuls on their way, so that neither side waits for the other.
const ON_THE_WAY: usize = 4;

/// Rows that are all there.
pub(super) struct Shelf {
    pub(super) forms: Forms,
    pub(super) width: usize,
    /// The column for the rank.
    pub(super) priority: usize,
    pub(super) count: u64,
    pub(super) file: SpooledTempFile,
    pub(super) runs: Vec<Run>,
    /// By urgency, the rank, from 0, of its first row.
    pub(super) first_ranks: Vec<u64>,
    /// Made when a report first asks for another order than that of the input.
    pub(super) tables: Option<Tables>,
}

/// Some rows, and for each the rank of its parent.
struct Handful {
    rows: Rows,
    parents: Vec<Option<u64>>,
}

/// Where handfuls go, and where they come back empty to be filled again.
struct Hands {
    full: SyncSender<Handful>,
    empty: Receiver<Handful>,
    filling: Handful,
    width: usize,
}

impl Hands {
    /// Sends off what is there if it is a handful; false if nobody takes rows any more.
    fn send_if_full(&mut self) -> bool {
        self.filling.parents.len() < HANDFUL || self.send()
    }

    fn send(&mut self) -> bool {
        let width = self.width;
        let new = || Handful { rows: Rows::new(width), parents: Vec::new() };
        let mut empty = self.empty.try_recv().unwrap_or_else(|_| new());
        empty.rows.clear();
        empty.parents.clear();
        self.full.send(std::mem::replace(&mut self.filling, empty)).is_ok()
    }
}

impl Shelf {
    /// Reads all rows in the order and sends them off, until nobody takes them any more.
    fn send(&mut self, order: Order, mut hands: Hands) -> io::Result<()> {
        match order {
            Order::Input => self.send_in_input_order(&mut hands)?,
            Order::Priority | Order::Reading => self.send_by_tables(order, &mut hands)?,
        }
        hands.send();
        Ok(())
    }

    fn send_in_input_order(&mut self, hands: &mut Hands) -> io::Result<()> {
        let mut next_rank = self.first_ranks.clone();
        let mut merge = Merge::new(&mut self.file, &self.runs);
        while let Some(Lying { head, body, .. }) = merge.next()? {
            let rank = &mut next_rank[usize::from(head.standing.urgency)];
            *rank += 1;
            let Handful { rows, parents } = &mut hands.filling;
            self.forms.decode(body, rows)?;
            rows.set_count(rows.len() - 1, self.priority, *rank);
            parents.push(None);
            if !hands.send_if_full() {
                break;
            }
        }
        Ok(())
    }

    fn send_by_tables(&mut self, order: Order, hands: &mut Hands) -> io::Result<()> {
        let tables = match &mut self.tables {
            Some(tables) => tables,
            none => none.insert(Tables::new(&mut self.file, &self.runs, self.first_ranks.clone())?),
        };
        let mut bytes = Vec::new();
        for place in 0..self.count {
            let by_priority = order == Order::Priority;
            let by = if by_priority { &mut tables.by_priority } else { &mut tables.by_reading };
            let Handful { rows, parents } = &mut hands.filling;
            let head = read_at(&mut self.file, by.get(place)?, &mut bytes)?;
            self.forms.decode(&bytes, rows)?;
            let rank = tables.ranks.get(head.standing.number)?;
            rows.set_count(rows.len() - 1, self.priority, rank);
            let parent = head.standing.parent.map(|parent| tables.ranks.get(parent));
            parents.push(parent.transpose()?);
            if !hands.send_if_full() {
                break;
            }
        }
        Ok(())
    }
}

/// Reads what is kept of the row that begins at `offset`.
fn read_at(file: &mut SpooledTempFile, offset: u64, bytes: &mut Vec<u8>) -> io::Result<Head> {
    file.seek(SeekFrom::Start(offset))?;
    bytes.resize(Head::SIZE, 0);
    file.read_exact(bytes)?;
    let head = Head::from_bytes(bytes).ok_or(io::ErrorKind::UnexpectedEof)?;
    bytes.resize(head.length as usize, 0);
    file.read_exact(bytes)?;
    Ok(head)
}

/// One thread reads and decodes while the report takes rows on another.
impl Stock for Shelf {
    fn count(&self) -> u64 {
        self.count
    }

    fn each(&mut self, order: Order, take: &mut Take<'_>) -> io::Result<()> {
        thread::scope(|scope| {
            let (full, ready) = sync_channel(ON_THE_WAY);
            let (used, empty) = sync_channel(ON_THE_WAY);
            let width = self.width;
            let filling = Handful { rows: Rows::new(width), parents: Vec::new() };
            let hands = Hands { full, empty, filling, width };
            let reader = scope.spawn(move || self.send(order, hands));
            for handful in ready {
                let Handful { rows, parents } = &handful;
                for (row, parent) in rows.iter().zip(parents) {
                    take(Entry { row, parent_priority: *parent })?;
                }
                // Where the way back is full, this one is one too many.
                let _ = used.try_send(handful);
            }
            let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.map_err(spoilt)
        })
    }

    fn lines(
        &mut self,
        report: &str,
        options: &WriteOptions,
        output: &mut dyn Write,
    ) -> io::Result<bool> {
        let kind = self.forms.lines.iter().position(|kind| kind.is_of(report, options));
        let Some(kind) = kind else { return Ok(false) };
        let mut next_rank = self.first_ranks.clone();
        let mut digits = itoa::Buffer::new();
        let mut merge = Merge::new(&mut self.file, &self.runs);
        while let Some(Lying { head, body, .. }) = merge.next().map_err(spoilt)? {
            let rank = &mut next_rank[usize::from(head.standing.urgency)];
            *rank += 1;
            let (line, hole) = Forms::line(kind, body).map_err(spoilt)?;
            let (before, behind) = line.split_at(hole);
            output.write_all(before)?;
            output.write_all(digits.format(*rank).as_bytes())?;
            output.write_all(behind)?;
        }
        Ok(true)
    }
}

/// An error of the rows, which is not one of the report.
fn spoilt(error: io::Error) -> io::Error {
    io::Error::other(Error::Spool(error))
}

#[cfg(test)]
mod tests;
