//! The part of a board that one source fills: a folder of files, into which postings go by the hash of their ids.
//!
//! A file that grows too large is split into sixteen by the next digit of the hash, and never joined again: one changed
//! posting touches one file, and the same postings make the same files. Each file is replaced as a whole, and a file that
//! was split goes only when its parts are there, so that a crash leaves every posting in place. Only the files that are
//! being worked on are in memory, however many there are.

mod changes;
mod edit;
mod entry;
mod error;
mod file;
mod fill;
mod merge;
mod talks;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{on_large_stacks, write};
use crate::board::hash::hash;
use crate::board::{Date, Interview, Posting};
use changes::Changes;
pub use error::ShelfError;
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
    Shelf::listed(folder)?.put(postings, interviews, &Putting::default())
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

/// A source's folder.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// The names of the files that are there, without their ending.
    present: BTreeSet<String>,
    there: There,
    closing: Option<Closing>,
    /// What is about to change; nothing, where it is only to be told.
    changes: Option<Changes>,
}

/// What is kept in mind of the postings in a folder.
#[derive(Debug, Default)]
struct There {
    count: usize,
    /// Those that may close, by the hashes of their ids.
    open: HashMap<u64, SeenDays>,
    /// The newest day on which one was retrieved.
    newest: Option<Date>,
}

impl Shelf {
    /// Looks at all postings of a source's folder. One that is not there holds none.
    ///
    /// # Errors
    /// A file cannot be read, or was changed by hand and cannot be read whole.
    pub fn open(folder: &Path) -> Result<Self, ShelfError> {
        let mut shelf = Self::listed(folder)?;
        let names: Vec<_> = shelf
            .present
            .iter()
            .filter(|name| is_prefix(name) || *name == WHOLE)
            .collect();
        let look = |name: &String| There::in_file(folder, name);
        let all = on_large_stacks(|| {
            names
                .into_par_iter()
                .map(look)
                .collect::<Result<Vec<_>, _>>()
        });
        let all = all.map_err(|error| ShelfError::Io(folder.to_owned(), error))??;
        shelf.there = all.into_iter().fold(There::default(), There::and);
        Ok(shelf)
    }

    /// A source's folder of which only the names of its files are known.
    fn listed(folder: &Path) -> Result<Self, ShelfError> {
        let io = |error| ShelfError::Io(folder.to_owned(), error);
        file::refuse_link(folder).map_err(io)?;
        let present = match file::names(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            names => names.map_err(io)?,
        };
        Ok(Self {
            folder: folder.to_owned(),
            present,
            there: There::default(),
            closing: None,
            changes: None,
        })
    }

    /// How many postings were open when those that are missing among some were last seen, and how many are missing.
    /// Postings that came only since do not count: a source that gives all its postings new ids would otherwise be
    /// believed the second time.
    pub fn missing(&self, among: &[Posting]) -> (usize, usize) {
        let ids: HashSet<u64> = among.iter().map(|posting| hash(&posting.id)).collect();
        let open = &self.there.open;
        let missing = || open.iter().filter(|(id, _)| !ids.contains(id));
        let last_seen = missing().filter_map(|(_, days)| days.retrieved).max();
        let was_there = |days: &&SeenDays| match (days.first_seen, last_seen) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        (open.values().filter(was_there).count(), missing().count())
    }

    /// Puts postings and interviews beside those that are there. A posting that says the same as before, but for the days
    /// of its source, stays as it is; one that changed keeps the day it was first seen.
    ///
    /// # Errors
    /// A file cannot be read or written, was changed by hand and cannot be read whole, or a posting is too large for one.
    /// Nothing is changed then, unless the disk fails while files are put in their places.
    pub fn put(
        mut self,
        postings: Vec<Posting>,
        interviews: Vec<Interview>,
        putting: &Putting,
    ) -> Result<Shelved, ShelfError> {
        let folder = self.folder.clone();
        let io = |error| ShelfError::Io(folder.clone(), error);
        let newest = self.there.newest;
        self.closing = putting
            .all_there_is
            .map(|today| Closing::new(today, newest));
        if !putting.dry_run {
            std::fs::create_dir_all(&folder).map_err(io)?;
            changes::tidy(&folder).map_err(io)?;
            self.changes = Some(Changes::default());
        }
        let mut done = on_large_stacks(|| self.fill("", Vec::new(), postings)).map_err(io)??;
        done.add(self.interviews(interviews)?);
        if let Some(changes) = self.changes.take() {
            changes.apply(&folder)?;
        }
        Ok(done)
    }

    /// How many postings there are.
    pub fn len(&self) -> usize {
        self.there.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// When a posting was seen at its source.
#[derive(Debug, Clone, Copy)]
struct SeenDays {
    first_seen: Option<Date>,
    retrieved: Option<Date>,
}

impl SeenDays {
    fn of(posting: &Posting) -> Self {
        let source = posting.source.as_ref();
        Self {
            first_seen: source.and_then(|source| source.first_seen),
            retrieved: source.and_then(|source| source.retrieved),
        }
    }
}

impl There {
    fn in_file(folder: &Path, name: &str) -> Result<Self, ShelfError> {
        let kept = file::postings(folder, name)?;
        let postings = || kept.entries.iter().map(|entry| &entry.posting);
        let open = postings().filter(|posting| merge::may_close(posting));
        let days = postings().filter_map(|posting| posting.source.as_ref()?.retrieved);
        Ok(Self {
            count: kept.entries.len(),
            open: open
                .map(|posting| (hash(&posting.id), SeenDays::of(posting)))
                .collect(),
            newest: days.max(),
        })
    }

    fn and(mut self, other: Self) -> Self {
        self.count += other.count;
        self.open.extend(other.open);
        self.newest = self.newest.max(other.newest);
        self
    }
}

#[cfg(test)]
mod tests;
