//! `threadwarden config`: the settings that are in force, in the form of a settings file.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::{Args, Kind, Setting, Settings, Stop, read, settings};
use crate::cli::terminal;

pub(in crate::cli) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let (origin, settings) = match read(args.config.as_deref())? {
        Some((path, settings)) => (path.display().to_string(), settings),
        None => (String::new(), settings(Settings::default(), Path::new(""))),
    };
    let origin = terminal::safe(&origin).to_string();
    let mut text = match origin.as_str() {
        "" => String::from("# No threadwarden.toml here or above: all defaults.\n"),
        path => format!("# Settings of {path}, and defaults.\n"),
    };
    let mut section = "";
    for setting in &settings {
        if setting.section != section {
            section = setting.section;
            text += &format!("\n[{section}]\n");
        }
        show(&mut text, setting, &origin);
    }
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Adds a setting as it stands in the file, and where it comes from.
fn show(text: &mut String, setting: &Setting, origin: &str) {
    let Setting { flag, values, kind, default, .. } = setting;
    if *kind == Kind::Section {
        for (name, usual) in default.split(',').filter_map(|pair| pair.split_once('=')) {
            let mut own = values.iter().flatten().filter_map(|pair| pair.split_once('='));
            let line = match own.find(|(other, _)| *other == name) {
                Some((_, own)) => format!("{name} = {own}  # {origin}\n"),
                None => format!("{name} = {usual}  # default\n"),
            };
            *text += &line;
        }
        return;
    }
    *text += &match values {
        Some(values) => format!("{flag} = {}  # {origin}\n", literal(*kind, values)),
        None if default.starts_with('(') => format!("# {flag}: default {default}\n"),
        None => {
            let values: Vec<String> = default.split(',').map(str::to_owned).collect();
            format!("{flag} = {}  # default\n", literal(*kind, &values))
        }
    };
}

/// The value of a setting as TOML.
fn literal(kind: Kind, values: &[String]) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    match kind {
        Kind::Text => quoted(&values.concat()),
        Kind::Number | Kind::Switch | Kind::Section => values.concat(),
        Kind::List => {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            format!("[{}]", values.join(", "))
        }
        Kind::Map => {
            let pairs = values.iter().filter_map(|pair| pair.split_once('='));
            let pairs: Vec<String> =
                pairs.map(|(name, value)| format!("{name} = {}", quoted(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}
