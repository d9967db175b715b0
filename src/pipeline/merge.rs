//! Rows in a file that lie in runs, each in order, read as if they were one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Read, Seek, SeekFrom};

use tempfile::SpooledTempFile;

use super::kept::Head;

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

/// Reads runs as one: always the row with the lowest number next.
pub(super) struct Merge<'a> {
    file: &'a mut SpooledTempFile,
    /// The runs with the number of their next row, the lowest first.
    next: BinaryHeap<Reverse<(u64, usize)>>,
    runs: Vec<(Run, Block)>,
    /// The run that the last row was from, and the size of that row.
    taken: Option<(usize, usize)>,
}

/// What is read of a run but not yet used.
#[derive(Default)]
struct Block {
    bytes: Vec<u8>,
    used: usize,
}

/// A row as it lies in the file.
pub(super) struct Lying<'a> {
    pub(super) head: Head,
    /// Where it begins.
    pub(super) offset: u64,
    /// Its lines and cells.
    pub(super) body: &'a [u8],
}

impl<'a> Merge<'a> {
    pub(super) fn new(file: &'a mut SpooledTempFile, runs: &[Run]) -> Self {
        let next =
            runs.iter().enumerate().map(|(index, run)| Reverse((run.first, index))).collect();
        let runs = runs.iter().map(|run| (*run, Block::default())).collect();
        Self { file, next, runs, taken: None }
    }

    /// The next row; `None` after the last one.
    pub(super) fn next(&mut self) -> io::Result<Option<Lying<'_>>> {
        if let Some((index, size)) = self.taken.take() {
            let (run, block) = &mut self.runs[index];
            block.used += size;
            match block.head(self.file, run)? {
                Some(head) => self.next.push(Reverse((head.standing.number, index))),
                None => *block = Block::default(),
            }
        }
        let Some(Reverse((_, index))) = self.next.pop() else { return Ok(None) };
        let (run, block) = &mut self.runs[index];
        let head = block.head(self.file, run)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let size = Head::SIZE + head.length as usize;
        self.taken = Some((index, size));
        block.fill(self.file, run, size)?;
        let offset = run.start - (block.bytes.len() - block.used) as u64;
        Ok(Some(Lying { head, offset, body: &block.left()[Head::SIZE..size] }))
    }
}

impl Block {
    /// The head of the next row of the run, if there is one.
    fn head(&mut self, file: &mut SpooledTempFile, run: &mut Run) -> io::Result<Option<Head>> {
        if self.left().is_empty() && run.start == run.end {
            return Ok(None);
        }
        self.fill(file, run, Head::SIZE)?;
        Ok(Head::from_bytes(self.left()))
    }

    fn left(&self) -> &[u8] {
        &self.bytes[self.used..]
    }

    /// Reads on until `size` bytes of the run are there.
    fn fill(&mut self, file: &mut SpooledTempFile, run: &mut Run, size: usize) -> io::Result<()> {
        if self.left().len() >= size {
            return Ok(());
        }
        self.bytes.drain(..self.used);
        self.used = 0;
        let missing = (size - self.bytes.len()) as u64;
        let length = missing.max(BLOCK).min(run.end - run.start);
        file.seek(SeekFrom::Start(run.start))?;
        file.take(length).read_to_end(&mut self.bytes)?;
        run.start += length;
        if self.bytes.len() < size { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}
