//! Counts what the matches of a request say, for statistics.

use super::Engine;
use super::connection::{STATEMENT, TOO_SLOW};
use super::counting::LIMIT;
use crate::search::{Cancelled, Plan, RemoteError, RemoteTally, Request, TALLIED, Tally};

impl Engine {
    /// Counts all matches, whatever the number that searches count to: statistics of a part of them say nothing.
    pub(super) fn tally_all(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Tally, RemoteError> {
        let plan = self.plan(request, cancelled)?;
        let path = plan.access_path(request.unjudged);
        if self.reads_all(path.as_ref())? {
            return self.tally_plan(&plan, request, cancelled);
        }
        // The panes ask for it after each search, and most of the time nobody looks at it.
        self.set_limit(LIMIT, cancelled)?;
        let tallied = self.tally_plan(&plan, request, cancelled);
        if !matches!(tallied, Err(RemoteError::Lost(_))) {
            self.set_limit(STATEMENT, &|| false)?;
        }
        tallied.map_err(|error| match error {
            RemoteError::Refused(why) if why.ends_with(TOO_SLOW) => {
                RemoteError::Refused(TOO_SLOW.to_owned())
            }
            error => error,
        })
    }

    fn tally_plan(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Tally, RemoteError> {
        let recent = self.opened()?.searcher.recent_records(request.today);
        let statement = self.statements(plan, request)?.tally(&TALLIED, recent);
        let found = self.rows(statement, cancelled, |row| {
            let numbers: [i32; 4] = [
                row.try_get(0)?,
                row.try_get(1)?,
                row.try_get(2)?,
                row.try_get(3)?,
            ];
            Ok(numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX)))
        })?;
        let mut tally = RemoteTally {
            records: vec![Vec::new(); TALLIED.len()],
            ..RemoteTally::default()
        };
        let all = self.opened()?.searcher.index().len();
        for [kind, first, second, count] in found {
            if count as usize > all {
                return Err(self.named(RemoteError::Refused(
                    "the server counts more postings than there are".to_owned(),
                )));
            }
            match kind as usize {
                kind if kind < TALLIED.len() => tally.records[kind].push((first, count)),
                kind if kind == TALLIED.len() => tally.stays.push((first, second, count)),
                _ => tally.recent_skills.push((first, count)),
            }
        }
        Ok(self
            .opened()?
            .searcher
            .tally_elsewhere(request.today, &tally))
    }
}
