//! `jobdeck sync`: updates a board from the sources that it lists.

mod bars;
mod edits;
mod record;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::boards::Boards;
#[cfg(feature = "postgres")]
use super::publish;
use super::{Failure, Outcome, Output, context, counted, import, writing};
use crate::board::{Date, text};
use crate::cli::{Global, Sync, SyncFormat};
use crate::config::{self, Config};
use crate::content;
use crate::content::source_store::{EditPolicy, MergeStats, MergedIds};
use crate::fetch::{Client, Limits, Reach};
use crate::sync::{
    self, CacheError, Orphan, RetryPolicy, Source, State, Step, SyncRun, Synced, ValidatorCache,
};
use bars::Bars;

/// Maximum number of ids of one kind that a dry run lists; JSON has all of them.
const LISTED: usize = 20;

/// A board and its sources.
struct Listed {
    folder: PathBuf,
    sources: Vec<Source>,
    /// Folders whose source is not listed.
    orphans: Vec<Orphan>,
}

/// Accumulated results.
#[derive(Default)]
struct Done {
    records: Vec<record::Record>,
    merged: MergeStats,
    /// Ids of the closed postings of sources that are no longer listed.
    pruned: Vec<String>,
    /// Number of sources that were not read completely.
    wanting: usize,
}

/// Syncs each board in sequence.
pub(super) fn run(args: &Sync, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let today = context::today(global.today);
    let given = args.board.iter().cloned().chain(global.boards);
    let boards = Boards::choose(given.collect(), &config);
    if let Some((old, new)) = &args.rename {
        return rename(&boards, old, new, output);
    }
    let (listed, mistakes) = listed(&boards, args, output)?;
    let client = client(args, &config);
    let mut done = Done::default();
    for board in &listed {
        sync(board, args, &client, today, &mut done, output)?;
    }
    match args.format {
        SyncFormat::Json => record::write(&done.records, &done.pruned, args.dry_run, output)?,
        SyncFormat::Text if done.records.len() > 1 => {
            let sources = counted(done.records.len(), "source");
            writeln!(output, "{sources}: {}", summary(&done.merged, args.dry_run))?;
        }
        SyncFormat::Text => {}
    }
    if done.wanting > 0 {
        let sources = counted(done.wanting, "source");
        output.note(&format!("{sources} incomplete"));
    }
    #[cfg(feature = "postgres")]
    if let Some(address) = &args.to {
        publish::publish(&boards, address, &config, output)?;
    }
    Ok(Outcome::from_found(done.wanting + mistakes == 0))
}

/// The selected sources of each board, and the number of problems in the files that list them.
fn listed(
    boards: &Boards,
    args: &Sync,
    output: &mut Output,
) -> Result<(Vec<Listed>, usize), Failure> {
    // A published board among others has no sources.
    if boards.folders.len() == boards.mirrors.len() {
        boards.only_own().map_err(Failure::Because)?;
    }
    boards.verify().map_err(Failure::Because)?;
    let mut all = Vec::new();
    let mut mistakes = 0;
    for folder in &boards.folders {
        let (listed, problems) =
            content::sources(folder).map_err(|error| Failure::Because(error.to_string()))?;
        for problem in problems {
            mistakes += 1;
            let file = folder.join(&problem.file);
            output.note(&content::Problem { file, ..problem }.to_string());
        }
        let mut sources = sync::sources(&listed);
        let orphans = sync::orphans(folder, &mut sources);
        let orphans = orphans.map_err(|error| Failure::Because(error.to_string()))?;
        if !args.source.is_empty() {
            sources.retain(|source| args.source.contains(&source.name));
        }
        let folder = folder.clone();
        all.push(Listed {
            folder,
            sources,
            orphans,
        });
    }
    let known = |name: &&String| {
        let mut sources = all.iter().flat_map(|board| &board.sources);
        !sources.any(|source| source.name == **name)
    };
    if let Some(unknown) = args.source.iter().find(known) {
        let name = text::line(unknown);
        return Err(Failure::Because(format!("no source is called {name}")));
    }
    let is_to_prune = |board: &Listed| args.prune && !board.orphans.is_empty();
    let is_idle = |board: &Listed| board.sources.is_empty() && !is_to_prune(board);
    if all.iter().all(is_idle) && mistakes == 0 {
        return Err(Failure::Because(nothing_listed(boards)));
    }
    Ok((all, mistakes))
}

