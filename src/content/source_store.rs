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
mod last_sync;
mod merge;
mod override_file;
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
use crate::board::{Date, Interview, Posting, Source};
use changes::Changes;
pub use error::StoreError;
use fill::is_prefix;
use last_sync::LastSync;
use merge::{Closing, Merging};
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
    /// Those that were edited by hand since the last sync.
    pub edits: Vec<HandEdit>,
    /// Those that were deleted by hand since the last sync, and are still at their source.
    pub deleted: Vec<String>,
}

/// Values of a posting that were edited by hand and that its source has otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandEdit {
    /// Id of the posting.
    pub id: String,
    /// Each field with its edited value as TOML; `None` if it was removed.
    pub fields: Vec<(&'static str, Option<String>)>,
    /// Whether the edits were replaced by the values of the source: they were discarded, or are an override now.
    pub is_replaced: bool,
}

/// What a sync does with hand edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EditPolicy {
    /// They stay as they are.
    #[default]
    Keep,
    /// They become overrides, in a file of the board's own.
    Override,
    /// The values of the source replace them.
    Discard,
}

impl MergedIds {
    fn lists(&mut self) -> [&mut Vec<String>; 6] {
        [
            &mut self.new,
            &mut self.changed,
            &mut self.same,
            &mut self.closed,
            &mut self.reopened,
            &mut self.deleted,
        ]
    }

