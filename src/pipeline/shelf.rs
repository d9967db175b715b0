//! The rows of a run that is over, for reports to take in the order that suits them.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::mem;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ScopedJoinHandle};

use tempfile::SpooledTempFile;

use super::kept::{Forms, Head};
use super::merge::{Lying, Merge, Run};
use super::order::Tables;
use super::ranks::Ranks;
use crate::error::Error;
use crate::export::{Entry, Order, Stock, Take, WriteOptions};
use crate::table::Rows;

/// Rows handed on at once.
const HANDFUL: usize = 500;

/// Bytes of lines handed on at once.
const BLOCK: usize = 256 << 10;

/// Handfuls or blocks on their way, so that neither side waits for the other.
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
    pub(super) ranks: Ranks,
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
        self.full.send(mem::replace(&mut self.filling, empty)).is_ok()
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
        let mut ranks = self.ranks.clone();
        let mut merge = Merge::new(&mut self.file, &self.runs);
        while let Some(Lying { head, body, .. }) = merge.next()? {
            let rank = ranks.next(head.standing.urgency);
            let Handful { rows, parents } = &mut hands.filling;
            self.forms.decode(body, rows)?;
            rows.set_count(rows.len() - 1, self.priority, rank);
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
            none => none.insert(Tables::new(&mut self.file, &self.runs, self.ranks.clone())?),
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

    /// Reads the lines of the kind at `kind`, in input order, puts their ranks in, and sends them off
    /// in blocks, until nobody takes them any more. What comes back `empty` is filled again.
    fn send_lines(
        &mut self,
        kind: usize,
        full: &SyncSender<Vec<u8>>,
        empty: &Receiver<Vec<u8>>,
    ) -> io::Result<()> {
        let mut ranks = self.ranks.clone();
        let mut digits = itoa::Buffer::new();
        let mut merge = Merge::new(&mut self.file, &self.runs);
        let mut block = Vec::with_capacity(BLOCK);
        while let Some(Lying { head, body, .. }) = merge.next()? {
            let rank = ranks.next(head.standing.urgency);
            let (line, hole) = Forms::line(kind, body)?;
            let (before, behind) = line.split_at(hole);
            let rank = digits.format(rank).as_bytes();
            if block.len() + line.len() + rank.len() > BLOCK {
                let next = empty.try_recv().unwrap_or_else(|_| Vec::with_capacity(BLOCK));
                if full.send(mem::replace(&mut block, next)).is_err() {
                    return Ok(());
                }
                block.clear();
            }
            for part in [before, rank, behind] {
                block.extend_from_slice(part);
            }
        }
        // If nobody takes it, there is nobody to tell either.
        let _ = full.send(block);
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
            joined(reader)
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
        thread::scope(|scope| {
            let (full, ready) = sync_channel(ON_THE_WAY);
            let (used, empty) = sync_channel(ON_THE_WAY);
            let reader = scope.spawn(move || self.send_lines(kind, &full, &empty));
            for block in ready {
                output.write_all(&block)?;
                let _ = used.try_send(block);
            }
            joined(reader)
        })?;
        Ok(true)
    }
}

/// What became of the reading of rows.
fn joined(reader: ScopedJoinHandle<'_, io::Result<()>>) -> io::Result<()> {
    reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map_err(spoilt)
}

/// An error of the rows, which is not one of the report.
fn spoilt(error: io::Error) -> io::Error {
    io::Error::other(Error::Spool(error))
}

#[cfg(test)]
mod tests;
