//! The thread that brings the board up to date with the sources that it lists.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::app::count::grouped;
use crate::app::{Message, Synced};
use crate::board::{Date, text};
use crate::config;
use crate::content;
use crate::content::shelf::Shelved;
use crate::fetch::{Client, Limits, Reach};
use crate::sync::{self, Memory, MemoryError, Patience, Round, Source, State, Step, TRIES};

/// Tells what happened.
type Tell = Arc<dyn Fn(Message) + Send + Sync>;

/// The boards' folders, and what is needed to sync them.
pub struct Syncs {
    folders: Vec<PathBuf>,
    /// Whether sources may be anywhere.
    private: bool,
    tell: Tell,
    /// Ends the sync that is going on.
    stop: Arc<Stop>,
}

impl Syncs {
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

    /// What counts the sources that the boards list; it reads files.
    pub fn counter(&self) -> impl FnOnce() -> Message + Send + 'static {
        let folders = self.folders.clone();
        move || {
            let listed = listed(&folders).map_err(|why| text::line(&why));
            let count = listed.map(|listed| listed.iter().map(|(_, sources)| sources.len()).sum());
            Message::Sources(count)
        }
    }

    /// Begins a sync. What comes of it is told.
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

    /// Ends the sync that is going on, as soon as its servers let go.
    pub fn stop(&self) {
        self.stop.call();
    }
}

/// What came of a sync that did nothing, for this reason.
fn failed(why: &str) -> Synced {
    Synced {
        failures: vec![text::line(why)],
        ..Synced::default()
    }
}

/// The boards' folders, each with its sources.
fn listed(folders: &[PathBuf]) -> Result<Vec<(PathBuf, Vec<Source>)>, String> {
    let listed = folders.iter().map(|folder| {
        let (listed, _) = content::sources(folder).map_err(|error| error.to_string())?;
        Ok((folder.clone(), sync::sources(&listed)))
    });
    listed.collect()
}

/// Whether somebody wants it to end.
#[derive(Default)]
struct Stop {
    called: AtomicBool,
    waits: Mutex<()>,
    bell: Condvar,
}

impl Stop {
    fn call(&self) {
        let _held = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        self.called.store(true, Ordering::SeqCst);
        self.bell.notify_all();
    }

    fn is_called(&self) -> bool {
        self.called.load(Ordering::SeqCst)
    }

    /// Waits so long, unless it is called; whether it was not.
    fn wait(&self, time: Duration) -> bool {
        let held = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .bell
            .wait_timeout_while(held, time, |()| !self.is_called());
        drop(waited);
        !self.is_called()
    }
}

/// One sync of all boards.
struct Task {
    folders: Vec<PathBuf>,
    client: Client,
    today: Date,
    stop: Arc<Stop>,
    tell: Tell,
}

impl Task {
    /// What it did, or why it did nothing.
    fn run(&self) -> Result<Synced, String> {
        let listed = listed(&self.folders)?;
        let progress = Progress {
            of: listed.iter().map(|(_, sources)| sources.len()).sum(),
            done: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
        };
        let mut shelved = Shelved::default();
        let mut failures = Vec::new();
        for (folder, sources) in &listed {
            let synced = self.sync(folder, sources, &progress)?;
            for (source, synced) in sources.iter().zip(synced) {
                shelved.add(synced.shelved);
                if let State::Failed(why) | State::Doubtful(why) = synced.state {
                    failures.push(text::line(&format!("{}: {why}", source.name)));
                }
            }
        }
        if self.stop.is_called() {
            failures.clear();
            let told = format!("the sync was stopped: {shelved}");
            return Ok(Synced { told, failures });
        }
        let told = format!("synced: {shelved}");
        Ok(Synced { told, failures })
    }

    fn sync(
        &self,
        folder: &Path,
        sources: &[Source],
        progress: &Progress,
    ) -> Result<Vec<sync::Synced>, String> {
        let cache = config::cache_folder();
        let memory = match cache.map(|cache| Memory::open(&cache, folder)) {
            Some(Err(error @ MemoryError::Busy)) => return Err(error.to_string()),
            // Without a cache everything is fetched anew.
            memory => memory.and_then(Result::ok),
        };
        let stop = Arc::clone(&self.stop);
        let round = Round {
            board: folder,
            client: &self.client,
            patience: Patience {
                tries: TRIES,
                pause: Arc::new(move |time| stop.wait(time)),
            },
            memory: memory.as_ref(),
            today: self.today,
            dry_run: false,
            close_all: false,
        };
        Ok(round.run(sources, &|_, step| {
            if let Some(told) = progress.after(step) {
                (self.tell)(Message::Syncing(told));
            }
            !self.stop.is_called()
        }))
    }
}

/// How far it is.
struct Progress {
    of: usize,
    done: AtomicUsize,
    bytes: AtomicU64,
}

impl Progress {
    /// What to tell after a step, if it is anything new.
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
