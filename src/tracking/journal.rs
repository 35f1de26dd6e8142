//! The journal: an append-only file of events, one per line.
//!
//! A writer takes a lock, first reads what others wrote, and reports success only when its events are on disk.
//! Unreadable lines are reported and kept in the file; the others are used. A line of a later version makes the journal
//! read-only, since new events could contradict what this version cannot read.

mod copy;
mod cursor;
mod fault;
mod fields;
mod line;
mod maintenance;
mod read_batch;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use jiff::Timestamp;

use super::{Clock, Event, EventKind, Tracking, disk};
use crate::board::text;
use crate::storage::{FileLock, LockError};
use cursor::Cursor;
pub use maintenance::{Compacted, Merged, Report, check, compact, merge};
pub use read_batch::{Damage, ReadBatch};

/// The journal in a folder.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    clock: Clock,
    cursor: Cursor,
    newer: usize,
}

/// A journal and its content.
#[derive(Debug)]
pub struct Opened {
    /// The journal, for appending.
    pub journal: Journal,
    /// The marks.
    pub tracking: Tracking,
    /// Messages for the user; if nothing can be written, the last one gives the reason.
    pub notices: Vec<String>,
    /// Whether marks can be stored, as far as known without writing.
    pub keeps: bool,
}

/// Why an event was not stored.
#[derive(Debug)]
pub enum JournalError {
    /// Another instance holds the lock.
    Busy,
    /// The journal contains lines of a later version.
    Newer,
    /// It contains the latest possible moment, so that no event can follow.
    EndOfTime,
    /// The journal cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The journal cannot be written.
    Unwritable(PathBuf, io::Error),
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |path: &Path| text::line(&path.to_string_lossy());
        match self {
            Self::Busy => {
                f.write_str("nothing was kept: another jobdeck has been writing to the journal for 2 seconds")
            }
            Self::Newer => f.write_str(
                "nothing was kept: a newer jobdeck has written to the journal, so this one only reads it",
            ),
            Self::EndOfTime => f.write_str(
                "nothing was kept: the journal holds an event of the year 9000 that nothing can come after",
            ),
            Self::Unreadable(path, error) => {
                write!(f, "the journal {} cannot be read: {error}", named(path))
            }
            Self::Unwritable(_, error) if error.kind() == io::ErrorKind::FileTooLarge => {
                f.write_str("nothing was kept: the journal is as large as it may be here")
            }
            Self::Unwritable(path, error) => {
                write!(f, "nothing was kept: {} cannot be written: {error}", named(path))
            }
        }
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(_, error) | Self::Unwritable(_, error) => Some(error),
            Self::Busy | Self::Newer | Self::EndOfTime => None,
        }
    }
}

/// Default folder of the journal.
pub fn usual_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("jobdeck"))
}

/// File of the journal in a folder.
pub fn file_in(folder: &Path) -> PathBuf {
    folder.join("journal.jsonl")
}

/// Random number that identifies a running instance.
pub fn draw_origin() -> u64 {
    RandomState::new().hash_one("origin")
}

impl Journal {
    /// Opens the journal of a folder for the instance with this random number. Always succeeds, whether the file is
    /// missing or damaged.
    pub fn open(folder: &Path, origin: u64) -> Opened {
        let mut journal = Self {
            folder: folder.to_owned(),
            clock: Clock::new(origin),
            cursor: Cursor::default(),
            newer: 0,
        };
        let mut tracking = Tracking::default();
        let mut notices = Vec::new();
        let keeps = match journal.read_settled() {
            Ok(batch) => {
                let obstacle = journal.obstacle();
                let keeps = obstacle.is_none() && batch.newer == 0;
                notices.extend(batch.notices());
                notices.extend(obstacle);
                tracking.extend(batch.events);
                keeps
            }
            Err(error) => {
                notices.push(format!("{error}; marks are not kept"));
                false
            }
        };
        Opened {
            journal,
            tracking,
            notices,
            keeps,
        }
    }

