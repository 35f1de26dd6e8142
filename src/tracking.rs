//! The user's marks on postings, computed from an append-only set of events.
//!
//! This module knows no files, clock or screen; [`journal`] stores the events. The result does not depend on the order
//! in which events arrive: they are sorted by id and deduplicated, so that merging the journals of two machines in any
//! order gives the same state. Undo is an event, too.

mod clock;
mod content_hash;
mod disk;
mod event;
mod funnel;
pub mod journal;
mod status;
#[cfg(test)]
mod tests;
pub mod visit_log;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use clock::Clock;
pub use content_hash::ContentHash;
pub use event::{
    Event, EventId, EventKind, Mark, MarkEvent, Moment, PostingKey, Reason, Stage, board_key,
};
pub use funnel::{Funnel, FunnelStep};
pub use status::{Status, Step};
pub use visit_log::{Fields, PostingHistories, PostingHistory};

use crate::board::Posting;

/// All marks on all postings.
#[derive(Debug, Clone, Default)]
pub struct Tracking {
    records: Vec<Record>,
    /// Index of the record by board and posting.
    positions: Map<Map<usize>>,
    acts: BTreeMap<Moment, Act>,
    unmarked: Status,
}

type Map<T> = HashMap<String, T, foldhash::fast::RandomState>;

/// Events of a posting, and the status computed from them.
#[derive(Debug, Clone)]
struct Record {
    key: PostingKey,
    events: Vec<(EventId, Box<MarkEvent>)>,
    status: Status,
}

/// An act of the user, possibly on many postings.
#[derive(Debug, Clone, Default)]
struct Act {
    records: BTreeSet<usize>,
    /// The latest undo or redo of it.
    undone: Option<(EventId, bool)>,
}

impl Act {
    fn is_undone(&self) -> bool {
        self.undone.is_some_and(|(_, undone)| undone)
    }
}

impl Tracking {
    /// Marks on a posting.
    pub fn status(&self, board: &str, id: &str) -> &Status {
        let position = self.position(board, id);
        position.map_or(&self.unmarked, |at| &self.records[at].status)
    }

    /// Marks on a posting.
    pub fn of_posting(&self, key: &PostingKey) -> &Status {
        self.status(&key.board, &key.id)
    }

    /// Every posting that was ever marked, in arbitrary order.
    pub fn iter(&self) -> impl Iterator<Item = (&PostingKey, &Status)> {
        self.records
            .iter()
            .map(|record| (&record.key, &record.status))
    }

    /// Number of distinct events on postings.
    pub fn len(&self) -> usize {
        self.records.iter().map(|record| record.events.len()).sum()
    }

    /// Id of the latest event; new events must be later.
    pub fn latest(&self) -> Option<EventId> {
        let events = self.records.iter().flat_map(|record| &record.events);
        let marks = events.map(|(id, _)| *id);
        let turns = self.acts.values().filter_map(|act| act.undone);
        marks.chain(turns.map(|(id, _)| id)).max()
    }

    /// Whether no posting was ever marked.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Adds events in any order; known ones have no effect.
    pub fn extend(&mut self, events: impl IntoIterator<Item = Event>) {
        let events = events.into_iter();
        self.records.reserve(events.size_hint().0);
        let mut touched = Vec::with_capacity(events.size_hint().0);
        let mut turned = BTreeSet::new();
        for Event { id, what } in events {
            let (moment, is_undone) = match what {
                EventKind::Mark(key, marked) => {
                    touched.push(self.add(id, key, marked));
                    continue;
                }
                EventKind::Undo(moment) => (moment, true),
                EventKind::Redo(moment) => (moment, false),
            };
            let act = self.acts.entry(moment).or_default();
            act.undone = act.undone.max(Some((id, is_undone)));
            turned.insert(moment);
        }
        for moment in turned {
            touched.extend(self.acts.get(&moment).iter().flat_map(|act| &act.records));
        }
        touched.sort_unstable();
        touched.dedup();
        for at in touched {
            let acts = &self.acts;
            self.records[at].fold(|moment| acts.get(&moment).is_some_and(Act::is_undone));
        }
    }

