//! Merges stored and incoming postings: adds new ones, updates changed ones, closes missing ones.

use std::collections::{HashMap, HashSet};

use super::entry::{self, StoredEntry};
use super::last_sync::{LastSync, is_same};
use super::{EditPolicy, HandEdit, MergeStats, MergedIds, write};
use crate::board::field::{Field, Kind};
use crate::board::{Date, Posting};

/// Dates for closing postings that are no longer at their source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closing {
    /// The day before they were found missing: the latest possible closing date.
    closed_by: Date,
    /// Newest retrieval date of the source: the earliest possible closing date.
    seen: Option<Date>,
    /// The current date.
    today: Date,
}

impl Closing {
    /// Dates for postings found missing `today`, in a source last retrieved at `newest`.
    pub(super) fn new(today: Date, newest: Option<Date>) -> Self {
        Self {
            closed_by: today.yesterday().unwrap_or(today),
            seen: newest.map(|seen| seen.min(today)),
            today,
        }
    }

    /// Closes a posting, never before it was last seen nor after its own closing date.
    /// Dates in the future, as feeds and wrong clocks may give them, do not count.
    fn close(&self, entry: &mut StoredEntry) {
        let mut posting = entry.posting.clone();
        let Some(source) = &mut posting.source else {
            return;
        };
        let seen = self.seen.max(source.retrieved).max(source.first_seen);
        source.last_seen = seen.map(|seen| seen.min(self.today));
        let existing = posting.posted.max(source.last_seen);
        let existing = existing.map(|existing| existing.min(self.today));
        let by = existing.map_or(self.closed_by, |existing| existing.max(self.closed_by));
        posting.closes = Some(posting.closes.map_or(by, |closes| closes.min(by)));
        entry.say(posting);
    }
}

/// Whether a posting came from a source and was there last time.
pub(super) fn may_close(posting: &Posting) -> bool {
    posting.source.is_some() && !is_gone(posting)
}

/// Whether a posting came from a source and was missing last time.
fn is_gone(posting: &Posting) -> bool {
    let source = posting.source.as_ref();
    source.is_some_and(|source| source.last_seen.is_some())
}

/// How postings are merged.
#[derive(Clone, Copy)]
pub(super) struct Merging<'a> {
    /// Closes the postings that are missing.
    pub(super) closing: Option<&'a Closing>,
    pub(super) last_sync: &'a LastSync,
    pub(super) edits: EditPolicy,
}

/// Postings of a file after a merge.
pub(super) struct Merged {
    pub(super) entries: Vec<StoredEntry>,
    pub(super) done: MergeStats,
    pub(super) ids: MergedIds,
    /// Closing dates of the postings that were closed.
    pub(super) closed: HashMap<String, Option<Date>>,
}

/// Merges the incoming postings and counts the changes.
pub(super) fn merge(
    mut existing: Vec<StoredEntry>,
    incoming: Vec<Posting>,
    merging: &Merging<'_>,
) -> Merged {
    let mut done = MergeStats::default();
    let mut ids = MergedIds::default();
    let mut closed = HashMap::new();
    if let Some(closing) = merging.closing {
        let here: HashSet<&str> = incoming.iter().map(|posting| posting.id.as_str()).collect();
        let gone = existing
            .iter_mut()
            .filter(|entry| !here.contains(entry.posting.id.as_str()));
        for entry in gone.filter(|entry| may_close(&entry.posting)) {
            closing.close(entry);
            done.closed += 1;
            ids.closed.push(entry.posting.id.clone());
            closed.insert(entry.posting.id.clone(), entry.posting.closes);
        }
    }
    let mut at: HashMap<String, usize> = HashMap::with_capacity(existing.len());
    for (place, entry) in existing.iter().enumerate() {
        at.entry(entry.posting.id.clone()).or_insert(place);
    }
    let mut new: Vec<StoredEntry> = Vec::new();
    for posting in incoming {
        match at.get(&posting.id) {
            Some(place) => merging.take(&mut existing[*place], posting, &mut done, &mut ids),
            None if merging.last_sync.has(&posting.id) => {
                ids.deleted.push(posting.id.clone());
                if merging.edits != EditPolicy::Keep {
                    new.push(StoredEntry::new(posting));
                }
            }
            None => new.push(StoredEntry::new(posting)),
        }
    }
    new.sort_by(|a, b| a.posting.id.cmp(&b.posting.id));
    new.dedup_by(|later, first| {
        let same = later.posting.id == first.posting.id;
        if same {
            std::mem::swap(later, first);
        }
        same
    });
    done.new += new.len();
    ids.new
        .extend(new.iter().map(|entry| entry.posting.id.clone()));
    Merged {
        entries: entry::merged(existing, new),
        done,
        ids,
        closed,
    }
}

impl Merging<'_> {
    /// Updates an entry with an incoming posting.
    fn take(
        &self,
        entry: &mut StoredEntry,
        mut posting: Posting,
        done: &mut MergeStats,
        ids: &mut MergedIds,
    ) {
        let id = posting.id.clone();
        let old = &entry.posting;
        if !has_same_content(old, &posting) {
            ids.edits.extend(self.hand_edits(old, &mut posting));
        }
        if has_same_content(old, &posting) {
            done.same += 1;
            ids.same.push(id);
            return;
        }
        if let (Some(new), Some(old)) = (&mut posting.source, &old.source) {
            new.first_seen = old.first_seen.or(new.first_seen);
        }
        if is_gone(old) {
            done.reopened += 1;
            ids.reopened.push(id);
        } else {
            done.changed += 1;
            ids.changed.push(id);
        }
        entry.say(posting);
    }

    /// The hand edits of a stored posting. Those that are kept are copied to the incoming posting.
    fn hand_edits(&self, old: &Posting, posting: &mut Posting) -> Vec<HandEdit> {
        let edited = self.last_sync.edited(old).into_iter();
        let edited = edited.filter(|field| !is_same(field, old, posting));
        let is_kept = |field: &&Field| match self.edits {
            EditPolicy::Keep => true,
            EditPolicy::Discard => false,
            EditPolicy::Override => field.value(old).is_none() && !is_clearable(field),
        };
        let (kept, replaced): (Vec<_>, Vec<_>) = edited.partition(is_kept);
        for field in &kept {
            field.copy(old, posting);
        }
        let edits = [(kept, false), (replaced, true)].into_iter();
        let edits = edits.filter(|(fields, _)| !fields.is_empty());
        let edits = edits.map(|(fields, is_replaced)| HandEdit {
            id: old.id.clone(),
            fields: fields
                .into_iter()
                .map(|field| written(field, old))
                .collect(),
            is_replaced,
        });
        edits.collect()
    }
}

/// A field and its value as TOML; `None` if it is absent.
fn written(field: &Field, posting: &Posting) -> (&'static str, Option<String>) {
    let value = field.value(posting);
    let value = value.map(|value| write::value(&value, field.name));
    (field.name, value)
}

/// Whether an override can clear the field, by an empty list or `false`.
fn is_clearable(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::Lines(..) | Kind::Locations(_) | Kind::Words(_) | Kind::Salaries(_) | Kind::Flag(_)
    )
}

/// Whether two versions of a posting differ only in the dates of their source.
fn has_same_content(old: &Posting, new: &Posting) -> bool {
    let feed = |posting: &Posting| {
        let source = posting.source.as_ref();
        source.map(|source| (source.format.clone(), source.url.clone()))
    };
    if feed(old) != feed(new) || is_gone(old) {
        return false;
    }
    let dated = Posting {
        source: old.source.clone(),
        ..new.clone()
    };
    *old == dated
}
