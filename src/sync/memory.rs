//! What servers called the state of their documents when the board was last filled from them. It lies in the cache:
//! whoever deletes it loses nothing but time.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Source;
use crate::board::hash::hash;
use crate::board::text;
use crate::content::shelf;
use crate::fetch::Validators;

/// The memory of one board. While it is held, no other sync of that board runs.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
    _lock: File,
}

/// Why there is no memory.
#[derive(Debug)]
pub enum MemoryError {
    /// Another sync of the board is running.
    Busy,
    /// It cannot be read or written.
    Io(PathBuf, io::Error),
}

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => write!(f, "another sync of this board is running"),
            Self::Io(path, error) => {
                let path = text::line(&path.to_string_lossy());
                write!(f, "cannot use the cache {path}: {error}")
            }
        }
    }
}

impl std::error::Error for MemoryError {}

/// What is known of a source.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// What was asked, and by whom it was read.
    asked: String,
    /// The state of the source's folder afterwards.
    state: u64,
    postings: usize,
    etag: Option<String>,
    last_modified: Option<String>,
}

impl Memory {
    /// Opens what the cache knows of the board in a folder.
    ///
    /// # Errors
    /// Another sync holds it, or the cache cannot be written.
    pub fn open(cache: &Path, board: &Path) -> Result<Self, MemoryError> {
        let whole = board.canonicalize().unwrap_or_else(|_| board.to_owned());
        let name = format!("{:016x}", hash(&whole.to_string_lossy()));
        let folder = cache.join("sync").join(name);
        let failed = |error| MemoryError::Io(folder.clone(), error);
        fs::create_dir_all(&folder).map_err(failed)?;
        let lock = File::create(folder.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder,
                _lock: lock,
            }),
            Err(fs::TryLockError::WouldBlock) => Err(MemoryError::Busy),
            Err(fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// What the server called the document that the source's folder was filled from, and how many postings that gave.
    /// Nothing, if the folder is another since, or the document would be read in another way today.
    pub(super) fn recall(&self, source: &Source, folder: &Path) -> Option<(Validators, usize)> {
        let bytes = fs::read(self.file(source)).ok()?;
        let record: Record = serde_json::from_slice(&bytes).ok()?;
        let holds = record.asked == asked(source) && shelf::state(folder) == Some(record.state);
        let validators = Validators {
            etag: record.etag,
            last_modified: record.last_modified,
        };
        holds.then_some((validators, record.postings))
    }

    /// Remembers what a source's folder was filled from. That it could not costs time, the next time.
    pub(super) fn keep(
        &self,
        source: &Source,
        folder: &Path,
        validators: Validators,
        postings: usize,
    ) {
        let Some(state) = shelf::state(folder) else {
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
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer(&mut file, record)?;
        file.flush()?;
        file.persist(self.file(source))?;
        Ok(())
    }

    fn file(&self, source: &Source) -> PathBuf {
        self.folder.join(format!("{}.json", source.name))
    }
}

/// What is asked for a source, and by which release it is read: another one may read more.
fn asked(source: &Source) -> String {
    let origin = source.origin.as_ref().ok();
    let format = origin.and_then(|origin| origin.format);
    let parts = [
        Some(env!("CARGO_PKG_VERSION")),
        origin.map(|origin| origin.url.as_str()),
        format.map(crate::import::Format::word),
        source.company.as_deref(),
    ];
    format!("{parts:?}")
}
