//! JSON read piece by piece.
//!
//! The readers need more than a JSON library gives: documents larger than memory, nesting without
//! recursion, numbers as they are written (ids have more digits than a float keeps), half
//! surrogates from cut emoji, and a way on behind a broken record.

use std::borrow::Cow;
use std::io::BufRead;

/// Deeper nesting is no thread but an attack.
const MAX_DEPTH: usize = 4096;

/// A longer string is no comment but a broken or hostile file.
const MAX_TEXT: usize = 64 << 20;

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

/// Memory that can be used again.
#[derive(Default)]
pub(super) struct Buffers {
    text: Vec<u8>,
    open: Vec<bool>,
}

/// Reads JSON values, one after the other.
pub(super) struct Lexer<R> {
    input: R,
    text: Vec<u8>,
    /// For each container that is open, whether it is an object.
    open: Vec<bool>,
    /// The next string is a key.
    at_key: bool,
    line: u64,
    /// Bytes read of the current line.
    column: u64,
    /// Half surrogates replaced.
    replaced: u64,
}

impl<R: BufRead> Lexer<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            text: Vec::new(),
            open: Vec::new(),
            at_key: false,
            line: 1,
            column: 0,
            replaced: 0,
        }
    }

    /// The same with the buffers of another one.
    pub(super) fn with_buffers(input: R, buffers: Buffers) -> Self {
        let Buffers { mut text, mut open } = buffers;
        text.clear();
        open.clear();
        Self { text, open, ..Self::new(input) }
    }

    /// The buffers, for another one.
    pub(super) fn into_buffers(self) -> Buffers {
        Buffers { text: self.text, open: self.open }
    }

    /// What the last key, text or number says.
    pub(super) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.text)
    }

    /// The line that is being read, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The line that is being read, and how much of it is read.
    pub(super) fn position(&self) -> (u64, u64) {
        (self.line, self.column)
    }

    /// Half surrogates replaced since the last call.
    pub(super) fn take_replaced(&mut self) -> u64 {
        std::mem::take(&mut self.replaced)
    }

    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            match self.input.fill_buf() {
                Ok(buffer) => return Ok(buffer.first().copied()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn advance(&mut self) {
        self.input.consume(1);
        self.column += 1;
    }

    fn syntax<T>(&self, what: &str) -> Result<T, Fault> {
        Err(Fault::Syntax(format!("is no valid JSON ({what}, column {})", self.column + 1)))
    }

    /// The first byte that is no white space, comma or colon. That these stand in their places is
    /// not checked: a comma too many loses nothing.
    fn next_byte(&mut self) -> Result<Option<u8>, Fault> {
        while let Some(byte) = self.peek()? {
            match byte {
                b'\n' => {
                    self.advance();
                    self.line += 1;
                    self.column = 0;
                }
                b' ' | b'\t' | b'\r' => self.advance(),
                b',' | b':' => {
                    self.at_key = byte == b',' && self.open.last() == Some(&true);
                    self.advance();
                }
                _ => return Ok(Some(byte)),
            }
        }
        Ok(None)
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
            b'{' | b'[' => {
                if self.open.len() == MAX_DEPTH {
                    return Err(Fault::Limit(format!(
                        "line {} is nested deeper than {MAX_DEPTH} levels; no thread is",
                        self.line
                    )));
                }
                self.advance();
                self.open.push(byte == b'{');
                self.at_key = byte == b'{';
                Ok(if byte == b'{' { Token::OpenObject } else { Token::OpenArray })
            }
            b'}' | b']' => {
                if self.open.last() != Some(&(byte == b'}')) {
                    return self.syntax("a bracket closes what is not open");
                }
                self.advance();
                self.open.pop();
                self.at_key = false;
                Ok(if byte == b'}' { Token::CloseObject } else { Token::CloseArray })
            }
            b'"' => {
                self.advance();
                self.string(keep || self.at_key)?;
                let is_key = std::mem::take(&mut self.at_key);
                Ok(if is_key { Token::Key } else { Token::Text })
            }
            _ if self.at_key => self.syntax("a name in quotation marks is expected"),
            b'-' | b'0'..=b'9' => {
                self.word()?;
                Ok(Token::Number)
            }
            _ => {
                self.word()?;
                match self.text.as_slice() {
                    b"true" => Ok(Token::True),
                    b"false" => Ok(Token::False),
                    // What Python and R write for a missing number is no JSON, but common.
                    b"null" | b"NaN" | b"Infinity" | b"NA" => Ok(Token::Null),
                    _ => self.syntax("a value is expected"),
                }
            }
        }
    }

    /// Reads letters and digits.
    fn word(&mut self) -> Result<(), Fault> {
        const LONGEST: usize = 400;
        self.text.clear();
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) {
                break;
            }
            self.text.push(byte);
            self.advance();
            if self.text.len() > LONGEST {
                return self.syntax("a number or word is too long");
            }
        }
        Ok(())
    }

    /// Reads a string behind its first quotation mark, and keeps what it says if told so.
    fn string(&mut self, keep: bool) -> Result<(), Fault> {
        self.text.clear();
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            if buffer.is_empty() {
                return Err(Fault::CutOff);
            }
            let stop = memchr::memchr2(b'"', b'\\', buffer);
            let chunk = &buffer[..stop.unwrap_or(buffer.len())];
            if let Some(last) = memchr::memrchr(b'\n', chunk) {
                self.line += memchr::memchr_iter(b'\n', chunk).count() as u64;
                self.column = (chunk.len() - last - 1) as u64;
            } else {
                self.column += chunk.len() as u64;
            }
            if keep {
                self.text.extend_from_slice(chunk);
            }
            let (length, found) = (chunk.len(), stop.map(|stop| buffer[stop]));
            self.input.consume(length + usize::from(found.is_some()));
            if self.text.len() > MAX_TEXT {
                return Err(Fault::Limit(format!(
                    "line {} holds a text longer than 64 MiB; no comment is",
                    self.line
                )));
            }
            match found {
                Some(b'"') => {
                    self.column += 1;
                    return Ok(());
                }
                Some(_) => {
                    self.column += 1;
                    self.escape(keep)?;
                }
                None => {}
            }
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, keep: bool) -> Result<(), Fault> {
        let Some(byte) = self.peek()? else { return Err(Fault::CutOff) };
        self.advance();
        let character = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.unicode(keep),
            _ => return self.syntax("an unknown escape"),
        };
        if keep {
            self.keep(character);
        }
        Ok(())
    }

    fn keep(&mut self, character: char) {
        self.text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Reads what follows `\u`: one character, or two halves of one.
    fn unicode(&mut self, keep: bool) -> Result<(), Fault> {
        let mut unit = self.hexadecimal()?;
        // Halves that find no other half give one replacement each.
        while (0xd800..0xdc00).contains(&unit) {
            if self.peek()? != Some(b'\\') {
                break;
            }
            self.advance();
            if self.peek()? != Some(b'u') {
                self.replace(keep);
                return self.escape(keep);
            }
            self.advance();
            let second = self.hexadecimal()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
                if keep && let Some(character) = char::from_u32(code) {
                    self.keep(character);
                }
                return Ok(());
            }
            self.replace(keep);
            unit = second;
        }
        match char::from_u32(unit).filter(|character| *character != '\0') {
            Some(character) if keep => self.keep(character),
            Some(_) => {}
            None => self.replace(keep),
        }
        Ok(())
    }

    fn replace(&mut self, keep: bool) {
        if keep {
            self.replaced += 1;
            self.keep(char::REPLACEMENT_CHARACTER);
        }
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(byte) = self.peek()? else { return Err(Fault::CutOff) };
            let Some(digit) = char::from(byte).to_digit(16) else {
                return self.syntax("four hexadecimal digits are expected");
            };
            self.advance();
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    /// Passes over the rest of the value that `token`, the last piece, begins.
    pub(super) fn skip(&mut self, token: Token) -> Result<(), Fault> {
        if !matches!(token, Token::OpenObject | Token::OpenArray) {
            return Ok(());
        }
        self.skip_to(self.open.len() - 1)
    }

    /// Passes over all that stands in containers deeper than `depth`, valid or not: only brackets
    /// and strings are looked at.
    pub(super) fn skip_to(&mut self, depth: usize) -> Result<(), Fault> {
        while self.open.len() > depth {
            let Some(byte) = self.next_byte()? else { return Err(Fault::CutOff) };
            self.advance();
            match byte {
                b'"' => self.string(false).or_else(|fault| match fault {
                    Fault::Syntax(_) => self.string(false),
                    other => Err(other),
                })?,
                b'{' | b'[' if self.open.len() == MAX_DEPTH => {
                    return Err(Fault::Limit(format!(
                        "line {} is nested deeper than {MAX_DEPTH} levels; no thread is",
                        self.line
                    )));
                }
                b'{' | b'[' => self.open.push(byte == b'{'),
                b'}' | b']' => {
                    self.open.pop();
                }
                _ => {}
            }
        }
        self.at_key = false;
        Ok(())
    }

    /// Passes over what is no JSON, up to where a record or the list may begin or end.
    pub(super) fn skip_to_record(&mut self) -> Result<(), Fault> {
        while let Some(byte) = self.next_byte()? {
            if matches!(byte, b'{' | b']') {
                return Ok(());
            }
            self.advance();
        }
        Err(Fault::CutOff)
    }

    /// Passes over the rest of the line, with all containers closed.
    pub(super) fn skip_line(&mut self) -> Result<(), Fault> {
        self.open.clear();
        self.at_key = false;
        while let Some(byte) = self.peek()? {
            if byte == b'\n' {
                break;
            }
            self.advance();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every piece of `json`, and what keys, texts and numbers say.
    fn pieces(json: &str) -> Result<Vec<String>, Fault> {
        let mut lexer = Lexer::new(std::io::BufReader::with_capacity(3, json.as_bytes()));
        let mut pieces = Vec::new();
        loop {
            pieces.push(match lexer.next()? {
                Token::End => return Ok(pieces),
                token @ (Token::Key | Token::Text | Token::Number) => {
                    format!("{token:?} {}", lexer.text())
                }
                token => format!("{token:?}"),
            });
        }
    }

    #[test]
    fn values_come_as_they_are_written() {
        let json =
            r#"{"a":[12345678901234567890123,-1.50e3,true,null,NaN],"b\n":"\u00e9\ud83d\ude00"}"#;
        assert_eq!(
            pieces(json).unwrap(),
            [
                "OpenObject",
                "Key a",
                "OpenArray",
                "Number 12345678901234567890123",
                "Number -1.50e3",
                "True",
                "Null",
                "Null",
                "CloseArray",
                "Key b\n",
                "Text é😀",
                "CloseObject",
            ]
        );
    }

    #[test]
    fn half_surrogates_and_nuls_are_replaced_and_counted() {
        let mut lexer = Lexer::new(&br#""a\ud83d\nb\udc00c\ud83d\ud83d\ude00\u0000""#[..]);
        lexer.next().unwrap();
        assert_eq!(lexer.text(), "a\u{fffd}\nb\u{fffd}c\u{fffd}😀\u{fffd}");
        assert_eq!(lexer.take_replaced(), 4);
    }

    #[test]
    fn broken_json_is_refused_with_a_place() {
        for (json, said) in [
            ("{a:1}", "a name in quotation marks is expected, column 2"),
            ("[1}", "a bracket closes what is not open, column 3"),
            ("\n [\"\\x\"]", "an unknown escape, column 6"),
            ("[what]", "a value is expected, column 6"),
        ] {
            match pieces(json) {
                Err(Fault::Syntax(what)) => assert!(what.contains(said), "{json}: {what}"),
                other => panic!("{json}: {other:?}"),
            }
        }
        assert!(matches!(pieces("{\"a\":"), Err(Fault::CutOff)));
        assert!(matches!(pieces("\"a"), Err(Fault::CutOff)));
    }

    #[test]
    fn nesting_ends_somewhere() {
        assert!(matches!(pieces(&"[".repeat(5000)), Err(Fault::Limit(_))));
    }
}
