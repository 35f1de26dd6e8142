//! Implements the subcommands, one file each.
//!
//! Conventions of all commands:
//! - Results go to standard output, everything else to standard error, so that scripts read only results.
//! - The exit code is 0 if something was found, 1 if nothing was found or there are problems, and 2 on failure. A
//!   closed pipe counts as success.
//! - Text from arguments and paths passes [`crate::board::text`] before it is printed.

mod add;
mod boards;
mod browse;
mod check;
mod compare;
mod complete;
mod completions;
mod config;
mod context;
mod explain;
mod export;
mod facets;
mod format;
mod guest;
mod help;
mod import;
mod item;
mod journal;
mod journal_access;
mod list;
mod looks;
mod man;
mod mark;
mod market;
mod new;
mod new_board;
mod note;
mod output;
mod preview;
#[cfg(feature = "postgres")]
mod publish;
mod read;
mod record;
mod reference;
mod report;
mod rows;
mod run_query;
mod serve;
mod server;
mod show;
mod similar_postings;
mod status;
mod sync;
mod undo;
mod writing;

use std::fmt;
use std::io::{self, Write};

use crate::cli::{Cli, Command};
use context::Context;
use output::Output;

/// Version of the output for programs, as documented in `docs/schema.md`. A key or column that goes away or changes its
/// meaning takes a new version; additions do not.
const SCHEMA: u32 = 1;

/// Result of a command that could be executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Something was found, or there are no problems.
    Found,
    /// Nothing was found, or there are problems.
    Nothing,
}

impl Outcome {
    /// `Found` if `something` is true.
    fn from_found(something: bool) -> Self {
        if something {
            Self::Found
        } else {
            Self::Nothing
        }
    }
}

/// Why a command could not be executed.
#[derive(Debug)]
enum Failure {
    /// With an explanation for the user.
    Because(String),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl Failure {
    /// With the words of an error.
    fn because(why: impl fmt::Display) -> Self {
        Self::Because(why.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Because(reason) => f.write_str(reason),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// `1 problem`, `2 problems`
fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

/// Executes a command line and returns the exit code.
pub fn run(cli: Cli) -> u8 {
    let mut output = Output::standard();
    let done = dispatch(cli, &mut output).and_then(|code| {
        output.flush()?;
        Ok(code)
    });
    match done {
        Ok(code) => code,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(failure) => {
            output.note(&failure.to_string());
            2
        }
    }
}

/// Prints a usage error, or the requested help or version, and returns the exit code.
pub fn explain(error: &clap::Error) -> u8 {
    if !error.use_stderr() {
        // Help is our own text and keeps its colours on a terminal.
        return match error.print() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => 2,
            _ => 0,
        };
    }
    // The message repeats arguments, which may contain anything.
    output::complain(&error.render().to_string());
    2
}

fn dispatch(cli: Cli, output: &mut Output) -> Result<u8, Failure> {
    let (browse, global) = (cli.browse, cli.global);
    let Some(command) = cli.command else {
        return browse::run(browse, global);
    };
    if browse.guest.is_some() {
        let reason = "a guest browses; there are no commands for guests";
        return Err(Failure::Because(reason.to_owned()));
    }
    if browse.board.is_some() || browse.query.is_some() {
        let reason =
            "BOARD and --query belong to browsing; a command takes --board DIR and its own query";
        return Err(Failure::Because(reason.to_owned()));
    }
    let outcome = match command {
        Command::Preview(args) => return preview::run(args, global),
        Command::List(args) => list::run(&args, &Context::open_any(global, output)?, output),
        Command::Show(args) => show::run(&args, &Context::open_any(global, output)?, output),
        Command::Read(args) => read::run(&args, &Context::open_any(global, output)?, output),
        Command::Facets(args) => facets::run(&args, &Context::open_any(global, output)?, output),
        Command::Market(args) => market::run(&args, &Context::open_any(global, output)?, output),
        Command::Explain(args) => explain::run(&args, &Context::open(global, output)?, output),
        Command::Compare(args) => compare::run(&args, &Context::open_any(global, output)?, output),
        Command::Similar(args) => {
            similar_postings::run(&args, &Context::open(global, output)?, output)
        }
        Command::Mark(args) => mark::run(&args, &Context::open_any(global, output)?, output),
        Command::Note(args) => note::run(&args, &Context::open_any(global, output)?, output),
        Command::Undo => undo::run(output),
        Command::Redo => undo::run_back(output),
        Command::Status(args) => status::run(&args, Context::open_any(global, output)?, output),
        Command::Report(args) => report::run(&args, &Context::open_any(global, output)?, output),
        Command::Journal(what) => journal::run(&what, output),
        Command::Check(args) => check::run(args, global, output),
        Command::New(what) => new::run(what, global, output),
        Command::Fmt(args) => format::run(&args, global, output),
        Command::Import(args) => import::run(&args, &global, output),
        Command::Add(args) => add::run(&args, global, output),
        Command::Sync(args) => sync::run(&args, global, output),
        Command::Serve(args) => serve::run(&args, global, output),
        Command::Export(args) => export::run(&args, &Context::open_any(global, output)?, output),
        #[cfg(feature = "postgres")]
        Command::Publish(args) => publish::run(&args, global, output),
        Command::Config => config::run(&global, output),
        Command::Complete { words } => complete::run(&words, &global, output),
        Command::Completions { shell } => completions::run(shell, output),
        Command::Man(args) => man::run(&args, output),
        Command::Help { topic } => return help::run(&topic, output),
    };
    Ok(match outcome? {
        Outcome::Found => 0,
        Outcome::Nothing => 1,
    })
}
