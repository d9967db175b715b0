use std::fs;

use crate::decisions::{Sheet, first_decision, read};
use crate::error::Result;

/// What is read from a file of these bytes.
fn reading(bytes: &[u8]) -> Result<Sheet> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sheet");
    fs::write(&path, bytes).unwrap();
    read(&path)
}

fn texts(sheet: &Sheet) -> Vec<(&str, &str, &str)> {
    sheet
        .rows
        .iter()
        .map(|row| (row.key.comment.as_str(), row.decision.as_str(), row.text.as_str()))
        .collect()
}

#[test]
fn any_delimiter_and_order_of_columns_will_do() {
    for table in [
        "comment_id,decision,text\n7,keep,'@Ann yes\n",
        "sep=;\ncomment_id;decision;text\n7;keep;'@Ann yes\n",
        "text\tcomment_id\tdecision\r\n\"'@Ann yes\"\t7\t keep \r\n",
    ] {
        assert_eq!(texts(&reading(table.as_bytes()).unwrap()), [("7", "keep", "@Ann yes")]);
    }
}

#[test]
fn a_table_that_a_workbook_was_saved_as_has_no_apostrophes_to_remove() {
    let sheet =
        reading(b"comment_id,decision,text,text_cut\n7,keep,'=1,\n8,hide,long,12\n").unwrap();
    assert_eq!(texts(&sheet), [("7", "keep", "'=1"), ("8", "hide", "long")]);
    assert_eq!(sheet.rows.iter().map(|row| row.is_cut).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn text_is_read_as_whatever_it_is_encoded_in() {
    let text = "comment_id,decision,text\n1,keep,Zoë\n";
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = format!("\u{feff}{text}");
    let windows = b"comment_id,decision,text\n1,keep,Zo\xeb\n";
    for bytes in [&wide, text.as_bytes(), marked.as_bytes(), windows] {
        assert_eq!(texts(&reading(bytes).unwrap()), [("1", "keep", "Zoë")]);
    }
}

#[test]
fn a_row_knows_where_it_stands() {
    let sheet = reading(b"comment_id,decision,text\n1,,\"two\nlines\"\n2,keep,x\n").unwrap();
    assert_eq!(sheet.rows[1].place, "row 3");
}

#[test]
fn a_table_without_the_columns_is_refused() {
    assert!(reading(b"a,b\n1,2\n").unwrap_err().to_string().contains("comment_id"));
}

#[test]
fn the_first_decision_of_a_report_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.csv");
    assert!(first_decision(&path).is_none());
    for (text, place) in [
        ("anything", None),
        ("comment_id,decision,note,text\n1,,,x\n", None),
        ("comment_id,decision,note,text\n1,,,x\n2,,rude,y\n", Some("row 3")),
        ("{\"comment_id\":\"1\",\"decision\":\"keep\",\"text\":\"x\"}\n", Some("row 1")),
    ] {
        fs::write(&path, text).unwrap();
        assert_eq!(first_decision(&path).as_ref().map(|row| row.place.as_str()), place, "{text}");
    }
}
