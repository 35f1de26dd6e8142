//! Postings like another one, by the words they share.
//!
//! BM25 over the words of titles and over skills scores every posting from the index alone. Only for the best of them,
//! the candidates, are descriptions read: words that few candidates share with the posting's text decide their order.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "scores are estimates, and their counts small"
)]

mod candidates;
mod text;
mod title;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::index::Index;
use super::marks::Marks;
use super::top_k::TopK;
use super::{Cancelled, Row};
use crate::query::State;
use candidates::{candidates, company};
use text::TextScores;
use title::TitleQuery;

/// A posting like another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarPosting {
    /// Its row.
    pub row: Row,
    /// Per cent of the score that the other posting has when compared with itself.
    pub percent: u8,
    /// The words that both share: those of title and skills, then those of the text, each the most significant first.
    pub shared: Vec<String>,
}

/// Postings scored by the index before the candidates are chosen.
const FIRST: usize = 4000;
/// Postings scored per task.
const CHUNK: usize = 1 << 15;
/// Share of the score of the words of the text; the rest is that of title and skills.
const TEXT: f32 = 0.4;
/// Number of texts from which the text has its whole share.
const ENOUGH: f32 = 40.0;
/// Least score, relative to that of the posting itself.
const LEAST: f32 = 0.12;
/// Weight of the text of a posting of the same company.
const OWN: f32 = 0.5;
/// Weight of a posting that shares no title word but those of rank and workplace.
const OTHER_WORK: f32 = 0.6;
/// Shared words that are shown of title and skills, and of the text.
const SHOWN: (usize, usize) = (4, 3);

/// The postings most like that of a row, without duplicates and without those that the user hid or muted; `None` if
/// cancelled.
pub fn similar(
    index: &Index,
    row: Row,
    limit: usize,
    marks: &Marks,
    cancelled: Cancelled<'_>,
) -> Option<Vec<SimilarPosting>> {
    // Those of rows that are elsewhere are not looked for.
    if index.is_remote() {
        return Some(Vec::new());
    }
    let Some(subject) = index.orders().number(row) else {
        return Some(Vec::new());
    };
    let query = TitleQuery::new(index, subject as usize);
    let scores = query.scores(index);
    if cancelled() {
        return None;
    }
    let best = best(index, &|number| scores.score(index, number), subject);
    let kept_out = |number: u32| {
        let marks = marks.get(index, index.orders().row(number));
        marks.is(State::Hidden) || marks.is(State::Muted)
    };
    let best = best.into_iter().filter(|number| !kept_out(*number));
    let candidates = candidates(index, subject, best);
    if cancelled() {
        return None;
    }
    let texts = TextScores::new(index, subject, &candidates);
    let whole = (query.whole(index, &scores, subject), texts.whole());
    let own = company(index, subject);
    // A few texts do not tell which words are rare.
    let share = TEXT * (texts.described() as f32 / ENOUGH).min(1.0);
    let mut ranked: Vec<(f32, u32, usize)> = candidates
        .iter()
        .enumerate()
        .map(|(at, &number)| {
            let title = query.whole(index, &scores, number);
            let is_own = own.is_some() && company(index, number) == own;
            // Postings of a company share what it says about itself.
            let text = texts.score(at) * if is_own { OWN } else { 1.0 };
            let score = combined((title, text), whole, share);
            let is_same_work = query.shares_work(index, number);
            (
                score * if is_same_work { 1.0 } else { OTHER_WORK },
                number,
                at,
            )
        })
        .filter(|(score, ..)| *score >= LEAST)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(limit);
    let similar = ranked.into_iter().map(|(score, number, at)| {
        let mut shared = query.shared(index, number);
        shared.truncate(SHOWN.0);
        let beside = texts.shared(at).into_iter();
        let beside = beside.filter(|word| !shared.iter().any(|known| known.contains(word)));
        let beside: Vec<String> = beside.take(SHOWN.1).map(str::to_owned).collect();
        shared.extend(beside);
        SimilarPosting {
            row: index.orders().row(number),
            percent: (score * 100.0).round().clamp(1.0, 100.0) as u8,
            shared,
        }
    });
    Some(similar.collect())
}

/// A score of title and text, relative to that of the posting itself.
fn combined((title, text): (f32, f32), whole: (f32, f32), share: f32) -> f32 {
    let title = title / whole.0.max(f32::MIN_POSITIVE);
    if whole.1 <= 0.0 {
        return title;
    }
    (1.0 - share) * title + share * text / whole.1
}

/// The postings with the highest scores, the highest first, without the subject and those without a score.
fn best(index: &Index, score: &(impl Fn(usize) -> f32 + Sync), subject: u32) -> Vec<u32> {
    let rows = index.len();
    let chunks = (0..rows).into_par_iter().step_by(CHUNK).map(|start| {
        let mut best = TopK::new(FIRST);
        for number in start..rows.min(start + CHUNK) {
            let score = score(number);
            if score > 0.0 && number as u32 != subject {
                // Positive floats are ordered like their bits.
                let descending = u32::MAX - score.to_bits();
                best.push(u64::from(descending) << 32 | number as u64);
            }
        }
        best
    });
    let all = chunks.reduce(
        || TopK::new(FIRST),
        |mut all, part| {
            all.merge(part);
            all
        },
    );
    let numbers = all.finish().into_iter();
    numbers.map(|number| number as u32).collect()
}

/// Weight of a word that `uses` of `of` postings have.
fn inverse_frequency(uses: f32, of: f32) -> f32 {
    (1.0 + (of - uses + 0.5).max(0.0) / (uses + 0.5)).ln()
}

/// Effect of an occurrence in a value of this length: shorter values count more.
fn saturation(frequency: f32, length: f32, mean: f32) -> f32 {
    const K: f32 = 1.2;
    const B: f32 = 0.5;
    let norm = 1.0 - B + B * length / mean;
    frequency * (K + 1.0) / (frequency + K * norm)
}
