//! One shard of a scan, run on one core.

use std::ops::Range;

use super::{RowSource, SLICE, Scan, key};
use crate::search::candidates::Candidates;
use crate::search::compiled_term::{CompiledTerm, KeptOut, Outcome};
use crate::search::facets::{Counts, FACETS};
use crate::search::grouping::{GroupCounts, Listed};
use crate::search::order::Order;
use crate::search::top_k::TopK;
use crate::search::verdict::UNJUDGED;
use crate::search::{Matches, Unjudged};

/// Results of a shard.
pub(super) struct ScanShard<'a> {
    pass: Scan<'a>,
    order: Option<&'a Order>,
    kept: Option<u64>,
    open: Candidates,
    best: TopK,
    grouping: Option<GroupCounts<'a>>,
    counts: Counts<'a>,
    unjudged: [usize; UNJUDGED.len()],
    kept_out: [usize; 2],
    total: usize,
    before_kept: usize,
    /// Counted rows by wave, with the start of each; `None` if there are too many.
    counted: Option<Vec<(usize, Vec<u32>)>>,
    /// Remaining capacity of `counted`.
    room: usize,
    /// Whether rejected rows are counted instead.
    inverse: bool,
    /// Rejected rows of a slice.
    missing: Vec<u32>,
    /// For each facet, the rows of a slice that only its own terms reject.
    others: [Vec<u32>; FACETS.len()],
}

impl<'a> ScanShard<'a> {
    /// An empty shard.
    pub(super) fn new(
        pass: Scan<'a>,
        order: Option<&'a Order>,
        kept: Option<u64>,
        inverse: bool,
    ) -> Self {
        Self {
            pass,
            order,
            kept,
            open: Candidates::default(),
            best: TopK::new(pass.request.limit),
            grouping: pass.grouping(),
            counts: Counts::new(pass.index.columns(), &pass.request.query),
            unjudged: [0; UNJUDGED.len()],
            kept_out: [0; 2],
            total: 0,
            before_kept: 0,
            counted: (!inverse).then(Vec::new),
            room: pass.index.len() / 2,
            inverse,
            missing: Vec::new(),
            others: std::array::from_fn(|_| Vec::new()),
        }
    }

    /// Scans a range of rows.
    pub(super) fn run(&mut self, rows: RowSource<'_>, range: Range<usize>) {
        let (columns, plans) = (self.pass.index.columns(), self.pass.plans);
        let neighbours = self.pass.neighbours;
        if let Some(counted) = &mut self.counted {
            counted.push((range.start, Vec::new()));
        }
        for first in range.clone().step_by(SLICE) {
            let slice = first..range.end.min(first + SLICE);
            match rows {
                RowSource::All(_) => {
                    let rows = slice.start as u32..slice.end as u32;
                    self.open.judge(columns, plans, rows.clone());
                    neighbours.raise(columns, &self.open.rows, &mut self.open.ranks);
                    self.count(rows);
                }
                RowSource::Some(rows) => {
                    let rows = rows[slice].iter().copied();
                    self.open.judge(columns, plans, rows);
                    neighbours.raise(columns, &self.open.rows, &mut self.open.ranks);
                    self.count(0..0);
                }
            }
        }
    }

    /// Tallies surviving rows; `judged` is the evaluated range, empty if sparse.
    fn count(&mut self, judged: Range<u32>) {
        self.note_counted();
        if !self.pass.plans.iter().all(CompiledTerm::is_plain) {
            self.sort_out();
        }
        self.total += self.open.rows.len();
        if self.inverse {
            self.find_missing(judged);
            self.counts.add(&self.missing);
        } else {
            self.counts.add(&self.open.rows);
        }
        if let Some(kept) = self.kept {
            let grouping = self.grouping.as_ref();
            let alone = |row: u32| grouping.is_none_or(|grouping| grouping.is_alone(row));
            let rows = self.open.rows.iter().zip(&self.open.ranks);
            let before =
                rows.filter(|(row, rank)| key(self.order, **row, **rank) < kept && alone(**row));
            self.before_kept += before.count();
        }
        self.keep_best();
    }

    /// Records the counted rows while there are few enough.
    fn note_counted(&mut self) {
        let Some(counted) = &mut self.counted else {
            return;
        };
        let Some((_, rows)) = counted.last_mut() else {
            return;
        };
        match self.room.checked_sub(self.open.rows.len()) {
            Some(room) => {
                self.room = room;
                rows.extend_from_slice(&self.open.rows);
            }
            None => self.counted = None,
        }
    }

    /// Rows that were evaluated and rejected.
    fn find_missing(&mut self, judged: Range<u32>) {
        self.missing.clear();
        let mut next = judged.start;
        for &row in &self.open.rows {
            if row != next {
                self.missing.extend(next..row);
            }
            next = row + 1;
        }
        self.missing.extend(next..judged.end);
    }

