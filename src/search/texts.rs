//! Distinct texts, each stored once and folded, and known by a small number.

use std::collections::HashMap;

use super::word::letter_set;
use crate::board::fold::fold;

/// Distinct folded texts, numbered as they first came.
#[derive(Debug, Default)]
pub(super) struct Texts {
    folded: String,
    ends: Vec<u32>,
    letter_sets: Vec<u64>,
}

impl Texts {
    /// How many.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The folded text with this number.
    pub(super) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.folded[start as usize..self.ends[at] as usize]
    }

    /// Which letters the text with this number has.
    pub(super) fn letter_set(&self, at: usize) -> u64 {
        self.letter_sets[at]
    }

    fn push(&mut self, folded: &str) {
        self.folded.push_str(folded);
        self.ends.push(self.folded.len() as u32);
        self.letter_sets.push(letter_set(folded));
    }
}

/// Values that are one if they fold to one, shown as the first of them was written.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Folded.
    pub(super) texts: Texts,
    /// As first written.
    pub(super) shown: Vec<Box<str>>,
}

/// Numbers values while an index is built.
#[derive(Debug, Default)]
pub(super) struct ValuesBuilder {
    values: Values,
    by_written: HashMap<Box<str>, u32>,
    by_folded: HashMap<Box<str>, u32>,
}

impl ValuesBuilder {
    /// The number of a value.
    pub(super) fn number(&mut self, written: &str) -> u32 {
        if let Some(&number) = self.by_written.get(written) {
            return number;
        }
        let folded = fold(written);
        let number = match self.by_folded.get(folded.as_str()) {
            Some(&number) => number,
            None => self.add(written, &folded),
        };
        self.by_written.insert(written.into(), number);
        number
    }

    fn add(&mut self, written: &str, folded: &str) -> u32 {
        let number = self.values.shown.len() as u32;
        self.values.texts.push(folded);
        self.values.shown.push(written.into());
        self.by_folded.insert(folded.into(), number);
        number
    }

    /// The values, all there.
    pub(super) fn finish(self) -> Values {
        self.values
    }
}
