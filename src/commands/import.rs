//! `jobdeck import`: imports postings from feeds and web pages into a board's folder.

mod record;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::{Failure, Outcome, Output, context, counted, writing};
use crate::board::field::LINE;
use crate::board::{Interview, Posting, SafeUrl, masked, text};
use crate::cli::{Global, Import, ImportFormat};
use crate::config::Config;
use crate::content::source_store::{self, MergeOptions, MergeStats, MergedIds};
use crate::fetch::{Client, Limits, Reach, Validators};
use crate::import::{self, About, Collected, Format, LeftOut, Origin, RowError, Shape};
use crate::mirror;
use crate::published::Manifest;
use crate::sync::{self, RetryPolicy, SyncError, TRIES};

/// Maximum number of row errors reported for a source; if there are more, the format is probably wrong.
const TOLD: usize = 20;
/// Postings of each kind that a dry run lists.
const LISTED: usize = 50;
/// Maximum length of an address in messages.
const TOLD_URL: usize = 80;

/// Results so far.
#[derive(Default)]
struct Done {
    records: Vec<record::Record>,
    failed: Vec<record::Failed>,
    /// Rows that gave no posting.
    refused: usize,
}

/// Imports each source separately, so that a failing one does not affect the next.
pub(super) fn run(args: &Import, global: &Global, output: &mut Output) -> Result<Outcome, Failure> {
    let about = About {
        url: args
            .url
            .as_deref()
            .map(page)
            .transpose()
            .map_err(Failure::Because)?,
        company: args.company.clone(),
        today: context::today(global.today),
        shape: shape(args).map_err(Failure::Because)?,
    };
    let client = client(args, &context::config(global, output));
    let mut done = Done::default();
    for source in &args.sources {
        let (told, read) = match url(source) {
            Some(url) => fetched(url, args, &client, &about),
            None => (named(source), read(source, args, &about)),
        };
        let read = read.map_err(Failure::Because);
        match read.and_then(|gave| keep(&told, gave, args, output)) {
            Ok((refused, record)) => {
                done.refused += refused;
                done.records.extend(record);
            }
            Err(Failure::Because(reason)) => {
                output.note(&format!("{told}: {reason}"));
                done.failed.push(record::Failed {
                    from: told,
                    reason: text::line(&reason),
                });
            }
            Err(failure) => return Err(failure),
        }
    }
    if matches!(args.format, ImportFormat::Json) {
        let all = (&*done.records, &*done.failed);
        record::write(all, &args.into, args.dry_run, output)?;
    }
    if !done.failed.is_empty() {
        let sources = counted(done.failed.len(), "source");
        return Err(Failure::Because(format!("{sources} could not be imported")));
    }
    Ok(Outcome::from_found(done.refused == 0))
}

/// Checks the address given for the sources.
fn page(written: &str) -> Result<String, String> {
    let safe = SafeUrl::parse(written).map_err(|refused| match refused.hint {
        Some(hint) => format!("--url {}; {hint}", refused.reason),
        None => format!("--url {}", refused.reason),
    })?;
    if safe.chars().count() > LINE {
        return Err(format!("--url is longer than {LINE} characters"));
    }
    Ok(safe.into())
}

/// Interpretation of the rows, from the arguments.
fn shape(args: &Import) -> Result<Shape, String> {
    let mut shape = Shape::of_rows(args.rows.clone());
    for map in &args.map {
        let mapped = shape.map_all(map);
        mapped.map_err(|error| format!("--map: {error}"))?;
    }
    Ok(shape)
}

/// The URL of a source, unless it is a file.
fn url(source: &Path) -> Option<&str> {
    let written = source.to_str()?;
    written.contains("://").then_some(written)
}

/// A client that may access the given addresses anywhere, but follows redirects only to the public internet.
fn client(args: &Import, config: &Config) -> Client {
    let typed = args.sources.iter().filter_map(|source| url(source));
    let reach = Reach::new(args.allow_private || config.allow_private).and_typed(typed);
    Client::new(reach, Limits::default(), None)
}

/// Content of a source.
struct Gave {
    format: Format,
    collected: Collected,
    /// Number of rows that the source itself names.
    total: Option<usize>,
}

