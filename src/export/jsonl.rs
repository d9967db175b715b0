//! JSON Lines: one object a comment, the columns as keys.

use std::io::{self, BufWriter, Write};

use super::{Exporter, WriteOptions};
use crate::table::{Cell, Column, Row};

/// Opens a JSON Lines report.
pub(super) fn open(
    output: Box<dyn Write + Send>,
    columns: &[Column],
    _: WriteOptions,
) -> io::Result<Box<dyn Exporter>> {
    let keys = columns.iter().map(|column| format!("{:?}:", column.name)).collect();
    Ok(Box::new(JsonLines { output: BufWriter::new(output), keys }))
}

struct JsonLines {
    output: BufWriter<Box<dyn Write + Send>>,
    /// The keys, quoted and with their colon.
    keys: Vec<String>,
}

impl Exporter for JsonLines {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        let mut separator = b"{";
        for (key, cell) in self.keys.iter().zip(row.cells()) {
            self.output.write_all(separator)?;
            separator = b",";
            self.output.write_all(key.as_bytes())?;
            match cell {
                Cell::Empty => self.output.write_all(b"null")?,
                Cell::Text(text) => serde_json::to_writer(&mut self.output, text)?,
                Cell::Number(value) => serde_json::to_writer(&mut self.output, &value)?,
                Cell::Count(value) => serde_json::to_writer(&mut self.output, &value)?,
            }
        }
        self.output.write_all(b"}\n")
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.output.flush()
    }
}
