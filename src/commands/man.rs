//! `jobdeck man`: prints one manual page for all commands.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Failure, Outcome, Output};
use crate::cli::Cli;

/// Prints the page.
pub(super) fn run(output: &mut Output) -> Result<Outcome, Failure> {
    let cli = Cli::command();
    let whole = Man::new(cli.clone());
    whole.render_title(output)?;
    whole.render_name_section(output)?;
    whole.render_synopsis_section(output)?;
    whole.render_description_section(output)?;
    whole.render_options_section(output)?;
    writeln!(output, ".SH COMMANDS")?;
    for command in cli
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        output.write_all(part(command)?.as_bytes())?;
    }
    let mut examples = Vec::new();
    whole.render_extra_section(&mut examples)?;
    let examples = String::from_utf8_lossy(&examples);
    output.write_all(as_typed(&examples, ".SH EXAMPLES\n").as_bytes())?;
    Ok(Outcome::Found)
}

/// A subcommand as part of the page. The generator only produces whole pages, so its sections become paragraphs.
fn part(command: &Command) -> io::Result<String> {
    let name = format!("jobdeck {}", command.get_name());
    let command = command.clone().bin_name(&name).disable_help_flag(true);
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    man.render_extra_section(&mut page)?;
    let page = String::from_utf8_lossy(&page)
        .replace(".SH SYNOPSIS\n", &format!(".SS \"{name}\"\n"))
        .replace(".SH DESCRIPTION\n", ".PP\n")
        .replace(".SH OPTIONS\n", "");
    Ok(as_typed(&page, ".PP\n"))
}

/// The page with the title of its last section replaced and its lines kept as typed.
fn as_typed(page: &str, title: &str) -> String {
    page.replace(".SH EXTRA\n", &format!("{title}.nf\n")) + ".fi\n"
}
