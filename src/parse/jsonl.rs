//! JSON Lines: one object a line, its fields mapped by name.

use std::io::{BufRead, Read};

use super::head::Shape;
use super::lexer::{Fault, Lexer};
use super::preset::Preset;
use super::record::Mapping;
use super::shaped::Shaped;
use super::tree::{Found, Tree};
use super::{Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A longer line is no comment but a broken or hostile file.
const MAX_LINE: usize = 64 << 20;

/// One JSON object a line.
pub(super) static JSON_LINES: Shaped = Shaped {
    name: "jsonl",
    about: "one JSON object a line, whatever its fields are called",
    example: r#"{"id":"2","parent_id":"1","author":"Ann","text":"No."}"#,
    extensions: &["jsonl", "ndjson"],
    fits: |shape| shape == Shape::Lines,
    read,
};

/// Reads JSON Lines with the names of `preset`.
pub(super) fn read<'a>(
    input: Input<'a>,
    preset: &Preset,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    let tree = Tree::new(Mapping::new(preset, options, &input.head), false);
    Ok(Box::new(Lines { input, tree, lexer: Lexer::default(), number: 0 }))
}

struct Lines<'a> {
    input: Input<'a>,
    tree: Tree,
    lexer: Lexer<'static>,
    /// The line that is being read.
    number: u64,
}

impl Records for Lines<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        loop {
            let found = self.tree.next(&mut self.lexer, comment);
            self.input.notes.add_replaced(self.lexer.take_replaced());
            let reason = match found {
                Ok(Found::Comment) => return Ok(true),
                Ok(Found::Fault(_, reason)) => return Err(self.input.record(self.number, reason)),
                Ok(Found::End) if self.read_line()? => continue,
                Ok(Found::End) => return Ok(false),
                Err(Fault::Syntax(reason) | Fault::Limit(reason)) => reason,
                Err(Fault::CutOff) => "is cut off".into(),
                Err(Fault::Read(error)) => return Err(Error::reading(&self.input.name, error)),
            };
            self.tree.abandon();
            self.lexer.begin(self.number);
            return Err(self.input.record(self.number, reason));
        }
    }

    fn article(&mut self) -> Option<Article> {
        self.tree.article()
    }

    fn notes(&self, notes: &mut Notes) {
        self.tree.mapping.notes(notes);
    }

    fn skim(&mut self) {
        self.tree.is_skimming = true;
    }
}

impl Lines<'_> {
    /// Reads the next line; false at the end.
    fn read_line(&mut self) -> Result<bool> {
        self.number += 1;
        let line = self.lexer.begin(self.number);
        let limit = MAX_LINE as u64 + 1;
        let read = self.input.bytes.by_ref().take(limit).read_until(b'\n', line);
        let read = read.map_err(|error| Error::reading(&self.input.name, error))?;
        if read > MAX_LINE {
            let reason =
                format!("line {} is longer than 64 MiB; is this a JSON Lines file?", self.number);
            return Err(self.input.refuse(reason));
        }
        Ok(read > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::preset::GENERIC;
    use crate::parse::read_on;

    const LINES: &str = r#"{"thread":"t","author":{"name":"Ann"},"time":"2026-01-02","votes":3,"text":"One"}
{"thread":"t","author":"B\x","text":"Two"}
{"thread":"t","author":["C"],"time":"soon","text":"Three"}
{"thread":"t","author":"D\ud83d","deleted":true}

{"thread":"u","author":"E"}
{"author":1e,"thread":"u","text":"Four","replies":[{"user":"F","text":"Five"}]}
{"thread":"u","author":"G
"#;

    #[test]
    fn lines_that_are_skimmed_have_the_same_comments_and_faults() {
        let begin = || read(Input::bare(LINES.as_bytes()), &GENERIC, &ReadOptions::default());
        let (mut skimmed, mut whole) = (begin().unwrap(), begin().unwrap());
        let mut comment = Comment::default();
        skimmed.skim();
        assert_eq!(skimmed.next(&mut comment).ok(), Some(true));
        assert_eq!((&*comment.thread, &*comment.text, &*comment.author), ("t", "One", ""));
        comment.clear();
        assert_eq!(whole.next(&mut comment).ok(), Some(true));
        assert_eq!(comment.author, "Ann");
        let threads_and_texts =
            |records: &mut dyn Records| read_on(records, |comment| (comment.thread, comment.text));
        let skimmed = threads_and_texts(&mut *skimmed);
        assert_eq!((skimmed.0.len(), skimmed.1.len()), (4, 3), "{skimmed:?}");
        assert_eq!(skimmed, threads_and_texts(&mut *whole));
    }
}
