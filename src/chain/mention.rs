//! Finds the places where a comment speaks to somebody.
//!
//! Only the place is found here; which name stands there, and whose it is, is for
//! [`name`](super::name) to say.

use std::ops::Range;

/// How an address is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `@Name`.
    At,
    /// `@ Name`: less sure, as measures are written so too.
    Spaced,
    /// In a field of the dump.
    Field,
    /// A name at the very start, followed by a colon or a comma: `Name: yes`.
    Leading,
}

/// A place where a comment may speak to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Where the name begins.
    pub(super) name: usize,
    /// How it is marked.
    pub(super) form: Form,
}

/// Words after an `@` that are code or a masked oath, never a name.
const NO_NAMES: &[&str] = &[
    "ss",
    "sses",
    "sshole",
    "ssholes",
    "media",
    "import",
    "charset",
    "keyframes",
    "param",
    "return",
    "returns",
    "override",
    "deprecated",
    "nocache",
    "html",
    "using",
    "section",
    "foreach",
    "todo",
];

/// How far into a comment a leading name may reach.
const LONGEST_LEADING: usize = 40;

/// Whether a character may stand inside a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Finds every `@` that may begin a name and does not stand in one of the `quoted` ranges: those
/// are the quoted person's. The ranges are sorted.
pub(super) fn find(text: &str, quoted: &[Range<usize>], found: &mut Vec<Mention>) {
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        // A mention directly behind a quotation mark is how some people set off whom they answer.
        let set_off = !text[..at].ends_with(['>', ' ']);
        let starts = |quote: &Range<usize>| quote.start == at && set_off;
        let inside = quoted.iter().any(|quote| quote.contains(&at) && !starts(quote));
        if inside || !may_precede(&text[..at]) {
            continue;
        }
        let after = &text[at + 1..];
        let rest = after.trim_start_matches([' ', '\u{a0}', '\u{200b}', '\u{2009}', '\u{202f}']);
        let spaces = after.len() - rest.len();
        let Some(first) = rest.chars().next().filter(|&c| is_word(c)) else { continue };
        let form = if spaces == 0 { Form::At } else { Form::Spaced };
        // `1536 @ 300 dpi`, `@ 5 pm`
        if form == Form::Spaced && (first.is_numeric() || after[..spaces].chars().count() > 2) {
            continue;
        }
        if !is_code(rest) {
            found.push(Mention { name: at + 1 + spaces, form });
        }
    }
}

/// Whether an `@` behind `before` may begin a mention: not in e-mail addresses, paths, templates.
fn may_precede(before: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return true };
    if is_word(last) {
        let word = before.rsplit(|c| !is_word(c)).next().unwrap_or_default();
        return word.eq_ignore_ascii_case("rt");
    }
    // `.@Ann` speaks to Ann, and to all.
    let dotted = before.trim_end_matches('.').chars().next_back();
    if last == '.' && dotted.is_none_or(char::is_whitespace) {
        return true;
    }
    !matches!(last, '.' | '+' | '-' | '/' | '@' | '{' | '[' | '=')
}

/// Whether what follows an `@` is code: a call, a member, or a word that names a directive.
fn is_code(rest: &str) -> bool {
    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    let mut behind = behind.chars();
    let code = match behind.next() {
        Some('(' | '{' | '=' | '[') => true,
        // `@Html.Action`, `@example.org`, but not `@Winston...`, `@Ana. Yes` or `@J.D`
        Some('.') => word.len() > 1 && behind.next().is_some_and(char::is_alphabetic),
        _ => false,
    };
    code || NO_NAMES.iter().any(|no_name| word.eq_ignore_ascii_case(no_name))
}

/// Finds a name at the start of the text that is set off by a colon or a comma, and returns where
/// it ends too.
pub(super) fn leading(text: &str) -> Option<(Mention, usize)> {
    let start = text.len() - text.trim_start().len();
    let head = &text.as_bytes()[start..text.len().min(start + LONGEST_LEADING)];
    let end = start + memchr::memchr3(b':', b',', b'\n', head)?;
    let name = text.get(start..end)?;
    let spoken = text[end + 1..].chars().next().is_none_or(char::is_whitespace);
    let named = name.chars().next().is_some_and(is_word) || name.starts_with(['[', '|', '^']);
    let fits = (2..LONGEST_LEADING).contains(&name.len()) && text.as_bytes()[end] != b'\n';
    (spoken && named && fits).then_some((Mention { name: start, form: Form::Leading }, end))
}

