//! The roster of a board: what stood on it when it was last looked at, so that the next look can say what is new, what
//! changed and what is gone.
//!
//! A roster counts *visits*. All looks of one day are one visit, so that what is new in the morning is still new in the
//! evening; only what was there at the very first look is a visit of its own, because to someone who sees a board for
//! the first time nothing on it is newer than the rest. A posting is known by its id; whatever else it says may change.

mod bytes;
mod fields;
mod file;
mod known;
mod visit;

use std::collections::HashMap;

pub use fields::Fields;
use fields::{Facts, FieldHashes, Group};
pub use known::{Known, Knowns};
pub use visit::{Visit, Visitor, Write};

use crate::board::Date;

/// Visits after which a posting that is gone is forgotten. Until then it is noticed if it is posted again.
const MEMORY: u16 = 200;

/// What is known of a board's postings.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Roster {
    /// The number of the visit that is going on.
    visit: u16,
    /// Its day.
    day: Date,
    /// The day of the one before it; `None` at the very first look.
    before: Option<Date>,
    /// Sorted by the hashes of their ids.
    entries: Vec<Entry>,
}

/// What is known of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    /// The hash of its id.
    id: u64,
    /// What it said last.
    fields: FieldHashes,
    /// The day it, or the posting that it is a repost of, was first seen.
    first_seen: Date,
    /// The visit that it was new in.
    arrived: u16,
    /// The visit that it last changed in, and what changed then; 0 where it never did.
    changed: u16,
    changes: Fields,
    /// The visit that it was found gone or closed in; 0 while it is there.
    gone: u16,
    /// How often it was posted again after it was gone.
    reposts: u16,
    /// Whether another posting was found to be a repost of it.
    succeeded: bool,
}

/// What a look at a board comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    /// The day of the visit before; `None` at the very first look.
    since: Option<Date>,
    /// What is known of each posting, in their order.
    known: Vec<Known>,
    /// How many are gone or closed since the visit before.
    gone: usize,
    /// Whether this look itself found something that the one before it, maybe a minute ago, had not.
    fresh: bool,
}

impl Roster {
    /// What stands on a board that was never looked at: nothing.
    fn new(today: Date) -> Self {
        Self {
            visit: 0,
            day: today,
            before: None,
            entries: Vec::new(),
        }
    }

    /// Looks at a board, and remembers what is there.
    fn look(&mut self, today: Date, postings: &[Facts]) -> Look {
        let first = self.visit == 0 && self.entries.is_empty();
        self.begin_visit(today, first);
        let mut sorted: Vec<usize> = (0..postings.len()).collect();
        sorted.sort_unstable_by_key(|&at| postings[at].id);
        let mut known = vec![None; postings.len()];
        let (mut met, mut fresh) = (vec![false; self.entries.len()], false);
        let mut arrivals = Vec::new();
        let mut at = 0;
        for posting in sorted {
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
                    fresh |= entry.meet(facts, self.visit);
                    Some(entry.known(self.visit))
                }
                Some(entry) => Some(entry.known(self.visit).without_news()),
                None if facts.is_open => {
                    arrivals.push(posting);
                    None
                }
                None => Some(
                    Entry::new(facts, self.visit, self.day)
                        .known(self.visit)
                        .without_news(),
                ),
            };
        }
        let lost = self.lose(&met);
        let came = self.welcome(postings, &arrivals, first, &mut known);
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

    /// A later day is another visit. Where the clock went back, the visit goes on.
    fn begin_visit(&mut self, today: Date, first: bool) {
        if first {
            return;
        }
        if today > self.day {
            self.visit = self.visit.saturating_add(1);
            self.before = Some(self.day);
            self.day = today;
        } else if self.before.is_none() {
            // Another look on the very first day.
            self.before = Some(self.day);
        }
    }

    /// Notes which postings are no longer there; whether there are more of them than were known.
    fn lose(&mut self, met: &[bool]) -> bool {
        let mut lost = false;
        for (entry, _) in self.entries.iter_mut().zip(met).filter(|(_, met)| !**met) {
            if entry.gone == 0 {
                entry.gone = self.visit;
                lost = true;
            }
        }
        lost
    }

    /// Takes in the postings that are not known; whether there are any.
    fn welcome(
        &mut self,
        postings: &[Facts],
        arrivals: &[usize],
        first: bool,
        known: &mut [Option<Known>],
    ) -> bool {
        let mut departed = self.departed();
        for &posting in arrivals {
            let facts = &postings[posting];
            let mut entry = Entry::new(facts, self.visit, self.day);
            let old = departed.get_mut(&facts.fields.group()).and_then(Vec::pop);
            if let Some(old) = old.map(|at| &mut self.entries[at]) {
                old.succeeded = true;
                entry.first_seen = entry.first_seen.min(old.first_seen);
                entry.reposts = old.reposts.saturating_add(1);
            }
            let now = entry.known(self.visit);
            known[posting] = Some(Known {
                is_new: !first,
                ..now
            });
            self.entries.push(entry);
        }
        self.entries.sort_unstable_by_key(|entry| entry.id);
        self.entries.dedup_by_key(|entry| entry.id);
        !arrivals.is_empty()
    }

    /// The postings that are gone and that none is a repost of yet, by what they have in common with one.
    fn departed(&self) -> HashMap<Group, Vec<usize>> {
        let mut departed: HashMap<Group, Vec<usize>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.gone != 0 && !entry.succeeded {
                departed.entry(entry.fields.group()).or_default().push(at);
            }
        }
        departed
    }
}

impl Entry {
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

    /// It is there; whether that is news.
    fn meet(&mut self, facts: &Facts, visit: u16) -> bool {
        let changes = self.fields.differing(&facts.fields);
        let differs = self.fields != facts.fields;
        // What was gone for a moment only, as while a file was being written, was never gone.
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

    fn known(&self, visit: u16) -> Known {
        let is_new = self.arrived == visit;
        let changed = self.changed == visit && visit != 0 && !is_new;
        Known {
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
