//! Extracts abbreviations that a board explains: "Site Reliability Engineer (SRE)", "SRE (Site Reliability Engineer)".

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::alias::{Alias, Scope, Source};
use super::aliases::Table;
use super::tokens::{Token, tokens};
use crate::search::flat::{Array, Arrays, Strings};
use crate::search::texts::Texts;

/// Length of an abbreviation.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;
/// Minimum length of an abbreviation that is also found by its expansion.
const FOUND: usize = 3;
/// Minimum number of texts that explain an abbreviation.
const EVIDENCE: usize = 2;
/// Maximum ratio between the most frequent expansion of an abbreviation and another one.
const RARER: usize = 5;
/// Words that may be skipped in an abbreviation.
const SMALL: &[&str] = &[
    "and", "of", "for", "the", "in", "to", "de", "du", "des", "und",
];

/// Words that names of places begin with.
const PLACE_WORDS: &[&str] = &["st", "ste", "ft", "mt"];

/// Abbreviations explained in texts, with their expansions and the number of texts.
#[derive(Debug, Default, PartialEq)]
pub(in crate::search) struct Abbreviations {
    short: Strings,
    long: Strings,
    counts: Vec<u32>,
}

impl Abbreviations {
    /// Collects the abbreviations explained in the texts.
    pub(in crate::search) fn new(texts: &Texts) -> Self {
        let explaining = (0..texts.len()).into_par_iter();
        let explaining = explaining.filter(|&at| texts.get(at).contains('('));
        let pairs = explaining.flat_map_iter(|at| explained(texts.get(at)));
        let mut pairs: Vec<(String, Vec<String>)> = pairs.collect();
        pairs.par_sort_unstable();
        let mut most: BTreeMap<&str, usize> = BTreeMap::new();
        for same in pairs.chunk_by(|a, b| a == b) {
            let most = most.entry(&same[0].0).or_default();
            *most = same.len().max(*most);
        }
        let mut found = Self::default();
        for same in pairs.chunk_by(|a, b| a == b) {
            let (short, long) = &same[0];
            let count = same.len();
            if count >= EVIDENCE && count * RARER >= most[short.as_str()] {
                found.short.push(short);
                found.long.push(&long.join(" "));
                found.counts.push(count as u32);
            }
        }
        found
    }

    /// The abbreviations as other names.
    pub(in crate::search) fn table(&self) -> Table {
        let mut table = Table::default();
        let pairs = self.short.iter().zip(self.long.iter()).zip(&self.counts);
        for ((short, long), &count) in pairs {
            let alias = |words: Vec<String>| Alias::new(words, Scope::Role, Source::Board(count));
            // Streets and saints.
            if PLACE_WORDS.contains(&short) {
                continue;
            }
            let name = vec![short.to_owned()];
            let long: Vec<String> = long.split(' ').map(str::to_owned).collect();
            table.add(&name, alias(long.clone()));
            if short.len() >= FOUND {
                table.add(&long, alias(name));
            }
        }
        table
    }

    pub(in crate::search) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.short.encode(out);
        self.long.encode(out);
        out.push(Array::Words((&self.counts).into()));
    }

    pub(in crate::search) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let found = Self {
            short: Strings::decode(arrays)?,
            long: Strings::decode(arrays)?,
            counts: arrays.words()?,
        };
        let counts = found.counts.len();
        (found.short.len() == counts && found.long.len() == counts).then_some(found)
    }
}

/// Abbreviations in a folded text, with their expansions.
fn explained(text: &str) -> Vec<(String, Vec<String>)> {
    let words: Vec<Token<'_>> = tokens(text).collect();
    let mut pairs = Vec::new();
    for (at, open) in words.iter().enumerate().skip(1) {
        let before = &words[at - 1];
        let gap = &text[before.at + before.word.len()..open.at];
        if gap.trim() != "(" {
            continue;
        }
        let closes = |token: &Token<'_>| text[token.at + token.word.len()..].starts_with(')');
        // Form "words (ABBR)".
        if closes(open) {
            pairs.extend(spelled(open.word, words[..at].iter().rev().copied(), true));
        }
        // Form "ABBR (words)".
        let inside = words[at..]
            .iter()
            .position(closes)
            .map(|last| &words[at..=at + last]);
        if let Some(inside) = inside.filter(|inside| inside.len() > 1) {
            let pair = spelled(before.word, inside.iter().copied(), false);
            pairs.extend(pair.filter(|(_, long)| long.len() == inside.len()));
        }
    }
    pairs
}

/// The words whose initials form an abbreviation, read from either end.
fn spelled<'a>(
    short: &str,
    words: impl Iterator<Item = Token<'a>>,
    backwards: bool,
) -> Option<(String, Vec<String>)> {
    let plain = short.bytes().all(|byte| byte.is_ascii_lowercase());
    if !plain || !LETTERS.contains(&short.len()) {
        return None;
    }
    let mut letters: Vec<char> = short.chars().collect();
    // Letters are consumed from the end.
    if !backwards {
        letters.reverse();
    }
    let mut long = Vec::new();
    for token in words {
        let Some(letter) = letters.last() else {
            break;
        };
        if token.word.starts_with(*letter) {
            letters.pop();
        } else if !SMALL.contains(&token.word) || long.is_empty() {
            return None;
        }
        long.push(token.word.to_owned());
    }
    if backwards {
        long.reverse();
    }
    (letters.is_empty() && long.len() > 1).then(|| (short.to_owned(), long))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_extracted_from_explanations() {
        for (text, pairs) in [
            (
                "site reliability engineer (sre) - berlin",
                "sre=site reliability engineer",
            ),
            ("registered nurse (rn) / night", "rn=registered nurse"),
            (
                "bcba (board certified behavior analyst)",
                "bcba=board certified behavior analyst",
            ),
            (
                "head of learning and development (ld)",
                "ld=learning and development",
            ),
            ("engineer (m/f/d)", ""),
            ("engineer (remote)", ""),
            ("sales lead (emea)", ""),
            ("staff engineer (se", ""),
        ] {
            let found = explained(text).into_iter();
            let found: Vec<_> = found
                .map(|(short, long)| format!("{short}={}", long.join(" ")))
                .collect();
            assert_eq!(found.join(" "), pairs, "{text}");
        }
    }
}
