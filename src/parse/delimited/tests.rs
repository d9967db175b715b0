use super::*;
use crate::parse::Format;
use crate::parse::{Field, FieldMap, read_on};

fn mapped(table: &str, column: &str) -> Result<String, String> {
    let mut fields = FieldMap::default();
    fields.insert(Field::Text, column);
    let options = ReadOptions { fields, ..ReadOptions::default() };
    let input = Input::new("t.csv", table.as_bytes());
    let mut records = CSV.read(input, &options).map_err(|error| error.to_string())?;
    let mut comment = Comment::default();
    records.next(&mut comment).map_err(|error| error.to_string())?;
    Ok(comment.text)
}

#[test]
fn any_separator_is_found_where_no_column_has_a_known_name() {
    for separator in [",", ";", "\t", "|"] {
        let table =
            "Wer;Antwort;Wann\nBob;Ja, gut;2\n".replace("Ja, gut", "Gut").replace(';', separator);
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
    ids_and_texts(&mut *begin(table))
}

fn begin(table: &str) -> Box<dyn Records + '_> {
    CSV.read(Input::new("t.csv", table.as_bytes()), &ReadOptions::default()).unwrap()
}

fn ids_and_texts(records: &mut dyn Records) -> (Vec<(String, String)>, Vec<String>) {
    read_on(records, |comment| (comment.id, comment.text))
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
    assert!(faults[1].starts_with("t.csv:3: has more cells than the header names"), "{faults:?}");
}

#[test]
fn a_table_without_a_text_is_refused_with_its_columns() {
    let input = Input::new("t.csv", b"Brexit,score\nNo,1\n");
    let refused = CSV.read(input, &ReadOptions::default()).err().unwrap().to_string();
    assert!(refused.contains("Brexit, score") && refused.contains("--map text="), "{refused}");
}

#[test]
fn a_report_of_ours_gives_back_what_was_written() {
    let report = "comment_id,author,author_source,parent_id,parent_source,flamebait_label,text\n\
                  1,'@Zoë,given,,,calm,'=1+1\n2,Bob,mention,1,mention,calm,''@x\n";
    let input = Input::new("r.csv", report.as_bytes());
    let mut records = crate::parse::preset::REPORT.read(input, &ReadOptions::default()).unwrap();
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

/// The records of a table, each as its cells; `None` if one opens a quotation mark and never
/// closes it.
fn records(table: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut rows = Rows::new(Input::bare(table), b',');
    let mut records = Vec::new();
    while rows.next().ok()? {
        records.push((0..rows.count()).map(|number| rows.cell(number).into_owned()).collect());
    }
    Some(records)
}

proptest::proptest! {
    #[test]
    fn any_table_is_read_as_the_usual_library_reads_it(
        table in "[ab,\"\n\ré]{0,40}",
        before in 0..50_usize,
    ) {
        // The piece that is read first ends somewhere within the table.
        let table = format!("{}\n{table}\n", "x".repeat((64 << 10) - before));
        if let Some(read) = records(table.as_bytes()) {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(table.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.deserialize().collect::<Result<_, csv::Error>>().unwrap();
            proptest::prop_assert_eq!(read, expected);
        }
    }
}

#[test]
fn lines_are_counted_within_texts_and_behind_them() {
    let table = "id,text\n1,\"a \"\"b\"\"\n\nc\"\n\n2\n3,\"x\ny\",z,z\n";
    let (_, faults) = read_all(table);
    let lines: Vec<_> = faults.iter().map(|fault| fault.split(':').nth(1).unwrap()).collect();
    assert_eq!(lines, ["6", "7"]);
}

#[test]
fn a_table_that_is_skimmed_has_the_same_comments_and_faults() {
    let table = "thread,author,time,likes,deleted,text\n\
        t,Ann,2026-01-02,3,no,One\nt,Bob,soon,many,yes,\nt,Cy,,,,a,b\nu,,,,no,\"Four\n\nu,Di\n";
    let mut records = begin(table);
    records.skim();
    let mut comment = Comment::default();
    assert_eq!(records.next(&mut comment).ok(), Some(true));
    assert_eq!((&*comment.thread, &*comment.text, &*comment.author), ("t", "One", ""));
    let mut whole = begin(table);
    assert_eq!(whole.next(&mut comment).ok(), Some(true));
    assert_eq!(comment.author, "Ann");
    let skimmed = ids_and_texts(&mut *records);
    assert_eq!((skimmed.0.len(), skimmed.1.len()), (1, 3), "{skimmed:?}");
    assert_eq!(skimmed, ids_and_texts(&mut *whole));
}
