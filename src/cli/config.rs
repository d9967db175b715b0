//! `threadwarden.toml`: what a run is told each time. Defaults < file < flags.
//!
//! A setting of the file stands for a flag of the same name: it is put in front of the arguments
//! unless the flag is there already. So a setting can do nothing that a flag cannot, and both are
//! checked in one place.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde::Deserialize;

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
    priority: BTreeMap<String, f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Read {
    encoding: Option<String>,
    max_expanded: Option<String>,
    keep_personal: Option<bool>,
    map: BTreeMap<String, String>,
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
}

/// A setting as a flag.
struct Setting {
    section: &'static str,
    /// The flag, without its dashes.
    flag: &'static str,
    /// What the file says; `None` if nothing.
    values: Option<Vec<String>>,
    kind: Kind,
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
    let Settings { read, link, score, report, priority } = file;
    let one = |value: Option<String>| value.map(|value| vec![value]);
    let number = |value: Option<f64>| value.map(|value| vec![value.to_string()]);
    let switch = |value: Option<bool>| value.map(|on| vec![on.to_string()]);
    let many = |values: Vec<String>| Some(values).filter(|values| !values.is_empty());
    let pairs = |pairs: Vec<(String, String)>| {
        many(pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    };
    let weights = priority.into_iter().map(|(name, weight)| (name, weight.to_string())).collect();
    let lexicons = score.lexicon.into_iter().map(|lexicon| match lexicon.split_once('=') {
        Some((what, path)) => format!("{what}={}", folder.join(path).display()),
        None => lexicon,
    });
    let model = score.model.map(|model| {
        if args::is_built_in(&model) { model } else { folder.join(model) }.display().to_string()
    });
    let rows = [
        ("read", "encoding", one(read.encoding), Kind::Text, "found out"),
        ("read", "max-expanded", one(read.max_expanded), Kind::Text, "100 times its size"),
        ("read", "keep-personal", switch(read.keep_personal), Kind::Switch, "false"),
        ("read", "map", pairs(read.map.into_iter().collect()), Kind::Map, "none"),
        ("link", "min-confidence", number(link.min_confidence), Kind::Number, "as measured"),
        ("link", "layout", one(link.layout), Kind::Text, "auto"),
        ("link", "order", one(link.order), Kind::Text, "auto"),
        ("link", "similar", switch(link.similar), Kind::Switch, "false"),
        ("link", "refine", switch(link.refine), Kind::Switch, "false"),
        ("score", "sentiment", one(score.sentiment), Kind::Text, "exact"),
        ("score", "lexicon", many(lexicons.collect()), Kind::List, "built in"),
        ("score", "model", one(model), Kind::Text, "fast"),
        ("report", "csv-safety", one(report.csv_safety), Kind::Text, "excel"),
        ("report", "excel", switch(report.excel), Kind::Switch, "false"),
        ("report", "decisions", many(report.decisions), Kind::List, super::score::DECISIONS),
        ("priority", "priority", pairs(weights), Kind::Section, super::score::PRIORITY),
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

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let mut output = io::stdout().lock();
    let (origin, settings) = match read(args.config.as_deref())? {
        Some((path, settings)) => (path.display().to_string(), settings),
        None => (String::new(), settings(Settings::default(), Path::new(""))),
    };
    match origin.as_str() {
        "" => writeln!(output, "# No threadwarden.toml here or above: all defaults.")?,
        path => writeln!(output, "# Settings of {path}, and defaults.")?,
    }
    let mut section = "";
    for setting in settings {
        if setting.section != section {
            section = setting.section;
            writeln!(output, "\n[{section}]")?;
        }
        match &setting.values {
            Some(values) => writeln!(output, "{}", shown(&setting, values, &origin))?,
            None => writeln!(output, "# {} = {:?}  # default", setting.flag, setting.default)?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A setting as it stands in the file, and where it comes from.
fn shown(setting: &Setting, values: &[String], origin: &str) -> String {
    let pairs = || values.iter().filter_map(|pair| pair.split_once('='));
    let flag = setting.flag;
    let value = match setting.kind {
        Kind::Text => format!("{flag} = {:?}", values.concat()),
        Kind::Number | Kind::Switch => format!("{flag} = {}", values.concat()),
        Kind::List => format!("{flag} = {values:?}"),
        Kind::Map => {
            let pairs: Vec<_> = pairs().map(|(name, text)| format!("{name} = {text:?}")).collect();
            format!("{flag} = {{ {} }}", pairs.join(", "))
        }
        Kind::Section => {
            let lines = pairs().map(|(name, number)| format!("{name} = {number}  # {origin}"));
            return lines.collect::<Vec<_>>().join("\n");
        }
    };
    format!("{value}  # {origin}")
}