    fn add(&mut self, mut other: Self) {
        self.edits.append(&mut other.edits);
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
    let options = MergeOptions {
        edits: EditPolicy::Discard,
        ..MergeOptions::default()
    };
    let merged = merge_listing(folder, postings, interviews, &options)?;
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

/// Names of the folders of a board that syncs filled, in order.
pub fn filled(board: &Path) -> Vec<String> {
    let entries = board.read_dir().into_iter().flatten().flatten();
    let filled = entries.filter(|entry| entry.path().join(last_sync::FILE).is_file());
    let mut names: Vec<String> = filled
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    names
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
    /// What to do with hand edits.
    pub edits: EditPolicy,
    /// Whether to record what was written, so that the next merge can tell hand edits. A record that exists is updated
    /// anyway.
    pub record: bool,
}

/// A source's folder.
#[derive(Debug)]
pub struct SourceStore {
    folder: PathBuf,
    /// Names of the existing files, without extension.
    present: BTreeSet<String>,
    existing: ExistingPostings,
    closing: Option<Closing>,
    last_sync: LastSync,
    edits: EditPolicy,
    /// Pending changes; `None` in a dry run.
    changes: Option<Changes>,
    ids: Mutex<MergedIds>,
    /// Closing dates of the postings that were closed.
    closed: Mutex<HashMap<String, Option<Date>>>,
}

/// What is kept in memory about the postings in a folder.
#[derive(Debug, Default)]
struct ExistingPostings {
    count: usize,
    /// Hashes of all ids.
    ids: HashSet<u64>,
    /// Open postings of the source, by the hash of their id.
    open: HashMap<u64, Open>,
    /// Newest day on which a posting came.
    newest: Option<Date>,
    /// Address of the feed of an open posting.
    feed: Option<String>,
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
        // Without its postings, the record is that of a folder that was emptied in order to be filled anew.
        let last_sync = if present.is_empty() {
            LastSync::default()
        } else {
            LastSync::read(folder).map_err(io)?
        };
        Ok(Self {
            folder: folder.to_owned(),
            present,
            existing: ExistingPostings::default(),
            closing: None,
            last_sync,
            edits: EditPolicy::default(),
            changes: None,
            ids: Mutex::default(),
            closed: Mutex::default(),
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
        self.edits = options.edits;
        let is_recorded = options.record || self.last_sync.exists;
        let lines = if is_recorded && !options.dry_run {
            last_sync::lines(&postings)
        } else {
            HashMap::new()
        };
        if !options.dry_run {
            std::fs::create_dir_all(&folder).map_err(io)?;
            changes::tidy(&folder).map_err(io)?;
            self.changes = Some(Changes::default());
        }
        let mut done = on_large_stacks(|| self.fill("", Vec::new(), postings)).map_err(io)??;
        done.add(self.interviews(interviews)?);
        let mut ids = std::mem::take(&mut self.ids)
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        ids.lists()
            .into_iter()
            .for_each(|list| list.sort_unstable());
        ids.edits.sort_unstable();
        if let Some(changes) = self.changes.take() {
            // Overrides first: a crash in between must not lose the edits.
            if options.edits == EditPolicy::Override {
                self.write_overrides(&ids)?;
            }
            changes.apply(&folder)?;
            if is_recorded {
                let kept = |id: &str| {
                    options.complete_as_of.is_none() || self.existing.ids.contains(&hash(id))
                };
                let closed = std::mem::take(&mut self.closed).into_inner();
                let closed = closed.unwrap_or_else(PoisonError::into_inner);
                let text = self.last_sync.updated(&lines, &closed, kept);
                last_sync::write(&folder, &text).map_err(io)?;
            }
        }
        Ok((done, ids))
    }

    /// Turns hand edits into overrides, and deletions into hidden ones.
    fn write_overrides(&self, ids: &MergedIds) -> Result<(), StoreError> {
        let edits = ids.edits.iter().filter(|edit| edit.is_replaced);
        let board = self.folder.parent().unwrap_or(&self.folder);
        override_file::append(board, edits, &ids.deleted)
            .map_err(|why| StoreError::Io(board.join(override_file::FILE), io::Error::other(why)))
    }

    /// How the postings of a file are merged.
    fn merging(&self) -> Merging<'_> {
        Merging {
            closing: self.closing.as_ref(),
            last_sync: &self.last_sync,
            edits: self.edits,
        }
    }

    /// Notes the closing dates of postings.
    fn note_closed(&self, closed: HashMap<String, Option<Date>>) {
        let mut all = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(closed);
    }

    /// Day on which an open posting was first seen.
    pub fn first_seen(&self, id: &str) -> Option<Date> {
        self.existing.open.get(&hash(id))?.first_seen
    }

    /// Number of postings that have not been closed since they were last seen.
    pub fn open_count(&self) -> usize {
        self.existing.open.len()
    }

    /// Address of the feed that its postings came from.
    pub fn feed(&self) -> Option<&str> {
        self.existing.feed.as_deref()
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
    fn from_posting(posting: &Posting) -> Self {
        let source = posting.source.as_ref();
        Self {
            id: posting.id.clone(),
            first_seen: source.and_then(|source| source.first_seen),
            retrieved: source.and_then(came),
            traits: Traits::from_posting(posting),
        }
    }
}

/// Last day on which a posting is known to have come from its source.
fn came(source: &Source) -> Option<Date> {
    source.retrieved.max(source.first_seen)
}

impl ExistingPostings {
    fn in_file(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let kept = file::postings(folder, name)?;
        let postings = || kept.entries.iter().map(|entry| &entry.posting);
        let open = postings().filter(|posting| merge::may_close(posting));
        let days = postings().filter_map(|posting| came(posting.source.as_ref()?));
        Ok(Self {
            count: kept.entries.len(),
            ids: postings().map(|posting| hash(&posting.id)).collect(),
            open: open
                .map(|posting| (hash(&posting.id), Open::from_posting(posting)))
                .collect(),
            newest: days.max(),
            feed: postings()
                .filter(|posting| merge::may_close(posting))
                .find_map(|posting| posting.source.as_ref()?.url.clone()),
        })
    }

    fn and(mut self, other: Self) -> Self {
        self.count += other.count;
        self.ids.extend(other.ids);
        self.open.extend(other.open);
        self.newest = self.newest.max(other.newest);
        self.feed = self.feed.or(other.feed);
        self
    }
}

#[cfg(test)]
mod tests;
