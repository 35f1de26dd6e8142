//! A query word for scattered-letter matching, and its scalar scoring.
//!
//! The score is that of [`super::fuzzy`], computed with two reusable rows.

use std::ops::Range;

use super::verdict::{Tier, Verdict, WHOLE_SHARE};
use crate::board::fold::fold;

/// Maximum number of significant letters of a word.
pub(super) const WORD: usize = 256;
/// Maximum length of a text that is searched.
pub(super) const TEXT: usize = 4096;

const MATCH: i32 = 16;
const HEAD: i32 = 8;
const BREAK: i32 = 7;
const CAMEL: i32 = 6;
const CONSECUTIVE: i32 = 4;
const GAP_START: i32 = -4;
const GAP: i32 = -1;
/// Initial value of the matcher's cells.
const NOTHING: i32 = i16::MIN as i32;

/// A folded word prepared for matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The folded text.
    pub(super) text: String,
    /// Its letters.
    pub(super) letters: Vec<char>,
    letter_set: u64,
}

impl Word {
    /// Folds and prepares a word.
    pub(super) fn new(word: &str) -> Self {
        let folded = fold(word);
        let letters: Vec<char> = folded.chars().take(WORD).collect();
        let text: String = letters.iter().collect();
        Self {
            letter_set: letter_set(&text),
            text,
            letters,
        }
    }

    /// Whether a text with this letter set may contain the word's letters.
    pub(super) fn may_stand_in(&self, letter_set: u64) -> bool {
        self.letter_set & !letter_set == 0
    }
}

/// Letter set: one bit for each letter and digit; other characters share the rest.
pub(super) fn letter_set(text: &str) -> u64 {
    text.chars().fold(0, |set, c| {
        let bit = match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + c as u32 - '0' as u32,
            other => 36 + other as u32 % 28,
        };
        set | 1 << bit
    })
}

/// The prefix of a text that is searched.
pub(super) fn searched(text: &str) -> &str {
    if text.len() <= TEXT {
        return text;
    }
    let end = text.char_indices().nth(TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

/// Occurrences of a literal in a text, with their tiers.
pub(super) fn literal_places(literal: &str, text: &str) -> impl Iterator<Item = (usize, Tier)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(literal)?;
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        Some((at, tier_at(text, at..at + literal.len())))
    })
}

/// Best tier of a literal in a text; `None` if it does not occur.
pub(super) fn literal_tier(literal: &str, text: &str) -> Option<Tier> {
    let mut best = None;
    for (_, tier) in literal_places(literal, text) {
        if tier == Tier::Whole {
            return Some(tier);
        }
        best = best.max(Some(tier));
    }
    best
}

/// Tier of an occurrence: a prefix if no letter or digit precedes it, and a whole word if none follows either.
pub(super) fn tier_at(text: &str, range: Range<usize>) -> Tier {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if inside(text[..range.start].chars().next_back()) {
        Tier::Inside
    } else if inside(text[range.end..].chars().next()) {
        Tier::Start
    } else {
        Tier::Whole
    }
}

/// Share corresponding to a score, relative to the number of letters.
pub(super) fn scattered_share(score: i32, letters: usize) -> u32 {
    let letters = i32::try_from(letters).unwrap_or(i32::MAX).max(1);
    let share = (score.saturating_mul(SHARE) / letters).max(0);
    share.unsigned_abs().min(WHOLE_SHARE)
}

/// Factor from score to share. A letter rarely scores more than forty.
const SHARE: i32 = 2;

/// Scores words in texts, reusing its buffers.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    text: Vec<char>,
    bonus: Vec<i32>,
    /// For each end position, the best score that takes its letter, and the best that skips it.
    row: Vec<(i32, i32)>,
}

impl Scorer {
    /// Verdict on scattered letters in a folded text of a field with this weight.
    pub(super) fn judge(&mut self, word: &Word, text: &str, weight: u32) -> Verdict {
        let text = searched(text);
        let Some(score) = self.score(word, text) else {
            return Verdict::FALSE;
        };
        Verdict::hit(
            Tier::Scattered,
            weight,
            scattered_share(score, word.letters.len()),
        )
    }

