//! The rows of a report in whatever form it comes back, one at a time.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use calamine::{Data, DataRef, Reader, Xlsx, open_workbook_auto};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use serde_json::{Map, Value};

use super::SheetRow;
use super::columns::Columns;
use crate::error::{Error, Result};

/// Finds the columns by a header, or says what is wrong with it.
pub(super) type Find<'a> = &'a dyn Fn(&[String]) -> Result<Columns, String>;

/// Takes the next row, and says whether to go on.
pub(super) type Take<'a> = dyn FnMut(SheetRow) -> ControlFlow<()> + 'a;

/// How workbooks begin: those of today as archives, older ones as compound files.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Gives the rows of a workbook (of Excel or `LibreOffice`), of a table as text in any of the usual
/// encodings and delimiters, or of JSON Lines to `take`.
pub(super) fn each(path: &Path, find: Find<'_>, take: &mut Take<'_>) -> Result<()> {
    let name = path.display().to_string();
    let failed = |source| Error::Read { name: name.clone(), source };
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head)).map_err(failed)?;
    let (sheet, fault) = (String::new(), (0, String::from("is empty")));
    let mut rows = Rows { find, take, columns: None, sheet, is_over: false, any: false, fault };
    let read = if WORKBOOKS.iter().any(|start| head.starts_with(start)) {
        workbook(path, &mut rows)
    } else {
        let text = Text::open(path).map_err(failed)?;
        let first = head.iter().find(|byte| !b"\xef\xbb\xbf \t\r\n".contains(byte));
        if first == Some(&b'{') { json_lines(text, &mut rows) } else { table(text, &mut rows) }
    };
    match read {
        Ok(()) if rows.any => Ok(()),
        Ok(()) => Err(Error::Labels { name, reason: rows.fault.1 }),
        Err(reason) => Err(Error::Labels { name, reason }),
    }
}

/// Rows on their way from a table, the first of which is its header.
struct Rows<'a, 'b> {
    find: Find<'a>,
    take: &'a mut Take<'b>,
    columns: Option<Columns>,
    /// What the sheet is called, with a comma behind, unless it is the first.
    sheet: String,
    /// No more rows are wanted.
    is_over: bool,
    /// Some table had the columns.
    any: bool,
    /// What is wrong with the header that has most columns, and how many it has.
    fault: (usize, String),
}

impl Rows<'_, '_> {
    /// Takes row `number`; breaks if no more of this table is wanted.
    fn take(&mut self, number: u64, cells: &[String]) -> ControlFlow<()> {
        let Some(columns) = &self.columns else {
            match (self.find)(cells) {
                Ok(columns) => {
                    self.columns = Some(columns);
                    self.any = true;
                    return ControlFlow::Continue(());
                }
                Err(reason) if cells.len() > self.fault.0 => self.fault = (cells.len(), reason),
                Err(_) => {}
            }
            return ControlFlow::Break(());
        };
        let place = || format!("{}row {number}", self.sheet);
        let Some(row) = columns.row(cells, place) else { return ControlFlow::Continue(()) };
        let goes_on = (self.take)(row);
        self.is_over = goes_on.is_break();
        goes_on
    }
}

fn workbook(path: &Path, rows: &mut Rows<'_, '_>) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| {
        format!("cannot be read as a workbook ({error}); save it as .xlsx or .csv")
    };
    let file = File::open(path).map_err(|error| failed(&error))?;
    if let Ok(mut workbook) = Xlsx::new(BufReader::new(file)) {
        for (at, sheet) in workbook.sheet_names().into_iter().enumerate() {
            begin(rows, at, &sheet);
            excel_sheet(&mut workbook, &sheet, rows).map_err(|error| failed(&error))?;
            if rows.is_over {
                break;
            }
        }
        return Ok(());
    }
    let mut workbook = open_workbook_auto(path).map_err(|error| failed(&error))?;
    for (at, sheet) in workbook.sheet_names().into_iter().enumerate() {
        begin(rows, at, &sheet);
        let range = workbook.worksheet_range(&sheet).map_err(|error| failed(&error))?;
        for (number, cells) in (1..).zip(range.rows()) {
            let cells: Vec<String> = cells.iter().map(Data::to_string).collect();
            if rows.take(number, &cells).is_break() {
                break;
            }
        }
        if rows.is_over {
            break;
        }
    }
    Ok(())
}

/// Begins the table in sheet number `at`, from 0.
fn begin(rows: &mut Rows<'_, '_>, at: usize, sheet: &str) {
    rows.columns = None;
    rows.sheet = if at == 0 { String::new() } else { format!("{sheet}, ") };
}

