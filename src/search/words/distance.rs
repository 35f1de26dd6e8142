//! Edit distance with transpositions.
//!
//! Optimal string alignment distance, computed for all letters of the word at once in the bits of a number (Hyyrö, "A
//! bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).

/// Maximum length of a word.
pub(in crate::search) const LONGEST: usize = 64;

/// A word prepared for comparison with many others.
#[derive(Debug)]
pub(in crate::search) struct SlipCounter {
    letters: Vec<char>,
    /// Positions of each ASCII character in the word, as a bit mask.
    ascii: [u64; 128],
    /// Positions of other characters.
    others: Vec<(char, u64)>,
}

/// Edit distances between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) struct Slips {
    /// To the whole word.
    pub(in crate::search) whole: u32,
    /// To its nearest prefix.
    pub(in crate::search) start: u32,
}

impl SlipCounter {
    /// Prepares a word; `None` if it is empty or too long.
    pub(in crate::search) fn new(word: &str) -> Option<Self> {
        let letters: Vec<char> = word.chars().collect();
        if letters.is_empty() || letters.len() > LONGEST {
            return None;
        }
        let mut ascii = [0; 128];
        let mut others: Vec<(char, u64)> = Vec::new();
        for (at, &c) in letters.iter().enumerate() {
            if let Some(places) = ascii.get_mut(c as usize) {
                *places |= 1 << at;
                continue;
            }
            match others.iter_mut().find(|(other, _)| *other == c) {
                Some((_, places)) => *places |= 1 << at,
                None => others.push((c, 1 << at)),
            }
        }
        Some(Self {
            letters,
            ascii,
            others,
        })
    }

    fn places(&self, c: char) -> u64 {
        if let Some(places) = self.ascii.get(c as usize) {
            return *places;
        }
        let known = self.others.iter().find(|(other, _)| *other == c);
        known.map_or(0, |(_, places)| *places)
    }

    /// Edit distances to another word.
    pub(in crate::search) fn slips(&self, other: &str) -> Slips {
        let last = 1 << (self.letters.len() - 1);
        let (mut plus, mut minus) = (u64::MAX, 0_u64);
        let (mut diagonal, mut before) = (0_u64, 0_u64);
        let mut slips = self.letters.len() as u32;
        let mut start = slips;
        for c in other.chars() {
            let places = self.places(c);
            let swapped = ((!diagonal & places) << 1) & before;
            diagonal = ((places & plus).wrapping_add(plus) ^ plus) | places | minus | swapped;
            let (mut up, mut down) = (minus | !(diagonal | plus), diagonal & plus);
            slips += u32::from(up & last != 0);
            slips -= u32::from(down & last != 0);
            start = start.min(slips);
            up = up << 1 | 1;
            down <<= 1;
            plus = down | !(diagonal | up);
            minus = up & diagonal;
            before = places;
        }
        Slips {
            whole: slips,
            start,
        }
    }

    /// Whether another word starts with the same letter, or with the first two letters swapped.
    pub(in crate::search) fn begins_like(&self, other: &str) -> bool {
        let mut others = other.chars();
        let (first, second) = (others.next(), others.next());
        first == self.letters.first().copied()
            || first.is_some()
                && first == self.letters.get(1).copied()
                && second == self.letters.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Textbook implementation.
    fn table(a: &str, b: &str) -> Vec<usize> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = match (i, j) {
                    (0, n) | (n, 0) => n,
                    _ => {
                        let wrong = d[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let best = wrong.min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                        let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                        if swap {
                            best.min(d[i - 2][j - 2] + 1)
                        } else {
                            best
                        }
                    }
                };
            }
        }
        d[a.len()].clone()
    }

    #[test]
    fn slips_of_known_words() {
        for (word, other, whole) in [
            ("sceintist", "scientist", 1),
            ("enginere", "engineer", 1),
            ("seattel", "seattle", 1),
            ("sofware", "software", 1),
            ("ca", "abc", 3),
            ("zürich", "zurich", 1),
            ("a", "", 1),
        ] {
            let slips = SlipCounter::new(word).unwrap().slips(other);
            assert_eq!(slips.whole, whole, "{word} {other}");
        }
        assert!(SlipCounter::new("").is_none());
        assert!(SlipCounter::new("esales").unwrap().begins_like("seales"));
        assert!(!SlipCounter::new("a").unwrap().begins_like(""));
    }

    proptest! {
        #[test]
        fn slips_are_those_of_the_table(word in "[a-cé]{1,12}", other in "[a-cé]{0,14}") {
            let slips = SlipCounter::new(&word).unwrap().slips(&other);
            let row = table(&word, &other);
            prop_assert_eq!(slips.whole as usize, row[row.len() - 1]);
            prop_assert_eq!(slips.start as usize, *row.iter().min().unwrap());
        }
    }
}
