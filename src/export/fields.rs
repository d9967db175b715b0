//! Columns by name: a report takes the ones it knows and does without those that are missing.

use crate::table::{Cell, Column, Row};

/// Where a column stands, if it is there at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field(Option<usize>);

impl Field {
    /// The column called `name`.
    pub(super) fn named(columns: &[Column], name: &str) -> Self {
        Self(columns.iter().position(|column| column.name == name))
    }

    /// Its place, from 0.
    pub(super) fn index(self) -> Option<usize> {
        self.0
    }

    /// Its cell in a row.
    pub(super) fn cell(self, row: Row<'_>) -> Cell<'_> {
        self.0.map_or(Cell::Empty, |index| row.cell(index))
    }

    /// The text of the cell; empty for anything else.
    pub(super) fn text(self, row: Row<'_>) -> &str {
        match self.cell(row) {
            Cell::Text(text) => text,
            Cell::Empty | Cell::Number(_) | Cell::Count(_) => "",
        }
    }

    /// The number in the cell.
    pub(super) fn number(self, row: Row<'_>) -> Option<f64> {
        match self.cell(row) {
            Cell::Number(value) => Some(value),
            Cell::Empty | Cell::Text(_) | Cell::Count(_) => None,
        }
    }

    /// The count in the cell; 0 for anything else.
    pub(super) fn count(self, row: Row<'_>) -> u64 {
        match self.cell(row) {
            Cell::Count(value) => value,
            Cell::Empty | Cell::Text(_) | Cell::Number(_) => 0,
        }
    }
}

/// The columns that reports for people know.
pub(super) struct Fields {
    pub(super) source: Field,
    pub(super) thread: Field,
    pub(super) comment: Field,
    pub(super) position: Field,
    pub(super) posted: Field,
    pub(super) author: Field,
    pub(super) addressee: Field,
    pub(super) parent_source: Field,
    pub(super) depth: Field,
    pub(super) replies: Field,
    pub(super) sentiment: Field,
    pub(super) sentiment_label: Field,
    pub(super) flamebait: Field,
    pub(super) label: Field,
    pub(super) categories: Field,
    pub(super) target: Field,
    pub(super) reasons: Field,
    pub(super) priority: Field,
    pub(super) text: Field,
}

impl Fields {
    /// Finds them among the columns of a report.
    pub(super) fn of(columns: &[Column]) -> Self {
        let named = |name| Field::named(columns, name);
        Self {
            source: named("source"),
            thread: named("thread_id"),
            comment: named("comment_id"),
            position: named("position"),
            posted: named("posted_at"),
            author: named("author"),
            addressee: named("addressee"),
            parent_source: named("parent_source"),
            depth: named("depth"),
            replies: named("reply_count"),
            sentiment: named("sentiment"),
            sentiment_label: named("sentiment_label"),
            flamebait: named("flamebait"),
            label: named("flamebait_label"),
            categories: named("flamebait_categories"),
            target: named("flamebait_target"),
            reasons: named("flamebait_reasons"),
            priority: named("priority"),
            text: named("text"),
        }
    }
}
