//! Arguments of `jobdeck publish`.

use std::path::PathBuf;

use clap::Args;

/// `jobdeck publish`
#[derive(Debug, Args)]
#[command(after_help = "\
The board is published as a whole in one transaction; readers switch to it when it is complete. Postings that the server
has already are not sent again, and nothing is sent if nothing changed. docs/postgres.md says how to set up the server.

Examples:
  jobdeck publish ./my-board --to postgres://curator@db.example.org/jobs
  jobdeck sync ./my-board --to postgres://curator@db.example.org/jobs")]
pub struct Publish {
    /// The folder of the board
    pub board: Option<PathBuf>,

    /// Address of the server and its database
    #[arg(long, value_name = "ADDRESS")]
    pub to: String,
}
