//! A word scored in thirty-two short texts at once.
//!
//! The programme is that of [`super::word`], laid out so that the same place of all texts of a block lies side by side
//! in plain arrays, which the compiler turns into vector instructions. Texts are letters of one byte, numbered so that
//! what a letter does for the one behind it can be read off its number.

mod rows;

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;
use rows::Rows;

use super::Cancelled;
use super::flat::{Array, Arrays};
use super::verdict::Verdict;
use super::word::{Word, letter_set};

/// Texts in a block.
const LANES: usize = 32;
/// Letters of the longest text that goes into a block.
const LENGTH: usize = 256;
/// Letters of the longest word that is scored in blocks.
const WORD: usize = 64;

/// Of letters: those that separate words for the matcher, strongly and weakly, and for a reader.
const HARD: &str = "\0 /\\|()[]{}";
const SOFT: &str = "!\"#$%&'*+,-.:;<=>?@^_`~";
const HARD_END: u8 = 11;
const SOFT_END: u8 = 34;
const OTHER_END: u8 = 64;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
/// Stands behind the end of a text that is shorter than its block.
const PAD: u8 = u8::MAX;
/// Stand for all characters that came too late for a number of their own.
const RARE_OTHER: u8 = OTHER_END - 1;
const RARE_LETTER: u8 = PAD - 1;

type Lane<T> = [T; LANES];

/// Texts as letters of one byte.
#[derive(Debug)]
struct Alphabet {
    numbers: HashMap<char, u8>,
    next_other: u8,
    next_letter: u8,
}

impl Alphabet {
    fn new() -> Self {
        let separators = HARD.chars().chain(SOFT.chars()).zip(0..);
        let letters = LETTERS.chars().zip(OTHER_END..);
        Self {
            numbers: separators.chain(letters).collect(),
            next_other: SOFT_END,
            next_letter: OTHER_END + LETTERS.len() as u8,
        }
    }

    /// The number of a character; characters get one of their own as they come, as long as there are some.
    fn add(&mut self, c: char) -> u8 {
        if let Some(&number) = self.numbers.get(&c) {
            return number;
        }
        let (next, rare) = if c.is_alphanumeric() {
            (&mut self.next_letter, RARE_LETTER)
        } else {
            (&mut self.next_other, RARE_OTHER)
        };
        if *next == rare {
            return rare;
        }
        *next += 1;
        self.numbers.insert(c, *next - 1);
        *next - 1
    }

    /// A word as letters; `None` if one of them has no number of its own.
    fn word(&self, word: &Word) -> Option<Vec<u8>> {
        let letters = word.letters.iter();
        letters.map(|c| self.numbers.get(c).copied()).collect()
    }
}

/// Texts in blocks of about one length.
#[derive(Debug)]
pub(super) struct Blocks {
    alphabet: Alphabet,
    /// In lanes.
    letters: Vec<u8>,
    /// For each block where it ends in the letters, in lanes.
    ends: Vec<u32>,
    /// For each block its texts, in lanes; a block that is not full repeats its last one.
    texts: Vec<u32>,
    /// Which letters each of these has.
    sets: Vec<u64>,
    /// Texts that go into no block.
    long: Vec<u32>,
    /// Texts with a character that has no number of its own.
    rare: Vec<u32>,
}

impl Blocks {
    /// Lays texts out.
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
            // Capitals would be worth more; folded text has none.
            if letters.len() > LENGTH || text.contains(|c: char| c.is_ascii_uppercase()) {
                blocks.long.push(number as u32);
                continue;
            }
            if letters
                .iter()
                .any(|&c| matches!(c, RARE_OTHER | RARE_LETTER))
            {
                blocks.rare.push(number as u32);
            }
            // Of one length or nearly, and among these those that begin alike, which often fail alike.
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

    /// The texts in which the blocks cannot find a word.
    pub(super) fn beside(&self, word: &Word) -> impl Iterator<Item = u32> {
        let rare = self.alphabet.word(word).is_none();
        let rare = if rare { self.rare.as_slice() } else { &[] };
        self.long.iter().chain(rare).copied()
    }

