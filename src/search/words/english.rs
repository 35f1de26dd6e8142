//! Correctly spelled words, which are not corrected.

use super::forms::forms;
use crate::places;

/// Common English words, one a line in the order of their bytes, below a header that sorts before them.
static WORDS: &str = include_str!("english.txt");

/// Whether a folded word is a common English word, a form of one, or the name of a place.
pub(in crate::search) fn is_correct(word: &str) -> bool {
    forms(word).any(|form| is_listed(&form)) || places::is_name(word)
}

/// Whether the list has a folded word in this form.
pub(super) fn is_listed(word: &str) -> bool {
    let (mut low, mut high) = (0, WORDS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        // Newlines are never within a character, so bytes give valid bounds.
        let bytes = WORDS.as_bytes();
        let before = bytes[low..middle].iter().rposition(|byte| *byte == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let after = bytes[start..high].iter().position(|byte| *byte == b'\n');
        let end = after.map_or(high, |at| start + at);
        match WORDS[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = (end + 1).min(high),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_found() {
        let words: Vec<&str> = WORDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| is_listed(word)));
    }

    #[test]
    fn words_and_places_are_correct_but_slips_are_not() {
        for word in [
            "trust",
            "might",
            "puppeteers",
            "abilities",
            "berlin",
            "zurich",
        ] {
            assert!(is_correct(word), "{word}");
        }
        for word in [
            "sceintist",
            "enginere",
            "seattel",
            "aaaa",
            "zzzz",
            "# from",
            "",
        ] {
            assert!(!is_correct(word), "{word}");
        }
    }
}
