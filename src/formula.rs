//! Text that a spreadsheet program would run as a formula, and how to keep it from that.
//!
//! Excel, `LibreOffice` and Google Sheets evaluate a cell of a CSV file that begins with `=`, `+`,
//! `-`, `@`, a control character, or one of their full-width twins, quoted or not. Nearly every
//! reply begins with `@`. One apostrophe in front makes such a cell plain text; that a text which
//! already begins with apostrophes gets one more keeps the step reversible.

use std::borrow::Cow;

/// Whether `text` needs an apostrophe: apostrophes, if any, and then a character that starts a
/// formula. As a pattern: `^'*[=+\-@\t\r\n\0＝＋－＠]`.
fn is_risky(text: &str) -> bool {
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
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text behind a cell that [`guard`] wrote: without the apostrophe that it put in front.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_risky(text) => text,
        _ => cell,
    }
}
