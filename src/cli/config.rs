//! `threadwarden.toml`: what a run is told each time. Defaults < file < flags.
//!
//! A setting of the file stands for a flag of the same name: it is put in front of the arguments
//! unless the flag is there already. So a setting can do nothing that a flag cannot, and both are
//! checked in one place.

mod show;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue};
use clap::parser::ValueSource;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use threadwarden::parse::FieldMap;

pub(super) use show::run;

use super::{Stop, args};

/// Names under which the file is looked for, here and in the folders above.
const NAMES: [&str; 2] = ["threadwarden.toml", ".threadwarden.toml"];

/// Show the settings that are in force, and where each comes from.
#[derive(clap::Args)]
#[command(
    after_help = "Settings are read from threadwarden.toml or .threadwarden.toml in this folder or the nearest one above.
A flag on the command line comes before the file, the file before the default."
)]
pub(super) struct Args {
    /// Read this file instead
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What the file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Settings {
    read: Read,
    link: Link,
    score: Score,
    report: Report,
    decisions: Decisions,
    priority: Priority,
    thresholds: Thresholds,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Read {
    encoding: Option<String>,
    max_expanded: Option<String>,
    keep_personal: Option<bool>,
    map: BTreeMap<FieldName, String>,
}

/// The name of a field of a comment.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FieldName(String);

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        if FieldMap::field_named(&name).is_none() {
            let known: Vec<&str> = FieldMap::own_names().collect();
            let known = known.join(", ");
            return Err(D::Error::custom(format!(
                "no field is called {name:?}; there are {known}"
            )));
        }
        Ok(Self(name))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Link {
    min_confidence: Option<f64>,
    layout: Option<String>,
    order: Option<String>,
    similar: Option<bool>,
    refine: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Score {
    sentiment: Option<String>,
    lexicon: Vec<String>,
    model: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Report {
    csv_safety: Option<String>,
    excel: Option<bool>,
    decisions: Vec<String>,
    columns: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Priority {
    flamebait: Option<f64>,
    heat: Option<f64>,
    target: Option<f64>,
    answers: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Thresholds {
    heated: Option<f64>,
    flamebait: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Decisions {
    yes: Vec<String>,
    no: Vec<String>,
}

/// A setting as a flag.
struct Setting {
    section: &'static str,
    /// The flag, without its dashes.
    flag: &'static str,
    /// What the file says; `None` if nothing.
    values: Option<Vec<String>>,
    kind: Kind,
    /// As the flag would take it, or in words, in brackets.
    default: &'static str,
}

/// How a setting is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    /// Its flag takes no value.
    Switch,
    List,
    /// Names with texts; the flag takes NAME=TEXT.
    Map,
    /// Names with numbers, which are the whole section.
    Section,
}

/// All settings, in the order in which they are shown; lexicons and models lie beside the file in
/// `folder`.
fn settings(file: Settings, folder: &Path) -> Vec<Setting> {
    let Settings { read, link, score, report, decisions, priority, thresholds } = file;
    let one = |value: Option<String>| value.map(|value| vec![value]);
    let number = |value: Option<f64>| value.map(|value| vec![value.to_string()]);
    let switch = |value: Option<bool>| value.map(|on| vec![on.to_string()]);
    let many = |values: Vec<String>| Some(values).filter(|values| !values.is_empty());
    let pairs = |pairs: Vec<(String, String)>| {
        many(pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    };
    let numbers = |named: &[(&str, Option<f64>)]| {
        let named = named.iter();
        pairs(named.filter_map(|(name, it)| Some(((*name).into(), (*it)?.to_string()))).collect())
    };
    let Priority { flamebait, heat, target, answers } = priority;
    let weights = numbers(&[
        ("flamebait", flamebait),
        ("heat", heat),
        ("target", target),
        ("answers", answers),
    ]);
    let Thresholds { heated, flamebait } = thresholds;
    let thresholds = numbers(&[("heated", heated), ("flamebait", flamebait)]);
    let map = read.map.into_iter().map(|(FieldName(name), path)| (name, path)).collect();
    let lexicons = score.lexicon.into_iter().map(|lexicon| match lexicon.split_once('=') {
        Some((what, path)) => format!("{what}={}", folder.join(path).display()),
        None => lexicon,
    });
    let model = score.model.map(|model| {
        if args::is_built_in(&model) { model } else { folder.join(model) }.display().to_string()
    });
    let rows = [
        ("read", "encoding", one(read.encoding), Kind::Text, "(found out)"),
        (
            "read",
            "max-expanded",
            one(read.max_expanded),
            Kind::Text,
            "(100 times its size, at least 1G)",
        ),
        ("read", "keep-personal", switch(read.keep_personal), Kind::Switch, "false"),
        ("read", "map", pairs(map), Kind::Map, "(the usual names)"),
        (
            "link",
            "min-confidence",
            number(link.min_confidence),
            Kind::Number,
            "(where nine of ten replies were right)",
        ),
        ("link", "layout", one(link.layout), Kind::Text, "auto"),
        ("link", "order", one(link.order), Kind::Text, "auto"),
        ("link", "similar", switch(link.similar), Kind::Switch, "false"),
        ("link", "refine", switch(link.refine), Kind::Switch, "false"),
        ("score", "sentiment", one(score.sentiment), Kind::Text, "exact"),
        ("score", "lexicon", many(lexicons.collect()), Kind::List, "(none but what is built in)"),
        ("score", "model", one(model), Kind::Text, "fast"),
        ("report", "csv-safety", one(report.csv_safety), Kind::Text, "excel"),
        ("report", "excel", switch(report.excel), Kind::Switch, "false"),
        ("report", "decisions", many(report.decisions), Kind::List, super::score::DECISIONS),
        ("report", "columns", many(report.columns), Kind::List, "(all)"),
        ("decisions", "yes", many(decisions.yes), Kind::List, super::decisions::YES),
        ("decisions", "no", many(decisions.no), Kind::List, super::decisions::NO),
        ("priority", "priority", weights, Kind::Section, super::score::PRIORITY),
        ("thresholds", "thresholds", thresholds, Kind::Section, super::score::THRESHOLDS),
    ];
    rows.map(|(section, flag, values, kind, default)| Setting {
        section,
        flag,
        values,
        kind,
        default,
    })
    .into()
}

/// Reads the file at `path`, or the nearest one there is; gives its path too.
fn read(path: Option<&Path>) -> Result<Option<(PathBuf, Vec<Setting>)>, Stop> {
    let Some(path) = path.map(Path::to_owned).or_else(nearest) else { return Ok(None) };
    let name = path.display().to_string();
    let text = fs::read_to_string(&path)
        .map_err(|source| threadwarden::Error::Read { name: name.clone(), source })?;
    let file: Settings = toml::from_str(&text)
        .map_err(|error| Stop::Failed(format!("{name}: {}", error.to_string().trim_end())))?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Some((path, settings(file, &folder))))
}

/// The nearest file in this folder or above.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut places = here.ancestors().flat_map(|folder| NAMES.map(|name| folder.join(name)));
    places.find(|path| path.is_file())
}

/// Which line of the file at `path` a fault of clap is about, counted from 1.
pub(super) fn line_of(path: &Path, fault: &clap::Error) -> Option<usize> {
    let said = |kind| match fault.get(kind) {
        Some(ContextValue::String(said)) => Some(said.as_str()),
        _ => None,
    };
    let flag = said(ContextKind::InvalidArg)?.trim_start_matches('-').split(' ').next()?;
    // What is a section of the file is a flag that takes NAME=NUMBER; sections share names.
    let (section, key) =
        match said(ContextKind::InvalidValue).and_then(|value| value.split_once('=')) {
            Some((name, _)) if ["priority", "thresholds"].contains(&flag) => (Some(flag), name),
            _ => (None, flag),
        };
    let text = fs::read_to_string(path).ok()?;
    let names_it = |line: &str| {
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let begins = |line: &str| section.is_some_and(|name| line.trim() == format!("[{name}]"));
    let above = text.lines().position(begins).unwrap_or(0);
    Some(above + text.lines().skip(above).position(names_it)? + 1)
}

/// The arguments of a sub-command, with those in front that the file adds to what was typed, and
/// the file; `None` if there is no file.
pub(super) fn complete(
    mut arguments: Vec<OsString>,
    typed: &ArgMatches,
) -> Result<Option<(PathBuf, Vec<OsString>)>, Stop> {
    let path = typed.try_get_one::<PathBuf>("config").ok().flatten();
    let Some((path, settings)) = read(path.map(PathBuf::as_path))? else { return Ok(None) };
    let mut added = Vec::new();
    for Setting { flag, values, kind, .. } in settings {
        let id = flag.replace('-', "_");
        // A sub-command takes the settings that it has flags for.
        let has_flag = typed.try_contains_id(&id).is_ok();
        let is_typed = has_flag && typed.value_source(&id) == Some(ValueSource::CommandLine);
        let (true, false, Some(values)) = (has_flag, is_typed, values) else { continue };
        if kind == Kind::Switch {
            added.extend(values.iter().any(|on| on == "true").then(|| format!("--{flag}").into()));
        } else {
            added.extend(values.iter().map(|value| OsString::from(format!("--{flag}={value}"))));
        }
    }
    let behind_the_command = arguments.len().min(2);
    arguments.splice(behind_the_command..behind_the_command, added);
    Ok(Some((path, arguments)))
}
