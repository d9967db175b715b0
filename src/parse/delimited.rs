//! CSV, TSV and their kin, with columns called anything and in any order.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use csv_core::ReadRecordResult;

use super::columns::Columns;
use super::fields::is_known;
use super::head::{Head, Shape};
use super::preset::{GENERIC, Preset};
use super::{Format, Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// A record that is longer has a quotation mark that is never closed.
const MAX_RECORD: usize = 2 << 20;

/// A longer line is no table but a broken or hostile file.
const MAX_LINE: u64 = 64 << 20;

/// CSV and TSV.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "a table as text: CSV, TSV, or between semicolons or bars, whatever its columns are called"
    }

    fn example(&self) -> &'static str {
        "id,parent_id,author,created_at,text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    fn recognises(&self, head: &Head) -> bool {
        matches!(head.shape(), Shape::Table(_))
    }

    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>> {
        read(input, &GENERIC, options)
    }
}

/// Reads a table as text with the names of `preset`.
pub(super) fn read<'a>(
    input: Input<'a>,
    preset: &Preset,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    let delimiter = match input.head.shape() {
        Shape::Table(delimiter) => delimiter,
        _ if input.name.ends_with(".tsv") => b'\t',
        _ => regular_separator(input.head.bytes()).unwrap_or(b','),
    };
    let mut rows = Rows::new(input, delimiter);
    let refuse = |rows: &Rows, reason: String| rows.input.refuse(reason);
    if separator_line(rows.input.head.bytes()).is_some() {
        rows.read_line()?;
        rows.waiting.clear();
        rows.line += 1;
    }
    match rows.next() {
        Ok(true) => {}
        Ok(false) => {
            return Err(refuse(&rows, "is empty; a table begins with names of columns".into()));
        }
        Err(Error::Record { reason, .. }) => {
            return Err(refuse(&rows, format!("its first line {reason}")));
        }
        Err(error) => return Err(error),
    }
    let header: Vec<String> = rows.cells().map(Cow::into_owned).collect();
    let columns =
        Columns::new(&header, preset, options, true).map_err(|reason| refuse(&rows, reason))?;
    Ok(Box::new(Table { rows, columns }))
}

struct Table<'a> {
    rows: Rows<'a>,
    columns: Columns,
}

impl Records for Table<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        while self.rows.next()? {
            let filled = self.columns.fill(self.rows.cells(), comment);
            match filled {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(reason) => return Err(self.rows.input.record(self.rows.begins, reason)),
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

/// The records of a table, each as its cells. One whose quotation mark is never closed would
/// swallow all that follow; here it costs its first line, and reading goes on with the second.
struct Rows<'a> {
    input: Input<'a>,
    core: csv_core::Reader,
    /// Whole lines, read but not yet used up.
    waiting: Vec<u8>,
    /// How much of them is used up.
    used: usize,
    /// What the record's cells say, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    /// The line that the record begins in, and the one to read next, from 1.
    begins: u64,
    line: u64,
    at_end: bool,
}

impl<'a> Rows<'a> {
    fn new(input: Input<'a>, delimiter: u8) -> Self {
        Self {
            input,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            waiting: Vec::new(),
            used: 0,
            text: vec![0; 4096],
            ends: vec![0; 64],
            cells: 0,
            begins: 1,
            line: 1,
            at_end: false,
        }
    }

    fn cells(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let ends = &self.ends[..self.cells];
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let bytes = &self.text[..ends.last().copied().unwrap_or(0)];
        let text = std::str::from_utf8(bytes).ok();
        starts.zip(ends).map(move |(start, end)| {
            let cell = text.and_then(|text| text.get(start..*end));
            cell.map_or_else(|| String::from_utf8_lossy(&bytes[start..*end]), Cow::Borrowed)
        })
    }

