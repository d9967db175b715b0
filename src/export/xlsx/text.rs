//! Text as a cell can hold it.

use std::borrow::Cow;

/// A cell holds this many UTF-16 units.
const MOST_UNITS: usize = 32_767;

/// A cell shows this many line breaks.
const MOST_BREAKS: usize = 253;

/// The text as it fits into a cell, and how many of its characters do not: then a visible mark
/// stands where it is cut.
pub(super) fn fit(text: &str) -> (Cow<'_, str>, usize) {
    let fits = text.len() <= MOST_UNITS
        && memchr::memchr_iter(b'\n', text.as_bytes()).count() <= MOST_BREAKS;
    if fits {
        return (Cow::Borrowed(text), 0);
    }
    let Some(end) = end_of(text, MOST_UNITS, MOST_BREAKS) else { return (Cow::Borrowed(text), 0) };
    // The mark is short of 60 units and has no line break.
    let end = end_of(&text[..end], MOST_UNITS - 60, MOST_BREAKS).unwrap_or(end);
    let left_out = text[end..].chars().count();
    (Cow::Owned(format!("{} […cut here: {left_out} more characters]", &text[..end])), left_out)
}

/// Where the text must end to keep both limits; `None` if it keeps them.
fn end_of(text: &str, most_units: usize, most_breaks: usize) -> Option<usize> {
    let (mut units, mut breaks) = (0, 0);
    for (offset, letter) in text.char_indices() {
        units += letter.len_utf16();
        breaks += usize::from(letter == '\n');
        if units > most_units || breaks > most_breaks {
            return Some(offset);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_not_touched() {
        for text in ["", "a\nb", &"x".repeat(MOST_UNITS), &"\n".repeat(MOST_BREAKS)] {
            assert_eq!(fit(text), (Cow::Borrowed(text), 0));
        }
    }

    #[test]
    fn a_text_that_does_not_fit_is_cut_with_a_mark() {
        for text in ["x".repeat(MOST_UNITS + 1), "👍".repeat(20_000), "a\n".repeat(300)] {
            let (cell, left_out) = fit(&text);
            assert!(cell.encode_utf16().count() <= MOST_UNITS);
            assert!(cell.matches('\n').count() <= MOST_BREAKS);
            let mark = format!(" […cut here: {left_out} more characters]");
            let kept = cell.strip_suffix(&mark).unwrap();
            assert_eq!(text.chars().count(), kept.chars().count() + left_out);
            assert!(text.starts_with(kept));
        }
    }
}
