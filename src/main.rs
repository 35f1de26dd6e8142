//! Parses the arguments and runs; no logic.

use std::process::ExitCode;

use clap::Parser;
use jobdeck::{cli::Cli, commands};

fn main() -> ExitCode {
    ExitCode::from(match Cli::try_parse() {
        Ok(cli) => commands::run(cli),
        Err(error) => commands::explain(&error),
    })
}
