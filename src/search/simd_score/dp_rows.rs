//! Dynamic programme for all texts of a block.
//!
//! The code is compiled for several CPU feature levels, and the best one is selected at run time; this only applies to
//! inlined functions.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is compiled for the oldest processor"
)]

use fearless_simd::{Level, dispatch};

use super::alphabet::{HARD_END, SOFT_END};
use super::{LANES, LENGTH, Lane};
use crate::search::verdict::{Tier, Verdict};
use crate::search::word::scattered_share;

/// Worst score, far below every real score and far from overflow.
const NOTHING: i16 = -16384;
/// Scores below this are unreachable.
const REACHED: i16 = -8192;

/// Rows of the dynamic programme, for all texts of a block.
pub(super) struct DpRows {
    /// For each end position, the best score that takes its letter.
    taken: Box<[Lane<i16>; LENGTH + 1]>,
    /// For each end position, the best score that skips its letter.
    left: Box<[Lane<i16>; LENGTH + 1]>,
    /// Bonus of each position.
    bonus: Box<[Lane<i16>; LENGTH]>,
    best: Lane<i16>,
    /// CPU feature level.
    level: Level,
}

impl DpRows {
    /// Rows for blocks of any length.
    #[expect(
        clippy::large_stack_arrays,
        reason = "of known length, so that the compiler need not check it in the loops"
    )]
    pub(super) fn new() -> Self {
        Self {
            taken: Box::new([[0; LANES]; LENGTH + 1]),
            left: Box::new([[0; LANES]; LENGTH + 1]),
            bonus: Box::new([[0; LANES]; LENGTH]),
            best: [0; LANES],
            level: Level::new(),
        }
    }

    /// Scores a word; false if it matches none of the texts.
    pub(super) fn score(&mut self, text: &[Lane<u8>], word: &[u8]) -> bool {
        dispatch!(self.level, _simd => self.run(text, word))
    }

    #[inline(always)]
    fn run(&mut self, text: &[Lane<u8>], word: &[u8]) -> bool {
        self.first_letter(text, word[0]);
        for (at, &letter) in word.iter().enumerate().skip(1) {
            if !self.is_reached() {
                return false;
            }
            self.next_letter(text, letter, at);
        }
        self.is_reached()
    }

    #[inline(always)]
    fn is_reached(&self) -> bool {
        self.best.iter().any(|&best| best > REACHED)
    }

    #[inline(always)]
    fn first_letter(&mut self, text: &[Lane<u8>], letter: u8) {
        let mut before = [0; LANES];
        let mut step = Step::new();
        (self.taken[0], self.left[0]) = (step.taken, step.left);
        for (at, letters) in text.iter().enumerate() {
            let first = i16::from(at == 0) * 8;
            let mut bonus = [0; LANES];
            for lane in 0..LANES {
                let class = before[lane];
                bonus[lane] = i16::from(class < SOFT_END) * 7 + i16::from(class < HARD_END) + first;
            }
            // Letters before the first match cost one in total.
            step.forward(letters, letter, &[NOTHING; LANES], &[-1; LANES], &bonus);
            (self.taken[at + 1], self.left[at + 1]) = (step.taken, step.left);
            self.bonus[at] = bonus;
            before = *letters;
        }
        self.best = step.best;
    }

    /// Advances the rows by one letter, starting at position `from`.
    #[inline(always)]
    fn next_letter(&mut self, text: &[Lane<u8>], letter: u8, from: usize) {
        let mut step = Step::new();
        let mut before = (self.taken[from], self.left[from]);
        (self.taken[from], self.left[from]) = (step.taken, step.left);
        for (at, letters) in text.iter().enumerate().skip(from) {
            let (taken, left) = &before;
            step.forward(letters, letter, taken, left, &self.bonus[at]);
            before = (self.taken[at + 1], self.left[at + 1]);
            (self.taken[at + 1], self.left[at + 1]) = (step.taken, step.left);
        }
        self.best = step.best;
    }

    /// Verdict on a word with this number of letters in a lane.
    pub(super) fn verdict(&self, lane: usize, letters: usize, weight: u32) -> Verdict {
        if self.best[lane] > REACHED {
            let share = scattered_share(self.best[lane].into(), letters);
            Verdict::hit(Tier::Scattered, weight, share)
        } else {
            Verdict::FALSE
        }
    }
}

/// State of one letter while moving through the texts.
struct Step {
    taken: Lane<i16>,
    left: Lane<i16>,
    best: Lane<i16>,
}

impl Step {
    #[inline(always)]
    fn new() -> Self {
        Self {
            taken: [NOTHING; LANES],
            left: [NOTHING; LANES],
            best: [NOTHING; LANES],
        }
    }

    /// Advances one position, given the previous letter's scores at the previous position. The plain loops are
    /// vectorised.
    #[inline(always)]
    fn forward(
        &mut self,
        letters: &Lane<u8>,
        letter: u8,
        taken: &Lane<i16>,
        left: &Lane<i16>,
        bonus: &Lane<i16>,
    ) {
        let mut hit = [0; LANES];
        for lane in 0..LANES {
            hit[lane] = if letters[lane] == letter { u8::MAX } else { 0 };
        }
        for lane in 0..LANES {
            self.left[lane] = (self.taken[lane] - 4).max(self.left[lane] - 1);
            let joined = taken[lane] + bonus[lane].max(4);
            let score = joined.max(left[lane] + bonus[lane]) + 16;
            let hit = i16::from(hit[lane].cast_signed());
            self.taken[lane] = score & hit | NOTHING & !hit;
            self.best[lane] = self.best[lane].max(self.taken[lane]);
        }
    }
}
