//! CSV, TSV and their kin, with columns called anything and in any order.

mod dialect;
mod rows;
#[cfg(test)]
mod tests;

pub(super) use self::dialect::header;

use self::dialect::{regular_separator, separator_line};
use self::rows::Rows;
use super::columns::Columns;
use super::head::Shape;
use super::preset::Preset;
use super::shaped::Shaped;
use super::{Input, Notes, ReadOptions, Records};
use crate::comment::{Article, Comment};
use crate::error::{Error, Result};

/// CSV and TSV.
pub(super) static CSV: Shaped = Shaped {
    name: "csv",
    about: "a table as text: CSV, TSV, or between semicolons or bars, whatever its columns are called",
    example: "id,parent_id,author,created_at,text",
    extensions: &["csv", "tsv", "tab"],
    fits: |shape| matches!(shape, Shape::Table(_)),
    read,
};

/// Reads a table as text with the names of `preset`.
pub(super) fn read<'a>(
    input: Input<'a>,
    preset: &Preset,
    options: &ReadOptions,
) -> Result<Box<dyn Records + 'a>> {
    let delimiter = match input.head.shape() {
        Shape::Table(delimiter) => delimiter,
        _ if input.name.ends_with(".tsv") => b'\t',
        _ => regular_separator(input.head.bytes()).unwrap_or(b','),
    };
    let mut rows = Rows::new(input, delimiter);
    let refuse = |rows: &Rows, reason: String| rows.input.refuse(reason);
    if separator_line(rows.input.head.bytes()).is_some() {
        rows.skip_line()?;
    }
    match rows.next() {
        Ok(true) => {}
        Ok(false) => {
            return Err(refuse(&rows, "is empty; a table begins with names of columns".into()));
        }
        Err(Error::Record { reason, .. }) => {
            return Err(refuse(&rows, format!("its first line {reason}")));
        }
        Err(error) => return Err(error),
    }
    let header: Vec<String> =
        (0..rows.count()).map(|number| rows.cell(number).into_owned()).collect();
    let columns = Columns::new(&header, preset, options, &rows.input.head)
        .map_err(|reason| refuse(&rows, reason))?;
    Ok(Box::new(Table { rows, columns }))
}

struct Table<'a> {
    rows: Rows<'a>,
    columns: Columns,
}

impl Records for Table<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        while self.rows.next()? {
            let Self { rows, columns } = self;
            match columns.fill(rows.count(), |number| rows.cell(number), comment) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(reason) => return Err(self.rows.fault(reason)),
            }
        }
        Ok(false)
    }

    fn article(&mut self) -> Option<Article> {
        self.columns.article()
    }

    fn notes(&self, notes: &mut Notes) {
        self.columns.notes(notes);
    }

    fn skim(&mut self) {
        self.columns.skim();
    }
}
