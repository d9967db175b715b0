//! A table that goes on in a next sheet when one is full.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// Sets up a new sheet: the header and whatever else each sheet of the table has.
pub(super) type Begin<'a> = Box<dyn Fn(&mut Worksheet) -> Result<(), XlsxError> + 'a>;

/// Sheets called `Queue`, `Queue 2`, and so on, the first row of each a header.
pub(super) struct Sheets<'a> {
    workbook: &'a mut Workbook,
    name: &'static str,
    begin: Begin<'a>,
    most_rows: u32,
    /// Where the current sheet is in the workbook.
    index: usize,
    /// How many sheets there are.
    count: u32,
    /// The next free row of the current sheet.
    next: u32,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(
        workbook: &'a mut Workbook,
        name: &'static str,
        most_rows: u32,
        begin: Begin<'a>,
    ) -> Result<Self, XlsxError> {
        let mut sheets = Self { workbook, name, begin, most_rows, index: 0, count: 0, next: 0 };
        sheets.open()?;
        Ok(sheets)
    }

    fn open(&mut self) -> Result<(), XlsxError> {
        self.index = self.workbook.worksheets().len();
        self.count += 1;
        let name = sheet_name(self.name, self.count);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        (self.begin)(sheet)?;
        self.next = 1;
        Ok(())
    }

    /// The sheet that has room for the next row, and the number of that row from 0.
    pub(super) fn next(&mut self) -> Result<(&mut Worksheet, u32), XlsxError> {
        if self.next >= self.most_rows {
            self.open()?;
        }
        let row = self.next;
        self.next += 1;
        Ok((self.workbook.worksheet_from_index(self.index)?, row))
    }
}

/// What sheet `number`, from 1, of a table is called.
pub(super) fn sheet_name(table: &str, number: u32) -> String {
    if number == 1 { table.to_owned() } else { format!("{table} {number}") }
}
