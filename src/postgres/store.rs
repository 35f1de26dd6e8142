//! The postings of a board that have been fetched.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::members::{Member, Members};
use crate::board::{Posting, Store};
use crate::search::{ColumnId, RemoteGroup, Row, RowRecords};

/// Postings that are kept beside those of the journal.
const KEPT: usize = 20_000;
/// Title of a posting that has not been fetched.
const UNKNOWN: &str = "…";

/// A fetched posting.
#[derive(Debug, Clone)]
pub(super) struct Fetched {
    pub(super) posting: Posting,
    pub(super) records: [u32; ColumnId::ALL.len()],
    /// Publications in which it appeared and last changed.
    pub(super) publications: (i32, i32),
    pub(super) group: RemoteGroup,
    /// Whether a mute rule matched when it was last listed.
    pub(super) is_muted: bool,
}

/// The postings that have been fetched, by row.
#[derive(Debug)]
pub(super) struct RowStore {
    rows: usize,
    fetched: Mutex<FetchedRows>,
}

#[derive(Debug, Default)]
struct FetchedRows {
    by_row: HashMap<u32, Fetched>,
    by_id: HashMap<String, u32>,
    /// Rows that may be dropped, oldest first.
    passing: VecDeque<u32>,
    members: Members,
}

impl RowStore {
    /// A store of a board with this number of rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            rows,
            fetched: Mutex::default(),
        }
    }

    /// The rows that have not been fetched.
    pub(super) fn missing(&self, rows: &[u32]) -> Vec<i32> {
        let fetched = self.lock();
        let missing = rows.iter().filter(|row| !fetched.by_row.contains_key(row));
        missing.map(|row| row.cast_signed()).collect()
    }

    /// Adds postings; `lasts` tells whether they are never dropped.
    pub(super) fn add(&self, postings: Vec<(u32, Fetched)>, lasts: bool) {
        let mut fetched = self.lock();
        for (row, one) in postings {
            fetched.by_id.insert(one.posting.id.clone(), row);
            if fetched.by_row.insert(row, one).is_none() && !lasts {
                fetched.passing.push_back(row);
            }
        }
        while fetched.passing.len() > KEPT {
            if let Some(row) = fetched.passing.pop_front()
                && let Some(dropped) = fetched.by_row.remove(&row)
            {
                fetched.by_id.remove(&dropped.posting.id);
            }
        }
    }

    /// Notes which of these rows `is_muted` finds to be muted.
    pub(super) fn note_muted(&self, rows: &[u32], is_muted: impl Fn(u32, &Fetched) -> bool) {
        let mut fetched = self.lock();
        for row in rows {
            if let Some(one) = fetched.by_row.get_mut(row) {
                one.is_muted = is_muted(*row, one);
            }
        }
    }

    /// The duplicate group of a row that has been fetched.
    pub(super) fn group_of(&self, row: u32) -> Option<RemoteGroup> {
        self.with(row as usize, |fetched| fetched.group)
    }

    /// Whether the members of a group are known.
    pub(super) fn knows_members(&self, group: u32) -> bool {
        self.lock().members.has(group)
    }

    /// Adds the members of a group.
    pub(super) fn add_members(&self, group: u32, members: Vec<Member>) {
        self.lock().members.add(group, members);
    }

    fn with<T>(&self, row: usize, what: impl FnOnce(&Fetched) -> T) -> Option<T> {
        let fetched = self.lock();
        fetched.by_row.get(&u32::try_from(row).ok()?).map(what)
    }

    fn lock(&self) -> MutexGuard<'_, FetchedRows> {
        self.fetched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for RowStore {
    fn len(&self) -> usize {
        self.rows
    }

    fn posting(&self, position: usize) -> Posting {
        let fetched = self.lock();
        let row = u32::try_from(position).ok();
        if let Some(known) = row.and_then(|row| fetched.by_row.get(&row)) {
            return known.posting.clone();
        }
        let member = row.and_then(|row| fetched.members.at(row));
        let (id, board) = member.map_or_else(Default::default, |member| {
            (member.id.clone(), member.board.clone())
        });
        Posting {
            id,
            board,
            title: UNKNOWN.to_owned(),
            ..Posting::default()
        }
    }

    fn descriptions(
        &self,
        positions: Range<usize>,
        _: &mut Vec<u8>,
        each: &mut dyn FnMut(usize, &str),
    ) {
        for position in positions {
            let text = self.with(position, |fetched| fetched.posting.description.clone());
            each(position, text.as_deref().unwrap_or_default());
        }
    }

    fn position(&self, id: &str) -> Option<usize> {
        let fetched = self.lock();
        let row = fetched.by_id.get(id).copied();
        row.or_else(|| fetched.members.row(id))
            .map(|row| row as usize)
    }
}

impl RowRecords for RowStore {
    fn records(&self, row: Row) -> Option<[u32; ColumnId::ALL.len()]> {
        self.with(row.0 as usize, |fetched| fetched.records)
    }

    fn publications(&self, row: Row) -> Option<(i32, i32)> {
        self.with(row.0 as usize, |fetched| fetched.publications)
    }

    fn is_muted(&self, row: Row) -> bool {
        let muted = self.with(row.0 as usize, |fetched| fetched.is_muted);
        muted.unwrap_or(false)
    }

    fn group(&self, row: Row) -> Option<RemoteGroup> {
        self.group_of(row.0)
    }

    fn members(&self, row: Row) -> Vec<(Row, u32)> {
        let fetched = self.lock();
        let group = fetched.by_row.get(&row.0).map(|fetched| fetched.group);
        let members = group.map_or(&[][..], |group| fetched.members.of(group.number));
        let members = members.iter();
        members
            .map(|member| (Row(member.row), member.posted))
            .collect()
    }
}
