//! What is finished of a run, kept in a file, so that an interrupted run can go on.
//!
//! The file holds rows as the spool takes them, in blocks. Behind the rows of some inputs stands a
//! block that says which inputs these are and what was found up to there. A run that goes on takes
//! what stands before the last such block, as far as the inputs are still the same, and cuts off the
//! rest.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use flate2::Crc;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Summary;
use super::kept::Head;
use super::spool::Spool;
use crate::error::{Error, Result};

/// How the file begins; the settings of the run follow, as a hash.
const MAGIC: &[u8] = b"threadwarden unfinished run 1\n";

/// Where the blocks begin.
const START: u64 = MAGIC.len() as u64 + 32;

/// Path, size and time of an input, as a hash; `None` for one that cannot be read twice.
type Key = Option<[u8; 32]>;

/// What is finished of a run.
pub struct Journal {
    path: PathBuf,
    file: BufWriter<File>,
    /// All inputs of the run.
    inputs: Vec<(PathBuf, Key)>,
    /// How many of them are finished.
    finished: usize,
    /// What was found in these.
    summary: Summary,
    /// Where what is kept of them ends.
    end: u64,
    /// Whether there was something of another run.
    is_other: bool,
    changed: Option<usize>,
}

/// What a block holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rows = 1,
    /// All rows of some inputs stand before it: the keys of the inputs since the last such block, and
    /// the [`Summary`] of the run up to there.
    Finish = 2,
}

impl Journal {
    /// Opens or makes the file at `path` for a run on `inputs`. What is there already counts only
    /// if it was made with the same `settings`: everything that decides what rows look like.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if there can be no such file, if it is another kind of file, or if another
    /// run is writing to it.
    pub fn open(path: &Path, settings: &[u8], inputs: &[PathBuf]) -> Result<Self> {
        let failed = |source| Error::Write { path: path.into(), source };
        let options =
            File::options().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(failed)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(failed(io::Error::other("another run is writing to it")));
        }
        let header = [MAGIC, &Sha256::digest(settings)].concat();
        let mut found = Vec::new();
        (&mut file).take(START).read_to_end(&mut found).map_err(failed)?;
        if !found.starts_with(&MAGIC[..MAGIC.len().min(found.len())]) {
            return Err(failed(io::Error::other("it is not what an interrupted run left")));
        }
        let is_same = found == header;
        if !is_same {
            file.set_len(0).map_err(failed)?;
            file.rewind().map_err(failed)?;
            file.write_all(&header).map_err(failed)?;
        }
        let inputs = inputs.iter().map(|input| (input.clone(), key(input))).collect();
        let mut journal = Self {
            path: path.into(),
            file: BufWriter::new(file),
            inputs,
            finished: 0,
            summary: Summary::default(),
            end: START,
            is_other: !is_same && found.len() as u64 == START,
            changed: None,
        };
        if is_same {
            journal.scan().map_err(failed)?;
        }
        Ok(journal)
    }

    /// How many of the inputs are finished.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.finished
    }

    /// The comments in these.
    #[must_use]
    pub fn comments(&self) -> u64 {
        self.summary.comments
    }

    /// Whether what another run with other settings had left was thrown away.
    #[must_use]
    pub fn is_other(&self) -> bool {
        self.is_other
    }

    /// An input that was finished but has changed since, so that it and what follows counts no more.
    #[must_use]
    pub fn changed(&self) -> Option<&Path> {
        self.changed.map(|input| self.inputs[input].0.as_path())
    }

    /// Finds out what is finished.
    fn scan(&mut self) -> io::Result<()> {
        let mut file = BufReader::new(self.file.get_mut());
        file.seek(SeekFrom::Start(START))?;
        let mut end = START;
        let mut block = Vec::new();
        while let Some(kind) = read(&mut file, &mut block)? {
            end += Block::SIZE as u64 + block.len() as u64;
            if kind == Kind::Rows {
                continue;
            }
            let finish = postcard::from_bytes::<(Vec<Key>, Summary)>(&block);
            let Ok((then, summary)) = finish else { break };
            let now = self.inputs.iter().skip(self.finished).map(|(_, key)| key);
            let same = then.iter().zip(now).take_while(|(then, now)| then.is_some() && then == now);
            let same = same.count();
            if same < then.len() {
                let first = self.finished + same;
                self.changed = (first < self.inputs.len()).then_some(first);
                break;
            }
            self.finished += same;
            self.summary = summary;
            self.end = end;
        }
        Ok(())
    }

    /// Hands over what is finished: the rows to the spool, and what was found. Goes on behind it.
    pub(super) fn take(&mut self, spool: &mut Spool) -> Result<Summary> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        let mut file = BufReader::new(self.file.get_mut());
        file.seek(SeekFrom::Start(START)).map_err(failed)?;
        let mut block = Vec::new();
        let mut at = START;
        while at < self.end {
            let kind = read(&mut file, &mut block).map_err(failed)?;
            let kind = kind.ok_or_else(|| failed(io::ErrorKind::UnexpectedEof.into()))?;
            at += Block::SIZE as u64 + block.len() as u64;
            let mut rows = if kind == Kind::Rows { block.as_slice() } else { &[] };
            while let Some(head) = Head::from_bytes(rows) {
                let row = rows.split_at_checked(Head::SIZE + head.length as usize);
                let (row, rest) = row.ok_or_else(|| failed(io::ErrorKind::InvalidData.into()))?;
                spool.push(row)?;
                rows = rest;
            }
        }
        let file = self.file.get_mut();
        file.set_len(self.end).map_err(failed)?;
        file.seek(SeekFrom::Start(self.end)).map_err(failed)?;
        Ok(std::mem::take(&mut self.summary))
    }

    /// Bytes of the inputs that are finished.
    pub(super) fn bytes(&self) -> u64 {
        let finished = self.inputs.iter().take(self.finished);
        finished.filter_map(|(path, _)| fs::metadata(path).ok()).map(|file| file.len()).sum()
    }

    /// Keeps rows.
    pub(super) fn push(&mut self, rows: &[(u64, &[u8])]) -> Result<()> {
        self.write(Kind::Rows, rows.iter().map(|(_, row)| *row))
    }

    /// Says that `inputs` more inputs are finished, with what was [`found`](encode) in all.
    pub(super) fn finish(&mut self, inputs: usize, found: &[u8]) -> Result<()> {
        let finished = self.inputs.iter().skip(self.finished).take(inputs);
        let keys: Vec<Key> = finished.map(|(_, key)| *key).collect();
        self.finished += inputs;
        self.write(Kind::Finish, [&encode(&keys)?, found].into_iter())
    }

    fn write<'p>(
        &mut self,
        kind: Kind,
        parts: impl Iterator<Item = &'p [u8]> + Clone,
    ) -> Result<()> {
        let mut crc = Crc::new();
        parts.clone().for_each(|part| crc.update(part));
        let length = parts.clone().map(|part| part.len() as u64).sum();
        let head = Block { kind, length, crc: crc.sum() }.to_bytes();
        let mut written = self.file.write_all(&head);
        for part in parts {
            written = written.and_then(|()| self.file.write_all(part));
        }
        if kind == Kind::Finish {
            written = written.and_then(|()| self.file.flush());
        }
        written.map_err(|source| Error::Write { path: self.path.clone(), source })
    }

    /// Removes the file: the run is over.
    pub(super) fn remove(self) {
        // What stays is told from what is needed by the next run.
        let _ = fs::remove_file(&self.path);
    }
}

