//! Arguments that several sub-commands share.

mod scoring;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use threadwarden::Error;
use threadwarden::chain::{Layout, LinkOptions, Order};
use threadwarden::parse::{self, FORMATS, Field, FieldMap, ReadOptions};
use threadwarden::pseudonym::Pseudonyms;

pub(super) use scoring::{Flamebait, Score, Sentiment, Thresholds, is_built_in};

/// What to read, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Input {
    /// Settings to read instead of those of the nearest threadwarden.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Dumps to read: files, folders, globs such as 'dumps/*.jsonl', or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<String>,

    /// Kind of dump, where it should not be found out from name and content
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name())))]
    input_format: Option<String>,

    /// The page holds nothing but comments, one a line: no article, no heading
    #[arg(long)]
    comments_only: bool,

    /// Which fields hold what, such as text=body,author=user.name
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = mapping)]
    map: Vec<(Field, String)>,

    /// Encoding of the text, such as windows-1252 [default: found out]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// How many bytes a packed dump may unpack to, such as 500M or 20G [default: 100 times its size, at least 1G]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_expanded: Option<u64>,

    /// Keep the e-mail and IP addresses that a dump gives
    #[arg(long)]
    keep_personal: bool,

    /// Replace the names of people, in texts too, by pseudonyms that belong to the key in this file
    #[arg(long, value_name = "KEYFILE")]
    pseudonymise: Option<PathBuf>,
}

impl Input {
    /// What stands for the names of people, if they are to be replaced.
    pub(super) fn pseudonyms(&self) -> Result<Option<Pseudonyms>, Error> {
        self.pseudonymise.as_deref().map(Pseudonyms::from_key_file).transpose()
    }

    /// The files that decide what rows look like, beside the inputs.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.pseudonymise.as_deref().into_iter()
    }

    /// The options as the library takes them.
    pub(super) fn options(&self) -> ReadOptions {
        let mut fields = FieldMap::default();
        for (field, path) in &self.map {
            fields.insert(*field, path);
        }
        let page = self.comments_only.then_some("page");
        let format = self.input_format.as_deref().or(page).and_then(parse::format_named);
        ReadOptions {
            format,
            comments_only: self.comments_only,
            fields,
            encoding: self.encoding.clone(),
            max_expanded: self.max_expanded,
            keep_personal: self.keep_personal,
        }
    }
}

fn mapping(argument: &str) -> Result<(Field, String), String> {
    let (field, path) = argument.split_once('=').ok_or("write FIELD=NAME, such as text=body")?;
    let field = FieldMap::field_named(field).ok_or_else(|| {
        let known: Vec<&str> = FieldMap::own_names().collect();
        format!("no field is called {field:?}; there are {}", known.join(", "))
    })?;
    Ok((field, path.to_owned()))
}

/// Reads a number of bytes.
fn size(argument: &str) -> Result<u64, String> {
    let (number, unit) = match argument.as_bytes().last() {
        Some(b'K' | b'k') => (&argument[..argument.len() - 1], 10),
        Some(b'M' | b'm') => (&argument[..argument.len() - 1], 20),
        Some(b'G' | b'g') => (&argument[..argument.len() - 1], 30),
        _ => (argument, 0),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << unit));
    bytes.ok_or_else(|| "write a number of bytes, such as 500M or 20G".into())
}

/// How to link comments.
#[derive(Debug, clap::Args)]
pub(super) struct Link {
    /// Leave out replies that are less sure than this, from 0 to 1 [default: where nine of ten
    /// replies were right on labelled threads]
    #[arg(long, value_name = "X", value_parser = share::<f32>)]
    min_confidence: Option<f32>,

    /// How the dump shows answers
    #[arg(long, value_name = "LAYOUT", default_value = "auto")]
    layout: LayoutName,

    /// Which comment of a thread stands first in the dump
    #[arg(long, value_name = "ORDER", default_value = "auto")]
    order: OrderName,

    /// Link comments that are alike too, although neither speaks to the other nor quotes it
    #[arg(long)]
    similar: bool,

    /// Where all answers hang under the first comment of a chain, move each to the one that it
    /// speaks to
    #[arg(long)]
    refine: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LayoutName {
    /// Found out from times, and from who speaks to whom
    Auto,
    /// One after the other as time went by
    Chronological,
    /// Under the comment that they answer
    Nested,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OrderName {
    /// Found out from times
    Auto,
    /// The oldest
    Oldest,
    /// The newest
    Newest,
}

impl Link {
    /// The options as the library takes them.
    pub(super) fn options(&self) -> LinkOptions {
        let layout = match self.layout {
            LayoutName::Auto => Layout::Auto,
            LayoutName::Chronological => Layout::Chronological,
            LayoutName::Nested => Layout::Nested,
        };
        let order = match self.order {
            OrderName::Auto => Order::Auto,
            OrderName::Oldest => Order::Oldest,
            OrderName::Newest => Order::Newest,
        };
        let Self { min_confidence, similar, refine, .. } = *self;
        LinkOptions { min_confidence, layout, order, similar, refine }
    }
}

/// Reads a number from 0 to 1.
pub(super) fn share<Number>(argument: &str) -> Result<Number, String>
where
    Number: FromStr + PartialOrd + From<u8>,
{
    let range = Number::from(0)..=Number::from(1);
    let value = argument.parse().ok().filter(|value| range.contains(value));
    value.ok_or_else(|| "write a number from 0 to 1, such as 0.5".into())
}
