//! A table whose first row names its columns, whatever file it stands in.

use std::borrow::Cow;

use super::fields::Field;
use super::head::{Head, Shape};
use super::preset::Preset;
use super::record::{Holds, Mapping, Outcome, Record};
use super::{Notes, ReadOptions, notes};
use crate::comment::{Article, Comment};
use crate::formula::unguard;

/// What the columns of a table mean.
pub(super) struct Columns {
    /// How many there are.
    count: usize,
    /// Those that mean something: their numbers, fields and ranks.
    meanings: Vec<(usize, Field, usize)>,
    /// The names of the others, where nobody knows the platform.
    unused: Vec<String>,
    mapping: Mapping,
    record: Record,
    /// A report of ours as CSV: its texts were kept from being run as formulas.
    is_guarded: bool,
    article: Option<Article>,
}

impl Columns {
    /// Maps the columns called `header`.
    pub(super) fn new(
        header: &[String],
        preset: &Preset,
        options: &ReadOptions,
        head: &Head,
    ) -> Result<Self, String> {
        if let Some(missing) = options.fields.missing(header) {
            return Err(format!(
                "no column is called {missing}; its columns are {}",
                listed(header)
            ));
        }
        let mut mapping = Mapping::new(preset, options, head);
        let meaning = |(number, name): (usize, &String)| {
            mapping.meaning(name).value.map(|(field, rank)| (number, field, rank))
        };
        let meanings: Vec<_> = header.iter().enumerate().filter_map(meaning).collect();
        let is_text =
            |(_, field, _): &(usize, Field, usize)| matches!(field, Field::Text | Field::Html);
        if !meanings.iter().any(is_text) {
            return Err(format!(
                "has no column for the text; its columns are {}; name the one that holds it with --map text=COLUMN",
                listed(header)
            ));
        }
        let is_used = |number: &usize| meanings.iter().any(|(used, ..)| used == number);
        let unused = header.iter().enumerate().filter(|(number, name)| {
            preset.name.is_empty() && !is_used(number) && !name.trim().is_empty()
        });
        Ok(Self {
            count: header.len(),
            unused: unused.map(|(_, name)| name.trim().to_owned()).collect(),
            meanings,
            mapping,
            record: Record::default(),
            is_guarded: preset.name == "report" && head.shape() != Shape::Workbook,
            article: None,
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Fills `comment` from the `count` cells of a row, which `cell` gives by their numbers; false
    /// if the row is no comment.
    pub(super) fn fill<'v>(
        &mut self,
        count: usize,
        cell: impl Fn(usize) -> Cow<'v, str>,
        comment: &mut Comment,
    ) -> Result<bool, String> {
        if (self.count..count).any(|number| !cell(number).is_empty()) {
            return Err(format!(
                "has more cells than the header names ({}); a text with a separator or a line break in it must stand in quotation marks",
                self.count
            ));
        }
        self.record.clear();
        for (number, field, rank) in &self.meanings {
            if *number < count {
                let cell = cell(*number);
                let cell = if self.is_guarded { unguard(&cell) } else { &cell };
                self.record.set(*field, *rank, Some(cell));
            }
        }
        match self.mapping.finish(&mut self.record, Holds::Nothing) {
            Outcome::Comment => {
                std::mem::swap(comment, &mut self.record.comment);
                Ok(true)
            }
            Outcome::Article(article) => {
                self.article = Some(article);
                Ok(false)
            }
            Outcome::Nothing => Ok(false),
            Outcome::NoText => {
                Err(format!("has {count} of {} cells, and none for the text", self.count))
            }
        }
    }

    /// From now on leaves out who wrote a comment, to whom, when, and how it was liked.
    pub(super) fn skim(&mut self) {
        self.meanings.retain(|(_, field, _)| !field.can_be_skimmed());
    }

    pub(super) fn article(&mut self) -> Option<Article> {
        self.article.take()
    }

    pub(super) fn notes(&self, notes: &mut Notes) {
        self.mapping.notes(notes);
        notes::add(&mut notes.unused, &self.unused);
    }
}

/// The first names of a list, for a message.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    if names.len() > SHOWN {
        shown.push("…");
    }
    shown.join(", ")
}
