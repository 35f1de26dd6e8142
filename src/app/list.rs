//! The list of postings: which one is selected, which are in view, which are marked.

use std::collections::BTreeSet;

use super::cursor::Cursor;
use crate::search::Row;

/// Rows are asked for by this many.
const PORTION: usize = 500;

/// A cursor over rows that are known only as far as they were asked for.
#[derive(Debug, Default)]
pub struct List {
    /// The selected row and the view; the row may lie beyond those that are known so far.
    pub cursor: Cursor,
    /// The posting that a person chose: it stays selected while the query changes, and is selected again when it
    /// matches again.
    pub chosen: Option<Row>,
    /// Ids of the marked postings.
    pub marked: BTreeSet<String>,
}

impl List {
    /// The selected row, of so many that are known.
    pub fn selected(&self, known: usize) -> Option<usize> {
        let last = known.checked_sub(1)?;
        Some(self.cursor.at().min(last))
    }

    /// How many rows have to be known to show the selected one and a few screens below it.
    pub fn limit(&self, in_view: usize) -> usize {
        let needed = self.cursor.at().max(self.cursor.top()) + 3 * in_view;
        needed.next_multiple_of(PORTION)
    }

    /// Back to the best match.
    pub fn reset(&mut self) {
        self.cursor = Cursor::default();
    }

    /// Marks a posting, or unmarks it.
    pub fn mark(&mut self, id: &str) {
        if !self.marked.remove(id) {
            self.marked.insert(id.to_owned());
        }
    }
}
