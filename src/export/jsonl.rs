//! JSON Lines: one object a comment, the columns as keys.

use std::io;

use super::lines::{self, Lines};
use super::number::Numbers;
use super::{Content, Exporter, Output, WriteOptions};
use crate::table::{Cell, Column, Row};

/// JSON Lines.
pub(super) struct JsonLines;

impl Exporter for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn is_table(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        lines::write(self, b"", content, output)
    }

    fn lines(&self, columns: &[Column], _: &WriteOptions) -> Option<Box<dyn Lines>> {
        Some(Box::new(Objects::new(columns)))
    }
}

/// Makes lines that are JSON objects.
struct Objects {
    /// The keys, each quoted, behind what separates it from what is before it.
    keys: Vec<String>,
    numbers: Numbers,
}

impl Objects {
    fn new(columns: &[Column]) -> Self {
        let separators = std::iter::once('{').chain(std::iter::repeat(','));
        let keys = separators.zip(columns);
        let keys = keys.map(|(separator, column)| format!("{separator}{:?}:", column.name));
        Self { keys: keys.collect(), numbers: Numbers::default() }
    }
}

impl Lines for Objects {
    fn add(&mut self, row: Row<'_>, hole: Option<usize>, lines: &mut Vec<u8>) -> io::Result<usize> {
        let Self { keys, numbers } = self;
        let start = lines.len();
        let mut place = start;
        for (column, (key, cell)) in keys.iter().zip(row.cells()).enumerate() {
            lines.extend(key.as_bytes());
            if Some(column) == hole {
                place = lines.len();
                continue;
            }
            match cell {
                Cell::Empty => lines.extend(b"null"),
                Cell::Text(text) => serde_json::to_writer(&mut *lines, text)?,
                Cell::Number(value) => {
                    let digits = numbers.measure(value);
                    lines.extend(digits.as_bytes());
                    // So that programs see at the first row that the column is one of measures.
                    if !digits.contains('.') {
                        lines.extend(b".0");
                    }
                }
                Cell::Count(value) => lines.extend(numbers.count(value).as_bytes()),
            }
        }
        lines.extend(b"}\n");
        Ok(place - start)
    }
}
