//! The visit log of a board: which postings it had when the user last visited, so that the next visit can tell what is
//! new, changed or gone.
//!
//! All looks of one day are one visit, so that what is new in the morning is still new in the evening. The very first
//! look is a visit of its own: to a first-time visitor no posting is newer than the others. Postings are identified by
//! id; everything else about them may change.

mod bytes;
mod fields;
mod file;
mod history;
mod publications;
mod visit;

use std::collections::HashMap;
use std::hash::BuildHasher;

pub use fields::Fields;
use fields::{Facts, Group, group};
use foldhash::fast::FixedState;
pub use history::{PostingHistories, PostingHistory};
pub use publications::PublicationLook;
pub use visit::{Visit, Visitor, Write};

use crate::board::{Date, FieldHashes};

/// Number of visits after which a posting that is gone is forgotten. Until then a repost is recognised.
const MEMORY: u16 = 200;

/// Log of a board's postings.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct VisitLog {
    /// Number of the current visit.
    visit: u16,
    /// Day of the current visit.
    day: Date,
    /// Day of the previous visit; `None` during the first one.
    before: Option<Date>,
    /// Entries, sorted by the hash of the id.
    entries: Vec<LogEntry>,
}

/// Log entry of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct LogEntry {
    /// Hash of its id.
    id: u64,
    /// Hashes of its fields when last seen.
    fields: FieldHashes,
    /// Day when it, or the posting that it is a repost of, was first seen.
    first_seen: Date,
    /// Visit in which it appeared.
    arrived: u16,
    /// Visit in which it last changed, and the changed fields; 0 if it never changed.
    changed: u16,
    changes: Fields,
    /// Visit in which it was found gone or closed; 0 while it is there.
    gone: u16,
    /// Number of times it was reposted after it was gone.
    reposts: u16,
    /// Whether another posting was identified as a repost of it.
    succeeded: bool,
}

/// Result of comparing a board with the log.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    /// Day of the previous visit; `None` on the first one.
    since: Option<Date>,
    /// History of each posting, in board order.
    known: Vec<PostingHistory>,
    /// Number of postings gone or closed since the previous visit.
    gone: usize,
    /// Whether this look found changes that the previous look of the same visit had not.
    fresh: bool,
}

impl VisitLog {
    /// An empty log.
    fn new(today: Date) -> Self {
        Self {
            visit: 0,
            day: today,
            before: None,
            entries: Vec::new(),
        }
    }

    /// Hash of the whole log, to tell whether it changed.
    fn digest(&self) -> u64 {
        FixedState::default().hash_one(self)
    }

    /// Compares a board with the log, and updates the log.
    fn look(&mut self, today: Date, postings: &[Facts]) -> Look {
        let first = self.visit == 0 && self.entries.is_empty();
        self.begin_visit(today, first);
        let mut sorted: Vec<u32> = (0..postings.len() as u32).collect();
        sorted.sort_unstable_by_key(|&at| postings[at as usize].id);
        let mut known = vec![None; postings.len()];
        let (mut met, mut fresh) = (vec![false; self.entries.len()], false);
        let mut arrivals = Vec::new();
        let mut at = 0;
        for posting in sorted {
            let posting = posting as usize;
            let facts = &postings[posting];
            while self
                .entries
                .get(at)
                .is_some_and(|entry| entry.id < facts.id)
            {
                at += 1;
            }
            let entry = self
                .entries
                .get_mut(at)
                .filter(|entry| entry.id == facts.id);
            known[posting] = match entry {
                Some(entry) if facts.is_open => {
                    met[at] = true;
                    fresh |= entry.update(facts, self.visit);
                    Some(entry.known(self.visit))
                }
                Some(entry) => Some(entry.known(self.visit).without_news()),
                None if facts.is_open => {
                    arrivals.push(posting);
                    None
                }
                None => Some(
                    LogEntry::new(facts, self.visit, self.day)
                        .known(self.visit)
                        .without_news(),
                ),
            };
        }
        let lost = self.mark_missing(&met);
        let came = self.insert_new(postings, &arrivals, first, &mut known);
        let visit = self.visit;
        self.entries.retain(|entry| !entry.is_forgotten(visit));
        if first {
            self.visit = 1;
        }
        let gone = self.entries.iter().filter(|entry| entry.gone == visit);
        Look {
            since: self.before,
            known: known.into_iter().flatten().collect(),
            gone: if first { 0 } else { gone.count() },
            fresh: !first && (fresh || lost || came),
        }
    }