    /// Reads the next record; false at the end.
    fn next(&mut self) -> Result<bool> {
        if self.used == self.waiting.len() {
            self.waiting.clear();
            self.used = 0;
        }
        let start = self.used;
        let (mut written, mut cells) = (0, 0);
        loop {
            if self.used == self.waiting.len() && !self.at_end {
                // The lines so far do not end the record, so a quotation mark is open.
                if self.used - start > MAX_RECORD {
                    return Err(self.give_up(start));
                }
                self.read_line()?;
                if self.at_end && self.may_be_open(start) {
                    // Only in quotation marks does one more line feed not end a record.
                    self.text.resize(self.text.len().max(written + 1), 0);
                    self.ends.resize(self.ends.len().max(cells + 1), 0);
                    let (text, ends) = (&mut self.text[written..], &mut self.ends[cells..]);
                    let (result, _, _, ends) = self.core.read_record(b"\n", text, ends);
                    if matches!(result, ReadRecordResult::Record) {
                        self.end(start, cells + ends);
                        return Ok(true);
                    }
                    return Err(self.give_up(start));
                }
            }
            let (result, read, text, ends) = self.core.read_record(
                &self.waiting[self.used..],
                &mut self.text[written..],
                &mut self.ends[cells..],
            );
            self.used += read;
            written += text;
            cells += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.end(start, cells);
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// Adds the next line to those waiting.
    fn read_line(&mut self) -> Result<()> {
        let read =
            self.input.bytes.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut self.waiting);
        let read = read.map_err(|error| Error::reading(&self.input.name, error))?;
        self.at_end = read == 0;
        if read as u64 > MAX_LINE {
            let reason = format!("line {} is longer than 64 MiB; is this a table?", self.line);
            return Err(self.input.refuse(reason));
        }
        Ok(())
    }

    /// Ends a record that began at `start`.
    fn end(&mut self, start: usize, cells: usize) {
        self.cells = cells;
        let read = &self.waiting[start..self.used];
        self.begins = self.line + blank_lines(read);
        self.line += line_feeds(read);
    }

    /// Whether a record that the input does not end may have a quotation mark open.
    fn may_be_open(&self, start: usize) -> bool {
        let record = self.waiting[start..].trim_ascii_start();
        memchr::memchr(b'\n', record).is_some()
    }

    /// Leaves out the first line of a record that never ends.
    fn give_up(&mut self, start: usize) -> Error {
        let record = &self.waiting[start..];
        let blank = record.len() - record.trim_ascii_start().len();
        let length =
            memchr::memchr(b'\n', &record[blank..]).map_or(record.len(), |end| blank + end + 1);
        self.begins = self.line + blank_lines(record);
        self.line += line_feeds(&record[..length]);
        self.used = start + length;
        self.core.reset();
        // What is waiting is read again, and may end the input again.
        self.at_end = false;
        let reason = "opens a quotation mark that is never closed".to_owned();
        self.input.record(self.begins, reason)
    }
}

fn line_feeds(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Line feeds in front of a record: blank lines, and what the record before left.
fn blank_lines(record: &[u8]) -> u64 {
    let blank = record.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    blank.filter(|byte| **byte == b'\n').count() as u64
}

/// The separator that the first line names, as Excel understands it: `sep=;`.
fn separator_line(head: &[u8]) -> Option<u8> {
    let line = head.split(|byte| *byte == b'\n').next()?.trim_ascii();
    let value =
        line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).map(|_| &line[4..])?;
    match value {
        [separator] => Some(*separator),
        // Trimmed away.
        [] => Some(b'\t'),
        _ => None,
    }
}

/// What may separate cells, the commonest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What separates the cells of a table that begins with `head`, and the names of its columns;
/// `None` if it does not look like a table with known columns.
pub(super) fn header(head: &[u8]) -> Option<(u8, Vec<String>)> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if let Some(separator) = separator_line(head) {
        let rest = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |end| end + 1);
        return Some((separator, first_rows(&head[rest..], separator).swap_remove(0)));
    }
    let mut best: Option<(usize, u8, Vec<String>)> = None;
    for separator in SEPARATORS {
        let mut rows = first_rows(head, separator).into_iter();
        let (Some(header), second) = (rows.next(), rows.next()) else { continue };
        let known = header.iter().filter(|name| is_known(name)).count();
        let is_regular = second.is_none_or(|second| second.len() == header.len());
        let is_table = header.len() > 1 && (known > 1 || known == 1 && is_regular);
        if is_table && best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, separator, header));
        }
    }
    best.map(|(_, separator, header)| (separator, header))
}

/// What separates the cells of a table none of whose columns has a known name: that by which the
/// first two rows have the same number of cells, and the most.
fn regular_separator(head: &[u8]) -> Option<u8> {
    let cells = |separator: &u8| match first_rows(head, *separator).as_slice() {
        [header, second] if header.len() == second.len() => header.len(),
        _ => 1,
    };
    SEPARATORS.into_iter().rev().max_by_key(cells).filter(|separator| cells(separator) > 1)
}

