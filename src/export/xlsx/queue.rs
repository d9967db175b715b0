//! The sheet to work in: all comments, what to look at first on top.

use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormat3ColorScale, ConditionalFormatType,
    DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError,
};

use super::look::{self, Look};
use super::sheets::{Room, Sheets, sheet_name};
use super::text;
use crate::export::fields::{Field, Fields};
use crate::export::{Entry, WriteOptions};
use crate::table::{Cell, Column};

/// The sheet with the list of decisions, where it is too long for the cells themselves.
const LISTS: &str = "Lists";

/// A drop-down may list choices of this many characters in all, the commas counted.
const MOST_LISTED: usize = 255;

/// What the sheet shows behind the columns of every report.
const EXTRA: [&str; 2] = ["parent_row", "text_cut"];

/// The sheet under way.
pub(super) struct Queue<'a> {
    sheets: Sheets<'a>,
    fields: Fields,
    look: Look,
    width: u16,
    room: Room,
}

impl<'a> Queue<'a> {
    pub(super) fn new(
        workbook: &'a mut Workbook,
        columns: &'a [Column],
        options: &'a WriteOptions,
        room: Room,
        count: u64,
    ) -> Result<Self, XlsxError> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let width = u16::try_from(columns.len()).unwrap_or(u16::MAX);
        let begin = move |sheet: &mut Worksheet| {
            let last = count.clamp(1, room.capacity());
            if !room.heights {
                sheet.set_default_row_height(look::SAME_HEIGHT);
            }
            begin(sheet, columns, last)?;
            choices(sheet, columns, &options.decisions, last)
        };
        let sheets = Sheets::new(workbook, "Queue", room, false, Box::new(begin))?;
        let fields = Fields::of(columns);
        Ok(Self { sheets, fields, look: Look::new(), width, room })
    }

    /// Writes the next row; rows come in the order of priority.
    pub(super) fn row(&mut self, entry: Entry<'_>) -> Result<(), XlsxError> {
        let Self { sheets, fields, look, room, .. } = self;
        let (sheet, row) = sheets.next()?;
        let depth = fields.depth.count(entry.row);
        let (text, left_out) = text::fit(fields.text.text(entry.row));
        // Lines end between words, so a column holds a little less than its width.
        let reasons = look::lines(fields.reasons.text(entry.row), look::REASONS - 5);
        let lines = look::lines(&text, look::room(look::TEXT, depth)).max(reasons);
        if let Some(height) = look::height(lines).filter(|_| room.heights) {
            sheet.set_row_height(row, height)?;
        }
        for (column, cell) in (0..).zip(entry.row.cells()) {
            let is = |field: Field| field.index() == Some(usize::from(column));
            match cell {
                Cell::Empty => {}
                Cell::Text(_) if is(fields.text) => {
                    sheet.write_string_with_format(row, column, &*text, look.indented(depth))?;
                }
                Cell::Text(text) => {
                    let format = match () {
                        () if is(fields.label) => look.label(text),
                        () if is(fields.reasons) || is(fields.categories) => &look.wrapped,
                        () => &look.text,
                    };
                    sheet.write_string_with_format(row, column, &*text::fit(text).0, format)?;
                }
                Cell::Number(value) => {
                    sheet.write_number_with_format(row, column, value, &look.score)?;
                }
                Cell::Count(value) => {
                    sheet.write_number_with_format(row, column, value as f64, &look.count)?;
                }
            }
        }
        if let Some(priority) = entry.parent_priority {
            let per_sheet = u64::from(room.capacity());
            let (table, row_there) = ((priority - 1) / per_sheet, (priority - 1) % per_sheet + 2);
            if table == 0 {
                let number = row_there as f64;
                sheet.write_number_with_format(row, self.width, number, &look.count)?;
            } else {
                let table = sheet_name("Queue", u32::try_from(table + 1).unwrap_or(u32::MAX));
                let place = format!("{table}, {row_there}");
                sheet.write_string_with_format(row, self.width, place, &look.text)?;
            }
        }
        if left_out > 0 {
            sheet.write_number_with_format(row, self.width + 1, left_out as f64, &look.count)?;
        }
        Ok(())
    }

    /// Ends the sheet.
    pub(super) fn finish(&mut self) -> Result<(), XlsxError> {
        self.sheets.finish()
    }
}

/// Whether the decisions need a list of their own: in a cell's rule they would be too long, or a
/// comma in one of them would make it two.
fn is_long(decisions: &[String]) -> bool {
    let listed: usize = decisions.iter().map(|decision| decision.encode_utf16().count() + 1).sum();
    listed > MOST_LISTED + 1 || decisions.iter().any(|decision| decision.contains(','))
}

/// Writes the list of decisions, out of sight, if they need one.
pub(super) fn write_list(workbook: &mut Workbook, decisions: &[String]) -> Result<(), XlsxError> {
    if !is_long(decisions) {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(LISTS)?.set_hidden(true);
    for (row, decision) in (0..).zip(decisions) {
        sheet.write_string(row, 0, decision)?;
    }
    Ok(())
}

/// Header, widths, folded columns, filter and colours of a sheet whose last row is `last`.
fn begin(sheet: &mut Worksheet, columns: &[Column], last: u32) -> Result<(), XlsxError> {
    let look = Look::new();
    let names: Vec<&str> = columns.iter().map(|column| column.name).chain(EXTRA).collect();
    let mut folded = None;
    for (column, name) in (0..).zip(&names) {
        sheet.write_string_with_format(0, column, *name, &look.header)?;
        let width = look::width(name);
        sheet.set_column_width(column, width.unwrap_or(look::FOLDED_WIDTH))?;
        if matches!(*name, "decision" | "note") {
            sheet.set_column_format(column, &look.answer)?;
        }
        match (width, folded) {
            (None, None) => folded = Some(column),
            (Some(_), Some(first)) => {
                sheet.group_columns_collapsed(first, column - 1)?;
                folded = None;
            }
            _ => {}
        }
    }
    let width = u16::try_from(names.len()).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, width - 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let place = |name: &str| (0..).zip(&names).find(|(_, it)| **it == name).map(|(at, _)| at);
    let heat = ConditionalFormat2ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_minimum_color("FFFFFF")
        .set_maximum_color("F28B6B");
    let feeling = ConditionalFormat3ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, -1)
        .set_midpoint(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_minimum_color("E8A0B4")
        .set_midpoint_color("FFFFFF")
        .set_maximum_color("9CCB9C");
    for column in ["flamebait", "heat"].into_iter().filter_map(place) {
        sheet.add_conditional_format(1, column, last, column, &heat)?;
    }
    if let Some(column) = place("sentiment") {
        sheet.add_conditional_format(1, column, last, column, &feeling)?;
    }
    Ok(())
}

/// The drop-down in the cells for decisions.
fn choices(
    sheet: &mut Worksheet,
    columns: &[Column],
    decisions: &[String],
    last: u32,
) -> Result<(), XlsxError> {
    let Some(column) = Field::named(columns, "decision").index() else { return Ok(()) };
    if decisions.is_empty() {
        return Ok(());
    }
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    let validation = if is_long(decisions) {
        let list = format!("={LISTS}!$A$1:$A${}", decisions.len());
        DataValidation::new().allow_list_formula(Formula::new(list))
    } else {
        DataValidation::new().allow_list_strings(decisions)?
    };
    // Another word is asked about, not refused: people know cases that the list does not.
    let validation = validation
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Not in the list")?
        .set_error_message("This decision is not in the list. Keep it all the same?")?;
    sheet.add_data_validation(1, column, last, column, &validation)?;
    Ok(())
}
