//! One dump: opened, recognised, and read with everything filled in that a dump may leave out.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::head::{self, Head, Shape};
use super::source::{self, Source};
use super::{
    FORMATS, Format, Input, Notes, ReadOptions, Records, Tally, format_for_extension, preset,
    workbook,
};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// An open dump, or an archive of several that are read one after the other.
pub struct Dump {
    source: Source,
    options: ReadOptions,
    /// What the dump is called in reports.
    name: String,
    part: Part,
    /// What was noted of the parts before.
    noted: Notes,
}

/// What is being read of a dump.
struct Part {
    records: Box<dyn Records>,
    format: &'static dyn Format,
    tally: Arc<Tally>,
    encoding: Option<&'static str>,
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
        let name = path.file_name().filter(|_| path != Path::new("-"));
        let name = name.map_or("stdin".into(), |name| name.to_string_lossy());
        Self::begin(Source::open(path, bytes)?, &name, options)
    }

    /// Reads a dump called `name` from `input`, packed or not, and finds out what it is.
    ///
    /// ```
    /// use threadwarden::Comment;
    /// use threadwarden::parse::{Dump, ReadOptions};
    ///
    /// let table = "id;text\n7;Bonjour\n".as_bytes();
    /// let mut dump = Dump::from_reader("table.csv", table, &ReadOptions::default())?;
    /// let mut comment = Comment::default();
    /// assert!(dump.next(&mut comment)?);
    /// assert_eq!((comment.id.as_str(), comment.words()), ("7", "Bonjour"));
    /// assert!(!dump.next(&mut comment)?);
    /// # Ok::<(), threadwarden::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn from_reader(
        name: &str,
        input: impl Read + Send + 'static,
        options: &ReadOptions,
    ) -> Result<Self> {
        Self::begin(Source::from_reader(name, Box::new(input), &Arc::default())?, name, options)
    }

    fn begin(mut source: Source, name: &str, options: &ReadOptions) -> Result<Self> {
        let part = source.next(options)?.map(|part| Part::open(part, options)).transpose()?;
        let part = part.ok_or_else(|| Error::Input {
            name: name.to_owned(),
            reason: "holds no dump".into(),
        })?;
        let (name, options) = (name.to_owned(), options.clone());
        Ok(Self { source, options, name, part, noted: Notes::default() })
    }

    /// What the dump is called in reports: the file's name without folders.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.name
    }

    /// The kind of dump that it was taken for.
    #[must_use]
    pub fn format(&self) -> &'static dyn Format {
        self.part.format
    }

    /// What had to be assumed or mended so far.
    #[must_use]
    pub fn notes(&self) -> Notes {
        let mut notes = self.noted.clone();
        self.part.add_notes(&mut notes);
        notes
    }

    /// Fills `comment` with the next comment; false at the end. A comment without an id gets a
    /// running number from 1, one without a thread belongs to a thread named after the file.
    ///
    /// # Errors
    ///
    /// As [`Records::next`].
    pub fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        comment.clear();
        while !self.part.records.next(comment)? {
            let Some(next) = self.source.next(&self.options)? else { return Ok(false) };
            self.part.add_notes(&mut self.noted);
            self.part = Part::open(next, &self.options)?;
        }
        let part = &mut self.part;
        part.read += 1;
        if comment.id.is_empty() {
            comment.id = part.read.to_string();
        }
        if comment.thread.is_empty() {
            comment.thread.push_str(&part.stem);
        }
        Ok(true)
    }

    /// From now on only the threads and texts of comments are asked for: the rest may be left out,
    /// where that is faster. Which comments there are stays the same.
    pub(crate) fn skim(&mut self) {
        self.part.records.skim();
    }

    /// An article met since the last call.
    pub fn article(&mut self) -> Option<Article> {
        let mut article = self.part.records.article()?;
        if article.thread.is_empty() {
            article.thread.push_str(&self.part.stem);
        }
        Some(article)
    }
}

impl Part {
    fn open(part: source::Part<'static>, options: &ReadOptions) -> Result<Self> {
        let source::Part { input, stem, encoding } = part;
        let format = match options.format {
            Some(format) => format,
            None => detect(&input)?,
        };
        let tally = Arc::clone(&input.notes);
        let records = format.read(input, options)?;
        Ok(Self { records, format, tally, encoding, stem, read: 0 })
    }

    fn add_notes(&self, notes: &mut Notes) {
        notes.encoding = notes.encoding.take().or(self.encoding.map(Cow::Borrowed));
        notes.replaced += self.tally.replaced();
        self.records.notes(notes);
    }
}

/// Whether the file at `path` is a report of Threadwarden, as a table or spreadsheet, and not a dump.
/// One that cannot be read is none.
#[must_use]
pub fn is_report(path: &Path) -> bool {
    let source = Source::open(path, &Arc::default());
    let part = source.and_then(|mut source| source.next(&ReadOptions::default()));
    let Ok(Some(source::Part { input, .. })) = part else { return false };
    match input.head.shape() {
        Shape::Workbook => workbook::is_report(input),
        _ => preset::REPORT.recognises(&input.head),
    }
}

/// The format of a dump: by its content, else by its extension.
fn detect(input: &Input) -> Result<&'static dyn Format> {
    let Input { head, name, .. } = input;
    let extension = source::without_packing(name).rsplit_once('.').map(|(_, extension)| extension);
    let by_content = || FORMATS.iter().copied().find(|format| format.recognises(head));
    // Text can be anything; only there does the name count.
    let by_name = || extension.and_then(format_for_extension);
    let by_name = || by_name().filter(|_| head.shape() == Shape::Text);
    by_content().or_else(by_name).ok_or_else(|| input.refuse(unknown_format(head)))
}

/// What to do about a dump that no format fits.
fn unknown_format(head: &Head) -> String {
    if head::is_web_page(head.bytes()) {
        return "is a web page; save it as text, or copy its comments into a .txt file".into();
    }
    if head.bytes().is_empty() {
        return "is empty".into();
    }
    let nearest = FORMATS.iter().map(|format| (format.likeness(head), format));
    let nearest =
        nearest.max_by(|(a, _), (b, _)| a.total_cmp(b)).filter(|(likeness, _)| *likeness > 0.0);
    let nearest = nearest.map_or(String::new(), |(_, format)| {
        format!("; nearest to it is {} ({})", format.name(), format.about())
    });
    format!(
        "looks like no dump known here{nearest}; say what it is with --input-format, and which field holds what with --map text=FIELD; `threadwarden formats` lists all"
    )
}
