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
    /// A report cannot be written.
    #[error("{}: cannot be written ({source}); choose a folder that exists and that you may write to", path.display())]
    Write {
        /// The report.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
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
}
