//! What a curator says: a new posting or interview, a board laid out.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::board::{Date, Employment, Level, Workplace};

/// `jobdeck new`
#[derive(Debug, Subcommand)]
pub enum New {
    /// A posting, as a commented file to be filled in
    #[command(after_help = "\
The id is made from the title. A file that is there is never written over.

Examples:
  jobdeck new posting 'Data Scientist' --company Acme --location 'Berlin, Germany'
  jobdeck new posting 'Data Scientist' --into ./my-board --edit")]
    Posting(NewPosting),
    /// An interview, as a commented file to be filled in
    #[command(after_help = "\
The id is made from the title. A file that is there is never written over.

Example:
  jobdeck new interview 'A talk with Ada Example' --person 'Ada Example' --edit")]
    Interview(NewInterview),
}

/// `jobdeck new posting`
#[derive(Debug, Args)]
pub struct NewPosting {
    /// The role
    pub title: Option<String>,

    /// Where it goes, and whether it is to be edited at once.
    #[command(flatten)]
    pub place: NewPlace,

    /// Who hires
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,

    /// The group within the company
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,

    /// Where, as people write it; may repeat
    #[arg(long = "location", value_name = "PLACE")]
    pub locations: Vec<String>,

    /// Where the work is done
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(Workplace::WORDS))]
    pub workplace: Option<String>,

    /// The kind of employment; may repeat
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(Employment::WORDS))]
    pub employment: Vec<String>,

    /// Seniority
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(Level::WORDS))]
    pub level: Option<String>,

    /// The first day
    #[arg(long, value_name = "DATE")]
    pub posted: Option<Date>,

    /// The last day
    #[arg(long, value_name = "DATE")]
    pub closes: Option<Date>,

    /// Where to apply
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// A free word; may repeat
    #[arg(long = "tag", value_name = "WORD")]
    pub tags: Vec<String>,
}

/// `jobdeck new interview`
#[derive(Debug, Args)]
pub struct NewInterview {
    /// Its title
    pub title: Option<String>,

    /// Where it goes, and whether it is to be edited at once.
    #[command(flatten)]
    pub place: NewPlace,

    /// Who answers
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,

    /// What the person does
    #[arg(long, value_name = "ROLE", requires = "person")]
    pub role: Option<String>,

    /// Where the original stands
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
}

/// Where a new file goes.
#[derive(Debug, Args)]
pub struct NewPlace {
    /// The folder of the board; it need not be there yet
    #[arg(long, value_name = "BOARD")]
    pub into: Option<PathBuf>,

    /// Open it in $VISUAL or $EDITOR, and tell what is wrong in it then
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
    /// The folder of a board, or single files; - is standard input, laid out to standard output
    #[arg(value_name = "BOARD|FILE")]
    pub what: Vec<PathBuf>,

    /// Change nothing; only print the files that would change
    #[arg(long)]
    pub check: bool,
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

    /// Begin with this query
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,
}
