//! The rows that can come first by rank, found by few records, so that a server has to rank few rows.
//!
//! Ranks are sums over terms, so the records of a row bound its rank. A [`Sample`] of rows with the best records shows
//! which rank is enough to be among the first; the [`Contenders`] are all rows whose records allow that rank. This is
//! the idea of the threshold algorithm of Fagin, Lotem and Naor ("Optimal Aggregation Algorithms for Middleware", 2001).

use std::collections::HashMap;

use super::Remote;
use super::plan::{Plan, PlannedOrder, PlannedTerm, VerdictList, is_hit};
use crate::search::Searcher;
use crate::search::columns::ColumnId;

/// Rows that are sampled by the records of a column.
const SAMPLED: u64 = 2000;
/// Rows that are not worth a sample.
const FEW: u64 = 10_000;
/// On a small board, one in this many rows instead.
const PART: u64 = 64;
/// Records by which rows are sampled, in each column.
const RECORDS: u64 = 32;
/// Records by which rows are sampled at least, if rows need records of several columns to match.
const SPREAD: u64 = 8;
/// How many times as many rows the next sample has.
const GROWTH: u64 = 16;

/// Rows that are likely to be among the first by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Records of each column, in ascending order. A row that is found by several columns belongs to the first.
    pub parts: Vec<(ColumnId, Vec<i32>)>,
    /// Number of rows with each record that are read, in the order of the list.
    pub each: u64,
}

/// All rows that have at least a certain rank, and others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contenders {
    /// The rows. One that is found by several parts belongs to the first of them.
    pub parts: Vec<ContenderPart>,
    /// The rank.
    pub least: i64,
    /// Number of rows to read, at most.
    pub postings: u64,
}

/// Rows that are found by their records in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContenderPart {
    /// The column.
    pub column: ColumnId,
    /// Records whose rows reach a higher rank by a record beside. In ascending order, as the other lists are.
    pub raised: Vec<i32>,
    /// Records whose rows have a rank that is enough without a record beside. It is the same for all rows with one
    /// record, so that the first of them are enough.
    pub alone: Vec<i32>,
    /// Records whose rows reach the rank and no higher one, so that the first of them are enough.
    pub level: Vec<i32>,
    /// The records beside: those of other columns that allow the rank.
    pub beside: Vec<(ColumnId, Vec<i32>)>,
}

impl ContenderPart {
    /// All records of the column, in ascending order.
    pub fn ids(&self) -> Vec<i32> {
        let mut ids = [&*self.raised, &*self.alone, &*self.level].concat();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// What decides about the ranks of a plan.
pub struct Ranking<'a> {
    plan: &'a Plan,
    /// For each ranked term, whether every row that passes it has a hit.
    must_hit: Vec<bool>,
    /// The columns with hits.
    columns: Vec<RankedColumn>,
    /// Number of all rows.
    all: u64,
}

/// A column with hits.
struct RankedColumn {
    column: ColumnId,
    classes: Vec<Class>,
    /// The best of all classes.
    best: Vec<i32>,
}

/// Records that count the same.
struct Class {
    /// The verdict on each ranked term, and then a bit for each pair of adjacent query words.
    verdicts: Vec<i32>,
    ids: Vec<i32>,
    /// Number of rows with each of them.
    postings: Vec<u64>,
}

/// Some of the columns with hits, as bits.
type ColumnSet = u32;

/// What has been read: the rows with hits in some columns.
#[derive(Debug, Clone, Copy, Default)]
struct Read {
    columns: ColumnSet,
    /// The only term whose hits are meant.
    term: Option<usize>,
}

impl Read {
    fn has(self, at: usize) -> bool {
        self.columns & 1 << at != 0
    }

    /// The same with a further column.
    fn and(self, at: usize) -> Self {
        Self {
            columns: self.columns | 1 << at,
            ..self
        }
    }

