//! The comments of a large input, put aside on disk in parts that each hold whole threads.
//!
//! All parts share one temporary file. Each gathers what it gets in a small buffer and appends it
//! to the file when the buffer is full, so a part is a list of chunks.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use tempfile::SpooledTempFile;

use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// So many parts that ten million comments come back ten thousand at a time.
const PARTS: usize = 1024;

/// Bytes gathered of a part before they go to the file.
const CHUNK: usize = 8 << 10;

/// Kept in memory up to this many bytes.
const IN_MEMORY: usize = 16 << 20;

/// What comes back.
#[derive(Deserialize)]
#[expect(clippy::large_enum_variant, reason = "nearly all are comments")]
pub(super) enum Record {
    /// The comment that is the nth of the run.
    Comment(u64, Comment),
    /// An article.
    Article(Article),
}

/// What is put aside, with the same bytes as the [`Record`] that comes back.
#[derive(Serialize)]
enum Aside<'a> {
    Comment(u64, &'a Comment),
    Article(&'a Article),
}

/// One input, put aside.
pub(super) struct Partitions {
    source: Arc<str>,
    file: SpooledTempFile,
    end: u64,
    parts: Vec<Part>,
    /// Scratch for a part on its way back.
    bytes: Vec<u8>,
}

#[derive(Default)]
struct Part {
    buffer: Vec<u8>,
    /// Where its chunks begin in the file, and how long they are.
    chunks: Vec<(u64, u64)>,
}

impl Partitions {
    /// Nothing yet of the input called `source`.
    pub(super) fn new(source: Arc<str>) -> Self {
        let parts = (0..PARTS).map(|_| Part::default()).collect();
        Self { source, file: SpooledTempFile::new(IN_MEMORY), end: 0, parts, bytes: Vec::new() }
    }

    /// What the input is called.
    pub(super) fn source(&self) -> Arc<str> {
        Arc::clone(&self.source)
    }

    /// Puts the comment aside that is the `number`th of the run.
    pub(super) fn put_comment(&mut self, number: u64, comment: &Comment) -> Result<()> {
        self.put(&comment.thread, &Aside::Comment(number, comment))
    }

    /// Puts an article aside.
    pub(super) fn put_article(&mut self, article: &Article) -> Result<()> {
        self.put(&article.thread, &Aside::Article(article))
    }

    fn put(&mut self, thread: &str, record: &Aside<'_>) -> Result<()> {
        // The high bits of this hash are the well-mixed ones.
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(thread);
        let part = &mut self.parts[((hash >> 32) % PARTS as u64) as usize];
        let buffer = std::mem::take(&mut part.buffer);
        part.buffer = postcard::to_extend(record, buffer)
            .map_err(|error| Error::Spool(io::Error::other(error)))?;
        if part.buffer.len() >= CHUNK {
            part.flush(&mut self.file, &mut self.end).map_err(Error::Spool)?;
        }
        Ok(())
    }

    /// Ends the writing; what was put aside can be taken back.
    pub(super) fn finish(mut self) -> Result<Self> {
        for part in &mut self.parts {
            part.flush(&mut self.file, &mut self.end).map_err(Error::Spool)?;
            part.buffer = Vec::new();
        }
        Ok(self)
    }

    /// Gives the next part to `take`, each thread in it whole and in input order; false if there is
    /// none left.
    pub(super) fn take_part(&mut self, take: impl FnMut(Record)) -> Result<bool> {
        let Some(part) = self.parts.pop() else { return Ok(false) };
        self.read(&part, take).map_err(Error::Spool)?;
        Ok(true)
    }

    fn read(&mut self, part: &Part, mut take: impl FnMut(Record)) -> io::Result<()> {
        self.bytes.clear();
        for (start, length) in &part.chunks {
            self.file.seek(SeekFrom::Start(*start))?;
            (&mut self.file).take(*length).read_to_end(&mut self.bytes)?;
        }
        let mut rest = self.bytes.as_slice();
        while !rest.is_empty() {
            let (record, left) = postcard::take_from_bytes(rest).map_err(io::Error::other)?;
            take(record);
            rest = left;
        }
        Ok(())
    }
}

impl Part {
    fn flush(&mut self, file: &mut SpooledTempFile, end: &mut u64) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        file.write_all(&self.buffer)?;
        let length = self.buffer.len() as u64;
        self.chunks.push((*end, length));
        *end += length;
        self.buffer.clear();
        Ok(())
    }
}
