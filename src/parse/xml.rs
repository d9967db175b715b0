//! XML exports: a stream of elements, of which some are comments.
//!
//! Nothing is expanded but the entities that XML itself knows: not those of a document type, and
//! nothing from outside. What is not well-formed is read as far as it makes sense.

mod lines;
mod path;
mod preset;
mod text;

pub(super) use self::preset::XmlPreset;

use std::fmt::Write;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::lines::Lines;
use self::path::Path;
use self::text::Text;
use super::fields::Field;
use super::head;
use super::record::{Holds, Mapping, Outcome, Record};
use super::{Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment, Plain, unescape};
use crate::error::{Error, Refusal, Result};

/// A longer text is no comment.
const MAX_TEXT: usize = 64 << 20;

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
    /// Takes one event.
    fn step(&mut self) -> Result<Step, quick_xml::Error> {
        self.buffer.clear();
        self.reader.get_mut().allow(MAX_TEXT);
        let mut buffer = std::mem::take(&mut self.buffer);
        let step = match self.reader.read_event_into(&mut buffer)? {
            Event::Eof => Step::AtEnd,
            Event::Start(element) => self.open(&element),
            Event::Empty(element) => {
                // One that was left open ends here; then this one ends with the next.
                match self.open(&element) {
                    Step::On => self.close(element.name().as_ref()),
                    ended => ended,
                }
            }
            Event::End(element) => self.close(element.name().as_ref()),
            Event::Text(text) => {
                self.text.push(&text);
                Step::On
            }
            Event::CData(text) => {
                self.text.push_cdata(&text);
                Step::On
            }
            Event::GeneralRef(name) => {
                self.text.push_reference(&name);
                Step::On
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Step::On,
        };
        self.buffer = buffer;
        Ok(step)
    }

    /// Begins an element. One that begins a comment ends the comment before it, if that is open.
    fn open(&mut self, element: &BytesStart) -> Step {
        let name = element.name();
        let name = name.as_ref();
        if self.in_text && name != self.record_name {
            // Markup that the export forgot to escape.
            let _ = write!(self.text, "<{}>", &**element);
            return Step::On;
        }
        if name == self.record_name {
            // One that was left open ends where the next begins.
            self.end_field();
        }
        self.text.clear();
        if name == self.record_name {
            self.in_text = false;
            self.ended = self.record.replace(std::mem::take(&mut self.spare));
            self.line = self.reader.get_ref().line();
            self.path.clear();
        } else if name == self.holder_name && self.record.is_none() {
            self.holder = Some(Article::default());
            self.path.clear();
        } else if self.record.is_some() || self.holder.is_some() {
            self.path.push(name);
            self.in_text = self.record.is_some()
                && matches!(self.meaning(), Some((Field::Text | Field::Html, _)));
        }
        for attribute in element.html_attributes().with_checks(false).flatten() {
            self.path.begin_attribute(attribute.key.as_ref());
            self.take_value(&unescape(&attribute.value));
            self.path.end_attribute();
        }
        if self.ended.is_some() { Step::Ended } else { Step::On }
    }

    /// Ends an element, and those in it that were left open.
    fn close(&mut self, name: &str) -> Step {
        if name == self.record_name {
            self.end_field();
            self.ended = self.record.take();
            return Step::Ended;
        }
        if self.in_text && self.path.last() != Some(name) {
            let _ = write!(self.text, "</{name}>");
            return Step::On;
        }
        if name == self.holder_name && self.record.is_none() {
            if let Some(mut article) = self.holder.take() {
                article.text = Plain::from_html(&article.text).text;
                if article.thread.is_empty() {
                    article.thread.clone_from(&article.title);
                }
                self.articles.push(article);
            }
            return Step::On;
        }
        if self.path.close_inside(name) {
            self.end_field();
        }
        self.text.clear();
        Step::On
    }

    /// Ends the innermost element that is open in the record: its text is a value.
    fn end_field(&mut self) {
        if self.path.last().is_none() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        self.take_value(text.value());
        self.text = text;
        self.path.pop();
        self.in_text = false;
    }

    /// What the element or attribute that is open last means.
    fn meaning(&mut self) -> Option<(Field, usize)> {
        self.mapping.meaning(self.path.joined()).value
    }

    /// Takes the value of the element or attribute that is open last.
    fn take_value(&mut self, value: &str) {
        let meaning = self.meaning();
        if let Some(record) = &mut self.record {
            if let Some((field, rank)) = meaning {
                record.set(field, rank, Some(value));
            }
        } else if let Some(article) = &mut self.holder {
            let fields = [&mut article.thread, &mut article.title, &mut article.text];
            for (name, field) in self.article_names.iter().zip(fields) {
                if *name == self.path.joined() {
                    value.trim().clone_into(field);
                }
            }
        }
    }

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