    /// Appends an act; it is on disk when this returns. Returns the events of the act and those that others have
    /// written since the last read.
    pub fn append(
        &mut self,
        act: Vec<EventKind>,
        now: Timestamp,
    ) -> Result<ReadBatch, JournalError> {
        let lock = self.lock()?;
        let mut batch = self.read_to_write()?;
        let events = self.clock.stamp(act, now);
        let events = events.ok_or(JournalError::EndOfTime)?;
        self.write(&lock, &events)?;
        batch.events.extend(events);
        Ok(batch)
    }

    /// Appends events that were stamped before, for immediate display; they are on disk when this returns. Returns the
    /// events that others have written since the last read.
    pub fn keep(&mut self, events: &[Event]) -> Result<ReadBatch, JournalError> {
        let lock = self.lock()?;
        let batch = self.read_to_write()?;
        self.write(&lock, events)?;
        Ok(batch)
    }

    fn read_to_write(&mut self) -> Result<ReadBatch, JournalError> {
        let batch = self.read(true)?;
        if self.newer > 0 {
            return Err(JournalError::Newer);
        }
        Ok(batch)
    }

    /// Appends to the file; requires the lock.
    fn write(&self, _lock: &FileLock, events: &[Event]) -> Result<(), JournalError> {
        let path = file_in(&self.folder);
        let unwritable = |error| JournalError::Unwritable(path.clone(), error);
        let lines: Result<Vec<_>, _> = events.iter().map(line::write).collect();
        let lines = lines.map_err(|error| unwritable(error.into()))?;
        disk::append(&path, &lines.concat()).map_err(unwritable)
    }

    /// Reads what was appended since the last read.
    pub fn poll(&mut self) -> Result<ReadBatch, JournalError> {
        self.read(false)
    }

    fn lock(&self) -> Result<FileLock, JournalError> {
        take_lock(&self.folder)
    }

    /// Reads new events; if the file ends in an incomplete line, waits for its writer.
    fn read_settled(&mut self) -> Result<ReadBatch, JournalError> {
        let mut batch = self.read(false)?;
        if batch.unfinished {
            let lock = self.lock();
            if !matches!(lock, Err(JournalError::Busy)) {
                batch.add(self.read(true)?);
            }
        }
        Ok(batch)
    }

    /// Reads new events. An incomplete last line belongs to a writer, unless `nobody_writes`.
    fn read(&mut self, nobody_writes: bool) -> Result<ReadBatch, JournalError> {
        let path = file_in(&self.folder);
        let fresh = self.cursor.advance(&path);
        let (bytes, from_start) = fresh.map_err(|error| JournalError::Unreadable(path, error))?;
        if from_start {
            self.newer = 0;
        }
        let mut batch = ReadBatch::default();
        let (used, lines) = batch.read(&bytes, self.cursor.lines, nobody_writes);
        self.cursor.took(&bytes[..used], lines);
        self.newer += batch.newer;
        for event in &batch.events {
            self.clock.observe(event.id);
        }
        Ok(batch)
    }

    /// Why writing would fail, as far as known without writing.
    fn obstacle(&self) -> Option<String> {
        let file = file_in(&self.folder);
        let existing = |path: &&Path| path.exists();
        let nearest = self.folder.ancestors().find(existing);
        let targets = nearest.into_iter().chain(Some(&*file).filter(existing));
        for target in targets {
            if let Err(error) = rustix::fs::access(target, rustix::fs::Access::WRITE_OK) {
                let name = text::line(&target.to_string_lossy());
                let error = io::Error::from(error);
                return Some(format!(
                    "marks are not kept: {name} cannot be written: {error}"
                ));
            }
        }
        None
    }
}

fn take_lock(folder: &Path) -> Result<FileLock, JournalError> {
    let unwritable = |error| JournalError::Unwritable(folder.to_owned(), error);
    disk::make_folder(folder).map_err(unwritable)?;
    FileLock::take(&folder.join("journal.lock")).map_err(|error| match error {
        LockError::Busy => JournalError::Busy,
        LockError::Io(error) => unwritable(error),
    })
}

#[cfg(test)]
mod tests;
