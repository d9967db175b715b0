//! How a dump begins: what kind of file it is, and which names it uses.

use std::io::BufRead;

use rustc_hash::FxHashSet;

use super::delimited;
use super::fields::normalise;
use super::lexer::{Lexer, Token};

/// What kind of file a dump is, whatever platform it is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// One JSON object a line.
    Lines,
    /// Any other JSON.
    Json,
    /// A table: one record a line, fields between such characters.
    Table(u8),
    /// XML.
    Xml,
    /// A spreadsheet.
    Workbook,
    /// None of these.
    #[default]
    Text,
}

/// The beginning of a dump.
#[derive(Clone, Debug, Default)]
pub struct Head {
    bytes: Vec<u8>,
    shape: Shape,
    names: FxHashSet<String>,
    /// Names as they are written, in the order in which they come, for messages.
    spelled: Vec<String>,
}

/// How many names are kept for messages.
const SPELLED: usize = 12;

impl Head {
    /// Looks at the first bytes of a dump, decoded.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        let mut head = Self { bytes, ..Self::default() };
        let text = head.bytes.trim_ascii_start();
        if text.starts_with(b"PK\x03\x04") {
            head.shape = Shape::Workbook;
        } else if text.starts_with(b"{") || text.starts_with(b"[") {
            head.shape = if is_lines(text) { Shape::Lines } else { Shape::Json };
            head.take_keys();
        } else if xml_start(&head.bytes).is_some() {
            head.shape = Shape::Xml;
            head.take_tags();
        } else if let Some((delimiter, header)) = delimited::header(&head.bytes) {
            head.shape = Shape::Table(delimiter);
            head.take_header(&header);
        }
        head
    }

    /// What kind of file it is.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The bytes themselves.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether something is called `name`: a field, a column, an element. The name of a field
    /// within another may be written with a dot, as `user.login`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let mut key = String::new();
        normalise(name, &mut key);
        self.names.contains(&key)
    }

    /// The first names, as they are written.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.spelled
    }

    /// Takes the names of columns.
    pub(super) fn take_header(&mut self, header: &[String]) {
        for name in header {
            self.take(name);
        }
    }

    fn take(&mut self, name: &str) {
        let mut key = String::new();
        normalise(name, &mut key);
        if self.names.insert(key) && self.spelled.len() < SPELLED && !name.contains('.') {
            self.spelled.push(name.chars().take(40).collect());
        }
    }

    fn take_keys(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let mut lexer = Lexer::default();
        lexer.begin(1).extend_from_slice(&bytes);
        // The keys of the objects that are open.
        let mut path: Vec<String> = Vec::new();
        let mut last = String::new();
        while let Ok(token) = lexer.next() {
            match token {
                Token::End => break,
                Token::Key => {
                    last = lexer.text().into_owned();
                    if let Some(outer) = path.last().filter(|outer| !outer.is_empty()) {
                        self.take(&format!("{outer}.{last}"));
                    }
                    self.take(&last);
                }
                Token::OpenObject => path.push(std::mem::take(&mut last)),
                Token::CloseObject => {
                    path.pop();
                }
                Token::OpenArray => last.clear(),
                _ => {}
            }
        }
        self.bytes = bytes;
    }

    fn take_tags(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let text = String::from_utf8_lossy(&bytes);
        for tag in text.split('<').skip(1) {
            let name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
            let end = tag.find(|c| !name(c)).unwrap_or(tag.len());
            if end > 0 {
                self.take(&tag[..end]);
            }
        }
        self.bytes = bytes;
    }
}

/// Whether JSON text has one object a line: any of its first lines is one, from its first column.
fn is_lines(text: &[u8]) -> bool {
    const LOOKED_AT: usize = 20;
    let mut lines = text.split(|byte| *byte == b'\n').take(LOOKED_AT);
    let several = text.trim_ascii_end().contains(&b'\n');
    text.starts_with(b"{") && several && lines.any(|line| line.starts_with(b"{") && is_object(line))
}

fn is_object(line: &[u8]) -> bool {
    let mut lexer = Lexer::default();
    lexer.begin(1).extend_from_slice(line);
    let mut keys = false;
    loop {
        match lexer.next() {
            Ok(Token::End) => return keys,
            Ok(Token::Key) => keys = true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Where XML begins: at the first byte, or behind a few that do not belong there.
pub(super) fn xml_start(bytes: &[u8]) -> Option<usize> {
    const STRAY: usize = 16;
    let start = memchr::memchr(b'<', &bytes[..bytes.len().min(STRAY)])?;
    let rest = &bytes[start..];
    let is_markup = rest.starts_with(b"<?xml")
        || rest.starts_with(b"<!--")
        || rest.get(1).is_some_and(u8::is_ascii_alphabetic)
            && bytes[..start].trim_ascii().is_empty();
    is_markup.then_some(start)
}

/// Whether a dump is a web page as a browser saves it.
pub(super) fn is_web_page(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = start[..start.len().min(256)].to_ascii_lowercase();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

/// Throws away the first `count` bytes of an input.
pub(super) fn skip(input: &mut impl BufRead, count: usize) -> std::io::Result<()> {
    let mut left = count;
    while left > 0 {
        let available = input.fill_buf()?.len().min(left);
        if available == 0 {
            break;
        }
        input.consume(available);
        left -= available;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        Head::new(text.as_bytes().to_vec()).shape()
    }

    #[test]
    fn json_is_told_from_json_lines() {
        assert_eq!(shape("{\"a\":1}\n{\"a\":2}\n"), Shape::Lines);
        assert_eq!(shape("{broken\n{\"a\":2}\n"), Shape::Lines);
        assert_eq!(shape("{\n \"a\": {\"b\": 1},\n \"c\": 2\n}\n"), Shape::Json);
        assert_eq!(shape(" [{\"a\":1},\n{\"a\":2}]"), Shape::Json);
        assert_eq!(shape("{\"comments\":[]}\n"), Shape::Json);
    }

    #[test]
    fn xml_may_begin_with_a_stray_byte() {
        assert_eq!(shape("`<?xml version=\"1.0\"?><disqus/>"), Shape::Xml);
        assert_eq!(shape("<rss/>"), Shape::Xml);
        assert_eq!(shape("I <3 you"), Shape::Text);
    }

    #[test]
    fn names_are_known_with_those_around_them() {
        let head = Head::new(br#"[{"user":{"login":"a"},"Body_HTML":1}]"#.to_vec());
        assert!(head.has("user.login") && head.has("login") && head.has("bodyHtml"));
        assert!(!head.has("name"));
        assert_eq!(head.names(), ["user", "login", "Body_HTML"]);
    }
}
