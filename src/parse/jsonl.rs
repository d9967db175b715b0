//! JSON Lines: one object a line, its fields mapped by name.

use std::io::{BufRead, Read};

use super::head::{Head, Shape};
use super::lexer::{Buffers, Fault, Lexer};
use super::preset::{GENERIC, Preset};
use super::record::Mapping;
use super::tree::{Found, Tree};
use super::{Format, Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A longer line is no comment but a broken or hostile file.
const MAX_LINE: usize = 64 << 20;

/// One JSON object a line.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one JSON object a line, whatever its fields are called"
    }

    fn example(&self) -> &'static str {
        r#"{"id":"2","parent_id":"1","author":"Ann","text":"No."}"#
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn recognises(&self, head: &Head) -> bool {
        head.shape() == Shape::Lines
    }

    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>> {
        read(input, &GENERIC, options)
    }
}

/// Reads JSON Lines with the names of `preset`.
pub(super) fn read<'a>(
    input: Input<'a>,
    preset: &Preset,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    let tree = Tree::new(Mapping::new(preset, options), false);
    Ok(Box::new(Lines {
        input,
        tree,
        line: Vec::new(),
        buffers: Buffers::default(),
        number: 0,
        waiting: false,
    }))
}

struct Lines<'a> {
    input: Input<'a>,
    tree: Tree,
    line: Vec<u8>,
    buffers: Buffers,
    number: u64,
    /// The tree may have more from the line.
    waiting: bool,
}

impl Records for Lines<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        loop {
            if !self.waiting && !self.read_line()? {
                return Ok(false);
            }
            let line = if self.waiting { &[] } else { self.line.as_slice() };
            let mut lexer = Lexer::with_buffers(line, std::mem::take(&mut self.buffers));
            let found = self.tree.next(&mut lexer);
            self.input.notes.add_replaced(lexer.take_replaced());
            self.buffers = lexer.into_buffers();
            self.waiting = matches!(found, Ok(Some(_)));
            if found.is_err() {
                self.tree.abandon();
            }
            match found {
                Ok(Some(Found::Comment(found))) => {
                    *comment = *found;
                    return Ok(true);
                }
                Ok(Some(Found::Fault(_, reason)))
                | Err(Fault::Syntax(reason) | Fault::Limit(reason)) => {
                    return Err(self.input.record(self.number, reason));
                }
                Ok(None) => {}
                Err(Fault::CutOff) => {
                    return Err(self.input.record(self.number, "is cut off".into()));
                }
                Err(Fault::Read(error)) => return Err(Error::reading(&self.input.name, error)),
            }
        }
    }

    fn article(&mut self) -> Option<Article> {
        self.tree.article()
    }

    fn notes(&self, notes: &mut Notes) {
        notes.unknown_times += self.tree.mapping.unknown_times;
    }
}

impl Lines<'_> {
    /// Reads the next line that is not blank; false at the end.
    fn read_line(&mut self) -> Result<bool> {
        loop {
            self.line.clear();
            let limit = MAX_LINE as u64 + 1;
            let read = self.input.bytes.by_ref().take(limit).read_until(b'\n', &mut self.line);
            let read = read.map_err(|error| Error::reading(&self.input.name, error))?;
            if read == 0 {
                return Ok(false);
            }
            self.number += 1;
            if read > MAX_LINE {
                let reason = format!(
                    "line {} is longer than 64 MiB; is this a JSON Lines file?",
                    self.number
                );
                return Err(self.input.refuse(reason));
            }
            if !self.line.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}
