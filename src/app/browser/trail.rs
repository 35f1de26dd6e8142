//! Earlier queries with their selections, for going back.

/// Maximum number of queries to go back to.
const LENGTH: usize = 50;

/// An earlier query with its selection.
#[derive(Debug)]
pub(super) struct Earlier {
    /// The query as typed.
    pub(super) query: String,
    /// The id of the selected posting.
    pub(super) selected: Option<String>,
}

/// Earlier queries, the latest last.
#[derive(Debug, Default)]
pub(super) struct Trail(Vec<Earlier>);

impl Trail {
    /// Records a query, unless it is the latest.
    pub(super) fn push(&mut self, earlier: Earlier) {
        if self.0.last().is_none_or(|last| last.query != earlier.query) {
            self.0.push(earlier);
        }
        let excess = self.0.len().saturating_sub(LENGTH);
        self.0.drain(..excess);
    }

    /// Takes the latest query.
    pub(super) fn pop(&mut self) -> Option<Earlier> {
        self.0.pop()
    }
}
