//! JSON Lines: one object a comment, the columns as keys.

use std::io::{self, BufWriter, Write};

use super::{Content, Exporter, Order, Output};
use crate::table::Cell;

/// JSON Lines.
pub(super) struct JsonLines;

impl Exporter for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        let mut output = BufWriter::new(output);
        // The keys, quoted and with their colon.
        let keys: Vec<String> =
            content.columns.iter().map(|column| format!("{:?}:", column.name)).collect();
        content.rows.each(Order::Input, &mut |entry| {
            let mut separator = b"{";
            for (key, cell) in keys.iter().zip(entry.row.cells()) {
                output.write_all(separator)?;
                separator = b",";
                output.write_all(key.as_bytes())?;
                match cell {
                    Cell::Empty => output.write_all(b"null")?,
                    Cell::Text(text) => serde_json::to_writer(&mut output, text)?,
                    Cell::Number(value) => serde_json::to_writer(&mut output, &value)?,
                    Cell::Count(value) => serde_json::to_writer(&mut output, &value)?,
                }
            }
            output.write_all(b"}\n")
        })?;
        output.flush()
    }
}
