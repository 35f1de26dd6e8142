//! Typo corrections of query words.

use std::cmp::Reverse;

use super::dictionary::{Dictionary, WordId, letter_bits};
use super::distance::SlipCounter;
use super::forms::forms;
use super::refusal::{Refusal, Refused};
use super::tokens::has_unspaced;
use crate::query::Field;
use crate::search::word::{Scorer, Word, scattered_share};

/// Minimum lengths of words for one and for two edits.
const ONE_SLIP: usize = 4;
const TWO_SLIPS: usize = 8;
/// Minimum length of a company's name with two edits.
const TWO_SLIPS_IN_NAME: usize = 10;
/// Minimum length of an unfinished word with an edit.
const UNFINISHED: usize = 6;
/// Maximum number of corrections.
const WORDS: usize = 3;
/// Maximum ratio between the most frequent correction and another one.
const RARER: u64 = 20;
/// A word with at least this number of postings is not a typo.
const KNOWN: u64 = 10;
/// A correction must be this many times as frequent as the typed word.
const TIMES: u64 = 100;
/// A correction of a word that the board lacks is used by one posting in this many, up to a maximum.
const IN: usize = 20_000;
const FLOOR: u64 = 5;
/// The same for a slip that proves little: at the first letter, in an unfinished word, or in a short one.
const WEAK: usize = 4;
/// Refused corrections that are remembered.
const REFUSED: usize = 10;
/// Minimum length of a word that is matched by scattered letters.
const SCATTERED: usize = 4;
/// Maximum length of the word found, in halves of the typed length.
const LONGER: usize = 5;

/// A possible correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Candidate {
    /// The corrected word.
    pub(in crate::search) word: String,
    /// Number of postings, summed over fields.
    pub(in crate::search) uses: u64,
    /// Its most frequent field, if that holds names rather than roles.
    pub(in crate::search) home: Option<Field>,
}

/// Corrections of a word: those that are searched for as well, and those that were refused.
#[derive(Debug, Default)]
pub(in crate::search) struct Corrections {
    /// Best first.
    pub(in crate::search) joined: Vec<Candidate>,
    /// Most common first.
    pub(in crate::search) refused: Vec<Refused>,
}

/// What is known of a word that may be a slip.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Evidence {
    /// Number of postings of the board.
    pub(in crate::search) postings: usize,
    /// How often the board holds what was typed.
    pub(in crate::search) typed: u64,
    /// Whether the word is spelled correctly.
    pub(in crate::search) is_correct: bool,
    /// Whether corrections are also joined without good evidence.
    pub(in crate::search) loose: bool,
}

/// Minimum number of postings, of `postings` in all, that must hold a correction of a word that the board lacks.
pub(in crate::search) fn least_uses(postings: usize, is_weak: bool) -> u64 {
    let factor = if is_weak { WEAK } else { 1 };
    (postings.saturating_mul(factor) as u64 / IN as u64).clamp(1, FLOOR * factor as u64)
}

/// Finds the words that a word may be a slip of.
pub(in crate::search) fn find(
    dictionary: &Dictionary,
    fields: &[Field],
    word: &str,
    evidence: Evidence,
) -> Corrections {
    let Evidence { typed, loose, .. } = evidence;
    let is_short = word.chars().count() == ONE_SLIP;
    let (slips, mut nearest) = nearest(dictionary, fields, word);
    let letters = word.chars().count();
    nearest.sort_by_key(|(_, near)| Reverse(near.uses));
    let most = nearest.first().map_or(0, |(_, near)| near.uses);
    let is_common = |near: &Candidate| near.uses * RARER >= most;
    let common = nearest.iter().filter(|(_, near)| is_common(near));
    let best = common.map(|(class, _)| *class).min();
    let mut found = Corrections::default();
    let mut chosen = 0;
    for (class, near) in nearest {
        let why = if !is_common(&near) {
            Some(Refusal::Outnumbered)
        } else if Some(class) != best {
            Some(Refusal::Unlikely)
        } else if near.uses <= typed && !loose {
            Some(Refusal::Rarer(typed))
        } else if chosen == WORDS {
            Some(Refusal::TooMany)
        } else {
            chosen += 1;
            let is_far = class.1 || slips > 1 && letters < TWO_SLIPS_IN_NAME;
            let why = refusal(evidence, class.0 || class.1 || is_short, &near);
            let of_company = near.home == Some(Field::Company) && is_far;
            why.or(of_company.then_some(Refusal::Company))
                .filter(|_| !loose)
        };
        match why {
            None => found.joined.push(near),
            Some(why) => found.refused.push(Refused {
                words: near.word,
                uses: near.uses,
                why,
            }),
        }
    }
    found.refused.truncate(REFUSED);
    found
}

/// Why one of the best corrections is not searched for.
fn refusal(evidence: Evidence, is_weak: bool, near: &Candidate) -> Option<Refusal> {
    let typed = evidence.typed;
    let least = least_uses(evidence.postings, is_weak);
    if typed >= KNOWN {
        Some(Refusal::Known(typed))
    } else if evidence.is_correct {
        Some(Refusal::Correct)
    } else if near.uses < typed * TIMES {
        Some(Refusal::Uncommon(typed))
    } else {
        (typed == 0 && near.uses < least).then_some(Refusal::TooRare(least))
    }
}

