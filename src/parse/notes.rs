//! What had to be assumed or mended to read a dump.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

/// What had to be assumed or mended to read a dump.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// The encoding, if it is not UTF-8.
    pub encoding: Option<Cow<'static, str>>,
    /// Characters that could not be read and were replaced by `\u{fffd}`: bytes that the encoding
    /// does not know, halves of surrogates, NULs.
    pub replaced: u64,
    /// Comments whose time is in a form that names no moment, such as "10 days ago".
    pub unknown_times: u64,
    /// Comments whose date has two meanings, such as `03/04/2019`, where no other date tells which.
    pub unclear_dates: u64,
    /// Comments that the dump itself says it leaves out, such as Reddit's "more comments".
    pub left_out: u64,
    /// Names of fields that the user gave and that no record has.
    pub unseen: Vec<String>,
    /// Names of columns that are not used, where nobody knows the platform.
    pub unused: Vec<String>,
}

/// Adds the names that are not there yet.
pub(super) fn add<'n>(names: &mut Vec<String>, more: impl IntoIterator<Item = &'n String>) {
    for name in more {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
}

/// Counts characters replaced, while several hands read.
#[derive(Debug, Default)]
pub struct Tally {
    replaced: AtomicU64,
}

impl Tally {
    /// Characters replaced so far.
    #[must_use]
    pub fn replaced(&self) -> u64 {
        self.replaced.load(Ordering::Relaxed)
    }

    pub(super) fn add_replaced(&self, count: u64) {
        if count > 0 {
            self.replaced.fetch_add(count, Ordering::Relaxed);
        }
    }
}
