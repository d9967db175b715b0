//! Opening an input: a file or standard input, with a look at how it begins.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};

/// How much of an input is looked at to find out what it is.
const HEAD: usize = 64 * 1024;

/// An open input, positioned behind its byte order mark.
pub(super) struct Source {
    /// The bytes to read.
    pub(super) input: Box<dyn BufRead + Send>,
    /// How they begin.
    pub(super) head: Vec<u8>,
}

/// Opens the file at `path`, or standard input for `-`; `bytes` counts what is read.
pub(super) fn open(path: &Path, bytes: &Arc<AtomicU64>) -> Result<Source> {
    let name = path.display().to_string();
    let failed = |source| Error::Read { name: name.clone(), source };
    let raw: Box<dyn Read + Send> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        Box::new(file)
    };
    let mut input = Counted { raw, bytes: Arc::clone(bytes) };
    let mut head = Vec::with_capacity(HEAD);
    (&mut input).take(HEAD as u64).read_to_end(&mut head).map_err(failed)?;
    if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
    }
    if memchr::memchr(0, &head).is_some() {
        let reason = "is no text file; give a text dump, unpacked and in UTF-8".to_owned();
        return Err(Error::Input { name, reason });
    }
    let input = BufReader::with_capacity(HEAD, io::Cursor::new(head.clone()).chain(input));
    Ok(Source { input: Box::new(input), head })
}

/// Counts the bytes that pass, for progress.
struct Counted {
    raw: Box<dyn Read + Send>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
