//! What can be said about postings, and asked of what was said.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Format;
use crate::board::Date;

/// `jobdeck mark`
#[derive(Debug, Args)]
#[command(after_help = "\
Everything that one command marks is taken back by one `jobdeck undo`. When it returns, the mark is on the disk.

Examples:
  jobdeck mark twitch-role-not-named saved
  jobdeck mark twitch-role-not-named applied --on 2026-01-05 --cv research.pdf --follow-up 2026-01-19
  jobdeck mark twitch-role-not-named hidden --reason location")]
pub struct Mark {
    /// The ids of the postings
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,

    /// The mark
    #[arg(value_enum)]
    pub mark: MarkWord,

    /// The day it happened, for an application status; today by default
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,

    /// Why it is hidden; not-interested by default
    #[arg(long, value_enum)]
    pub reason: Option<ReasonWord>,

    /// Come back to it on this day; `none` takes the day away
    #[arg(long, value_name = "DATE", value_parser = day_or_none)]
    pub follow_up: Option<DayOrNone>,

    /// Whom to talk to; an empty one takes it away
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,

    /// Which CV was sent; an empty one takes it away
    #[arg(long, value_name = "TEXT")]
    pub cv: Option<String>,
}

/// A day, or the word that takes one away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOrNone(pub Option<Date>);

fn day_or_none(written: &str) -> Result<DayOrNone, String> {
    if written == "none" {
        return Ok(DayOrNone(None));
    }
    let day = written.parse().map_err(|error| format!("{error}"))?;
    Ok(DayOrNone(Some(day)))
}

/// Declares words of the command line.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum $name { $($(#[$item])* $variant,)+ }
    };
}

words! {
    /// What a posting can be marked.
    MarkWord {
        /// Seen
        Seen,
        /// Saved
        Saved,
        /// No longer saved
        Unsaved,
        /// Application sent
        Applied,
        /// Interviewing
        Interview,
        /// Offer received
        Offer,
        /// Rejected
        Rejected,
        /// Application withdrawn
        Withdrawn,
        /// No answer
        NoAnswer,
        /// Hidden
        Hidden,
        /// No longer hidden
        Unhidden,
    }
}

words! {
    /// Why a posting is hidden.
    ReasonWord {
        /// Not interested
        NotInterested,
        /// The place
        Location,
        /// The pay
        Pay,
        /// Too junior or too senior
        Seniority,
        /// The company
        Company,
        /// Something else
        Other,
    }
}

/// `jobdeck note`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jobdeck note twitch-role-not-named Called, they call back     add a line to the note
  jobdeck note twitch-role-not-named                            print it
  jobdeck note twitch-role-not-named --replace - < note.txt     write it anew from a file")]
pub struct Note {
    /// The id of the posting
    pub id: String,

    /// What to add, `-` for what comes in; without it, the note is printed
    pub text: Vec<String>,

    /// Put it in place of the note; nothing at all takes the note away
    #[arg(long)]
    pub replace: bool,
}

/// `jobdeck status`
#[derive(Debug, Args)]
#[command(after_help = "\
Postings that were only looked at are left out. One that has gone from its board is shown as it was when it was saved.

Examples:
  jobdeck status
  jobdeck status scientist --format jsonl | jq -r 'select(.stage == \"applied\") | .id'")]
pub struct Status {
    /// The query; separate words are joined
    pub query: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `jobdeck report`
#[derive(Debug, Args)]
#[command(after_help = "\
Every application that was sent or went on within these days, as an employment office wants to see it.

Examples:
  jobdeck report --from 2026-01-01 --to 2026-01-31
  jobdeck report --from 2026-01-01 --format csv > applications.csv")]
pub struct Report {
    /// The first day; without it, the first there is
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,

    /// The last day; without it, today
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
}

/// The shape of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportFormat {
    /// A table that can be read as it is
    #[default]
    Markdown,
    /// Commas
    Csv,
    /// One array
    Json,
}

/// What can be done to the journal.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Put the marks of other journals into this one
    #[command(after_help = "\
Marks that are known change nothing, so it can be done in any order and as often as one likes.

Example:
  jobdeck journal merge ~/laptop/journal.jsonl")]
    Merge {
        /// The journals of another machine, or copies that a program for syncing has left
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Tell what the journal holds, and every line of it that cannot be read
    #[command(after_help = "\
Example:
  jobdeck journal check")]
    Check,
    /// Write the journal anew without what is of no more use; the old file stays beside it
    #[command(after_help = "\
Example:
  jobdeck journal compact")]
    Compact,
}
