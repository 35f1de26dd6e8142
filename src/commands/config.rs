//! `jobdeck config`: prints the effective config.

use std::io::Write;

use super::{Failure, Outcome, Output};
use crate::cli::Global;
use crate::config;

/// Prints the config as a file, and reports the problems of the one that was read.
pub(super) fn run(global: &Global, output: &mut Output) -> Result<Outcome, Failure> {
    let (config, problems) = config::load(global.config.as_deref());
    output.write_all(config.to_toml().as_bytes())?;
    for problem in &problems {
        output.note(&problem.to_string());
    }
    Ok(Outcome::from_found(problems.is_empty()))
}
