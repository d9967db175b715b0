//! Columns, cells and rows: all that scorers and reports know of each other.

use serde::{Deserialize, Serialize};

/// What the cells of a column hold, where they are not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Number`].
    Number,
    /// [`Cell::Count`].
    Count,
    /// [`Cell::Text`]: a time as RFC 3339.
    Time,
}

/// A column of every report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in the header, as scripts know it.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What stands in it, in a sentence for the legend and for `docs/columns.md`.
    pub meaning: &'static str,
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub const fn text(name: &'static str, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Text, meaning }
    }

    /// A column of measured values.
    #[must_use]
    pub const fn number(name: &'static str, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Number, meaning }
    }

    /// A column of counts, ranks or running numbers.
    #[must_use]
    pub const fn count(name: &'static str, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Count, meaning }
    }

    /// A column of times.
    #[must_use]
    pub const fn time(name: &'static str, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Time, meaning }
    }
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell<'a> {
    /// Nothing known.
    Empty,
    /// Text, as it came.
    Text(&'a str),
    /// A measured value; finite.
    Number(f64),
    /// A count, rank or running number.
    Count(u64),
}

/// How a cell is kept: text as a range of the common buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Packed {
    Empty,
    Text { start: usize, end: usize },
    Number(f64),
    Count(u64),
}

/// Rows of cells, packed into two buffers that can be cleared and filled again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    width: usize,
    cells: Vec<Packed>,
    text: String,
}

impl Rows {
    /// No rows yet, of `width` cells each.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// Removes all rows but keeps the buffers.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
    }

    /// The number of full rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there is no full row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the next cell of the row.
    pub fn push(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Empty => self.cells.push(Packed::Empty),
            Cell::Text(text) => self.push_text(|buffer| buffer.push_str(text)),
            Cell::Number(value) => self.cells.push(Packed::Number(value)),
            Cell::Count(value) => self.cells.push(Packed::Count(value)),
        }
    }

    /// Adds the text that `write` appends to the buffer, or an empty cell if it appends nothing.
    pub fn push_text(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let end = self.text.len();
        self.cells.push(if start == end { Packed::Empty } else { Packed::Text { start, end } });
    }

    /// Adds a number, or an empty cell.
    pub fn push_number(&mut self, value: Option<f64>) {
        self.push(value.map_or(Cell::Empty, Cell::Number));
    }

    /// The full row at `index`, from 0.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, index: usize) -> Row<'_> {
        Row { cells: &self.cells[index * self.width..][..self.width], text: &self.text }
    }

    /// Puts a count in the place of the cell in column `column` of the row at `index`.
    ///
    /// # Panics
    ///
    /// If there is no such cell.
    pub fn set_count(&mut self, index: usize, column: usize, value: u64) {
        self.cells[index * self.width + column] = Packed::Count(value);
    }

    /// The full rows, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.chunks_exact(self.width.max(1)).map(|cells| Row { cells, text: &self.text })
    }
}

/// One row of [`Rows`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    cells: &'a [Packed],
    text: &'a str,
}

impl<'a> Row<'a> {
    /// The cell in column `index`, from 0.
    ///
    /// # Panics
    ///
    /// If the row has no such column.
    #[must_use]
    pub fn cell(&self, index: usize) -> Cell<'a> {
        match self.cells[index] {
            Packed::Empty => Cell::Empty,
            Packed::Text { start, end } => Cell::Text(&self.text[start..end]),
            Packed::Number(value) => Cell::Number(value),
            Packed::Count(value) => Cell::Count(value),
        }
    }

    /// All cells, first column first.
    pub fn cells(self) -> impl Iterator<Item = Cell<'a>> {
        (0..self.cells.len()).map(move |index| self.cell(index))
    }
}

/// Some of the columns of rows, taken from one row at a time.
#[derive(Debug)]
pub struct Pick {
    columns: Vec<usize>,
    cells: Vec<Packed>,
}

impl Pick {
    /// Takes these columns, by their places from 0, in this order.
    #[must_use]
    pub fn new(columns: Vec<usize>) -> Self {
        Self { cells: Vec::with_capacity(columns.len()), columns }
    }

    /// The row with those columns only.
    ///
    /// # Panics
    ///
    /// If the row has no such column.
    pub fn of<'a>(&'a mut self, row: Row<'a>) -> Row<'a> {
        self.cells.clear();
        self.cells.extend(self.columns.iter().map(|column| row.cells[*column]));
        Row { cells: &self.cells, text: row.text }
    }
}
