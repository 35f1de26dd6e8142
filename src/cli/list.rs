//! Arguments of `jobdeck list` and `jobdeck facets`.

use clap::{Args, ValueEnum};

use super::Column;

/// `jobdeck list`
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Debug, Args)]
#[command(after_help = "\
A CSV or TSV cell that a spreadsheet would run as a formula gets an apostrophe in front; JSON is exact.

Examples:
  jobdeck list scientist loc:seattle
  jobdeck list 'salary:>120k sort:-salary' --unjudged
  jobdeck list --columns id,title --limit 5
  jobdeck list --format jsonl | jq -r .url")]
pub struct List {
    /// The query; separate words are joined
    pub query: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,

    /// Columns to print, separated by commas
    #[arg(long, value_name = "COLUMNS", value_enum, value_delimiter = ',')]
    pub columns: Vec<Column>,

    /// Leave out the line with the names of the columns
    #[arg(long)]
    pub no_header: bool,

    /// Print only the first N postings
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Include postings for which the query cannot be decided, such as those without pay under salary:>120k
    #[arg(long)]
    pub unjudged: bool,

    /// Ignore terms that cannot be read, as the app does, instead of failing
    #[arg(long)]
    pub lenient: bool,

    /// Include hidden and muted postings
    #[arg(long)]
    pub hidden: bool,

    /// Also take words for others that are nearly so, where the board has what was typed
    #[arg(long)]
    pub loose: bool,

    /// Whether duplicates are grouped.
    #[command(flatten)]
    pub folding: Folding,

    /// Start from a saved view
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,

    /// Only postings that are new since your last visit
    #[arg(long)]
    pub new: bool,

    /// Print nothing: the exit code tells whether anything was found
    #[arg(long)]
    pub exit_code: bool,
}

/// Whether duplicates are grouped.
#[derive(Debug, Args)]
pub struct Folding {
    /// Group duplicates, and print how many there are
    #[arg(long)]
    pub fold: bool,
}

/// `jobdeck facets`
#[derive(Debug, Args)]
#[command(after_help = "\
A field's own counts ignore what the query says about that field, as in the filters pane.

Examples:
  jobdeck facets
  jobdeck facets 'country:=US scientist' --format csv")]
pub struct Facets {
    /// The query; separate words are joined
    pub query: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,

    /// Include postings for which the query cannot be decided
    #[arg(long)]
    pub unjudged: bool,

    /// Ignore terms that cannot be read, as the app does, instead of failing
    #[arg(long)]
    pub lenient: bool,

    /// Include hidden and muted postings
    #[arg(long)]
    pub hidden: bool,
}

/// Output format of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Columns, fitted to the terminal
    #[default]
    Table,
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values; line breaks become spaces
    Tsv,
}
