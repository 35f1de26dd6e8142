//! Cache of HTTP validators from the last sync. Deleting it only costs time.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Source;
use crate::board::hash::hash;
use crate::board::text;
use crate::content::source_store;
use crate::fetch::Validators;
use crate::storage::{FileLock, LockError, Replace, read_regular};

/// Maximum size of a record; validators are short.
const LARGEST: u64 = 64 << 10;

/// The validators of a board's sources. Also locks the board against other syncs.
#[derive(Debug)]
pub struct ValidatorCache {
    folder: PathBuf,
    _lock: FileLock,
}

/// Why the cache is not available.
#[derive(Debug)]
pub enum CacheError {
    /// Another command is writing to the board.
    Busy,
    /// It cannot be read or written.
    Io(PathBuf, io::Error),
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => write!(f, "another jobdeck is writing to this board"),
            Self::Io(path, error) => {
                let path = text::line(&path.to_string_lossy());
                write!(f, "cannot use the cache {path}: {error}")
            }
        }
    }
}

impl std::error::Error for CacheError {}

/// Cached state of a source.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// The request, and the version of the program that read the response.
    asked: String,
    /// Fingerprint of the source's folder afterwards.
    state: u64,
    postings: usize,
    etag: Option<String>,
    last_modified: Option<String>,
}

impl ValidatorCache {
    /// Opens the cached state of the board in a folder.
    ///
    /// # Errors
    /// Another sync holds the lock, or the cache cannot be written.
    pub fn open(cache: &Path, board: &Path) -> Result<Self, CacheError> {
        let whole = board.canonicalize().unwrap_or_else(|_| board.to_owned());
        let name = format!("{:016x}", hash(&whole.to_string_lossy()));
        let folder = cache.join("sync").join(name);
        let failed = |error| CacheError::Io(folder.clone(), error);
        fs::create_dir_all(&folder).map_err(failed)?;
        // Lock the board itself, since other processes may use another cache.
        match FileLock::take_folder(board) {
            Ok(lock) => Ok(Self {
                folder,
                _lock: lock,
            }),
            Err(LockError::Busy) => Err(CacheError::Busy),
            Err(LockError::Io(error)) => Err(failed(error)),
        }
    }

    /// Validators of the document from which the source's folder was filled, and the number of its postings. `None` if
    /// the folder has changed since, or the document would be read differently now.
    pub(super) fn recall(&self, source: &Source, folder: &Path) -> Option<(Validators, usize)> {
        let bytes = read_regular(&self.file(source), LARGEST).ok()?;
        let record: Record = serde_json::from_slice(&bytes).ok()?;
        let holds =
            record.asked == asked(source) && source_store::state(folder) == Some(record.state);
        let validators = Validators {
            etag: record.etag,
            last_modified: record.last_modified,
        };
        holds.then_some((validators, record.postings))
    }

    /// Stores the state of a source. Failure only costs time at the next sync.
    pub(super) fn keep(
        &self,
        source: &Source,
        folder: &Path,
        validators: Validators,
        postings: usize,
    ) {
        let Some(state) = source_store::state(folder) else {
            return;
        };
        let record = Record {
            asked: asked(source),
            state,
            postings,
            etag: validators.etag,
            last_modified: validators.last_modified,
        };
        let _ = self.write(source, &record);
    }

    fn write(&self, source: &Source, record: &Record) -> io::Result<()> {
        let record = serde_json::to_vec(record)?;
        Replace::new(&self.file(source)).private().bytes(&record)
    }

    fn file(&self, source: &Source) -> PathBuf {
        self.folder.join(format!("{}.json", source.name))
    }
}

/// Cache key: the request for a source and the version of the program, since another version may read more.
fn asked(source: &Source) -> String {
    let origin = source.origin.as_ref().ok();
    let format = origin.and_then(|origin| origin.format);
    let parts = [
        Some(env!("CARGO_PKG_VERSION")),
        origin.map(|origin| origin.url.as_str()),
        format.map(crate::import::Format::word),
        source.company.as_deref(),
    ];
    let kept = (
        &source.ids,
        &source.only,
        &source.tags,
        source.expires_after,
    );
    format!("{parts:?} {:?} {kept:?}", source.shape)
}
