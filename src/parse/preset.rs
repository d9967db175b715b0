//! Named presets: how a platform calls its fields, whatever file they stand in.
//!
//! A platform whose dumps are CSV, spreadsheets or JSON in any shape needs no reader of its own,
//! only an entry here and a line in [`FORMATS`](super::FORMATS).

mod corpora;
mod sites;
mod social;

pub(super) use self::corpora::{CIVIL, CONVOKIT, NYT, REPORT};
pub(super) use self::sites::{COMMENTO, CORAL, DISCOURSE, GITHUB, ISSO, REMARK42};
pub(super) use self::social::{FACEBOOK, HACKER_NEWS, INSTAGRAM, REDDIT, YOUTUBE, YTDLP};

use super::fields::Field;
use super::head::{Head, Shape};
use super::{Format, Input, ReadOptions, Records, delimited, json, jsonl, workbook};
use crate::error::Result;

/// How a platform calls its fields.
pub struct Preset {
    /// The name that `--input-format` takes.
    pub(super) name: &'static str,
    /// What it is, in a few words for a list.
    pub(super) about: &'static str,
    /// How such a dump begins.
    pub(super) example: &'static str,
    /// Names that tell the platform: all of any one list.
    pub(super) marks: &'static [&'static [&'static str]],
    /// Names to go by instead of the usual ones, the best first.
    pub(super) fields: &'static [(Field, &'static [&'static str])],
    /// How texts are written, where a field does not say so itself.
    pub(super) body: Body,
    /// A record with a title is the article, not a comment.
    pub(super) has_articles: bool,
    /// The list that gives names for the ids of writers; empty if there is none.
    pub(super) people: &'static str,
}

/// How texts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// As they were typed.
    Plain,
    /// As they were typed, but with `&`, `<` and `>` as entities.
    Escaped,
    /// As HTML.
    Html,
}

/// What holds where a preset says nothing else.
pub(super) const BASE: Preset = Preset {
    name: "",
    about: "",
    example: "",
    marks: &[],
    fields: &[],
    body: Body::Plain,
    has_articles: false,
    people: "",
};

/// What holds where nothing is known of the platform.
pub(super) static GENERIC: Preset = BASE;

impl Format for Preset {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn example(&self) -> &'static str {
        self.example
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognises(&self, head: &Head) -> bool {
        self.marks.iter().any(|marks| marks.iter().all(|mark| head.has(mark)))
    }

    fn likeness(&self, head: &Head) -> f32 {
        let share = |marks: &&[&str]| {
            let found = marks.iter().filter(|mark| head.has(mark)).count();
            found as f32 / marks.len() as f32
        };
        self.marks.iter().map(share).fold(0.0, f32::max)
    }

    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>> {
        match input.head.shape() {
            Shape::Lines => jsonl::read(input, self, options),
            Shape::Json => json::read(input, self, options),
            Shape::Workbook => workbook::read(input, self, options),
            _ => delimited::read(input, self, options),
        }
    }
}

/// The preset that the names of a table tell; [`GENERIC`] if none does.
pub(super) fn likely(head: &Head) -> &'static Preset {
    ALL.iter().copied().find(|preset| preset.recognises(head)).unwrap_or(&GENERIC)
}

/// Every preset. Where several recognise a dump, the first is taken.
pub(super) static ALL: &[&Preset] = &[
    &CONVOKIT,
    &REPORT,
    &REDDIT,
    &YTDLP,
    &YOUTUBE,
    &DISCOURSE,
    &HACKER_NEWS,
    &GITHUB,
    &CORAL,
    &COMMENTO,
    &REMARK42,
    &ISSO,
    &FACEBOOK,
    &INSTAGRAM,
    &CIVIL,
    &NYT,
];
