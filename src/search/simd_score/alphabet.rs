//! Alphabet of one-byte letters, numbered so that the bonus for the following letter depends only on the range of the
//! number.

use std::collections::HashMap;

use crate::search::word::Word;

/// Separators for the matcher, strong and weak, and for readers.
pub(super) const HARD: &str = "\0 /\\|()[]{}";
pub(super) const SOFT: &str = "!\"#$%&'*+,-.:;<=>?@^_`~";
pub(super) const HARD_END: u8 = 11;
pub(super) const SOFT_END: u8 = 34;
pub(super) const OTHER_END: u8 = 64;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
/// Padding after the end of a text that is shorter than its block.
pub(super) const PAD: u8 = u8::MAX;
/// Shared numbers of all characters that exceed the alphabet.
const RARE_OTHER: u8 = OTHER_END - 1;
const RARE_LETTER: u8 = PAD - 1;

/// Maps characters to letters of one byte.
#[derive(Debug)]
pub(super) struct Alphabet {
    pub(super) numbers: HashMap<char, u8, foldhash::fast::RandomState>,
    next_other: u8,
    next_letter: u8,
}

impl Alphabet {
    /// An alphabet of the common characters.
    pub(super) fn new() -> Self {
        let separators = HARD.chars().chain(SOFT.chars()).zip(0..);
        let letters = LETTERS.chars().zip(OTHER_END..);
        Self {
            numbers: separators.chain(letters).collect(),
            next_other: SOFT_END,
            next_letter: OTHER_END + LETTERS.len() as u8,
        }
    }

    /// Number of a character, assigned on first use while there are any left.
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

    /// A word as letters; `None` if one has no number of its own.
    pub(super) fn word(&self, word: &Word) -> Option<Vec<u8>> {
        let letters = word.letters.iter();
        letters.map(|c| self.numbers.get(c).copied()).collect()
    }

    /// Whether a letter represents several characters.
    pub(super) fn is_shared(letter: u8) -> bool {
        matches!(letter, RARE_OTHER | RARE_LETTER)
    }
}
