//! The rows that a server has to read for a plan, found by the records of one column.

use super::plan::{Alternative, Plan, PlannedOrder, PlannedTerm, RowList};
use crate::query::SortKey;
use crate::search::columns::ColumnId;

/// How many times as long it takes to read a row in an order as to read one by its record.
const SLOWER: u64 = 4;

/// Rows that are found by their records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessPath {
    /// Records of which a row has one. A row that is found by several parts belongs to the first of them.
    pub parts: Vec<AccessPart>,
    /// Further rows, in ascending order.
    pub rows: Vec<i32>,
    /// Number of these rows, at most.
    pub postings: u64,
    /// The term that all of them pass, by number.
    pub term: Option<usize>,
}

/// Records of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPart {
    /// The column.
    pub column: ColumnId,
    /// Records in ascending order.
    pub ids: Vec<i32>,
}

impl Plan {
    /// The rows that pass the term with the fewest; `None` if no term leads to its rows. `unjudged` tells whether
    /// undecided rows pass.
    pub fn access_path(&self, unjudged: bool) -> Option<AccessPath> {
        self.cheapest(unjudged, |_| true)
    }

    /// The same, without the terms of a facet.
    pub fn access_path_without(&self, facet: usize, unjudged: bool) -> Option<AccessPath> {
        self.cheapest(unjudged, |term| term.facet != Some(facet))
    }

    fn cheapest(
        &self,
        unjudged: bool,
        is_meant: impl Fn(&PlannedTerm) -> bool,
    ) -> Option<AccessPath> {
        let terms = self.terms.iter().enumerate();
        let terms = terms.filter(|(_, term)| is_meant(term));
        let reaches = terms.filter_map(|(at, term)| Some((term.reach(unjudged)?, at, term)));
        let (_, at, term) = reaches.min_by_key(|(postings, ..)| *postings)?;
        Some(AccessPath {
            term: Some(at),
            ..term.access_path(unjudged)
        })
    }

    /// Number of rows of the access path, at most.
    pub fn reach(&self, unjudged: bool) -> Option<u64> {
        let reaches = self.terms.iter().filter_map(|term| term.reach(unjudged));
        reaches.min()
    }

    /// The share of postings that pass the terms other than `except`, as one in this many.
    pub(super) fn one_in(&self, all: u64, except: impl Fn(&PlannedTerm) -> bool) -> u64 {
        let terms = self.terms.iter().filter(|term| !except(term));
        terms.fold(1, |share: u64, term| {
            share.saturating_mul(all.div_ceil(term.postings(all).max(1)).max(1))
        })
    }

    /// Whether the first rows are found faster among the rows of a path than by going through all rows in order, given
    /// the numbers of rows wanted and of all rows.
    pub fn is_faster(&self, path: &AccessPath, (wanted, all): (usize, usize)) -> bool {
        let is_in_order = self.is_in_order() || self.order_of_rows().is_some();
        let passed = self.one_in(all as u64, |_| false);
        let gone_through = (wanted as u64).saturating_mul(passed).min(all as u64);
        !is_in_order || path.postings < gone_through.saturating_mul(SLOWER)
    }

    /// Number of rows to go through in order, so that as many as wanted are likely to match; all if they have to be put
    /// in order.
    pub fn enough_rows(&self, wanted: usize, all: usize) -> usize {
        if !self.is_in_order() {
            return all;
        }
        let passed = self.one_in(all as u64, |_| false);
        let enough = (wanted as u64)
            .saturating_mul(passed)
            .saturating_mul(SLOWER);
        usize::try_from(enough).map_or(all, |enough| enough.clamp(1000, all.max(1000)))
    }

    /// Whether the rows are listed in the order of their numbers.
    fn is_in_order(&self) -> bool {
        match self.order {
            PlannedOrder::Rank => !self.terms.iter().any(PlannedTerm::is_ranked),
            PlannedOrder::Key(key, _) => key == SortKey::Near,
            PlannedOrder::Distance(..) => false,
        }
    }

