//! Mute rules and news on a server.

use std::sync::Arc;

use super::Engine;
use super::engine::AppliedRules;
use crate::search::{Cancelled, FetchedRow, Plan, PlannedRules, RemoteError, Request};

impl Engine {
    /// Applies the rules of a request to its plan.
    pub(super) fn apply_rules(
        &mut self,
        plan: &mut Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        let Some(rules) = request.marks.rules() else {
            self.opened()?.rules = None;
            return Ok(());
        };
        let known = self.opened()?.rules.as_ref();
        let known = known.filter(|known| known.rules == *rules);
        let planned = if let Some(known) = known {
            Arc::clone(&known.planned)
        } else {
            let index = Arc::clone(self.opened()?.searcher.index());
            let mut complete = |terms: &mut Vec<_>| self.describe(terms, cancelled);
            let planned = PlannedRules::plan(&index, rules, &mut complete, cancelled)?;
            let planned = Arc::new(planned.ok_or(RemoteError::Cancelled)?);
            self.opened()?.rules = Some(AppliedRules {
                rules: Arc::clone(rules),
                planned: Arc::clone(&planned),
            });
            planned
        };
        plan.apply(&planned, &request.marks);
        Ok(())
    }

    /// Notes which of the listed rows a mute rule matches, for their marks.
    pub(super) fn note_muted(&mut self, rows: &[u32]) -> Result<(), RemoteError> {
        let open = self.opened()?;
        let rules = open.rules.as_ref();
        open.store.note_muted(rows, |number, fetched| {
            let row = FetchedRow {
                number: number.cast_signed(),
                records: &fetched.records,
                publications: fetched.publications,
            };
            rules.is_some_and(|rules| rules.planned.mutes(row))
        });
        Ok(())
    }
}
