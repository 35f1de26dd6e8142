//! Arguments of `jobdeck sync`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

/// `jobdeck sync`
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Debug, Args)]
#[command(after_help = "\
The sources are the [[source]] tables of the board's board.toml, each with a url and, where they are wanted, a name, a
format and a company. Each fills a folder of its own. What did not change stays as it is, to the byte; what is gone from
its source is closed, but only after all of the source came. A sync may end at any moment and leaves a whole board.

A source may also have `only` (a query that its postings must match), `tags` (added to all of them) and `expires_after`
(such as 60d, for postings without a closing date).

A value that was edited by hand stays, and is named; so does a posting that was deleted by hand.

Exit codes: 0 all sources came whole, 1 one did not, 2 nothing could be asked.

Examples:
  jobdeck sync ./my-board
  jobdeck sync ./my-board --dry-run
  jobdeck sync ./my-board --source lever-acme --format json | jq .total")]
pub struct Sync {
    /// The folder of the board to sync
    pub board: Option<PathBuf>,

    /// Then publish the board on the PostgreSQL server at this address, if it changed
    #[cfg(feature = "postgres")]
    #[arg(long, value_name = "ADDRESS", conflicts_with = "dry_run")]
    pub to: Option<String>,

    /// Fetch and compare, but write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: SyncFormat,

    /// Sync only the source with this name; may be repeated
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,

    /// Turn hand edits of imported postings into overrides, and deletions into hidden ones
    #[arg(long)]
    pub keep_edits: bool,

    /// Replace hand edits of imported postings by what their source has
    #[arg(long, conflicts_with = "keep_edits")]
    pub discard_edits: bool,

    /// Close the postings of sources that are no longer listed
    #[arg(long)]
    pub prune: bool,

    /// Rename a source, with its folder and its entry in board.toml; its postings keep their ids. Nothing is fetched
    #[arg(long, value_name = "OLD=NEW", value_parser = renaming, conflicts_with_all = ["prune", "dry_run", "source"])]
    pub rename: Option<(String, String)>,

    /// Close postings even where more than half of a source is gone
    #[arg(long)]
    pub close_all: bool,

    /// Allow sources on this machine or in a private network
    #[arg(long)]
    pub allow_private: bool,

    /// Seconds to wait for a page
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    pub timeout: Duration,

    /// Retry a failing server this often, after longer and longer pauses
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(..=10))]
    pub retries: u32,
}

/// Output format of a sync's results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum SyncFormat {
    /// One line per source
    #[default]
    Text,
    /// One JSON object
    Json,
}

fn renaming(written: &str) -> Result<(String, String), String> {
    let names = written.split_once('=');
    let names = names.filter(|(old, new)| !old.is_empty() && !new.is_empty() && old != new);
    let (old, new) = names.ok_or("write OLD=NEW")?;
    Ok((old.to_owned(), new.to_owned()))
}

fn seconds(written: &str) -> Result<Duration, String> {
    let seconds: f64 = written.parse().map_err(|_| "it is no number".to_owned())?;
    let time = Duration::try_from_secs_f64(seconds).ok();
    time.filter(|time| !time.is_zero() && *time <= Duration::from_hours(24))
        .ok_or_else(|| "it must be above 0 and at most a day".to_owned())
}
