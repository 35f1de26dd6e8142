//! `jobdeck sync`: updates a board from the sources that it lists.

mod bars;
mod record;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::boards::Boards;
use super::{Failure, Outcome, Output, context, counted, import};
use crate::board::{Date, text};
use crate::cli::{Global, Sync, SyncFormat};
use crate::config::{self, Config};
use crate::content;
use crate::content::source_store::MergeStats;
use crate::fetch::{Client, Limits, Reach};
use crate::sync::{
    self, CacheError, RetryPolicy, Source, State, Step, SyncRun, Synced, ValidatorCache,
};
use bars::Bars;

/// A board and its sources.
struct Listed {
    folder: PathBuf,
    sources: Vec<Source>,
}

/// Accumulated results.
#[derive(Default)]
struct Done {
    records: Vec<record::Record>,
    merged: MergeStats,
    /// Number of sources that were not read completely.
    wanting: usize,
}

/// Syncs each board in sequence.
pub(super) fn run(args: &Sync, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let today = context::today(global.today);
    let given = args.board.iter().cloned().chain(global.boards);
    let boards = Boards::choose(given.collect(), &config);
    let (listed, mistakes) = listed(&boards, args, output)?;
    let client = client(args, &config);
    let mut done = Done::default();
    for board in &listed {
        sync(board, args, &client, today, &mut done, output)?;
    }
    match args.format {
        SyncFormat::Json => record::write(&done.records, args.dry_run, output)?,
        SyncFormat::Text if done.records.len() > 1 => {
            let sources = counted(done.records.len(), "source");
            writeln!(output, "{sources}: {}", told(&done.merged, args.dry_run))?;
        }
        SyncFormat::Text => {}
    }
    if done.wanting > 0 {
        let sources = counted(done.wanting, "source");
        output.note(&format!("{sources} incomplete"));
    }
    Ok(Outcome::of(done.wanting + mistakes == 0))
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
        if !args.source.is_empty() {
            sources.retain(|source| args.source.contains(&source.name));
        }
        let folder = folder.clone();
        all.push(Listed { folder, sources });
    }
    let known = |name: &&String| {
        let mut sources = all.iter().flat_map(|board| &board.sources);
        !sources.any(|source| source.name == **name)
    };
    if let Some(unknown) = args.source.iter().find(known) {
        let name = text::line(unknown);
        return Err(Failure::Because(format!("no source is called {name}")));
    }
    if all.iter().all(|board| board.sources.is_empty()) && mistakes == 0 {
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
    })
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
        let told = told(&synced.merged, args.dry_run);
        writeln!(output, "{name}: {told}")?;
        output.flush()?;
    }
    import::complain(&name, &synced.refused, output);
    import::tell_left_out(&name, &synced.left_out, output);
    import::tell_columns(&name, (&[], &synced.missing), output);
    import::tell_repaired(&name, &synced.repaired, output);
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
pub(super) fn told(merged: &MergeStats, dry_run: bool) -> String {
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
