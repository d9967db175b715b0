//! Opening an input: a file or standard input, unpacked and decoded, with a look at how it begins.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::head::Head;
use super::notes::Tally;
use super::unpack::{self, Entry};
use super::{Input, ReadOptions, decode};
use crate::error::{Error, Refusal, Result};

/// How much of an input is looked at to find out what it is.
pub(super) const HEAD: usize = 64 * 1024;

/// Extensions of packed files.
const PACKED: &[&str] = &["gz", "zst", "zstd"];

/// Bytes on their way.
pub(super) type Bytes = Box<dyn Read + Send>;

/// An open file or standard input: one dump, or an archive of several.
pub(super) struct Source {
    name: String,
    stem: String,
    single: Option<Bytes>,
    archive: Option<File>,
    entries: VecDeque<Entry>,
    is_workbook: bool,
    counted: Counters,
}

/// Counts bytes for progress over all inputs, and of this one alone.
#[derive(Clone, Default)]
struct Counters {
    all: Arc<AtomicU64>,
    own: Arc<AtomicU64>,
}

/// A dump within a [`Source`].
pub(super) struct Part<'a> {
    pub(super) input: Input<'a>,
    /// The name without what stands behind the dot: what a thread without a name is called.
    pub(super) stem: String,
    pub(super) encoding: Option<&'static str>,
}

impl Source {
    /// Opens the file at `path`, or standard input for `-`; `bytes` counts what is read.
    pub(super) fn open(path: &Path, bytes: &Arc<AtomicU64>) -> Result<Self> {
        let name = path.display().to_string();
        let failed = |error| Error::reading(&name, error);
        if path == Path::new("-") {
            let mut source = Self::from_reader(&name, Box::new(io::stdin()), bytes)?;
            source.stem = "stdin".into();
            return Ok(source);
        }
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut source = Self::new(&name, &file_name, bytes);
        let mut file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        let head = read_head(&mut file, unpack::MAGIC).map_err(failed)?;
        if unpack::is_zip(&head) {
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            source.set_archive(file)?;
        } else {
            // A named pipe cannot be read again from its start.
            let raw = Box::new(Cursor::new(head).chain(file));
            source.single = Some(Box::new(Counted { raw, counters: source.counted.clone() }));
        }
        Ok(source)
    }

    /// Takes what can be read from `input` for a file called `name`.
    pub(super) fn from_reader(name: &str, input: Bytes, bytes: &Arc<AtomicU64>) -> Result<Self> {
        let failed = |error| Error::reading(name, error);
        let mut source = Self::new(name, name, bytes);
        let mut input = Counted { raw: input, counters: source.counted.clone() };
        let head = read_head(&mut input, unpack::MAGIC).map_err(failed)?;
        let is_archive = unpack::is_zip(&head);
        let input: Bytes = Box::new(Cursor::new(head).chain(input));
        if is_archive {
            source.set_archive(unpack::spool(input).map_err(failed)?)?;
        } else {
            source.single = Some(input);
        }
        Ok(source)
    }

    fn new(name: &str, file: &str, bytes: &Arc<AtomicU64>) -> Self {
        Self {
            name: name.to_owned(),
            stem: stem(file),
            single: None,
            archive: None,
            entries: VecDeque::new(),
            is_workbook: false,
            counted: Counters { all: Arc::clone(bytes), own: Arc::default() },
        }
    }

    fn set_archive(&mut self, mut file: File) -> Result<()> {
        let entries = unpack::entries(&mut file)
            .map_err(|reason| Error::Input { name: self.name.clone(), reason })?;
        match entries {
            Some(entries) => {
                self.entries = entries.into();
                self.archive = Some(file);
            }
            None => {
                self.is_workbook = true;
                self.single =
                    Some(Box::new(Counted { raw: Box::new(file), counters: self.counted.clone() }));
            }
        }
        Ok(())
    }

