//! Arguments of `jobdeck export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `jobdeck export`
#[derive(Debug, Args)]
#[command(after_help = "\
html makes a folder of pages without scripts that may stand on any web server, or on a disk. Written again, it changes only
what changed and removes only what it wrote; other files are left alone. Its pages and markdown hold the interviews too.
board makes a folder that may stand on any web server too: `jobdeck https://example.org/jobs/` opens it, and so does the
address of a site made with html, which holds one. Written again, what has not changed keeps its file names.
json, jsonl and csv can be imported again. What is closed is left out of html, board, atom and jsonld unless the query asks for
it by is: or closes:; in html it keeps a page that leads to similar postings for 90 days. [site] in board.toml sets the address,
language, logo and colour of the pages.

Examples:
  jobdeck export --format html --output ./site
  jobdeck export --format board --output ./site
  jobdeck export 'loc:berlin is:open' --format atom --output berlin.xml
  jobdeck export --format jsonl | jq -r .title")]
pub struct Export {
    /// The query; separate words are joined
    pub query: Vec<String>,

    /// Output format
    #[arg(long, value_enum)]
    pub format: ExportFormat,

    /// The file to write, or the folder of the site or the published board; without it, standard output
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Include postings for which the query cannot be decided
    #[arg(long)]
    pub unjudged: bool,

    /// Ignore terms that cannot be read, as the app does, instead of failing
    #[arg(long)]
    pub lenient: bool,
}

/// Output format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Markdown, one posting after the other
    Markdown,
    /// An Atom feed
    Atom,
    /// schema.org's `JobPosting`
    Jsonld,
    /// A site, and the published board beside it
    Html,
    /// A published board: its address opens in jobdeck
    Board,
}
