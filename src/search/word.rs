//! A word of a query, and how well it stands in a text.
//!
//! The score is the one that [`super::fuzzy`] defines, computed in two plain rows that are used again for the next text.

use std::ops::Range;

use super::verdict::{Tier, Verdict, WHOLE_SHARE};
use crate::board::fold::fold;

/// Letters of a word that count.
pub(super) const WORD: usize = 256;
/// Letters of a text in which a word is looked for.
pub(super) const TEXT: usize = 4096;

const MATCH: i32 = 16;
const HEAD: i32 = 8;
const BREAK: i32 = 7;
const CAMEL: i32 = 6;
const CONSECUTIVE: i32 = 4;
const GAP_START: i32 = -4;
const GAP: i32 = -1;
/// What the matcher's cells hold where nothing matched.
const NOTHING: i32 = i16::MIN as i32;

/// A folded word, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word itself.
    pub(super) text: String,
    /// Its letters.
    pub(super) letters: Vec<char>,
    letter_set: u64,
}

impl Word {
    /// Folds a word.
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

    /// Whether a text with these letters may hold the word's.
    pub(super) fn may_stand_in(&self, letter_set: u64) -> bool {
        self.letter_set & !letter_set == 0
    }
}

/// One bit for each letter and digit; everything else shares the rest.
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

/// The part of a text in which a word is looked for.
pub(super) fn searched(text: &str) -> &str {
    if text.len() <= TEXT {
        return text;
    }
    let end = text.char_indices().nth(TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

/// Everywhere that a literal stands in a text, and how well.
pub(super) fn literal_places(literal: &str, text: &str) -> impl Iterator<Item = (usize, Tier)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(literal)?;
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        Some((at, tier_at(text, at..at + literal.len())))
    })
}

/// How a literal stands in a text at its best place; `None` if it does not.
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

/// How these bytes stand: they start a word if what is before them is no letter and no digit, and are whole words if
/// what follows is none either.
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

/// The share of a value that a score is worth, by letter of the word.
pub(super) fn scattered_share(score: i32, letters: usize) -> u32 {
    let letters = i32::try_from(letters).unwrap_or(i32::MAX).max(1);
    let share = (score.saturating_mul(SHARE) / letters).max(0);
    share.unsigned_abs().min(WHOLE_SHARE)
}

/// What a point of the score is worth. A letter is seldom worth more than forty points.
const SHARE: i32 = 2;

/// Scores words in texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    text: Vec<char>,
    bonus: Vec<i32>,
    /// For each end in the text: the best score that takes its letter, and the best that does not.
    row: Vec<(i32, i32)>,
}

impl Scorer {
    /// The verdict on scattered letters in a folded text of a field of this weight.
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

    /// The score of a word in a folded text; `None` if its letters do not stand there in order.
    pub(super) fn score(&mut self, word: &Word, text: &str) -> Option<i32> {
        if word.letters.is_empty() {
            return Some(0);
        }
        self.text.clear();
        self.text.extend(text.chars());
        let first = self.first_places(word)?;
        self.weigh_places();
        self.row.clear();
        // Whatever stands before the first letter costs one in all.
        self.row.resize(self.text.len() + 1, (NOTHING, GAP));
        for (&letter, &skip) in word.letters.iter().zip(&first) {
            self.add_letter(letter, skip);
        }
        let from = first[first.len() - 1];
        self.row[from..].iter().map(|&(taken, _)| taken).max()
    }

    /// Where each letter can stand at the earliest.
    fn first_places(&self, word: &Word) -> Option<Vec<usize>> {
        let mut text = self.text.iter().enumerate();
        word.letters
            .iter()
            .map(|letter| text.find(|(_, c)| *c == letter).map(|(at, _)| at))
            .collect()
    }

    /// What a letter at each place is worth for where it stands.
    fn weigh_places(&mut self) {
        self.bonus.clear();
        let mut before = Class::Empty;
        for &c in &self.text {
            let class = Class::of(c);
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

    /// Moves from the row of the letters so far to the row with one letter more, which stands at `skip` or later.
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

/// What the matcher takes a character for.
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
    fn of(c: char) -> Self {
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
