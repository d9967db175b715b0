//! The threads in reading order: answers below what they answer, indented, and foldable.

use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatType, Workbook, Worksheet, XlsxError,
};

use super::look::{self, Look};
use super::sheets::{Room, Sheets};
use super::text;
use crate::export::fields::Fields;
use crate::table::{Column, Row};

/// Rows can be grouped in this many levels.
const MOST_LEVELS: u64 = 7;

/// The columns, and how wide each is.
const COLUMNS: [(&str, u32); 10] = [
    ("text", 90),
    ("author", 18),
    ("addressee", 16),
    ("flamebait", 10),
    ("flamebait_label", 14),
    ("sentiment", 10),
    ("posted_at", 20),
    ("queue_row", 10),
    ("thread_id", 16),
    ("comment_id", 14),
];

/// The sheet under way.
pub(super) struct Threads<'a> {
    sheets: Sheets<'a>,
    fields: Fields,
    look: Look,
    /// What a sheet of the queue has room for.
    queue: Room,
    folded: bool,
    /// Dump and thread of the row before.
    current: Option<(String, String)>,
}

impl<'a> Threads<'a> {
    pub(super) fn new(
        workbook: &'a mut Workbook,
        columns: &[Column],
        queue: Room,
    ) -> Result<Self, XlsxError> {
        // Where rows have heights of their own they are few enough to be kept in memory.
        let folded = queue.heights;
        let room = Room { heights: false, ..queue };
        let begin = move |sheet: &mut Worksheet| {
            if !folded {
                sheet.set_default_row_height(look::SAME_HEIGHT);
            }
            begin(sheet, room.capacity())
        };
        let sheets = Sheets::new(workbook, "Threads", room, folded, Box::new(begin))?;
        let (fields, look) = (Fields::of(columns), Look::new());
        Ok(Self { sheets, fields, look, queue, folded, current: None })
    }

    /// Writes the next row; rows come in reading order.
    pub(super) fn row(&mut self, row: Row<'_>) -> Result<(), XlsxError> {
        let Self { sheets, fields, look, folded, .. } = self;
        let (source, id) = (fields.source.text(row), fields.thread.text(row));
        if self.current.as_ref().is_none_or(|(file, thread)| file != source || thread != id) {
            let (sheet, at) = sheets.next()?;
            let title = if id.is_empty() { source.to_owned() } else { format!("{id} ({source})") };
            sheet.write_string_with_format(at, 0, &*text::fit(&title).0, &look.title)?;
            self.current = Some((source.into(), id.into()));
        }
        let (sheet, at) = sheets.next()?;
        let depth = fields.depth.count(row);
        if *folded {
            for _ in 0..(depth + 1).min(MOST_LEVELS) {
                sheet.group_rows(at, at)?;
            }
        }
        let (text, _) = text::fit(fields.text.text(row));
        let height = look::height(look::lines(&text, look::room(90, depth)));
        if let Some(height) = height.filter(|_| *folded) {
            sheet.set_row_height(at, height)?;
        }
        let label = fields.label.text(row);
        let texts = [
            (0, &*text, look.indented(depth)),
            (1, fields.author.text(row), &look.text),
            (2, fields.addressee.text(row), &look.text),
            (4, label, look.label(label)),
            (6, fields.posted.text(row), &look.text),
            (8, id, &look.text),
            (9, fields.comment.text(row), &look.text),
        ];
        let queue_row =
            (fields.priority.count(row) as f64 - 1.0) % f64::from(self.queue.capacity());
        let numbers = [
            (3, fields.flamebait.number(row), &look.score),
            (5, fields.sentiment.number(row), &look.score),
            (7, Some(queue_row + 2.0).filter(|row| *row >= 2.0), &look.count),
        ];
        for (column, text, format) in texts {
            if !text.is_empty() {
                sheet.write_string_with_format(at, column, &*text::fit(text).0, format)?;
            }
        }
        for (column, number, format) in numbers {
            if let Some(number) = number {
                sheet.write_number_with_format(at, column, number, format)?;
            }
        }
        Ok(())
    }

    /// Ends the sheet.
    pub(super) fn finish(&mut self) -> Result<(), XlsxError> {
        self.sheets.finish()
    }
}

fn begin(sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    let look = Look::new();
    for (column, (name, width)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &look.header)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.group_symbols_above(true);
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let heat = ConditionalFormat2ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_minimum_color("FFFFFF")
        .set_maximum_color("F28B6B");
    sheet.add_conditional_format(1, 3, last, 3, &heat)?;
    Ok(())
}
