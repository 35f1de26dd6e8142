//! What market is to be printed.

use clap::{Args, ValueEnum};

/// `jobdeck market`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck market 'rust level:senior'
  jobdeck market country:germany --format json | jq '.pay[0].quartiles'")]
pub struct Market {
    /// The query, as in `jobdeck list`; all postings without one
    pub query: Vec<String>,

    /// Include postings that a filter cannot decide, such as those without a salary
    #[arg(long)]
    pub unjudged: bool,

    /// Include hidden and muted postings
    #[arg(long)]
    pub hidden: bool,

    /// Report terms that cannot be read, and use the others
    #[arg(long)]
    pub lenient: bool,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: MarketFormat,
}

/// How a market is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum MarketFormat {
    /// Tables and bars to read
    #[default]
    Table,
    /// One JSON object
    Json,
    /// One JSON object per line: a group of postings
    Jsonl,
    /// Comma-separated values: a row for each group of postings
    Csv,
    /// Tab-separated values
    Tsv,
}
