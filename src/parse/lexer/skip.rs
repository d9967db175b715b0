//! Passing over what nobody needs, and over what is broken.

use super::{Fault, Lexer, Token};

impl Lexer<'_> {
    /// Passes over the rest of the value that `token`, the last piece, begins.
    pub(in crate::parse) fn skip(&mut self, token: Token) -> Result<(), Fault> {
        if !matches!(token, Token::OpenObject | Token::OpenArray) {
            return Ok(());
        }
        self.skip_to(self.open.len() - 1)
    }

    /// Passes over all that stands in containers deeper than `depth`, valid or not: only brackets
    /// and strings are looked at.
    pub(in crate::parse) fn skip_to(&mut self, depth: usize) -> Result<(), Fault> {
        while self.open.len() > depth {
            let Some(byte) = self.next_byte()? else { return Err(Fault::CutOff) };
            match byte {
                b'"' => {
                    self.at += 1;
                    self.string(false).or_else(|fault| match fault {
                        Fault::Syntax(_) => self.string(false),
                        other => Err(other),
                    })?;
                }
                b'{' | b'[' => self.deepen(byte)?,
                b'}' | b']' => {
                    self.at += 1;
                    self.open.pop();
                }
                _ => self.at += 1,
            }
        }
        self.at_key = false;
        Ok(())
    }

    /// Passes over what is no JSON, up to where a record or the list may begin or end.
    pub(in crate::parse) fn skip_to_record(&mut self) -> Result<(), Fault> {
        while let Some(byte) = self.next_byte()? {
            if matches!(byte, b'{' | b']') {
                return Ok(());
            }
            self.at += 1;
        }
        Err(Fault::CutOff)
    }

    /// Passes over the rest of the line, with all containers closed.
    pub(in crate::parse) fn skip_line(&mut self) -> Result<(), Fault> {
        self.open.clear();
        self.at_key = false;
        loop {
            let found = memchr::memchr(b'\n', &self.window[self.at..]);
            self.at = found.map_or(self.window.len(), |end| self.at + end);
            self.start = self.at;
            if found.is_some() || !self.read_more()? {
                return Ok(());
            }
        }
    }
}