/// The greetings that may stand before a name without an `@`: `Dear Hasan`, `Hi Ann`.
const GREETINGS: &[&str] = &["dear", "hi", "hello", "hey"];

/// Finds the place behind a greeting at the start of the text.
pub(super) fn greeted(text: &str) -> Option<Mention> {
    let rest = text.trim_start();
    let (greeting, name) = rest.split_once(' ')?;
    let greets = GREETINGS.iter().any(|known| greeting.eq_ignore_ascii_case(known));
    let named = name.chars().next().is_some_and(char::is_alphabetic);
    (greets && named).then(|| Mention { name: text.len() - name.len(), form: Form::Leading })
}

/// Whether a text speaks to anybody: a rough test, for counting. In a chat, a leading `name:` does.
pub(super) fn speaks(text: &str, chat: bool) -> bool {
    if chat {
        let name = text.trim_start().split(char::is_whitespace).next().unwrap_or_default();
        let name = name.split_inclusive([':', ',']).next().unwrap_or_default();
        return name.ends_with([':', ','])
            && (3..=21).contains(&name.chars().count())
            && text.trim_start()[name.len()..].chars().next().is_none_or(char::is_whitespace);
    }
    memchr::memchr_iter(b'@', text.as_bytes()).any(|at| {
        let before = text[..at].chars().next_back();
        let marks = |c| is_word(c) || ".+-/@{[(=".contains(c);
        let after = &text[at + 1..];
        let spaces = after.chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
        !before.is_some_and(marks) && after[spaces..].starts_with(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut quoted = Vec::new();
        crate::chain::quote::spans(text, &mut quoted);
        find(text, &quoted, &mut found);
        found.iter().map(|mention| &text[mention.name..]).collect()
    }

    #[test]
    fn a_mention_may_be_followed_by_anything() {
        assert_eq!(names("@Nadia , why"), ["Nadia , why"]);
        assert_eq!(names("@Nadia - no"), ["Nadia - no"]);
        assert_eq!(names("@Nadia... no"), ["Nadia... no"]);
        assert_eq!(names("@Nadia"), ["Nadia"]);
    }

    #[test]
    fn a_mention_may_stand_in_the_middle_or_be_wrapped() {
        assert_eq!(
            names("Hi @Ann, (@Bob) and RT@cy: yes"),
            ["Ann, (@Bob) and RT@cy: yes", "Bob) and RT@cy: yes", "cy: yes"]
        );
        assert_eq!(names("\u{a0}@\u{a0}Ann\u{a0}yes"), ["Ann\u{a0}yes"]);
        assert_eq!(names("\"@Ann: I said so\" twice"), ["Ann: I said so\" twice"]);
    }

    #[test]
    fn an_email_address_is_not_a_mention() {
        assert!(names("write to ann@example.org or ann.lee+x@example.org").is_empty());
        assert!(names("that @example.org address").is_empty());
    }

    #[test]
    fn code_masks_and_measures_are_not_mentions() {
        assert!(names("@media print {} @Html.Action(1) @Foo(2) {@x} [@y] a/@z").is_empty());
        assert!(names("what cr@p, their @ss, !@$# and @").is_empty());
        assert!(names("2048 x 1536 @ 300 dpi").is_empty());
    }

    #[test]
    fn a_mention_in_a_quote_is_the_quoted_persons() {
        assert!(names("She wrote \"I told you @Ann that it rains\" and left").is_empty());
        assert_eq!(names("> thanks @Ann\n@Bob no"), ["Bob no"]);
    }

    #[test]
    fn a_name_may_lead_without_an_at() {
        let text = " Pete: yes";
        assert_eq!(leading(text).map(|(found, end)| &text[found.name..end]), Some("Pete"));
        assert!(leading("so it goes: never").is_some(), "whether it is a name is not known here");
        assert!(leading("10:30 is late").is_none());
        assert!(leading("no mark at all").is_none());
        let text = "Dear Hasan you are right";
        assert_eq!(greeted(text).map(|found| &text[found.name..]), Some("Hasan you are right"));
    }
}
