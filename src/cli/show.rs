//! Arguments of `jobdeck show` and `jobdeck read`.

use clap::{Args, ValueEnum};

/// `jobdeck show`
#[derive(Debug, Args)]
#[command(after_help = "\
Several postings are printed one after the other, in JSON as one object a line. An id that is not found is named, and the
exit code is 1.

Examples:
  jobdeck show twitch-role-not-named
  jobdeck show twitch-role-not-named --format markdown
  jobdeck list rust --columns id --format tsv --no-header | jobdeck show - --format json")]
pub struct Show {
    /// The ids of the postings; - reads them from standard input, one a line
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
}

/// `jobdeck read`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck read
  jobdeck read --list
  jobdeck read --list --format tsv
  jobdeck read matthias-bethge | less")]
pub struct Read {
    /// The id of the interview; default is the board's first
    pub id: Option<String>,

    /// List the interviews: id, person and title
    #[arg(long, conflicts_with = "id")]
    pub list: bool,

    /// Output format; jsonl, csv and tsv belong to --list
    #[arg(long, value_enum, default_value_t)]
    pub format: ReadFormat,
}

/// Output format of an interview, or of a list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReadFormat {
    /// Plain text; a list as a table
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// One JSON object; a list as an array
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
}

/// Output format of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TextFormat {
    /// Plain text
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// One JSON object
    Json,
}