    /// Whether rows that have not been read have no hits in a column.
    fn excludes(self, at: usize) -> bool {
        self.term.is_none() && self.has(at)
    }
}

impl Searcher {
    /// What decides about the ranks of a plan; `None` if its rows are in another order.
    pub fn ranking<'a>(&self, plan: &'a Plan) -> Option<Ranking<'a>> {
        let remote = self.index().elsewhere()?;
        let terms: Vec<&PlannedTerm> = plan.terms.iter().filter(|term| term.is_ranked()).collect();
        if plan.order != PlannedOrder::Rank || terms.is_empty() {
            return None;
        }
        let columns = ColumnId::ALL.into_iter();
        let columns = columns.filter_map(|column| RankedColumn::new(plan, &terms, column, remote));
        Some(Ranking {
            plan,
            must_hit: terms.iter().map(|term| has_only_hits(term)).collect(),
            columns: columns.collect(),
            all: self.index().len() as u64,
        })
    }
}

impl Ranking<'_> {
    /// Number of rows that are ranked as fast as they are sampled.
    pub fn few(&self) -> u64 {
        FEW.min(self.all / PART)
    }

    /// Rows with the records that allow the highest ranks, more with each effort. `rows` is the number of rows wanted.
    pub fn sample(&self, rows: usize, effort: u32) -> Sample {
        let growth = GROWTH.saturating_pow(effort);
        let sampled = SAMPLED.min(self.all / PART).max(16 * rows as u64) * growth;
        let most = (RECORDS * growth) as usize;
        let none = self.nothing();
        let parts = (0..self.columns.len()).map(|at| {
            let (mut ids, mut postings) = (Vec::new(), 0);
            for (_, class) in self.best_first(at) {
                // Few rows of a record that needs others to match do so.
                let is_enough = self.highest(Some(class), &none).is_some();
                let each = if is_enough { sampled } else { sampled / SPREAD };
                for (id, count) in class.ids.iter().zip(&class.postings) {
                    if postings < sampled && ids.len() < most {
                        ids.push(*id);
                        postings += each.min(*count);
                    }
                }
            }
            ids.sort_unstable();
            (self.columns[at].column, ids)
        });
        let parts: Vec<(ColumnId, Vec<i32>)> = parts.filter(|(_, ids)| !ids.is_empty()).collect();
        let records = parts.iter().map(|(_, ids)| ids.len() as u64).max();
        Sample {
            parts,
            each: (sampled / records.unwrap_or(1)).max(1),
        }
    }

    /// The records of a column with the highest ranks that they allow, best first.
    fn best_first(&self, at: usize) -> Vec<(i64, &Class)> {
        let others = self.joint(Some(at), Read::default());
        let classes = self.columns[at].classes.iter();
        let bounds = classes.filter_map(|class| Some((self.highest(Some(class), &others)?, class)));
        let mut bounds: Vec<(i64, &Class)> = bounds.collect();
        bounds.sort_by_key(|(bound, _)| std::cmp::Reverse(*bound));
        bounds
    }

    /// All rows that have at least a rank, by the columns with the fewest of them. `rows` is the number of rows wanted.
    pub fn contenders(&self, least: i64, rows: usize) -> Contenders {
        // The terms without a rank reject rows.
        let one_in = self.plan.one_in(self.all, PlannedTerm::is_ranked);
        let rows = one_in.saturating_mul(rows as u64);
        // By records with any hits, or by those with hits of a term that all rows have to hit.
        let terms = (0..self.must_hit.len()).filter(|term| self.must_hit[*term]);
        let orders = terms.map(Some).chain([None]).map(|term| {
            let read = Read { columns: 0, term };
            let (postings, order) = self.cheapest((least, rows), read, &mut HashMap::new());
            (postings, order, term)
        });
        let cheapest = orders.min_by_key(|(postings, ..)| *postings);
        let (postings, order, term) = cheapest.unwrap_or_default();
        let reaching = |at: usize| {
            let classes = self.best_first(at).into_iter();
            let classes = classes.take_while(|(bound, _)| *bound >= least);
            let mut ids: Vec<i32> = classes.flat_map(|(_, class)| &class.ids).copied().collect();
            ids.sort_unstable();
            (self.columns[at].column, ids)
        };
        let reaching: Vec<(ColumnId, Vec<i32>)> = (0..self.columns.len()).map(reaching).collect();
        let mut read = Read { columns: 0, term };
        let mut parts = Vec::new();
        for at in order {
            let (mut part, _) = self.part(at, read, (least, rows));
            let others =
                (0..self.columns.len()).filter(|other| *other != at && !read.excludes(*other));
            part.beside = others.map(|other| reaching[other].clone()).collect();
            part.beside.retain(|(_, ids)| !ids.is_empty());
            parts.extend(Some(part).filter(|part| !part.ids().is_empty()));
            read = read.and(at);
        }
        Contenders {
            parts,
            least,
            postings,
        }
    }

    /// The order in which columns are read for the fewest rows, and the number of these, after some have been read.
    fn cheapest(
        &self,
        wanted: (i64, u64),
        read: Read,
        known: &mut HashMap<ColumnSet, (u64, Vec<usize>)>,
    ) -> (u64, Vec<usize>) {
        if let Some(known) = known.get(&read.columns) {
            return known.clone();
        }
        let rest = self.highest(None, &self.joint(None, read));
        if rest.is_none_or(|rank| rank < wanted.0) {
            return (0, Vec::new());
        }
        let unread = (0..self.columns.len()).filter(|at| !read.has(*at));
        let orders = unread.map(|at| {
            let (_, own) = self.part(at, read, wanted);
            let (others, order) = self.cheapest(wanted, read.and(at), known);
            let order = std::iter::once(at).chain(order);
            (own.saturating_add(others), order.collect::<Vec<usize>>())
        });
        // Rows without any hit have the rank, too, if no column is left.
        let cheapest = orders.min_by_key(|(postings, _)| *postings);
        let cheapest = cheapest.unwrap_or((u64::MAX, Vec::new()));
        known.insert(read.columns, cheapest.clone());
        cheapest
    }

    /// The rows with at least a rank by their records in a column, after some columns have been read, and the number of
    /// rows to read for them.
    fn part(&self, at: usize, read: Read, (least, rows): (i64, u64)) -> (ContenderPart, u64) {
        let mut part = ContenderPart {
            column: self.columns[at].column,
            raised: Vec::new(),
            alone: Vec::new(),
            level: Vec::new(),
            beside: Vec::new(),
        };
        let mut postings = 0u64;
        let (others, none) = (self.joint(Some(at), read), self.nothing());
        let is_read = |class: &&Class| read.term.is_none_or(|term| is_hit(class.verdicts[term]));
        for class in self.columns[at].classes.iter().filter(is_read) {
            let bound = self.highest(Some(class), &others);
            let Some(bound) = bound.filter(|bound| *bound >= least) else {
                continue;
            };
            let alone = self.highest(Some(class), &none);
            let firsts = class.postings.iter().map(|one| rows.min(*one)).sum();
            if bound == least {
                postings = postings.saturating_add(firsts);
                part.level.extend(&class.ids);
                continue;
            }
            if alone.is_some_and(|alone| alone >= least) {
                postings = postings.saturating_add(firsts);
                part.alone.extend(&class.ids);
            }
            if Some(bound) > alone {
                postings = postings.saturating_add(class.postings.iter().sum());
                part.raised.extend(&class.ids);
            }
        }
        part.raised.sort_unstable();
        part.alone.sort_unstable();
        part.level.sort_unstable();
        (part, postings)
    }

    /// The best that the columns except one can count together, in rows that have not been read.
    fn joint(&self, except: Option<usize>, read: Read) -> Vec<i32> {
        let mut all = self.nothing();
        for (at, column) in self.columns.iter().enumerate() {
            if Some(at) == except || read.excludes(at) {
                continue;
            }
            let mut best = column.best.clone();
            if let Some(term) = read.term.filter(|_| read.has(at)) {
                best[term] = 0;
            }
            join_all(&mut all, &best);
        }
        all
    }

    /// What counts without any record.
    fn nothing(&self) -> Vec<i32> {
        vec![0; self.must_hit.len() + 1]
    }

    /// The highest rank of a row with a record of a class, and any records of other columns that count at most so much;
    /// `None` if it cannot match.
    fn highest(&self, class: Option<&Class>, others: &[i32]) -> Option<i64> {
        let mut verdicts = others.to_vec();
        if let Some(class) = class {
            join_all(&mut verdicts, &class.verdicts);
        }
        let (adjacent, verdicts) = verdicts.split_last()?;
        let mut sum = i64::from(adjacent.count_ones()) << Plan::NEIGHBOUR_SHIFT;
        for (&verdict, &must_hit) in verdicts.iter().zip(&self.must_hit) {
            if must_hit && !is_hit(verdict) {
                return None;
            }
            sum += rank(self.plan, verdict);
        }
        Some(sum)
    }
}