fn nothing_listed(boards: &Boards) -> String {
    let Some(folder) = boards.folders.first() else {
        return "the built-in board has no sources; name the folder of another".into();
    };
    let file = named(&folder.join("board.toml"));
    format!(
        "{file} lists no source; add one, such as\n  [[source]]\n  url = \"https://jobs.lever.co/acme\""
    )
}

/// A client for listed addresses: nobody typed them here, so private networks are off limits unless allowed.
fn client(args: &Sync, config: &Config) -> Client {
    let limits = Limits {
        whole: args.timeout,
        connect: args.timeout.min(Limits::default().connect),
        ..Limits::default()
    };
    let reach = Reach::new(args.allow_private || config.allow_private);
    Client::new(reach, limits, None)
}

fn sync(
    board: &Listed,
    args: &Sync,
    client: &Client,
    today: Date,
    done: &mut Done,
    output: &mut Output,
) -> Result<(), Failure> {
    let validator_cache = if args.dry_run {
        None
    } else {
        validator_cache(&board.folder, output)?
    };
    let sync_run = SyncRun {
        board: &board.folder,
        client,
        retry_policy: retry_policy(args),
        validator_cache: validator_cache.as_ref(),
        today,
        dry_run: args.dry_run,
        edits: edit_policy(args),
        close_all: args.close_all,
    };
    let bars = Bars::new(&board.sources);
    let (tell, news) = channel();
    thread::scope(|scope| {
        let bars = &bars;
        let sync_run = &sync_run;
        scope.spawn(move || {
            sync_run.run(&board.sources, &|at, step| {
                bars.show(at, step);
                if let Step::Done(synced) = step {
                    // If output has failed, the receiver is gone; the sync continues regardless.
                    let _ = tell.send((at, synced.clone()));
                }
                true
            })
        });
        in_order(news, |at, synced| {
            let source = &board.sources[at];
            bars.beside(|| tell_of(&board.folder, source, &synced, args, output))?;
            done.take(&board.folder, source, synced);
            Ok(())
        })
    })?;
    for orphan in &board.orphans {
        if args.prune {
            prune(board, orphan, args, today, done, output)?;
        } else {
            let folder = named(&board.folder.join(&orphan.name));
            output.note(&format!("{folder}: {}", orphan.message()));
        }
    }
    Ok(())
}

fn edit_policy(args: &Sync) -> EditPolicy {
    match (args.keep_edits, args.discard_edits) {
        (true, _) => EditPolicy::Override,
        (_, true) => EditPolicy::Discard,
        _ => EditPolicy::Keep,
    }
}

/// Closes the postings of a source that is no longer listed.
fn prune(
    board: &Listed,
    orphan: &Orphan,
    args: &Sync,
    today: Date,
    done: &mut Done,
    output: &mut Output,
) -> Result<(), Failure> {
    let pruned = sync::prune(&board.folder, orphan, today, args.dry_run);
    let (merged, ids) = pruned.map_err(|error| Failure::Because(error.to_string()))?;
    if args.format == SyncFormat::Text {
        let name = text::line(&orphan.name);
        writeln!(output, "{name}: {}", summary(&merged, args.dry_run))?;
        if args.dry_run {
            list(&ids, output)?;
        }
    }
    done.merged.add(merged);
    done.pruned.extend(ids.closed);
    Ok(())
}

/// Renames a source of the only board.
fn rename(boards: &Boards, old: &str, new: &str, output: &mut Output) -> Result<Outcome, Failure> {
    boards.only_own().map_err(Failure::Because)?;
    boards.verify().map_err(Failure::Because)?;
    let [folder] = boards.folders.as_slice() else {
        let why = "--rename needs one board; name its folder";
        return Err(Failure::Because(why.to_owned()));
    };
    let listed = content::sources(folder).map_err(|error| Failure::Because(error.to_string()))?;
    let _lock = writing::lock(folder)?;
    let sources = sync::sources(&listed.0);
    sync::rename(folder, &sources, old, new).map_err(Failure::Because)?;
    let (old, new) = (text::line(old), text::line(new));
    writeln!(
        output,
        "{old} is called {new} now; its postings keep their ids"
    )?;
    Ok(Outcome::Found)
}

