//! SIMD scoring: scores a word in thirty-two short texts at once.
//!
//! The dynamic programme is that of [`super::word`], laid out so that the same position of all texts of a block is
//! contiguous in plain arrays, which the compiler vectorises.

mod alphabet;
mod dp_rows;
mod worker;

use std::ops::Range;

use alphabet::{Alphabet, PAD};
use rayon::prelude::*;
use worker::{MayHold, Worker};

use super::Cancelled;
use super::verdict::Verdict;
use super::word::{Word, letter_set};

/// Texts per block.
const LANES: usize = 32;
/// Maximum length of a text in a block.
const LENGTH: usize = 256;
/// Maximum length of a word scored in blocks.
const WORD: usize = 64;

/// Blocks per core between two checks for cancellation.
const WAVE: usize = 256;
/// Number of blocks below which a second core does not pay off.
const FEW: usize = 128;

type Lane<T> = [T; LANES];

/// Texts in blocks of similar length.
#[derive(Debug)]
pub(super) struct TextBlocks {
    alphabet: Alphabet,
    /// Letters, interleaved by lane.
    letters: Vec<u8>,
    /// End of each block in `letters`.
    ends: Vec<u32>,
    /// Texts of each block by lane; an incomplete block repeats its last text.
    texts: Vec<u32>,
    /// Letter set of each text.
    sets: Vec<u64>,
    /// Texts that are too long for blocks.
    long: Vec<u32>,
    /// Texts with a character outside the alphabet.
    rare: Vec<u32>,
}

impl TextBlocks {
    /// Arranges texts in blocks.
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut blocks = Self {
            alphabet: Alphabet::new(),
            letters: Vec::new(),
            ends: Vec::new(),
            texts: Vec::new(),
            sets: Vec::new(),
            long: Vec::new(),
            rare: Vec::new(),
        };
        let mut coded: Vec<Coded> = Vec::new();
        for (number, text) in texts.enumerate() {
            let letters = text.chars().map(|c| blocks.alphabet.add(c));
            let letters: Vec<u8> = letters.take(LENGTH + 1).collect();
            // Capitals would score more; folded text has none.
            if letters.len() > LENGTH || text.contains(|c: char| c.is_ascii_uppercase()) {
                blocks.long.push(number as u32);
                continue;
            }
            if letters.iter().any(|&letter| Alphabet::is_shared(letter)) {
                blocks.rare.push(number as u32);
            }
            // Sorted by approximate length, then by text, since similar texts often fail together.
            let length = letters.len().div_ceil(4);
            coded.push((length, letters, number as u32, letter_set(text)));
        }
        coded.sort_unstable();
        for block in coded.chunks(LANES) {
            blocks.add(block);
        }
        blocks
    }

    fn add(&mut self, block: &[Coded]) {
        let length = block.iter().map(|(_, letters, ..)| letters.len()).max();
        let start = self.letters.len();
        let end = start + length.unwrap_or(0) * LANES;
        self.letters.resize(end, PAD);
        let (mut texts, mut sets) = ([0; LANES], [0; LANES]);
        let last = block.len() - 1;
        for lane in 0..LANES {
            let (_, letters, number, set) = &block[lane.min(last)];
            (texts[lane], sets[lane]) = (*number, *set);
            for (at, &letter) in letters.iter().enumerate() {
                self.letters[start + at * LANES + lane] = letter;
            }
        }
        self.ends.push((end / LANES) as u32);
        self.texts.extend(texts);
        self.sets.extend(sets);
    }

    /// Texts in which the blocks cannot find a word.
    pub(super) fn beside(&self, word: &Word) -> impl Iterator<Item = u32> {
        let rare = self.alphabet.word(word).is_none();
        let rare = if rare { self.rare.as_slice() } else { &[] };
        self.long.iter().chain(rare).copied()
    }

    /// Fills in the verdict on a word for each text, or only where `found` has a hit for a prefix of it; `None` if
    /// cancelled.
    pub(super) fn judge(
        &self,
        word: &Word,
        weight: u32,
        found: Option<&[Verdict]>,
        verdicts: &mut [Verdict],
        cancelled: Cancelled<'_>,
    ) -> Option<()> {
        let Some(letters) = self.alphabet.word(word) else {
            return Some(());
        };
        let may_hold = MayHold { word, found };
        let cores = if self.ends.len() <= FEW {
            1
        } else {
            rayon::current_num_threads()
        };
        let judge = || Worker::new(&letters, weight);
        let mut judges: Vec<Worker<'_>> = std::iter::repeat_with(judge).take(cores).collect();
        for first in (0..self.ends.len()).step_by(WAVE * cores) {
            if cancelled() {
                return None;
            }
            let wave = |core: usize| {
                let blocks = self.ends.len();
                let start = blocks.min(first + core * WAVE);
                start..blocks.min(start + WAVE)
            };
            if let [judge] = judges.as_mut_slice() {
                judge.run(self, wave(0), may_hold);
            } else {
                let judges = judges.par_iter_mut().enumerate();
                judges.for_each(|(core, judge)| judge.run(self, wave(core), may_hold));
            }
        }
        for judge in judges {
            for (text, verdict) in judge.finish() {
                verdicts[text as usize] = verdict;
            }
        }
        Some(())
    }

    /// Range of a block's letters.
    fn range(&self, block: usize) -> Range<usize> {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[block] as usize
    }

    /// Letters, texts and letter sets of a block.
    fn block(&self, block: usize) -> (&[Lane<u8>], &Lane<u32>, &Lane<u64>) {
        let (letters, _) = self.letters.as_chunks();
        let (texts, _) = self.texts.as_chunks();
        let (sets, _) = self.sets.as_chunks();
        (&letters[self.range(block)], &texts[block], &sets[block])
    }
}

/// A text to be arranged: approximate length, letters, number, and letter set.
type Coded = (usize, Vec<u8>, u32, u64);

/// Whether a word can be scored in blocks.
pub(super) fn fits(word: &Word) -> bool {
    (1..=WORD).contains(&word.letters.len())
}

#[cfg(test)]
mod tests;
