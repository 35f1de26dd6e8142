//! A word scored in thirty-two short texts at once.
//!
//! The programme is that of [`super::word`], laid out so that the same place of all texts of a block lies side by side
//! in plain arrays, which the compiler turns into vector instructions. Texts are letters of one byte, numbered so that
//! what a letter does for the one behind it can be read off its number.

use std::collections::HashMap;

use super::verdict::{Tier, Verdict};
use super::word::Word;

/// Texts in a block.
pub(super) const LANES: usize = 32;
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
    blocks: Vec<Block>,
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
            blocks: Vec::new(),
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
        self.blocks.push(Block { end, texts });
    }

    /// Fills in the verdict on a word in each text that may hold it; `None` if the word is not for blocks, or if the
    /// search was cancelled.
    pub(super) fn judge(
        &self,
        word: &Word,
        weight: u32,
        may_hold: impl Fn(u32) -> bool,
        verdicts: &mut [Verdict],
        cancelled: &dyn Fn() -> bool,
    ) -> Option<()> {
        /// Blocks between two looks at whether the search was cancelled.
        const SLICE: usize = 64;
        let Some(letters) = self.alphabet.word(word) else {
            return Some(());
        };
        let mut rows = Rows::new();
        let mut start = 0;
        for (at, block) in self.blocks.iter().enumerate() {
            if at.is_multiple_of(SLICE) && cancelled() {
                return None;
            }
            let text = &self.letters[start..block.end];
            start = block.end;
            if letters.len() > text.len() || !block.texts.iter().any(|&text| may_hold(text)) {
                continue;
            }
            if rows.score(text, &letters) {
                for (lane, &text) in block.texts.iter().enumerate() {
                    verdicts[text as usize] = rows.verdict(lane, weight);
                }
            }
        }
        Some(())
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
        let (mut taken, mut left) = ([NOTHING; LANES], [NOTHING; LANES]);
        (self.taken[0], self.left[0], self.literal[0]) = (taken, left, [0; LANES]);
        (self.best, self.stands) = (taken, [0; LANES]);
        for (at, letters) in text.iter().enumerate() {
            let first = i16::from(at == 0) * 8;
            let (last_taken, last_left) = (taken, left);
            let (bonus, literal) = (&mut self.bonus[at], &mut self.literal[at + 1]);
            for lane in 0..LANES {
                let class = before[lane];
                let start = u8::from(class < OTHER_END);
                let worth = i16::from(class < SOFT_END) * 7 + i16::from(class < HARD_END) + first;
                bonus[lane] = worth;
                let hit = letters[lane] == letter;
                literal[lane] = if hit { 1 + start } else { 0 };
                taken[lane] = if hit { 15 + worth } else { NOTHING };
                left[lane] = (last_taken[lane] - 4).max(last_left[lane] - 1);
                self.best[lane] = self.best[lane].max(taken[lane]);
                self.stands[lane] |= literal[lane];
            }
            (self.taken[at + 1], self.left[at + 1]) = (taken, left);
            before = *letters;
        }
    }

    /// Moves from the rows of the letters so far to those with one letter more; there are `from` of them already.
    fn next_letter(&mut self, text: &[Lane<u8>], letter: u8, from: usize) {
        let (mut taken, mut left) = ([NOTHING; LANES], [NOTHING; LANES]);
        let (mut before_taken, mut before_left) = (self.taken[from], self.left[from]);
        let mut before_literal = self.literal[from];
        (self.taken[from], self.left[from]) = (taken, left);
        (self.best, self.stands) = (taken, [0; LANES]);
        for at in from..text.len() {
            let (letters, bonus) = (&text[at], &self.bonus[at]);
            let (last_taken, last_left) = (taken, left);
            let mut literal = [0; LANES];
            for lane in 0..LANES {
                let hit = letters[lane] == letter;
                let worth = bonus[lane];
                let joined = before_taken[lane] + worth.max(4);
                let apart = before_left[lane] + worth;
                taken[lane] = if hit { 16 + joined.max(apart) } else { NOTHING };
                left[lane] = (last_taken[lane] - 4).max(last_left[lane] - 1);
                self.best[lane] = self.best[lane].max(taken[lane]);
                literal[lane] = if hit { before_literal[lane] } else { 0 };
                self.stands[lane] |= literal[lane];
            }
            before_taken = std::mem::replace(&mut self.taken[at + 1], taken);
            before_left = std::mem::replace(&mut self.left[at + 1], left);
            before_literal = std::mem::replace(&mut self.literal[at + 1], literal);
        }
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
