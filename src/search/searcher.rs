//! What one line of typing may reuse from keystroke to keystroke.

use std::sync::Arc;

use super::index::Index;
use super::pass::{Pass, Plan};
use super::tables::{Judge, Tables};
use super::{Matches, Request};
use crate::board::Date;
use crate::query::{Atom, Query};

/// Atoms whose tables are kept after they have left the query, so that deleting a letter finds them again.
const KEPT: usize = 32;

/// Searches an index, keystroke by keystroke.
#[derive(Debug)]
pub struct Searcher {
    index: Arc<Index>,
    /// The day that the tables hold for.
    today: Option<Date>,
    /// Atoms judged before, the latest last.
    known: Vec<(Atom, Tables)>,
}

impl Searcher {
    /// A searcher that has not searched yet.
    pub fn new(index: Arc<Index>) -> Self {
        Self {
            index,
            today: None,
            known: Vec::new(),
        }
    }

    /// Answers a request; `None` if it was cancelled on the way.
    pub fn search(&mut self, request: &Request, cancelled: &dyn Fn() -> bool) -> Option<Matches> {
        if self.today.replace(request.today) != Some(request.today) {
            self.known.clear();
        }
        let plans = self.plans(&request.query, cancelled)?;
        let order = self.index.order(&request.query);
        Pass::new(request, self.index.columns(), order, &plans).run(cancelled)
    }

    fn plans(&mut self, query: &Query, cancelled: &dyn Fn() -> bool) -> Option<Vec<Plan>> {
        let mut plans = Vec::with_capacity(query.terms.len());
        for term in &query.terms {
            let mut tables = Vec::with_capacity(term.any.len());
            for atom in &term.any {
                tables.push(self.tables(atom, cancelled)?);
            }
            plans.push(Plan::new(term, tables));
        }
        Some(plans)
    }

    /// The tables of an atom: those known, else new ones.
    fn tables(&mut self, atom: &Atom, cancelled: &dyn Fn() -> bool) -> Option<Tables> {
        let asked = |known: &Atom| known.field == atom.field && known.test == atom.test;
        if let Some(at) = self.known.iter().position(|(known, _)| asked(known)) {
            let entry = self.known.remove(at);
            let tables = entry.1.clone();
            self.known.push(entry);
            return Some(tables);
        }
        let today = self.today.unwrap_or_default();
        let index = &self.index;
        let tables = Judge::new(index.board(), index.columns(), today, cancelled).atom(atom)?;
        if self.known.len() == KEPT {
            self.known.remove(0);
        }
        self.known.push((atom.clone(), tables.clone()));
        Some(tables)
    }
}
