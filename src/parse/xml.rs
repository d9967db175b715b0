//! XML exports: a stream of elements, of which some are comments.
//!
//! Nothing is expanded but the entities that XML itself knows: not those of a document type, and
//! nothing from outside. What is not well-formed is read as far as it makes sense.

mod events;
mod lines;
mod path;
mod preset;
mod text;

pub(super) use self::preset::XmlPreset;

use std::io::BufRead;

use quick_xml::Reader;

use self::lines::Lines;
use self::path::Path;
use self::text::Text;
use super::head;
use super::record::{Holds, Mapping, Outcome, Record};
use super::{Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Refusal, Result};

/// Reads an export that looks like `kind`.
fn read<'a>(
    kind: &XmlPreset,
    mut input: Input<'a>,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    let stray = head::xml_start(input.head.bytes()).unwrap_or(0);
    head::skip(&mut input.bytes, stray).map_err(|error| Error::reading(&input.name, error))?;
    Ok(Box::new(Elements {
        name: input.name,
        reader: reader(Lines::new(input.bytes, stray)),
        buffer: Vec::new(),
        mapping: Mapping::new(&kind.preset, options, &input.head),
        record_name: kind.record,
        holder_name: kind.holder,
        article_names: kind.article,
        record: None,
        ended: None,
        spare: Record::default(),
        line: 0,
        holder: None,
        path: Path::default(),
        text: Text::default(),
        in_text: false,
        articles: Vec::new(),
        at_end: false,
    }))
}

fn reader<R: BufRead>(input: R) -> Reader<R> {
    let mut reader = Reader::from_reader(input);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

struct Elements<'a> {
    name: String,
    reader: Reader<Lines<Box<dyn BufRead + Send + 'a>>>,
    buffer: Vec<u8>,
    mapping: Mapping,
    record_name: &'static str,
    holder_name: &'static str,
    article_names: [&'static str; 3],
    /// The comment that is being read.
    record: Option<Record>,
    /// One that has ended.
    ended: Option<Record>,
    spare: Record,
    /// The line where it begins.
    line: u64,
    /// The article that is being read, or that the comment stands in.
    holder: Option<Article>,
    path: Path,
    text: Text,
    /// The innermost element holds the text of the comment.
    in_text: bool,
    articles: Vec<Article>,
    at_end: bool,
}

/// What an event left to do.
enum Step {
    On,
    /// A comment is in [`Elements::ended`].
    Ended,
    AtEnd,
}

impl Records for Elements<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        while !self.at_end {
            match self.step() {
                Ok(Step::On) => {}
                Ok(step) => {
                    if matches!(step, Step::AtEnd) {
                        self.at_end = true;
                        self.ended = self.record.take();
                    }
                    if self.finish(comment)? {
                        return Ok(true);
                    }
                }
                Err(error) => return Err(self.fault(&error)),
            }
        }
        Ok(false)
    }

    fn article(&mut self) -> Option<Article> {
        self.articles.pop()
    }

    fn notes(&self, notes: &mut Notes) {
        self.mapping.notes(notes);
    }
}

impl Elements<'_> {
    /// Turns the record that has ended into a comment; false if it is none.
    fn finish(&mut self, comment: &mut Comment) -> Result<bool> {
        let Some(mut record) = self.ended.take() else { return Ok(false) };
        let outcome = self.mapping.finish(&mut record, Holds::Nothing);
        std::mem::swap(comment, &mut record.comment);
        record.clear();
        self.spare = record;
        match outcome {
            Outcome::Comment => {}
            Outcome::Article(_) | Outcome::Nothing => return Ok(false),
            Outcome::NoText => {
                comment.clear();
                return Err(Error::Record {
                    name: self.name.clone(),
                    line: self.line,
                    reason: format!("<{}> has no text", self.record_name),
                });
            }
        }
        if comment.thread.is_empty()
            && let Some(article) = &self.holder
        {
            let id = if article.thread.is_empty() { &article.title } else { &article.thread };
            comment.thread.clone_from(id);
        }
        Ok(true)
    }

    /// What is not well-formed costs the comment that it stands in.
    fn fault(&mut self, error: &quick_xml::Error) -> Error {
        let position = self.reader.get_ref();
        let (line, column) = (position.line(), position.column());
        if let quick_xml::Error::Io(error) = error {
            self.at_end = true;
            let error = match error.get_ref().and_then(|inner| inner.downcast_ref::<Refusal>()) {
                Some(refusal) => Refusal(refusal.0.clone()).into_io(),
                None => std::io::Error::new(error.kind(), error.to_string()),
            };
            return Error::reading(&self.name, error);
        }
        // The reader does not go on behind a fault; another one does, where this one stopped.
        let ended = Lines::new(Box::new(std::io::empty()) as Box<dyn BufRead + Send>, 0);
        let stopped = std::mem::replace(&mut self.reader, reader(ended));
        self.reader = reader(stopped.into_inner());
        self.record = None;
        self.in_text = false;
        self.path.clear();
        self.text.clear();
        let reason = format!("is no well-formed XML at column {column} ({error})");
        Error::Record { name: self.name.clone(), line, reason }
    }
}
