//! The rows that come first by rank, found by few records, so that a server has to order few rows.
//!
//! Ranks are sums over terms, and each column of records bounds what a row can get. Reading rows by the best records
//! until the worst row of the window beats all that is left is the threshold algorithm of Fagin, Lotem and Naor
//! ("Optimal Aggregation Algorithms for Middleware", 2001).

use super::access_path::{AccessPart, AccessPath};
use super::plan::{Plan, PlannedOrder, PlannedTerm, VerdictList, is_hit};
use crate::search::Searcher;
use crate::search::columns::ColumnId;

/// Rows that are read at first, if all of them pass the other terms.
const READ: u64 = 1000;
/// How many times as many rows as wanted are read, as ranks are only bounded and other terms reject some.
const SPARE: u64 = 4;
/// Rows with the best records of each other column that are read at first, so that these bound no other rows.
const READ_BESIDE: u64 = 3000;
/// On a small board, one in this many rows is read instead.
const PART: u64 = 64;
/// How many times as many rows the next shortlist has.
const GROWTH: u64 = 16;

/// Rows of which the first by rank are the first of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortlist {
    /// The rows.
    pub path: AccessPath,
    /// Largest rank of any other row; `None` if no other row matches.
    pub others: Option<i64>,
}

/// The largest ranks of the rows of a column that are not listed by other columns.
struct Bounds {
    /// Of rows with each record that raises it, largest first.
    listed: Vec<(i64, i32)>,
    /// Of rows with any other record; `None` if these cannot match.
    rest: Option<i64>,
    /// Whether these are the ranks of all rows with a record.
    is_exact: bool,
}

/// The best records of another column.
struct Beside {
    part: AccessPart,
    /// Number of rows with one of them.
    postings: u64,
}

impl Searcher {
    /// Rows that are likely to contain the first ones by rank; `None` if reading all matches takes no longer.
    /// `effort` is the number of lists that were too short.
    pub fn shortlist(&self, plan: &Plan, rows: usize, effort: u32) -> Option<Shortlist> {
        let remote = self.index().elsewhere()?;
        let terms: Vec<&PlannedTerm> = plan.terms.iter().filter(|term| term.is_ranked()).collect();
        if plan.order != PlannedOrder::Rank || terms.is_empty() {
            return None;
        }
        let all = self.index().len() as u64;
        let growth = GROWTH.saturating_pow(effort);
        let has_hits = |column: &ColumnId| {
            let mut lists = terms.iter().copied().flat_map(PlannedTerm::ranked_lists);
            lists.any(|list| list.column == *column)
        };
        let columns: Vec<ColumnId> = ColumnId::ALL.into_iter().filter(has_hits).collect();
        let lists = columns.iter().map(|&column| {
            let others = columns.iter().filter(|other| **other != column);
            let beside: Vec<Beside> = others
                .map(|&other| {
                    beside(
                        &terms,
                        other,
                        READ_BESIDE.min(all / PART) * growth,
                        remote.counts(other),
                    )
                })
                .collect();
            let has_list = |term: &PlannedTerm| {
                let mut lists = term.any.iter().flat_map(|one| &one.lists);
                lists.any(|list| list.column == column)
            };
            let wanted = (rows as u64 * SPARE).max(READ.min(all / PART)) * growth;
            let wanted = wanted.saturating_mul(plan.one_in(all, has_list));
            let bounds = bounds(plan, &terms, column, &beside)?;
            let best = bounds.listed.first().map(|(bound, _)| *bound);
            let mut list = bounds.shortlist(column, wanted, remote.counts(column));
            let is_hopeless = list.others.is_some() && best <= list.others;
            for one in beside.into_iter().filter(|one| !one.part.ids.is_empty()) {
                list.path.postings += one.postings;
                list.path.parts.insert(0, one.part);
            }
            Some((is_hopeless, list))
        });
        let (_, best) = lists
            .flatten()
            .min_by_key(|(is_hopeless, list)| (*is_hopeless, list.path.postings))?;
        let most = plan.reach(false).unwrap_or(all);
        (best.path.postings <= most / 2).then_some(best)
    }
}

impl Bounds {
    /// The best records of a column until they have a number of postings, and all that are as good as the last of
    /// these.
    fn shortlist(self, column: ColumnId, wanted: u64, counts: &[u32]) -> Shortlist {
        let mut part = AccessPart {
            column,
            ids: Vec::new(),
            alike: Vec::new(),
        };
        let mut path = AccessPath::default();
        let mut last = i64::MAX;
        let mut others = self.rest;
        for (bound, id) in self.listed {
            if path.postings >= wanted && bound < last {
                others = others.max(Some(bound));
                break;
            }
            last = bound;
            let count = usize::try_from(id).ok().and_then(|id| counts.get(id));
            let count = u64::from(count.copied().unwrap_or(0));
            if self.is_exact && count > wanted {
                part.alike.push(id);
            } else {
                part.ids.push(id);
            }
            path.postings += if self.is_exact {
                count.min(wanted)
            } else {
                count
            };
        }
        part.ids.sort_unstable();
        part.alike.sort_unstable();
        path.parts.push(part);
        Shortlist { path, others }
    }
}

/// Whether every row that passes a term has a hit.
fn has_only_hits(term: &PlannedTerm) -> bool {
    term.any.iter().all(|one| {
        let mut verdicts = one.lists.iter().flat_map(|list| &list.verdicts);
        !one.is_negated
            && !one.matches_all
            && one.rows.is_none()
            && one.since.is_none()
            && verdicts.all(|&verdict| is_hit(verdict))
    })
}

