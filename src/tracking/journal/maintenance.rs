//! Maintenance of a journal: check, merge, compact.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::fault::Fault;
use super::line;
use super::{Damage, JournalError, disk, file_in, take_lock};
use crate::tracking::{Event, EventId, EventKind, PostingKey};

/// Summary of a journal.
#[derive(Debug, Default)]
pub struct Report {
    /// Number of distinct events.
    pub events: usize,
    /// Number of duplicate events.
    pub repeated: usize,
    /// Number of marked postings.
    pub postings: usize,
    /// Number of lines of a later version.
    pub newer: usize,
    /// Unreadable lines.
    pub damaged: Vec<Damage>,
}

/// Result of merging a file into the journal.
#[derive(Debug)]
pub struct Merged {
    /// The file.
    pub file: PathBuf,
    /// Number of new events.
    pub added: usize,
    /// Number of known events.
    pub known: usize,
    /// Number of lines of a later version, which were skipped.
    pub newer: usize,
    /// Unreadable lines, which were skipped.
    pub damaged: Vec<Damage>,
}

/// Result of compacting a journal.
#[derive(Debug)]
pub struct Compacted {
    /// Size before.
    pub before: u64,
    /// Size after.
    pub after: u64,
    /// Path of the old file.
    pub kept: PathBuf,
}

/// Checks a journal.
pub fn check(folder: &Path) -> Result<Report, JournalError> {
    let lines = Lines::read(&file_in(folder))?.unwrap_or_default();
    let keys = lines.events.values().filter_map(key);
    Ok(Report {
        events: lines.events.len(),
        repeated: lines.repeated,
        postings: keys.collect::<HashSet<_>>().len(),
        newer: lines.newer,
        damaged: lines.damaged,
    })
}

/// Merges the events of other journals, as written there. Nothing is stored unless every file can be read.
pub fn merge(folder: &Path, files: &[PathBuf]) -> Result<Vec<Merged>, JournalError> {
    let _lock = take_lock(folder)?;
    let journal = file_in(folder);
    let own = Lines::read(&journal)?.unwrap_or_default();
    if own.newer > 0 {
        return Err(JournalError::Newer);
    }
    let mut known: HashSet<Written> = own.events.into_keys().collect();
    let mut fresh = Vec::new();
    let mut merged = Vec::new();
    for file in files {
        let missing =
            || JournalError::Unreadable(file.clone(), std::io::ErrorKind::NotFound.into());
        let lines = Lines::read(file)?.ok_or_else(missing)?;
        let events = lines.events.len();
        let mut added = 0;
        for written in lines.events.into_keys() {
            if !known.contains(&written) {
                added += 1;
                fresh.extend(&written.1);
                fresh.push(b'\n');
                known.insert(written);
            }
        }
        merged.push(Merged {
            file: file.clone(),
            added,
            known: events - added,
            newer: lines.newer,
            damaged: lines.damaged,
        });
    }
    if !fresh.is_empty() {
        disk::append(&journal, &fresh).map_err(|error| JournalError::Unwritable(journal, error))?;
    }
    Ok(merged)
}

/// Rewrites a journal: sorted, without duplicates, damaged lines and obsolete views. The old file is kept beside it.
/// `None` if there is no journal.
pub fn compact(folder: &Path, now: Timestamp) -> Result<Option<Compacted>, JournalError> {
    let _lock = take_lock(folder)?;
    let link = file_in(folder);
    // The journal may be a link into another folder, and remains one.
    let journal = link.canonicalize().unwrap_or(link);
    let Some(lines) = Lines::read(&journal)? else {
        return Ok(None);
    };
    if lines.newer > 0 {
        return Err(JournalError::Newer);
    }
    let before = lines.bytes;
    let fresh = lines.compacted();
    let kept = free_name(&journal, now);
    disk::replace(&journal, &kept, &fresh)
        .map_err(|error| JournalError::Unwritable(journal, error))?;
    Ok(Some(Compacted {
        before,
        after: fresh.len() as u64,
        kept,
    }))
}

/// An unused file name with the date.
fn free_name(journal: &Path, now: Timestamp) -> PathBuf {
    let day = now.strftime("%Y-%m-%d").to_string();
    let names = (1..).map(|number| match number {
        1 => format!("journal.before-{day}.jsonl"),
        _ => format!("journal.before-{day}-{number}.jsonl"),
    });
    let mut paths = names.map(|name| journal.with_file_name(name));
    let free = paths.find(|path| path.symlink_metadata().is_err());
    free.unwrap_or_else(|| journal.with_extension("before"))
}

/// An event as stored. If two lines have the same id, both are kept: choosing one is up to the reader.
type Written = (EventId, Vec<u8>);

/// Lines of a file, sorted by event.
#[derive(Default)]
struct Lines {
    bytes: u64,
    events: BTreeMap<Written, Event>,
    repeated: usize,
    newer: usize,
    damaged: Vec<Damage>,
}

impl Lines {
    /// Reads a file; `None` if it does not exist.
    fn read(path: &Path) -> Result<Option<Self>, JournalError> {
        let unreadable = |error| JournalError::Unreadable(path.to_owned(), error);
        let Some((mut file, _)) = disk::open(path).map_err(unreadable)? else {
            return Ok(None);
        };
        let bytes = disk::read_from(&mut file, 0).map_err(unreadable)?;
        let mut lines = Self {
            bytes: bytes.len() as u64,
            ..Self::default()
        };
        for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            let line = line.trim_ascii();
            if !line.is_empty() {
                line::read_all(line, |piece, read| lines.add(piece, read, number));
            }
        }
        Ok(Some(lines))
    }

    fn add(&mut self, line: &[u8], read: Result<Event, Fault>, number: usize) {
        match read {
            Ok(event) => {
                let known = self.events.insert((event.id, line.to_vec()), event);
                self.repeated += usize::from(known.is_some());
            }
            Err(Fault::Newer) => self.newer += 1,
            Err(Fault::Damaged(why)) => self.damaged.push(Damage { line: number, why }),
        }
    }

    fn compacted(&self) -> Vec<u8> {
        let mut looks: HashMap<&PostingKey, EventId> = HashMap::new();
        for ((id, _), event) in &self.events {
            if let Some(key) = look(event) {
                looks.insert(key, *id);
            }
        }
        let mut fresh = Vec::new();
        for ((id, line), event) in &self.events {
            if look(event).is_none_or(|key| looks.get(key) == Some(id)) {
                fresh.extend(line);
                fresh.push(b'\n');
            }
        }
        fresh
    }
}

fn key(event: &Event) -> Option<&PostingKey> {
    match &event.what {
        EventKind::Mark(key, _) => Some(key),
        EventKind::Undo(_) | EventKind::Redo(_) => None,
    }
}

/// The posting of a view that a later view makes obsolete.
fn look(event: &Event) -> Option<&PostingKey> {
    let EventKind::Mark(key, marked) = &event.what else {
        return None;
    };
    let pointless = marked.automatic
        && marked.hash.is_some()
        && marked.copy.is_none()
        && marked.mark == crate::tracking::Mark::Seen;
    pointless.then_some(key)
}
