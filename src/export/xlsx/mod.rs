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

use std::any::Any;
use std::io::{self, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{Content, Exporter, Order, Output};
use crate::error::Error;
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
        let written = catch_unwind(AssertUnwindSafe(|| write(content, output, MOST_ROWS)));
        written.unwrap_or_else(|panic| {
            if is_lost_sheet(panic.as_ref()) {
                return Err(not_kept(io::ErrorKind::StorageFull.into()));
            }
            resume_unwind(panic)
        })
    }
}

/// Whether a panic is the one with which the library says that it cannot write to the temporary
/// file of a sheet; the report makes an error of it.
#[must_use]
pub fn is_lost_sheet(panic: &(dyn Any + Send)) -> bool {
    let said = panic.downcast_ref::<String>();
    said.is_some_and(|said| said.starts_with("Couldn't write to xml file"))
}

fn write(content: Content<'_>, mut output: impl Write, most_rows: u32) -> io::Result<()> {
    let Content { columns, rows, run, options, .. } = content;
    let mut workbook = Workbook::new();
    // The same rows are to give the same bytes, whenever that is.
    let no_time = ExcelDateTime::from_ymd(1980, 1, 1).map_err(failed)?;
    let properties = DocProperties::new()
        .set_creation_datetime(&no_time)
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
    let mut file = tempfile::tempfile().map_err(not_kept)?;
    workbook.save_to_writer(&mut file).map_err(failed)?;
    file.rewind().map_err(not_kept)?;
    io::copy(&mut file, &mut output)?;
    output.flush()
}

/// The library writes to temporary files only.
fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => not_kept(error),
        XlsxError::ZipError(error) => not_kept(error.into()),
        other => io::Error::other(other),
    }
}

/// The fault of a temporary file, on its way through [`io`].
fn not_kept(error: io::Error) -> io::Error {
    io::Error::other(Error::Spool(error))
}

#[cfg(test)]
mod tests;
