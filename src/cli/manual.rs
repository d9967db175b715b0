//! Shell completions and the manual pages.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use super::Stop;

/// Print completions for a shell.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden completions bash > ~/.local/share/bash-completion/completions/threadwarden
  threadwarden completions zsh > ~/.zfunc/_threadwarden
  threadwarden completions fish > ~/.config/fish/completions/threadwarden.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page of the program, or of a sub-command.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden man | man -l -
  threadwarden man score > threadwarden-score.1")]
pub(super) struct Man {
    /// The sub-command
    command: Option<String>,
}

/// Prints what a shell needs to complete arguments.
pub(super) fn completions(args: &Completions, mut program: Command) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "threadwarden", &mut script);
    io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints a manual page as `man` reads it.
pub(super) fn man(args: &Man, program: Command) -> Result<ExitCode, Stop> {
    let page = match &args.command {
        None => program,
        Some(name) => {
            let found = program.get_subcommands().find(|command| command.get_name() == name);
            let named = format!("threadwarden-{name}");
            found
                .map(|command| command.clone().display_name(named))
                .ok_or_else(|| Stop::Failed(format!("no command is called {name:?}")))?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, ValueEnum};

    #[test]
    fn every_shell_gets_its_completions() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            let mut program = crate::cli::Cli::command();
            clap_complete::generate(*shell, &mut program, "threadwarden", &mut script);
            assert!(String::from_utf8(script).unwrap().contains("threadwarden"), "{shell}");
        }
    }
}
