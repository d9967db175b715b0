//! Text that a spreadsheet program would run as a formula, and how to keep it from that.
//!
//! Excel, `LibreOffice` and Google Sheets evaluate a cell of a CSV file that begins with `=`, `+`,
//! `-`, `@`, a control character, or one of their full-width twins, quoted or not. Nearly every
//! reply begins with `@`. One apostrophe in front makes such a cell plain text; that a text which
//! already begins with apostrophes gets one more keeps the step reversible.

use std::borrow::Cow;

/// Whether `text` needs an apostrophe: apostrophes, if any, and then a character that starts a
/// formula. As a pattern: `^'*[=+\-@\t\r\n\0＝＋－＠]`.
pub(crate) fn needs_guard(text: &str) -> bool {
    // Most texts begin so, and are told soonest.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let starts_formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(starts_formula)
}

/// The text as it may stand in a cell: with one apostrophe in front if it needs one.
///
/// ```
/// use threadwarden::formula::{guard, unguard};
///
/// assert_eq!(guard("@Mary, really?"), "'@Mary, really?");
/// assert_eq!(guard("'=1+1"), "''=1+1");
/// assert_eq!(guard("'tis so"), "'tis so");
/// assert_eq!(unguard(&guard("'=1+1")), "'=1+1");
/// ```
#[must_use]
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text behind a cell that [`guard`] wrote: without the apostrophe that it put in front.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

/// Whether Excel would take the text of a CSV cell, behind apostrophes if any, for a number or a
/// date that it shows differently: `12345678901234567890` is rounded, `007` loses its zeros, `1e5`
/// becomes 100000 and `1/2` a day in winter.
fn is_converted(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    let numeric = |letter: char| letter.is_ascii_digit() || ".,:/-+%eE ".contains(letter);
    let plain = text.len() <= DIGITS
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    text.starts_with(|first: char| first.is_ascii_digit()) && text.chars().all(numeric) && !plain
}

/// Excel keeps this many digits of a number.
const DIGITS: usize = 15;

/// As [`guard`], and also where Excel would take the text for a number or a date and show it
/// differently.
///
/// ```
/// use threadwarden::formula::{guard_for_excel, unguard_from_excel};
///
/// assert_eq!(guard_for_excel("1402983211212435456"), "'1402983211212435456");
/// assert_eq!(guard_for_excel("42"), "42");
/// assert_eq!(unguard_from_excel("'1402983211212435456"), "1402983211212435456");
/// assert_eq!(unguard_from_excel("'=1+1"), "=1+1");
/// ```
#[must_use]
pub fn guard_for_excel(text: &str) -> Cow<'_, str> {
    if needs_guard_for_excel(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether [`guard_for_excel`] puts an apostrophe in front.
pub(crate) fn needs_guard_for_excel(text: &str) -> bool {
    is_converted(text) || needs_guard(text)
}

/// The text behind a cell that [`guard`] or [`guard_for_excel`] wrote.
#[must_use]
pub fn unguard_from_excel(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_converted(text) => text,
        _ => unguard(cell),
    }
}