    /// Score of a word in a folded text; `None` if its letters do not occur in order.
    pub(super) fn score(&mut self, word: &Word, text: &str) -> Option<i32> {
        if word.letters.is_empty() {
            return Some(0);
        }
        self.text.clear();
        self.text.extend(text.chars());
        let first = self.first_places(word)?;
        self.weigh_places();
        self.row.clear();
        // Letters before the first match cost one in total.
        self.row.resize(self.text.len() + 1, (NOTHING, GAP));
        for (&letter, &skip) in word.letters.iter().zip(&first) {
            self.add_letter(letter, skip);
        }
        let from = first[first.len() - 1];
        self.row[from..].iter().map(|&(taken, _)| taken).max()
    }

    /// Earliest possible position of each letter.
    fn first_places(&self, word: &Word) -> Option<Vec<usize>> {
        let mut text = self.text.iter().enumerate();
        word.letters
            .iter()
            .map(|letter| text.find(|(_, c)| *c == letter).map(|(at, _)| at))
            .collect()
    }

    /// Computes the bonus of each position.
    fn weigh_places(&mut self) {
        self.bonus.clear();
        let mut before = Class::Empty;
        for &c in &self.text {
            let class = Class::from_char(c);
            self.bonus.push(match (before, class) {
                (Class::Empty | Class::Hard, _) => HEAD,
                (Class::Soft, _) => BREAK,
                (Class::Lower | Class::Digit, Class::Upper) => CAMEL,
                _ => 0,
            });
            before = class;
        }
        if let Some(first) = self.bonus.first_mut() {
            *first *= 2;
        }
    }

    /// Advances the row by one letter, which is at `skip` or later.
    fn add_letter(&mut self, letter: char, skip: usize) {
        let mut before = self.row[skip];
        let (mut taken, mut left) = (NOTHING, NOTHING);
        self.row[..=skip].fill((NOTHING, NOTHING));
        for at in skip..self.text.len() {
            let (last_taken, last_left) = (taken, left);
            taken = if self.text[at] == letter {
                let bonus = self.bonus[at];
                MATCH + (before.0 + bonus.max(CONSECUTIVE)).max(before.1 + bonus)
            } else {
                NOTHING
            };
            left = (last_taken + GAP_START).max(last_left + GAP);
            before = std::mem::replace(&mut self.row[at + 1], (taken, left));
        }
    }
}

/// Character classes of the matcher.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Empty,
    Upper,
    Lower,
    Digit,
    Hard,
    Soft,
}

impl Class {
    fn from_char(c: char) -> Self {
        match c {
            '\0' => Self::Empty,
            ' ' | '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '{' | '}' => Self::Hard,
            '!'..='\'' | '*'..='.' | ':'..='@' | '^'..='`' | '~' => Self::Soft,
            '0'..='9' => Self::Digit,
            'A'..='Z' => Self::Upper,
            _ => Self::Lower,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::fuzzy;

    fn same(word: &str, text: &str) {
        let (word, text) = (Word::new(word), fold(text));
        let defined = fuzzy::indices(&word.text, searched(&text)).map(|(score, _)| score);
        let scored = Scorer::default().score(&word, searched(&text));
        assert_eq!(
            scored.map(i64::from),
            defined,
            "{:?} in {text:?}",
            word.text
        );
    }

    #[test]
    fn scores_are_those_of_a_fresh_matcher() {
        for (word, text) in [
            ("ss", "Business Economist, AWS"),
            ("engineer", "ENGINEER"),
            ("aplsci", "Applied Scientist"),
            ("zurich", "Zürich"),
            ("x", ""),
            ("longer than the text", "short"),
            ("日本", "東日本橋"),
            ("a", "b a (a) a/a-a"),
        ] {
            same(word, text);
        }
        same(&"ab".repeat(300), &"ab".repeat(3000));
        same("az", &format!("a{}z", "-".repeat(4000)));
        same("az", &format!("a{}z", "-".repeat(9000)));
    }

    #[test]
    fn a_word_starts_behind_anything_that_is_no_letter() {
        for (word, text, tier) in [
            ("sea", "us, wa, seattle", Some(Tier::Start)),
            ("sea", "research", Some(Tier::Inside)),
            ("sea", "research (sea)", Some(Tier::Whole)),
            ("sea", "software engineer, ads", None),
            ("aa", "baaa aa", Some(Tier::Whole)),
            ("本", "東日本", Some(Tier::Inside)),
        ] {
            assert_eq!(literal_tier(word, text), tier, "{word} in {text}");
        }
    }

    proptest! {
        #[test]
        fn scores_are_those_of_a_fresh_matcher_everywhere(
            word in "[a-d .ß日]{1,9}",
            text in "[a-dA-D0-1 .,/(_é日ß\u{0}-\u{2}]{0,60}",
        ) {
            same(&word, &text);
        }
    }
}
