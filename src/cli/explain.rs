//! Arguments of `explain`.

use clap::Args;

use super::Format;

/// `jobdeck explain`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck explain 'sceintist nyc'
  jobdeck explain 'swe level:senior' twitch-role-not-named --format json")]
pub struct Explain {
    /// The query, as one argument
    pub query: String,

    /// The id of a posting: why the query finds it, or does not
    pub id: Option<String>,

    /// Also take words for others that are nearly so, where the board has what was typed
    #[arg(long)]
    pub loose: bool,

    /// Report terms that cannot be read, and explain the others
    #[arg(long)]
    pub lenient: bool,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
