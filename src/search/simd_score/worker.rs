//! Worker that scores a word: whole blocks, and texts collected from several blocks if only few of each are candidates.

use std::ops::Range;

use super::alphabet::PAD;
use super::dp_rows::DpRows;
use super::{LANES, LENGTH, Lane, TextBlocks};
use crate::search::verdict::Verdict;
use crate::search::word::Word;

/// Prefilter for texts that may contain a word.
#[derive(Clone, Copy)]
pub(super) struct MayHold<'a> {
    pub(super) word: &'a Word,
    /// Verdicts on a prefix of the word, if known.
    pub(super) found: Option<&'a [Verdict]>,
}

impl MayHold<'_> {
    /// Bit mask of the candidate lanes.
    fn lanes(self, texts: &Lane<u32>, sets: &Lane<u64>) -> u32 {
        let mut lanes = 0;
        for (lane, &set) in sets.iter().enumerate() {
            lanes |= u32::from(self.word.may_stand_in(set)) << lane;
        }
        if let Some(found) = self.found {
            for (lane, &text) in texts.iter().enumerate() {
                lanes &= !(u32::from(!found[text as usize].is_true()) << lane);
            }
        }
        lanes
    }
}

/// Worker that scores a word on one core.
pub(super) struct Worker<'a> {
    scoring: Scoring<'a>,
    few: Gathered,
}

impl<'a> Worker<'a> {
    /// A worker for a word, given as letters, in a field of this weight.
    pub(super) fn new(letters: &'a [u8], weight: u32) -> Self {
        Self {
            scoring: Scoring {
                letters,
                weight,
                rows: DpRows::new(),
                hits: Vec::new(),
            },
            few: Gathered::new(),
        }
    }

    /// Scores a range of blocks.
    pub(super) fn run(&mut self, blocks: &TextBlocks, range: Range<usize>, may_hold: MayHold<'_>) {
        for at in range {
            let (text, texts, sets) = blocks.block(at);
            let mut held = may_hold.lanes(texts, sets);
            if held.count_ones() >= MANY {
                self.scoring.block(text, texts);
                continue;
            }
            while held != 0 {
                let lane = held.trailing_zeros() as usize;
                held &= held - 1;
                self.few.add(text, lane, texts[lane]);
                if self.few.texts.len() == LANES {
                    self.score_few();
                }
            }
        }
    }

    fn score_few(&mut self) {
        self.scoring.block(self.few.letters(), &self.few.texts);
        self.few.clear();
    }

    /// Texts that contain the word, with their verdicts.
    pub(super) fn finish(mut self) -> Vec<(u32, Verdict)> {
        self.score_few();
        self.scoring.hits
    }
}

/// Scores a word block by block.
struct Scoring<'a> {
    letters: &'a [u8],
    weight: u32,
    rows: DpRows,
    hits: Vec<(u32, Verdict)>,
}

impl Scoring<'_> {
    fn block(&mut self, text: &[Lane<u8>], texts: &[u32]) {
        if self.letters.len() <= text.len() && self.rows.score(text, self.letters) {
            for (lane, &text) in texts.iter().enumerate() {
                let verdict = self.rows.verdict(lane, self.letters.len(), self.weight);
                if verdict.is_true() {
                    self.hits.push((text, verdict));
                }
            }
        }
    }
}

/// Number of candidates from which a whole block is scored; fewer are collected with those of other blocks.
const MANY: u32 = 12;

/// Texts from several blocks, combined to one.
struct Gathered {
    letters: Box<[Lane<u8>; LENGTH]>,
    texts: Vec<u32>,
    length: usize,
}

impl Gathered {
    fn new() -> Self {
        Self {
            letters: Box::new([[PAD; LANES]; LENGTH]),
            texts: Vec::with_capacity(LANES),
            length: 0,
        }
    }

    /// Adds a text of a block.
    fn add(&mut self, block: &[Lane<u8>], lane: usize, text: u32) {
        let to = self.texts.len();
        for (letters, block) in self.letters.iter_mut().zip(block) {
            letters[to] = block[lane];
        }
        self.texts.push(text);
        self.length = self.length.max(block.len());
    }

    fn letters(&self) -> &[Lane<u8>] {
        &self.letters[..self.length]
    }

    fn clear(&mut self) {
        self.letters[..self.length].fill([PAD; LANES]);
        self.texts.clear();
        self.length = 0;
    }
}
