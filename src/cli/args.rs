//! Arguments that several sub-commands share.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use threadwarden::Error;
use threadwarden::chain::{Layout, LinkOptions, Order};
use threadwarden::parse::{self, FORMATS, Field, FieldMap, ReadOptions};
use threadwarden::pseudonym::Pseudonyms;
use threadwarden::score::flamebait::{BUILT_IN, FlamebaitScorer, Model};
use threadwarden::score::sentiment::{Analyzer, Mode};
use threadwarden::score::{ScoreOptions, Weights};

use super::Stop;

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

/// How to score comments.
#[derive(Debug, clap::Args)]
pub(super) struct Score {
    #[command(flatten)]
    sentiment: Sentiment,

    #[command(flatten)]
    flamebait: Flamebait,

    /// How much each thing counts for what comes first: flamebait, heat, target, answers
    #[arg(long, value_name = "NAME=WEIGHT", value_delimiter = ',', value_parser = weight)]
    priority: Vec<(String, f64)>,
}

impl Score {
    /// The files that decide what rows look like; the name of a built-in model is none.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.sentiment.lexicon.iter().chain([&self.flamebait.model]).map(PathBuf::as_path)
    }

    /// The options as the library takes them.
    pub(super) fn options(&self) -> Result<ScoreOptions, Stop> {
        let mut priority = Weights::default();
        for (name, weight) in &self.priority {
            priority.set(name, *weight);
        }
        // Each takes some milliseconds, which is all that the start takes.
        let (sentiment, flamebait) = thread::scope(|scope| {
            let sentiment = scope.spawn(|| self.sentiment.analyzer());
            let flamebait = self.flamebait.scorer();
            (sentiment.join().unwrap_or_else(|panic| resume_unwind(panic)), flamebait)
        });
        Ok(ScoreOptions { sentiment: sentiment?, flamebait: flamebait?, priority })
    }
}

/// How to score sentiment.
#[derive(Debug, clap::Args)]
pub(super) struct Sentiment {
    /// How close the sentiment stays to VADER 3.3.2
    #[arg(long, value_name = "MODE", default_value = "exact")]
    sentiment: SentimentMode,

    /// A lexicon of your own, such as sentiment=my.tsv; may repeat
    #[arg(long, value_name = "SCORE=FILE", value_parser = own_lexicon)]
    lexicon: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SentimentMode {
    /// Its numbers, to the last digit
    Exact,
    /// With curly apostrophes, newer emoji, and phrases that it knows but cannot find
    Extended,
}

impl Sentiment {
    /// What scores sentiment.
    pub(super) fn analyzer(&self) -> Result<Analyzer, Error> {
        let mode = match self.sentiment {
            SentimentMode::Exact => Mode::Exact,
            SentimentMode::Extended => Mode::Extended,
        };
        let mut sentiment = Analyzer::builder().mode(mode);
        for file in &self.lexicon {
            sentiment = sentiment.lexicon_file(file)?;
        }
        sentiment.build()
    }
}

/// How to score flamebait.
#[derive(Debug, clap::Args)]
pub(super) struct Flamebait {
    /// What scores flamebait: a built-in model, fast or accurate, or a file that `threadwarden
    /// train` wrote
    #[arg(long, value_name = "MODEL", default_value = "fast")]
    model: PathBuf,
}

impl Flamebait {
    /// What scores flamebait.
    pub(super) fn scorer(&self) -> Result<FlamebaitScorer, Stop> {
        if let Some(scorer) = self.model.to_str().and_then(FlamebaitScorer::named) {
            return Ok(scorer);
        }
        if !self.model.exists() {
            let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
            return Err(Stop::Failed(format!(
                "{}: there is no such model; give {}, or a file that `threadwarden train` wrote",
                self.model.display(),
                known.join(", ")
            )));
        }
        Ok(FlamebaitScorer::with_model(Model::open(&self.model)?))
    }
}

/// Whether a model of that name is built in.
pub(super) fn is_built_in(model: &Path) -> bool {
    BUILT_IN.iter().any(|(name, _)| model == Path::new(name))
}

fn own_lexicon(argument: &str) -> Result<PathBuf, String> {
    let file = argument.strip_prefix("sentiment=").filter(|file| !file.is_empty());
    file.map(PathBuf::from).ok_or_else(|| "write sentiment=FILE, such as sentiment=my.tsv".into())
}

fn weight(argument: &str) -> Result<(String, f64), String> {
    let parsed = argument.split_once('=').and_then(|(name, weight)| {
        let weight = weight.parse().ok()?;
        Weights::default().set(name, weight).then(|| (name.to_owned(), weight))
    });
    parsed.ok_or_else(|| {
        format!("write NAME=WEIGHT, such as heat=0.2; there are {}", Weights::NAMES.join(", "))
    })
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
