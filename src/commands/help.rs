//! `jobdeck help`: help on a command, or on a topic.

use std::io::Write;

use clap::Parser;

use super::reference::{ENVIRONMENT, EXIT_CODES, FILES, Table};
use super::{Failure, Output};
use crate::board::{spelling, text};
use crate::cli::Cli;
use crate::query::language::TERMS;

/// Topics of the help that are no commands.
pub(super) const TOPICS: [&str; 4] = ["query", "exit-codes", "environment", "files"];
/// Width of the explanations where no terminal limits it.
const WIDTH: usize = 100;
/// Width of the column of names, unless a name is wider.
const NAMES: usize = 24;

/// Prints the help and returns the exit code.
pub(super) fn run(words: &[String], output: &mut Output) -> Result<u8, Failure> {
    let width = output.width().map_or(WIDTH, usize::from);
    let text = match words {
        [topic] if topic == "query" => query(width),
        [topic] if topic == "exit-codes" => table("Exit codes", EXIT_CODES, width),
        [topic] if topic == "environment" => table("Environment", ENVIRONMENT, width),
        [topic] if topic == "files" => table("Files", FILES, width),
        words => return of_command(words),
    };
    output.write_all(text.as_bytes())?;
    Ok(0)
}

/// Prints the help of a command, as its `--help` does.
fn of_command(words: &[String]) -> Result<u8, Failure> {
    let line = std::iter::once("jobdeck").chain(words.iter().map(String::as_str));
    let is_word = words.iter().all(|word| !word.starts_with('-'));
    match Cli::try_parse_from(line.chain(["--help"])) {
        Err(error) if is_word && !error.use_stderr() && is_command(words) => {
            Ok(super::explain(&error))
        }
        _ => Err(unknown(words)),
    }
}

/// Whether the words are the path of a command. Other words would be the board of the first one.
fn is_command(words: &[String]) -> bool {
    let mut command = &<Cli as clap::CommandFactory>::command();
    words
        .iter()
        .all(|word| match command.find_subcommand(word) {
            Some(found) => {
                command = found;
                true
            }
            None => false,
        })
}

fn unknown(words: &[String]) -> Failure {
    let written = text::line(&words.join(" "));
    let root = <Cli as clap::CommandFactory>::command();
    let commands = root.get_subcommands().filter(|one| !one.is_hide_set());
    let names = commands.map(clap::Command::get_name).chain(TOPICS);
    let names: Vec<String> = names.map(str::to_owned).collect();
    let meant = spelling::meant(&written, names.iter().map(String::as_str));
    let way_on = meant.unwrap_or_else(|| format!("topics are {}", TOPICS.join(", ")));
    Failure::Because(format!(
        "no command or topic is called `{written}`; {way_on}"
    ))
}

/// The query language.
fn query(width: usize) -> String {
    let mut text =
        "A query is terms, separated by spaces; all must hold. Case and accents never matter.\n\n"
            .to_owned();
    for term in TERMS {
        let examples = term.examples.join("  ");
        text.push_str(&entry(&examples, &term.plain(), width));
    }
    text.push_str("\n`jobdeck explain QUERY` says what the words of a query find.\n");
    text
}

fn table(title: &str, rows: Table, width: usize) -> String {
    let rows = rows.iter().map(|(name, means)| entry(name, means, width));
    format!("{title}:\n{}", rows.collect::<String>())
}

/// A name and its explanation, side by side if the name is short.
fn entry(name: &str, means: &str, width: usize) -> String {
    let indent = " ".repeat(NAMES + 4);
    let is_short = name.chars().count() <= NAMES;
    let first = if is_short {
        format!("  {name:<NAMES$}  ")
    } else {
        indent.clone()
    };
    let options = textwrap::Options::new(width.max(NAMES + 24))
        .initial_indent(&first)
        .subsequent_indent(&indent);
    let wrapped = textwrap::fill(means, options);
    if is_short {
        format!("{wrapped}\n")
    } else {
        format!("  {name}\n{wrapped}\n")
    }
}
