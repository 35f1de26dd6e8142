//! `jobdeck journal`: maintains the file that keeps the user's marks.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Failure, Outcome, Output, counted, journal_access};
use crate::board::text;
use crate::cli::Journal;
use crate::tracking::journal::{self, Damage, JournalError};

/// Executes the subcommand.
pub(super) fn run(what: &Journal, output: &mut Output) -> Result<Outcome, Failure> {
    let folder = journal_access::folder()?;
    let done = match what {
        Journal::Merge { files } => merge(&folder, files, output),
        Journal::Check => check(&folder, output),
        Journal::Compact => compact(&folder, output),
    };
    done.map_err(|error| Failure::Because(error.to_string()))
}

fn merge(folder: &Path, files: &[PathBuf], output: &mut Output) -> Result<Outcome, JournalError> {
    let mut whole = true;
    for merged in journal::merge(folder, files)? {
        let file = named(&merged.file);
        let (added, known) = (counted(merged.added, "new event"), merged.known);
        output.note(&format!("{file}: {added}, {known} known already"));
        whole &= report_damage(&merged.file, &merged.damaged, merged.newer, output);
    }
    Ok(Outcome::from_found(whole))
}

fn check(folder: &Path, output: &mut Output) -> Result<Outcome, JournalError> {
    let file = journal::file_in(folder);
    let report = journal::check(folder)?;
    let whole = report_damage(&file, &report.damaged, report.newer, output);
    let (events, postings) = (
        counted(report.events, "event"),
        counted(report.postings, "posting"),
    );
    let repeated = match report.repeated {
        0 => String::new(),
        repeated => format!(", {repeated} of them more than once"),
    };
    output.note(&format!(
        "{}: {events} about {postings}{repeated}",
        named(&file)
    ));
    Ok(Outcome::from_found(whole))
}

fn compact(folder: &Path, output: &mut Output) -> Result<Outcome, JournalError> {
    let Some(done) = journal::compact(folder, Timestamp::now())? else {
        output.note("there is no journal yet");
        return Ok(Outcome::Nothing);
    };
    let (before, after, kept) = (done.before, done.after, named(&done.kept));
    output.note(&format!(
        "{before} bytes before, {after} after; the old file is {kept}"
    ));
    Ok(Outcome::Found)
}

/// Reports every unreadable line; returns whether there was none.
fn report_damage(file: &Path, damaged: &[Damage], newer: usize, output: &mut Output) -> bool {
    for Damage { line, why } in damaged {
        output.note(&format!("{}:{line}: set aside, because {why}", named(file)));
    }
    if newer > 0 {
        let lines = counted(newer, "line");
        output.note(&format!("{}: {lines} of a newer jobdeck", named(file)));
    }
    damaged.is_empty() && newer == 0
}

fn named(path: &Path) -> String {
    text::line(&path.to_string_lossy())
}
