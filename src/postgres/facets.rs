//! Counts the matches of a plan, and their records for the facets.

use super::Engine;
use crate::search::{Cancelled, Plan, RemoteCounts, RemoteError, Request, RowList};

impl Engine {
    /// Counts the matches and their records. Each statement can be cancelled by itself.
    pub(super) fn count(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<RemoteCounts, RemoteError> {
        let mut counts = RemoteCounts::default();
        let (mut columns, mut uniform) = plan.counted();
        if columns.is_empty() {
            std::mem::swap(&mut columns, &mut uniform);
        }
        let path = plan.access_path(request.unjudged);
        let path = path.as_ref();
        let is_grouped = self.groups_rows(request)?;
        let statement = self.statements(plan, request)?;
        let statement = statement.records(&columns, path, is_grouped);
        let found = self.rows(statement, cancelled, |row| {
            let (column, record, count): (i32, i32, i32) =
                (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            Ok((column, record, count))
        })?;
        let mut records: Vec<Vec<(u32, u32)>> = vec![Vec::new(); columns.len()];
        for (column, record, count) in found {
            let at = usize::try_from(column).ok();
            if is_grouped && at == Some(columns.len()) {
                counts.grouped = usize::try_from(count).ok();
            }
            let list = at.and_then(|at| records.get_mut(at));
            if let (Some(list), Ok(record), Ok(count)) =
                (list, u32::try_from(record), u32::try_from(count))
            {
                list.push((record, count));
            }
        }
        // Every match has one record in each column.
        let first = records.first().into_iter().flatten();
        counts.total = first.map(|(_, count)| *count as usize).sum();
        counts.is_at_least = !self.reads_all(path)?;
        counts.records = columns.into_iter().zip(records).collect();
        let total = u32::try_from(counts.total).unwrap_or(u32::MAX);
        let uniform = uniform.into_iter().map(|column| (column, vec![(0, total)]));
        counts.records.extend(uniform);
        for facet in plan.own_facets() {
            let path = plan.access_path_without(facet, request.unjudged);
            counts.is_at_least |= !self.reads_all(path.as_ref())?;
            let statement = self.statements(plan, request)?;
            let statement = statement.others(facet, path.as_ref());
            let found = self.rows(statement, cancelled, |row| {
                let (record, count): (i32, i32) = (row.try_get(0)?, row.try_get(1)?);
                Ok((record, count))
            })?;
            let found = found.into_iter();
            let found = found.filter_map(|(record, count)| {
                Some((u32::try_from(record).ok()?, u32::try_from(count).ok()?))
            });
            counts.others.push((facet, found.collect()));
        }
        let verdicts = undecided(plan);
        if verdicts.is_empty() && plan.kept_out.iter().all(RowList::is_empty) {
            return Ok(counts);
        }
        let path = plan.access_path(true);
        counts.is_at_least |= !self.reads_all(path.as_ref())?;
        let statement = self.statements(plan, request)?;
        let statement = statement.counts(&verdicts, path.as_ref());
        let found = self.rows(statement, cancelled, |row| {
            let columns = 0..row.len();
            columns
                .map(|at| row.try_get::<_, i64>(at))
                .collect::<Result<Vec<_>, _>>()
        })?;
        let found = found.into_iter().next().unwrap_or_default();
        let number = |at: usize| found.get(at).and_then(|count| usize::try_from(*count).ok());
        counts.kept_out = [1, 2].map(|at| number(at).unwrap_or(0));
        counts.unjudged = verdicts
            .into_iter()
            .enumerate()
            .map(|(at, verdict)| (verdict, number(at + 3).unwrap_or(0)))
            .collect();
        Ok(counts)
    }
}

/// The verdicts by which rows may be undecided.
fn undecided(plan: &Plan) -> Vec<i32> {
    let terms = plan.terms.iter().filter(|term| term.is_unsure);
    let lists = terms.flat_map(|term| &term.any).flat_map(|one| &one.lists);
    let verdicts = lists.flat_map(|list| &list.verdicts).copied();
    let mut verdicts: Vec<i32> = verdicts.filter(|verdict| *verdict < Plan::TRUE).collect();
    verdicts.sort_unstable();
    verdicts.dedup();
    verdicts
}
