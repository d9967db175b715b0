//! Packed files: gzip, Zstandard, and zip archives.

use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};

use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::source::Bytes;

/// How many bytes tell what a file is packed with.
pub(super) const MAGIC: usize = 8;

/// Reddit's archives are packed with windows of 2 GiB.
const LONGEST_WINDOW: u32 = 31;

/// How a file, or an entry of an archive, is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflate,
    Gzip,
    Zstandard,
}

/// A file in an archive. Its name is only ever shown: nothing is written under it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) start: u64,
    pub(super) packed: u64,
    pub(super) method: Method,
}

impl Method {
    /// What is in `packed`.
    pub(super) fn unpack(self, packed: Bytes) -> io::Result<Bytes> {
        Ok(match self {
            Self::Stored => packed,
            Self::Deflate => Box::new(DeflateDecoder::new(packed)),
            Self::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Self::Zstandard => {
                let mut decoder = zstd::Decoder::new(packed)?;
                decoder.window_log_max(LONGEST_WINDOW)?;
                Box::new(decoder)
            }
        })
    }
}

/// What a file that begins with `head` is packed with, if it is.
pub(super) fn method(head: &[u8]) -> Option<Method> {
    let is_skippable_frame =
        head.len() > 3 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18];
    if head.starts_with(b"\x1f\x8b") {
        Some(Method::Gzip)
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") || is_skippable_frame {
        Some(Method::Zstandard)
    } else {
        None
    }
}

/// Whether a file is a zip archive, or a spreadsheet, which is one inside.
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Whether a zip archive begins as spreadsheets do.
pub(super) fn looks_like_workbook(head: &[u8]) -> bool {
    [&b"[Content_Types].xml"[..], b"xl/", b"_rels/", b"docProps/"]
        .iter()
        .any(|name| head.get(30..).is_some_and(|rest| rest.starts_with(name)))
}

/// The dumps in an archive, in its order; `None` if it is a spreadsheet.
pub(super) fn entries(file: &mut File) -> Result<Option<Vec<Entry>>, String> {
    let damaged =
        |error: zip::result::ZipError| format!("cannot be unpacked ({error}); fetch it again");
    let mut archive = zip::ZipArchive::new(BufReader::new(&mut *file)).map_err(damaged)?;
    if archive.index_for_name("[Content_Types].xml").is_some() {
        drop(archive);
        file.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
        return Ok(None);
    }
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        let hidden = name.starts_with("__MACOSX/") || name.ends_with(".DS_Store");
        if !entry.is_file() || hidden || entry.size() == 0 {
            continue;
        }
        if entry.encrypted() {
            return Err(format!("holds {name} under a password; unpack it first"));
        }
        let method = match entry.compression() {
            zip::CompressionMethod::Stored => Method::Stored,
            zip::CompressionMethod::Deflated => Method::Deflate,
            other => {
                return Err(format!("holds {name} packed with {other}; unpack it first"));
            }
        };
        let Some(start) = entry.data_start() else {
            return Err(format!("cannot be unpacked (where {name} begins is unknown)"));
        };
        entries.push(Entry { name, start, packed: entry.compressed_size(), method });
    }
    if entries.iter().any(|entry| super::is_dump(&entry.name)) {
        entries.retain(|entry| super::is_dump(&entry.name));
    }
    if entries.is_empty() {
        return Err("is an empty archive".into());
    }
    Ok(Some(entries))
}

/// Keeps what comes from standard input in a temporary file: an archive is read from its end.
pub(super) fn spool(mut input: Bytes) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut input, &mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}
