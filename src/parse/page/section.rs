//! Where the comments of a page begin.

use std::sync::LazyLock;

use regex::Regex;

use super::{folded, lines};
use crate::comment::Article;

/// `Comments`, `Comments:`, `Comments (35)`, `Reader comments: 1,204`, `35 Comments`, `35 comments so
/// far`, and the same in the languages that most pages are in.
/// For folded lines.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    let count = "[0-9]{1,3}(?:[.,' ]?[0-9]{3}){0,3}|[0-9]{1,9}";
    let whose = "(?:(?:all|the|readers?['’]?s?|users?['’]?s?|leser|lezers) ?)?";
    let words = "comments?|kommentare?|leserkommentare?|commentaires?|comentarios?|comentários?|commenti|commento|reacties?|kommentarer|komentarze|komentarzy|komentáře|комментари(?:и|ев|й|я)|коментарі";
    let after = format!(r"{whose}(?:{words}) ?:? ?(?:[(\[] ?({count}) ?[)\]]|({count}))? ?:?");
    let before = format!(
        "(?:(?:view|show|see|read) )?(?:all )?({count}) {whose}(?:{words})(?: so far)? ?:?"
    );
    Regex::new(&format!("^(?:{after}|{before})$")).expect("a pattern that compiles")
});

/// A longer line, in bytes, is no heading.
const LONGEST: usize = 200;

/// Whether a line stands above comments.
pub(super) fn is_heading(line: &str) -> bool {
    line.trim().len() <= LONGEST && HEADING.is_match(&folded(line))
}

/// The count in a heading.
fn count(heading: &str) -> Option<u64> {
    let line = folded(heading);
    let found = HEADING.captures(&line)?;
    number(found.iter().skip(1).flatten().next()?.as_str())
}

/// The article of a page, and where its comments begin.
///
/// A page may say "35 Comments" at its top too, as a link to the section, and a bare "Comments" at
/// its foot: so the section is what follows the last heading that anything follows.
pub(super) fn split(text: &str) -> (Option<Article>, usize) {
    let mut declared = None;
    let mut section = text.len()..text.len();
    let mut empty_section = None;
    for (start, line) in lines(text) {
        if is_heading(line) {
            declared = count(line).or(declared);
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