/// What stands before the bytes of a block.
struct Block {
    kind: Kind,
    length: u64,
    crc: u32,
}

impl Block {
    const SIZE: usize = 13;

    fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[0] = self.kind as u8;
        bytes[1..9].copy_from_slice(&self.length.to_le_bytes());
        bytes[9..].copy_from_slice(&self.crc.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let kind = match bytes.first()? {
            1 => Kind::Rows,
            2 => Kind::Finish,
            _ => return None,
        };
        let length = u64::from_le_bytes(*bytes.get(1..)?.first_chunk()?);
        let crc = u32::from_le_bytes(*bytes.get(9..)?.first_chunk()?);
        Some(Self { kind, length, crc })
    }
}

/// Reads the next block into `bytes`; `None` if there is no whole one.
fn read(file: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<Option<Kind>> {
    bytes.clear();
    file.take(Block::SIZE as u64).read_to_end(bytes)?;
    let Some(block) = Block::from_bytes(bytes) else { return Ok(None) };
    bytes.clear();
    file.take(block.length).read_to_end(bytes)?;
    let mut crc = Crc::new();
    crc.update(bytes);
    let is_whole = bytes.len() as u64 == block.length && crc.sum() == block.crc;
    Ok(is_whole.then_some(block.kind))
}

/// A part of a block.
pub(super) fn encode(part: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(part).map_err(|error| Error::Spool(io::Error::other(error)))
}

fn key(input: &Path) -> Key {
    let file =
        fs::metadata(input).ok().filter(|file| file.is_file() && input.to_str().is_some())?;
    let changed = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let mut hasher = Sha256::new();
    hasher.update(file.len().to_le_bytes());
    hasher.update(changed.to_le_bytes());
    hasher.update(input.as_os_str().as_encoded_bytes());
    Some(hasher.finalize().into())
}