/// The best records of a column, with at most this many rows: all of those that are equally good, or none.
fn beside(terms: &[&PlannedTerm], column: ColumnId, most: u64, counts: &[u32]) -> Beside {
    let lists = terms.iter().flat_map(|term| term.ranked_lists());
    let lists = lists.filter(|list| list.column == column);
    let mut best = vec![0; counts.len()];
    for (&id, &verdict) in lists.flat_map(|list| list.ids.iter().zip(&list.verdicts)) {
        if let Some(best) = usize::try_from(id).ok().and_then(|id| best.get_mut(id)) {
            *best = best_plain(*best, verdict);
        }
    }
    let records = best.into_iter().zip(counts).zip(0..);
    let mut hits: Vec<(i32, u64, i32)> = records
        .filter(|((best, _), _)| is_hit(*best))
        .map(|((best, &count), id)| (best, u64::from(count), id))
        .collect();
    hits.sort_unstable_by(|a, b| b.cmp(a));
    let (mut ids, mut postings) = (Vec::new(), 0);
    for alike in hits.chunk_by(|a, b| a.0 == b.0) {
        let count: u64 = alike.iter().map(|(_, count, _)| count).sum();
        if postings + count > most {
            break;
        }
        postings += count;
        ids.extend(alike.iter().map(|(_, _, id)| *id));
    }
    ids.sort_unstable();
    Beside {
        part: AccessPart {
            column,
            ids,
            alike: Vec::new(),
        },
        postings,
    }
}

/// The largest ranks of rows with each record of a column that have no record of `beside`; `None` if the column has no
/// hits.
fn bounds(
    plan: &Plan,
    terms: &[&PlannedTerm],
    column: ColumnId,
    beside: &[Beside],
) -> Option<Bounds> {
    // Verdicts on records of another column that rows may have.
    let open = |list: &VerdictList| {
        let part = beside.iter().map(|one| &one.part);
        let part = part.into_iter().find(|part| part.column == list.column);
        let is_read = |id: &i32| part.is_some_and(|part| part.ids.binary_search(id).is_ok());
        let pairs = list.ids.iter().zip(&list.verdicts);
        let open = pairs.filter(|(id, verdict)| **verdict != 0 && !is_read(id));
        open.map(|(_, verdict)| *verdict).collect::<Vec<i32>>()
    };
    let records = terms.iter().copied().flat_map(PlannedTerm::ranked_lists);
    let records = records.filter(|list| list.column == column);
    let records = records.map(|list| list.records).max()?;
    // The sums, and whether rows can match at all.
    let mut bounds = vec![Some(0i64); records];
    let mut rest = Some(0);
    let mut is_exact = true;
    let mut own = Vec::new();
    for term in terms {
        own.clear();
        own.resize(records, 0);
        let mut other = 0;
        for list in term.ranked_lists() {
            if list.column != column {
                let open = open(list).into_iter();
                if let Some(best) = open.reduce(|a, b| best_plain(a, b) | (a | b) & Plan::ALSO) {
                    is_exact = false;
                    other = joined(other, best);
                }
                continue;
            }
            for (&id, &verdict) in list.ids.iter().zip(&list.verdicts) {
                if let Some(own) = usize::try_from(id).ok().and_then(|id| own.get_mut(id)) {
                    *own = joined(*own, verdict);
                }
            }
        }
        let must_hit = has_only_hits(term);
        let sum = |bound: &mut Option<i64>, verdict: i32| {
            if must_hit && !is_hit(verdict) {
                *bound = None;
            } else if let Some(bound) = bound {
                *bound += rank(plan, verdict);
            }
        };
        sum(&mut rest, other);
        for (bound, &own) in bounds.iter_mut().zip(&own) {
            sum(bound, joined(own, other));
        }
    }
    let mut adjacent = vec![0; records];
    let mut others = 0;
    for list in &plan.neighbours {
        if list.column != column {
            let open = open(list);
            is_exact &= open.is_empty();
            others = open.into_iter().fold(others, |all, mask| all | mask);
            continue;
        }
        for (&id, &mask) in list.ids.iter().zip(&list.verdicts) {
            if let Some(own) = usize::try_from(id).ok().and_then(|id| adjacent.get_mut(id)) {
                *own |= mask;
            }
        }
    }
    let pairs = |mask: i32| i64::from(mask.count_ones()) << Plan::NEIGHBOUR_SHIFT;
    let rest = rest.map(|rest| rest + pairs(others));
    let listed = bounds.into_iter().zip(adjacent).zip(0..);
    let listed = listed.filter_map(|((bound, mask), id)| Some((bound? + pairs(mask | others), id)));
    let mut listed: Vec<(i64, i32)> = listed.filter(|(bound, _)| Some(*bound) > rest).collect();
    listed.sort_unstable_by(|a, b| b.cmp(a));
    Some(Bounds {
        listed,
        rest,
        is_exact,
    })
}

/// The better of two verdicts, without the bit about a match in several fields.
fn best_plain(a: i32, b: i32) -> i32 {
    (a & !Plan::ALSO).max(b & !Plan::ALSO)
}

/// The verdict of two fields.
fn joined(a: i32, b: i32) -> i32 {
    let both = if is_hit(a.min(b)) { Plan::ALSO } else { 0 };
    best_plain(a, b) | both | (a | b) & Plan::ALSO
}

/// What a verdict contributes to a rank.
fn rank(plan: &Plan, verdict: i32) -> i64 {
    let shift = Plan::PLACE_SHIFT;
    match verdict {
        verdict if !is_hit(verdict) => 0,
        verdict if plan.is_coarse => i64::from(verdict >> shift << shift),
        verdict => i64::from(verdict),
    }
}
