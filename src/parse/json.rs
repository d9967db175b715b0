//! JSON documents: lists, trees, and lists or trees somewhere inside.

use super::head::Shape;
use super::lexer::{Fault, Lexer};
use super::preset::Preset;
use super::record::Mapping;
use super::shaped::Shaped;
use super::tree::{Found, Tree};
use super::{Input, Notes, ReadOptions, Records, Tally};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

use std::sync::Arc;

/// JSON in any shape.
pub(super) static JSON: Shaped = Shaped {
    name: "json",
    about: "JSON: a list of comments, answers within comments, or either somewhere inside",
    example: r#"{"title":"…","comments":[{"id":1,"author":"Ann","text":"No.","replies":[{"id":2,"text":"Yes."}]}]}"#,
    extensions: &["json"],
    fits: |shape| shape == Shape::Json,
    read,
};

/// Reads a document with the names of `preset`.
pub(super) fn read<'a>(
    input: Input<'a>,
    preset: &Preset,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    Ok(Box::new(Document {
        name: input.name,
        notes: input.notes,
        lexer: Lexer::new(input.bytes),
        tree: Tree::new(Mapping::new(preset, options, &input.head), true),
        found: 0,
        at_end: false,
    }))
}

struct Document<'a> {
    name: String,
    notes: Arc<Tally>,
    lexer: Lexer<'a>,
    tree: Tree,
    /// Comments and faults found.
    found: u64,
    at_end: bool,
}

impl Records for Document<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        let found = self.tree.next(&mut self.lexer, comment);
        self.notes.add_replaced(self.lexer.take_replaced());
        self.found += u64::from(!matches!(found, Ok(Found::End)));
        match found {
            Ok(Found::Comment) => Ok(true),
            Ok(Found::Fault(line, reason)) => {
                Err(Error::Record { name: self.name.clone(), line, reason })
            }
            Ok(Found::End) => {
                self.at_end = true;
                if self.found == 0 && self.tree.without_text > 0 {
                    let reason = format!(
                        "none of {} records has a field `text`; name the one that holds it with --map text=FIELD",
                        self.tree.without_text
                    );
                    return Err(Error::Input { name: self.name.clone(), reason });
                }
                Ok(false)
            }
            Err(fault) => {
                self.at_end = true;
                Err(self.refuse(fault))
            }
        }
    }

    fn article(&mut self) -> Option<Article> {
        self.tree.article()
    }

    fn notes(&self, notes: &mut Notes) {
        self.tree.mapping.notes(notes);
    }
}

impl Document<'_> {
    fn refuse(&self, fault: Fault) -> Error {
        let reason = match fault {
            Fault::Read(error) => return Error::reading(&self.name, error),
            Fault::CutOff => {
                format!("ends within a record, at line {}; is it cut off?", self.lexer.line())
            }
            Fault::Syntax(reason) => format!("line {} {reason}", self.lexer.line()),
            Fault::Limit(reason) => reason,
        };
        Error::Input { name: self.name.clone(), reason }
    }
}
