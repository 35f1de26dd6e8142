//! A column: for each posting the number of what it holds, and each distinct thing once.

use std::collections::HashMap;
use std::hash::Hash;

/// One part of every posting.
#[derive(Debug)]
pub(super) struct Column<T> {
    /// For each row the number of its record.
    pub(super) ids: Ids,
    /// The distinct records.
    pub(super) records: Vec<T>,
}

/// Numbers, in as few bytes as they need: what a pass reads most of is these.
#[derive(Debug)]
pub(super) enum Ids {
    /// All of them are small.
    Narrow(Vec<u16>),
    /// Some are not.
    Wide(Vec<u32>),
}

impl Ids {
    /// The number of a row's record.
    pub(super) fn at(&self, row: usize) -> u32 {
        match self {
            Self::Narrow(ids) => ids[row].into(),
            Self::Wide(ids) => ids[row],
        }
    }

    fn new(ids: Vec<u32>, records: usize) -> Self {
        if u16::try_from(records).is_err() {
            return Self::Wide(ids);
        }
        Self::Narrow(ids.into_iter().map(|id| id as u16).collect())
    }
}

/// Numbers records while a column is built.
#[derive(Debug)]
pub(super) struct ColumnBuilder<K, T> {
    ids: Vec<u32>,
    records: Vec<T>,
    by_key: HashMap<K, u32>,
}

impl<K: Eq + Hash, T> ColumnBuilder<K, T> {
    /// A column without rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            ids: Vec::with_capacity(rows),
            records: Vec::new(),
            by_key: HashMap::new(),
        }
    }

    /// Adds a row; its record is made once for each key.
    pub(super) fn push(&mut self, key: K, record: impl FnOnce(&K) -> T) {
        let records = &mut self.records;
        let id = *self.by_key.entry(key).or_insert_with_key(|key| {
            records.push(record(key));
            records.len() as u32 - 1
        });
        self.ids.push(id);
    }

    /// The column, all rows there.
    pub(super) fn finish(self) -> Column<T> {
        Column {
            ids: Ids::new(self.ids, self.records.len()),
            records: self.records,
        }
    }
}
