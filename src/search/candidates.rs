//! Candidates: rows that no term has rejected yet, one slice of the board at a time.

use super::column::Ids;
use super::columns::Columns;
use super::compiled_term::{CompiledTerm, RejectMask};
use super::rows::RowSet;
use super::tables::VerdictTables;
use super::verdict::{SUMMED, Verdict};

/// Candidate rows of a slice, with their state so far.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Rows in ascending order.
    pub(super) rows: Vec<u32>,
    /// Sum of the terms' ranks.
    pub(super) ranks: Vec<u32>,
    /// Terms that reject the row, and terms that cannot decide it.
    pub(super) states: Vec<RejectMask>,
    /// Whether there are too many terms to sum more than tiers and fields.
    coarse: bool,
    verdicts: Vec<Verdict>,
    alternative: Vec<Verdict>,
}

impl Candidates {
    /// Evaluates the terms on rows, and drops the rejected ones.
    pub(super) fn judge(
        &mut self,
        columns: &Columns,
        plans: &[CompiledTerm],
        rows: impl Iterator<Item = u32>,
    ) {
        self.coarse = plans.iter().filter(|plan| plan.is_ranked()).count() > SUMMED;
        self.rows.clear();
        self.rows.extend(rows);
        reset(&mut self.ranks, self.rows.len());
        reset(&mut self.states, self.rows.len());
        let all_plain = plans.iter().all(CompiledTerm::is_plain);
        for plan in plans.iter().filter(|plan| !plan.passes_all()) {
            self.term(columns, plan);
            if all_plain {
                self.close_lost();
            } else if plan.is_plain() {
                self.close_plain();
            } else {
                self.close(plan);
            }
        }
    }

    /// Best verdict among the alternatives of a term, for each row.
    fn term(&mut self, columns: &Columns, plan: &CompiledTerm) {
        reset(&mut self.verdicts, self.rows.len());
        for (at, (negated, tables)) in plan.alternatives().enumerate() {
            if !negated {
                raise(&mut self.verdicts, &self.rows, columns, tables, at == 0);
                continue;
            }
            reset(&mut self.alternative, self.rows.len());
            raise(&mut self.alternative, &self.rows, columns, tables, true);
            for (best, verdict) in self.verdicts.iter_mut().zip(&self.alternative) {
                *best = verdict.negated().max(*best);
            }
        }
    }

    /// Drops rejected rows, if no term can be undecided or belongs to a facet: rows have no state then.
    fn close_lost(&mut self) {
        let mut open = 0;
        for at in 0..self.rows.len() {
            let verdict = self.verdicts[at];
            self.rows[open] = self.rows[at];
            self.ranks[open] = self.ranks[at].saturating_add(self.rank(verdict));
            open += usize::from(verdict != Verdict::FALSE);
        }
        self.truncate(open);
    }

    /// Drops rejected rows, if this term can only accept or reject.
    fn close_plain(&mut self) {
        let mut open = 0;
        for at in 0..self.rows.len() {
            let verdict = self.verdicts[at];
            self.rows[open] = self.rows[at];
            self.states[open] = self.states[at];
            self.ranks[open] = self.ranks[at].saturating_add(self.rank(verdict));
            open += usize::from(verdict != Verdict::FALSE);
        }
        self.truncate(open);
    }

    /// Drops rows that can no longer be counted anywhere.
    fn close(&mut self, plan: &CompiledTerm) {
        let mut open = 0;
        for at in 0..self.rows.len() {
            let verdict = self.verdicts[at];
            let state = self.states[at].and(plan.state(verdict));
            self.rows[open] = self.rows[at];
            self.states[open] = state;
            self.ranks[open] = self.ranks[at].saturating_add(self.rank(verdict));
            open += usize::from(state.is_open());
        }
        self.truncate(open);
    }

    fn rank(&self, verdict: Verdict) -> u32 {
        if self.coarse {
            verdict.coarse_rank()
        } else {
            verdict.rank()
        }
    }

    fn truncate(&mut self, open: usize) {
        self.rows.truncate(open);
        self.ranks.truncate(open);
        self.states.truncate(open);
    }
}

fn reset<T: Default + Clone>(values: &mut Vec<T>, length: usize) {
    values.clear();
    values.resize(length, T::default());
}

/// Raises each verdict to that of the tables for its row; `is_fresh` if every verdict is still no.
fn raise(
    verdicts: &mut [Verdict],
    rows: &[u32],
    columns: &Columns,
    tables: &VerdictTables,
    is_fresh: bool,
) {
    if tables.all {
        raise_all(verdicts, Verdict::TRUE);
    }
    for (at, (part, table)) in tables.parts.iter().enumerate() {
        // Nothing is there yet that the first part could be worse than.
        let first = at == 0 && is_fresh && !tables.all;
        match columns.ids(*part) {
            Ids::One(_) => table.iter().for_each(|&only| raise_all(verdicts, only)),
            Ids::Tiny(ids) => raise_part(verdicts, rows, ids, table, first),
            Ids::Narrow(ids) => raise_part(verdicts, rows, ids, table, first),
            Ids::Wide(ids) => raise_part(verdicts, rows, ids, table, first),
        }
    }
    if let Some(set) = &tables.rows {
        raise_rows(verdicts, rows, set);
    }
}

fn raise_all(verdicts: &mut [Verdict], to: Verdict) {
    for verdict in verdicts {
        *verdict = verdict.or(to);
    }
}

fn raise_part<I: Copy + Into<u32>>(
    verdicts: &mut [Verdict],
    rows: &[u32],
    ids: &[I],
    table: &[Verdict],
    first: bool,
) {
    let look_up = |id: I| table[id.into() as usize];
    match contiguous(rows) {
        Some(start) => {
            let ids = &ids[start..start + rows.len()];
            let pairs = verdicts.iter_mut().zip(ids);
            if first {
                pairs.for_each(|(verdict, &id)| *verdict = look_up(id));
            } else {
                pairs.for_each(|(verdict, &id)| *verdict = verdict.or(look_up(id)));
            }
        }
        None => {
            for (verdict, &row) in verdicts.iter_mut().zip(rows) {
                *verdict = verdict.or(look_up(ids[row as usize]));
            }
        }
    }
}

/// First row of a contiguous range.
fn contiguous(rows: &[u32]) -> Option<usize> {
    let (first, last) = (*rows.first()?, *rows.last()?);
    ((last - first) as usize + 1 == rows.len()).then_some(first as usize)
}

fn raise_rows(verdicts: &mut [Verdict], rows: &[u32], set: &RowSet) {
    for (verdict, &row) in verdicts.iter_mut().zip(rows) {
        *verdict = Verdict::from_bool(set.contains(row as usize)).max(*verdict);
    }
}
