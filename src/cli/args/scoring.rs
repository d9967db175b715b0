//! How to score comments.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use clap::ValueEnum;
use threadwarden::Error;
use threadwarden::score::flamebait::{self, BUILT_IN, FlamebaitScorer, Label, Model};
use threadwarden::score::sentiment::{Analyzer, Mode};
use threadwarden::score::{ScoreOptions, Weights};

use super::share;
use crate::cli::Stop;

/// How to score comments.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Score {
    #[command(flatten)]
    sentiment: Sentiment,

    #[command(flatten)]
    flamebait: Flamebait,

    #[command(flatten)]
    thresholds: Thresholds,

    /// How much each thing counts for what comes first: flamebait, heat, target, answers
    #[arg(long, value_name = "NAME=WEIGHT", value_delimiter = ',', value_parser = weight)]
    priority: Vec<(String, f64)>,
}

impl Score {
    /// The files that decide what rows look like; the name of a built-in model is none.
    pub(in crate::cli) fn files(&self) -> impl Iterator<Item = &Path> {
        self.sentiment.lexicon.iter().chain([&self.flamebait.model]).map(PathBuf::as_path)
    }

    /// The options as the library takes them.
    pub(in crate::cli) fn options(&self) -> Result<ScoreOptions, Stop> {
        let mut priority = Weights::default();
        for (name, weight) in &self.priority {
            priority.set(name, *weight);
        }
        let thresholds = self.thresholds.get()?;
        // Each takes some milliseconds, which is all that the start takes.
        let (sentiment, flamebait) = thread::scope(|scope| {
            let sentiment = scope.spawn(|| self.sentiment.analyzer());
            let flamebait = self.flamebait.scorer();
            (sentiment.join().unwrap_or_else(|panic| resume_unwind(panic)), flamebait)
        });
        let flamebait = flamebait?.with_thresholds(thresholds);
        Ok(ScoreOptions { sentiment: sentiment?, flamebait, priority })
    }
}

/// How to score sentiment.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Sentiment {
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
    pub(in crate::cli) fn analyzer(&self) -> Result<Analyzer, Error> {
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
pub(in crate::cli) struct Flamebait {
    /// What scores flamebait: a built-in model, fast or accurate, or a file that `threadwarden
    /// train` wrote
    #[arg(long, value_name = "MODEL", default_value = "fast")]
    model: PathBuf,
}

impl Flamebait {
    /// What scores flamebait.
    pub(in crate::cli) fn scorer(&self) -> Result<FlamebaitScorer, Stop> {
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

/// How to label flamebait.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Thresholds {
    /// From which scores on, from 0 to 1, comments are labelled [default:
    /// heated=0.5,flamebait=0.75]
    #[arg(long, value_name = "LABEL=X", value_delimiter = ',', value_parser = threshold)]
    thresholds: Vec<(Label, f64)>,
}

impl Thresholds {
    /// The thresholds as the library takes them.
    pub(in crate::cli) fn get(&self) -> Result<flamebait::Thresholds, Stop> {
        let last = |label, usual| {
            let own = self.thresholds.iter().rfind(|(of, _)| *of == label);
            own.map_or(usual, |(_, from)| *from)
        };
        let heated = last(Label::Heated, Label::HEATED);
        let flamebait = last(Label::Flamebait, Label::FLAMEBAIT);
        flamebait::Thresholds::new(heated, flamebait).ok_or_else(|| {
            Stop::Failed(format!(
                "thresholds: heated={heated} is above flamebait={flamebait}; \
                 set both so that it is not"
            ))
        })
    }
}

fn threshold(argument: &str) -> Result<(Label, f64), String> {
    let known = [Label::Heated, Label::Flamebait];
    let (name, from) = argument.split_once('=').unwrap_or((argument, ""));
    let label = known.into_iter().find(|label| label.name() == name);
    let label = label.ok_or("write LABEL=X, such as heated=0.4; there are heated, flamebait")?;
    Ok((label, share(from)?))
}

/// Whether a model of that name is built in.
pub(in crate::cli) fn is_built_in(model: &Path) -> bool {
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
