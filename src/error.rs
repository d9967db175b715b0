//! What can go wrong, said so that a reader knows where and what to do.

use std::io;
use std::path::PathBuf;

/// The result of anything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A fault, with the place where it happened and the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be opened or read.
    #[error("{name}: cannot be read ({source}); check that it exists and that you may read it")]
    Read {
        /// The input, as the user named it.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// An input is not a dump that any reader knows.
    #[error("{name}: {reason}")]
    Input {
        /// The input, as the user named it.
        name: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// A record cannot be understood; the ones after it can be read on.
    #[error("{name}:{line}: {reason}; the record is left out")]
    Record {
        /// The input, as the user named it.
        name: String,
        /// The line where the record begins, from 1.
        line: u64,
        /// What is wrong with it and what is expected.
        reason: String,
    },
    /// A report cannot be written.
    #[error("{}: cannot be written ({source}); {}", path.display(), way_out(source))]
    Write {
        /// The report.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// What is under way cannot be kept on disk.
    #[error(
        "cannot keep rows in a temporary file ({0}); free some space, or name another folder in TMPDIR"
    )]
    Spool(io::Error),
    /// A line of a lexicon is not of its form.
    #[error("{name}:{line}: {reason}")]
    Lexicon {
        /// The lexicon's file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what is expected.
        reason: String,
    },
    /// A file is no model, or not one for this version.
    #[error("{name}: {reason}")]
    Model {
        /// The model's file.
        name: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// Labelled data cannot be learnt from or measured on.
    #[error("{name}: {reason}")]
    Labels {
        /// The file with the labels.
        name: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
}

/// What to do about a report that cannot be written.
fn way_out(error: &io::Error) -> &'static str {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
        "free some space, or choose a folder on another disk"
    } else {
        "choose a folder that exists and that you may write to"
    }
}

/// Why reading of an input was ended, on its way through [`std::io`].
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refusal(pub(crate) String);

impl Refusal {
    /// The refusal as readers and decoders hand it on.
    pub(crate) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// Whether an error is one.
    pub(crate) fn is(error: &io::Error) -> bool {
        error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).is_some()
    }
}

impl Error {
    /// The fault of an input that cannot be read on: it itself, or a limit that it met.
    pub(crate) fn reading(name: &str, source: io::Error) -> Self {
        let name = name.to_owned();
        if Refusal::is(&source) {
            return Self::Input { name, reason: source.to_string() };
        }
        Self::Read { name, source }
    }

    /// Whether only one record is lost: reading may go on after it.
    #[must_use]
    pub fn costs_one_record(&self) -> bool {
        matches!(self, Self::Record { .. })
    }

    /// Whether the reader of a pipe went away, which ends a run but is nobody's fault.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
