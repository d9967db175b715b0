//! The rows of a run that is over, for reports to take in the order that suits them.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use tempfile::SpooledTempFile;

use super::index::Table;
use super::merge::{Head, Merge, Run, decode};
use crate::error::Error;
use crate::export::{Entry, Order, Stock, Take};
use crate::table::Rows;

/// Rows handed on at once.
const HANDFUL: usize = 500;

/// Where rows stand.
#[derive(Default)]
pub(super) struct Tables {
    /// By number, where the row begins in the file.
    pub(super) offsets: Table,
    /// By number, the rank by urgency, from 1.
    pub(super) ranks: Table,
    /// By rank, from 0, the number.
    pub(super) by_priority: Table,
    /// By place in reading order, from 0, the number.
    pub(super) by_reading: Table,
}

/// Rows that are all there.
pub(super) struct Shelf {
    width: usize,
    /// The column for the rank.
    priority: usize,
    count: u64,
    file: SpooledTempFile,
    runs: Vec<Run>,
    tables: Tables,
}

/// Some rows, and for each the rank of its parent.
struct Handful {
    rows: Rows,
    parents: Vec<Option<u64>>,
}

impl Shelf {
    pub(super) fn new(
        width: usize,
        priority: usize,
        count: u64,
        file: SpooledTempFile,
        runs: Vec<Run>,
        tables: Tables,
    ) -> Self {
        Self { width, priority, count, file, runs, tables }
    }

    /// Reads all rows in the order and sends them off, until nobody takes them any more.
    fn send(&mut self, order: Order, to: &SyncSender<Handful>) -> io::Result<()> {
        let Self { width, priority, count, file, runs, tables } = self;
        let mut merge = Merge::new(file, runs);
        let mut bytes = Vec::new();
        let empty = || Handful { rows: Rows::new(*width), parents: Vec::new() };
        let mut handful = empty();
        for place in 0..*count {
            let rows = &mut handful.rows;
            let head = match order {
                Order::Input => merge.next(rows)?.ok_or(io::ErrorKind::UnexpectedEof)?,
                Order::Priority | Order::Reading => {
                    let by = if order == Order::Priority {
                        &mut tables.by_priority
                    } else {
                        &mut tables.by_reading
                    };
                    let offset = tables.offsets.get(by.get(place)?)?;
                    read_at(merge.file(), offset, &mut bytes, rows)?
                }
            };
            rows.set_count(rows.len() - 1, *priority, tables.ranks.get(head.number)?);
            let parent = head.parent.map(|parent| tables.ranks.get(parent)).transpose()?;
            handful.parents.push(parent);
            if handful.parents.len() == HANDFUL
                && to.send(std::mem::replace(&mut handful, empty())).is_err()
            {
                return Ok(());
            }
        }
        // Whoever does not want the rest has said why.
        let _ = to.send(handful);
        Ok(())
    }
}

/// Adds the row that begins at `offset`.
fn read_at(
    file: &mut SpooledTempFile,
    offset: u64,
    bytes: &mut Vec<u8>,
    rows: &mut Rows,
) -> io::Result<Head> {
    file.seek(SeekFrom::Start(offset))?;
    bytes.resize(Head::SIZE, 0);
    file.read_exact(bytes)?;
    let head = Head::from_bytes(bytes).ok_or(io::ErrorKind::UnexpectedEof)?;
    bytes.resize(head.length as usize, 0);
    file.read_exact(bytes)?;
    decode(bytes, rows)?;
    Ok(head)
}

/// One thread reads and decodes while the report takes rows on another.
impl Stock for Shelf {
    fn count(&self) -> u64 {
        self.count
    }

    fn each(&mut self, order: Order, take: &mut Take<'_>) -> io::Result<()> {
        thread::scope(|scope| {
            let (full, ready) = sync_channel(4);
            let reader = scope.spawn(move || self.send(order, &full));
            for Handful { rows, parents } in ready {
                for (row, parent_priority) in rows.iter().zip(parents) {
                    take(Entry { row, parent_priority })?;
                }
            }
            let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.map_err(|error| io::Error::other(Error::Spool(error)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::spool::{Spool, Standing};
    use crate::table::Cell;

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

    fn row(cells: &[Cell<'_>]) -> Rows {
        let mut rows = Rows::new(cells.len());
        for cell in cells {
            rows.push(*cell);
        }
        rows
    }

    /// The standing of a row that is a thread of its own.
    fn alone(number: u64, urgency: f64) -> Standing {
        Standing { number, urgency, thread: (number, 1), place: 0, parent: None }
    }

    #[test]
    fn rows_come_back_in_any_order_with_their_rank_and_that_of_their_parent() {
        let mut spool = Spool::new(3);
        let thread = (0, 2);
        let standings = [
            ("low", Standing { thread, ..alone(0, 0.1) }),
            ("", alone(1, 0.9)),
            ("also high\n", Standing { thread, place: 1, parent: Some(0), ..alone(2, 0.9) }),
        ];
        for (text, standing) in standings {
            let row = row(&[Cell::Text(text), Cell::Empty, Cell::Number(standing.urgency)]);
            spool.push(row.row(0), standing).unwrap();
        }
        let mut shelf = spool.ranked(1).unwrap();
        let low = r#"[Text("low"), Count(3), Number(0.1)] answers None"#;
        let empty = r#"[Text(""), Count(1), Number(0.9)] answers None"#;
        let high = r#"[Text("also high\n"), Count(2), Number(0.9)] answers Some(3)"#;
        let empty = empty.replace(r#"Text("")"#, "Empty");
        assert_eq!(come_out(&mut shelf, Order::Input), [low, &empty, high]);
        assert_eq!(come_out(&mut shelf, Order::Priority), [&empty, high, low]);
        assert_eq!(come_out(&mut shelf, Order::Reading), [low, high, &empty]);
        assert_eq!(come_out(&mut shelf, Order::Input), [low, &empty, high]);
    }

    #[test]
    fn rows_out_of_order_come_back_in_order() {
        let mut spool = Spool::new(2);
        for number in [0, 1, 4, 9, 2, 7, 8, 3, 5, 6] {
            let row = row(&[Cell::Count(number), Cell::Empty]);
            spool.push(row.row(0), alone(number, 0.0)).unwrap();
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
        let mut spool = Spool::new(2);
        let text = "x".repeat(1 << 20);
        for number in 0..34 {
            let row = row(&[Cell::Text(&text), Cell::Empty]);
            spool.push(row.row(0), alone(number, 0.0)).unwrap();
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
        let mut spool = Spool::new(1);
        for number in 0..10_000 {
            spool.push(row(&[Cell::Empty]).row(0), alone(number, 0.0)).unwrap();
        }
        let mut shelf = spool.ranked(0).unwrap();
        let full = &mut |_: Entry<'_>| Err(io::ErrorKind::StorageFull.into());
        let error = shelf.each(Order::Input, full).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
