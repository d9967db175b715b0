//! Spreadsheets: the first sheet whose first row names a column for the text.

use std::collections::VecDeque;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::columns::Columns;
use super::head::{Head, Shape};
use super::preset::{self, Preset};
use super::shaped::Shaped;
use super::{Format, Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A larger file has more rows than a sheet can.
const MAX_FILE: u64 = 512 << 20;

/// More columns than any table of comments has.
const MAX_COLUMNS: usize = 1024;

/// A spreadsheet of Excel or `LibreOffice`.
pub(super) static WORKBOOK: Shaped = Shaped {
    name: "xlsx",
    about: "a spreadsheet whose first row names its columns, whatever they are called",
    example: "id | parent_id | author | created_at | text",
    extensions: &["xlsx", "xlsm"],
    fits: |shape| shape == Shape::Workbook,
    read,
};

/// The file in memory.
fn open(input: &mut Input) -> Result<Xlsx<Cursor<Vec<u8>>>> {
    let mut bytes = Vec::new();
    let read = input.bytes.by_ref().take(MAX_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|error| Error::reading(&input.name, error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(input.refuse("is larger than 512 MiB; save it as CSV"));
    }
    Xlsx::new(Cursor::new(bytes)).map_err(|error| input.refuse(failed(&error)))
}

fn failed(error: &calamine::XlsxError) -> String {
    format!("cannot be read as a spreadsheet ({error}); save it as .xlsx or .csv")
}

/// Whether a sheet of a spreadsheet is a report of ours.
pub(super) fn is_report(mut input: Input) -> bool {
    let Ok(mut workbook) = open(&mut input) else { return false };
    workbook.sheet_names().iter().any(|sheet| {
        let mut rows = Rows::default();
        let mut head = Head::default();
        if rows.read(&mut workbook, sheet, 1).is_ok()
            && let Some((_, header)) = rows.rows.pop_front()
        {
            head.take_header(&header);
        }
        preset::REPORT.recognises(&head)
    })
}

/// Reads a spreadsheet with the names of `preset`, or of the one that its header tells.
pub(super) fn read<'a>(
    mut input: Input<'a>,
    preset: &Preset,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    let mut workbook = open(&mut input)?;
    let mut refused = None;
    for sheet in workbook.sheet_names() {
        let mut rows = Rows::default();
        let read = rows.read(&mut workbook, &sheet, usize::MAX);
        read.map_err(|error| input.refuse(failed(&error)))?;
        let Some((_, header)) = rows.rows.pop_front() else { continue };
        let mut head = Head::default();
        head.take_header(&header);
        let preset = if preset.name.is_empty() { preset::likely(&head) } else { preset };
        match Columns::new(&header, preset, options, &input.head) {
            Ok(columns) => {
                return Ok(Box::new(Sheet { name: input.name, rows: rows.rows, columns }));
            }
            Err(reason) => {
                refused.get_or_insert(reason);
            }
        }
    }
    Err(input.refuse(refused.unwrap_or_else(|| "holds no table".into())))
}

/// The rows of a sheet that are not empty, with their numbers.
#[derive(Default)]
struct Rows {
    rows: VecDeque<(u64, Vec<String>)>,
}

impl Rows {
    /// Reads up to `most` rows.
    fn read(
        &mut self,
        workbook: &mut Xlsx<Cursor<Vec<u8>>>,
        sheet: &str,
        most: usize,
    ) -> Result<(), calamine::XlsxError> {
        // Cell by cell: a range would take room for every cell between two far corners.
        let mut cells = workbook.worksheet_cells_reader(sheet)?;
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            let (number, column) = (u64::from(row) + 1, column as usize);
            let text = shown(cell.get_value());
            if text.is_empty() || column >= MAX_COLUMNS {
                continue;
            }
            if self.rows.back().is_none_or(|(last, _)| *last != number) {
                if self.rows.len() == most {
                    break;
                }
                self.rows.push_back((number, Vec::new()));
            }
            if let Some((_, cells)) = self.rows.back_mut() {
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                cells[column] = text;
            }
        }
        Ok(())
    }
}

/// What a cell says, as text.
fn shown(value: &DataRef) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => value.to_string(),
        DataRef::String(value) => value.clone(),
        DataRef::SharedString(value) => (*value).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(value) => {
            let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}")
        }
        DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => value.clone(),
        _ => String::new(),
    }
}

struct Sheet {
    name: String,
    rows: VecDeque<(u64, Vec<String>)>,
    columns: Columns,
}

impl Records for Sheet {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        while let Some((number, cells)) = self.rows.pop_front() {
            // Empty cells at the end of a row are not in the file.
            let cell = |number: usize| cells.get(number).map_or("", String::as_str).into();
            match self.columns.fill(cells.len().max(self.columns.count()), cell, comment) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(reason) => {
                    return Err(Error::Record { name: self.name.clone(), line: number, reason });
                }
            }
        }
        Ok(false)
    }

    fn article(&mut self) -> Option<Article> {
        self.columns.article()
    }

    fn notes(&self, notes: &mut Notes) {
        self.columns.notes(notes);
    }
}