/// Plausibility of a typo, most plausible first: the first letter is right, the word is finished, and letters are
/// swapped or missing rather than wrong or added.
type Class = (bool, bool, bool);

/// The smallest edit distance, and the words with it.
fn nearest(
    dictionary: &Dictionary,
    fields: &[Field],
    word: &str,
) -> (u32, Vec<(Class, Candidate)>) {
    let letters = word.chars().count();
    let slips = match letters {
        0..ONE_SLIP => return (0, Vec::new()),
        ONE_SLIP..TWO_SLIPS => 1,
        _ => 2,
    };
    if !is_plain(word) {
        return (0, Vec::new());
    }
    let Some(counter) = SlipCounter::new(word) else {
        return (0, Vec::new());
    };
    let bits = letter_bits(word);
    let mut nearest = slips;
    let mut found: Vec<(Class, Candidate)> = Vec::new();
    for id in 0..dictionary.len() as WordId {
        if (bits & !dictionary.letters(id)).count_ones() > nearest {
            continue;
        }
        let other = dictionary.word(id);
        if other.len() + nearest as usize * 4 < word.len() || !is_plain(other) || other == word {
            continue;
        }
        let between = counter.slips(other);
        let begins_like = counter.begins_like(other);
        let unfinished = between.start < between.whole && letters >= UNFINISHED && begins_like;
        let distance = if unfinished {
            between.start
        } else {
            between.whole
        };
        if distance > nearest || distance == 0 {
            continue;
        }
        if let Some(candidate) = candidate(dictionary, fields, other) {
            if distance < nearest {
                found.clear();
                nearest = distance;
            }
            let rash = !unfinished && !is_swapped_or_short(word, other);
            found.push(((!begins_like, unfinished, rash), candidate));
        }
    }
    (nearest, found)
}

/// Whether a word has the letters of another, or one less.
fn is_swapped_or_short(word: &str, other: &str) -> bool {
    let mut letters: Vec<char> = other.chars().collect();
    let known = word.chars().all(|c| {
        let at = letters.iter().position(|&letter| letter == c);
        at.map(|at| letters.swap_remove(at)).is_some()
    });
    known && letters.len() <= 1
}

/// Whether a word is eligible for typo correction.
fn is_plain(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_digit()) && !has_unspaced(word)
}

/// A word as a candidate, if it occurs in one of the fields.
fn candidate(dictionary: &Dictionary, fields: &[Field], word: &str) -> Option<Candidate> {
    let ids: Vec<WordId> = forms(word)
        .filter_map(|form| dictionary.find(&form))
        .collect();
    let uses = fields.iter().filter_map(|&field| {
        let words = dictionary.field(field)?;
        let uses: u64 = ids.iter().map(|&id| u64::from(words.uses(id))).sum();
        Some((uses, field))
    });
    let uses: Vec<(u64, Field)> = uses.collect();
    let all = uses.iter().map(|(uses, _)| uses).sum();
    // The first of several.
    let (_, home) = *uses.iter().rev().max_by_key(|(uses, _)| *uses)?;
    let names = matches!(home, Field::Company | Field::Location);
    (all > 0).then(|| Candidate {
        word: word.to_owned(),
        uses: all,
        home: names.then_some(home),
    })
}

/// Words with the same first letter that contain all letters in order, best first, with their shares.
pub(in crate::search) fn scattered(
    dictionary: &Dictionary,
    fields: &[Field],
    word: &str,
) -> Vec<(Candidate, u32)> {
    let letters = word.chars().count();
    let Some(first) = word
        .chars()
        .next()
        .filter(|_| letters >= SCATTERED && is_plain(word))
    else {
        return Vec::new();
    };
    let asked = Word::new(word);
    let bits = letter_bits(word);
    let mut scorer = Scorer::default();
    let mut found: Vec<(u32, Candidate)> = Vec::new();
    for id in dictionary.starting(first.encode_utf8(&mut [0; 4])) {
        if bits & !dictionary.letters(id) != 0 {
            continue;
        }
        let other = dictionary.word(id);
        if 2 * other.chars().count() > LONGER * letters {
            continue;
        }
        if let Some(score) = scorer.score(&asked, other)
            && let Some(candidate) = candidate(dictionary, fields, other)
        {
            found.push((scattered_share(score, letters), candidate));
        }
    }
    found.sort_by_key(|(share, candidate)| (Reverse(*share), Reverse(candidate.uses)));
    found.truncate(WORDS);
    found
        .into_iter()
        .map(|(share, candidate)| (candidate, share))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_need_more_postings_on_larger_boards() {
        for (postings, least, weak) in
            [(0, 1, 1), (5_000, 1, 1), (40_000, 2, 8), (1_000_000, 5, 20)]
        {
            let found = (least_uses(postings, false), least_uses(postings, true));
            assert_eq!(found, (least, weak), "{postings}");
        }
    }
}
