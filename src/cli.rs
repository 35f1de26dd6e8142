//! Command-line arguments as clap types, without any behaviour.

mod add;
mod check;
mod column;
mod compare;
mod curate;
mod explain;
mod export;
mod import;
mod list;
mod market;
#[cfg(feature = "postgres")]
mod publish;
mod show;
mod sync;
mod tracking;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::board::Date;
pub use add::Add;
pub use check::{Check, CheckFormat};
pub use column::Column;
pub use compare::{Compare, CompareFormat, Similar};
pub use curate::{Fmt, New, NewBoard, NewInterview, NewPlace, NewPosting, Preview, Serve};
pub use explain::Explain;
pub use export::{Export, ExportFormat};
pub use import::{FeedFormat, Import, ImportFormat};
pub use list::{Facets, Folding, Format, List};
pub use market::{Market, MarketFormat};
#[cfg(feature = "postgres")]
pub use publish::Publish;
pub use show::{Read, ReadFormat, Show, TextFormat};
pub use sync::{Sync, SyncFormat};
pub use tracking::{
    DayOrNone, Journal, Mark, MarkWord, Note, ReasonWord, Report, ReportFormat, Status,
};

/// Read a job board in the terminal
#[derive(Debug, Parser)]
#[command(
    name = "jobdeck",
    bin_name = "jobdeck",
    version,
    disable_help_subcommand = true,
    override_usage = "jobdeck [OPTIONS] [BOARD]\n       jobdeck <COMMAND> [OPTIONS] ...",
    long_about = "\
Read a job board in the terminal.

A board is a folder of TOML files. The one to open is the folder given, else the one in $JOBDECK_BOARD, else those in the
config, else ./content if that is a board, else the board that is compiled into jobdeck.",
    after_help = "\
Examples:
  jobdeck                                browse a board
  jobdeck ./content -q 'loc:seattle'     browse the board in a folder, starting with a query
  jobdeck https://example.org/jobs/      browse a published board
  jobdeck --print -q rust                choose postings and print their ids
  jobdeck list scientist                 print what a query finds
  jobdeck read                           print the board's interview
  jobdeck check ./content                check a board's files for mistakes

A query is words, looked for in title, company, team, locations and tags, and terms such as
  loc:zurich|berlin  !intern  posted:<14d  salary:>120kEUR/year  sort:-salary  \"two words\"

Exit codes: 0 success, 1 nothing found or problems reported, 2 failure.

`jobdeck help query` explains the query language, `jobdeck help COMMAND` a command."
)]
pub struct Cli {
    /// The subcommand; without one, browse.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Options for browsing.
    #[command(flatten)]
    pub browse: Browse,

    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
}

/// Options for browsing.
#[derive(Debug, Args)]
pub struct Browse {
    /// The folder of the board to browse, the address of a published one, or of a PostgreSQL server
    pub board: Option<PathBuf>,

    /// Start with this query
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,

    /// Start at the top rather than where you left off
    #[arg(long)]
    pub fresh: bool,

    /// Browse as a guest on this machine, as over SSH: nothing is written but this guest's own marks, views and session
    #[arg(long, value_name = "NAME")]
    pub guest: Option<String>,

    /// Choose postings: Tab marks, Enter ends and prints the ids, a line each
    #[arg(long)]
    pub print: bool,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Open the board in this folder; repeat to open several as one, with ids such as `board/id`
    #[arg(
        id = "boards",
        long = "board",
        value_name = "DIR",
        global = true,
        help_heading = "Global options"
    )]
    pub boards: Vec<PathBuf>,

    /// Read this config file instead of the default one
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,

    /// Use this date as today, for reproducible output
    #[arg(long, value_name = "DATE", global = true, hide = true)]
    pub today: Option<Date>,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the postings that match a query
    List(List),
    /// Print a posting
    Show(Show),
    /// Print an interview
    Read(Read),
    /// Count postings by country, city, company, team and so on
    Facets(Facets),
    /// Show what the postings of a query pay and ask for, where they are, and how long they stay up
    Market(Market),
    /// Explain what the words of a query find, and why a posting is found or not
    Explain(Explain),
    /// Compare postings side by side
    Compare(Compare),
    /// List postings like one that you know
    Similar(Similar),
    /// Check a board's files for mistakes
    Check(Check),
    /// Create a commented posting or interview file to fill in
    #[command(
        subcommand,
        after_help = "\
Example:
  jobdeck new posting 'Data Scientist' --company Acme --edit"
    )]
    New(New),
    /// Format a board's files
    Fmt(Fmt),
    /// Browse a board while you edit its files
    Preview(Preview),
    /// Show a board's site in the browser while you edit its files
    Serve(Serve),
    /// Mark postings as saved, applied, hidden and so on
    Mark(Mark),
    /// Print the note on a posting, or add to it
    Note(Note),
    /// Undo the last mark
    #[command(after_help = "\
`jobdeck redo` brings it back.

Example:
  jobdeck undo")]
    Undo,
    /// Redo the mark that was undone last
    #[command(after_help = "\
Example:
  jobdeck redo")]
    Redo,
    /// Print your saved postings and applications
    Status(Status),
    /// Report your applications over a period, as proof of your search
    Report(Report),
    /// Maintain the journal that holds your marks
    #[command(
        subcommand,
        after_help = "\
Example:
  jobdeck journal check"
    )]
    Journal(Journal),
    /// Fill a board from the feeds of hiring systems, or from a web page
    Import(Import),
    /// Add a company's openings to a board as a source, by any address of theirs
    Add(Add),
    /// Fetch a board's sources and update its files
    Sync(Sync),
    /// Export postings for other programs, or as a site
    Export(Export),
    /// Publish a board on a PostgreSQL server
    #[cfg(feature = "postgres")]
    Publish(Publish),
    /// Print the effective config as a commented config file
    #[command(after_help = "\
Example:
  jobdeck config > my.toml && jobdeck --config my.toml")]
    Config,
    /// Print shell completions
    #[command(after_help = "\
Example:
  jobdeck completions bash > ~/.local/share/bash-completion/completions/jobdeck")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print what may complete a command line, for the scripts of `completions`
    #[command(hide = true)]
    Complete {
        /// The words after `jobdeck`, the last one unfinished
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<String>,
    },
    /// Print a manual page, or write them all
    Man(Man),
    /// Print the help of a command or on a topic: query, exit-codes, environment or files
    #[command(after_help = "\
Examples:
  jobdeck help query
  jobdeck help new posting
  jobdeck help exit-codes")]
    Help {
        /// A command or a topic
        topic: Vec<String>,
    },
}

/// `jobdeck man`
#[derive(Debug, Args)]
#[command(after_help = "\
There is a page for jobdeck, one for each command, and jobdeck-query(7) about the query language.

Examples:
  jobdeck man list > jobdeck-list.1
  jobdeck man --dir ~/.local/share/man/man1")]
pub struct Man {
    /// The command, or `query`; without one, the page of jobdeck
    pub page: Vec<String>,

    /// Write all pages to this folder, and print their paths
    #[arg(long, value_name = "DIR", conflicts_with = "page")]
    pub dir: Option<PathBuf>,
}

/// A text broken into lines of at most 120 columns.
fn wrapped(text: &str) -> String {
    const COLUMNS: usize = 120;
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines
            .last_mut()
            .filter(|line| line.len() + word.len() < COLUMNS);
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
