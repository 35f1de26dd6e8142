//! `jobdeck add`

use std::path::PathBuf;

use clap::Args;

use super::FeedFormat;
use crate::import::Format;

/// `jobdeck add`
#[derive(Debug, Args)]
#[command(after_help = help())]
pub struct Add {
    /// A careers page, a board on a hiring system, a posting on it, or a feed
    #[arg(required = true, value_name = "URL")]
    pub addresses: Vec<String>,

    /// The folder of the board; it is made if it is not there
    #[arg(long, value_name = "BOARD")]
    pub into: Option<PathBuf>,

    /// The name of the source: that of its folder, and the first part of its ids
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Who hires, where the source does not say
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,

    /// The format of the feed, where the content does not tell
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<FeedFormat>,

    /// Find and read the source, but write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Let the page lead to this machine or a private network
    #[arg(long)]
    pub allow_private: bool,
}

fn help() -> String {
    let mut domains: Vec<_> = Format::all().flat_map(Format::domains).copied().collect();
    domains.sort_unstable();
    domains.dedup();
    let domains = super::wrapped(&format!("{}.", domains.join(", ")));
    format!(
        "\
The source is listed in the board's board.toml as a [[source]] and synced at once; `jobdeck sync` keeps it current. A
company's own page is searched for its board on a hiring system, for feeds of openings, for schema.org JobPosting data, and
for a link to its careers page. Nothing is listed that cannot be read.

Boards are known by their address on
{domains}

Exit codes: 0 all sources came whole, 1 one did not, 2 one could not be added.

Examples:
  jobdeck add https://jobs.lever.co/leverdemo --into ./my-board
  jobdeck add example.com/careers
  jobdeck add https://example.org/jobs.xml --name university --company 'University of Snow'"
    )
}
