//! Rows in a file that lie in runs, each in order, read as if they were one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Read, Seek, SeekFrom};

use tempfile::SpooledTempFile;

use crate::table::{Cell, Rows};

/// Bytes read at once of a run. There may be hundreds of runs to merge.
const BLOCK: u64 = 32 << 10;

/// Rows in order, one behind the other in the file.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// The number of its first row.
    pub(super) first: u64,
    /// Where it begins, or what is left of it begins.
    pub(super) start: u64,
    /// Where it ends.
    pub(super) end: u64,
}

/// What stands before each row in the file.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// The row's number in the run, in input order, from 0.
    pub(super) number: u64,
    /// The number of the row with the comment that it answers.
    pub(super) parent: Option<u64>,
    /// Bytes of the cells that follow.
    pub(super) length: u32,
}

impl Head {
    pub(super) const SIZE: usize = 20;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[..8].copy_from_slice(&self.number.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.parent.unwrap_or(u64::MAX).to_le_bytes());
        bytes[16..].copy_from_slice(&self.length.to_le_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (number, rest) = bytes.split_first_chunk()?;
        let (parent, rest) = rest.split_first_chunk()?;
        let (length, _) = rest.split_first_chunk()?;
        Some(Self {
            number: u64::from_le_bytes(*number),
            parent: Some(u64::from_le_bytes(*parent)).filter(|parent| *parent != u64::MAX),
            length: u32::from_le_bytes(*length),
        })
    }
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

/// Reads runs as one: always the row with the lowest number next.
pub(super) struct Merge<'a> {
    file: &'a mut SpooledTempFile,
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

impl<'a> Merge<'a> {
    pub(super) fn new(file: &'a mut SpooledTempFile, runs: &[Run]) -> Self {
        let next =
            runs.iter().enumerate().map(|(index, run)| Reverse((run.first, index))).collect();
        Self { file, next, runs: runs.iter().map(|run| (*run, Block::default())).collect() }
    }

    /// The file, for whoever wants rows out of order.
    pub(super) fn file(&mut self) -> &mut SpooledTempFile {
        self.file
    }

    /// Adds the next row to `rows` and gives its head; `None` after the last one.
    pub(super) fn next(&mut self, rows: &mut Rows) -> io::Result<Option<Head>> {
        let Some(Reverse((_, index))) = self.next.pop() else { return Ok(None) };
        let (run, block) = &mut self.runs[index];
        let head = block.head(self.file, run)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let length = head.length as usize;
        decode(&block.read(self.file, run, Head::SIZE + length)?[Head::SIZE..], rows)?;
        block.used += Head::SIZE + length;
        match block.head(self.file, run)? {
            Some(head) => self.next.push(Reverse((head.number, index))),
            None => *block = Block::default(),
        }
        Ok(Some(head))
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
