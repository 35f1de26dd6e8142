//! Descriptions: literal texts are looked for in all of them, on every core.

use rayon::prelude::*;

use super::rows::RowSet;
use super::test::{TextTest, anchored_tier};
use crate::board::Board;
use crate::board::fold::fold_into;

/// Descriptions one core reads in a row, and how many of such runs lie between two looks at whether the search was
/// cancelled.
const RUN: usize = 256;
const RUNS: usize = 16;

/// The rows whose description passes; `None` if the search was cancelled.
pub(super) fn matching(
    board: &Board,
    test: &TextTest,
    cancelled: &dyn Fn() -> bool,
) -> Option<RowSet> {
    let mut found = RowSet::new(board.postings().len());
    for (wave, postings) in board.postings().chunks(RUN * RUNS).enumerate() {
        if cancelled() {
            return None;
        }
        let passing = postings.par_chunks(RUN).map(|run| {
            let mut folded = String::new();
            let passes = run.iter().map(|posting| {
                folded.clear();
                fold_into(&posting.description, &mut folded);
                passes(test, &folded)
            });
            passes.collect::<Vec<bool>>()
        });
        let passing = passing.collect::<Vec<_>>().concat();
        for (at, _) in passing.iter().enumerate().filter(|(_, passes)| **passes) {
            found.insert(wave * RUN * RUNS + at);
        }
    }
    Some(found)
}

/// Whether a folded description passes.
pub(super) fn passes(test: &TextTest, description: &str) -> bool {
    match test {
        TextTest::Word(word) => description.contains(&word.text),
        TextTest::Literal(_, literal, crate::query::Anchor::None) => description.contains(literal),
        TextTest::Literal(_, literal, anchor) => {
            anchored_tier(literal, *anchor, description).is_some()
        }
        TextTest::Equals(value) => description == value,
    }
}

/// The rows without a description.
pub(super) fn absent(board: &Board) -> RowSet {
    let mut rows = RowSet::new(board.postings().len());
    for (row, posting) in board.postings().iter().enumerate() {
        if posting.description.is_empty() {
            rows.insert(row);
        }
    }
    rows
}
