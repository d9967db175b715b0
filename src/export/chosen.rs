//! Rows with some of their columns only.

use std::io;

use super::{Entry, Order, Stock, Take};
use crate::table::{Column, Pick};

/// The columns that a report is to have.
pub(super) struct Chosen {
    pub(super) pick: Pick,
    /// These columns, in their new order.
    pub(super) columns: Vec<Column>,
}

impl Chosen {
    /// Those of `columns` that have these names, in the order of the names.
    pub(super) fn new(columns: &[Column], names: &[String]) -> Self {
        let mut places: Vec<usize> = Vec::new();
        for name in names {
            let place = columns.iter().position(|column| column.name == name);
            places.extend(place.filter(|place| !places.contains(place)));
        }
        let columns = places.iter().map(|place| columns[*place]).collect();
        Self { pick: Pick::new(places), columns }
    }
}

/// Rows with these columns only.
pub(super) struct Narrow<'a> {
    pub(super) rows: &'a mut dyn Stock,
    pub(super) pick: &'a mut Pick,
}

impl Stock for Narrow<'_> {
    fn count(&self) -> u64 {
        self.rows.count()
    }

    fn each(&mut self, order: Order, take: &mut Take<'_>) -> io::Result<()> {
        let Self { rows, pick } = self;
        rows.each(order, &mut |Entry { row, parent_priority }| {
            take(Entry { row: pick.of(row), parent_priority })
        })
    }
}
