//! Strings of JSON.

use super::{Fault, Lexer};

/// A longer string is no comment but a broken or hostile file.
const MAX_TEXT: usize = 64 << 20;

impl Lexer<'_> {
    /// Reads a string behind its first quotation mark, and keeps what it says if told so.
    pub(super) fn string(&mut self, keep: bool) -> Result<(), Fault> {
        self.start = self.at;
        self.is_unescaped = false;
        loop {
            let rest = &self.window[self.at..];
            let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                self.at = self.window.len();
                if !keep {
                    self.start = self.at;
                }
                self.check_length(self.at - self.start)?;
                if !self.read_more()? {
                    return Err(Fault::CutOff);
                }
                continue;
            };
            self.at += found;
            match self.window[self.at] {
                b'\n' => self.begin_line(),
                b'"' => break,
                _ => {
                    if keep {
                        self.keep_piece();
                        self.check_length(self.unescaped.len())?;
                    }
                    self.at += 1;
                    self.start = self.at;
                    self.escape(keep)?;
                    self.start = self.at;
                }
            }
        }
        if self.is_unescaped {
            self.keep_piece();
        } else {
            self.text = self.start..self.at;
        }
        self.at += 1;
        Ok(())
    }

    fn check_length(&self, length: usize) -> Result<(), Fault> {
        if length <= MAX_TEXT {
            return Ok(());
        }
        Err(Fault::Limit(format!(
            "line {} holds a text longer than 64 MiB; no comment is",
            self.line
        )))
    }

    /// Copies what stands in front of an escape.
    fn keep_piece(&mut self) {
        if !self.is_unescaped {
            self.is_unescaped = true;
            self.unescaped.clear();
        }
        self.unescaped.extend_from_slice(&self.window[self.start..self.at]);
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, keep: bool) -> Result<(), Fault> {
        let Some(byte) = self.peek()? else { return Err(Fault::CutOff) };
        self.at += 1;
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
        self.unescaped.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Reads what follows `\u`: one character, or two halves of one.
    fn unicode(&mut self, keep: bool) -> Result<(), Fault> {
        let mut unit = self.hexadecimal()?;
        // Halves that find no other half give one replacement each.
        while (0xd800..0xdc00).contains(&unit) {
            if self.peek()? != Some(b'\\') {
                break;
            }
            self.at += 1;
            if self.peek()? != Some(b'u') {
                self.replace(keep);
                return self.escape(keep);
            }
            self.at += 1;
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
            self.at += 1;
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }
}
