//! The rows of a run that is over, for reports to take in the order that suits them.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use tempfile::SpooledTempFile;

use super::kept::{Forms, Head};
use super::merge::{Lying, Merge, Run};
use super::order::Tables;
use crate::error::Error;
use crate::export::{Entry, Order, Stock, Take, WriteOptions};
use crate::table::Rows;

/// Rows handed on at once.
const HANDFUL: usize = 500;

/// Handfuls on their way, so that neither side waits for the other.
const ON_THE_WAY: usize = 4;

/// Rows that are all there.
pub(super) struct Shelf {
    pub(super) forms: Forms,
    pub(super) width: usize,
    /// The column for the rank.
    pub(super) priority: usize,
    pub(super) count: u64,
    pub(super) file: SpooledTempFile,
    pub(super) runs: Vec<Run>,
    /// By urgency, the rank, from 0, of its first row.
    pub(super) first_ranks: Vec<u64>,
    /// Made when a report first asks for another order than that of the input.
    pub(super) tables: Option<Tables>,
}

/// Some rows, and for each the rank of its parent.
struct Handful {
    rows: Rows,
    parents: Vec<Option<u64>>,
}

/// Where handfuls go, and where they come back empty to be filled again.
struct Hands {
    full: SyncSender<Handful>,
    empty: Receiver<Handful>,
    filling: Handful,
    width: usize,
}

impl Hands {
    /// Sends off what is there if it is a handful; false if nobody takes rows any more.
    fn send_if_full(&mut self) -> bool {
        self.filling.parents.len() < HANDFUL || self.send()
    }

    fn send(&mut self) -> bool {
        let width = self.width;
        let new = || Handful { rows: Rows::new(width), parents: Vec::new() };
        let mut empty = self.empty.try_recv().unwrap_or_else(|_| new());
        empty.rows.clear();
        empty.parents.clear();
        self.full.send(std::mem::replace(&mut self.filling, empty)).is_ok()
    }
}

impl Shelf {
    /// Reads all rows in the order and sends them off, until nobody takes them any more.
    fn send(&mut self, order: Order, mut hands: Hands) -> io::Result<()> {
        match order {
            Order::Input => self.send_in_input_order(&mut hands)?,
            Order::Priority | Order::Reading => self.send_by_tables(order, &mut hands)?,
        }
        hands.send();
        Ok(())
    }

    fn send_in_input_order(&mut self, hands: &mut Hands) -> io::Result<()> {
        let mut next_rank = self.first_ranks.clone();
        let mut merge = Merge::new(&mut self.file, &self.runs);
        while let Some(Lying { head, body, .. }) = merge.next()? {
            let rank = &mut next_rank[usize::from(head.standing.urgency)];
            *rank += 1;
            let Handful { rows, parents } = &mut hands.filling;
            self.forms.decode(body, rows)?;
            rows.set_count(rows.len() - 1, self.priority, *rank);
            parents.push(None);
            if !hands.send_if_full() {
                break;
            }
        }
        Ok(())
    }

    fn send_by_tables(&mut self, order: Order, hands: &mut Hands) -> io::Result<()> {
        let tables = match &mut self.tables {
            Some(tables) => tables,
            none => none.insert(Tables::new(&mut self.file, &self.runs, self.first_ranks.clone())?),
        };
        let mut bytes = Vec::new();
        for place in 0..self.count {
            let by_priority = order == Order::Priority;
            let by = if by_priority { &mut tables.by_priority } else { &mut tables.by_reading };
            let Handful { rows, parents } = &mut hands.filling;
            let head = read_at(&mut self.file, by.get(place)?, &mut bytes)?;
            self.forms.decode(&bytes, rows)?;
            let rank = tables.ranks.get(head.standing.number)?;
            rows.set_count(rows.len() - 1, self.priority, rank);
            let parent = head.standing.parent.map(|parent| tables.ranks.get(parent));
            parents.push(parent.transpose()?);
            if !hands.send_if_full() {
                break;
            }
        }
        Ok(())
    }
}

/// Reads what is kept of the row that begins at `offset`.
fn read_at(file: &mut SpooledTempFile, offset: u64, bytes: &mut Vec<u8>) -> io::Result<Head> {
    file.seek(SeekFrom::Start(offset))?;
    bytes.resize(Head::SIZE, 0);
    file.read_exact(bytes)?;
    let head = Head::from_bytes(bytes).ok_or(io::ErrorKind::UnexpectedEof)?;
    bytes.resize(head.length as usize, 0);
    file.read_exact(bytes)?;
    Ok(head)
}

/// One thread reads and decodes while the report takes rows on another.
impl Stock for Shelf {
    fn count(&self) -> u64 {
        self.count
    }

    fn each(&mut self, order: Order, take: &mut Take<'_>) -> io::Result<()> {
        thread::scope(|scope| {
            let (full, ready) = sync_channel(ON_THE_WAY);
            let (used, empty) = sync_channel(ON_THE_WAY);
            let width = self.width;
            let filling = Handful { rows: Rows::new(width), parents: Vec::new() };
            let hands = Hands { full, empty, filling, width };
            let reader = scope.spawn(move || self.send(order, hands));
            for handful in ready {
                let Handful { rows, parents } = &handful;
                for (row, parent) in rows.iter().zip(parents) {
                    take(Entry { row, parent_priority: *parent })?;
                }
                // Where the way back is full, this one is one too many.
                let _ = used.try_send(handful);
            }
            let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.map_err(spoilt)
        })
    }

    fn lines(
        &mut self,
        report: &str,
        options: &WriteOptions,
        output: &mut dyn Write,
    ) -> io::Result<bool> {
        let kind = self.forms.lines.iter().position(|kind| kind.is_of(report, options));
        let Some(kind) = kind else { return Ok(false) };
        let mut next_rank = self.first_ranks.clone();
        let mut digits = itoa::Buffer::new();
        let mut merge = Merge::new(&mut self.file, &self.runs);
        while let Some(Lying { head, body, .. }) = merge.next().map_err(spoilt)? {
            let rank = &mut next_rank[usize::from(head.standing.urgency)];
            *rank += 1;
            let (line, hole) = Forms::line(kind, body).map_err(spoilt)?;
            let (before, behind) = line.split_at(hole);
            output.write_all(before)?;
            output.write_all(digits.format(*rank).as_bytes())?;
            output.write_all(behind)?;
        }
        Ok(true)
    }
}

/// An error of the rows, which is not one of the report.
fn spoilt(error: io::Error) -> io::Error {
    io::Error::other(Error::Spool(error))
}

#[cfg(test)]
mod tests {
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
}
