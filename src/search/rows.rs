//! Sets of rows.

use super::flat::{Array, Arrays};

/// A set of rows, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    /// No row of so many.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
        }
    }

    pub(super) fn put(self, out: &mut Vec<Array<'_>>) {
        out.push(Array::Longs(self.words.into()));
    }

    /// A set of so many rows.
    pub(super) fn take(arrays: &mut Arrays, rows: usize) -> Option<Self> {
        let words = arrays.longs()?;
        (words.len() == rows.div_ceil(64)).then_some(Self { words })
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        size_of_val(self.words.as_slice())
    }

    /// Puts a row in.
    pub(super) fn insert(&mut self, row: usize) {
        self.words[row / 64] |= 1 << (row % 64);
    }

    /// Whether no row is in.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether a row is in.
    pub(super) fn contains(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }
}
