//! A word scored in thirty-two short texts at once.
//!
//! The programme is that of [`super::word`], laid out so that the same place of all texts of a block lies side by side
//! in plain arrays, which the compiler turns into vector instructions. Texts are letters of one byte, numbered so that
//! what a letter does for the one behind it can be read off its number.

use std::collections::HashMap;

use super::verdict::{Tier, Verdict};
use super::word::Word;

/// Texts in a block.
const LANES: usize = 32;
/// Letters of the longest text that goes into a block.
const LENGTH: usize = 128;
/// Letters of the longest word that is scored in blocks.
const WORD: usize = 64;

/// What is worth nothing, far below every score and far above what would overflow.
const NOTHING: i16 = -16384;
/// Below this no path has led.
const REACHED: i16 = -8192;

/// Of letters: those that separate words for the matcher, strongly and weakly, and for a reader.
const HARD: &str = "\0 /\\|()[]{}";
const SOFT: &str = "!\"#$%&'*+,-.:;<=>?@^_`~";
const HARD_END: u8 = 11;
const SOFT_END: u8 = 34;
const OTHER_END: u8 = 64;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
/// Stands behind the end of a text that is shorter than its block.
const PAD: u8 = u8::MAX;

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

    /// The number of a character; characters get one as they come, as long as there are some.
    fn add(&mut self, c: char) -> Option<u8> {
        if let Some(&number) = self.numbers.get(&c) {
            return Some(number);
        }
        let (next, end) = if c.is_alphanumeric() {
            (&mut self.next_letter, PAD)
        } else {
            (&mut self.next_other, OTHER_END)
        };
        // Capitals would be worth more; folded text has none.
        if *next == end || c.is_ascii_uppercase() {
            return None;
        }
        *next += 1;
        self.numbers.insert(c, *next - 1);
        Some(*next - 1)
    }

    /// A word as letters; `None` if it has one that no text of a block has.
    fn word(&self, word: &Word) -> Option<Vec<u8>> {
        let letters = word.letters.iter();
        letters.map(|c| self.numbers.get(c).copied()).collect()
    }
}

/// Texts in blocks of about one length.
#[derive(Debug)]
pub(super) struct Blocks {
    alphabet: Alphabet,
    letters: Vec<Lane<u8>>,
    all: Vec<Block>,
    /// Texts that go into no block.
    pub(super) odd: Vec<u32>,
}

#[derive(Debug)]
struct Block {
    /// Where the block ends in the letters.
    end: usize,
    /// The texts; a block that is not full repeats its last one.
    texts: Lane<u32>,
}

impl Blocks {
    /// Lays texts out.
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut blocks = Self {
            alphabet: Alphabet::new(),
            letters: Vec::new(),
            all: Vec::new(),
            odd: Vec::new(),
        };
        let mut coded: Vec<(usize, Vec<u8>, u32)> = Vec::new();
        for (number, text) in texts.enumerate() {
            let letters = text.chars().map(|c| blocks.alphabet.add(c));
            let letters: Option<Vec<u8>> = letters.take(LENGTH + 1).collect();
            match letters.filter(|letters| letters.len() <= LENGTH) {
                // Of one length or nearly, and among these those that begin alike, which often fail alike.
                Some(letters) => {
                    coded.push((letters.len().div_ceil(4), letters, number as u32));
                }
                None => blocks.odd.push(number as u32),
            }
        }
        coded.sort_unstable();
        for block in coded.chunks(LANES) {
            blocks.add(block);
        }
        blocks
    }

    fn add(&mut self, block: &[(usize, Vec<u8>, u32)]) {
        let length = block.iter().map(|(_, letters, _)| letters.len()).max();
        let start = self.letters.len();
        let end = start + length.unwrap_or(0);
        self.letters.resize(end, [PAD; LANES]);
        let mut texts = [0; LANES];
        let last = block.len() - 1;
        for lane in 0..LANES {
            let (_, letters, number) = &block[lane.min(last)];
            texts[lane] = *number;
            for (at, &letter) in letters.iter().enumerate() {
                self.letters[start + at][lane] = letter;
            }
        }
        self.all.push(Block { end, texts });
    }

    /// Fills in the verdict on a word in each text that may hold it; `None` if the search was cancelled.
    pub(super) fn judge(
        &self,
        word: &Word,
        weight: u32,
        may_hold: impl Fn(usize) -> bool,
        verdicts: &mut [Verdict],
        cancelled: &dyn Fn() -> bool,
    ) -> Option<()> {
        let Some(letters) = self.alphabet.word(word) else {
            return Some(());
        };
        let mut few = Gathered::new();
        let mut rows = Rows::new();
        let mut judge = |text: &[Lane<u8>], texts: &[u32]| {
            if letters.len() <= text.len() && rows.score(text, &letters) {
                for (lane, &text) in texts.iter().enumerate() {
                    verdicts[text as usize] = rows.verdict(lane, weight);
                }
            }
        };
        let mut start = 0;
        for (at, block) in self.all.iter().enumerate() {
            if at.is_multiple_of(SLICE) && cancelled() {
                return None;
            }
            let text = &self.letters[start..block.end];
            start = block.end;
            let held = block
                .texts
                .iter()
                .filter(|&&text| may_hold(text as usize))
                .count();
            if held >= MANY {
                judge(text, &block.texts);
            } else if held > 0 {
                for lane in (0..LANES).filter(|&lane| may_hold(block.texts[lane] as usize)) {
                    few.add(text, lane, block.texts[lane]);
                    if few.texts.len() == LANES {
                        judge(few.letters(), &few.texts);
                        few.clear();
                    }
                }
            }
        }
        judge(few.letters(), &few.texts);
        Some(())
    }
}

