use super::*;
use crate::export;
use crate::export::LineKind;
use crate::pipeline::kept::{self, Packer, Standing};
use crate::pipeline::spool::Spool;
use crate::table::{Cell, Column};

/// The rows that come out, each as a list of cells with its parent's rank.
fn come_out(shelf: &mut Shelf, order: Order) -> Vec<String> {
    let mut seen = Vec::new();
    let keep = &mut |entry: Entry<'_>| {
        let cells: Vec<_> = entry.row.cells().collect();
        seen.push(format!("{cells:?} answers {:?}", entry.parent_priority));
        Ok(())
    };
    shelf.each(order, keep).unwrap();
    seen
}

fn spool(width: usize) -> Spool {
    Spool::new(width, Forms::cells())
}

fn push(spool: &mut Spool, cells: &[Cell<'_>], standing: Standing) {
    let mut rows = Rows::new(cells.len());
    for cell in cells {
        rows.push(*cell);
    }
    let mut bytes = Vec::new();
    let mut packer = Packer::new(spool.forms(), 1);
    packer.append(rows.row(0), standing, &mut bytes).unwrap();
    spool.push(&bytes).unwrap();
}

/// The standing of a row that is a thread of its own.
fn alone(number: u64, urgency: f64) -> Standing {
    let urgency = kept::step(urgency);
    Standing { number, urgency, thread: (number, 1), place: 0, parent: None }
}

#[test]
fn rows_come_back_in_any_order_with_their_rank_and_that_of_their_parent() {
    let mut spool = spool(3);
    let thread = (0, 2);
    let standings = [
        ("low", 0.1, Standing { thread, ..alone(0, 0.1) }),
        ("", 0.9, alone(1, 0.9)),
        ("also high\n", 0.9, Standing { thread, place: 1, parent: Some(0), ..alone(2, 0.9) }),
    ];
    for (text, urgency, standing) in standings {
        let cells = [Cell::Text(text), Cell::Empty, Cell::Number(urgency)];
        push(&mut spool, &cells, standing);
    }
    let mut shelf = spool.ranked(1).unwrap();
    let low = r#"[Text("low"), Count(3), Number(0.1)] answers None"#;
    let empty = r#"[Text(""), Count(1), Number(0.9)] answers None"#;
    let high = r#"[Text("also high\n"), Count(2), Number(0.9)] answers Some(3)"#;
    let empty = empty.replace(r#"Text("")"#, "Empty");
    let in_input_order = high.replace("Some(3)", "None");
    for _ in 0..2 {
        assert_eq!(come_out(&mut shelf, Order::Input), [low, &empty, &in_input_order]);
        assert_eq!(come_out(&mut shelf, Order::Priority), [&empty, high, low]);
        assert_eq!(come_out(&mut shelf, Order::Reading), [low, high, &empty]);
    }
}

#[test]
fn lines_made_early_get_their_rank_at_the_end() {
    let columns = ["text", "priority", "model"].map(|name| Column::text(name, ""));
    let options = WriteOptions::default();
    let kind =
        |name| LineKind::new(export::report_named(name).unwrap(), &columns, &options).unwrap();
    let forms = Forms { lines: vec![kind("csv"), kind("jsonl")], cells: true };
    let mut spool = Spool::new(3, forms);
    for (number, text, urgency) in [(0, "a \"b\"", 0.1), (2, "=1", 0.2), (1, "", 0.9)] {
        let cells = [Cell::Text(text), Cell::Empty, Cell::Number(0.5)];
        push(&mut spool, &cells, alone(number, urgency));
    }
    let mut shelf = spool.ranked(1).unwrap();
    let mut lines = |name| {
        let mut output = Vec::new();
        assert!(shelf.lines(name, &options, &mut output).unwrap());
        String::from_utf8(output).unwrap()
    };
    assert_eq!(lines("csv"), "\"a \"\"b\"\"\",3,0.5\n,1,0.5\n'=1,2,0.5\n");
    let json = lines("jsonl");
    let last = json.lines().last();
    assert_eq!(last, Some(r#"{"text":"=1","priority":2,"model":0.5}"#));
    assert!(!shelf.lines("tsv", &options, &mut Vec::new()).unwrap());
    let first = r#"[Text("a \"b\""), Count(3), Number(0.5)] answers None"#;
    assert_eq!(come_out(&mut shelf, Order::Input)[0], first);
}

#[test]
fn rows_out_of_order_come_back_in_order() {
    let mut spool = spool(2);
    for number in [0, 1, 4, 9, 2, 7, 8, 3, 5, 6] {
        push(&mut spool, &[Cell::Count(number), Cell::Empty], alone(number, 0.0));
    }
    let mut shelf = spool.ranked(1).unwrap();
    let expected: Vec<String> = (0..10)
        .map(|number| format!("[Count({number}), Count({})] answers None", number + 1))
        .collect();
    for order in [Order::Input, Order::Priority, Order::Reading] {
        assert_eq!(come_out(&mut shelf, order), expected);
    }
}

#[test]
fn many_rows_go_through_a_file() {
    let mut spool = spool(2);
    let text = "x".repeat(1 << 20);
    for number in 0..34 {
        push(&mut spool, &[Cell::Text(&text), Cell::Empty], alone(number, 0.0));
    }
    let mut shelf = spool.ranked(1).unwrap();
    for order in [Order::Input, Order::Priority] {
        let come = come_out(&mut shelf, order);
        assert_eq!(come.len(), 34);
        assert!(come.iter().zip(1..).all(|(row, rank)| row.contains(&text)
            && row.ends_with(&format!("Count({rank})] answers None"))));
    }
}

#[test]
fn a_report_that_fails_stops_the_reading() {
    let mut spool = spool(2);
    for number in 0..10_000 {
        push(&mut spool, &[Cell::Empty; 2], alone(number, 0.0));
    }
    let mut shelf = spool.ranked(1).unwrap();
    let full = &mut |_: Entry<'_>| Err(io::ErrorKind::StorageFull.into());
    let error = shelf.each(Order::Input, full).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
