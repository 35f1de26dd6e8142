//! The thread that updates the board from its sources.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use super::stop::Stop;
use crate::app::count::grouped;
use crate::app::{AddedSource, Message, Synced};
use crate::board::{Date, text};
use crate::config;
use crate::content;
use crate::content::source_store::{EditPolicy, MergeStats};
use crate::fetch::{Client, Limits, Reach};
use crate::sync::{
    self, CacheError, NewSource, RetryPolicy, Source, State, Step, SyncRun, TRIES, ValidatorCache,
};

/// Callback for messages.
type Tell = Arc<dyn Fn(Message) + Send + Sync>;

/// Folders of the boards, and what a sync needs.
pub struct Syncer {
    folders: Vec<PathBuf>,
    /// Whether sources may be on private networks.
    private: bool,
    tell: Tell,
    /// Stops the running sync.
    stop: Arc<Stop>,
}

impl Syncer {
    pub fn new(
        folders: Vec<PathBuf>,
        private: bool,
        tell: impl Fn(Message) + Send + Sync + 'static,
    ) -> Self {
        Self {
            folders,
            private,
            tell: Arc::new(tell),
            stop: Arc::default(),
        }
    }

    /// Folders of the boards.
    #[cfg(feature = "photo")]
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// A job that counts the sources of the boards, which reads files.
    pub fn counter(&self) -> impl FnOnce() -> Message + Send + 'static {
        let folders = self.folders.clone();
        move || {
            let listed = listed(&folders).map_err(|why| text::line(&why));
            let count = listed.map(|listed| listed.iter().map(|(_, sources)| sources.len()).sum());
            Message::Sources(count)
        }
    }

    /// Starts a sync. Results are sent as messages.
    pub fn start(&mut self, today: Date) -> Option<Message> {
        self.stop = Arc::default();
        let task = Task {
            folders: self.folders.clone(),
            client: Client::new(Reach::new(self.private), Limits::default(), None),
            today,
            stop: Arc::clone(&self.stop),
            tell: Arc::clone(&self.tell),
        };
        let tell = Arc::clone(&self.tell);
        let thread = thread::Builder::new().name("sync".into());
        let started = thread.spawn(move || {
            tell(Message::Synced(
                task.run().unwrap_or_else(|why| failed(&why)),
            ));
        });
        let why = started.err()?;
        Some(Message::Synced(failed(&format!(
            "no thread to sync with: {why}"
        ))))
    }

    /// Adds the source behind an address to the board and fills it, or begins a board with it where only the sample is
    /// open. The result is reported.
    pub fn add(&mut self, address: String, today: Date) -> Option<Message> {
        self.stop = Arc::default();
        let failed = |why: String| Some(Message::Added(Err(vec![text::line(&why)])));
        let (folder, is_new) = match self.folders.as_slice() {
            [folder] => (folder.clone(), false),
            [] => match config::own_board() {
                Some(folder) => (folder, true),
                None => return failed("there is no home folder for a board".into()),
            },
            _ => return failed("several boards are open: open the one to add to alone".into()),
        };
        let reach = Reach::new(self.private).and_typed(std::iter::once(address.as_str()));
        let task = Task {
            folders: vec![folder],
            client: Client::new(reach, Limits::default(), None),
            today,
            stop: Arc::clone(&self.stop),
            tell: Arc::clone(&self.tell),
        };
        let tell = Arc::clone(&self.tell);
        let thread = thread::Builder::new().name("add".into());
        let started = thread.spawn(move || {
            let added = task.add(&address, is_new);
            tell(Message::Added(
                added.map_err(|why| why.lines().map(text::line).collect()),
            ));
        });
        let why = started.err()?;
        failed(format!("no thread to add it with: {why}"))
    }

    /// Stops the running sync as soon as its requests return.
    pub fn stop(&self) {
        self.stop.call();
    }
}

/// Result of a sync that could not start.
fn failed(why: &str) -> Synced {
    Synced {
        failures: vec![text::line(why)],
        ..Synced::default()
    }
}

/// Folders of the boards with their sources.
fn listed(folders: &[PathBuf]) -> Result<Vec<(PathBuf, Vec<Source>)>, String> {
    let listed = folders.iter().map(|folder| {
        let (listed, _) = content::sources(folder).map_err(|error| error.to_string())?;
        let mut sources = sync::sources(&listed);
        // A folder that cannot be read fails its own source; others are synced.
        let _ = sync::orphans(folder, &mut sources);
        Ok((folder.clone(), sources))
    });
    listed.collect()
}

/// A sync of all boards.
struct Task {
    folders: Vec<PathBuf>,
    client: Client,
    today: Date,
    stop: Arc<Stop>,
    tell: Tell,
}