    /// Starts a new visit on a later day. If the clock went back, the visit continues.
    fn begin_visit(&mut self, today: Date, first: bool) {
        if first {
            return;
        }
        if today > self.day {
            self.visit = self.visit.saturating_add(1);
            self.before = Some(self.day);
            self.day = today;
        } else if self.before.is_none() {
            // A later look on the first day.
            self.before = Some(self.day);
        }
    }

    /// Records which postings are gone; returns whether there are any new ones among them.
    fn mark_missing(&mut self, met: &[bool]) -> bool {
        let mut lost = false;
        for (entry, _) in self.entries.iter_mut().zip(met).filter(|(_, met)| !**met) {
            if entry.gone == 0 {
                entry.gone = self.visit;
                lost = true;
            }
        }
        lost
    }

    /// Adds unknown postings; returns whether there are any.
    fn insert_new(
        &mut self,
        postings: &[Facts],
        arrivals: &[usize],
        first: bool,
        known: &mut [Option<PostingHistory>],
    ) -> bool {
        let mut departed = self.departed();
        for &posting in arrivals {
            let facts = &postings[posting];
            let mut entry = LogEntry::new(facts, self.visit, self.day);
            let old = departed.get_mut(&group(&facts.fields)).and_then(Vec::pop);
            if let Some(old) = old.map(|at| &mut self.entries[at]) {
                old.succeeded = true;
                entry.first_seen = entry.first_seen.min(old.first_seen);
                entry.reposts = old.reposts.saturating_add(1);
            }
            let now = entry.known(self.visit);
            known[posting] = Some(PostingHistory {
                is_new: !first,
                ..now
            });
            self.entries.push(entry);
        }
        self.entries.sort_unstable_by_key(|entry| entry.id);
        self.entries.dedup_by_key(|entry| entry.id);
        !arrivals.is_empty()
    }

    /// Gone postings without a repost, by the fields that a repost shares.
    fn departed(&self) -> HashMap<Group, Vec<usize>> {
        let mut departed: HashMap<Group, Vec<usize>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.gone != 0 && !entry.succeeded {
                departed.entry(group(&entry.fields)).or_default().push(at);
            }
        }
        departed
    }
}

impl LogEntry {
    fn new(facts: &Facts, visit: u16, day: Date) -> Self {
        Self {
            id: facts.id,
            fields: facts.fields,
            first_seen: facts.first_seen.map_or(day, |first| first.min(day)),
            arrived: visit,
            changed: 0,
            changes: Fields::default(),
            gone: 0,
            reposts: 0,
            succeeded: false,
        }
    }

    /// Updates the entry of a posting that is there; returns whether that is a change.
    fn update(&mut self, facts: &Facts, visit: u16) -> bool {
        let changes = Fields::differing(&self.fields, &facts.fields);
        let differs = self.fields != facts.fields;
        // A posting that was missing only briefly, such as while a file was being written, was never gone.
        let back = self.gone != 0 && self.gone != visit;
        if back {
            self.arrived = visit;
            self.reposts = self.reposts.saturating_add(1);
        } else if differs {
            let earlier = if self.changed == visit {
                self.changes
            } else {
                Fields::default()
            };
            self.changes = earlier.with(changes);
            self.changed = visit;
        }
        self.gone = 0;
        self.succeeded = false;
        self.fields = facts.fields;
        back || differs
    }

    fn known(&self, visit: u16) -> PostingHistory {
        let is_new = self.arrived == visit;
        let changed = self.changed == visit && visit != 0 && !is_new;
        PostingHistory {
            first_seen: self.first_seen,
            reposts: self.reposts,
            is_new,
            changed: if changed {
                self.changes
            } else {
                Fields::default()
            },
        }
    }

    fn is_forgotten(&self, visit: u16) -> bool {
        self.gone != 0 && visit.saturating_sub(self.gone) > MEMORY
    }
}

#[cfg(test)]
mod tests;
