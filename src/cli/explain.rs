//! `threadwarden explain`: what in a text made each score.

use std::process::ExitCode;

use super::Stop;

/// Show what in a text made each score.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The text
    text: String,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let _ = &args.text;
    Ok(ExitCode::SUCCESS)
}
