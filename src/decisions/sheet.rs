//! A spreadsheet that a moderator worked in.

use std::ops::ControlFlow;
use std::path::Path;

use super::{Key, tables};
use crate::error::Result;
use crate::formula;

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

/// Reads a workbook (of Excel or `LibreOffice`), a table as text in any of the usual encodings and
/// delimiters, or JSON Lines.
///
/// # Errors
///
/// [`Error::Read`](crate::Error::Read) if it cannot be read, [`Error::Labels`](crate::Error::Labels)
/// if it does not have the columns `comment_id`, `decision` and `text`.
pub fn read(path: &Path) -> Result<Sheet> {
    let mut sheet = Sheet { name: path.display().to_string(), ..Sheet::default() };
    tables::each(path, &mut |row| {
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
    let read = tables::each(path, &mut |row| {
        if row.decision.is_empty() && row.note.is_empty() {
            return ControlFlow::Continue(());
        }
        first = Some(row);
        ControlFlow::Break(())
    });
    read.ok().and(first)
}

/// Where the columns stand, by their names in the first row.
pub(super) struct Columns {
    /// In [`NAMES`](Self::NAMES)' order.
    places: [Option<usize>; 9],
    /// Some texts carry an apostrophe.
    is_guarded: bool,
}

impl Columns {
    /// The columns that are read.
    pub(super) const NAMES: [&str; 9] = [
        "source",
        "thread_id",
        "comment_id",
        "position",
        "text",
        "text_cut",
        "flamebait_label",
        "decision",
        "note",
    ];

    /// Finds them; `None` if the row is not the header of a report.
    pub(super) fn of(header: &[String]) -> Option<Self> {
        let place = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let has = |name: &str| place(name).is_some();
        // Only workbooks have that column. Their texts, and those of a CSV file that was saved
        // from them, stand as they came; in other reports some carry an apostrophe.
        let is_guarded = !has("text_cut");
        let is_report = ["comment_id", "text", "decision"].into_iter().all(has);
        is_report.then(|| Self { places: Self::NAMES.map(place), is_guarded })
    }

    /// For cells that are found by name and stand as they came.
    pub(super) fn of_json() -> Self {
        Self { places: std::array::from_fn(Some), is_guarded: false }
    }

    /// The row in `cells`, which stands at `place`; `None` for one without a comment.
    pub(super) fn row(&self, cells: &[String], place: impl Fn() -> String) -> Option<SheetRow> {
        let [source, thread, comment, position, text, cut, flamebait_label, decision, note] =
            self.places.map(|place| {
                let cell = place.and_then(|place| cells.get(place)).map_or("", String::as_str);
                if self.is_guarded { formula::unguard_from_excel(cell) } else { cell }
            });
        (!comment.is_empty()).then(|| SheetRow {
            place: place(),
            key: Key {
                source: source.into(),
                thread: thread.into(),
                comment: comment.into(),
                position: position.into(),
            },
            text: text.into(),
            is_cut: !cut.trim().is_empty(),
            flamebait_label: flamebait_label.into(),
            decision: decision.trim().into(),
            note: note.trim().into(),
        })
    }
}