/// Blocks between two looks at whether the search was cancelled.
const SLICE: usize = 64;
/// Texts of a block that are worth scoring all of it; fewer are gathered with those of other blocks.
const MANY: usize = 12;

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

/// The rows of the programme, for all texts of a block.
struct Rows {
    /// For each end in the text the best score that takes its letter,
    taken: Box<[Lane<i16>; LENGTH + 1]>,
    /// the best that does not,
    left: Box<[Lane<i16>; LENGTH + 1]>,
    /// and whether the word stands there as it is: 1 inside a word, 2 at the start of one.
    literal: Box<[Lane<u8>; LENGTH + 1]>,
    /// What each place is worth.
    bonus: Box<[Lane<i16>; LENGTH]>,
    best: Lane<i16>,
    stands: Lane<u8>,
}

impl Rows {
    fn new() -> Self {
        Self {
            taken: Box::new([[0; LANES]; LENGTH + 1]),
            left: Box::new([[0; LANES]; LENGTH + 1]),
            literal: Box::new([[0; LANES]; LENGTH + 1]),
            bonus: Box::new([[0; LANES]; LENGTH]),
            best: [0; LANES],
            stands: [0; LANES],
        }
    }

    /// Scores a word; false if it stands in none of the texts.
    fn score(&mut self, text: &[Lane<u8>], word: &[u8]) -> bool {
        self.first_letter(text, word[0]);
        for (at, &letter) in word.iter().enumerate().skip(1) {
            if !self.is_reached() {
                return false;
            }
            self.next_letter(text, letter, at);
        }
        self.is_reached()
    }

    fn is_reached(&self) -> bool {
        self.best.iter().any(|&best| best > REACHED)
    }

    fn first_letter(&mut self, text: &[Lane<u8>], letter: u8) {
        let mut before = [0; LANES];
        let mut step = Step::new();
        (self.taken[0], self.left[0], self.literal[0]) = (step.taken, step.left, [0; LANES]);
        for (at, letters) in text.iter().enumerate() {
            let first = i16::from(at == 0) * 8;
            let mut bonus = [0; LANES];
            let mut literal = [0; LANES];
            for lane in 0..LANES {
                let class = before[lane];
                bonus[lane] = i16::from(class < SOFT_END) * 7 + i16::from(class < HARD_END) + first;
                literal[lane] = 1 + u8::from(class < OTHER_END);
            }
            // Whatever stands before the first letter costs one in all.
            step.forward(
                letters,
                letter,
                &[NOTHING; LANES],
                &[-1; LANES],
                &bonus,
                &literal,
            );
            (self.taken[at + 1], self.left[at + 1]) = (step.taken, step.left);
            (self.literal[at + 1], self.bonus[at]) = (step.literal, bonus);
            before = *letters;
        }
        (self.best, self.stands) = (step.best, step.stands);
    }

