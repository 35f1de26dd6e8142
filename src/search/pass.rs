//! One pass over the postings: verdicts are looked up, matches counted, the best kept, facets counted.

use super::columns::Columns;
use super::facets::{Counts, own_facet};
use super::order::{Least, Order};
use super::rows::{RowSet, Slice};
use super::tables::Tables;
use super::verdict::{UNJUDGED, Verdict};
use super::{Matches, Request, Row, Unjudged};
use crate::query::Term;

/// Rows judged between two looks at whether the search was cancelled.
const SLICE: usize = 4096;

/// The bit of the terms that are about no facet.
const NO_FACET: usize = 15;

/// A term as tables.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Bit of the facet that the term is about.
    facet: u16,
    /// The alternatives, each with whether it is negated.
    any: Vec<(bool, Tables)>,
}

impl Plan {
    /// A term whose atoms have these tables.
    pub(super) fn new(term: &Term, tables: Vec<Tables>) -> Self {
        let negated = term.any.iter().map(|atom| atom.negated);
        Self {
            facet: 1 << own_facet(term).unwrap_or(NO_FACET),
            any: negated.zip(tables).collect(),
        }
    }
}

/// What the terms say of the rows of a slice.
#[derive(Debug, Default)]
struct Judged {
    verdicts: Vec<Verdict>,
    alternative: Vec<Verdict>,
    ranks: Vec<u32>,
    /// Bits of the terms that say no.
    failed: Vec<u16>,
    /// Bits of the terms that cannot say.
    unsure: Vec<u16>,
    /// Bits of the reasons why.
    reasons: Vec<u8>,
}

impl Judged {
    fn judge(&mut self, columns: &Columns, plans: &[Plan], slice: Slice) {
        let rows = slice.len;
        reset(&mut self.ranks, rows);
        reset(&mut self.failed, rows);
        reset(&mut self.unsure, rows);
        reset(&mut self.reasons, rows);
        for plan in plans {
            self.term(columns, plan, slice);
            for (at, verdict) in self.verdicts.iter().enumerate() {
                self.ranks[at] = self.ranks[at].saturating_add(verdict.rank());
                if let Some(reason) = verdict.is_unjudged() {
                    self.unsure[at] |= plan.facet;
                    self.reasons[at] |= 1 << reason;
                } else if !verdict.is_true() {
                    self.failed[at] |= plan.facet;
                }
            }
        }
    }

    /// The best of the alternatives, for each row.
    fn term(&mut self, columns: &Columns, plan: &Plan, slice: Slice) {
        reset(&mut self.verdicts, slice.len);
        for (negated, tables) in &plan.any {
            reset(&mut self.alternative, slice.len);
            look_up(&mut self.alternative, columns, tables, slice);
            for (best, verdict) in self.verdicts.iter_mut().zip(&self.alternative) {
                let verdict = if *negated {
                    verdict.negated()
                } else {
                    *verdict
                };
                *best = verdict.max(*best);
            }
        }
    }
}

fn reset<T: Default + Clone>(values: &mut Vec<T>, length: usize) {
    values.clear();
    values.resize(length, T::default());
}

/// Raises each verdict to what the tables say of its row.
fn look_up(verdicts: &mut [Verdict], columns: &Columns, tables: &Tables, slice: Slice) {
    if tables.all {
        verdicts.fill(Verdict::TRUE);
    }
    for (part, table) in &tables.parts {
        look_up_part(verdicts, columns.ids(*part), table, slice);
    }
    if let Some(rows) = &tables.rows {
        look_up_rows(verdicts, rows, slice);
    }
}

fn look_up_part(verdicts: &mut [Verdict], ids: &[u32], table: &[Verdict], slice: Slice) {
    let ids = &ids[slice.first..slice.first + slice.len];
    for (verdict, &id) in verdicts.iter_mut().zip(ids) {
        *verdict = table[id as usize].max(*verdict);
    }
}

fn look_up_rows(verdicts: &mut [Verdict], rows: &RowSet, slice: Slice) {
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        *verdict = Verdict::of(rows.contains(slice.first + at)).max(*verdict);
    }
}

