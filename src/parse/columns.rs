//! A table whose first row names its columns, whatever file it stands in.

use super::fields::Field;
use super::preset::Preset;
use super::record::{Holds, Mapping, Outcome, Record};
use super::{Notes, ReadOptions};
use crate::comment::{Article, Comment};
use crate::formula::unguard;

/// What the columns of a table mean.
pub(super) struct Columns {
    meanings: Vec<Option<(Field, usize)>>,
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
        is_guarded: bool,
    ) -> Result<Self, String> {
        if let Some(missing) = options.fields.missing(header) {
            return Err(format!(
                "no column is called {missing}; its columns are {}",
                listed(header)
            ));
        }
        let mut mapping = Mapping::new(preset, options);
        let meanings: Vec<_> = header.iter().map(|name| mapping.meaning(name).value).collect();
        let is_text = |meaning: &Option<(Field, usize)>| {
            matches!(meaning, Some((Field::Text | Field::Html, _)))
        };
        if !meanings.iter().any(is_text) {
            return Err(format!(
                "has no column for the text; its columns are {}; name the one that holds it with --map text=COLUMN",
                listed(header)
            ));
        }
        let is_guarded = is_guarded && preset.name == "report";
        Ok(Self { meanings, mapping, record: Record::default(), is_guarded, article: None })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.meanings.len()
    }

    /// Fills `comment` from the cells of a row; false if the row is no comment.
    pub(super) fn fill<'v>(
        &mut self,
        cells: impl Iterator<Item = std::borrow::Cow<'v, str>>,
        comment: &mut Comment,
    ) -> Result<bool, String> {
        self.record.clear();
        let mut count = 0;
        for (column, cell) in cells.enumerate() {
            count = column + 1;
            match self.meanings.get(column) {
                Some(Some((field, rank))) => {
                    let cell = if self.is_guarded { unguard(&cell) } else { &cell };
                    self.record.set(*field, *rank, Some(cell));
                }
                Some(None) => {}
                None if cell.is_empty() => {}
                None => {
                    return Err(format!(
                        "has more cells than the header names ({}); a text with a separator or a line break in it must stand in quotation marks",
                        self.meanings.len()
                    ));
                }
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
                Err(format!("has {count} of {} cells, and none for the text", self.meanings.len()))
            }
        }
    }

    pub(super) fn article(&mut self) -> Option<Article> {
        self.article.take()
    }

    pub(super) fn notes(&self, notes: &mut Notes) {
        notes.unknown_times += self.mapping.unknown_times;
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