/// Fetches a source from its address, and returns it with its name.
fn fetched(
    url: &str,
    args: &Import,
    client: &Client,
    about: &About,
) -> (String, Result<Gave, String>) {
    if url.chars().count() > LINE {
        let why = format!("is longer than {LINE} characters");
        return (
            text::line(&url.chars().take(TOLD_URL).collect::<String>()),
            Err(why),
        );
    }
    let mut origin = Origin::from_address(url);
    origin.format = args.feed_format().or(origin.format);
    let about = About {
        url: about.url.clone().or_else(|| Some(origin.url.clone())),
        ..about.clone()
    };
    let name = args.source.as_deref().unwrap_or(&origin.name);
    let retry_policy = RetryPolicy {
        tries: TRIES,
        pause: Arc::new(|time| {
            thread::sleep(time);
            true
        }),
    };
    let nothing = Validators::default();
    let downloaded = sync::download(client, &origin, &nothing, &retry_policy, &mut |_| true);
    let read = downloaded.map_err(SyncError::from).and_then(|download| {
        let total = download.total;
        let (format, collected) = sync::read(download, origin.format, &about, name)?;
        Ok(Gave {
            format,
            collected,
            total,
        })
    });
    let read = read.map_err(|error| error.to_string());
    (masked(&text::line(&origin.url)), read)
}

/// Reads a source from a file or standard input.
fn read(source: &Path, args: &Import, about: &About) -> Result<Gave, String> {
    let mut bytes = bytes(source).map_err(|error| format!("cannot be read: {error}"))?;
    let format = args.feed_format();
    let mut total = None;
    if format.is_none_or(Format::is_in_chunks) && Manifest::is_meant(&bytes) {
        let folder = source.parent().unwrap_or(Path::new(""));
        let gathered = mirror::gather_from(&bytes, folder).map_err(|error| error.to_string())?;
        bytes = gathered.document;
        total = Some(gathered.postings);
    }
    let text = import::text(&bytes, None).map_err(|error| error.to_string())?;
    let feed = import::read(&text, format, about).map_err(|error| error.to_string())?;
    let (format, url) = (feed.format, about.url.as_deref().unwrap_or_default());
    Ok(Gave {
        format,
        total: total.or_else(|| format.paging(url, &bytes).total),
        collected: import::collect(feed, args.source.as_deref()),
    })
}

fn bytes(source: &Path) -> io::Result<Vec<u8>> {
    if source == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(source)
}

/// Merges the rows of a source into the board. Returns the number of refused rows, and the record if requested.
fn keep(
    source: &str,
    gave: Gave,
    args: &Import,
    output: &mut Output,
) -> Result<(usize, Option<record::Record>), Failure> {
    let Gave {
        format,
        mut collected,
        total,
    } = gave;
    tell_partial(source, collected.rows, total, output);
    let errors = std::mem::take(&mut collected.errors);
    let refused = complain(source, &errors, output);
    tell_left_out(source, &collected.left_out, output);
    tell_columns(source, (&collected.unread, &collected.missing), output);
    tell_repaired(source, &collected.repaired, output);
    let folder = args.into.join(&collected.source);
    let postings = std::mem::take(&mut collected.postings);
    let interviews = std::mem::take(&mut collected.interviews);
    let titles: HashMap<String, String> = if args.dry_run {
        let titles = postings
            .iter()
            .map(|one| (one.id.clone(), one.title.clone()));
        let talks = interviews
            .iter()
            .map(|one| (one.id.clone(), one.title.clone()));
        titles.chain(talks).collect()
    } else {
        HashMap::new()
    };
    let (merged, ids) = if args.dry_run {
        merge(&folder, postings, interviews, true)
    } else {
        let _lock = writing::lock_or_make(&args.into)?;
        merge(&folder, postings, interviews, false)
    }
    .map_err(Failure::Because)?;
    let kept = Kept {
        source,
        format,
        folder: &folder,
        collected: &collected,
        errors: &errors,
        merged,
        ids,
    };
    if matches!(args.format, ImportFormat::Json) {
        return Ok((refused, Some(record::Record::new(kept))));
    }
    report(&kept, refused, args.dry_run, output)?;
    if args.dry_run {
        list(&kept.ids, &titles, output)?;
    }
    Ok((refused, None))
}

fn merge(
    folder: &Path,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
    dry_run: bool,
) -> Result<(MergeStats, MergedIds), String> {
    if postings.is_empty() && interviews.is_empty() {
        return Ok(Default::default());
    }
    let options = MergeOptions {
        dry_run,
        ..MergeOptions::default()
    };
    let merged = source_store::merge_listing(folder, postings, interviews, &options);
    merged.map_err(|error| error.to_string())
}

/// Reports row errors and returns their number.
pub(super) fn complain(source: &str, errors: &[RowError], output: &mut Output) -> usize {
    let wrong: Vec<_> = errors.iter().filter(|error| !error.skipped).collect();
    for error in wrong.iter().take(TOLD) {
        output.note(&format!("{source}: {error}"));
    }
    if let Some(more) = wrong.len().checked_sub(TOLD).filter(|more| *more > 0) {
        output.note(&format!("{source}: and {more} more rows like these"));
    }
    wrong.len()
}

