//! Arguments of the commands for curators: `new`, `fmt` and `preview`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::board::{Date, Employment, Level, Workplace};

/// `jobdeck new`
#[derive(Debug, Subcommand)]
pub enum New {
    /// A posting, as a commented file to fill in
    #[command(after_help = "\
The id is made from the title. A file that is there is never written over.

Examples:
  jobdeck new posting 'Data Scientist' --company Acme --location 'Berlin, Germany'
  jobdeck new posting 'Data Scientist' --into ./my-board --edit")]
    Posting(NewPosting),
    /// An interview, as a commented file to fill in
    #[command(after_help = "\
The id is made from the title. A file that is there is never written over.

Example:
  jobdeck new interview 'A talk with Ada Example' --person 'Ada Example' --edit")]
    Interview(NewInterview),
    /// A board: its folder with a posting, and a workflow that checks and publishes it
    #[command(after_help = "\
The folder must not exist, or be empty.

Examples:
  jobdeck new board 'Ice Institute' ./ice-jobs
  jobdeck new board 'Ice Institute' && jobdeck serve ./ice-institute")]
    Board(NewBoard),
}

/// `jobdeck new board`
#[derive(Debug, Args)]
pub struct NewBoard {
    /// Name of the board
    pub name: String,

    /// Its folder; made from the name if absent
    pub folder: Option<PathBuf>,
}

/// `jobdeck new posting`
#[derive(Debug, Args)]
pub struct NewPosting {
    /// Job title
    pub title: Option<String>,

    /// Where to create the file, and whether to edit it.
    #[command(flatten)]
    pub place: NewPlace,

    /// Company that hires
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,

    /// Team within the company
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,

    /// Location; may be repeated
    #[arg(long = "location", value_name = "PLACE")]
    pub locations: Vec<String>,

    /// Workplace
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(Workplace::WORDS))]
    pub workplace: Option<String>,

    /// Kind of employment; may be repeated
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(Employment::WORDS))]
    pub employment: Vec<String>,

    /// Seniority
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(Level::WORDS))]
    pub level: Option<String>,

    /// First day; today if absent
    #[arg(long, value_name = "DATE")]
    pub posted: Option<Date>,

    /// Last day
    #[arg(long, value_name = "DATE")]
    pub closes: Option<Date>,

    /// Where to apply
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Tag; may be repeated
    #[arg(long = "tag", value_name = "WORD")]
    pub tags: Vec<String>,
}

/// `jobdeck new interview`
#[derive(Debug, Args)]
pub struct NewInterview {
    /// Its title
    pub title: Option<String>,

    /// Where to create the file, and whether to edit it.
    #[command(flatten)]
    pub place: NewPlace,

    /// Person interviewed
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,

    /// Occupation of the person
    #[arg(long, value_name = "ROLE", requires = "person")]
    pub role: Option<String>,

    /// Address of the original
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
}

/// Where to create a file.
#[derive(Debug, Args)]
pub struct NewPlace {
    /// The folder of the board; created if missing
    #[arg(long, value_name = "BOARD")]
    pub into: Option<PathBuf>,

    /// Open the file in $VISUAL or $EDITOR, then report its problems
    #[arg(long)]
    pub edit: bool,
}

/// `jobdeck fmt`
#[derive(Debug, Args)]
#[command(after_help = "\
Keys come in the order of the README, values in one style. What a file says does not change: comments stay, and with them
the lists that hold some, texts folded by hand, and the order of the tables. A file with a mistake is left alone. The files
that change are printed.

Exit codes: 0 all is laid out now, 1 something is not (--check), or has a mistake.

Examples:
  jobdeck fmt ./my-board
  jobdeck fmt --check
  jobdeck fmt ./my-board/postings/a.toml
  jobdeck fmt - < draft.toml")]
pub struct Fmt {
    /// The folder of a board, or single files; - formats standard input to standard output
    #[arg(value_name = "BOARD|FILE")]
    pub what: Vec<PathBuf>,

    /// Change nothing; only list the files that would change
    #[arg(long)]
    pub check: bool,
}

/// `jobdeck serve`
#[derive(Debug, Args)]
#[command(after_help = "\
The site is the one that `jobdeck export --format html` writes, made again whenever a file of the board is saved; open pages
reload by themselves. Only this machine can reach it. Ctrl-C ends it.

Examples:
  jobdeck serve ./my-board
  jobdeck serve ./my-board --port 8080")]
pub struct Serve {
    /// The folder of the board
    pub board: Option<PathBuf>,

    /// Port to listen on; 0 for any free one
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    pub port: u16,
}

/// `jobdeck preview`
#[derive(Debug, Args)]
#[command(after_help = "\
What is saved shows at once: the posting or interview of the file comes into view, and the bottom line tells what is wrong in
the file or looks so. Nothing is kept: no posting counts as seen, and marks end with the preview.

Example:
  jobdeck preview ./my-board")]
pub struct Preview {
    /// The folder of the board
    pub board: Option<PathBuf>,

    /// Start with this query
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,
}