/// The first two rows of a table.
fn first_rows(head: &[u8], separator: u8) -> Vec<Vec<String>> {
    let mut rows = Rows::new(Input::bare(head), separator);
    let mut first = Vec::new();
    while first.len() < 2 && matches!(rows.next(), Ok(true)) {
        first.push(rows.cells().map(|cell| cell.trim().to_owned()).collect());
    }
    if first.is_empty() {
        first.push(Vec::new());
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Field, FieldMap};

    fn mapped(table: &str, column: &str) -> Result<String, String> {
        let mut fields = FieldMap::default();
        fields.insert(Field::Text, column);
        let options = ReadOptions { fields, ..ReadOptions::default() };
        let input = Input::new("t.csv", table.as_bytes());
        let mut records = Csv.read(input, &options).map_err(|error| error.to_string())?;
        let mut comment = Comment::default();
        records.next(&mut comment).map_err(|error| error.to_string())?;
        Ok(comment.text)
    }

    #[test]
    fn any_separator_is_found_where_no_column_has_a_known_name() {
        for separator in [",", ";", "\t", "|"] {
            let table = "Wer;Antwort;Wann\nBob;Ja, gut;2\n"
                .replace("Ja, gut", "Gut")
                .replace(';', separator);
            assert_eq!(mapped(&table, "Antwort"), Ok("Gut".into()), "{separator:?}");
        }
        assert_eq!(mapped("Wer;Antwort\nBob;Ja, gut\n", "Antwort"), Ok("Ja, gut".into()));
    }

    #[test]
    fn a_misspelt_column_is_named() {
        let said = mapped("text;Antwort\na;b\n", "Antwrt").unwrap_err();
        assert!(
            said.contains("no column is called Antwrt") && said.contains("text, Antwort"),
            "{said}"
        );
    }

    /// Ids and texts of the comments of a table, and its faults.
    fn read_all(table: &str) -> (Vec<(String, String)>, Vec<String>) {
        let input = Input::new("t.csv", table.as_bytes());
        let mut records = Csv.read(input, &ReadOptions::default()).unwrap();
        let (mut comments, mut faults) = (Vec::new(), Vec::new());
        loop {
            let mut comment = Comment::default();
            match records.next(&mut comment) {
                Ok(true) => comments.push((comment.id, comment.text)),
                Ok(false) => return (comments, faults),
                Err(fault) => faults.push(fault.to_string()),
            }
        }
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn any_usual_separator_is_found_out() {
        for table in [
            "id,text\n1,One\n2,\"T, w; o\"\n",
            "id;text\r\n1;One\r\n2;T, w; o\r\n".replace("T, w; o", "\"T, w; o\"").as_str(),
            "ID\tText\n1\tOne\n2\tT, w; o",
            "id|text\n1|One\n2|T, w; o\n",
            "sep=;\r\nid;text\r\n1;One\r\n2;\"T, w; o\"\r\n",
            "\u{feff}\"id\",\"text\"\n\n1,One\n\n2,\"T, w; o\"\n\n",
        ] {
            let read = read_all(table);
            assert_eq!(read, (pairs(&[("1", "One"), ("2", "T, w; o")]), vec![]), "{table}");
        }
    }

    #[test]
    fn texts_come_as_they_are() {
        let (comments, faults) =
            read_all("id,text\n1,\" a \"\"b\"\"\r\n c\"\n2,'=1+1\n3,5\" pipe\n4,\n");
        let expected = [("1", " a \"b\"\r\n c"), ("2", "'=1+1"), ("3", "5\" pipe"), ("4", "")];
        assert_eq!((comments, faults), (pairs(&expected), vec![]));
    }

    #[test]
    fn a_quotation_mark_never_closed_costs_its_line_only() {
        let (comments, faults) = read_all("id,text\n1,One\n2,\"Two\n3,Three\n4,Four\n");
        assert_eq!(comments, pairs(&[("1", "One"), ("3", "Three"), ("4", "Four")]));
        assert_eq!(
            faults,
            ["t.csv:3: opens a quotation mark that is never closed; the record is left out"]
        );
    }

    #[test]
    fn a_row_of_the_wrong_length_costs_itself_only() {
        let (comments, faults) = read_all("id,likes,text\n1\n2,0,b,c\n3,0,Three,,\n");
        assert_eq!(comments, pairs(&[("3", "Three")]));
        assert!(faults[0].starts_with("t.csv:2: has 1 of 3 cells"), "{faults:?}");
        assert!(
            faults[1].starts_with("t.csv:3: has more cells than the header names"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_table_without_a_text_is_refused_with_its_columns() {
        let input = Input::new("t.csv", b"Brexit,score\nNo,1\n");
        let refused = Csv.read(input, &ReadOptions::default()).err().unwrap().to_string();
        assert!(refused.contains("Brexit, score") && refused.contains("--map text="), "{refused}");
    }

    #[test]
    fn a_report_of_ours_gives_back_what_was_written() {
        let report = "comment_id,author,author_source,parent_id,parent_source,flamebait_label,text\n\
                      1,'@Zoë,given,,,calm,'=1+1\n2,Bob,mention,1,mention,calm,''@x\n";
        let input = Input::new("r.csv", report.as_bytes());
        let mut records =
            crate::parse::preset::REPORT.read(input, &ReadOptions::default()).unwrap();
        let mut comment = Comment::default();
        assert!(records.next(&mut comment).unwrap());
        assert_eq!((comment.author.as_str(), comment.text.as_str()), ("@Zoë", "=1+1"));
        assert!(records.next(&mut comment).unwrap());
        assert_eq!((comment.author.as_str(), comment.text.as_str()), ("", "'@x"));
    }

    #[test]
    fn prose_with_commas_is_no_table() {
        assert_eq!(header(b"Russia, Pakistan and time\nThey met, talked, and left.\n"), None);
        assert_eq!(header(b"One sentence.\n"), None);
    }
}
