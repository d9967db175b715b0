//! A workbook to moderate in: what to look at first, the threads, the authors, and a summary.
//!
//! Sheets are written row by row to temporary files, so that memory does not grow with the rows.

mod authors;
mod look;
mod queue;
mod sheets;
mod summary;
mod text;
mod threads;

use std::io::{self, Seek, Write};

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::{Content, Exporter, Order, Output};
use crate::export::tally::Tally;
use sheets::Room;

/// An Excel workbook.
pub(super) struct Xlsx;

/// How many rows a sheet can have, the header included.
const MOST_ROWS: u32 = 1_048_576;

/// How many of the most heated threads the summary shows.
const HOTTEST: usize = 15;

impl Exporter for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn tells_of_the_run(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        write(content, output, MOST_ROWS)
    }
}

fn write(content: Content<'_>, mut output: impl Write, most_rows: u32) -> io::Result<()> {
    let Content { columns, rows, run, options, .. } = content;
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title("Comments to moderate")
        .set_comment(format!("Written by {}; scored by {}", run.tool, run.model));
    workbook.set_properties(&properties);
    let mut tally = Tally::new(columns, HOTTEST);
    let count = rows.count();
    let room = Room { most_rows, heights: count <= look::MOST_HEIGHTS };

    {
        let queue = queue::Queue::new(&mut workbook, columns, options, room, count);
        let mut queue = queue.map_err(failed)?;
        rows.each(Order::Priority, &mut |entry| queue.row(entry).map_err(failed))?;
        queue.finish().map_err(failed)?;
    }
    {
        let threads = threads::Threads::new(&mut workbook, columns, room);
        let mut threads = threads.map_err(failed)?;
        rows.each(Order::Reading, &mut |entry| {
            tally.add(entry.row);
            threads.row(entry.row).map_err(failed)
        })?;
        threads.finish().map_err(failed)?;
    }
    authors::write(&mut workbook, &tally.authors, most_rows).map_err(failed)?;
    summary::write(&mut workbook, columns, run, &mut tally).map_err(failed)?;
    queue::write_list(&mut workbook, &options.decisions).map_err(failed)?;

    // The workbook wants to seek, which standard output cannot.
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file).map_err(failed)?;
    file.rewind()?;
    io::copy(&mut file, &mut output)?;
    output.flush()
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests;