impl Task {
    /// Result of the sync, or why it could not start.
    fn run(&self) -> Result<Synced, String> {
        let listed = listed(&self.folders)?;
        let progress = Progress {
            of: listed.iter().map(|(_, sources)| sources.len()).sum(),
            done: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
        };
        let mut merged = MergeStats::default();
        let mut failures = Vec::new();
        for (folder, sources) in &listed {
            let synced = self.sync(folder, sources, &progress)?;
            for (source, synced) in sources.iter().zip(synced) {
                merged.add(synced.merged);
                if let State::Failed(why) | State::Doubtful(why) = synced.state {
                    failures.push(text::line(&format!("{}: {why}", source.name)));
                }
            }
        }
        if self.stop.is_called() {
            failures.clear();
            let told = format!("the sync was stopped: {merged}");
            return Ok(Synced { told, failures });
        }
        let told = format!("synced: {merged}");
        Ok(Synced { told, failures })
    }

    /// Adds a source to the only folder; what it brought, or why it was not added.
    fn add(&self, address: &str, is_new: bool) -> Result<AddedSource, String> {
        let [folder] = self.folders.as_slice() else {
            return Err("no board to add to".to_owned());
        };
        if is_new {
            std::fs::create_dir_all(folder).map_err(|error| format!("no board made: {error}"))?;
        }
        let validator_cache = validator_cache(folder)?;
        let new = NewSource {
            address: address.to_owned(),
            ..NewSource::default()
        };
        let sync_run = self.sync_run(folder, validator_cache.as_ref());
        let added = sync_run.add(&new, &mut |_| !self.stop.is_called());
        let added = added.map_err(|error| error.to_string())?;
        let name = text::line(&added.source.name);
        let mut failures = Vec::new();
        if let State::Failed(why) | State::Doubtful(why) = &added.synced.state {
            failures.push(text::line(&format!("{name}: {why}")));
        }
        let told = if added.was_listed {
            format!("{name} was a source already: {}", added.synced.merged)
        } else {
            format!("added {name}: {}", added.synced.merged)
        };
        Ok(AddedSource {
            told,
            failures,
            board: is_new.then(|| folder.to_string_lossy().into_owned()),
        })
    }

    fn sync_run<'a>(
        &'a self,
        folder: &'a Path,
        validator_cache: Option<&'a ValidatorCache>,
    ) -> SyncRun<'a> {
        let stop = Arc::clone(&self.stop);
        SyncRun {
            board: folder,
            client: &self.client,
            retry_policy: RetryPolicy {
                tries: TRIES,
                pause: Arc::new(move |time| stop.wait(time)),
            },
            validator_cache,
            today: self.today,
            dry_run: false,
            edits: EditPolicy::Keep,
            close_all: false,
        }
    }

    fn sync(
        &self,
        folder: &Path,
        sources: &[Source],
        progress: &Progress,
    ) -> Result<Vec<sync::Synced>, String> {
        let validator_cache = validator_cache(folder)?;
        let sync_run = self.sync_run(folder, validator_cache.as_ref());
        Ok(sync_run.run(sources, &|_, step| {
            if let Some(told) = progress.after(step) {
                (self.tell)(Message::Syncing(told));
            }
            !self.stop.is_called()
        }))
    }
}

/// What is remembered of a board's sources; without a cache everything is fetched anew.
fn validator_cache(folder: &Path) -> Result<Option<ValidatorCache>, String> {
    let cache = config::cache_folder();
    match cache.map(|cache| ValidatorCache::open(&cache, folder)) {
        Some(Err(error @ CacheError::Busy)) => Err(error.to_string()),
        validator_cache => Ok(validator_cache.and_then(Result::ok)),
    }
}

/// Progress of the sync.
struct Progress {
    of: usize,
    done: AtomicUsize,
    bytes: AtomicU64,
}

impl Progress {
    /// Progress message after a step, if it has changed.
    fn after(&self, step: Step<'_>) -> Option<String> {
        let mut bytes = self.bytes.load(Ordering::Relaxed);
        match step {
            Step::Done(_) => _ = self.done.fetch_add(1, Ordering::Relaxed),
            Step::Bytes(now) => {
                let megabytes = now >> 20;
                if megabytes <= bytes {
                    return None;
                }
                bytes = megabytes;
            }
            Step::Asking | Step::Waiting(_) | Step::Writing => bytes = 0,
        }
        self.bytes.store(bytes, Ordering::Relaxed);
        let done = grouped(self.done.load(Ordering::Relaxed));
        let of = grouped(self.of);
        let what = match step {
            Step::Bytes(_) => format!(", {bytes} MiB"),
            Step::Waiting(time) => format!(", again in {} s", time.as_secs()),
            _ => String::new(),
        };
        Some(format!("syncing {done} of {of}{what}"))
    }
}