/// Ids of what a dry run would change.
fn list(ids: &MergedIds, output: &mut Output) -> Result<(), Failure> {
    for (what, ids) in [
        ("new", &ids.new),
        ("changed", &ids.changed),
        ("closed", &ids.closed),
        ("reopened", &ids.reopened),
    ] {
        for id in ids.iter().take(LISTED) {
            writeln!(output, "  {what:<8}  {}", text::line(id))?;
        }
        if let Some(more) = ids.len().checked_sub(LISTED).filter(|more| *more > 0) {
            writeln!(output, "  and {more} more {what}")?;
        }
    }
    Ok(())
}

fn retry_policy(args: &Sync) -> RetryPolicy {
    RetryPolicy {
        tries: args.retries + 1,
        pause: Arc::new(|time| {
            thread::sleep(time);
            true
        }),
    }
}

/// The validator cache of a board, if available.
pub(super) fn validator_cache(
    folder: &Path,
    output: &mut Output,
) -> Result<Option<ValidatorCache>, Failure> {
    let Some(cache) = config::cache_folder() else {
        return Ok(None);
    };
    match ValidatorCache::open(&cache, folder) {
        Ok(validator_cache) => Ok(Some(validator_cache)),
        Err(CacheError::Busy) => Err(Failure::Because(CacheError::Busy.to_string())),
        Err(error) => {
            output.note(&format!("{error}; everything is fetched anew"));
            Ok(None)
        }
    }
}

/// Passes results on in the order of their numbers.
fn in_order<T>(
    news: Receiver<(usize, T)>,
    mut each: impl FnMut(usize, T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (at, what) in news {
        early.insert(at, what);
        while let Some(what) = early.remove(&next) {
            each(next, what)?;
            next += 1;
        }
    }
    Ok(())
}

/// Reports the results of a source.
fn tell_of(
    folder: &Path,
    source: &Source,
    synced: &Synced,
    args: &Sync,
    output: &mut Output,
) -> Result<(), Failure> {
    let name = text::line(&source.name);
    let failed = matches!(synced.state, State::Failed(_));
    if args.format == SyncFormat::Text && !failed {
        let told = summary(&synced.merged, args.dry_run);
        writeln!(output, "{name}: {told}")?;
        if args.dry_run {
            list(&synced.ids, output)?;
        }
        output.flush()?;
    }
    import::complain(&name, &synced.refused, output);
    import::tell_left_out(&name, &synced.left_out, output);
    import::tell_columns(&name, (&[], &synced.missing), output);
    import::tell_repaired(&name, &synced.repaired, output);
    edits::report(&name, &synced.ids, edit_policy(args), args.dry_run, output);
    if synced.unselected > 0 {
        let postings = counted(synced.unselected, "posting");
        output.note(&format!("{name}: {postings} left out by `only`"));
    }
    if let State::Failed(why) | State::Doubtful(why) = &synced.state {
        let file = named(&folder.join("board.toml"));
        output.note(&format!("{file}:{}: {name}: {why}", source.line));
    }
    Ok(())
}

impl Done {
    fn take(&mut self, folder: &Path, source: &Source, synced: Synced) {
        self.merged.add(synced.merged);
        let whole = matches!(synced.state, State::Whole | State::Unmodified);
        self.wanting += usize::from(!whole);
        self.records
            .push(record::Record::new(folder, source, synced));
    }
}

/// `3 new, 1 closed, 120 unchanged; 2 files written`
pub(super) fn summary(merged: &MergeStats, dry_run: bool) -> String {
    let files = counted(merged.files, "file");
    let written = match (merged.files, dry_run) {
        (0, _) => String::new(),
        (_, true) => format!("; {files} would be written"),
        (_, false) => format!("; {files} written"),
    };
    format!("{merged}{written}")
}

/// A path that is safe to print.
fn named(path: &Path) -> String {
    text::line(&path.to_string_lossy())
}
