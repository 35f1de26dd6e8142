//! Merges stored and incoming postings: adds new ones, updates changed ones, closes missing ones.

use std::collections::{HashMap, HashSet};

use super::entry::{self, StoredEntry};
use super::{MergeStats, MergedIds};
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

/// Merges the incoming postings and counts the changes.
pub(super) fn merge(
    mut existing: Vec<StoredEntry>,
    incoming: Vec<Posting>,
    closing: Option<&Closing>,
) -> (Vec<StoredEntry>, MergeStats, MergedIds) {
    let mut done = MergeStats::default();
    let mut ids = MergedIds::default();
    if let Some(closing) = closing {
        let here: HashSet<&str> = incoming.iter().map(|posting| posting.id.as_str()).collect();
        let gone = existing
            .iter_mut()
            .filter(|entry| !here.contains(entry.posting.id.as_str()));
        for entry in gone.filter(|entry| may_close(&entry.posting)) {
            closing.close(entry);
            done.closed += 1;
            ids.closed.push(entry.posting.id.clone());
        }
    }
    let mut at: HashMap<String, usize> = HashMap::with_capacity(existing.len());
    for (place, entry) in existing.iter().enumerate() {
        at.entry(entry.posting.id.clone()).or_insert(place);
    }
    let mut new: Vec<StoredEntry> = Vec::new();
    for posting in incoming {
        match at.get(&posting.id) {
            Some(place) => take(&mut existing[*place], posting, &mut done, &mut ids),
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
    (entry::merged(existing, new), done, ids)
}

/// Updates an entry with an incoming posting.
fn take(entry: &mut StoredEntry, mut posting: Posting, done: &mut MergeStats, ids: &mut MergedIds) {
    let id = posting.id.clone();
    let old = &entry.posting;
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
