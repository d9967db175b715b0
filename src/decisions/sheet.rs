//! A spreadsheet that a moderator worked in, in whatever form it comes back.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::Key;
use crate::error::{Error, Result};
use crate::formula;

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

/// Where the columns stand, by their names in the first row.
struct Columns {
    source: Option<usize>,
    thread: Option<usize>,
    comment: usize,
    position: Option<usize>,
    text: usize,
    text_cut: Option<usize>,
    flamebait_label: Option<usize>,
    decision: usize,
    note: Option<usize>,
}

impl Columns {
    /// Finds them; `None` if the row is not the header of a report.
    fn of(header: &[String]) -> Option<Self> {
        let column = |name: &str| header.iter().position(|cell| cell.trim() == name);
        Some(Self {
            source: column("source"),
            thread: column("thread_id"),
            comment: column("comment_id")?,
            position: column("position"),
            text: column("text")?,
            text_cut: column("text_cut"),
            flamebait_label: column("flamebait_label"),
            decision: column("decision")?,
            note: column("note"),
        })
    }

    /// The row in `cells`; `None` for one without a comment.
    fn row(&self, cells: &[String]) -> Option<SheetRow> {
        // Only workbooks have this column. Their texts, and those of a CSV file that was saved
        // from them, stand as they came; in other reports some carry an apostrophe.
        let is_guarded = self.text_cut.is_none();
        let cell = |column: usize| {
            let cell = cells.get(column).map_or("", String::as_str);
            if is_guarded { formula::unguard_from_excel(cell) } else { cell }.to_owned()
        };
        let maybe = |column: Option<usize>| column.map(&cell).unwrap_or_default();
        let key = Key {
            source: maybe(self.source),
            thread: maybe(self.thread),
            comment: cell(self.comment),
            position: maybe(self.position),
        };
        (!key.comment.is_empty()).then(|| SheetRow {
            key,
            text: cell(self.text),
            is_cut: !maybe(self.text_cut).trim().is_empty(),
            flamebait_label: maybe(self.flamebait_label),
            decision: cell(self.decision).trim().to_owned(),
            note: maybe(self.note).trim().to_owned(),
        })
    }
}

/// Reads a workbook, a table as text in any of the usual encodings and delimiters, or JSON Lines.
///
/// # Errors
///
/// [`Error::Read`] if it cannot be read, [`Error::Labels`] if it does not have the columns
/// `comment_id`, `decision` and `text`.
pub fn read(path: &Path) -> Result<Sheet> {
    let name = path.display().to_string();
    let failed = |source| Error::Read { name: name.clone(), source };
    let mut bytes = Vec::new();
    let mut file = BufReader::new(File::open(path).map_err(failed)?);
    file.read_to_end(&mut bytes).map_err(failed)?;
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        workbook(&bytes)
    } else {
        let text = decode(&bytes);
        if text.trim_start().starts_with('{') { json_lines(&text) } else { table(&text) }
    };
    match rows {
        Ok(rows) => Ok(Sheet { name, rows }),
        Err(reason) => Err(Error::Labels { name, reason }),
    }
}

const NO_COLUMNS: &str = "has no columns called comment_id, decision and text in its first row; give a report of `score`";

fn workbook(bytes: &[u8]) -> Result<Vec<SheetRow>, String> {
    let failed = |error: calamine::XlsxError| {
        format!("cannot be read as a workbook ({error}); save it as .xlsx or .csv")
    };
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).map_err(failed)?;
    let mut rows = Vec::new();
    let mut found = false;
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).map_err(failed)?;
        let mut lines = range.rows().map(|row| row.iter().map(shown).collect::<Vec<_>>());
        let Some(columns) = lines.next().and_then(|header| Columns::of(&header)) else { continue };
        found = true;
        rows.extend(lines.filter_map(|cells| columns.row(&cells)));
    }
    if found { Ok(rows) } else { Err(NO_COLUMNS.into()) }
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

fn table(text: &str) -> Result<Vec<SheetRow>, String> {
    // Excel reads a first line such as "sep=;" as a hint and writes none, but people do.
    let text = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("sep=") => rest,
        _ => text,
    };
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(delimiter).has_headers(false).flexible(true);
        let mut records = reader.from_reader(text.as_bytes()).into_records();
        let cells = |record: csv::StringRecord| -> Vec<String> {
            record.iter().map(str::to_owned).collect()
        };
        let header = records.next().and_then(std::result::Result::ok).map(cells);
        let Some(columns) = header.and_then(|header| Columns::of(&header)) else { continue };
        let rows: Result<Vec<_>, csv::Error> =
            records.map(|record| Ok(columns.row(&cells(record?)))).collect();
        let rows = rows.map_err(|error| format!("cannot be read as a table ({error})"))?;
        return Ok(rows.into_iter().flatten().collect());
    }
    Err(NO_COLUMNS.into())
}

fn json_lines(text: &str) -> Result<Vec<SheetRow>, String> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |error: serde_json::Error| format!("line {number} is not JSON ({error})");
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(line).map_err(fault)?;
        let cell = |name: &str| match object.get(name) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let key = Key {
            source: cell("source"),
            thread: cell("thread_id"),
            comment: cell("comment_id"),
            position: cell("position"),
        };
        if key.comment.is_empty() {
            return Err(format!("line {number} has no comment_id; give a report of `score`"));
        }
        rows.push(SheetRow {
            key,
            text: cell("text"),
            is_cut: false,
            flamebait_label: cell("flamebait_label"),
            decision: cell("decision"),
            note: cell("note"),
        });
    }
    Ok(rows)
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
            assert_eq!(texts(&table(table_text).unwrap()), [("7", "keep", "@Ann yes")]);
        }
    }

    #[test]
    fn a_table_that_a_workbook_was_saved_as_has_no_apostrophes_to_remove() {
        let text = "comment_id,decision,text,text_cut\n7,keep,'=1,\n8,hide,long,12\n";
        let rows = table(text).unwrap();
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
        assert!(table("a,b\n1,2\n").unwrap_err().contains("comment_id"));
    }
}
