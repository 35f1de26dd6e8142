//! Arguments of `jobdeck check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `jobdeck check`
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Debug, Args)]
#[command(after_help = "\
An error is a rule broken: something of it was left out. A warning is what is probably not meant: postings that stand there
twice, dates and pay that cannot be, remains of HTML, interviews that name closed postings. What only the feed of an imported
posting could mend is not told.

A warning that is meant is allowed by a comment above its key or table, or for the whole board in board.toml:
  # jobdeck: allow(title/capitals)
  [check]
  allow = [\"description/short\"]
The codes of the rules are in brackets behind each message; docs/command-line.md lists them. Errors cannot be allowed.

With --links every address in a `url` or a text is asked for, once, one after the other on each server: what is not there is
an error, what cannot be known a warning.

With --publish, each open posting without a field that search engines require or recommend is a warning that names those fields.

Exit codes: 0 no errors, 1 errors (with --strict warnings too), 2 it could not be done.

Examples:
  jobdeck check ./content
  jobdeck check ./content --links --strict
  jobdeck check ./content --publish
  jobdeck check ./content --format json | jq -r '.[].file'
  jobdeck check ./content --format github               annotations in a workflow of GitHub
  jobdeck check ./content --format sarif > check.sarif  for GitHub's code scanning")]
pub struct Check {
    /// The folder of the board to check
    pub board: Option<PathBuf>,

    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,

    /// Check that every link works
    #[arg(long)]
    pub links: bool,

    /// List the open postings that lack what search engines require or recommend
    #[arg(long)]
    pub publish: bool,

    /// Allow addresses on this machine or in a private network
    #[arg(long, requires = "links")]
    pub allow_private: bool,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
}

/// Output format of a list of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    /// Each problem with its source line and a caret
    #[default]
    Text,
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}