/// Reports fields that were left out because of invalid values, one line per field.
pub(super) fn tell_left_out(source: &str, left_out: &[LeftOut], output: &mut Output) {
    let mut fields: BTreeMap<&str, Vec<&LeftOut>> = BTreeMap::new();
    for one in left_out {
        fields.entry(&one.field).or_default().push(one);
    }
    let more = fields.len().saturating_sub(TOLD);
    for (field, values) in fields.into_iter().take(TOLD) {
        let first = values[0];
        let rows = counted(values.len(), "row");
        output.note(&format!(
            "{source}: `{field}` cannot be read in {rows}, first in row {}: {}",
            first.row, first.value
        ));
    }
    if more > 0 {
        output.note(&format!(
            "{source}: and {} like these",
            counted(more, "field")
        ));
    }
}

/// Reports columns that are not used, and mapped columns that do not exist.
pub(super) fn tell_columns(
    source: &str,
    (unread, missing): (&[String], &[String]),
    output: &mut Output,
) {
    if !unread.is_empty() {
        let are = if unread.len() == 1 { "is" } else { "are" };
        let columns = counted(unread.len(), "column");
        output.note(&format!(
            "{source}: {columns} {are} not read: {}",
            quoted(unread)
        ));
    }
    if !missing.is_empty() {
        let missing = quoted(missing);
        output.note(&format!("{source}: no row has the column {missing}"));
    }
}

/// Tells that a source has more rows than came.
fn tell_partial(source: &str, rows: usize, total: Option<usize>, output: &mut Output) {
    if let Some(total) = total.filter(|total| *total > rows) {
        let rows = counted(rows, "row");
        output.note(&format!(
            "{source}: it is a part: it says that there are {total}, and holds {rows}"
        ));
    }
}

/// Tells which rows were damaged and are read all the same.
pub(super) fn tell_repaired(source: &str, rows: &[usize], output: &mut Output) {
    let Some(first) = rows.first() else { return };
    let (count, are) = match rows.len() {
        1 => ("1 row".to_owned(), "is"),
        many => (format!("{many} rows"), "are"),
    };
    output.note(&format!(
        "{source}: {count} {are} damaged and read as far as that is clear, first row {first}"
    ));
}

/// Column names that are safe to print.
fn quoted(columns: &[String]) -> String {
    let quoted = columns.iter().map(|name| format!("`{}`", text::line(name)));
    quoted.collect::<Vec<_>>().join(", ")
}

/// Summary of a source.
struct Kept<'a> {
    source: &'a str,
    format: Format,
    folder: &'a Path,
    /// Its counts; the postings are gone into the board.
    collected: &'a Collected,
    errors: &'a [RowError],
    merged: MergeStats,
    ids: MergedIds,
}

fn report(
    kept: &Kept<'_>,
    refused: usize,
    dry_run: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let MergeStats {
        new,
        changed,
        same,
        files,
        ..
    } = kept.merged;
    let mut said = vec![
        format!("{new} new"),
        format!("{changed} changed"),
        format!("{same} the same"),
    ];
    for (count, what) in [
        (kept.merged.reopened, "opened again"),
        (kept.collected.repeated, "joined to another"),
        (kept.errors.len() - refused, "passed over"),
        (refused, "refused"),
    ] {
        if count > 0 {
            said.push(format!("{count} {what}"));
        }
    }
    let written = if dry_run {
        "would be written"
    } else {
        "written"
    };
    writeln!(
        output,
        "{}: {}, {}: {}; {} {written} in {}",
        kept.source,
        kept.format.word(),
        counted(kept.collected.rows, "row"),
        said.join(", "),
        counted(files, "file"),
        named(kept.folder),
    )?;
    Ok(())
}

/// Lists the postings that a dry run would write.
fn list(
    ids: &MergedIds,
    titles: &HashMap<String, String>,
    output: &mut Output,
) -> Result<(), Failure> {
    for (what, ids) in [
        ("new", &ids.new),
        ("changed", &ids.changed),
        ("reopened", &ids.reopened),
    ] {
        for id in ids.iter().take(LISTED) {
            let title = titles.get(id).map_or("", String::as_str);
            writeln!(output, "  {what:<8}  {id}  {title}")?;
        }
        if let Some(more) = ids.len().checked_sub(LISTED).filter(|more| *more > 0) {
            writeln!(output, "  and {more} more {what}")?;
        }
    }
    Ok(())
}

/// A path that is safe to print.
fn named(path: &Path) -> String {
    text::line(&path.to_string_lossy())
}
