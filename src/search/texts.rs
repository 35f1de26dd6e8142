//! Distinct folded texts, each stored once and numbered.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use super::flat::{Array, Arrays, Strings};
use super::simd_score::TextBlocks;
use crate::board::fold::fold;

/// Distinct folded texts, numbered in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Texts {
    folded: Strings,
    /// Blocks for scoring scattered letters, built on demand.
    blocks: OnceLock<TextBlocks>,
}

impl Texts {
    /// Blocks for scoring scattered letters.
    pub(super) fn blocks(&self) -> &TextBlocks {
        self.blocks
            .get_or_init(|| TextBlocks::new(self.folded.iter()))
    }

    /// Occurrences of a substring: index of the text and byte offset, ascending.
    pub(super) fn find_all(&self, part: &str) -> impl Iterator<Item = (usize, usize)> {
        self.folded.find_all(part)
    }

    /// Number of texts.
    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    /// Mean length of the texts in bytes, at least one.
    #[expect(clippy::cast_precision_loss, reason = "a mean is an estimate")]
    pub(super) fn mean_length(&self) -> f32 {
        let bytes = self.folded.bytes() as f32;
        (bytes / self.len().max(1) as f32).max(1.0)
    }

    /// The folded text with this number.
    pub(super) fn get(&self, at: usize) -> &str {
        self.folded.get(at)
    }

    fn push(&mut self, folded: &str) {
        self.folded.push(folded);
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.folded.encode(out);
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        Some(Self {
            folded: Strings::decode(arrays)?,
            blocks: OnceLock::new(),
        })
    }
}

/// Values identified by their folded text, shown as first written.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Folded texts.
    pub(super) texts: Texts,
    /// Texts as first written.
    pub(super) shown: Strings,
    /// Alphabetical place of each value.
    pub(super) alphabetical: Vec<u32>,
}

impl Values {
    /// Number of values.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.texts.encode(out);
        self.shown.encode(out);
        out.push(Array::Words((&self.alphabetical).into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        Some(Self {
            texts: Texts::decode(arrays)?,
            shown: Strings::decode(arrays)?,
            alphabetical: arrays.words()?,
        })
    }

    /// Number of the value with this folded text.
    pub(super) fn find(&self, folded: &str) -> Option<usize> {
        (0..self.len()).find(|&number| self.texts.get(number) == folded)
    }
}

/// Builder that numbers values.
#[derive(Debug, Default)]
pub(super) struct ValuesBuilder {
    values: Values,
    /// Numbers by the text as first written, to skip folding.
    by_written: TextNumbers,
    by_folded: TextNumbers,
}

/// Numbers of texts that are kept elsewhere, by their hash.
#[derive(Debug, Default)]
struct TextNumbers {
    hasher: RandomState,
    numbers: HashMap<u64, u32, RandomState>,
}

impl TextNumbers {
    /// Number of a text; `is_text` tells whether it is that of a number. If there is none, where it is to be inserted.
    fn find(&self, text: &str, is_text: impl Fn(usize) -> bool) -> Result<u32, u64> {
        let mut slot = self.hasher.hash_one(text);
        while let Some(&number) = self.numbers.get(&slot) {
            if is_text(number as usize) {
                return Ok(number);
            }
            slot = slot.wrapping_add(1);
        }
        Err(slot)
    }
}

impl ValuesBuilder {
    /// A builder with the words of a closed list, in order.
    pub(super) fn words(words: &[&str]) -> Self {
        let mut builder = Self::default();
        for word in words {
            builder.number(word);
        }
        builder
    }

    /// Number of a value.
    pub(super) fn number(&mut self, written: &str) -> u32 {
        let Values { texts, shown, .. } = &mut self.values;
        let found = self.by_written.find(written, |at| shown.get(at) == written);
        let as_written = match found {
            Ok(number) => return number,
            Err(slot) => slot,
        };
        let folded = fold(written);
        let found = self.by_folded.find(&folded, |at| texts.get(at) == folded);
        found.unwrap_or_else(|slot| {
            let number = shown.len() as u32;
            texts.push(&folded);
            shown.push(written);
            self.by_folded.numbers.insert(slot, number);
            self.by_written.numbers.insert(as_written, number);
            number
        })
    }

    /// The finished values.
    pub(super) fn finish(mut self) -> Values {
        let texts = &self.values.texts;
        let mut numbers: Vec<u32> = (0..texts.len() as u32).collect();
        numbers.sort_unstable_by_key(|&number| texts.get(number as usize));
        self.values.alphabetical = vec![0; numbers.len()];
        for (place, number) in numbers.into_iter().enumerate() {
            self.values.alphabetical[number as usize] = place as u32;
        }
        self.values
    }

    /// Only the folded texts, for values that are searched but never listed.
    pub(super) fn finish_texts(self) -> Texts {
        self.values.texts
    }
}
