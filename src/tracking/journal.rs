//! The journal: a file of events, one a line, that is only ever added to.
//!
//! Whoever writes holds a lock, first reads what others wrote, and is told that an act is kept only when it is on the
//! disk. Lines that cannot be read stay where they are and are told about; the rest is used. A line of a later version
//! makes the journal read-only, because what this version would write might contradict what it cannot read.

mod copy;
mod fields;
mod line;
mod news;
mod place;
mod upkeep;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use jiff::Timestamp;

use super::{Clock, Event, Tracking, What, disk};
use crate::board::text;
use crate::storage::{FileLock, LockError};
pub use news::{Damage, News};
use place::Place;
pub use upkeep::{Compacted, Merged, Report, check, compact, merge};

/// The journal of a folder.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    clock: Clock,
    place: Place,
    newer: usize,
}

/// A journal as it was found.
#[derive(Debug)]
pub struct Opened {
    /// To add to it.
    pub journal: Journal,
    /// What it comes to.
    pub tracking: Tracking,
    /// What its owner should be told; where nothing can be kept, the last of it says why.
    pub notices: Vec<String>,
    /// Whether marks can be kept, as far as that is known without writing.
    pub keeps: bool,
}

/// Why nothing was kept.
#[derive(Debug)]
pub enum JournalError {
    /// Another copy holds the lock and does not let go.
    Busy,
    /// Some of it was written by a later version.
    Newer,
    /// It holds events so late that nothing can come after them.
    EndOfTime,
    /// It cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It cannot be written.
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

/// The folder that a person's journal is in.
pub fn usual_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("jobdeck"))
}

/// The journal's file in a folder.
pub fn file_in(folder: &Path) -> PathBuf {
    folder.join("journal.jsonl")
}

/// A number that no other running copy has.
pub fn draw_origin() -> u64 {
    RandomState::new().hash_one("origin")
}

impl Journal {
    /// Opens the journal of a folder, for the copy that drew this number. There may be none yet, and whatever state it
    /// is in, it opens.
    pub fn open(folder: &Path, origin: u64) -> Opened {
        let mut journal = Self {
            folder: folder.to_owned(),
            clock: Clock::new(origin),
            place: Place::default(),
            newer: 0,
        };
        let mut tracking = Tracking::default();
        let mut notices = Vec::new();
        let keeps = match journal.read_settled() {
            Ok(news) => {
                let obstacle = journal.obstacle();
                let keeps = obstacle.is_none() && news.newer == 0;
                notices.extend(news.notices());
                notices.extend(obstacle);
                tracking.extend(news.events);
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

    /// Keeps an act: when this returns, it is on the disk. The events are those of the act and whatever others have
    /// written since the last look.
    pub fn append(&mut self, act: Vec<What>, now: Timestamp) -> Result<News, JournalError> {
        let lock = self.lock()?;
        let mut news = self.read_to_write()?;
        let events = self.clock.stamp(act, now);
        let events = events.ok_or(JournalError::EndOfTime)?;
        self.write(&lock, &events)?;
        news.events.extend(events);
        Ok(news)
    }

    /// Keeps events that were stamped already, by whoever showed them at once: when this returns, they are on the disk.
    /// The events that it answers are those that others have written since the last look.
    pub fn keep(&mut self, events: &[Event]) -> Result<News, JournalError> {
        let lock = self.lock()?;
        let news = self.read_to_write()?;
        self.write(&lock, events)?;
        Ok(news)
    }

    fn read_to_write(&mut self) -> Result<News, JournalError> {
        let news = self.read(true)?;
        if self.newer > 0 {
            return Err(JournalError::Newer);
        }
        Ok(news)
    }

    /// Writes to the end, as only whoever holds the lock may.
    fn write(&self, _lock: &FileLock, events: &[Event]) -> Result<(), JournalError> {
        let path = file_in(&self.folder);
        let unwritable = |error| JournalError::Unwritable(path.clone(), error);
        let lines: Result<Vec<_>, _> = events.iter().map(line::write).collect();
        let lines = lines.map_err(|error| unwritable(error.into()))?;
        disk::append(&path, &lines.concat()).map_err(unwritable)
    }

    /// Reads what was written since the last look.
    pub fn poll(&mut self) -> Result<News, JournalError> {
        self.read(false)
    }

    fn lock(&self) -> Result<FileLock, JournalError> {
        take_lock(&self.folder)
    }

    /// Reads on; where the file ends in half a line, waits for whoever may be writing it.
    fn read_settled(&mut self) -> Result<News, JournalError> {
        let mut news = self.read(false)?;
        if news.unfinished {
            let lock = self.lock();
            if !matches!(lock, Err(JournalError::Busy)) {
                news.add(self.read(true)?);
            }
        }
        Ok(news)
    }

    /// Reads on to the end. Half a line at the end belongs to whoever is writing it, unless nobody can be.
    fn read(&mut self, nobody_writes: bool) -> Result<News, JournalError> {
        let path = file_in(&self.folder);
        let fresh = self.place.advance(&path);
        let (bytes, from_start) = fresh.map_err(|error| JournalError::Unreadable(path, error))?;
        if from_start {
            self.newer = 0;
        }
        let mut news = News::default();
        let (used, lines) = news.read(&bytes, self.place.lines, nobody_writes);
        self.place.took(&bytes[..used], lines);
        self.newer += news.newer;
        for event in &news.events {
            self.clock.observe(event.id);
        }
        Ok(news)
    }

    /// Why nothing could be written now, where that can be known without writing.
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
