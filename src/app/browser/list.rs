//! The list of postings: selection, visible rows, marked rows.

use std::collections::BTreeSet;

use crate::app::cursor::Cursor;
use crate::query::Query;
use crate::search::Row;

/// Number of rows requested at a time.
const PORTION: usize = 500;
/// Maximum number of remembered selections.
const EARLIER: usize = 50;

/// A cursor over rows of which only a part is loaded.
#[derive(Debug, Default)]
pub struct List {
    /// The cursor; it may be beyond the loaded rows.
    pub cursor: Cursor,
    /// The posting that the user moved to: it stays selected while the board is read again and while filters change.
    pub chosen: Option<Row>,
    /// Whether the query has changed since the rows in view were found: the answer selects its best match.
    pub awaits_best: bool,
    /// Selections that typing replaced by the best match, each with the query it was made in, the latest last.
    earlier: Vec<(Query, Row)>,
    /// Ids of the marked postings.
    pub marked: BTreeSet<String>,
}

impl List {
    /// The selected row, limited to the loaded ones.
    pub fn selected(&self, known: usize) -> Option<usize> {
        let last = known.checked_sub(1)?;
        Some(self.cursor.at().min(last))
    }

    /// Rows to request: the selection plus three screens.
    pub fn limit(&self, in_view: usize) -> usize {
        let needed = self.cursor.at().max(self.cursor.top()) + 3 * in_view;
        needed.next_multiple_of(PORTION)
    }

    /// Returns to the best match.
    pub fn reset(&mut self) {
        self.cursor = Cursor::default();
    }

    /// Gives the selection up for the best match of a query being typed, and remembers the query it was made in.
    pub fn leave(&mut self, query: Query) {
        if let Some(row) = self.chosen.take() {
            self.earlier
                .retain(|(known, _)| !known.is_same_search(&query));
            self.earlier.push((query, row));
            let excess = self.earlier.len().saturating_sub(EARLIER);
            self.earlier.drain(..excess);
        }
    }

    /// Restores the selection made in this query.
    pub fn come_back(&mut self, query: &Query) {
        let mut known = self.earlier.iter();
        if let Some(at) = known.position(|(known, _)| known.is_same_search(query)) {
            self.chosen = Some(self.earlier.remove(at).1);
        }
    }

    /// Maps every remembered row to that of a board read again; rows without one are forgotten.
    pub fn map_rows(&mut self, map: impl Fn(Row) -> Option<Row>) {
        self.chosen = self.chosen.and_then(&map);
        self.earlier.retain_mut(|(_, row)| match map(*row) {
            Some(mapped) => {
                *row = mapped;
                true
            }
            None => false,
        });
    }

    /// Marks or unmarks a posting.
    pub fn mark(&mut self, id: &str) {
        if !self.marked.remove(id) {
            self.marked.insert(id.to_owned());
        }
    }
}
