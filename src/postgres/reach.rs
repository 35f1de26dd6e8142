//! Tells which of several servers can be reached.

use std::time::{Duration, Instant};

use super::{Engine, parts};
use crate::search::{Cancelled, RemoteError};

/// Longest wait for the server of a part when it is asked whether it is there.
const ASKING: Duration = Duration::from_secs(2);

impl Engine {
    /// Asks the servers of the parts which of them can be reached; whether that is some but not all.
    pub(super) fn find_reachable(&mut self, cancelled: Cancelled<'_>) -> Result<bool, RemoteError> {
        let open = self.opened()?;
        let (parts, generation) = (open.parts.clone(), open.generation);
        let mut reachable = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let table = self.address.table(&parts::table(generation, at));
            let asked = self.call(cancelled, move |client| {
                let mut transaction = client.transaction()?;
                let limit = ASKING.as_millis();
                transaction.batch_execute(&format!("SET LOCAL statement_timeout = {limit}"))?;
                transaction.query_typed(&format!("SELECT FROM {table} LIMIT 1"), &[])?;
                Ok(())
            });
            match asked {
                Ok(()) => reachable.push(*part),
                Err(RemoteError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let (found, all) = (reachable.len(), parts.len());
        let open = self.opened()?;
        let before = open
            .reachable
            .as_ref()
            .map_or(all, |(parts, _)| parts.len());
        open.reachable = (found < all).then(|| (reachable, Instant::now()));
        if found != before {
            // Rows found in descriptions, and facets, are those of the servers before.
            open.described.clear();
            open.rules = None;
            self.notice = Some(match found {
                found if found == all => "all servers answer again".to_owned(),
                found => {
                    let answer = if found == 1 { "answers" } else { "answer" };
                    let others = if all - found == 1 { "other" } else { "others" };
                    format!(
                        "{found} of {all} servers {answer}: postings of the {others} are missing"
                    )
                }
            });
        }
        Ok((1..all).contains(&found))
    }
}
