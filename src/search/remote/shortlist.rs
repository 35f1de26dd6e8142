//! The records whose rows come first by rank, so that a server has to order few rows.

use super::plan::{Plan, PlannedOrder, PlannedTerm, VerdictList};
use crate::search::Searcher;
use crate::search::columns::ColumnId;

/// Columns whose records are listed; titles tell most.
const LISTED: [ColumnId; 5] = [
    ColumnId::Title,
    ColumnId::Employer,
    ColumnId::Places,
    ColumnId::Skills,
    ColumnId::Tags,
];
/// How many times as many rows as wanted are listed, as ranks are only bounded and other terms reject some.
const SPARE: u64 = 8;
/// A list of more than one in this many postings saves nothing.
const SHARE: u64 = 4;

/// Records of one column that every row from a certain rank on has one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortlist {
    /// The column.
    pub column: ColumnId,
    /// The records in ascending order.
    pub ids: Vec<i32>,
    /// Smallest of these ranks.
    pub least: i64,
}

impl Searcher {
    /// Records that are likely to contain the first rows by rank; `None` if the rows of all matches have to be ordered.
    /// `effort` is the number of lists that were too short.
    pub fn shortlist(&self, plan: &Plan, rows: usize, effort: u32) -> Option<Shortlist> {
        let remote = self.index().elsewhere()?;
        let terms: Vec<&PlannedTerm> = plan.terms.iter().filter(|term| is_ranked(term)).collect();
        if plan.order != PlannedOrder::Rank || terms.is_empty() {
            return None;
        }
        let all = self.index().len() as u64;
        LISTED.into_iter().find_map(|column| {
            let wanted = wanted(plan, column, rows as u64, all).saturating_mul(1 << (5 * effort));
            if wanted > all / SHARE {
                return None;
            }
            let (mut listed, rest) = bounds(plan, &terms, column)?;
            listed.sort_unstable_by(|a, b| b.cmp(a));
            let counts = remote.counts(column);
            let (mut postings, mut least) = (0, 0);
            let mut end = listed.len();
            for (at, &(bound, id)) in listed.iter().enumerate() {
                if postings >= wanted && bound < least {
                    end = at;
                    break;
                }
                least = bound;
                let count = usize::try_from(id).ok().and_then(|id| counts.get(id));
                postings += u64::from(count.copied().unwrap_or(0));
            }
            if postings > all / SHARE || least <= rest {
                return None;
            }
            let mut ids: Vec<i32> = listed[..end].iter().map(|(_, id)| *id).collect();
            ids.sort_unstable();
            Some(Shortlist { column, ids, least })
        })
    }
}

impl Shortlist {
    /// The part of a list that its rows may have.
    pub fn narrowed(&self, list: &VerdictList) -> VerdictList {
        let is_listed = |id: &i32| self.ids.binary_search(id).is_ok();
        let pairs = list.ids.iter().zip(&list.verdicts);
        let (ids, verdicts) = pairs.filter(|(id, _)| is_listed(id)).unzip();
        VerdictList {
            ids,
            verdicts,
            ..*list
        }
    }
}

impl PlannedTerm {
    /// Number of postings whose records have verdicts, at most.
    fn postings(&self, all: u64) -> u64 {
        let is_broad =
            |one: &super::Alternative| one.is_negated || one.matches_all || one.rows.is_some();
        if self.any.iter().any(is_broad) {
            return all;
        }
        let lists = self.any.iter().flat_map(|one| &one.lists);
        lists.map(|list| list.postings).sum::<u64>().min(all)
    }
}

/// Whether a term contributes to the rank.
fn is_ranked(term: &PlannedTerm) -> bool {
    ranked_lists(term).next().is_some()
}

/// Lists of a term with hits.
fn ranked_lists(term: &PlannedTerm) -> impl Iterator<Item = &VerdictList> {
    let lists = term.any.iter().filter(|one| !one.is_negated);
    let lists = lists.flat_map(|one| &one.lists);
    lists.filter(|list| {
        list.verdicts
            .iter()
            .any(|verdict| *verdict >= Plan::LEAST_HIT)
    })
}

/// Number of postings of a column to list, so that as many rows are left after the terms about other columns.
fn wanted(plan: &Plan, column: ColumnId, rows: u64, all: u64) -> u64 {
    let mut wanted = rows.max(1) * SPARE;
    for term in &plan.terms {
        let mut lists = term.any.iter().flat_map(|one| &one.lists);
        if !lists.any(|list| list.column == column) {
            let passing = term.postings(all).max(1);
            wanted = wanted.saturating_mul(all.div_ceil(passing));
        }
    }
    wanted
}

/// The largest rank of rows with each record of a column, for the records that raise it, and that of all other rows.
fn bounds(plan: &Plan, terms: &[&PlannedTerm], column: ColumnId) -> Option<(Vec<(i64, i32)>, i64)> {
    let records = terms.iter().copied().flat_map(ranked_lists);
    let records = records.filter(|list| list.column == column);
    let records = records.map(|list| list.records).max()?;
    let mut bounds = vec![0i64; records];
    let mut rest = 0;
    let mut own = Vec::new();
    for term in terms {
        own.clear();
        own.resize(records, 0);
        let (mut other, mut other_hits) = (0, 0);
        for list in ranked_lists(term) {
            if list.column != column {
                other = list
                    .verdicts
                    .iter()
                    .fold(other, |most, &one| also_last(most, one));
                other_hits += 1;
                continue;
            }
            for (&id, &verdict) in list.ids.iter().zip(&list.verdicts) {
                if let Some(own) = usize::try_from(id).ok().and_then(|id| own.get_mut(id)) {
                    *own = also_last(*own, verdict);
                }
            }
        }
        if other_hits > 1 {
            other |= Plan::ALSO;
        }
        let alone = rank(plan, other);
        rest += alone;
        for (bound, &own) in bounds.iter_mut().zip(&own) {
            *bound += match own {
                0 => alone,
                own if other > 0 => rank(plan, also_last(own, other) | Plan::ALSO),
                own => rank(plan, own),
            };
        }
    }
    let mut adjacent = vec![0; records];
    let mut others = 0;
    for list in &plan.neighbours {
        for (&id, &mask) in list.ids.iter().zip(&list.verdicts) {
            if list.column != column {
                others |= mask;
            } else if let Some(own) = usize::try_from(id).ok().and_then(|id| adjacent.get_mut(id)) {
                *own |= mask;
            }
        }
    }
    let pairs = |mask: i32| i64::from(mask.count_ones()) << Plan::NEIGHBOUR_SHIFT;
    rest += pairs(others);
    let listed = bounds.into_iter().zip(adjacent).zip(0..);
    let listed = listed.map(|((bound, mask), id)| (bound + pairs(mask | others), id));
    let listed: Vec<(i64, i32)> = listed.filter(|(bound, _)| *bound > rest).collect();
    (!listed.is_empty()).then_some((listed, rest))
}

/// The better of two verdicts, with the bit of either about a match in several fields.
fn also_last(a: i32, b: i32) -> i32 {
    let also = Plan::ALSO;
    (a & !also).max(b & !also) | (a | b) & also
}

/// What a verdict contributes to a rank.
fn rank(plan: &Plan, verdict: i32) -> i64 {
    let shift = Plan::PLACE_SHIFT;
    match verdict {
        verdict if verdict < Plan::LEAST_HIT => 0,
        verdict if plan.is_coarse => i64::from(verdict >> shift << shift),
        verdict => i64::from(verdict),
    }
}
