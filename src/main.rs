//! Parses the arguments and runs; no logic.

use std::process::ExitCode;

use clap::Parser;
use jobdeck::{cli::Cli, commands};
use mimalloc::MiMalloc;

/// Loading a board makes and drops millions of small texts on several threads; this one is quicker at that, and gives the
/// memory back.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(match Cli::try_parse() {
        Ok(cli) => commands::run(cli),
        Err(error) => commands::explain(&error),
    })
}
