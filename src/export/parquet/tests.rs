//! Parquet, read back.

use std::fs::File;

use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::write;
use crate::export::{Content, Input, Run, WriteOptions};
use crate::table::{Cell, Column, Rows};

/// A file of rows with these cells, in groups of `most_rows`.
fn written(cells: &[[Cell<'_>; 4]], most_rows: usize) -> SerializedFileReader<File> {
    let columns = [
        Column::text("text", "A text."),
        Column::number("flamebait", "A number."),
        Column::count("depth", "A count."),
        Column::time("posted_at", "A time."),
    ];
    let mut rows = Rows::new(columns.len());
    cells.iter().flatten().for_each(|cell| rows.push(*cell));
    let input = Input { name: "dump.csv".into(), hash: "abc".into(), ..Input::default() };
    let run = Run { tool: "threadwarden 1".into(), inputs: vec![input], ..Run::default() };
    let options = WriteOptions::default();
    let more = Vec::new();
    let content =
        Content { columns: &columns, rows: &mut rows, run: &run, options: &options, more };
    let file = tempfile::tempfile().unwrap();
    write(content, file.try_clone().unwrap(), most_rows).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn read(file: &SerializedFileReader<File>) -> Vec<Vec<Field>> {
    let row = |row: parquet::errors::Result<parquet::record::Row>| {
        row.unwrap().into_columns().into_iter().map(|(_, field)| field).collect()
    };
    file.get_row_iter(None).unwrap().map(row).collect()
}

#[test]
fn cells_come_back_with_their_types() {
    let file = written(
        &[
            [
                Cell::Text("=1 👍\n\"two\" lines"),
                Cell::Number(0.25),
                Cell::Count(7),
                Cell::Text("2025-03-01T12:30:00.5Z"),
            ],
            [Cell::Empty; 4],
        ],
        100,
    );
    let first = vec![
        Field::Str("=1 👍\n\"two\" lines".into()),
        Field::Double(0.25),
        Field::Long(7),
        Field::TimestampMicros(1_740_832_200_500_000),
    ];
    assert_eq!(read(&file), [first, vec![Field::Null; 4]]);
}

#[test]
fn rows_are_written_in_groups_and_none_is_lost() {
    let texts: Vec<String> = (0..25).map(|number| format!("comment {number}")).collect();
    let row = |text| [Cell::Text(text), Cell::Empty, Cell::Count(1), Cell::Empty];
    let rows: Vec<_> = texts.iter().map(|text| row(text)).collect();
    let file = written(&rows, 10);
    let groups = file.metadata().row_groups().iter().map(RowGroupMetaData::num_rows);
    assert_eq!(groups.collect::<Vec<_>>(), [10, 10, 5]);
    let read: Vec<Field> = read(&file).into_iter().map(|mut row| row.swap_remove(0)).collect();
    assert_eq!(read, texts.into_iter().map(Field::Str).collect::<Vec<_>>());
}

#[test]
fn the_file_tells_of_the_run() {
    let file = written(&[], 10);
    let facts = file.metadata().file_metadata().key_value_metadata().unwrap();
    let facts: serde_json::Value = serde_json::from_str(facts[0].value.as_ref().unwrap()).unwrap();
    assert_eq!(facts["tool"], "threadwarden 1");
    assert_eq!(facts["inputs"][0]["sha256"], "abc");
}
