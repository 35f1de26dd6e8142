//! A scan over the rows: looks up verdicts, counts matches and facets, keeps the best rows.

mod shard;

use rayon::prelude::*;
use shard::ScanShard;

use super::candidates::Candidates;
use super::compiled_term::{CompiledTerm, Outcome};
use super::facets::asks_for_pay;
use super::index::Index;
use super::neighbours::Neighbours;
use super::order::Order;
use super::{Cancelled, Matches, Request};

/// Rows per slice; tiny in tests, so that small boards exercise all paths.
const SLICE: usize = if cfg!(test) { 2 } else { 2048 };
/// Rows per core between two checks for cancellation.
const WAVE: usize = if cfg!(test) { SLICE } else { 64 * SLICE };
/// Number of rows below which a second core does not pay off.
const FEW: usize = if cfg!(test) { 2 * SLICE } else { 16 * SLICE };

/// Rows to scan.
#[derive(Debug, Clone, Copy)]
pub(super) enum RowSource<'a> {
    /// The first `n` rows.
    All(usize),
    /// These rows.
    Some(&'a [u32]),
}

impl RowSource<'_> {
    fn len(self) -> usize {
        match self {
            Self::All(rows) => rows,
            Self::Some(rows) => rows.len(),
        }
    }
}

/// Parameters of a scan.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) index: &'a Index,
    pub(super) request: &'a Request,
    pub(super) plans: &'a [CompiledTerm],
    pub(super) neighbours: &'a Neighbours,
    /// The order that was asked for.
    pub(super) order: Option<&'a Order>,
}

impl<'a> Scan<'a> {
    /// Scans rows; `None` if cancelled. Also returns the rows that are counted anywhere, unless there are too many to
    /// be useful.
    pub(super) fn run(
        self,
        rows: RowSource<'_>,
        cancelled: Cancelled<'_>,
    ) -> Option<(Matches, Option<Vec<u32>>)> {
        let order = self.order;
        let kept = self.kept_key(order);
        let cores = if rows.len() <= FEW {
            1
        } else {
            rayon::current_num_threads()
        };
        let inverse = self.most_match(rows);
        let part = || ScanShard::new(self, order, kept, inverse);
        let mut parts: Vec<ScanShard<'a>> = std::iter::repeat_with(part).take(cores).collect();
        let ruled_out = self.plans.iter().any(CompiledTerm::rules_all_out);
        let end = if ruled_out { 0 } else { rows.len() };
        for first in (0..end).step_by(WAVE * cores) {
            if cancelled() {
                return None;
            }
            let wave = first..end.min(first + WAVE * cores);
            if cores == 1 {
                parts[0].run(rows, wave);
            } else {
                let share = wave.len().div_ceil(cores).next_multiple_of(SLICE);
                parts.par_iter_mut().enumerate().for_each(|(core, part)| {
                    let start = wave.end.min(wave.start + core * share);
                    part.run(rows, start..wave.end.min(start + share));
                });
            }
        }
        if cancelled() {
            return None;
        }
        ScanShard::merge(parts)
    }

    /// Moves the most selective terms to the front, estimated from a sample, so that the others evaluate fewer rows.
    pub(super) fn strictest_first(index: &Index, plans: &mut [CompiledTerm]) {
        if plans.len() < 2 || index.len() < FEW {
            return;
        }
        let middle = (index.len() / 2) as u32;
        let mut open = Candidates::default();
        plans.sort_by_cached_key(|plan| {
            let some = middle..middle + SLICE as u32;
            open.judge(index.columns(), std::slice::from_ref(plan), some);
            open.rows.len()
        });
    }

    /// Whether most rows match, estimated from a sample. If so, only the others are counted and subtracted from the
    /// totals.
    fn most_match(self, rows: RowSource<'_>) -> bool {
        let RowSource::All(rows @ FEW..) = rows else {
            return false;
        };
        // Not all are counted by pay beforehand.
        if asks_for_pay(&self.request.query) {
            return false;
        }
        let middle = (rows / 2) as u32;
        let mut open = Candidates::default();
        let some = middle..middle + SLICE as u32;
        open.judge(self.index.columns(), self.plans, some);
        let states = open.states.iter();
        let matching =
            states.filter(|state| state.outcome(self.request.unjudged) == Outcome::Match);
        matching.count() > SLICE / 2
    }
}

/// Sort key of a row, ascending: its place in the requested order, else its rank.
pub(super) fn key(order: Option<&Order>, row: u32, rank: u32) -> u64 {
    match order {
        Some(order) => u64::from(order.place(row)),
        None => u64::from(!rank) << 32 | u64::from(row),
    }
}
