//! JSON read piece by piece.
//!
//! The readers need more than a JSON library gives: documents larger than memory, nesting without
//! recursion, numbers as they are written (ids have more digits than a float keeps), half
//! surrogates from cut emoji, and a way on behind a broken record.

mod skip;
mod string;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::ops::Range;

use super::decode;

/// Deeper nesting is no thread but an attack.
const MAX_DEPTH: usize = 4096;

/// A piece of JSON. What a key, text or number says is in [`Lexer::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    OpenObject,
    CloseObject,
    OpenArray,
    CloseArray,
    Key,
    Text,
    Number,
    True,
    False,
    Null,
    End,
}

/// What keeps JSON from being read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The input fails.
    Read(std::io::Error),
    /// A place that is no JSON; reading can go on behind the record.
    Syntax(String),
    /// The input ends within a value.
    CutOff,
    /// Too long or too deep.
    Limit(String),
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Read(error)
    }
}

/// How much is read at a time.
const PIECE: usize = 64 << 10;

/// Reads JSON values, one after the other.
///
/// They are read where they lie, in a window on the input: only a text with escapes is copied.
#[derive(Default)]
pub(super) struct Lexer<'a> {
    /// Where more comes from; `None` if all there is stands in the window.
    input: Option<Box<dyn BufRead + Send + 'a>>,
    window: Vec<u8>,
    /// What of the window is read, and where the piece begins that has to stay.
    at: usize,
    start: usize,
    /// What the last key, text or number says: a part of the window, or `unescaped`.
    text: Range<usize>,
    unescaped: Vec<u8>,
    is_unescaped: bool,
    /// For each container that is open, whether it is an object.
    open: Vec<bool>,
    /// The next string is a key.
    at_key: bool,
    /// The line that is being read, and its place and that of the window in the input.
    line: u64,
    line_begins: u64,
    window_begins: u64,
    /// Half surrogates replaced.
    replaced: u64,
}

impl<'a> Lexer<'a> {
    /// Reads all that `input` gives.
    pub(super) fn new(input: Box<dyn BufRead + Send + 'a>) -> Self {
        Self { input: Some(input), line: 1, ..Self::default() }
    }

    /// Begins anew with what is to be put into the window that is given: the line of such a number.
    pub(super) fn begin(&mut self, line: u64) -> &mut Vec<u8> {
        (self.at, self.start, self.at_key) = (0, 0, false);
        (self.line, self.line_begins, self.window_begins) = (line, 0, 0);
        self.open.clear();
        self.window.clear();
        &mut self.window
    }

    /// What the last key, text or number says.
    pub(super) fn text(&self) -> Cow<'_, str> {
        decode::text(self.bytes())
    }

    fn bytes(&self) -> &[u8] {
        if self.is_unescaped { &self.unescaped } else { &self.window[self.text.clone()] }
    }

    /// The line that is being read, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The line that is being read, and how much of it is read.
    pub(super) fn position(&self) -> (u64, u64) {
        (self.line, self.window_begins + self.at as u64 - self.line_begins)
    }

    /// Half surrogates replaced since the last call.
    pub(super) fn take_replaced(&mut self) -> u64 {
        std::mem::take(&mut self.replaced)
    }

    /// The byte that comes next; `None` at the end.
    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        match self.window.get(self.at).copied() {
            None if self.read_more()? => Ok(self.window.get(self.at).copied()),
            byte => Ok(byte),
        }
    }

    /// Reads more, as much again as has to stay; false at the end.
    #[cold]
    fn read_more(&mut self) -> Result<bool, Fault> {
        let Some(input) = &mut self.input else { return Ok(false) };
        self.window.drain(..self.start);
        self.window_begins += self.start as u64;
        self.at -= self.start;
        self.start = 0;
        let wanted = self.window.len().max(PIECE) as u64;
        Ok(input.take(wanted).read_to_end(&mut self.window)? > 0)
    }

    /// Passes over the line feed that comes next.
    fn begin_line(&mut self) {
        self.at += 1;
        self.line += 1;
        self.line_begins = self.window_begins + self.at as u64;
    }

    fn syntax<T>(&self, what: &str) -> Result<T, Fault> {
        let column = self.position().1 + 1;
        Err(Fault::Syntax(format!("is no valid JSON ({what}, column {column})")))
    }

    /// The first byte that is no white space, comma or colon. That these stand in their places is
    /// not checked: a comma too many loses nothing.
    fn next_byte(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let Some(byte) = self.window.get(self.at).copied() else {
                self.start = self.at;
                if self.read_more()? {
                    continue;
                }
                return Ok(None);
            };
            match byte {
                b'\n' => self.begin_line(),
                b' ' | b'\t' | b'\r' => self.at += 1,
                b',' | b':' => {
                    self.at_key = byte == b',' && self.open.last() == Some(&true);
                    self.at += 1;
                }
                _ => return Ok(Some(byte)),
            }
        }
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Token, Fault> {
        self.next_piece(true)
    }

    /// The next piece, of which only the kind matters: what a text says is not kept.
    pub(super) fn next_kind(&mut self) -> Result<Token, Fault> {
        self.next_piece(false)
    }

    fn next_piece(&mut self, keep: bool) -> Result<Token, Fault> {
        let Some(byte) = self.next_byte()? else {
            return if self.open.is_empty() { Ok(Token::End) } else { Err(Fault::CutOff) };
        };
        match byte {
            b'"' => {
                self.at += 1;
                self.string(keep || self.at_key)?;
                let is_key = std::mem::take(&mut self.at_key);
                Ok(if is_key { Token::Key } else { Token::Text })
            }
            b'{' | b'[' => {
                self.deepen(byte)?;
                self.at_key = byte == b'{';
                Ok(if byte == b'{' { Token::OpenObject } else { Token::OpenArray })
            }
            b'}' | b']' => {
                if self.open.last() != Some(&(byte == b'}')) {
                    return self.syntax("a bracket closes what is not open");
                }
                self.at += 1;
                self.open.pop();
                self.at_key = false;
                Ok(if byte == b'}' { Token::CloseObject } else { Token::CloseArray })
            }
            _ if self.at_key => self.syntax("a name in quotation marks is expected"),
            b'-' | b'0'..=b'9' => {
                self.word()?;
                Ok(Token::Number)
            }
            _ => {
                self.word()?;
                match self.bytes() {
                    b"true" => Ok(Token::True),
                    b"false" => Ok(Token::False),
                    // What Python and R write for a missing number is no JSON, but common.
                    b"null" | b"NaN" | b"Infinity" | b"NA" => Ok(Token::Null),
                    _ => self.syntax("a value is expected"),
                }
            }
        }
    }

    /// Passes over the bracket that comes next, which opens a container.
    fn deepen(&mut self, bracket: u8) -> Result<(), Fault> {
        if self.open.len() == MAX_DEPTH {
            return Err(Fault::Limit(format!(
                "line {} is nested deeper than {MAX_DEPTH} levels; no thread is",
                self.line
            )));
        }
        self.at += 1;
        self.open.push(bracket == b'{');
        Ok(())
    }

    /// Reads letters and digits.
    fn word(&mut self) -> Result<(), Fault> {
        const LONGEST: usize = 400;
        self.start = self.at;
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) {
                break;
            }
            self.at += 1;
            if self.at - self.start > LONGEST {
                return self.syntax("a number or word is too long");
            }
        }
        self.text = self.start..self.at;
        self.is_unescaped = false;
        Ok(())
    }
}
