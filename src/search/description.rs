//! Full-text search in descriptions: scans all of them in parallel.
//!
//! There is no index of descriptions. A scan of 100,000 descriptions of 3 KB takes some tenths of a second, mostly for
//! folding. It runs in the background, is cancelled by the next keystroke, and later keystrokes only scan previous
//! matches. An index for substrings, which the language requires, would be several times as large as the text and take
//! minutes to build.

use std::ops::Range;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::index::Index;
use super::predicates::{TextTest, anchored_tier};
use super::rows::RowSet;
use super::{Cancelled, Row};
use crate::board::fold::fold_into;
use crate::query::{Anchor, Field};

/// Descriptions scanned in a row by one core, and number of such runs between two checks for cancellation.
const RUN: usize = 256;
const RUNS: usize = 16;

/// Rows whose description matches, among `before` if given; `None` if cancelled.
pub(super) fn matching(
    index: &Index,
    test: &TextTest,
    before: Option<&RowSet>,
    cancelled: Cancelled<'_>,
) -> Option<RowSet> {
    let before = before.unwrap_or_else(|| index.described());
    let mut found = RowSet::new(index.len());
    let scan = DescriptionScan {
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

/// A scan for a test.
struct DescriptionScan<'a> {
    index: &'a Index,
    test: &'a TextTest,
    finder: Option<Finder<'a>>,
    before: &'a RowSet,
}

/// Reusable buffers.
#[derive(Default)]
struct Buffers {
    read: Vec<u8>,
    folded: String,
}

impl DescriptionScan<'_> {
    /// Matching rows among postings at adjacent positions, whose descriptions are stored adjacently.
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
                board.descriptions(position..position + 1, read, |_, description| {
                    found.extend(Some(row).filter(|_| self.passes(description, folded)));
                });
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

/// Whether a folded description or note matches.
pub(super) fn passes(test: &TextTest, description: &str) -> bool {
    match test {
        TextTest::Words(reading) => reading.judge(Field::Text, description).is_true(),
        TextTest::Scattered(word) => description.contains(&word.text),
        TextTest::Literal(literal, anchor) => {
            anchored_tier(literal, *anchor, description).is_some()
        }
        TextTest::Equals(value) | TextTest::Language(value) => description == value,
    }
}

/// Rows without a description.
pub(super) fn absent(index: &Index) -> RowSet {
    let mut rows = RowSet::new(index.len());
    let absent = (0..index.len()).filter(|&row| !index.described().contains(row));
    absent.for_each(|row| rows.insert(row));
    rows
}