    /// Moves from the rows of the letters so far to those with one letter more; there are `from` of them already.
    fn next_letter(&mut self, text: &[Lane<u8>], letter: u8, from: usize) {
        let mut step = Step::new();
        let mut before = (self.taken[from], self.left[from], self.literal[from]);
        (self.taken[from], self.left[from]) = (step.taken, step.left);
        for (at, letters) in text.iter().enumerate().skip(from) {
            let (taken, left, literal) = &before;
            step.forward(letters, letter, taken, left, &self.bonus[at], literal);
            before = (self.taken[at + 1], self.left[at + 1], self.literal[at + 1]);
            (self.taken[at + 1], self.left[at + 1]) = (step.taken, step.left);
            self.literal[at + 1] = step.literal;
        }
        (self.best, self.stands) = (step.best, step.stands);
    }

    fn verdict(&self, lane: usize, weight: u32) -> Verdict {
        let tier = match self.stands[lane] {
            0 => Tier::Scattered,
            1 => Tier::Inside,
            _ => Tier::Start,
        };
        if self.best[lane] > REACHED {
            Verdict::hit(tier, weight, self.best[lane].into())
        } else {
            Verdict::FALSE
        }
    }
}

/// One letter of the word on its way through the texts.
struct Step {
    taken: Lane<i16>,
    left: Lane<i16>,
    literal: Lane<u8>,
    best: Lane<i16>,
    stands: Lane<u8>,
}

impl Step {
    fn new() -> Self {
        Self {
            taken: [NOTHING; LANES],
            left: [NOTHING; LANES],
            literal: [0; LANES],
            best: [NOTHING; LANES],
            stands: [0; LANES],
        }
    }

    /// Goes one place on, from what the letters before gave at the place before. Loops this plain become vectors.
    #[inline]
    fn forward(
        &mut self,
        letters: &Lane<u8>,
        letter: u8,
        taken: &Lane<i16>,
        left: &Lane<i16>,
        bonus: &Lane<i16>,
        literal: &Lane<u8>,
    ) {
        let mut hit = [0; LANES];
        for lane in 0..LANES {
            hit[lane] = if letters[lane] == letter { u8::MAX } else { 0 };
            self.literal[lane] = literal[lane] & hit[lane];
            self.stands[lane] |= self.literal[lane];
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::board::fold::fold;
    use crate::search::word::Scorer;

    fn same(word: &str, texts: &[String]) {
        let word = Word::new(word);
        let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        let blocks = Blocks::new(texts.iter().map(String::as_str));
        let mut verdicts = vec![Verdict::FALSE; texts.len()];
        blocks
            .judge(&word, 2, |_| true, &mut verdicts, &|| false)
            .unwrap();
        for (at, text) in texts.iter().enumerate() {
            if !blocks.odd.contains(&(at as u32)) {
                let alone = Scorer::default().judge(&word, text, 2);
                assert_eq!(verdicts[at], alone, "{:?} in {text:?}", word.text);
            }
        }
    }

    #[test]
    fn separators_are_numbered_by_what_they_do() {
        let numbers = Alphabet::new().numbers;
        let all = |letters: &str, numbered: std::ops::Range<u8>| {
            letters.chars().all(|c| numbered.contains(&numbers[&c]))
        };
        assert!(all(HARD, 0..HARD_END) && all(SOFT, HARD_END..SOFT_END));
        assert_eq!(HARD.len() + SOFT.len(), usize::from(SOFT_END));
    }

    #[test]
    fn every_length_of_word_and_text() {
        let text = "ab, c(d)ab-abcd é–a".repeat(8);
        let ends = text.char_indices().map(|(at, _)| at).take(LENGTH + 2);
        let texts: Vec<String> = ends.map(|end| text[..end].to_owned()).collect();
        for letters in 1..=WORD {
            let word: String = "abcdab".chars().cycle().take(letters).collect();
            same(&word, &texts);
        }
    }

    proptest! {
        #[test]
        fn a_lane_scores_as_if_it_were_alone(
            word in "[a-d .ß日]{1,7}",
            texts in prop::collection::vec("[a-dA-D0-1 .,/(_é日ß–\u{0}-\u{2}]{0,40}", 1..70),
        ) {
            same(&word, &texts);
        }
    }
}
