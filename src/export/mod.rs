//! Writing reports.
//!
//! A new report is one file here that implements [`Exporter`], and a line in [`REPORTS`].

mod chosen;
mod content;
mod convokit;
mod delimited;
mod fields;
mod html;
mod jsonl;
mod lines;
mod markdown;
mod number;
mod parquet;
mod sink;
pub mod tally;
mod target;
mod unfinished;
mod xlsx;

use std::io::{self, Write};

pub use content::{Content, Entry, Input, Order, Run, Stock, Take};
pub use lines::{LineKind, Lines};
pub use sink::Sink;
pub use target::write_file;
pub use xlsx::is_lost_sheet;

use crate::table::Column;

/// A kind of report.
pub trait Exporter: Sync {
    /// The name that `--format` takes, and the extension of its files.
    fn name(&self) -> &'static str;

    /// The names of its files, if the report is a folder; none if it is a file itself.
    fn files(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it is a table of comments that can do with some of the columns.
    fn is_table(&self) -> bool {
        false
    }

    /// Whether it tells about the run: tool, model, settings and inputs with their hashes.
    fn tells_of_the_run(&self) -> bool {
        false
    }

    /// Writes a whole report; if it is a folder, its first file to `output`.
    ///
    /// # Errors
    ///
    /// If the rows cannot be read, or the output cannot take the report.
    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()>;

    /// What makes its lines, if it is a line for each row in input order.
    fn lines(&self, _columns: &[Column], _options: &WriteOptions) -> Option<Box<dyn Lines>> {
        None
    }
}

/// A file of a report.
pub type Output = Box<dyn Write + Send>;

/// What writing may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOptions {
    /// What becomes of a text that a spreadsheet program would run as a formula.
    pub csv_safety: CsvSafety,
    /// Whether CSV is written for Excel to open with a double click: with a byte order mark, lines
    /// that end in CR LF, and long numbers in text columns kept from being rounded.
    pub excel: bool,
    /// What a moderator can choose from in the `decision` column.
    pub decisions: Vec<String>,
    /// The columns of a report that [is a table](Exporter::is_table), by their names; all if none
    /// is named.
    pub columns: Vec<String>,
}

impl Default for WriteOptions {
    fn default() -> Self {
        let decisions = ["keep", "hide", "remove", "edit", "escalate", "unsure"];
        Self {
            csv_safety: CsvSafety::default(),
            excel: false,
            decisions: decisions.map(str::to_owned).to_vec(),
            columns: Vec::new(),
        }
    }
}

/// What becomes of a text in a CSV or TSV report that a spreadsheet program would run as a formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvSafety {
    /// It gets an apostrophe in front, as [`formula::guard`](crate::formula::guard) puts it.
    #[default]
    Excel,
    /// It stays as it is.
    Raw,
}

/// Every kind of report that can be written.
pub static REPORTS: &[&dyn Exporter] = &[
    &delimited::Csv,
    &delimited::Tsv,
    &jsonl::JsonLines,
    &parquet::Parquet,
    &xlsx::Xlsx,
    &html::Page,
    &markdown::Markdown,
    &convokit::ConvoKit,
];

/// The kind of report called `name`, any case.
#[must_use]
pub fn report_named(name: &str) -> Option<&'static dyn Exporter> {
    REPORTS.iter().copied().find(|report| report.name().eq_ignore_ascii_case(name))
}
