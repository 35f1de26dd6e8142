//! `jobdeck import`: postings from feeds and pages into a board's folder.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::{Failure, Outcome, Output, counted, opened};
use crate::board::text;
use crate::cli::{Global, Import};
use crate::content::shelf::{self, Shelved};
use crate::import::{self, About, Collected, Format, RowError};

/// Rows of one source whose mistakes are told; with more, the format is the mistake.
const TOLD: usize = 20;

/// Imports each source by itself: one that cannot be read does not keep the next from being read.
pub(super) fn run(args: &Import, global: &Global, output: &mut Output) -> Result<Outcome, Failure> {
    let about = About {
        url: args.url.clone(),
        company: args.company.clone(),
        today: opened::today(global.today),
    };
    let (mut unread, mut refused) = (0, 0);
    for source in &args.sources {
        match one(source, args, &about, output) {
            Ok(errors) => refused += errors,
            Err(Failure::Because(why)) => {
                unread += 1;
                output.note(&format!("{}: {why}", named(source)));
            }
            Err(failure) => return Err(failure),
        }
    }
    if unread > 0 {
        let sources = counted(unread, "source");
        return Err(Failure::Because(format!("{sources} could not be imported")));
    }
    Ok(Outcome::of(refused == 0))
}

/// Imports one source; how many of its rows were refused.
fn one(source: &Path, args: &Import, about: &About, output: &mut Output) -> Result<usize, Failure> {
    let because = |why: String| Failure::Because(why);
    let bytes = bytes(source).map_err(|error| because(format!("cannot be read: {error}")))?;
    let format = args.format.map(|given| given.0);
    let feed = import::read(&bytes, format, about).map_err(|error| because(error.to_string()))?;
    let format = feed.format;
    let mut collected = import::collect(feed, args.source.as_deref());
    let errors = std::mem::take(&mut collected.errors);
    let refused = complain(source, &errors, output);
    let folder = args.into.join(&collected.source);
    let (rows, repeated) = (collected.rows, collected.repeated);
    let shelved = shelve(&folder, collected).map_err(because)?;
    let passed_over = errors.len() - refused;
    report(
        &Report {
            source,
            format,
            folder: &folder,
            rows,
            repeated,
            passed_over,
            refused,
            shelved,
        },
        output,
    )?;
    Ok(refused)
}

fn bytes(source: &Path) -> io::Result<Vec<u8>> {
    if source == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(source)
}

fn shelve(folder: &Path, collected: Collected) -> Result<Shelved, String> {
    if collected.postings.is_empty() && collected.interviews.is_empty() {
        return Ok(Shelved::default());
    }
    let shelved = shelf::shelve(folder, collected.postings, collected.interviews);
    shelved.map_err(|error| error.to_string())
}

/// Tells what is wrong with rows; how many there are.
fn complain(source: &Path, errors: &[RowError], output: &mut Output) -> usize {
    let wrong: Vec<_> = errors.iter().filter(|error| !error.passed_over).collect();
    for error in wrong.iter().take(TOLD) {
        output.note(&format!("{}: {error}", named(source)));
    }
    if let Some(more) = wrong.len().checked_sub(TOLD).filter(|more| *more > 0) {
        output.note(&format!(
            "{}: and {more} more rows like these",
            named(source)
        ));
    }
    wrong.len()
}

/// What came of a source.
struct Report<'a> {
    source: &'a Path,
    format: Format,
    folder: &'a Path,
    rows: usize,
    repeated: usize,
    passed_over: usize,
    refused: usize,
    shelved: Shelved,
}

fn report(report: &Report<'_>, output: &mut Output) -> Result<(), Failure> {
    let Shelved {
        new,
        changed,
        same,
        files,
    } = report.shelved;
    let mut said = vec![
        format!("{new} new"),
        format!("{changed} changed"),
        format!("{same} the same"),
    ];
    for (count, what) in [
        (report.repeated, "joined to another"),
        (report.passed_over, "passed over"),
        (report.refused, "refused"),
    ] {
        if count > 0 {
            said.push(format!("{count} {what}"));
        }
    }
    writeln!(
        output,
        "{}: {}, {}: {}; {} written in {}",
        named(report.source),
        report.format.word(),
        counted(report.rows, "row"),
        said.join(", "),
        counted(files, "file"),
        named(report.folder),
    )?;
    Ok(())
}

/// A path as it may be printed.
fn named(path: &Path) -> String {
    text::line(&path.to_string_lossy())
}
