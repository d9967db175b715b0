//! A plain-text scrape of a news page: title, article, a heading such as `Comments (35)`, then one
//! comment a line.

use std::io::Read;
use std::sync::LazyLock;

use regex::Regex;

use super::head::{Head, Shape};
use super::{Format, Input, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A longer page is no page but a broken or hostile file.
const MAX_PAGE: usize = 256 << 20;

/// `Comments`, `Comments:`, `Comments (35)`, `Reader comments: 1,204`, `35 Comments`.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    let count = r"[0-9]{1,3}(?:[.,' \u{a0}]?[0-9]{3}){0,3}|[0-9]{1,9}";
    let whose = r"(?:(?:all|readers?['’]?s?|users?['’]?s?)\s+)?";
    let after = format!(r"{whose}comments?\s*:?\s*(?:[(\[]\s*({count})\s*[)\]]|({count}))?\s*:?");
    let before = format!(r"({count})\s+{whose}comments?\s*:?");
    Regex::new(&format!(r"(?i)^\s*(?:{after}|{before})\s*$")).expect("a pattern that compiles")
});

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
            && lines(&String::from_utf8_lossy(head.bytes())).any(|(_, line)| HEADING.is_match(line))
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
        Ok(Box::new(Comments { text, at: start, article }))
    }
}

struct Comments {
    text: String,
    /// Where the lines not yet read begin.
    at: usize,
    article: Option<Article>,
}

impl Records for Comments {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        let rest = &self.text[self.at..];
        let Some((start, line)) = lines(rest).find(|(_, line)| !line.trim().is_empty()) else {
            self.at = self.text.len();
            return Ok(false);
        };
        comment.text.push_str(line);
        self.at += start + line.len();
        Ok(true)
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

/// The article of a page, and where its comments begin.
///
/// A page may say "35 Comments" at its top too, as a link to the section, and a bare "Comments" at
/// its foot: so the section is what follows the last heading that anything follows.
fn split(text: &str) -> (Option<Article>, usize) {
    let mut declared = None;
    let mut section = text.len()..text.len();
    let mut empty_section = None;
    for (start, line) in lines(text) {
        if let Some(found) = HEADING.captures(line) {
            let count = found.iter().skip(1).flatten().next();
            declared = count.and_then(|count| number(count.as_str())).or(declared);
            empty_section = Some(start..start + line.len());
        } else if !line.trim().is_empty()
            && let Some(followed) = empty_section.take()
        {
            section = followed;
        }
    }
    if section.is_empty() {
        section = empty_section.unwrap_or(section);
    }
    let above: Vec<&str> = lines(&text[..section.start])
        .map(|(_, line)| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let Some((title, body)) = above.split_first() else {
        let article = Article { declared, ..Article::default() };
        return (declared.map(|_| article), section.end);
    };
    let article = Article {
        thread: String::new(),
        title: (*title).to_owned(),
        text: body.join("\n"),
        declared,
    };
    (Some(article), section.end)
}

/// The value of a count such as `1,204`.
fn number(count: &str) -> Option<u64> {
    count.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, declared count and comments of a page.
    fn read(page: &str, comments_only: bool) -> (Option<Article>, Vec<String>) {
        let options = ReadOptions { comments_only, ..ReadOptions::default() };
        let mut records = Page.read(Input::new("page.txt", page.as_bytes()), &options).unwrap();
        let mut comments = Vec::new();
        let mut comment = Comment::default();
        while records.next(&mut comment).unwrap() {
            comments.push(comment.text.clone());
            comment.clear();
        }
        (records.article(), comments)
    }

    #[test]
    fn every_usual_heading_is_found() {
        for (heading, declared) in [
            ("Comments (35)", Some(35)),
            ("COMMENTS [2]", Some(2)),
            ("35 Comments", Some(35)),
            ("1,204 comments:", Some(1204)),
            ("Comments: 7", Some(7)),
            ("Comments:", None),
            ("  comments  ", None),
            ("1 comment", Some(1)),
            ("Readers’ comments", None),
        ] {
            let (article, comments) = read(&format!("Title\nBody.\n{heading}\nFirst!\n"), false);
            let article = article.unwrap();
            assert_eq!(
                (article.title.as_str(), article.text.as_str()),
                ("Title", "Body."),
                "{heading}"
            );
            assert_eq!(
                (article.declared, comments),
                (declared, vec!["First!".to_owned()]),
                "{heading}"
            );
        }
    }

    #[test]
    fn a_sentence_about_comments_is_no_heading() {
        for line in
            ["Comments are closed.", "He made 35 comments today", "comments (few)", "Commentary"]
        {
            let (_, comments) = read(&format!("Title\n{line}\nMore.\n"), false);
            assert!(comments.is_empty(), "{line}");
        }
    }

    #[test]
    fn a_link_to_the_section_at_the_top_is_not_the_section() {
        let (article, comments) =
            read("Title\n3 Comments\nBody.\nComments\nOne.\nTwo.\nComments\n", false);
        assert_eq!(comments, ["One.", "Two.", "Comments"]);
        assert_eq!(article.unwrap().declared, Some(3));
    }

    #[test]
    fn any_line_ending_and_blank_lines_will_do() {
        let (_, comments) = read("T\rB\r\nComments (2)\r\rOne. \r\n \r\n\n\tTwo.", false);
        assert_eq!(comments, ["One. ", "\tTwo."]);
    }

    #[test]
    fn a_page_may_hold_no_article() {
        let (article, comments) = read("Comments (9)\nOne.\n", false);
        assert_eq!(comments, ["One."]);
        let article = article.unwrap();
        assert_eq!((article.title.as_str(), article.declared), ("", Some(9)));
    }

    #[test]
    fn a_page_may_hold_only_comments() {
        let (article, comments) = read("One.\nComments\nTwo.\n", true);
        assert_eq!(comments, ["One.", "Comments", "Two."]);
        assert_eq!(article, None);
    }

    #[test]
    fn a_page_without_a_heading_is_an_article_without_comments() {
        let (article, comments) = read("Title\nBody.\n", false);
        assert!(comments.is_empty());
        assert_eq!(article.unwrap().title, "Title");
    }
}