impl RankedColumn {
    /// The records of a column by their verdicts; `None` if it has no hits.
    fn new(plan: &Plan, terms: &[&PlannedTerm], column: ColumnId, remote: &Remote) -> Option<Self> {
        let counts = remote.counts(column);
        let width = terms.len() + 1;
        let mut verdicts = vec![0; counts.len() * width];
        let mut is_ranked = false;
        let mut note = |list: &VerdictList, at: usize, join: &dyn Fn(i32, i32) -> i32| {
            for (&id, &verdict) in list.ids.iter().zip(&list.verdicts) {
                let id = usize::try_from(id).ok().filter(|id| *id < counts.len());
                if let Some(known) = id.map(|id| &mut verdicts[id * width + at]) {
                    *known = join(*known, verdict);
                    is_ranked |= *known != 0;
                }
            }
        };
        for (at, term) in terms.iter().enumerate() {
            for list in term.ranked_lists().filter(|list| list.column == column) {
                note(list, at, &|known, verdict| {
                    if is_hit(verdict) {
                        joined(known, verdict)
                    } else {
                        known
                    }
                });
            }
        }
        for list in plan.neighbours.iter().filter(|list| list.column == column) {
            note(list, terms.len(), &|known, mask| known | mask);
        }
        if !is_ranked {
            return None;
        }
        let mut classes: Vec<Class> = Vec::new();
        let mut known: HashMap<&[i32], usize> = HashMap::new();
        for ((id, verdicts), &count) in (0..).zip(verdicts.chunks_exact(width)).zip(counts) {
            if verdicts.iter().all(|verdict| *verdict == 0) {
                continue;
            }
            let class = *known.entry(verdicts).or_insert_with(|| {
                classes.push(Class {
                    verdicts: verdicts.to_vec(),
                    ids: Vec::new(),
                    postings: Vec::new(),
                });
                classes.len() - 1
            });
            classes[class].ids.push(id);
            classes[class].postings.push(u64::from(count));
        }
        let mut best = vec![0; width];
        for class in &classes {
            let (adjacent, verdicts) = best.split_last_mut()?;
            for (best, &verdict) in verdicts.iter_mut().zip(&class.verdicts) {
                *best = best_plain(*best, verdict) | (*best | verdict) & Plan::ALSO;
            }
            *adjacent |= class.verdicts[terms.len()];
        }
        Some(Self {
            column,
            classes,
            best,
        })
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

/// The better of two verdicts, without the bit about a match in several fields.
fn best_plain(a: i32, b: i32) -> i32 {
    (a & !Plan::ALSO).max(b & !Plan::ALSO)
}

/// The verdict of two fields.
fn joined(a: i32, b: i32) -> i32 {
    let both = if is_hit(a.min(b)) { Plan::ALSO } else { 0 };
    best_plain(a, b) | both | (a | b) & Plan::ALSO
}

/// Adds what the record of a column counts to what those of other columns count.
fn join_all(all: &mut [i32], one: &[i32]) {
    let Some((adjacent, verdicts)) = all.split_last_mut() else {
        return;
    };
    for (all, &one) in verdicts.iter_mut().zip(one) {
        *all = joined(*all, one);
    }
    *adjacent |= one.last().copied().unwrap_or(0);
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
