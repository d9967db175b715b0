//! What separates the cells of a table.

use std::borrow::Cow;

use super::rows::Rows;
use crate::parse::Input;
use crate::parse::fields::is_known;

/// The separator that the first line names, as Excel understands it: `sep=;`.
pub(super) fn separator_line(head: &[u8]) -> Option<u8> {
    let line = head.split(|byte| *byte == b'\n').next()?.trim_ascii();
    let value =
        line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).map(|_| &line[4..])?;
    match value {
        [separator] => Some(*separator),
        // Trimmed away.
        [] => Some(b'\t'),
        _ => None,
    }
}

/// What may separate cells, the commonest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What separates the cells of a table that begins with `head`, and the names of its columns;
/// `None` if it does not look like a table with known columns.
pub(in crate::parse) fn header(head: &[u8]) -> Option<(u8, Vec<String>)> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if let Some(separator) = separator_line(head) {
        let rest = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |end| end + 1);
        return Some((separator, first_rows(&head[rest..], separator).swap_remove(0)));
    }
    let mut best: Option<(usize, u8, Vec<String>)> = None;
    for separator in SEPARATORS {
        let mut rows = first_rows(head, separator).into_iter();
        let (Some(header), second) = (rows.next(), rows.next()) else { continue };
        let known = header.iter().filter(|name| is_known(name)).count();
        let is_regular = second.is_none_or(|second| second.len() == header.len());
        let is_table = header.len() > 1 && (known > 1 || known == 1 && is_regular);
        if is_table && best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, separator, header));
        }
    }
    best.map(|(_, separator, header)| (separator, header))
}

/// What separates the cells of a table none of whose columns has a known name: that by which the
/// first two rows have the same number of cells, and the most.
pub(super) fn regular_separator(head: &[u8]) -> Option<u8> {
    let cells = |separator: &u8| match first_rows(head, *separator).as_slice() {
        [header, second] if header.len() == second.len() => header.len(),
        _ => 1,
    };
    SEPARATORS.into_iter().rev().max_by_key(cells).filter(|separator| cells(separator) > 1)
}

/// The first two rows of a table.
fn first_rows(head: &[u8], separator: u8) -> Vec<Vec<String>> {
    let mut rows = Rows::new(Input::bare(head), separator);
    let mut first = Vec::new();
    while first.len() < 2 && matches!(rows.next(), Ok(true)) {
        let cells = (0..rows.count()).map(|number| rows.cell(number));
        first.push(cells.map(|cell| Cow::into_owned(cell).trim().to_owned()).collect());
    }
    if first.is_empty() {
        first.push(Vec::new());
    }
    first
}
