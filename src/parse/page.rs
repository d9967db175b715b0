//! A plain-text scrape of a news page: title, article, a heading such as `Comments (35)`, then one
//! comment a line.

mod blocks;
mod section;
#[cfg(test)]
mod tests;

use std::io::Read;

use self::blocks::Blocks;
use self::section::{is_heading, split};
use super::head::{Head, Shape};
use super::record::is_removal_notice;
use super::{Format, Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A longer page is no page but a broken or hostile file.
const MAX_PAGE: usize = 256 << 20;

/// A page, saved or pasted as plain text.
pub(super) struct Page;

impl Format for Page {
    fn name(&self) -> &'static str {
        "page"
    }

    fn about(&self) -> &'static str {
        "a news page as plain text, one comment a line after a heading such as `Comments (35)`"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn example(&self) -> &'static str {
        "Headline ⏎ First paragraph. ⏎ Comments (2) ⏎ First! ⏎ @Ann, no."
    }

    fn recognises(&self, head: &Head) -> bool {
        head.shape() == Shape::Text
            && lines(&String::from_utf8_lossy(head.bytes())).any(|(_, line)| is_heading(line))
    }

    fn read<'a>(
        &self,
        mut input: Input<'a>,
        options: &ReadOptions,
    ) -> Result<Box<dyn Records + 'a>> {
        let mut bytes = Vec::new();
        let read = input.bytes.by_ref().take(MAX_PAGE as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| Error::reading(&input.name, error))?;
        if bytes.len() > MAX_PAGE {
            return Err(
                input.refuse("is longer than 256 MiB; a page holds one article and its comments")
            );
        }
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let (article, start) = if options.comments_only { (None, 0) } else { split(&text) };
        let blocks = Blocks::find(&text[start..]);
        Ok(Box::new(Comments { text, at: start, blocks, article }))
    }
}

struct Comments {
    text: String,
    /// Where the lines not yet read begin.
    at: usize,
    /// How comments are told apart where each stands below its writer's name and its time.
    blocks: Option<Blocks>,
    article: Option<Article>,
}

impl Records for Comments {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        let rest = &self.text[self.at..];
        if let Some(blocks) = &mut self.blocks {
            let length = blocks.next(rest, comment);
            self.at += length.unwrap_or(rest.len());
            return Ok(length.is_some());
        }
        let Some((start, line)) = lines(rest).find(|(_, line)| !line.trim().is_empty()) else {
            self.at = self.text.len();
            return Ok(false);
        };
        comment.text.push_str(line);
        comment.deleted = is_removal_notice(line);
        self.at += start + line.len();
        Ok(true)
    }

    fn notes(&self, notes: &mut Notes) {
        notes.unknown_times += self.blocks.as_ref().map_or(0, Blocks::unknown_times);
    }

    fn article(&mut self) -> Option<Article> {
        self.article.take()
    }
}

/// The lines of `text` with their byte offsets, whatever ends them: LF, CRLF or CR.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

/// A line in lower case, with one space for all white space in a row and none at its ends. Patterns
/// for such lines are ready in a fraction of the time.
fn folded(line: &str) -> String {
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
