//! Who wrote how much, how much of it is heated, and at whom it is aimed.

use rust_xlsxwriter::{ConditionalFormatDataBar, Workbook, Worksheet, XlsxError};

use super::look::Look;
use super::sheets::{Room, Sheets};
use super::text;
use crate::export::tally::{self, Authors};

/// The columns, and how wide each is.
const COLUMNS: [(&str, u32); 10] = [
    ("author", 26),
    ("comments", 11),
    ("flamebait", 11),
    ("heated", 11),
    ("flamebait_share", 15),
    ("highest", 10),
    ("targets", 34),
    ("first_seen", 22),
    ("first_thread", 18),
    ("first_comment", 16),
];

/// Writes the sheet, most flamebait first.
pub(super) fn write(
    workbook: &mut Workbook,
    authors: &Authors,
    most_rows: u32,
) -> Result<(), XlsxError> {
    let look = Look::new();
    let room = Room { most_rows, heights: false };
    let last = u32::try_from(authors.len()).unwrap_or(u32::MAX).clamp(1, room.capacity());
    let begin = move |sheet: &mut Worksheet| begin(sheet, last);
    let mut sheets = Sheets::new(workbook, "Authors", room, false, Box::new(begin))?;
    for author in authors.ranking() {
        let (sheet, row) = sheets.next()?;
        let share = author.flamebait as f64 / author.comments.max(1) as f64;
        let targets = tally::ranking(&author.targets);
        let targets: Vec<String> =
            targets.iter().map(|(target, count)| format!("{target} {count}")).collect();
        let counts = [(1, author.comments), (2, author.flamebait), (3, author.heated)];
        let targets = targets.join("; ");
        let texts = [
            (0, author.name.as_str()),
            (6, &targets),
            (7, &author.first_seen),
            (8, &author.first_comment.0),
            (9, &author.first_comment.1),
        ];
        for (column, text) in texts {
            if !text.is_empty() {
                sheet.write_string_with_format(row, column, &*text::fit(text).0, &look.text)?;
            }
        }
        for (column, count) in counts {
            sheet.write_number_with_format(row, column, count as f64, &look.count)?;
        }
        sheet.write_number_with_format(row, 4, share, &look.score)?;
        sheet.write_number_with_format(row, 5, author.highest, &look.score)?;
    }
    sheets.finish()
}

fn begin(sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    let look = Look::new();
    for (column, (name, width)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &look.header)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.autofilter(0, 0, last, 9)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let bar = ConditionalFormatDataBar::new().set_fill_color("F28B6B");
    sheet.add_conditional_format(1, 2, last, 2, &bar)?;
    Ok(())
}
