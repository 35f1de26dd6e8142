//! Counts the matches of requests that are not listed: of views, and of queries that are suggested.

use std::time::Duration;

use super::Engine;
use super::connection::STATEMENT;
use crate::search::{Cancelled, Matches, RemoteCounts, RemoteError, Request, in_other_words};

/// Longest time for one of them: nobody waits for it.
pub(super) const LIMIT: Duration = Duration::from_secs(2);

impl Engine {
    /// The answer to a request without rows and facets; an error if it cannot be counted in little time.
    pub(super) fn count_alone(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Matches, RemoteError> {
        self.set_limit(LIMIT, cancelled)?;
        let mut again = |request: &Request| self.count_as_asked(request, cancelled);
        let counted = again(request).and_then(|found| in_other_words(request, found, &mut again));
        match counted {
            // A new connection has the usual limit.
            Err(error @ RemoteError::Lost(_)) => Err(error),
            counted => {
                self.set_limit(STATEMENT, &|| false)?;
                counted
            }
        }
    }

    pub(super) fn set_limit(
        &mut self,
        limit: Duration,
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        let text = format!("SET statement_timeout = {}", limit.as_millis());
        self.call(cancelled, move |client| client.batch_execute(&text))
    }

    fn count_as_asked(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Matches, RemoteError> {
        let plan = self.plan(request, cancelled)?;
        let is_partial = self.opened()?.reachable.is_some();
        let path = plan.access_path(request.unjudged);
        let total = if plan.matches_all() && !is_partial {
            self.opened()?.searcher.index().len()
        } else {
            let statement = self.statements(&plan, request)?.total(path.as_ref());
            let counts = self.rows(statement, cancelled, |row| row.try_get::<_, i64>(0))?;
            let count = counts.first().copied().unwrap_or(0);
            usize::try_from(count).unwrap_or(0)
        };
        let counts = RemoteCounts {
            total,
            is_at_least: is_partial || !self.reads_all(path.as_ref())?,
            ..RemoteCounts::default()
        };
        Ok(self
            .opened()?
            .searcher
            .matches(request, &plan, &counts, false))
    }
}
