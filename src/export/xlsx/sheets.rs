//! A table that goes on in a next sheet when one is full.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// Sets up a new sheet: the header and whatever else each sheet of the table has.
pub(super) type Begin<'a> = Box<dyn Fn(&mut Worksheet) -> Result<(), XlsxError> + 'a>;

/// Sheets called `Queue`, `Queue 2`, and so on, the first row of each a header.
pub(super) struct Sheets<'a> {
    workbook: &'a mut Workbook,
    name: &'static str,
    begin: Begin<'a>,
    most_rows: u32,
    in_memory: bool,
    /// Where the current sheet is in the workbook.
    index: usize,
    /// How many sheets there are.
    count: u32,
    /// The next free row of the current sheet.
    next: u32,
}

impl<'a> Sheets<'a> {
    /// Begins the first sheet. Rows go to a temporary file, which cannot hold how they are grouped,
    /// or are kept `in_memory`, which can.
    pub(super) fn new(
        workbook: &'a mut Workbook,
        name: &'static str,
        most_rows: u32,
        in_memory: bool,
        begin: Begin<'a>,
    ) -> Result<Self, XlsxError> {
        let mut sheets =
            Self { workbook, name, begin, most_rows, in_memory, index: 0, count: 0, next: 0 };
        sheets.open()?;
        Ok(sheets)
    }

    fn open(&mut self) -> Result<(), XlsxError> {
        self.index = self.workbook.worksheets().len();
        self.count += 1;
        let name = sheet_name(self.name, self.count);
        let sheet = if self.in_memory {
            self.workbook.add_worksheet()
        } else {
            self.workbook.add_worksheet_with_constant_memory()?
        };
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        (self.begin)(sheet)?;
        self.next = 1;
        Ok(())
    }

    /// The sheet that has room for the next row, and the number of that row from 0.
    pub(super) fn next(&mut self) -> Result<(&mut Worksheet, u32), XlsxError> {
        // The last row is left for the end.
        if self.next + 1 >= self.most_rows {
            self.finish()?;
            self.open()?;
        }
        let row = self.next;
        self.next += 1;
        Ok((self.workbook.worksheet_from_index(self.index)?, row))
    }

    /// Ends the last sheet. A row with a height of its own would be written twice if it were the
    /// last one, so a blank one follows.
    pub(super) fn finish(&mut self) -> Result<(), XlsxError> {
        let sheet = self.workbook.worksheet_from_index(self.index)?;
        let blank = Format::new().set_quote_prefix();
        sheet.write_blank(self.next, 0, &blank)?;
        Ok(())
    }
}

/// What sheet `number`, from 1, of a table is called.
pub(super) fn sheet_name(table: &str, number: u32) -> String {
    if number == 1 { table.to_owned() } else { format!("{table} {number}") }
}