    /// Fills in the verdict on a word in each text of a block, or only where a beginning of it is known to be found;
    /// `None` if the search was cancelled.
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
        let judge = || Judge::new(&letters, weight);
        let mut judges: Vec<Judge<'_>> = std::iter::repeat_with(judge).take(cores).collect();
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

    /// Where the letters of a block stand.
    fn range(&self, block: usize) -> Range<usize> {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[block] as usize
    }

    /// The letters of a block, its texts, and which letters each of them has.
    fn block(&self, block: usize) -> (&[Lane<u8>], &Lane<u32>, &Lane<u64>) {
        let (letters, _) = self.letters.as_chunks();
        let (texts, _) = self.texts.as_chunks();
        let (sets, _) = self.sets.as_chunks();
        (&letters[self.range(block)], &texts[block], &sets[block])
    }

    pub(super) fn put<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        let alphabet = self.alphabet.numbers.iter();
        let mut alphabet: Vec<u32> = alphabet
            .map(|(&c, &number)| u32::from(c) << 8 | u32::from(number))
            .collect();
        alphabet.sort_unstable();
        out.push(Array::Words(alphabet.into()));
        out.push(Array::Bytes((&self.letters).into()));
        out.push(Array::Words((&self.ends).into()));
        out.push(Array::Words((&self.texts).into()));
        out.push(Array::Longs((&self.sets).into()));
        out.push(Array::Words((&self.long).into()));
        out.push(Array::Words((&self.rare).into()));
    }

    pub(super) fn take(arrays: &mut Arrays) -> Option<Self> {
        let alphabet = arrays.words()?;
        let blocks = Self {
            alphabet: Alphabet {
                numbers: alphabet
                    .into_iter()
                    .map(|known| Some((char::from_u32(known >> 8)?, known as u8)))
                    .collect::<Option<_>>()?,
                // No text is added any more.
                next_other: RARE_OTHER,
                next_letter: RARE_LETTER,
            },
            letters: arrays.bytes()?,
            ends: arrays.words()?,
            texts: arrays.words()?,
            sets: arrays.longs()?,
            long: arrays.words()?,
            rare: arrays.words()?,
        };
        let lanes = blocks.ends.last().copied().unwrap_or_default() as usize;
        let whole = blocks.letters.len() == lanes * LANES
            && blocks.texts.len() == blocks.ends.len() * LANES
            && blocks.sets.len() == blocks.texts.len();
        whole.then_some(blocks)
    }
}

/// A text to be put into a block: about how long it is, its letters, its number, and which letters it has.
type Coded = (usize, Vec<u8>, u32, u64);

/// Tells in which texts a word need not be looked for.
#[derive(Clone, Copy)]
struct MayHold<'a> {
    word: &'a Word,
    /// The verdicts on a beginning of the word, where they are known.
    found: Option<&'a [Verdict]>,
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
struct Judge<'a> {
    scoring: Scoring<'a>,
    few: Gathered,
}

impl<'a> Judge<'a> {
    fn new(letters: &'a [u8], weight: u32) -> Self {
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

    fn run(&mut self, blocks: &Blocks, range: Range<usize>, may_hold: MayHold<'_>) {
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
    fn finish(mut self) -> Vec<(u32, Verdict)> {
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
                let verdict = self.rows.verdict(lane, self.weight);
                if verdict.is_true() {
                    self.hits.push((text, verdict));
                }
            }
        }
    }
}

/// Blocks that one core judges between two looks at whether the search was cancelled.
const WAVE: usize = 256;
/// Blocks that are not worth a second core.
const FEW: usize = 128;
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

/// Whether a word can be scored in blocks.
pub(super) fn fits(word: &Word) -> bool {
    (1..=WORD).contains(&word.letters.len())
}

#[cfg(test)]
mod tests;
