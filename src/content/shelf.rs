//! The part of a board that one source fills: a folder of files, into which postings go by the hash of their ids.
//!
//! A file that grows too large is split into sixteen by the next digit of the hash, and never joined again: one changed
//! posting touches one file, and the same postings make the same files. Each file is replaced as a whole, and a file that
//! was split goes only when its parts are there, so that a crash leaves every posting in place.

mod edit;
mod entry;
mod error;
mod file;
mod fill;
mod merge;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::{on_large_stacks, write};
use crate::board::{Date, Interview, Posting};
pub use error::ShelfError;
use file::Kept;
use fill::is_prefix;
use merge::Closing;

/// Bytes of a file before it is split. Loading refuses files twice as large.
const LIMIT: usize = 512 << 10;
/// Bytes of one posting, as it is written.
const POSTING: usize = 900 << 10;
/// The file of postings that were never split.
const WHOLE: &str = "postings";
/// The file of interviews.
const INTERVIEWS: &str = "interviews";

/// What came of shelving.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shelved {
    /// Postings and interviews that were not there before.
    pub new: usize,
    /// Those that were there and said something else.
    pub changed: usize,
    /// Those that were there as they are.
    pub same: usize,
    /// Those that were there, open, and are no longer at their source.
    pub closed: usize,
    /// Those that were there, gone from their source, and are at it again.
    pub reopened: usize,
    /// Files written.
    pub files: usize,
}

/// Puts postings and interviews into a source's folder, beside those that are there.
///
/// # Errors
/// As those of [`Shelf::open`] and [`Shelf::put`].
pub fn shelve(
    folder: &Path,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
) -> Result<Shelved, ShelfError> {
    Shelf::open(folder)?.put(postings, interviews, &Putting::default())
}

/// What tells the state of a source's folder from any other; none if it cannot be told.
pub fn state(folder: &Path) -> Option<u64> {
    file::state(folder).ok()
}

impl fmt::Display for Shelved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.new, "new"),
            (self.changed, "changed"),
            (self.closed, "closed"),
            (self.reopened, "opened again"),
            (self.same, "unchanged"),
        ];
        let told = counts.iter().filter(|(count, _)| *count > 0);
        let told: Vec<_> = told
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        f.write_str(if told.is_empty() { "nothing" } else { "" })?;
        f.write_str(&told.join(", "))
    }
}

impl Shelved {
    /// Takes in another one.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
        self.closed += other.closed;
        self.reopened += other.reopened;
        self.files += other.files;
    }

    /// Whether nothing of it differs from what was there.
    fn is_as_before(&self) -> bool {
        self.new + self.changed + self.closed + self.reopened == 0
    }
}

/// How postings are put on a shelf.
#[derive(Debug, Clone, Copy, Default)]
pub struct Putting {
    /// The day, if what is put is all there is: postings that are not among it have closed by then.
    pub all_there_is: Option<Date>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// A source's folder, as it is read.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// The names of the files that are there, without their ending.
    present: BTreeSet<String>,
    /// What the files of postings hold, until it is taken up.
    read: Mutex<BTreeMap<String, Kept>>,
    closing: Option<Closing>,
    dry_run: bool,
}

impl Shelf {
    /// Reads all postings of a source's folder. One that is not there holds none.
    ///
    /// # Errors
    /// A file cannot be read, or was changed by hand and cannot be read whole.
    pub fn open(folder: &Path) -> Result<Self, ShelfError> {
        let io = |error| ShelfError::Io(folder.to_owned(), error);
        let present = match file::names(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            names => names.map_err(io)?,
        };
        let read = |name: &String| {
            let kept = file::postings(folder, name)?;
            Ok((name.clone(), kept))
        };
        let names: Vec<_> = present
            .iter()
            .filter(|name| is_prefix(name) || *name == WHOLE)
            .collect();
        let files = on_large_stacks(|| names.into_par_iter().map(read).collect::<Result<_, _>>());
        Ok(Self {
            folder: folder.to_owned(),
            present,
            read: Mutex::new(files.map_err(io)??),
            closing: None,
            dry_run: false,
        })
    }

    /// How many postings are open, and how many of these are not among some.
    pub fn missing(&self, among: &[Posting]) -> (usize, usize) {
        let ids: HashSet<&str> = among.iter().map(|posting| posting.id.as_str()).collect();
        let read = self.lock();
        let mut open: HashSet<&str> = HashSet::new();
        for posting in read.values().flat_map(Kept::postings) {
            if merge::may_close(posting) {
                open.insert(&posting.id);
            }
        }
        (open.len(), open.difference(&ids).count())
    }

    /// Puts postings and interviews beside those that are there. A posting that says the same as before, but for the days
    /// of its source, stays as it is; one that changed keeps the day it was first seen.
    ///
    /// # Errors
    /// A file cannot be written, or a posting is too large for one. Files written before that stay.
    pub fn put(
        mut self,
        postings: Vec<Posting>,
        interviews: Vec<Interview>,
        putting: &Putting,
    ) -> Result<Shelved, ShelfError> {
        let folder = self.folder.clone();
        let io = |error| ShelfError::Io(folder.clone(), error);
        self.dry_run = putting.dry_run;
        self.closing = putting.all_there_is.map(|today| {
            let read = self.lock();
            Closing::new(today, read.values().flat_map(Kept::postings))
        });
        if !self.dry_run {
            std::fs::create_dir_all(&folder).map_err(io)?;
            file::tidy(&folder).map_err(io)?;
        }
        let mut done = on_large_stacks(|| self.fill("", Vec::new(), postings)).map_err(io)??;
        done.add(self.interviews(interviews)?);
        if done.files > 0 && !self.dry_run {
            file::sync(&folder).map_err(io)?;
        }
        Ok(done)
    }

    /// How many postings there are.
    pub fn len(&self) -> usize {
        self.lock().values().map(|kept| kept.entries.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Kept>> {
        // What is behind the lock is whole at any time.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
