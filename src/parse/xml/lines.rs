//! An input that knows where it is, and that ends an event that goes on for ever.

use std::io::{self, BufRead, Read};

use crate::error::Refusal;

/// Counts lines and columns of what is read.
pub(super) struct Lines<R> {
    input: R,
    line: u64,
    column: usize,
    /// How many bytes may be read until more are allowed.
    allowed: usize,
}

impl<R: BufRead> Lines<R> {
    /// Wraps `input`, which stands at `column` of its first line.
    pub(super) fn new(input: R, column: usize) -> Self {
        Self { input, line: 1, column, allowed: 0 }
    }

    /// Allows so many more bytes.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.allowed = bytes;
    }

    /// The line that is being read, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes of it are read.
    pub(super) fn column(&self) -> usize {
        self.column
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.allowed == 0 {
            let reason =
                format!("line {} holds an element longer than 64 MiB; no comment is", self.line);
            return Err(Refusal(reason).into_io());
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What is consumed still stands in the buffer.
        if let Ok(buffer) = self.input.fill_buf() {
            let read = &buffer[..amount.min(buffer.len())];
            match memchr::memrchr(b'\n', read) {
                Some(last) => {
                    self.line += memchr::memchr_iter(b'\n', read).count() as u64;
                    self.column = read.len() - last - 1;
                }
                None => self.column += read.len(),
            }
        }
        self.allowed = self.allowed.saturating_sub(amount);
        self.input.consume(amount);
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
