//! `threadwarden formats`: the dumps that can be read, and the names that `--map` takes.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use threadwarden::parse::{FORMATS, FieldMap};

use super::Stop;

/// List the kinds of dump that can be read.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden formats
  threadwarden score dump.csv --input-format nyt -o report.csv")]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<ExitCode, Stop> {
    let mut output = BufWriter::new(io::stdout().lock());
    for format in FORMATS {
        writeln!(output, "{}: {}", format.name(), format.about())?;
        writeln!(output, "    {}", format.example())?;
    }
    let names: Vec<&str> = FieldMap::own_names().collect();
    writeln!(output, "\nAny of these may be packed: .gz, .zst, .zip.")?;
    writeln!(
        output,
        "Where fields have other names, say which hold what: --map text=FIELD; there are {}.",
        names.join(", ")
    )?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
