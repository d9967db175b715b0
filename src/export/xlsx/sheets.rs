//! A table that goes on in a next sheet when one is full.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// Sets up a new sheet: the header and whatever else each sheet of the table has.
pub(super) type Begin<'a> = Box<dyn Fn(&mut Worksheet) -> Result<(), XlsxError> + 'a>;

/// What a sheet has room for.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// All its rows, the header included.
    pub(super) most_rows: u32,
    /// Whether rows have heights of their own, so that the last one is left blank.
    pub(super) heights: bool,
}

impl Room {
    /// How many rows it takes below its header.
    pub(super) fn capacity(self) -> u32 {
        self.most_rows - 1 - u32::from(self.heights)
    }
}

/// Sheets called `Queue`, `Queue 2`, and so on, the first row of each a header.
pub(super) struct Sheets<'a> {
    workbook: &'a mut Workbook,
    name: &'static str,
    begin: Begin<'a>,
    /// How many rows a sheet takes below its header.
    capacity: u32,
    /// Whether rows are kept in memory.
    in_memory: bool,
    /// Whether a blank row must follow the last one.
    blank: bool,
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
        room: Room,
        in_memory: bool,
        begin: Begin<'a>,
    ) -> Result<Self, XlsxError> {
        let (capacity, blank) = (room.capacity(), room.heights);
        let (index, count, next) = (0, 0, 0);
        let mut sheets =
            Self { workbook, name, begin, capacity, in_memory, blank, index, count, next };
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
        if self.next > self.capacity {
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
        if !self.blank {
            return Ok(());
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_filled_to_its_last_row_unless_that_must_be_blank() {
        for (heights, rows) in [(false, 3), (true, 2)] {
            let mut workbook = Workbook::new();
            let room = Room { most_rows: 4, heights };
            let begin = |_: &mut Worksheet| Ok(());
            let mut sheets =
                Sheets::new(&mut workbook, "Queue", room, false, Box::new(begin)).unwrap();
            let places: Vec<u32> = (0..rows + 1).map(|_| sheets.next().unwrap().1).collect();
            assert_eq!(*places.last().unwrap(), 1, "{places:?}");
            assert_eq!(places[places.len() - 2], rows);
            sheets.finish().unwrap();
        }
    }
}