    /// The next dump; `None` when there is no more.
    pub(super) fn next(&mut self, options: &ReadOptions) -> Result<Option<Part<'static>>> {
        if let Some(input) = self.single.take() {
            let (name, stem) = (self.name.clone(), self.stem.clone());
            return self.part(input, name, stem, options).map(Some);
        }
        let (Some(file), Some(entry)) = (&self.archive, self.entries.pop_front()) else {
            return Ok(None);
        };
        let name = format!("{}/{}", self.name, entry.name);
        let failed = |error| Error::reading(&name, error);
        let mut file = file.try_clone().map_err(failed)?;
        file.seek(SeekFrom::Start(entry.start)).map_err(failed)?;
        let raw = Box::new(file.take(entry.packed));
        let counted = Box::new(Counted { raw, counters: self.counted.clone() });
        let input = entry.method.unpack(counted).map_err(failed)?;
        let input = self.limited(input, options);
        let stem = stem(entry.name.rsplit(['/', '\\']).next().unwrap_or_default());
        self.part(input, name, stem, options).map(Some)
    }

    /// Keeps what is unpacked within bounds.
    fn limited(&self, input: Bytes, options: &ReadOptions) -> Bytes {
        let limit = options.max_expanded;
        Box::new(Limited { input, limit, packed: Arc::clone(&self.counted.own), expanded: 0 })
    }

    /// Unpacks, decodes and looks at what is in `input`.
    fn part(
        &self,
        mut input: Bytes,
        name: String,
        stem: String,
        options: &ReadOptions,
    ) -> Result<Part<'static>> {
        /// More layers than people make.
        const MOST_LAYERS: usize = 4;
        let failed = |error| Error::reading(&name, error);
        let mut head = read_head(&mut input, HEAD).map_err(failed)?;
        for _ in 0..MOST_LAYERS {
            let Some(method) = unpack::method(&head) else { break };
            let packed: Bytes = Box::new(Cursor::new(head).chain(input));
            input = self.limited(method.unpack(packed).map_err(failed)?, options);
            head = read_head(&mut input, HEAD).map_err(failed)?;
        }
        let refused = |reason| Error::Input { name: name.clone(), reason };
        let notes = Arc::new(Tally::default());
        if unpack::is_zip(&head) {
            if !self.is_workbook && !unpack::looks_like_workbook(&head) {
                return Err(refused("holds an archive within an archive; unpack it first".into()));
            }
            let bytes = Box::new(io::BufReader::new(Cursor::new(head.clone()).chain(input)));
            let input = Input { name, bytes, head: Head::new(head), notes };
            return Ok(Part { input, stem, encoding: None });
        }
        let encoding = decode::encoding(&head, options.encoding.as_deref()).map_err(refused)?;
        let mut decoder = decode::Decoder::new(head, input, encoding, Arc::clone(&notes));
        let head = Head::new(decoder.head(HEAD).map_err(failed)?);
        let encoding = (encoding != encoding_rs::UTF_8).then_some(encoding.name());
        let input = Input { name, bytes: Box::new(decoder), head, notes };
        Ok(Part { input, stem, encoding })
    }
}

/// Reads up to `most` bytes.
fn read_head(input: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(most as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The name of a packed file without the extension that says so.
pub(super) fn without_packing(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((rest, packing)) if PACKED.iter().any(|known| known.eq_ignore_ascii_case(packing)) => {
            rest
        }
        _ => name,
    }
}

/// Whether files that end so are archives.
pub(super) fn is_archive(extension: &str) -> bool {
    extension.eq_ignore_ascii_case("zip")
}

/// The name of a file without its extensions.
fn stem(file: &str) -> String {
    let unpacked = without_packing(file);
    match unpacked.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => unpacked.to_owned(),
    }
}

/// Counts the bytes that pass, for progress and for the limit on unpacking.
struct Counted {
    raw: Bytes,
    counters: Counters,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(buffer)?;
        self.counters.all.fetch_add(read as u64, Ordering::Relaxed);
        self.counters.own.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Ends the reading of a file that unpacks to more than it should.
struct Limited {
    input: Bytes,
    limit: Option<u64>,
    packed: Arc<AtomicU64>,
    expanded: u64,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        /// Texts pack to a tenth; a hundredth is hardly text.
        const RATIO: u64 = 100;
        const FREE: u64 = 1 << 30;
        let read = self.input.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ if Refusal::is(&error) => error,
            _ => Refusal(format!(
                "cannot be unpacked to its end ({error}); it is damaged or cut off, fetch it again"
            ))
            .into_io(),
        })?;
        self.expanded += read as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        let limit = self.limit.unwrap_or(FREE.max(packed.saturating_mul(RATIO)));
        if self.expanded > limit {
            let reason = format!(
                "unpacks to more than {limit} bytes from {packed}; if it is meant to, allow more with --max-expanded"
            );
            return Err(Refusal(reason).into_io());
        }
        Ok(read)
    }
}
