//! Arguments of `jobdeck compare` and `jobdeck similar`.

use clap::{Args, ValueEnum};

use super::Format;

/// `jobdeck compare`
#[derive(Debug, Args)]
#[command(after_help = "\
A fact in which the postings differ is marked with \u{2260}; a value that was read out of the text with \u{2248}.

Examples:
  jobdeck compare rust-engineer-berlin data-scientist-zurich
  jobdeck compare rust-engineer-berlin data-scientist-zurich --format markdown > comparison.md")]
pub struct Compare {
    /// The ids of two to five postings
    #[arg(required = true, num_args = 2..=5, value_name = "ID")]
    pub ids: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: CompareFormat,
}

/// Output format of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CompareFormat {
    /// Side by side, fitted to the terminal
    #[default]
    Table,
    /// A Markdown table
    Markdown,
    /// One JSON object
    Json,
    /// One JSON object per line: a fact and its values
    Jsonl,
    /// Comma-separated values: a row for each fact, a column for each posting
    Csv,
    /// Tab-separated values
    Tsv,
}

/// `jobdeck similar`
#[derive(Debug, Args)]
#[command(after_help = "\
Postings are similar if they share rare words in title, skills and text; the words are printed as the reason. Duplicates
and hidden postings are left out.

Examples:
  jobdeck similar rust-engineer-berlin
  jobdeck similar rust-engineer-berlin --limit 5 --format jsonl | jq -r .id")]
pub struct Similar {
    /// The id of the posting
    pub id: String,

    /// Print at most N postings
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
