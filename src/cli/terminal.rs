//! Text of strangers on a terminal.

use std::borrow::Cow;

/// Whether a terminal might obey a character, or a reader be fooled by it: control characters,
/// escape sequences, and marks that change the direction of what follows.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The character, or a visible sign in its place if a terminal might obey it.
pub(super) fn safe_char(character: char) -> char {
    match character {
        '\n' => '↵',
        '\t' => ' ',
        // The block of control pictures stands in the order of the control characters.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        character if is_unsafe(character) => '\u{fffd}',
        harmless => harmless,
    }
}

/// The text with a visible sign in the place of each character that a terminal might obey.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if text.contains(is_unsafe) {
        Cow::Owned(text.chars().map(safe_char).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// As [`safe`], but lines stay lines.
pub(super) fn lines(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => format!("{}\n", safe(line)),
            None => safe(line).into_owned(),
        })
        .collect()
}

/// The text on one safe line of at most `width` characters, cut with an ellipsis.
pub(super) fn line(text: &str, width: usize) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&safe(word));
        if words.len() > 4 * width {
            break;
        }
    }
    if words.chars().count() <= width {
        return words;
    }
    let mut cut: String = words.chars().take(width.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::{line, safe};

    #[test]
    fn no_escape_sequence_reaches_the_terminal() {
        assert_eq!(safe("a\x1b[31mb\x07\r\u{9b}\u{202e}c\nd"), "a␛[31mb␇␍\u{fffd}\u{fffd}c↵d");
    }

    #[test]
    fn harmless_text_stays_as_it_is() {
        assert_eq!(safe("Zoë 👍🏽 – “ok”"), "Zoë 👍🏽 – “ok”");
    }

    #[test]
    fn a_line_is_cut_at_its_width() {
        assert_eq!(line("one\n two   three", 20), "one two three");
        assert_eq!(line("one two three", 9), "one two…");
        assert_eq!(line("éééé", 3), "éé…");
    }
}
