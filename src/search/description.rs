//! Descriptions: literal texts are looked for in all of them, on every core.
//!
//! There is no index of them. Of 100,000 descriptions of 3 KB a scan takes about 0.2 s in memory and 0.35 s from the
//! snapshot, on two cores that do much else, most of it for folding; it keeps no key waiting, a newer letter ends it, and
//! what is typed on looks only where the letters before it were found. An index that answers for parts of words, as the
//! language has it, is several times as large as the text and is made in minutes rather than seconds.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::Cancelled;
use super::index::Index;
use super::rows::RowSet;
use super::test::{TextTest, anchored_tier};
use crate::board::fold::fold_into;

/// Descriptions one core reads in a row, and how many of such runs lie between two looks at whether the search was
/// cancelled.
const RUN: usize = 256;
const RUNS: usize = 16;

/// The rows whose description passes, of those that passed before if that is known; `None` if the search was cancelled.
pub(super) fn matching(
    index: &Index,
    test: &TextTest,
    before: Option<&RowSet>,
    cancelled: Cancelled<'_>,
) -> Option<RowSet> {
    let (orders, board) = (index.orders(), index.board());
    let before = before.unwrap_or_else(|| index.described());
    let mut found = RowSet::new(orders.len());
    let finder = test.as_word().map(|_| Finder::new(test.text()));
    for first in (0..orders.len()).step_by(RUN * RUNS) {
        if cancelled() {
            return None;
        }
        let wave = first..orders.len().min(first + RUN * RUNS);
        if !before.meets(wave.clone()) {
            continue;
        }
        let runs = wave.clone().into_par_iter().with_min_len(RUN);
        let finder = finder.as_ref();
        let buffers = || (String::new(), String::new());
        let passing = runs.map_init(buffers, |(read, folded), row| {
            if !before.contains(row) {
                return false;
            }
            folded.clear();
            fold_into(board.description(orders.position(row), read), folded);
            finder.map_or_else(
                || passes(test, folded),
                |finder| finder.find(folded.as_bytes()).is_some(),
            )
        });
        let passing: Vec<bool> = passing.collect();
        let rows = wave.zip(passing).filter(|(_, passes)| *passes);
        rows.for_each(|(row, _)| found.insert(row));
    }
    Some(found)
}

/// Whether a folded description passes.
fn passes(test: &TextTest, description: &str) -> bool {
    match test {
        TextTest::Word(word) => description.contains(&word.text),
        TextTest::Literal(_, literal, anchor) => {
            anchored_tier(literal, *anchor, description).is_some()
        }
        TextTest::Equals(value) => description == value,
    }
}

/// The rows without a description.
pub(super) fn absent(index: &Index) -> RowSet {
    let mut rows = RowSet::new(index.len());
    let absent = (0..index.len()).filter(|&row| !index.described().contains(row));
    absent.for_each(|row| rows.insert(row));
    rows
}