    /// The sort key that the server has the rows in order of; `None` if it orders what it finds.
    pub fn order_of_rows(&self) -> Option<(SortKey, bool)> {
        match self.order {
            PlannedOrder::Key(key, reverse) if key != SortKey::Near => Some((key, reverse)),
            _ => None,
        }
    }

    /// A number of matches that the records alone prove.
    pub fn at_least(&self, all: usize) -> usize {
        let [term] = self.terms.as_slice() else {
            return if self.matches_all() { all } else { 0 };
        };
        if !self.kept_out.iter().all(RowList::is_empty) {
            return 0;
        }
        let positive = term.any.iter().filter(|one| !one.is_negated);
        let counts = positive.flat_map(|one| {
            let whole = one.matches_all.then_some(all as u64);
            let lists = one.lists.iter();
            let lists = lists.filter(|list| list.verdicts.iter().all(|one| *one >= Plan::TRUE));
            lists.map(|list| list.postings).chain(whole)
        });
        usize::try_from(counts.max().unwrap_or(0)).map_or(all, |count| count.min(all))
    }
}

impl PlannedTerm {
    /// Number of rows that the records and lists of its alternatives have, at most; `None` if they do not lead to all.
    fn reach(&self, unjudged: bool) -> Option<u64> {
        let is_found = self.any.iter().all(Alternative::leads_to_rows);
        let reaches = self.any.iter().map(|one| one.reach(unjudged));
        is_found.then(|| reaches.sum())
    }

    fn access_path(&self, unjudged: bool) -> AccessPath {
        let mut path = AccessPath {
            postings: self.reach(unjudged).unwrap_or(0),
            ..AccessPath::default()
        };
        for one in &self.any {
            for list in &one.lists {
                let pairs = list.ids.iter().zip(&list.verdicts);
                let found = pairs.filter(|(_, verdict)| passes(**verdict, unjudged));
                let found: Vec<i32> = found.map(|(id, _)| *id).collect();
                if !found.is_empty() {
                    path.add(list.column, found);
                }
            }
            path.rows
                .extend(one.rows.iter().flat_map(|rows| &rows.rows));
        }
        path.rows.sort_unstable();
        path.rows.dedup();
        path
    }

    /// Number of postings whose records have verdicts, at most.
    pub(super) fn postings(&self, all: u64) -> u64 {
        // Undecided ones count as well.
        self.reach(true).map_or(all, |postings| postings.min(all))
    }
}

/// Whether a row with a verdict passes.
fn passes(verdict: i32, unjudged: bool) -> bool {
    verdict >= if unjudged { 1 } else { Plan::TRUE }
}

impl Alternative {
    /// Number of rows with records that pass, and of listed rows.
    fn reach(&self, unjudged: bool) -> u64 {
        let lists = self.lists.iter().filter(|list| {
            let mut verdicts = list.verdicts.iter();
            verdicts.any(|verdict| passes(*verdict, unjudged))
        });
        let rows = self.rows.as_ref().map_or(0, |rows| rows.rows.len() as u64);
        lists.map(|list| list.postings).sum::<u64>() + rows
    }

    /// Whether the rows that it matches are listed, or are those with certain records.
    fn leads_to_rows(&self) -> bool {
        let is_listed = |rows: &RowList| !rows.is_complement && rows.rules.is_empty();
        !self.is_negated
            && !self.matches_all
            && self.since.is_none()
            && self.rows.as_ref().is_none_or(is_listed)
    }
}

impl AccessPath {
    fn add(&mut self, column: ColumnId, ids: Vec<i32>) {
        let at = self.parts.iter().position(|part| part.column == column);
        let at = at.unwrap_or_else(|| {
            self.parts.push(AccessPart {
                column,
                ids: Vec::new(),
            });
            self.parts.len() - 1
        });
        let all = &mut self.parts[at].ids;
        all.extend(ids);
        all.sort_unstable();
        all.dedup();
    }
}
