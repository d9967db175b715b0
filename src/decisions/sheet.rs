//! A spreadsheet that a moderator worked in.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use super::columns::{Columns, Names};
use super::{Key, tables};
use crate::error::Result;

/// What the sheet says of one comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// Where it stands, such as `row 7` or `Queue 2, row 7`.
    pub place: String,
    /// Which comment it is.
    pub key: Key,
    /// Its text.
    pub text: String,
    /// The text is not whole: it was too long for a cell.
    pub is_cut: bool,
    /// What the program had said.
    pub flamebait_label: String,
    /// What the moderator decided; empty if nothing.
    pub decision: String,
    /// What the moderator noted.
    pub note: String,
}

/// A sheet with its rows in the order in which they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The file's name.
    pub name: String,
    /// The rows.
    pub rows: Vec<SheetRow>,
}

/// Reads a report of `score` that came back: a workbook (of Excel or `LibreOffice`), a table as text
/// in any of the usual encodings and delimiters, or JSON Lines.
///
/// # Errors
///
/// [`Error::Read`](crate::Error::Read) if it cannot be read, [`Error::Labels`](crate::Error::Labels)
/// if it does not have the columns `comment_id`, `decision` and `text`.
pub fn read(path: &Path) -> Result<Sheet> {
    whole(path, &Columns::of_report)
}

/// Reads such a report, or any file of the same kinds that has columns for the text of a comment
/// and for what people say of it. Where there is no `comment_id`, comments are told apart by their
/// text.
///
/// # Errors
///
/// As [`read`], if it does not have such columns.
pub fn read_labelled(path: &Path, names: &Names) -> Result<Sheet> {
    let mut sheet = whole(path, &|header| Columns::of_labels(header, names))?;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for row in sheet.rows.iter_mut().filter(|row| row.key.comment.is_empty()) {
        let times = seen.entry(row.text.clone()).or_default();
        *times += 1;
        row.key = Key { comment: row.text.clone(), position: times.to_string(), ..Key::default() };
    }
    Ok(sheet)
}

fn whole(path: &Path, find: tables::Find<'_>) -> Result<Sheet> {
    let mut sheet = Sheet { name: path.display().to_string(), ..Sheet::default() };
    tables::each(path, find, &mut |row| {
        sheet.rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(sheet)
}

/// The first row of a report that a moderator wrote a decision or a note into; `None` if there is
/// none, or no such file, or it is no report.
#[must_use]
pub fn first_decision(path: &Path) -> Option<SheetRow> {
    // A pipe would wait for somebody to write.
    if !path.is_file() {
        return None;
    }
    let mut first = None;
    let read = tables::each(path, &Columns::of_report, &mut |row| {
        if row.decision.is_empty() && row.note.is_empty() {
            return ControlFlow::Continue(());
        }
        first = Some(row);
        ControlFlow::Break(())
    });
    read.ok().and(first)
}
