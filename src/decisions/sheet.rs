//! A spreadsheet that a moderator worked in, in whatever form it comes back.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use serde_json::{Map, Value};

use super::Key;
use super::columns::{Columns, Names};
use crate::error::{Error, Result};

/// What the sheet says of one comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRow {
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

/// Finds the columns by a header, or says what is wrong with it.
type Find<'a> = &'a dyn Fn(&[String]) -> Result<Columns, String>;

/// Reads a report of `score` that came back: a workbook, a table as text in any of the usual
/// encodings and delimiters, or JSON Lines.
///
/// # Errors
///
/// [`Error::Read`] if it cannot be read, [`Error::Labels`] if it does not have the columns
/// `comment_id`, `decision` and `text`.
pub fn read(path: &Path) -> Result<Sheet> {
    open(path, &Columns::of_report)
}

/// Reads such a report, or any file of the same kinds that has columns for the text of a comment
/// and for what people say of it. Where there is no `comment_id`, comments are told apart by their
/// text.
///
/// # Errors
///
/// [`Error::Read`] if it cannot be read, [`Error::Labels`] if it does not have such columns.
pub fn read_labelled(path: &Path, names: &Names) -> Result<Sheet> {
    let mut sheet = open(path, &|header| Columns::of_labels(header, names))?;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for row in sheet.rows.iter_mut().filter(|row| row.key.comment.is_empty()) {
        let times = seen.entry(row.text.clone()).or_default();
        *times += 1;
        row.key = Key { comment: row.text.clone(), position: times.to_string(), ..Key::default() };
    }
    Ok(sheet)
}

fn open(path: &Path, find: Find<'_>) -> Result<Sheet> {
    let name = path.display().to_string();
    let failed = |source| Error::Read { name: name.clone(), source };
    let mut bytes = Vec::new();
    let mut file = BufReader::new(File::open(path).map_err(failed)?);
    file.read_to_end(&mut bytes).map_err(failed)?;
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        workbook(&bytes, find)
    } else {
        let text = decode(&bytes);
        if text.trim_start().starts_with('{') {
            json_lines(&text, find)
        } else {
            table(&text, find)
        }
    };
    match rows {
        Ok(rows) => Ok(Sheet { name, rows }),
        Err(reason) => Err(Error::Labels { name, reason }),
    }
}

fn workbook(bytes: &[u8], find: Find<'_>) -> Result<Vec<SheetRow>, String> {
    let failed = |error: calamine::XlsxError| {
        format!("cannot be read as a workbook ({error}); save it as .xlsx or .csv")
    };
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).map_err(failed)?;
    let mut rows = Vec::new();
    let mut fault = None;
    let mut found = false;
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).map_err(failed)?;
        let mut lines = range.rows().map(|row| row.iter().map(shown).collect::<Vec<_>>());
        match find(&lines.next().unwrap_or_default()) {
            Ok(columns) => {
                found = true;
                rows.extend(lines.filter_map(|cells| columns.row(&cells)));
            }
            Err(reason) => fault = fault.or(Some(reason)),
        }
    }
    match fault {
        Some(reason) if !found => Err(reason),
        _ => Ok(rows),
    }
}

/// What a cell says.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The text of a file: by its byte order mark, else as UTF-8, else as Windows wrote it.
fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    encoding.decode(bytes).0.into_owned()
}

fn table(text: &str, find: Find<'_>) -> Result<Vec<SheetRow>, String> {
    // Excel reads a first line such as "sep=;" as a hint and writes none, but people do.
    let text = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("sep=") => rest,
        _ => text,
    };
    // The fault with the delimiter that makes the most of the header.
    let mut fault = (0, String::from("is empty"));
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(delimiter).has_headers(false).flexible(true);
        let mut records = reader.from_reader(text.as_bytes()).into_records();
        let cells = |record: csv::StringRecord| -> Vec<String> {
            record.iter().map(str::to_owned).collect()
        };
        let Some(Ok(header)) = records.next() else { continue };
        let header = cells(header);
        let columns = match find(&header) {
            Ok(columns) => columns,
            Err(reason) => {
                if header.len() > fault.0 {
                    fault = (header.len(), reason);
                }
                continue;
            }
        };
        let rows: Result<Vec<_>, csv::Error> =
            records.map(|record| Ok(columns.row(&cells(record?)))).collect();
        let rows = rows.map_err(|error| format!("cannot be read as a table ({error})"))?;
        return Ok(rows.into_iter().flatten().collect());
    }
    Err(fault.1)
}

fn json_lines(text: &str, find: Find<'_>) -> Result<Vec<SheetRow>, String> {
    let mut objects: Vec<Map<String, Value>> = Vec::new();
    // Every key of any object, so that lines need not have all of them.
    let mut header: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |error: serde_json::Error| format!("line {number} is not JSON ({error})");
        let object: Map<String, Value> = serde_json::from_str(line).map_err(fault)?;
        for key in object.keys().filter(|key| !header.contains(key)).collect::<Vec<_>>() {
            header.push(key.clone());
        }
        objects.push(object);
    }
    let columns = find(&header)?;
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let row = |object: &Map<String, Value>| {
        columns.row(&header.iter().map(|key| cell(object.get(key))).collect::<Vec<_>>())
    };
    Ok(objects.iter().filter_map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rows: &[SheetRow]) -> Vec<(&str, &str, &str)> {
        rows.iter()
            .map(|row| (row.key.comment.as_str(), row.decision.as_str(), row.text.as_str()))
            .collect()
    }

    #[test]
    fn any_delimiter_and_order_of_columns_will_do() {
        for table_text in [
            "comment_id,decision,text\n7,keep,'@Ann yes\n",
            "sep=;\ncomment_id;decision;text\n7;keep;'@Ann yes\n",
            "text\tcomment_id\tdecision\r\n\"'@Ann yes\"\t7\t keep \r\n",
        ] {
            assert_eq!(
                texts(&table(table_text, &Columns::of_report).unwrap()),
                [("7", "keep", "@Ann yes")]
            );
        }
    }

    #[test]
    fn a_table_that_a_workbook_was_saved_as_has_no_apostrophes_to_remove() {
        let text = "comment_id,decision,text,text_cut\n7,keep,'=1,\n8,hide,long,12\n";
        let rows = table(text, &Columns::of_report).unwrap();
        assert_eq!(texts(&rows), [("7", "keep", "'=1"), ("8", "hide", "long")]);
        assert_eq!(rows.iter().map(|row| row.is_cut).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn text_is_read_as_whatever_it_is_encoded_in() {
        let text = "comment_id,text\n1,Zoë\n";
        let wide: Vec<u8> = "\u{feff}"
            .chars()
            .chain(text.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&wide), text);
        assert_eq!(decode(b"Zo\xeb"), "Zoë");
        assert_eq!(decode("\u{feff}Zoë".as_bytes()), "Zoë");
    }

    #[test]
    fn a_table_without_the_columns_is_refused() {
        let fault = table("a,b\n1,2\n", &Columns::of_report).unwrap_err();
        assert!(fault.contains("comment_id"));
    }
}
