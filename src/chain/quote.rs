//! Finds what a comment quotes.

use std::ops::Range;

/// The longest stretch between two marks that is believed to be one quote, in bytes.
const LONGEST: usize = 4000;

/// Finds the quoted stretches of a text, without their marks, in the order of the text: between
/// straight or curly quotation marks or guillemets, and lines that begin with `>`.
pub(super) fn spans(text: &str, found: &mut Vec<Range<usize>>) {
    found.clear();
    let bytes = text.as_bytes();
    if memchr::memchr(b'>', bytes).is_some() {
        quoted_lines(text, found);
    }
    let lines = found.len();
    let mut open: Option<(usize, char)> = None;
    // All other marks begin with one of two bytes that nothing but a character begins with.
    for at in memchr::memchr3_iter(b'"', 0xe2, 0xc2, bytes) {
        let mut behind = text[at..].chars();
        let mark = behind.next().unwrap_or(' ');
        let next = behind.next().unwrap_or(' ');
        match open {
            Some((start, opener)) if closes(opener, mark, next) => {
                if at > start && at - start <= LONGEST {
                    found.push(start..at);
                }
                open = None;
            }
            None if opens(text[..at].chars().next_back().unwrap_or(' '), mark, next)
                && !found[..lines].iter().any(|line| line.contains(&at)) =>
            {
                open = Some((at + mark.len_utf8(), mark));
            }
            _ => {}
        }
    }
    found.sort_unstable_by_key(|span| (span.start, span.end));
}

/// Whether `mark` opens a quote. Straight marks are inches too (`a 5" pipe`), and they close.
fn opens(before: char, mark: char, next: char) -> bool {
    match mark {
        '"' => !before.is_alphanumeric() && !next.is_whitespace(),
        '“' | '”' | '„' | '«' => !before.is_alphanumeric(),
        '‘' => !before.is_alphanumeric() && next.is_alphanumeric(),
        _ => false,
    }
}

/// Whether `mark` closes a quote that `opener` opened. A single curly mark is an apostrophe too.
fn closes(opener: char, mark: char, next: char) -> bool {
    match opener {
        '"' => matches!(mark, '"' | '”'),
        '“' | '”' | '„' => matches!(mark, '“' | '”' | '"'),
        '«' => mark == '»',
        _ => mark == '’' && !next.is_alphanumeric(),
    }
}

/// Finds the lines that begin with `>`; neighbours are one quote.
fn quoted_lines(text: &str, found: &mut Vec<Range<usize>>) {
    let mut start = 0;
    let mut joined = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let body = line.trim_start().trim_start_matches(['>', ' ']);
        let quoted = line.trim_start().starts_with('>') && !body.trim_end().is_empty();
        if quoted {
            let range = start + line.len() - body.len()..start + line.trim_end().len();
            match found.last_mut().filter(|_| joined) {
                Some(last) => last.end = range.end,
                None => found.push(range),
            }
        }
        joined = quoted || (joined && line.trim().is_empty());
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        spans(text, &mut found);
        found.into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn marks_of_every_kind_set_off_quotes() {
        assert_eq!(quotes("You say \"it never rains\" here"), ["it never rains"]);
        assert_eq!(quotes("You say “it never rains” here"), ["it never rains"]);
        assert_eq!(quotes("You say ”it never rains” here"), ["it never rains"]);
        assert_eq!(quotes("You say „it never rains“ here"), ["it never rains"]);
        assert_eq!(quotes("You say «it never rains» here"), ["it never rains"]);
        assert_eq!(quotes("You say ‘it doesn’t rain’ here"), ["it doesn’t rain"]);
    }

    #[test]
    fn lines_behind_an_angle_are_one_quote() {
        assert_eq!(
            quotes("> it rains\n> every day\nno\n>> not here\n"),
            ["it rains\n> every day", "not here"]
        );
    }

    #[test]
    fn inches_apostrophes_and_lone_marks_are_no_quotes() {
        assert!(quotes("a 5\" pipe and a 6\" pipe").is_empty());
        assert!(quotes("it’s the dogs’ home").is_empty());
        assert!(quotes("\"never closed").is_empty());
    }
}
