//! What the beginnings and ends of elements, and what stands between, do to the record.

use std::fmt::Write;

use quick_xml::events::{BytesStart, Event};

use super::{Elements, Step};
use crate::comment::{Article, Plain, unescape};
use crate::parse::fields::Field;

/// A longer text is no comment.
const MAX_TEXT: usize = 64 << 20;

impl Elements<'_> {
    /// Takes one event.
    pub(super) fn step(&mut self) -> Result<Step, quick_xml::Error> {
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
}