    /// Keeps only matches among the candidates, and tallies the others.
    fn sort_out(&mut self) {
        let mut matching = 0;
        for at in 0..self.open.rows.len() {
            let (row, state) = (self.open.rows[at], self.open.states[at]);
            let reasons = state.reasons();
            if reasons != 0 {
                for (reason, count) in self.unjudged.iter_mut().enumerate() {
                    *count += (reasons >> reason & 1) as usize;
                }
            }
            match state.outcome(self.pass.request.unjudged) {
                Outcome::Match => {
                    self.open.rows[matching] = row;
                    self.open.ranks[matching] = self.open.ranks[at];
                    matching += 1;
                }
                Outcome::Other(facet) => self.others[facet].push(row),
                Outcome::KeptOut(kind) => self.kept_out[kind as usize] += 1,
                Outcome::Out => {}
            }
        }
        self.open.rows.truncate(matching);
        self.open.ranks.truncate(matching);
        for (facet, rows) in self.others.iter_mut().enumerate() {
            self.counts.add_others(facet, rows);
            rows.clear();
        }
    }

    /// Adds the matches to the best rows, unless none can qualify.
    fn keep_best(&mut self) {
        let (rows, ranks) = (&self.open.rows, &self.open.ranks);
        if let Some(grouping) = &mut self.grouping {
            for (&row, &rank) in rows.iter().zip(ranks) {
                let key = key(self.order, row, rank);
                if !grouping.take(row, key) {
                    self.best.push(key);
                }
            }
            return;
        }
        if self.order.is_none() {
            let best = ranks.iter().max().zip(rows.first());
            let wanted = best.is_some_and(|(&rank, &row)| self.best.wants(key(None, row, rank)));
            if !wanted {
                return;
            }
        }
        for (&row, &rank) in rows.iter().zip(ranks) {
            self.best.push(key(self.order, row, rank));
        }
    }

    /// Merges the shards to an answer.
    pub(super) fn merge(parts: Vec<Self>) -> Option<(Matches, Option<Vec<u32>>)> {
        let mut parts = parts.into_iter();
        let mut all = parts.next()?;
        for part in parts {
            all.total += part.total;
            all.before_kept += part.before_kept;
            all.best.merge(part.best);
            if let (Some(all), Some(part)) = (&mut all.grouping, &part.grouping) {
                all.merge(part);
            }
            all.counts.merge(&part.counts);
            let kept_out = all.kept_out.iter_mut().zip(part.kept_out);
            let unjudged = all.unjudged.iter_mut().zip(part.unjudged);
            unjudged
                .chain(kept_out)
                .for_each(|(count, other)| *count += other);
            let counted = all.counted.take().zip(part.counted);
            all.counted = counted.map(|(mut all, part)| {
                all.extend(part);
                all
            });
        }
        let counted = all.counted.take().map(|mut counted| {
            counted.sort_unstable_by_key(|(start, _)| *start);
            let waves: Vec<Vec<u32>> = counted.into_iter().map(|(_, rows)| rows).collect();
            waves.concat()
        });
        Some((all.finish(), counted))
    }

    fn finish(mut self) -> Matches {
        if self.inverse {
            self.counts.complement(self.pass.index.records());
        }
        let best = std::mem::replace(&mut self.best, TopK::new(0));
        let listed = match &self.grouping {
            Some(grouping) => {
                let kept = self.kept.map(|kept| (kept, self.before_kept));
                self.pass
                    .listed(self.order, grouping, best, self.total, kept)
            }
            None => self.listed(best),
        };
        Matches {
            total: self.total,
            of: self.pass.index.len(),
            shown: listed.shown,
            rows: listed.rows,
            groupings: listed.groupings,
            kept: listed.kept,
            unjudged: unjudged(&self.unjudged),
            hidden: self.kept_out[KeptOut::Hidden as usize],
            muted: self.kept_out[KeptOut::Muted as usize],
            derived: self.counts.derived(&self.pass.request.query),
            facets: self
                .counts
                .finish(&self.pass.request.query, &self.pass.request.facet_needle),
            ..Matches::default()
        }
    }
}

impl ScanShard<'_> {
    fn listed(&self, best: TopK) -> Listed {
        let orders = self.pass.index.orders();
        let keys = best.finish().into_iter();
        let numbers = keys.map(|key| match self.order {
            Some(order) => order.number(key as u32),
            None => key as u32,
        });
        Listed {
            shown: self.total,
            rows: numbers.map(|number| orders.row(number)).collect(),
            groupings: Vec::new(),
            kept: self.kept.map(|_| self.before_kept),
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
