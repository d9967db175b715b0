//! Workbooks, read back with another library.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::write;
use crate::export::{Content, Run, WriteOptions};
use crate::table::{Cell, Column, Rows};

const NAMES: [&str; 8] =
    ["thread_id", "comment_id", "author", "depth", "flamebait", "decision", "note", "text"];

fn columns() -> Vec<Column> {
    NAMES.map(|name| Column::text(name, "A column.")).to_vec()
}

/// A workbook of comments with these texts, whose sheets hold `most_rows` rows.
fn workbook(texts: &[&str], options: &WriteOptions, most_rows: u32) -> Vec<u8> {
    let columns = columns();
    let mut rows = Rows::new(columns.len());
    for (number, text) in (1..).zip(texts) {
        rows.push(Cell::Text("a thread"));
        rows.push(Cell::Text("9007199254740993123"));
        rows.push(Cell::Text("=EVIL()"));
        rows.push(Cell::Count(number % 20));
        rows.push(Cell::Number(0.5));
        rows.push(Cell::Empty);
        rows.push(Cell::Empty);
        rows.push_text(|buffer| buffer.push_str(text));
    }
    let run = Run { tool: "threadwarden 1".into(), model: "vader".into(), ..Run::default() };
    let content =
        Content { columns: &columns, rows: &mut rows, run: &run, options, more: Vec::new() };
    let mut output = Vec::new();
    write(content, &mut output, most_rows).unwrap();
    output
}

fn opened(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// A part of the workbook, as XML.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn every_text_comes_back_as_a_text() {
    let texts = [
        "=1+1",
        "@Mary, really?",
        "-0.5",
        "http://example.com",
        "'=1",
        "12345678901234567890",
        "two\nlines",
        "carriage\rreturn",
        "_x0041_",
        " spaces ",
        "a\u{1}b\u{0}c",
        "<b>&amp;",
        "👍🏽 עברית",
    ];
    let bytes = workbook(&texts, &WriteOptions::default(), 100);
    let queue = opened(&bytes).worksheet_range("Queue").unwrap();
    let read: Vec<_> = queue.rows().skip(1).take(texts.len()).map(|row| row[7].clone()).collect();
    assert_eq!(read, texts.map(|text| Data::String(text.into())));
    assert!(
        queue
            .rows()
            .skip(1)
            .take(texts.len())
            .all(|row| row[1] == Data::String("9007199254740993123".into()))
    );
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    let numbers: Vec<&str> =
        xml.split("<row r=\"").skip(1).filter_map(|row| row.split('"').next()).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] != pair[1]), "a row stands twice: {numbers:?}");
    assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"));
}

#[test]
fn the_header_has_the_names_of_the_columns_first() {
    let bytes = workbook(&["a"], &WriteOptions::default(), 100);
    let queue = opened(&bytes).worksheet_range("Queue").unwrap();
    let header: Vec<String> = queue.rows().next().unwrap().iter().map(Data::to_string).collect();
    assert_eq!(header[..8], NAMES);
    assert_eq!(header[8..], ["parent_row", "text_cut"]);
}

#[test]
fn the_queue_can_be_filtered_and_decided_on() {
    let bytes = workbook(&["a", "b"], &WriteOptions::default(), 100);
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains(r#"<autoFilter ref="A1:J3"/>"#), "{xml}");
    assert!(xml.contains(r#"state="frozen""#) && xml.contains("<colorScale>"));
    let choices = "<formula1>\"keep,hide,remove,edit,escalate,unsure\"</formula1>";
    assert!(xml.contains(choices) && xml.contains(r#"sqref="F2:F3""#), "{xml}");
}

#[test]
fn a_long_list_of_decisions_moves_to_a_sheet_of_its_own() {
    let decisions: Vec<String> = (0..60).map(|number| format!("decision {number}")).collect();
    let options = WriteOptions { decisions: decisions.clone(), ..WriteOptions::default() };
    let bytes = workbook(&["a"], &options, 100);
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<formula1>Lists!$A$1:$A$60</formula1>"), "{xml}");
    let list = opened(&bytes).worksheet_range("Lists").unwrap();
    let listed: Vec<String> = list.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(listed, decisions);
}

#[test]
fn rows_beyond_the_limit_go_to_a_next_sheet() {
    let texts = ["a", "b", "c", "d", "e"];
    let mut workbook = opened(&workbook(&texts, &WriteOptions::default(), 4)).sheet_names();
    workbook.retain(|name| name.starts_with("Queue"));
    assert_eq!(workbook, ["Queue", "Queue 2", "Queue 3"]);
}

#[test]
fn a_text_too_long_for_a_cell_is_cut_and_the_loss_is_counted() {
    let long = "x".repeat(40_000);
    let bytes = workbook(&[&long, "short"], &WriteOptions::default(), 100);
    let queue = opened(&bytes).worksheet_range("Queue").unwrap();
    let row = queue.rows().nth(1).unwrap();
    let Data::Float(left_out) = row[9] else { panic!("{:?}", row[9]) };
    let mark = format!("[…cut here: {left_out} more characters]");
    assert!(row[7].to_string().ends_with(&mark));
    assert_eq!(queue.rows().nth(2).unwrap()[9], Data::Empty);
}

#[test]
fn threads_fold_and_the_summary_tells_of_the_run() {
    let bytes = workbook(&["a", "b"], &WriteOptions::default(), 100);
    let threads = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(threads.contains(r#"outlineLevel="2""#), "{threads}");
    let mut workbook = opened(&bytes);
    assert_eq!(workbook.sheet_names(), ["Queue", "Threads", "Authors", "Summary"]);
    let summary = workbook.worksheet_range("Summary").unwrap();
    let cells: Vec<String> = summary.rows().map(|row| format!("{}={}", row[0], row[1])).collect();
    for line in ["written by=threadwarden 1", "scored by=vader", "author=A column."] {
        assert!(cells.iter().any(|cell| cell == line), "{line} in {cells:?}");
    }
}
