//! Characters as letters of one byte, numbered so that what a letter does for the one behind it can be read off its number.

use std::collections::HashMap;

use crate::search::word::Word;

/// Of letters: those that separate words for the matcher, strongly and weakly, and for a reader.
pub(super) const HARD: &str = "\0 /\\|()[]{}";
pub(super) const SOFT: &str = "!\"#$%&'*+,-.:;<=>?@^_`~";
pub(super) const HARD_END: u8 = 11;
pub(super) const SOFT_END: u8 = 34;
pub(super) const OTHER_END: u8 = 64;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
/// Stands behind the end of a text that is shorter than its block.
pub(super) const PAD: u8 = u8::MAX;
/// Stand for all characters that came too late for a number of their own.
const RARE_OTHER: u8 = OTHER_END - 1;
const RARE_LETTER: u8 = PAD - 1;

/// Texts as letters of one byte.
#[derive(Debug)]
pub(super) struct Alphabet {
    pub(super) numbers: HashMap<char, u8, foldhash::fast::RandomState>,
    next_other: u8,
    next_letter: u8,
}

impl Alphabet {
    /// With the characters that every board has.
    pub(super) fn new() -> Self {
        let separators = HARD.chars().chain(SOFT.chars()).zip(0..);
        let letters = LETTERS.chars().zip(OTHER_END..);
        Self {
            numbers: separators.chain(letters).collect(),
            next_other: SOFT_END,
            next_letter: OTHER_END + LETTERS.len() as u8,
        }
    }

    /// The number of a character; characters get one of their own as they come, as long as there are some.
    pub(super) fn add(&mut self, c: char) -> u8 {
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
    pub(super) fn word(&self, word: &Word) -> Option<Vec<u8>> {
        let letters = word.letters.iter();
        letters.map(|c| self.numbers.get(c).copied()).collect()
    }

    /// Whether a letter stands for several characters.
    pub(super) fn is_shared(letter: u8) -> bool {
        matches!(letter, RARE_OTHER | RARE_LETTER)
    }
}
