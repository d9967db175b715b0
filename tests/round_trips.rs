//! What must hold for any input.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use proptest::prelude::*;
use threadwarden::export::{Run, Sink, WriteOptions, report_named};
use threadwarden::formula::{guard, unguard};
use threadwarden::table::{Cell, Column, Rows};

/// Text that likes to begin as formulas do.
fn risky_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "'", "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "a", " ", "\"",
        ",", ";",
    ];
    let start = prop::collection::vec(prop::sample::select(pieces), 0..5);
    (start, "\\PC{0,8}").prop_map(|(start, rest)| start.concat() + &rest)
}

/// The text column of a report of one row, as a spreadsheet program finds it.
fn written_and_read(text: &str, report: &str, delimiter: u8) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report");
    let columns = [Column::text("id", ""), Column::text("text", "")];
    let kind = report_named(report).unwrap();
    let mut sink = Sink::create(&path, kind, &columns, WriteOptions::default()).unwrap();
    let mut rows = Rows::new(columns.len());
    rows.push(Cell::Count(1));
    rows.push(Cell::Text(text));
    sink.write(&mut rows, &Run::default()).unwrap();
    sink.publish().unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_path(&path).unwrap();
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(records.len(), 1);
    records[0][1].to_owned()
}

proptest! {
    #[test]
    fn a_guarded_text_comes_back_as_it_was(text in risky_text()) {
        let guarded = guard(&text);
        prop_assert_eq!(unguard(&guarded), &text);
    }

    #[test]
    fn no_guarded_text_starts_a_formula(text in risky_text()) {
        let guarded = guard(&text);
        let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
        prop_assert!(!guarded.starts_with(formula), "{guarded:?}");
    }

    #[test]
    fn two_texts_never_share_a_cell(one in risky_text(), other in risky_text()) {
        prop_assert_eq!(one == other, guard(&one) == guard(&other));
    }

    #[test]
    fn a_text_comes_back_from_a_csv_report(text in risky_text()) {
        let cell = written_and_read(&text, "csv", b',');
        prop_assert_eq!(unguard(&cell), &text);
    }

    #[test]
    fn a_text_comes_back_from_a_tsv_report(text in risky_text()) {
        let cell = written_and_read(&text, "tsv", b'\t');
        prop_assert_eq!(unguard(&cell), &text);
    }
}
