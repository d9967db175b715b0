//! Reading dumps: every format becomes [`Comment`]s.
//!
//! A new format is one file here that implements [`Format`], and a line in [`FORMATS`].

mod dump;
mod fields;
mod jsonl;
mod page;
mod source;
mod time;

use std::io::BufRead;

pub use dump::Dump;
pub use fields::{Field, FieldMap};

use crate::comment::{Article, Comment};
use crate::error::Result;

/// A kind of dump.
pub trait Format: Sync {
    /// The name that `--input-format` takes.
    fn name(&self) -> &'static str;

    /// What it is, in a few words for a list.
    fn about(&self) -> &'static str;

    /// File name extensions, without the dot, that such dumps have.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a dump that begins with `head` looks like one of this kind.
    fn recognises(&self, head: &[u8]) -> bool;

    /// Reads the dump `name`.
    ///
    /// # Errors
    ///
    /// If nothing of it can be read.
    fn read<'a>(
        &self,
        name: &str,
        input: Box<dyn BufRead + Send + 'a>,
        options: &ReadOptions,
    ) -> Result<Box<dyn Records + 'a>>;
}

/// The comments of one dump, one at a time, in the order in which they stand there.
pub trait Records: Send {
    /// Fills `comment`, which comes cleared, with the next comment; false at the end of the dump.
    /// What the dump does not say stays empty.
    ///
    /// # Errors
    ///
    /// After an error that [costs one record](crate::Error::costs_one_record), the next call goes
    /// on behind that record.
    fn next(&mut self, comment: &mut Comment) -> Result<bool>;

    /// An article met since the last call. Its `thread` is empty if all comments belong to it.
    fn article(&mut self) -> Option<Article> {
        None
    }
}

/// What reading may be told.
#[derive(Clone, Default)]
pub struct ReadOptions {
    /// The kind of dump; found out from name and content if `None`.
    pub format: Option<&'static dyn Format>,
    /// A page holds nothing but comments: no article, no heading.
    pub comments_only: bool,
    /// Which field of a record holds what.
    pub fields: FieldMap,
}

/// Every kind of dump that can be read. Where several recognise a dump, the first is taken.
pub static FORMATS: &[&dyn Format] = &[&jsonl::JsonLines, &page::Page];

/// The format called `name`.
#[must_use]
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// The format for files that end in `.extension`, any case.
#[must_use]
pub fn format_for_extension(extension: &str) -> Option<&'static dyn Format> {
    let known = |format: &&dyn Format| {
        format.extensions().iter().any(|e| e.eq_ignore_ascii_case(extension))
    };
    FORMATS.iter().copied().find(known)
}
