//! Arguments of the commands that mark postings and report on marks.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Format;
use crate::board::Date;

/// `jobdeck mark`
#[derive(Debug, Args)]
#[command(after_help = "\
Everything that one command marks is undone by one `jobdeck undo`. When it returns, the mark is on the disk.

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

    /// Set a reminder for this day; `none` removes it
    #[arg(long, value_name = "DATE", value_parser = day_or_none)]
    pub follow_up: Option<DayOrNone>,

    /// Set a contact; an empty text removes it
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,

    /// Set the CV that was sent; an empty text removes it
    #[arg(long, value_name = "TEXT")]
    pub cv: Option<String>,
}

/// A date, or `none` to remove one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOrNone(pub Option<Date>);

fn day_or_none(written: &str) -> Result<DayOrNone, String> {
    if written == "none" {
        return Ok(DayOrNone(None));
    }
    let day = written.parse().map_err(|error| format!("{error}"))?;
    Ok(DayOrNone(Some(day)))
}

/// Declares a closed list of argument values.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum $name { $($(#[$item])* $variant,)+ }
    };
}

words! {
    /// A mark.
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
    /// Reason for hiding a posting.
    ReasonWord {
        /// Not interested
        NotInterested,
        /// Location
        Location,
        /// Pay
        Pay,
        /// Too junior or too senior
        Seniority,
        /// Company
        Company,
        /// Other
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

    /// Text to add, or `-` to read standard input; without it, print the note
    pub text: Vec<String>,

    /// Replace the note; without text, remove it
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
  jobdeck report --from 2026-01-01 --format csv > applications.csv
  jobdeck report --format ics > follow-ups.ics     reminders, for a calendar")]
pub struct Report {
    /// First day; default is the first application, or the first reminder
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,

    /// Last day; default is today, or the last reminder
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
}

/// Output format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportFormat {
    /// A Markdown table
    #[default]
    Markdown,
    /// Comma-separated values
    Csv,
    /// Tab-separated values; line breaks become spaces
    Tsv,
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
    /// Your follow-ups as an iCalendar file
    Ics,
}

/// Subcommand of `jobdeck journal`.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Merge the marks of other journals into this one
    #[command(after_help = "\
Marks that are known change nothing, so it can be done in any order and as often as one likes.

Example:
  jobdeck journal merge ~/laptop/journal.jsonl")]
    Merge {
        /// Journals of another machine, or conflict copies left by a sync program
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Summarise the journal and list every unreadable line
    #[command(after_help = "\
Example:
  jobdeck journal check")]
    Check,
    /// Rewrite the journal without obsolete events; the old file is kept beside it
    #[command(after_help = "\
Example:
  jobdeck journal compact")]
    Compact,
}