/// Cell by cell: a whole sheet of a million comments would fill the memory.
fn excel_sheet(
    workbook: &mut Xlsx<BufReader<File>>,
    sheet: &str,
    rows: &mut Rows<'_, '_>,
) -> Result<(), calamine::XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let mut current = None;
    let mut cells: Vec<String> = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        if let Some(before) = current.replace(row).filter(|before| *before != row) {
            if rows.take(u64::from(before) + 1, &cells).is_break() {
                return Ok(());
            }
            cells.clear();
        }
        let column = column as usize;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = match cell.get_value() {
            DataRef::SharedString(text) => (*text).to_owned(),
            other => Data::from(other.clone()).to_string(),
        };
    }
    if let Some(last) = current {
        let _ = rows.take(u64::from(last) + 1, &cells);
    }
    Ok(())
}

/// A file of text in UTF-8 or in an encoding of Windows, or what UTF-16 was turned into.
enum Text {
    File(File),
    Decoded(Cursor<Vec<u8>>),
}

impl Text {
    fn open(path: &Path) -> std::io::Result<Self> {
        let mut file = File::open(path)?;
        let mut mark = Vec::new();
        file.by_ref().take(3).read_to_end(&mut mark)?;
        file.rewind()?;
        match Encoding::for_bom(&mark) {
            Some((encoding, _)) if encoding != UTF_8 => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                let text = encoding.decode(&bytes).0.into_owned();
                Ok(Self::Decoded(Cursor::new(text.into_bytes())))
            }
            _ => Ok(Self::File(file)),
        }
    }

    /// The text from its beginning, without the byte order mark.
    fn start(&mut self) -> std::io::Result<BufReader<Box<dyn Read + '_>>> {
        let mut input: BufReader<Box<dyn Read + '_>> = match self {
            Self::File(file) => {
                file.seek(SeekFrom::Start(0))?;
                BufReader::new(Box::new(file))
            }
            Self::Decoded(text) => {
                text.set_position(0);
                BufReader::new(Box::new(text))
            }
        };
        if input.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
            input.consume(3);
        }
        Ok(input)
    }
}

/// A text as UTF-8, else as Windows wrote it.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn table(mut text: Text, rows: &mut Rows<'_, '_>) -> Result<(), String> {
    for delimiter in [b',', b';', b'\t', b'|'] {
        let failed = |error: &dyn std::fmt::Display| format!("cannot be read as a table ({error})");
        let mut input = text.start().map_err(|error| failed(&error))?;
        // Excel reads a first line such as "sep=;" as a hint and writes none, but people do.
        if input.fill_buf().is_ok_and(|start| start.starts_with(b"sep=")) {
            input.skip_until(b'\n').map_err(|error| failed(&error))?;
        }
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(delimiter).has_headers(false).flexible(true);
        let mut reader = reader.from_reader(input);
        let mut record = csv::ByteRecord::new();
        let mut number = 0;
        while reader.read_byte_record(&mut record).map_err(|error| failed(&error))? {
            number += 1;
            let cells: Vec<String> = record.iter().map(|cell| decode(cell).into_owned()).collect();
            if rows.take(number, &cells).is_break() {
                break;
            }
        }
        if rows.any {
            break;
        }
    }
    Ok(())
}

fn json_lines(mut text: Text, rows: &mut Rows<'_, '_>) -> Result<(), String> {
    // Every key of any object, so that lines need not have all of them.
    let mut header: Vec<String> = Vec::new();
    each_object(&mut text, &mut |_, object| {
        for key in object.keys().filter(|key| !header.contains(key)).collect::<Vec<_>>() {
            header.push(key.clone());
        }
        ControlFlow::Continue(())
    })?;
    rows.columns = Some((rows.find)(&header)?.plain());
    rows.any = true;
    each_object(&mut text, &mut |number, object| {
        let cell = |key: &String| match object.get(key) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        rows.take(number, &header.iter().map(cell).collect::<Vec<_>>())
    })
}

/// Gives every object, with the number of its line, to `take`.
fn each_object(
    text: &mut Text,
    take: &mut dyn FnMut(u64, Map<String, Value>) -> ControlFlow<()>,
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot be read ({error})");
    for (number, line) in (1..).zip(text.start().map_err(failed)?.lines()) {
        let line = line.map_err(failed)?;
        if line.trim().is_empty() {
            continue;
        }
        let fault = |error: serde_json::Error| format!("line {number} is not JSON ({error})");
        if take(number, serde_json::from_str(&line).map_err(fault)?).is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
