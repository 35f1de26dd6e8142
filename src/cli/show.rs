//! Arguments of `jobdeck show` and `jobdeck read`.

use clap::{Args, ValueEnum};

/// `jobdeck show`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck show twitch-role-not-named
  jobdeck show twitch-role-not-named --format markdown")]
pub struct Show {
    /// The id of the posting
    pub id: String,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
}

/// `jobdeck read`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck read
  jobdeck read matthias-bethge | less")]
pub struct Read {
    /// The id of the interview; default is the board's first
    pub id: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
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
