//! `jobdeck completions`: prints shell completions.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Failure, Outcome, Output};
use crate::cli::Cli;

/// Prints the completions.
pub(super) fn run(shell: Shell, output: &mut Output) -> Result<Outcome, Failure> {
    // Buffered, because the generator panics on write errors.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "jobdeck", &mut script);
    output.write_all(&script)?;
    Ok(Outcome::Found)
}
