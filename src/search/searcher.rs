//! What one line of typing may reuse from keystroke to keystroke.

use std::sync::Arc;

use super::index::Index;
use super::pass::{Pass, Rows};
use super::plan::Plan;
use super::tables::{Judge, Tables};
use super::word::Word;
use super::{Matches, Request};
use crate::board::Date;
use crate::query::{Anchor, Atom, Query, Term, Test};

/// Atoms whose tables are kept after they have left the query, so that deleting a letter finds them again.
const KEPT: usize = 32;

/// Searches an index, keystroke by keystroke.
#[derive(Debug)]
pub struct Searcher {
    index: Arc<Index>,
    /// The day that everything below holds for.
    today: Option<Date>,
    /// Atoms judged before, the latest last.
    known: Vec<(Atom, Tables)>,
    /// The terms of the last search, and the rows that some part of its answer counted.
    last: Option<(Vec<Term>, Vec<u32>)>,
}

impl Searcher {
    /// A searcher that has not searched yet.
    pub fn new(index: Arc<Index>) -> Self {
        Self {
            index,
            today: None,
            known: Vec::new(),
            last: None,
        }
    }

    /// Answers a request; `None` if it was cancelled on the way.
    pub fn search(&mut self, request: &Request, cancelled: &dyn Fn() -> bool) -> Option<Matches> {
        if self.today.replace(request.today) != Some(request.today) {
            self.known.clear();
            self.last = None;
        }
        let plans = self.plans(&request.query, cancelled)?;
        let pass = Pass {
            index: &self.index,
            request,
            plans: &plans,
        };
        if plans.is_empty() {
            self.last = None;
            return (!cancelled()).then(|| pass.everything());
        }
        let last = self.last.take();
        let narrowed = last.filter(|(terms, _)| narrows(&request.query.terms, terms));
        let rows = match &narrowed {
            Some((_, rows)) => Rows::Some(rows),
            None => Rows::All(self.index.len()),
        };
        let mut open = Vec::new();
        let matches = pass.run(rows, &mut open, cancelled);
        if matches.is_some() {
            self.last = Some((request.query.terms.clone(), open));
        } else {
            // Nothing was learnt, so what was known before still holds.
            self.last = narrowed;
        }
        matches
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
        let tables = Judge::new(&self.index, today, cancelled).atom(atom)?;
        if self.known.len() == KEPT {
            self.known.remove(0);
        }
        self.known.push((atom.clone(), tables.clone()));
        Some(tables)
    }
}

/// Whether a row that `terms` do not rule out was not ruled out by `before` either, so that only those need be looked at.
fn narrows(terms: &[Term], before: &[Term]) -> bool {
    let pairs = terms.iter().zip(before);
    terms.len() >= before.len()
        && pairs
            .clone()
            .all(|(term, before)| term_narrows(term, before))
}

fn term_narrows(term: &Term, before: &Term) -> bool {
    let mut pairs = term.any.iter().zip(&before.any);
    term.any.len() == before.any.len() && pairs.all(|(atom, before)| atom_narrows(atom, before))
}

fn atom_narrows(atom: &Atom, before: &Atom) -> bool {
    let plain = !atom.negated && !before.negated;
    match (&atom.test, &before.test) {
        _ if atom == before => true,
        _ if before.test == Test::Any => true,
        _ if !plain || atom.field != before.field => false,
        (Test::Fuzzy(word), Test::Fuzzy(before)) => {
            let (word, before) = (Word::new(word), Word::new(before));
            // A number in a title is looked at only for words with a digit.
            word.text.starts_with(&before.text) && word.has_digit() == before.has_digit()
        }
        (
            Test::Literal {
                text,
                anchor: Anchor::None,
            },
            Test::Literal {
                text: before,
                anchor: Anchor::None,
            },
        ) => {
            let (text, before) = (Word::new(text).text, Word::new(before).text);
            text.starts_with(&before)
        }
        _ => false,
    }
}