/// A pass on its way.
pub(super) struct Pass<'a> {
    request: &'a Request,
    columns: &'a Columns,
    order: &'a Order,
    plans: &'a [Plan],
    judged: Judged,
    best: Least,
    counts: Counts<'a>,
    unjudged: [usize; UNJUDGED.len()],
    total: usize,
    /// The key of the row to be kept, once it matches, and how many stand before it.
    kept: Option<(u64, usize)>,
}

impl<'a> Pass<'a> {
    /// A pass that has seen no row.
    pub(super) fn new(
        request: &'a Request,
        columns: &'a Columns,
        order: &'a Order,
        plans: &'a [Plan],
    ) -> Self {
        let mut pass = Self {
            request,
            columns,
            order,
            plans,
            judged: Judged::default(),
            best: Least::new(request.limit),
            counts: Counts::new(columns, &request.query),
            unjudged: [0; UNJUDGED.len()],
            total: 0,
            kept: None,
        };
        pass.find_kept();
        pass
    }

    /// Judges the row to be kept before all others, so that they can be compared to it.
    fn find_kept(&mut self) {
        let rows = self.columns.title.ids.len();
        let row = self.request.keep.filter(|row| (row.0 as usize) < rows);
        if let Some(Row(row)) = row {
            let slice = Slice {
                first: row as usize,
                len: 1,
            };
            self.judged.judge(self.columns, self.plans, slice);
            if self.blocked(0) == 0 {
                self.kept = Some((self.key(0, row as usize), 0));
            }
        }
    }

    /// Runs over all rows; `None` if it was cancelled.
    pub(super) fn run(mut self, cancelled: &dyn Fn() -> bool) -> Option<Matches> {
        let rows = self.columns.title.ids.len();
        for first in (0..rows).step_by(SLICE) {
            if cancelled() {
                return None;
            }
            self.slice(Slice {
                first,
                len: SLICE.min(rows - first),
            });
        }
        (!cancelled()).then(|| self.finish(rows))
    }

    fn slice(&mut self, slice: Slice) {
        self.judged.judge(self.columns, self.plans, slice);
        for at in 0..slice.len {
            let row = slice.first + at;
            self.count_unjudged(at);
            let blocked = self.blocked(at);
            if blocked == 0 {
                self.matched(at, row);
            } else if blocked.is_power_of_two() {
                let facet = blocked.trailing_zeros() as usize;
                if facet != NO_FACET {
                    self.counts.add_other(facet, row);
                }
            }
        }
    }

    fn matched(&mut self, at: usize, row: usize) {
        self.total += 1;
        let key = self.key(at, row);
        if let Some((kept, before)) = &mut self.kept {
            *before += usize::from(key < *kept);
        }
        self.best.push(key);
        self.counts.add(row);
    }

    /// Bits of the terms that keep a row out.
    fn blocked(&self, at: usize) -> u16 {
        let unsure = if self.request.unjudged {
            0
        } else {
            self.judged.unsure[at]
        };
        self.judged.failed[at] | unsure
    }

    fn count_unjudged(&mut self, at: usize) {
        let reasons = self.judged.reasons[at];
        if reasons != 0 && self.judged.failed[at] == 0 {
            for (reason, count) in self.unjudged.iter_mut().enumerate() {
                *count += usize::from(reasons >> reason & 1);
            }
        }
    }

    /// What a row is ordered by, least first: its rank, unless another order was asked for, then its place.
    fn key(&self, at: usize, row: usize) -> u64 {
        let rank = if self.request.query.sort.is_none() {
            !self.judged.ranks[at]
        } else {
            0
        };
        u64::from(rank) << 32 | u64::from(self.order.place(row))
    }

    fn finish(self, of: usize) -> Matches {
        let keys = self.best.finish().into_iter();
        Matches {
            total: self.total,
            of,
            rows: keys.map(|key| self.order.row(key as u32)).collect(),
            kept: self.kept.map(|(_, before)| before),
            unjudged: unjudged(&self.unjudged),
            facets: self.counts.finish(&self.request.query),
        }
    }
}

fn unjudged(counts: &[usize]) -> Vec<Unjudged> {
    let counted = UNJUDGED.iter().zip(counts).filter(|(_, count)| **count > 0);
    let unjudged = counted.map(|(&(field, reason), &count)| Unjudged {
        field,
        reason,
        count,
    });
    unjudged.collect()
}
