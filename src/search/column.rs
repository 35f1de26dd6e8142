//! Columns: each distinct record is stored once, and every row holds its record's number.

use std::collections::HashMap;
use std::hash::Hash;

use super::flat::{Array, Arrays};

/// A part of every posting.
#[derive(Debug)]
pub(super) struct Column<R> {
    /// Record number of each row.
    pub(super) ids: Ids,
    /// The distinct records.
    pub(super) records: R,
}

/// Record numbers in as few bytes as possible: a scan mostly reads these.
#[derive(Debug)]
pub(super) enum Ids {
    /// A single record for this number of rows.
    One(usize),
    /// One byte each.
    Tiny(Vec<u8>),
    /// Two bytes each.
    Narrow(Vec<u16>),
    /// Four bytes each.
    Wide(Vec<u32>),
}

impl Ids {
    /// Numbers below `records`.
    pub(super) fn new(ids: Vec<u32>, records: usize) -> Self {
        match records {
            0..=1 => Self::One(ids.len()),
            2..=0x100 => Self::Tiny(ids.into_iter().map(|id| id as u8).collect()),
            0x101..=0x1_0000 => Self::Narrow(ids.into_iter().map(|id| id as u16).collect()),
            _ => Self::Wide(ids),
        }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::One(rows) => *rows,
            Self::Tiny(ids) => ids.len(),
            Self::Narrow(ids) => ids.len(),
            Self::Wide(ids) => ids.len(),
        }
    }

    /// Record number of a row.
    pub(super) fn get(&self, row: usize) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Tiny(ids) => ids[row].into(),
            Self::Narrow(ids) => ids[row].into(),
            Self::Wide(ids) => ids[row] as usize,
        }
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        out.push(match self {
            Self::One(rows) => Array::Longs(vec![*rows as u64].into()),
            Self::Tiny(ids) => Array::Bytes(ids.into()),
            Self::Narrow(ids) => Array::Shorts(ids.into()),
            Self::Wide(ids) => Array::Words(ids.into()),
        });
    }

    /// Decodes the numbers of `rows` rows.
    pub(super) fn decode(arrays: &mut Arrays, rows: usize) -> Option<Self> {
        let ids = match arrays.array()? {
            Array::Longs(rows) => Self::One(usize::try_from(*rows.first()?).ok()?),
            Array::Bytes(ids) => Self::Tiny(ids.into_owned()),
            Array::Shorts(ids) => Self::Narrow(ids.into_owned()),
            Array::Words(ids) => Self::Wide(ids.into_owned()),
        };
        (ids.len() == rows).then_some(ids)
    }
}

impl<R> Column<R> {
    /// The same rows with converted records.
    pub(super) fn map<S>(self, records: impl FnOnce(R) -> S) -> Column<S> {
        Column {
            ids: self.ids,
            records: records(self.records),
        }
    }
}

impl<R> Column<R> {
    /// Decodes the column of `rows` rows.
    pub(super) fn decode(
        arrays: &mut Arrays,
        rows: usize,
        records: impl FnOnce(&mut Arrays) -> Option<R>,
    ) -> Option<Self> {
        Some(Self {
            ids: Ids::decode(arrays, rows)?,
            records: records(arrays)?,
        })
    }
}

/// Sorts and deduplicates.
pub(super) fn distinct(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}

/// Builder that numbers the distinct records.
#[derive(Debug)]
pub(super) struct ColumnBuilder<K, T> {
    ids: Vec<u32>,
    records: Vec<T>,
    by_key: HashMap<K, u32, foldhash::fast::RandomState>,
}

impl<K: Eq + Hash, T> ColumnBuilder<K, T> {
    /// A builder without rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            ids: Vec::with_capacity(rows),
            records: Vec::new(),
            by_key: HashMap::default(),
        }
    }

    /// Adds a row; the record is created once per key.
    pub(super) fn push(&mut self, key: K, record: impl FnOnce(&K) -> T) {
        let records = &mut self.records;
        let id = *self.by_key.entry(key).or_insert_with_key(|key| {
            records.push(record(key));
            records.len() as u32 - 1
        });
        self.ids.push(id);
    }

    /// The finished column.
    pub(super) fn finish(self) -> Column<Vec<T>> {
        Column {
            ids: Ids::new(self.ids, self.records.len()),
            records: self.records,
        }
    }
}
