//! Lexicons: readable tables of words, built in from `lexicons/` or read from a user's file.
//!
//! A lexicon is UTF-8 text, one entry a line, its fields separated by tabs. Blank lines and lines
//! that begin with `# ` (or are just `#`) are skipped.

use crate::error::{Error, Result};

/// The entries of a lexicon: line number from 1, and the fields.
///
/// ```
/// let table = "# greetings\nhello\t2\n\ngood day\t3\n";
/// let entries: Vec<_> = threadwarden::lexicon::entries(table).collect();
/// assert_eq!(entries, [(2, vec!["hello", "2"]), (4, vec!["good day", "3"])]);
/// ```
pub fn entries(table: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let lines = (1..).zip(table.lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty() && *line != "#" && !line.starts_with("# "))
        .map(|(number, line)| (number, line.split('\t').collect()))
}

/// The error for line `line` of the lexicon `name`.
#[must_use]
pub fn fault(name: &str, line: usize, reason: impl Into<String>) -> Error {
    Error::Lexicon { name: name.into(), line, reason: reason.into() }
}

/// Reads field `index` of an entry as a finite number.
///
/// # Errors
///
/// [`Error::Lexicon`] if the field is missing or no number.
pub fn number(name: &str, line: usize, fields: &[&str], index: usize) -> Result<f64> {
    let field = fields.get(index).copied().unwrap_or_default();
    field.trim().parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| {
        fault(name, line, format!("field {} should be a number, not {field:?}", index + 1))
    })
}
