//! What a person did with postings, and what it comes to: a fold over events that are never changed or destroyed.
//!
//! Nothing here knows of files, clocks or screens; [`journal`] keeps the events. The fold does not ask in which order
//! events came to be known: they are sorted by their ids and those known already are dropped, so that the journals of
//! two machines put together in any way give the same state. Taking back is an event too.

mod clock;
mod content_hash;
mod disk;
mod event;
pub mod journal;
pub mod roster;
mod status;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use clock::Clock;
pub use content_hash::ContentHash;
pub use event::{Event, EventId, Mark, Marked, Moment, PostingKey, Reason, Stage, What, board_key};
pub use roster::{Fields, Known, Knowns};
pub use status::{Status, Step};

use crate::board::Posting;

/// Every mark on every posting.
#[derive(Debug, Clone, Default)]
pub struct Tracking {
    records: Vec<Record>,
    /// Board, then posting, to the position among the records.
    positions: Map<Map<usize>>,
    acts: BTreeMap<Moment, Act>,
    unmarked: Status,
}

type Map<T> = HashMap<String, T, foldhash::fast::RandomState>;

/// The events of one posting, and their sum.
#[derive(Debug, Clone)]
struct Record {
    key: PostingKey,
    events: Vec<(EventId, Box<Marked>)>,
    status: Status,
}

/// What a person did at once, perhaps to many postings.
#[derive(Debug, Clone, Default)]
struct Act {
    records: BTreeSet<usize>,
    /// The last word on whether it is taken back.
    undone: Option<(EventId, bool)>,
}

impl Act {
    fn is_undone(&self) -> bool {
        self.undone.is_some_and(|(_, undone)| undone)
    }
}

impl Tracking {
    /// The marks on a posting.
    pub fn status(&self, board: &str, id: &str) -> &Status {
        let position = self.position(board, id);
        position.map_or(&self.unmarked, |at| &self.records[at].status)
    }

    /// The marks on a posting.
    pub fn of(&self, key: &PostingKey) -> &Status {
        self.status(&key.board, &key.id)
    }

    /// Every posting that was ever marked, in no meaningful order.
    pub fn iter(&self) -> impl Iterator<Item = (&PostingKey, &Status)> {
        self.records
            .iter()
            .map(|record| (&record.key, &record.status))
    }

    /// How many different events are known of postings.
    pub fn len(&self) -> usize {
        self.records.iter().map(|record| record.events.len()).sum()
    }

    /// The id of the latest event, so that what is stamped from now on comes after it.
    pub fn latest(&self) -> Option<EventId> {
        let events = self.records.iter().flat_map(|record| &record.events);
        let marks = events.map(|(id, _)| *id);
        let turns = self.acts.values().filter_map(|act| act.undone);
        marks.chain(turns.map(|(id, _)| id)).max()
    }

    /// Whether nothing was ever marked.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Takes in events, in any order; those known already change nothing.
    pub fn extend(&mut self, events: impl IntoIterator<Item = Event>) {
        let events = events.into_iter();
        self.records.reserve(events.size_hint().0);
        let mut touched = Vec::with_capacity(events.size_hint().0);
        let mut turned = BTreeSet::new();
        for Event { id, what } in events {
            let (moment, is_undone) = match what {
                What::Mark(key, marked) => {
                    touched.push(self.add(id, key, marked));
                    continue;
                }
                What::Undo(moment) => (moment, true),
                What::Redo(moment) => (moment, false),
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

    /// A mark as an event to be; a posting that is saved or applied to brings its copy unless the last one still holds.
    pub fn mark(&self, key: PostingKey, mark: Mark, posting: Option<&Posting>) -> What {
        let status = self.of(&key);
        let hash = posting.map(ContentHash::of);
        let kept = status.copy.as_deref().map(ContentHash::of);
        let outlives = matches!(mark, Mark::Saved | Mark::Stage(..)) && kept != hash;
        let copy = posting.filter(|_| outlives).cloned().map(|mut copy| {
            copy.id.clone_from(&key.id);
            copy.board.clear();
            copy.into()
        });
        let marked = Marked {
            mark,
            automatic: false,
            hash,
            copy,
        };
        What::Mark(key, marked.into())
    }

    /// A look at a posting as an event to be, unless it was seen and says the same.
    pub fn look(&self, key: PostingKey, posting: &Posting) -> Option<What> {
        let hash = Some(ContentHash::of(posting));
        if self.of(&key).hash == hash {
            return None;
        }
        let marked = Marked {
            mark: Mark::Seen,
            automatic: true,
            hash,
            copy: None,
        };
        Some(What::Mark(key, marked.into()))
    }

    /// A note in place of the one that stands, as an event to be.
    pub fn note(&self, key: PostingKey, text: String, posting: Option<&Posting>) -> What {
        let replaces = self.of(&key).note_from.clone();
        self.mark(key, Mark::Note { text, replaces }, posting)
    }

    /// The last act that holds, taken back, as an event to be.
    pub fn undo(&self) -> Option<What> {
        let mut acts = self.acts.iter().rev();
        let (moment, _) = acts.find(|(_, act)| !act.records.is_empty() && !act.is_undone())?;
        Some(What::Undo(*moment))
    }

    /// The act that was taken back last, brought back, as an event to be; none once something else was done.
    pub fn redo(&self) -> Option<What> {
        let done = || self.acts.iter().filter(|(_, act)| !act.records.is_empty());
        let undone = done().filter(|(_, act)| act.is_undone());
        let (moment, act) = undone.max_by_key(|(_, act)| act.undone)?;
        let (last, _) = done().next_back()?;
        let (undo, _) = act.undone?;
        (*last < undo.moment).then_some(What::Redo(*moment))
    }

    /// What was done to which postings at a moment.
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

    /// Adds an event to its posting's record, which is to be folded again; answers where that is.
    fn add(&mut self, id: EventId, key: PostingKey, marked: Box<Marked>) -> usize {
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
            // Most postings are looked at and no more.
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
            // No two events share an id; if a damaged file says otherwise, every copy must choose the same one.
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
