//! Reading dumps: every format becomes [`Comment`]s.
//!
//! A new format is one file here that implements [`Format`], or one [`Preset`] where only the names
//! of its fields are new, and a line in [`FORMATS`].

mod columns;
mod decode;
mod delimited;
mod dump;
mod exports;
mod fields;
mod head;
mod json;
mod jsonl;
mod lexer;
mod notes;
mod page;
mod preset;
mod record;
mod shaped;
mod source;
mod time;
mod tree;
mod unpack;
mod workbook;
mod xml;

use std::io::BufRead;
use std::sync::Arc;

pub use dump::{Dump, is_report};
pub use fields::{Field, FieldMap};
pub use head::{Head, Shape};
pub use notes::{Notes, Tally};
pub use preset::Preset;

use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A kind of dump.
pub trait Format: Sync {
    /// The name that `--input-format` takes.
    fn name(&self) -> &'static str;

    /// What it is, in a few words for a list.
    fn about(&self) -> &'static str;

    /// How such a dump begins, for a list.
    fn example(&self) -> &'static str;

    /// File name extensions, without the dot, that such dumps have.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a dump that begins with `head` looks like one of this kind.
    fn recognises(&self, head: &Head) -> bool;

    /// How much of what tells this kind a dump has that begins with `head`, 0–1.
    fn likeness(&self, head: &Head) -> f32 {
        if self.recognises(head) { 1.0 } else { 0.0 }
    }

    /// Reads a dump.
    ///
    /// # Errors
    ///
    /// If nothing of it can be read.
    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>>;
}

/// A dump to read: unpacked, decoded, and looked at.
pub struct Input<'a> {
    /// What the user calls it, for messages.
    pub name: String,
    /// What it holds.
    pub bytes: Box<dyn BufRead + Send + 'a>,
    /// How it begins.
    pub head: Head,
    /// Where to note what had to be mended.
    pub notes: Arc<Tally>,
}

impl<'a> Input<'a> {
    /// An input that is in memory, in UTF-8.
    #[must_use]
    pub fn new(name: &str, bytes: &'a [u8]) -> Self {
        let head = Head::new(bytes[..bytes.len().min(source::HEAD)].to_vec());
        Self { name: name.into(), bytes: Box::new(bytes), head, notes: Arc::default() }
    }

    /// The same without a look at how it begins.
    fn bare(bytes: &'a [u8]) -> Self {
        let head = Head::default();
        Self { name: String::new(), bytes: Box::new(bytes), head, notes: Arc::default() }
    }

    /// The error that the whole input costs.
    fn refuse(&self, reason: impl Into<String>) -> Error {
        Error::Input { name: self.name.clone(), reason: reason.into() }
    }

    /// The error that one record costs.
    fn record(&self, line: u64, reason: String) -> Error {
        Error::Record { name: self.name.clone(), line, reason }
    }
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

    /// Adds what was noted so far.
    fn notes(&self, notes: &mut Notes) {
        let _ = notes;
    }

    /// From now on only the threads and texts of comments are asked for: the rest may be left out,
    /// where that is faster. Which records are comments stays the same.
    fn skim(&mut self) {}
}

/// What tests ask of each comment that is still to come, and the faults.
#[cfg(test)]
fn read_on<T>(records: &mut dyn Records, asked: impl Fn(Comment) -> T) -> (Vec<T>, Vec<String>) {
    let (mut comments, mut faults) = (Vec::new(), Vec::new());
    loop {
        let mut comment = Comment::default();
        match records.next(&mut comment) {
            Ok(true) => comments.push(asked(comment)),
            Ok(false) => return (comments, faults),
            Err(fault) => faults.push(fault.to_string()),
        }
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
    /// The name of the encoding, such as `windows-1252`; found out if `None`.
    pub encoding: Option<String>,
    /// How many bytes a packed dump may unpack to; 100 times its size, or 1 GiB, if `None`.
    pub max_expanded: Option<u64>,
    /// Whether e-mail and IP addresses are kept.
    pub keep_personal: bool,
}

/// Every kind of dump that can be read. Where several recognise a dump, the first is taken.
pub static FORMATS: &[&dyn Format] = &[
    &preset::CONVOKIT,
    &preset::REPORT,
    &preset::REDDIT,
    &preset::YTDLP,
    &preset::YOUTUBE,
    &preset::DISCOURSE,
    &preset::HACKER_NEWS,
    &preset::GITHUB,
    &preset::CORAL,
    &preset::COMMENTO,
    &preset::REMARK42,
    &preset::ISSO,
    &preset::FACEBOOK,
    &preset::INSTAGRAM,
    &preset::CIVIL,
    &preset::NYT,
    &exports::DISQUS,
    &exports::WORDPRESS,
    &exports::STACK_EXCHANGE,
    &jsonl::JSON_LINES,
    &json::JSON,
    &workbook::WORKBOOK,
    &delimited::CSV,
    &page::Page,
];

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

/// Whether files whose name ends so are dumps that can be read, packed or not.
#[must_use]
pub fn is_dump(name: &str) -> bool {
    let unpacked = source::without_packing(name);
    let extension = unpacked.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        format_for_extension(extension).is_some() || source::is_archive(extension)
    })
}
