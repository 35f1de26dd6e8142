//! Scores of the words of descriptions, among the candidates.

use std::collections::HashMap;

use rayon::prelude::*;

use super::candidates::company;
use super::{inverse_frequency, saturation};
use crate::board::fold::fold_into;
use crate::search::index::Index;
use crate::search::words::tokens;

/// Letters of the shortest word that is shown as a reason.
const SHORTEST: usize = 4;
/// Words that more than one candidate in `COMMON` holds are not shown.
const COMMON: f32 = 4.0;

/// Words of a description, by their number among those of the subject, with how often they occur.
#[derive(Default)]
struct Counts {
    words: Vec<(u32, u32)>,
    /// Number of all words.
    length: u32,
}

/// Scores of candidates by their descriptions.
pub(super) struct TextScores {
    words: Vec<String>,
    /// Weight of each word; 0 if it says nothing.
    weights: Vec<f32>,
    /// How many candidates have each word.
    uses: Vec<u32>,
    subject: Counts,
    candidates: Vec<Counts>,
    mean: f32,
}

impl TextScores {
    /// Reads the descriptions of the subject and of the candidates.
    pub(super) fn new(index: &Index, subject: u32, candidates: &[u32]) -> Self {
        let text = folded(index, subject, &mut Vec::new());
        let mut numbers: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
        let mut words: Vec<String> = Vec::new();
        for token in tokens(&text) {
            numbers.entry(token.word).or_insert_with(|| {
                words.push(token.word.to_owned());
                words.len() as u32 - 1
            });
        }
        let count = |text: &str| count(text, &numbers, words.len());
        let counts: Vec<Counts> = candidates
            .par_iter()
            .map_init(Vec::new, |buffer, &number| {
                count(&folded(index, number, buffer))
            })
            .collect();
        let own = count(&text);
        let company = |number: u32| company(index, number);
        let mut uses = vec![0_u32; words.len()];
        let mut elsewhere = vec![false; words.len()];
        for (counts, &number) in counts.iter().zip(candidates) {
            let is_other = company(number) != company(subject);
            for &(word, _) in &counts.words {
                uses[word as usize] += 1;
                elsewhere[word as usize] |= is_other;
            }
        }
        let described = counts.iter().filter(|counts| counts.length > 0).count();
        // Words that only the company itself uses are about the company, not the work.
        let weights = uses.iter().zip(&elsewhere).map(|(&uses, &elsewhere)| {
            if elsewhere {
                inverse_frequency(uses as f32, described as f32)
            } else {
                0.0
            }
        });
        let total: u32 = counts.iter().map(|counts| counts.length).sum();
        Self {
            weights: weights.collect(),
            words,
            uses,
            subject: own,
            mean: (total as f32 / described.max(1) as f32).max(1.0),
            candidates: counts,
        }
    }

    /// Number of candidates with a text.
    pub(super) fn described(&self) -> usize {
        let described = |counts: &&Counts| counts.length > 0;
        self.candidates.iter().filter(described).count()
    }

    /// Score of a candidate.
    pub(super) fn score(&self, at: usize) -> f32 {
        self.score_of(&self.candidates[at])
    }

    /// Score of the subject.
    pub(super) fn whole(&self) -> f32 {
        self.score_of(&self.subject)
    }

    fn score_of(&self, counts: &Counts) -> f32 {
        counts
            .words
            .iter()
            .map(|word| self.part(counts, *word))
            .sum()
    }

    fn part(&self, counts: &Counts, (word, frequency): (u32, u32)) -> f32 {
        let effect = saturation(frequency as f32, counts.length as f32, self.mean);
        self.weights[word as usize] * effect
    }

    /// The significant words that a candidate shares, the most significant first.
    pub(super) fn shared(&self, at: usize) -> Vec<&str> {
        let counts = &self.candidates[at];
        let most = self.candidates.len() as f32 / COMMON;
        let words = counts.words.iter().filter(|(word, _)| {
            let at = *word as usize;
            let text = &self.words[at];
            self.weights[at] > 0.0
                && self.uses[at] as f32 <= most.max(1.0)
                && text.chars().count() >= SHORTEST
                && text.chars().all(char::is_alphabetic)
        });
        let mut words: Vec<(f32, &str)> = words
            .map(|&word| {
                (
                    self.part(counts, word),
                    self.words[word.0 as usize].as_str(),
                )
            })
            .collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        words.into_iter().map(|(_, word)| word).collect()
    }
}

/// Folded description of a posting.
fn folded(index: &Index, number: u32, buffer: &mut Vec<u8>) -> String {
    let position = index.orders().position(number as usize);
    let mut folded = String::new();
    let board = index.board();
    board.descriptions(position..position + 1, buffer, |_, description| {
        fold_into(description, &mut folded);
    });
    folded
}

/// Counts the words of a text that the subject has as well.
fn count(
    text: &str,
    numbers: &HashMap<&str, u32, foldhash::fast::RandomState>,
    words: usize,
) -> Counts {
    let mut frequencies = vec![0_u32; words];
    let mut length = 0;
    for token in tokens(text) {
        length += 1;
        if let Some(&number) = numbers.get(token.word) {
            frequencies[number as usize] += 1;
        }
    }
    let words = (0_u32..).zip(frequencies);
    Counts {
        words: words.filter(|(_, frequency)| *frequency > 0).collect(),
        length,
    }
}
