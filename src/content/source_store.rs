//! The folder of files that one source fills; postings are assigned to files by the hash of their id.
//!
//! A file that grows too large is split into sixteen by the next digit of the hash and never joined again, so that one
//! changed posting touches one file, and the same postings always make the same files. Each file is replaced
//! atomically, and a file that was split is removed only after its parts exist, so that a crash loses no posting. Only
//! the files being worked on are in memory.

mod changes;
mod edit;
mod entry;
mod error;
mod file;
mod fill;
mod interviews;
mod merge;
mod same;
mod unchanged;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{on_large_stacks, write};
use crate::board::hash::hash;
use crate::board::{Date, Interview, Posting};
use changes::Changes;
pub use error::StoreError;
use fill::is_prefix;
use merge::Closing;
use same::Traits;

/// Size at which a file is split. Loading accepts files up to twice this size.
const LIMIT: usize = 512 << 10;
/// Maximum size of one posting as TOML.
const POSTING: usize = 900 << 10;
/// Name of the file that holds all postings before the first split.
const WHOLE: &str = "postings";
/// Name of the file that holds interviews.
const INTERVIEWS: &str = "interviews";

/// Counts of a merge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MergeStats {
    /// New postings and interviews.
    pub new: usize,
    /// Those whose content changed.
    pub changed: usize,
    /// Those that are unchanged.
    pub same: usize,
    /// Open postings that are no longer at their source.
    pub closed: usize,
    /// Postings that were gone from their source and came back.
    pub reopened: usize,
    /// Files written.
    pub files: usize,
}

/// Ids of postings and interviews by the outcome of a merge, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergedIds {
    /// New ones.
    pub new: Vec<String>,
    /// Existing ones whose content changed.
    pub changed: Vec<String>,
    /// Existing ones without changes.
    pub same: Vec<String>,
    /// Existing open ones that their source no longer lists.
    pub closed: Vec<String>,
    /// Closed ones that their source lists again.
    pub reopened: Vec<String>,
}

impl MergedIds {
    fn lists(&mut self) -> [&mut Vec<String>; 5] {
        [
            &mut self.new,
            &mut self.changed,
            &mut self.same,
            &mut self.closed,
            &mut self.reopened,
        ]
    }

    fn add(&mut self, mut other: Self) {
        for (list, more) in self.lists().into_iter().zip(other.lists()) {
            list.append(more);
        }
    }
}

/// Merges postings and interviews into a source's folder.
///
/// # Errors
/// Those of [`SourceStore::open`], and of writing the files.
pub fn merge(
    folder: &Path,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
) -> Result<MergeStats, StoreError> {
    let merged = merge_listing(folder, postings, interviews, &MergeOptions::default())?;
    Ok(merged.0)
}

/// Like [`merge()`], and returns the ids of what was merged.
///
/// # Errors
/// As those of [`merge()`].
pub fn merge_listing(
    folder: &Path,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
    options: &MergeOptions,
) -> Result<(MergeStats, MergedIds), StoreError> {
    SourceStore::listed(folder)?.merge(postings, interviews, options)
}

/// Fingerprint of the state of a source's folder; `None` if it cannot be computed.
pub fn state(folder: &Path) -> Option<u64> {
    file::state(folder).ok()
}

impl fmt::Display for MergeStats {
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

impl MergeStats {
    /// Adds the counts of another merge.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
        self.closed += other.closed;
        self.reopened += other.reopened;
        self.files += other.files;
    }

    /// Whether nothing changed.
    fn is_as_before(&self) -> bool {
        self.new + self.changed + self.closed + self.reopened == 0
    }
}

/// Options of a merge.
#[derive(Debug, Clone, Copy, Default)]
pub struct MergeOptions {
    /// If set, the postings are complete as of this day, and stored postings that are not among them are closed.
    pub complete_as_of: Option<Date>,
    /// Report only; write nothing.
    pub dry_run: bool,
}

/// A source's folder.
#[derive(Debug)]
pub struct SourceStore {
    folder: PathBuf,
    /// Names of the existing files, without extension.
    present: BTreeSet<String>,
    existing: ExistingPostings,
    closing: Option<Closing>,
    /// Pending changes; `None` in a dry run.
    changes: Option<Changes>,
    ids: Mutex<MergedIds>,
}

/// What is kept in memory about the postings in a folder.
#[derive(Debug, Default)]
struct ExistingPostings {
    count: usize,
    /// Open postings of the source, by the hash of their id.
    open: HashMap<u64, Open>,
    /// Newest retrieval date.
    newest: Option<Date>,
}

