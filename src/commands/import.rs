//! `jobdeck import`: postings from feeds and pages into a board's folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::{Failure, Outcome, Output, counted, opened};
use crate::board::text;
use crate::cli::{Global, Import};
use crate::config::Config;
use crate::content::shelf::{self, Shelved};
use crate::fetch::{Client, Limits, Reach, Validators};
use crate::import::{self, About, Collected, Format, LeftOut, Origin, RowError, Shape};
use crate::storage::{FileLock, LockError};
use crate::sync::{self, Patience, TRIES};

/// Rows of one source whose mistakes are told; with more, the format is the mistake.
const TOLD: usize = 20;

/// Imports each source by itself: one that cannot be read does not keep the next from being read.
pub(super) fn run(args: &Import, global: &Global, output: &mut Output) -> Result<Outcome, Failure> {
    let about = About {
        url: args.url.clone(),
        company: args.company.clone(),
        today: opened::today(global.today),
        shape: shape(args).map_err(Failure::Because)?,
    };
    let client = client(args, &opened::config(global, output));
    let (mut unread, mut refused) = (0, 0);
    for source in &args.sources {
        let (told, read) = match url(source) {
            Some(url) => fetched(url, args, &client, &about),
            None => (named(source), read(source, args, &about)),
        };
        let done = read.map_err(Failure::Because);
        match done.and_then(|(format, collected)| keep(&told, format, collected, args, output)) {
            Ok(errors) => refused += errors,
            Err(Failure::Because(why)) => {
                unread += 1;
                output.note(&format!("{told}: {why}"));
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

/// How the rows are to be read, as the arguments say.
fn shape(args: &Import) -> Result<Shape, String> {
    let mut shape = Shape::of_rows(args.rows.clone());
    for map in &args.map {
        let mapped = shape.map_all(map);
        mapped.map_err(|error| format!("--map: {error}"))?;
    }
    Ok(shape)
}

/// The address that a source is, if it is one.
fn url(source: &Path) -> Option<&str> {
    let written = source.to_str()?;
    written.contains("://").then_some(written)
}

/// Asks what was typed, wherever it is; what that redirects to only within the open internet.
fn client(args: &Import, config: &Config) -> Client {
    let typed = args.sources.iter().filter_map(|source| url(source));
    let reach = Reach::new(args.allow_private || config.allow_private).and_typed(typed);
    Client::new(reach, Limits::default(), None)
}

/// What a source gave, or why it gave nothing.
type Gave = Result<(Format, Collected), String>;

/// Reads a source from its address; with it, what to call it.
fn fetched(url: &str, args: &Import, client: &Client, about: &About) -> (String, Gave) {
    let mut origin = Origin::of(url);
    origin.format = args.format.map(|given| given.0).or(origin.format);
    let about = About {
        url: about.url.clone().or_else(|| Some(origin.url.clone())),
        ..about.clone()
    };
    let name = args.source.as_deref().unwrap_or(&origin.name);
    let patience = Patience {
        tries: TRIES,
        pause: Arc::new(|time| {
            thread::sleep(time);
            true
        }),
    };
    let nothing = Validators::default();
    let downloaded = sync::download(client, &origin, &nothing, &patience, &mut |_| true);
    let read = downloaded
        .map_err(|error| error.to_string())
        .and_then(|download| sync::read(download, origin.format, &about, name));
    (text::line(&origin.url), read)
}

/// Reads a source from a file or standard input.
fn read(source: &Path, args: &Import, about: &About) -> Gave {
    let bytes = bytes(source).map_err(|error| format!("cannot be read: {error}"))?;
    let format = args.format.map(|given| given.0);
    let feed = import::read(&bytes, format, about).map_err(|error| error.to_string())?;
    Ok((feed.format, import::collect(feed, args.source.as_deref())))
}

fn bytes(source: &Path) -> io::Result<Vec<u8>> {
    if source == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(source)
}

/// Puts what a source gave into the board; how many of its rows were refused.
fn keep(
    source: &str,
    format: Format,
    mut collected: Collected,
    args: &Import,
    output: &mut Output,
) -> Result<usize, Failure> {
    let errors = std::mem::take(&mut collected.errors);
    let refused = complain(source, &errors, output);
    tell_left_out(source, &collected.left_out, output);
    tell_columns(source, &collected, output);
    let folder = args.into.join(&collected.source);
    let (rows, repeated) = (collected.rows, collected.repeated);
    let _lock = lock(&args.into).map_err(Failure::Because)?;
    let shelved = shelve(&folder, collected).map_err(Failure::Because)?;
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

/// Keeps other commands from writing to the board meanwhile. A board that is not there yet is made.
fn lock(board: &Path) -> Result<FileLock, String> {
    let failed = |error: io::Error| format!("cannot write to {}: {error}", named(board));
    fs::create_dir_all(board).map_err(failed)?;
    FileLock::take_folder(board).map_err(|error| match error {
        LockError::Busy => "another jobdeck is writing to this board".to_owned(),
        LockError::Io(error) => failed(error),
    })
}

fn shelve(folder: &Path, collected: Collected) -> Result<Shelved, String> {
    if collected.postings.is_empty() && collected.interviews.is_empty() {
        return Ok(Shelved::default());
    }
    let shelved = shelf::shelve(folder, collected.postings, collected.interviews);
    shelved.map_err(|error| error.to_string())
}

/// Tells what is wrong with rows; how many there are.
pub(super) fn complain(source: &str, errors: &[RowError], output: &mut Output) -> usize {
    let wrong: Vec<_> = errors.iter().filter(|error| !error.passed_over).collect();
    for error in wrong.iter().take(TOLD) {
        output.note(&format!("{source}: {error}"));
    }
    if let Some(more) = wrong.len().checked_sub(TOLD).filter(|more| *more > 0) {
        output.note(&format!("{source}: and {more} more rows like these"));
    }
    wrong.len()
}

/// Tells which fields were left out because their values cannot be read: a line for each field.
pub(super) fn tell_left_out(source: &str, left_out: &[LeftOut], output: &mut Output) {
    let mut fields: BTreeMap<&str, Vec<&LeftOut>> = BTreeMap::new();
    for one in left_out {
        fields.entry(&one.field).or_default().push(one);
    }
    for (field, values) in fields {
        let first = values[0];
        let rows = counted(values.len(), "row");
        output.note(&format!(
            "{source}: `{field}` cannot be read in {rows}, first in row {}: {}",
            first.row, first.value
        ));
    }
}

/// Tells which columns are not read, and which were to be read and are not there.
fn tell_columns(source: &str, collected: &Collected, output: &mut Output) {
    let unread = &collected.unread;
    if !unread.is_empty() {
        let are = if unread.len() == 1 { "is" } else { "are" };
        let columns = counted(unread.len(), "column");
        output.note(&format!(
            "{source}: {columns} {are} not read: {}",
            quoted(unread)
        ));
    }
    if !collected.missing.is_empty() {
        let missing = quoted(&collected.missing);
        output.note(&format!("{source}: no row has the column {missing}"));
    }
}

/// The names of columns as they may be printed.
fn quoted(columns: &[String]) -> String {
    let quoted = columns.iter().map(|name| format!("`{}`", text::line(name)));
    quoted.collect::<Vec<_>>().join(", ")
}

/// What came of a source.
struct Report<'a> {
    source: &'a str,
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
        ..
    } = report.shelved;
    let mut said = vec![
        format!("{new} new"),
        format!("{changed} changed"),
        format!("{same} the same"),
    ];
    for (count, what) in [
        (report.shelved.reopened, "opened again"),
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
        report.source,
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