    /// Event for a mark. Saving and applying include a copy of the posting, unless the last copy is current.
    pub fn mark(&self, key: PostingKey, mark: Mark, posting: Option<&Posting>) -> EventKind {
        let status = self.of_posting(&key);
        let hash = posting.map(ContentHash::from_posting);
        let kept = status.copy.as_deref().map(ContentHash::from_posting);
        let outlives = matches!(mark, Mark::Saved | Mark::Stage(..)) && kept != hash;
        let copy = posting.filter(|_| outlives).cloned().map(|mut copy| {
            copy.id.clone_from(&key.id);
            copy.board.clear();
            copy.into()
        });
        let marked = MarkEvent {
            mark,
            automatic: false,
            hash,
            copy,
        };
        EventKind::Mark(key, marked.into())
    }

    /// Event for viewing a posting; `None` if it was viewed in its current version.
    pub fn seen(&self, key: PostingKey, posting: &Posting) -> Option<EventKind> {
        let hash = Some(ContentHash::from_posting(posting));
        if self.of_posting(&key).hash == hash {
            return None;
        }
        let marked = MarkEvent {
            mark: Mark::Seen,
            automatic: true,
            hash,
            copy: None,
        };
        Some(EventKind::Mark(key, marked.into()))
    }

    /// Event for replacing the note.
    pub fn note(&self, key: PostingKey, text: String, posting: Option<&Posting>) -> EventKind {
        let replaces = self.of_posting(&key).note_from.clone();
        self.mark(key, Mark::Note { text, replaces }, posting)
    }

    /// Event that undoes the last act.
    pub fn undo(&self) -> Option<EventKind> {
        let mut acts = self.acts.iter().rev();
        let (moment, _) = acts.find(|(_, act)| !act.records.is_empty() && !act.is_undone())?;
        Some(EventKind::Undo(*moment))
    }

    /// Event that redoes the last undone act; `None` if another act followed.
    pub fn redo(&self) -> Option<EventKind> {
        let done = || self.acts.iter().filter(|(_, act)| !act.records.is_empty());
        let undone = done().filter(|(_, act)| act.is_undone());
        let (moment, act) = undone.max_by_key(|(_, act)| act.undone)?;
        let (last, _) = done().next_back()?;
        let (undo, _) = act.undone?;
        (*last < undo.moment).then_some(EventKind::Redo(*moment))
    }

    /// Marks set by an act.
    pub fn act(&self, moment: Moment) -> impl Iterator<Item = (&PostingKey, &Mark)> {
        let act = self.acts.get(&moment).into_iter();
        let records = act
            .flat_map(|act| &act.records)
            .map(|&at| &self.records[at]);
        records.flat_map(move |record| {
            let events = record.events.iter();
            let done = events.filter(move |(id, marked)| id.moment == moment && !marked.automatic);
            done.map(|(_, marked)| (&record.key, &marked.mark))
        })
    }

    fn position(&self, board: &str, id: &str) -> Option<usize> {
        self.positions.get(board)?.get(id).copied()
    }

    /// Adds an event to its posting's record and returns the index of the record, which has to be recomputed.
    fn add(&mut self, id: EventId, key: PostingKey, marked: Box<MarkEvent>) -> usize {
        let known = self.position(&key.board, &key.id);
        let at = known.unwrap_or_else(|| self.add_record(key));
        if !marked.automatic {
            self.acts.entry(id.moment).or_default().records.insert(at);
        }
        self.records[at].events.push((id, marked));
        at
    }

    fn add_record(&mut self, key: PostingKey) -> usize {
        let at = self.records.len();
        if !self.positions.contains_key(&key.board) {
            self.positions.insert(key.board.clone(), Map::default());
        }
        if let Some(ids) = self.positions.get_mut(&key.board) {
            ids.insert(key.id.clone(), at);
        }
        self.records.push(Record {
            key,
            // Most postings only have a single event, for being viewed.
            events: Vec::with_capacity(1),
            status: Status::default(),
        });
        at
    }
}

impl Record {
    fn fold(&mut self, is_undone: impl Fn(Moment) -> bool) {
        self.events.sort_by_key(|(id, _)| *id);
        self.events.dedup_by(|(id, later), (known, kept)| {
            if id != known {
                return false;
            }
            // Ids are unique. If a damaged file contains duplicates, every copy must choose the same one.
            if later != kept && format!("{later:?}") < format!("{kept:?}") {
                std::mem::swap(later, kept);
            }
            true
        });
        self.status = Status::fold(&self.events, |id, marked| {
            !marked.automatic && is_undone(id.moment)
        });
    }
}
