//! What a report is made from: the rows of a run in the order that suits it, and facts of the run.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Output, WriteOptions};
use crate::table::{Column, Row, Rows};

/// In which order a report wants its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the comments stand in the inputs.
    Input,
    /// What a moderator should look at first comes first.
    Priority,
    /// Thread by thread, every answer below the comment that it answers.
    Reading,
}

/// A row, and where the comment that it answers stands.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The cells.
    pub row: Row<'a>,
    /// The parent's place in the order of priority, from 1; not told in the order of the input.
    pub parent_priority: Option<u64>,
}

/// Takes the next row.
pub type Take<'a> = dyn FnMut(Entry<'_>) -> io::Result<()> + 'a;

/// The rows of a run, kept so that each report can go over them as often as it needs to.
pub trait Stock {
    /// How many rows there are.
    fn count(&self) -> u64;

    /// Gives all rows to `take`.
    ///
    /// # Errors
    ///
    /// If the rows cannot be read, or the first error of `take`.
    fn each(&mut self, order: Order, take: &mut Take<'_>) -> io::Result<()>;

    /// Writes the lines that were made of all rows for the report called `report`; false if none
    /// were made.
    ///
    /// # Errors
    ///
    /// If the lines cannot be read, or the output cannot take them.
    fn lines(
        &mut self,
        _report: &str,
        _options: &WriteOptions,
        _output: &mut dyn Write,
    ) -> io::Result<bool> {
        Ok(false)
    }
}

/// Rows in memory, which stand in every order as they were added.
impl Stock for Rows {
    fn count(&self) -> u64 {
        self.len() as u64
    }

    fn each(&mut self, _: Order, take: &mut Take<'_>) -> io::Result<()> {
        self.iter().try_for_each(|row| take(Entry { row, parent_priority: None }))
    }
}

/// An input of the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// What it is called in the rows.
    pub name: String,
    /// The kind of dump that it was taken for.
    pub format: String,
    /// How many comments its pages say they have, where they say so.
    pub declared: Option<u64>,
    /// How many comments it holds.
    pub found: u64,
    /// SHA-256 of the file, in hexadecimal; empty where there is none.
    pub hash: String,
}

/// What a report says of the run that made it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Name and version of the program.
    pub tool: String,
    /// Names and versions of what scored.
    pub model: String,
    /// What was set and to which value, in words.
    pub settings: Vec<(String, String)>,
    /// The inputs, or the first of them.
    pub inputs: Vec<Input>,
    /// How many inputs are not listed.
    pub more_inputs: u64,
    /// What was counted.
    pub counts: Vec<(String, u64)>,
}

impl Run {
    /// The facts as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let settings: Map<String, Value> =
            self.settings.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let counts: Map<String, Value> =
            self.counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect();
        let inputs = self.inputs.iter().map(|input| {
            let Input { name, format, declared, found, hash } = input;
            json!({
                "name": name, "format": format, "declared": declared, "found": found, "sha256": hash,
            })
        });
        json!({
            "tool": self.tool, "model": self.model, "settings": settings, "counts": counts,
            "inputs": inputs.collect::<Vec<_>>(), "more_inputs": self.more_inputs,
        })
    }
}

/// All that a report may draw on.
pub struct Content<'a> {
    /// The columns of the rows.
    pub columns: &'a [Column],
    /// The rows.
    pub rows: &'a mut dyn Stock,
    /// What is known of the run.
    pub run: &'a Run,
    /// What writing was told.
    pub options: &'a WriteOptions,
    /// The other files of a report that is a folder, in the order of
    /// [`Exporter::files`](super::Exporter::files).
    pub more: Vec<Output>,
}
