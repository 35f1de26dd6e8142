//! Sets of rows.

use super::flat::{Array, Arrays};

/// A bitmap of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    /// An empty set for this number of rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
        }
    }

    pub(super) fn encode(self, out: &mut Vec<Array<'_>>) {
        out.push(Array::Longs(self.words.into()));
    }

    /// Decodes a set for `rows` rows.
    pub(super) fn decode(arrays: &mut Arrays, rows: usize) -> Option<Self> {
        let words = arrays.longs()?;
        (words.len() == rows.div_ceil(64)).then_some(Self { words })
    }

    /// Size in bytes.
    pub(super) fn size(&self) -> usize {
        size_of_val(self.words.as_slice())
    }

    /// Adds a row.
    pub(super) fn insert(&mut self, row: usize) {
        self.words[row / 64] |= 1 << (row % 64);
    }

    /// Rows in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let words = self.words.iter().zip(0u32..);
        words.flat_map(|(&word, at)| {
            let bits = (0..u64::BITS).filter(move |bit| word >> bit & 1 == 1);
            bits.map(move |bit| at * u64::BITS + bit)
        })
    }

    /// Whether the set is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether the set contains a row.
    pub(super) fn contains(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }
}
