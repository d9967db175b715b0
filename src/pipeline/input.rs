//! An input on its way into batches: what it says besides its comments is noted.

use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::SystemTime;

use super::summary::{Faults, InputSummary};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};
use crate::parse::{Dump, ReadOptions};

/// How inputs are read.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) options: ReadOptions,
    /// Whether an input ends at its first fault.
    pub(super) strict: bool,
}

/// By what a file is seen to have changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    changed: SystemTime,
}

/// An open input.
pub(super) struct Input {
    path: PathBuf,
    dump: Dump,
    strict: bool,
    /// How many comments were read.
    pub(super) read: u64,
    declared: Option<u64>,
    /// What could not be read since somebody took the faults away.
    pub(super) faults: Faults,
    /// The articles met since somebody took them away.
    pub(super) articles: Vec<Article>,
}

impl Input {
    /// Opens an input; `bytes` counts what is read of it.
    pub(super) fn open(path: &Path, way: &Way, bytes: &Arc<AtomicU64>) -> Result<Self> {
        Ok(Self {
            path: path.into(),
            dump: Dump::open(path, &way.options, bytes)?,
            strict: way.strict,
            read: 0,
            declared: None,
            faults: Faults::default(),
            articles: Vec::new(),
        })
    }

    /// What it is called in reports.
    pub(super) fn source(&self) -> Arc<str> {
        self.dump.source().into()
    }

    /// Whether what lies at `path` is a file that can be read once more from its beginning.
    pub(super) fn can_be_read_again(path: &Path) -> bool {
        path != Path::new("-") && path.is_file()
    }

    /// What is to be seen of the file from outside; `None` where that says nothing.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let file = fs::metadata(&self.path).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp { length: file.len(), changed: file.modified().ok()? })
    }

    /// Takes it for a fault if the file is no longer as it was seen before.
    pub(super) fn compare(&mut self, before: Option<Stamp>) {
        if before != self.stamp() {
            let reason = "has changed while it was read; score it again".into();
            self.faults.push(Error::Input { name: self.path.display().to_string(), reason });
        }
    }

    /// Fills `comment` with the next comment; false where the input ends or cannot be read on.
    pub(super) fn next(&mut self, comment: &mut Comment) -> bool {
        loop {
            let read = self.dump.next(comment);
            if let Some(article) = self.dump.article() {
                let declared = article.declared.map(|count| count + self.declared.unwrap_or(0));
                self.declared = declared.or(self.declared);
                self.articles.push(article);
            }
            match read {
                Ok(more) => {
                    self.read += u64::from(more);
                    return more;
                }
                Err(fault) => {
                    let ends = self.strict || !fault.costs_one_record();
                    self.faults.push(fault);
                    if ends {
                        return false;
                    }
                }
            }
        }
    }

    /// From now on only the threads and lengths of comments are asked for.
    pub(super) fn skim(&mut self) {
        self.dump.skim();
    }

    /// What was found in it.
    pub(super) fn summary(&mut self) -> InputSummary {
        InputSummary {
            path: mem::take(&mut self.path),
            source: self.dump.source().into(),
            format: self.dump.format().name().into(),
            declared: self.declared,
            found: self.read,
            notes: self.dump.notes(),
        }
    }
}