impl SourceStore {
    /// Reads all postings of a source's folder; a missing folder holds none.
    ///
    /// # Errors
    /// A file cannot be read, or was edited by hand and has a mistake.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let mut source_store = Self::listed(folder)?;
        let names: Vec<_> = source_store
            .present
            .iter()
            .filter(|name| is_prefix(name) || *name == WHOLE)
            .collect();
        let look = |name: &String| ExistingPostings::in_file(folder, name);
        let all = on_large_stacks(|| {
            names
                .into_par_iter()
                .map(look)
                .collect::<Result<Vec<_>, _>>()
        });
        let all = all.map_err(|error| StoreError::Io(folder.to_owned(), error))??;
        source_store.existing = all
            .into_iter()
            .fold(ExistingPostings::default(), ExistingPostings::and);
        Ok(source_store)
    }

    /// A source's folder with only its file names listed.
    fn listed(folder: &Path) -> Result<Self, StoreError> {
        let io = |error| StoreError::Io(folder.to_owned(), error);
        file::refuse_link(folder).map_err(io)?;
        let present = match file::names(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            names => names.map_err(io)?,
        };
        Ok(Self {
            folder: folder.to_owned(),
            present,
            existing: ExistingPostings::default(),
            closing: None,
            changes: None,
            ids: Mutex::default(),
        })
    }

    /// Number of postings that were open when the missing ones were last seen, and number of those missing from
    /// `among`. Postings that appeared later do not count: otherwise a source that assigned new ids to everything would
    /// be trusted the second time.
    pub fn missing(&self, among: &[Posting]) -> (usize, usize) {
        let ids: HashSet<u64> = among.iter().map(|posting| hash(&posting.id)).collect();
        let open = &self.existing.open;
        let missing = || open.iter().filter(|(id, _)| !ids.contains(id));
        let last_seen = missing().filter_map(|(_, open)| open.retrieved).max();
        let was_there = |open: &&Open| match (open.first_seen, last_seen) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        (open.values().filter(was_there).count(), missing().count())
    }

    /// Merges postings and interviews. A posting that differs only in the dates of its source is left as it is; a
    /// changed one keeps its first-seen date.
    ///
    /// # Errors
    /// A file cannot be read or written, was edited by hand and has a mistake, or a posting is too large. Nothing is
    /// changed then, unless the disk fails while files are moved into place.
    pub fn merge(
        mut self,
        postings: Vec<Posting>,
        interviews: Vec<Interview>,
        options: &MergeOptions,
    ) -> Result<(MergeStats, MergedIds), StoreError> {
        let folder = self.folder.clone();
        let io = |error| StoreError::Io(folder.clone(), error);
        let newest = self.existing.newest;
        self.closing = options
            .complete_as_of
            .map(|today| Closing::new(today, newest));
        if !options.dry_run {
            std::fs::create_dir_all(&folder).map_err(io)?;
            changes::tidy(&folder).map_err(io)?;
            self.changes = Some(Changes::default());
        }
        let mut done = on_large_stacks(|| self.fill("", Vec::new(), postings)).map_err(io)??;
        done.add(self.interviews(interviews)?);
        if let Some(changes) = self.changes.take() {
            changes.apply(&folder)?;
        }
        let mut ids = self
            .ids
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        ids.lists()
            .into_iter()
            .for_each(|list| list.sort_unstable());
        Ok((done, ids))
    }

    /// Records the outcome for some postings.
    fn note(&self, ids: MergedIds) {
        let mut all = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        all.add(ids);
    }

    /// Number of postings.
    pub fn len(&self) -> usize {
        self.existing.count
    }

    /// Whether there are no postings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An open posting of the source.
#[derive(Debug, Clone)]
struct Open {
    id: String,
    first_seen: Option<Date>,
    retrieved: Option<Date>,
    /// What identifies it besides its id.
    traits: Traits,
}

impl Open {
    fn of(posting: &Posting) -> Self {
        let source = posting.source.as_ref();
        Self {
            id: posting.id.clone(),
            first_seen: source.and_then(|source| source.first_seen),
            retrieved: source.and_then(|source| source.retrieved),
            traits: Traits::of(posting),
        }
    }
}

impl ExistingPostings {
    fn in_file(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let kept = file::postings(folder, name)?;
        let postings = || kept.entries.iter().map(|entry| &entry.posting);
        let open = postings().filter(|posting| merge::may_close(posting));
        let days = postings().filter_map(|posting| posting.source.as_ref()?.retrieved);
        Ok(Self {
            count: kept.entries.len(),
            open: open
                .map(|posting| (hash(&posting.id), Open::of(posting)))
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
