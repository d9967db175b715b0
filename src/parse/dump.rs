//! One dump: opened, recognised, and read with everything filled in that a dump may leave out.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::{FORMATS, Format, ReadOptions, Records, format_for_extension, source};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// An open dump.
pub struct Dump {
    records: Box<dyn Records>,
    format: &'static dyn Format,
    source: String,
    stem: String,
    read: u64,
}

impl Dump {
    /// Opens the dump at `path`, or standard input for `-`, and finds out what it is; `bytes`
    /// counts what is read of it.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if it cannot be read, [`Error::Input`] if no format fits.
    pub fn open(path: &Path, options: &ReadOptions, bytes: &Arc<AtomicU64>) -> Result<Self> {
        let name = path.display().to_string();
        let source = source::open(path, bytes)?;
        let format = match options.format {
            Some(format) => format,
            None => detect(path, &source.head)
                .ok_or_else(|| Error::Input { name: name.clone(), reason: unknown_format() })?,
        };
        let records = format.read(&name, source.input, options)?;
        let part = |part: Option<&std::ffi::OsStr>| {
            part.filter(|_| name != "-")
                .map_or("stdin".into(), |part| part.to_string_lossy().into_owned())
        };
        Ok(Self {
            records,
            format,
            source: part(path.file_name()),
            stem: part(path.file_stem()),
            read: 0,
        })
    }

    /// What the dump is called in reports: the file's name without folders.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The kind of dump that it was taken for.
    #[must_use]
    pub fn format(&self) -> &'static dyn Format {
        self.format
    }

    /// Fills `comment` with the next comment; false at the end. A comment without an id gets a
    /// running number from 1, one without a thread belongs to a thread named after the file.
    ///
    /// # Errors
    ///
    /// As [`Records::next`].
    pub fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        comment.clear();
        if !self.records.next(comment)? {
            return Ok(false);
        }
        self.read += 1;
        if comment.id.is_empty() {
            comment.id = self.read.to_string();
        }
        if comment.thread.is_empty() {
            comment.thread.push_str(&self.stem);
        }
        Ok(true)
    }

    /// An article met since the last call.
    pub fn article(&mut self) -> Option<Article> {
        let mut article = self.records.article()?;
        if article.thread.is_empty() {
            article.thread.push_str(&self.stem);
        }
        Some(article)
    }
}

/// The format of a dump: by its content, else by its extension.
fn detect(path: &Path, head: &[u8]) -> Option<&'static dyn Format> {
    let by_content = FORMATS.iter().copied().find(|format| format.recognises(head));
    by_content.or_else(|| format_for_extension(path.extension()?.to_str()?))
}

fn unknown_format() -> String {
    let known = FORMATS.iter().map(|format| format!("{} ({})", format.name(), format.about()));
    let known: Vec<String> = known.collect();
    format!(
        "looks like no dump known here; say what it is with --input-format: {}",
        known.join(", ")
    )
}
