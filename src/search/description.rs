//! Descriptions: literal texts are looked for in all of them, on every core.
//!
//! There is no index of them. A scan of 100,000 descriptions of 3 KB takes some tenths of a second, most of it for
//! folding; it keeps no key waiting, a newer letter ends it, and what is typed on looks only where the letters before it
//! were found. An index that answers for parts of words, as the
//! language has it, is several times as large as the text and is made in minutes rather than seconds.

use std::ops::Range;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::index::Index;
use super::rows::RowSet;
use super::test::{TextTest, anchored_tier};
use super::{Cancelled, Row};
use crate::board::fold::fold_into;
use crate::query::{Anchor, Field};

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
    let before = before.unwrap_or_else(|| index.described());
    let mut found = RowSet::new(index.len());
    let scan = Scan {
        index,
        test,
        finder: matches!(test, TextTest::Literal(_, Anchor::None))
            .then(|| Finder::new(test.text())),
        before,
    };
    for first in (0..index.len()).step_by(RUN * RUNS) {
        if cancelled() {
            return None;
        }
        let wave = first..index.len().min(first + RUN * RUNS);
        let runs = wave.into_par_iter().step_by(RUN);
        let passing = runs.map_init(Buffers::default, |buffers, first| {
            scan.run(first..index.len().min(first + RUN), buffers)
        });
        let passing: Vec<Vec<u32>> = passing.collect();
        let rows = passing.into_iter().flatten();
        rows.for_each(|row| found.insert(row as usize));
    }
    Some(found)
}

/// What is looked for, and where.
struct Scan<'a> {
    index: &'a Index,
    test: &'a TextTest,
    finder: Option<Finder<'a>>,
    before: &'a RowSet,
}

/// Room that is used again.
#[derive(Default)]
struct Buffers {
    read: String,
    folded: String,
}

impl Scan<'_> {
    /// The rows that pass among postings that stand side by side on the board: so do their descriptions where they are kept.
    fn run(&self, positions: Range<usize>, buffers: &mut Buffers) -> Vec<u32> {
        let (board, orders) = (self.index.board(), self.index.orders());
        let row = |position: usize| orders.number(Row(position as u32));
        let row = |position: usize| row(position).filter(|row| self.before.contains(*row as usize));
        let wanted: Vec<(usize, u32)> = positions
            .clone()
            .filter_map(|position| Some((position, row(position)?)))
            .collect();
        let mut found = Vec::new();
        let Buffers { read, folded } = buffers;
        if wanted.len() > positions.len() / 2 {
            board.descriptions(positions, read, |position, description| {
                found.extend(row(position).filter(|_| self.passes(description, folded)));
            });
        } else {
            for (position, row) in wanted {
                let description = board.description(position, read);
                found.extend(Some(row).filter(|_| self.passes(description, folded)));
            }
        }
        found
    }

    fn passes(&self, description: &str, folded: &mut String) -> bool {
        folded.clear();
        fold_into(description, folded);
        match &self.finder {
            Some(finder) => finder.find(folded.as_bytes()).is_some(),
            None => passes(self.test, folded),
        }
    }
}

/// Whether a folded description passes.
fn passes(test: &TextTest, description: &str) -> bool {
    match test {
        TextTest::Words(reading) => reading.judge(Field::Text, description).is_true(),
        TextTest::Scattered(word) => description.contains(&word.text),
        TextTest::Literal(literal, anchor) => {
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
