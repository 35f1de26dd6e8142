//! What one core does of judging a word: whole blocks, and texts gathered from several where few of a block may hold it.

use std::ops::Range;

use super::alphabet::PAD;
use super::rows::Rows;
use super::{Blocks, LANES, LENGTH, Lane};
use crate::search::verdict::Verdict;
use crate::search::word::Word;

/// Tells in which texts a word need not be looked for.
#[derive(Clone, Copy)]
pub(super) struct MayHold<'a> {
    pub(super) word: &'a Word,
    /// The verdicts on a beginning of the word, where they are known.
    pub(super) found: Option<&'a [Verdict]>,
}

impl MayHold<'_> {
    /// A bit for each lane.
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

/// What one core does of judging a word.
pub(super) struct Judge<'a> {
    scoring: Scoring<'a>,
    few: Gathered,
}

impl<'a> Judge<'a> {
    /// Of a word that is these letters, in a field of this weight.
    pub(super) fn new(letters: &'a [u8], weight: u32) -> Self {
        Self {
            scoring: Scoring {
                letters,
                weight,
                rows: Rows::new(),
                hits: Vec::new(),
            },
            few: Gathered::new(),
        }
    }

    /// Judges some of the blocks.
    pub(super) fn run(&mut self, blocks: &Blocks, range: Range<usize>, may_hold: MayHold<'_>) {
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

    /// The texts that hold the word, each with the verdict on it.
    pub(super) fn finish(mut self) -> Vec<(u32, Verdict)> {
        self.score_few();
        self.scoring.hits
    }
}

/// Scores a word block by block.
struct Scoring<'a> {
    letters: &'a [u8],
    weight: u32,
    rows: Rows,
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

/// Texts of a block that are worth scoring all of it; fewer are gathered with those of other blocks.
const MANY: u32 = 12;

/// Texts from several blocks that together make one.
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

    /// Takes a text out of a block.
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
