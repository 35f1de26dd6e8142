//! `jobdeck man`: manual pages, one for jobdeck, one for each command and one for the query language.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::reference::{ENVIRONMENT, EXIT_CODES, FILES, Table};
use super::{Failure, Outcome, Output};
use crate::board::text;
use crate::cli::{self, Cli};
use crate::query::language::TERMS;
use crate::storage::Replace;

/// Name of the page about the query language.
const QUERY: &str = "query";

/// Prints a page, or writes all of them.
pub(super) fn run(args: &cli::Man, output: &mut Output) -> Result<Outcome, Failure> {
    if let Some(folder) = &args.dir {
        return write_all(folder, output);
    }
    let page = match args.page.as_slice() {
        [name] if name == QUERY => query(),
        words => {
            let root = built();
            let mut command = &root;
            for word in words {
                let found = command.find_subcommand(word);
                let found = found.filter(|found| !found.is_hide_set());
                command = found.ok_or_else(|| {
                    let word = text::line(word);
                    Failure::Because(format!("no command is called `{word}`"))
                })?;
            }
            page(command)
        }
    };
    output.write_all(&page?)?;
    Ok(Outcome::Found)
}

/// The command line, with the names of its commands as pages have them: `jobdeck-list`.
fn built() -> Command {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    root
}

/// Writes every page into a folder, and prints the paths.
fn write_all(folder: &Path, output: &mut Output) -> Result<Outcome, Failure> {
    let named = |path: &Path| text::line(&path.to_string_lossy());
    let because = |path: &Path, error: &io::Error| {
        Failure::Because(format!("cannot write {}: {error}", named(path)))
    };
    fs::create_dir_all(folder).map_err(|error| because(folder, &error))?;
    let mut pages = Vec::new();
    collect(&built(), &mut pages)?;
    pages.push((format!("jobdeck-{QUERY}.7"), query()?));
    for (name, page) in pages {
        let path = folder.join(name);
        let written = Replace::new(&path).with(|file| (&*file).write_all(&page));
        written.map_err(|error| because(&path, &error))?;
        writeln!(output, "{}", named(&path))?;
    }
    Ok(Outcome::Found)
}

/// The pages of a command and of the commands below it, with their file names.
fn collect(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    pages.push((format!("{}.1", name(command)), page(command)?));
    for inner in shown(command) {
        collect(inner, pages)?;
    }
    Ok(())
}

fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|one| !one.is_hide_set())
}

/// Name of a page: `jobdeck-new-posting`.
fn name(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

/// The page of a command.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone()).manual("jobdeck manual");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    let after = command.get_after_long_help().or(command.get_after_help());
    let after = Extra::read(&after.map(ToString::to_string).unwrap_or_default());
    let mut roff = Roff::new();
    for paragraph in &after.notes {
        roff.control("PP", []);
        if paragraph.lines().any(|line| line.starts_with("  ")) {
            typed(&mut roff, paragraph);
        } else {
            roff.text([roman(paragraph.replace('\n', " "))]);
        }
    }
    roff.to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut roff = Roff::new();
    if shown(command).next().is_some() {
        roff.control("SH", ["COMMANDS"]);
        for inner in shown(command) {
            roff.control("TP", []);
            roff.text([bold(format!("{}(1)", name(inner)))]);
            let about = inner.get_about().map(ToString::to_string);
            roff.text([roman(about.unwrap_or_default())]);
        }
    }
    roff.control("SH", ["EXIT STATUS"]);
    match &after.exit {
        Some(exit) => {
            roff.text([roman(exit.replace('\n', " "))]);
        }
        None => listed(&mut roff, EXIT_CODES),
    }
    section(&mut roff, "ENVIRONMENT", ENVIRONMENT);
    section(&mut roff, "FILES", FILES);
    if !after.examples.is_empty() {
        roff.control("SH", ["EXAMPLES"]);
        typed(&mut roff, &after.examples);
    }
    roff.control("SH", ["SEE ALSO"]);
    let parent = (name(command) != "jobdeck").then_some("jobdeck(1), ");
    roff.text([roman(format!(
        "{}jobdeck-{QUERY}(7)",
        parent.unwrap_or_default()
    ))]);
    roff.to_writer(&mut page)?;
    Ok(page)
}

/// The page of the query language.
fn query() -> io::Result<Vec<u8>> {
    let mut roff = Roff::new();
    let source = format!("jobdeck {}", env!("CARGO_PKG_VERSION"));
    let title = format!("jobdeck-{QUERY}");
    roff.control("TH", [title.as_str(), "7", "", &source, "jobdeck manual"]);
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{title} - the query language"))]);
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(
        "A query is terms, separated by spaces; all must hold. Case and accents never matter. The same language works in the \
         query line, in saved views and in every command that takes a query.",
    )]);
    for term in TERMS {
        roff.control("TP", []);
        roff.text([bold(term.examples.join("  "))]);
        roff.text([roman(term.plain())]);
    }
    roff.control("SH", ["SEE ALSO"]);
    roff.text([roman("jobdeck(1), jobdeck-list(1), jobdeck-explain(1)")]);
    let mut page = Vec::new();
    roff.to_writer(&mut page)?;
    Ok(page)
}

fn section(roff: &mut Roff, title: &str, rows: Table) {
    roff.control("SH", [title]);
    listed(roff, rows);
}

fn listed(roff: &mut Roff, rows: Table) {
    for (name, means) in rows {
        roff.control("TP", []);
        roff.text([bold(*name)]);
        roff.text([roman(*means)]);
    }
}

/// Lines as they are typed.
fn typed(roff: &mut Roff, text: &str) {
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

/// The text after the options of a command, by the sections of its page.
#[derive(Default)]
struct Extra {
    notes: Vec<String>,
    exit: Option<String>,
    examples: String,
}

impl Extra {
    fn read(text: &str) -> Self {
        let mut extra = Self::default();
        for paragraph in text.split("\n\n").map(str::trim_end) {
            let first = paragraph.lines().next().unwrap_or_default();
            if let Some(codes) = paragraph.strip_prefix("Exit codes: ") {
                extra.exit = Some(codes.to_owned());
            } else if first.starts_with("Example") && first.ends_with(':') {
                let lines = paragraph.lines().skip(1);
                extra.examples = lines.collect::<Vec<_>>().join("\n");
            } else if !paragraph.is_empty() {
                extra.notes.push(paragraph.to_owned());
            }
        }
        extra
    }
}
