//! Finds the first rows of a plan, in order.

use super::Engine;
use super::sql::Statement;
use crate::search::{Cancelled, Plan, RemoteError, Request};

/// Samples that are tried before all matches are put in order.
const SAMPLES: u32 = 2;
/// A larger sample is tried before more rows than this are read.
const MANY: u64 = 100_000;
/// How many times as many rows are gone through next, if too few of them match.
const GROWTH: usize = 16;

impl Engine {
    /// Numbers of the first rows of a plan, as the server lists them.
    pub(super) fn first(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<i32>, RemoteError> {
        let limit = request.limit;
        if let Some(found) = self.first_by_rank(plan, request, cancelled)? {
            return Ok(found);
        }
        let all = self.opened()?.searcher.index().len();
        let path = plan.access_path(request.unjudged);
        let path = path.filter(|path| plan.is_faster(path, (limit, all)));
        let statements = self.statements(plan, request)?;
        let found = match (path, plan.order_of_rows()) {
            (Some(path), _) => self.numbers(statements.window(limit, &path), cancelled)?,
            (None, Some(key)) => {
                let statement = statements.window_by_key(limit, key, true);
                let mut found = self.numbers(statement, cancelled)?;
                if found.len() < limit {
                    let missing = limit - found.len();
                    let statements = self.statements(plan, request)?;
                    let statement = statements.window_by_key(missing, key, false);
                    found.extend(self.numbers(statement, cancelled)?);
                }
                found
            }
            (None, None) => {
                let mut found = Vec::new();
                // Rows of equal rank are in order: the first of them are among the first of all.
                let mut end = plan.enough_rows(limit, all);
                let mut start = 0;
                while start < all && found.len() < limit {
                    let statements = self.statements(plan, request)?;
                    let statement = statements.window_of_range(limit - found.len(), start..end);
                    found.extend(self.numbers(statement, cancelled)?);
                    start = end;
                    end = end.saturating_mul(GROWTH).min(all);
                }
                found
            }
        };
        Ok(found.into_iter().map(|(number, _)| number).collect())
    }

    /// The same by the records that allow the highest ranks; `None` if that takes longer than to rank all matches.
    fn first_by_rank(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Option<Vec<i32>>, RemoteError> {
        let limit = request.limit;
        let open = self.opened()?;
        let all = open.searcher.index().len() as u64;
        // Citus limits no rows for each of several records: its workers rank all of theirs.
        if open.is_distributed() {
            return Ok(None);
        }
        let Some(ranking) = open.searcher.ranking(plan) else {
            return Ok(None);
        };
        let matches = plan.reach(request.unjudged).unwrap_or(all);
        if limit == 0 || matches <= ranking.few() {
            return Ok(None);
        }
        // Most contenders are rejected before they are ranked.
        let most = matches.saturating_mul(2);
        let mut least = None;
        for effort in 0..SAMPLES {
            let sample = ranking.sample(limit, effort);
            let statement = self
                .statements(plan, request)?
                .first_sampled(limit, &sample);
            let found = self.numbers(statement, cancelled)?;
            let worst = found.last().filter(|_| found.len() == limit);
            least = least.max(worst.and_then(|(_, place)| place.checked_neg()));
            let Some(least) = least else {
                continue;
            };
            let contenders = ranking.contenders(least, limit);
            let is_last = effort + 1 == SAMPLES;
            if contenders.postings <= if is_last { most } else { most.min(MANY) } {
                let statement = self.statements(plan, request)?;
                let statement = statement.first_contenders(limit, &contenders);
                let found = self.numbers(statement, cancelled)?;
                let found: Vec<i32> = found.into_iter().map(|(number, _)| number).collect();
                return Ok(Some(found).filter(|found| found.len() == limit));
            }
        }
        Ok(None)
    }

    /// Runs a statement for numbers of rows with their places.
    pub(super) fn numbers(
        &mut self,
        statement: Statement,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<(i32, i64)>, RemoteError> {
        self.rows(statement, cancelled, |row| {
            Ok((row.try_get(0)?, row.try_get(1)?))
        })
    }
}
