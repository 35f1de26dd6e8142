//! A published board, fetched from its address into a folder of the cache, from which it is opened like any other board.
//!
//! The folder holds the manifest and the chunks as published, so that they can be verified again. A complete board is
//! replaced by its next state in one step, once all new chunks have been fetched, so a half-updated or lying server
//! cannot damage it. Only a board that was never complete grows while it is fetched, newest postings first.

mod error;
mod folder;
mod gather;
mod remote;
mod round;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::board::hash::hash;
use crate::board::text;
use crate::fetch::{Client, Validators};
pub use error::{MirrorError, moment};
use folder::{Folder, State};
pub use gather::{Gathered, gather, gather_from};
use remote::{Found, Remote};
use round::Round;

/// Tries of one document, and the wait before the second.
const TRIES: u32 = 3;
const WAIT: Duration = Duration::from_secs(1);
/// Maximum wait that a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Longest wait for the manifest if the board is in the cache already.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits; false if cancelled meanwhile.
pub type Pause<'a> = &'a (dyn Fn(Duration) -> bool + Sync);

/// How a board is fetched.
#[derive(Clone, Copy)]
pub struct Fetching<'a> {
    /// HTTP client.
    pub client: &'a Client,
    /// Waits between two tries; false if cancelled meanwhile.
    pub pause: Pause<'a>,
    /// Receives progress; returning false cancels the fetch.
    pub watch: &'a (dyn Fn(Step) -> bool + Sync),
    /// Returns the id of the posting being read, whose description is fetched first.
    pub shown: &'a (dyn Fn() -> Option<String> + Sync),
}

/// Progress of a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Whether the board in the folder changed since the last step.
    pub grew: bool,
    /// Bytes fetched, and their total.
    pub bytes: (u64, u64),
    /// Those of postings among them.
    pub postings: (u64, u64),
    /// Whether the description of the posting being read came with this step.
    pub is_shown: bool,
}

/// Result of a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// The board is unchanged.
    Same,
    /// The board changed and is complete.
    Updated,
}

/// A published board and its folder in the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    address: String,
    folder: PathBuf,
}

impl Mirror {
    /// The mirror of the board at an address, in this cache folder.
    pub fn new(cache: &Path, address: &str) -> Self {
        let address = address.trim().to_owned();
        let number = format!("{:016x}", hash(&address));
        let folder = cache.join("published").join(number).join(name(&address));
        Self { address, folder }
    }

    /// Its address as given.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its folder, which exists only after a first fetch.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether any part of the board was fetched.
    pub fn is_here(&self) -> bool {
        Folder::new(&self.folder).manifest().is_some()
    }

    /// Publication time of the local state.
    pub fn published(&self) -> Option<String> {
        Some(Folder::new(&self.folder).manifest()?.generated)
    }

    /// Whether the local board is complete.
    pub fn is_whole(&self) -> bool {
        let folder = Folder::new(&self.folder);
        let manifest = folder.manifest();
        manifest.is_some_and(|manifest| manifest.pieces().all(|(_, piece)| folder.has(piece)))
    }

    /// Fetches the changes of the board.
    ///
    /// # Errors
    /// The fetch failed; the earlier local state is unchanged.
    pub fn refresh(&self, fetching: Fetching<'_>) -> Result<Refreshed, MirrorError> {
        let folder = Folder::new(&self.folder);
        let _lock = folder.lock()?;
        let before = folder.manifest();
        let state = before.as_ref().map(|_| folder.state()).unwrap_or_default();
        let known = Validators {
            etag: state.etag.clone(),
            last_modified: state.last_modified.clone(),
        };
        let remote = Remote {
            client: fetching.client,
            pause: fetching.pause,
        };
        let hurried = fetching.client.within(PATIENCE);
        let manifests = Remote {
            client: if before.is_some() {
                &hurried
            } else {
                fetching.client
            },
            ..remote
        };
        let at = state.manifest.as_deref().unwrap_or(&self.address);
        // Offline users who have the board should not wait.
        let tries = if before.is_some() { 1 } else { TRIES };
        let found = manifests.find(at, &known, tries);
        // The site may have moved its board since.
        let found = match found {
            Err(_) if at != self.address => {
                manifests.find(&self.address, &Validators::default(), tries)
            }
            found => found,
        };
        let (base, manifest, unchanged) = match (found?, before.clone()) {
            (Found::Unmodified(base), Some(before)) => (base, before, true),
            (Found::Unmodified(base), None) => return Err(MirrorError::NotABoard(base)),
            (Found::Board(board), before) => {
                if let Some(before) = &before
                    && board.manifest.generated < before.generated
                    && before.generated <= now()
                {
                    let (sent, kept) = (board.manifest.generated, before.generated.clone());
                    return Err(MirrorError::Stale { sent, kept });
                }
                let state = State {
                    manifest: Some(board.url.clone()),
                    etag: board.validators.etag,
                    last_modified: board.validators.last_modified,
                };
                let same = before.as_ref() == Some(&board.manifest);
                let manifest = board.manifest;
                let round = Round::new(remote, fetching, &folder, &board.url, &manifest);
                if !same {
                    round.take(before.as_ref(), &board.bytes)?;
                }
                folder.keep_state(&state)?;
                (board.url, manifest, same)
            }
        };
        let round = Round::new(remote, fetching, &folder, &base, &manifest);
        let missing = round.missing(|_| true);
        if missing.is_empty() && unchanged {
            return Ok(Refreshed::Same);
        }
        round.fetch(&missing, true)?;
        folder.clear(&[Some(&manifest), before.as_ref()]);
        Ok(Refreshed::Updated)
    }
}

/// Name of the folder, and of the board in lists: host and path of its address.
fn name(address: &str) -> String {
    let Ok(url) = Url::parse(address) else {
        return "board".to_owned();
    };
    let path = url.path().trim_end_matches("board.json");
    let whole = format!("{}{path}", url.host_str().unwrap_or_default());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut words = whole.split(|c| !plain(c)).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("board").trim_start_matches('.');
    let name = words.fold(first.to_owned(), |name, word| format!("{name}-{word}"));
    // Letters and digits of one byte each.
    name[..name.len().min(80)].to_owned()
}

/// Notice that a board is shown in its last known state, and why.
pub fn as_last_seen(mirror: &Mirror, error: &MirrorError) -> String {
    let address = text::line(mirror.address());
    let published = mirror.published().unwrap_or_default();
    let whole = if mirror.is_whole() {
        ""
    } else {
        ", not all of it"
    };
    format!(
        "{address}: {error}; shown as published {}{whole}",
        moment(&published)
    )
}

/// Current time, as manifests write it. A state of a later time was published by a clock that was wrong.
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Waits by sleeping.
pub fn sleep(time: Duration) -> bool {
    thread::sleep(time);
    true
}
