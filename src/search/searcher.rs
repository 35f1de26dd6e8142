//! What one line of typing may reuse from keystroke to keystroke.

use std::sync::Arc;

use rayon::prelude::*;

use super::index::Index;
use super::pass::{Pass, Rows};
use super::plan::{KeptOut, Plan};
use super::rows::RowSet;
use super::tables::{Judge, Tables};
use super::{Cancelled, Marks, Matches, Request};
use crate::board::Date;
use crate::board::fold::fold;
use crate::query::{Anchor, Atom, Query, State, Term, Test};

/// Bytes of tables that are kept after their atoms have left the query, so that deleting a letter finds them again.
const KEPT: usize = 4 << 20;

/// Searches an index, keystroke by keystroke.
#[derive(Debug)]
pub struct Searcher {
    index: Arc<Index>,
    /// The day that everything below holds for.
    today: Option<Date>,
    /// The marks that everything below holds for.
    marks: Arc<Marks>,
    /// The rows that they keep out, once they were asked for.
    kept_out: Option<[Arc<RowSet>; 2]>,
    /// Atoms judged before, the latest last.
    known: Vec<(Atom, Tables)>,
    last: Option<Last>,
}

/// The last search, and the rows that some part of its answer counted.
#[derive(Debug)]
struct Last {
    terms: Vec<Term>,
    hidden: bool,
    rows: Vec<u32>,
}

impl Searcher {
    /// A searcher that has not searched yet.
    pub fn new(index: Arc<Index>) -> Self {
        Self {
            index,
            today: None,
            marks: Arc::default(),
            kept_out: None,
            known: Vec::new(),
            last: None,
        }
    }

    /// Answers a request; `None` if it was cancelled on the way.
    pub fn search(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Matches> {
        // Among the threads that share the work, so that each part of it need not be brought there.
        rayon::scope(|_| self.answer(request, cancelled))
    }

    fn answer(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Matches> {
        if self.today.replace(request.today) != Some(request.today) {
            self.known.clear();
            self.last = None;
        }
        if !Arc::ptr_eq(&self.marks, &request.marks) {
            self.marks = Arc::clone(&request.marks);
            self.kept_out = None;
            self.known.retain(|(atom, _)| !atom.is_of_marks());
            self.last = None;
        }
        let mut plans = self.plans(&request.query, cancelled)?;
        plans.extend(self.keeping_out(request));
        Pass::strictest_first(&self.index, &mut plans);
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
        let narrowed = last.filter(|last| {
            last.hidden == request.hidden && narrows(&request.query.terms, &last.terms)
        });
        let rows = match &narrowed {
            Some(last) => Rows::Some(&last.rows),
            None => Rows::All(self.index.len()),
        };
        let Some((matches, counted)) = pass.run(rows, cancelled) else {
            // Nothing was learnt, so what was known before still holds.
            self.last = narrowed;
            return None;
        };
        self.last = counted.map(|rows| Last {
            terms: request.query.terms.clone(),
            hidden: request.hidden,
            rows,
        });
        Some(matches)
    }

    /// What keeps out of the result what the person hid or a rule mutes, unless the query asks for it.
    fn keeping_out(&mut self, request: &Request) -> Vec<Plan> {
        if request.hidden {
            return Vec::new();
        }
        let rows = self.index.len();
        let sets = self.kept_out.get_or_insert_with(|| {
            let hidden = self.marks.in_state(rows, State::Hidden);
            [hidden, self.marks.only_muted(rows)].map(Arc::new)
        });
        let kinds = [
            (KeptOut::Hidden, State::Hidden),
            (KeptOut::Muted, State::Muted),
        ];
        let wanted = kinds.into_iter().zip(sets.iter());
        wanted
            .filter(|((_, state), set)| !set.is_empty() && !request.query.asks_for(*state))
            .map(|((kind, _), set)| Plan::keeping_out(kind, Arc::clone(set)))
            .collect()
    }

    fn plans(&mut self, query: &Query, cancelled: Cancelled<'_>) -> Option<Vec<Plan>> {
        let atoms = || query.terms.iter().flat_map(|term| &term.any);
        let mut unknown: Vec<&Atom> = Vec::new();
        for atom in atoms() {
            let known = self.known.iter().map(|(known, _)| known);
            if !known
                .chain(unknown.iter().copied())
                .any(|known| is_same(known, atom))
            {
                unknown.push(atom);
            }
        }
        let judged = unknown.par_iter().map(|atom| {
            let tables = self.judged(atom, cancelled)?;
            Some(((*atom).clone(), tables))
        });
        let judged: Option<Vec<(Atom, Tables)>> = judged.collect();
        self.known.extend(judged?);
        let plans = query.terms.iter().map(|term| {
            let tables = term.any.iter().filter_map(|atom| self.tables(atom));
            Plan::new(term, tables.collect())
        });
        let plans = plans.collect();
        self.forget(atoms().count());
        Some(plans)
    }

    /// The tables of an atom, with the help of what was typed before it.
    fn judged(&self, atom: &Atom, cancelled: Cancelled<'_>) -> Option<Tables> {
        let mut known = self.known.iter().rev();
        let before = known.find(|(known, _)| finds_less(atom, known));
        let today = self.today.unwrap_or_default();
        let judge = Judge::new(&self.index, &self.marks, today, cancelled);
        judge.after(before.map(|(_, tables)| tables)).atom(atom)
    }

    /// The tables of an atom that is known; from now on it is the latest.
    fn tables(&mut self, atom: &Atom) -> Option<Tables> {
        let at = self
            .known
            .iter()
            .position(|(known, _)| is_same(known, atom))?;
        let entry = self.known.remove(at);
        let tables = entry.1.clone();
        self.known.push(entry);
        Some(tables)
    }

    /// Forgets the tables that were used longest ago, but for those of the query itself.
    fn forget(&mut self, used: usize) {
        let mut size: usize = self.known.iter().map(|(_, tables)| tables.size()).sum();
        while size > KEPT && self.known.len() > used {
            let (_, tables) = self.known.remove(0);
            size -= tables.size();
        }
    }
}

/// How many postings a request finds.
pub fn count(index: &Arc<Index>, request: &Request) -> usize {
    let matches = Searcher::new(Arc::clone(index)).search(request, &|| false);
    matches.map_or(0, |matches| matches.total)
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
    if atom == before || before.test == Test::Any {
        return true;
    }
    !atom.negated && !before.negated && finds_less(atom, before)
}

/// Whether two atoms ask the same, negated or not.
fn is_same(atom: &Atom, other: &Atom) -> bool {
    atom.field == other.field && atom.test == other.test
}

/// Whether everything that an atom finds, its negation left aside, is found by one that was typed before it.
fn finds_less(atom: &Atom, before: &Atom) -> bool {
    let in_it = |text: &str, before: &str| {
        let (text, before) = (fold(text), fold(before));
        let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        // A number in a title is looked at only for words with a digit.
        text.starts_with(&before) && has_digit(&text) == has_digit(&before)
    };
    match (&atom.test, &before.test) {
        _ if atom.field != before.field => false,
        (Test::Fuzzy(text), Test::Fuzzy(before)) => in_it(text, before),
        (
            Test::Literal { text, anchor },
            Test::Literal {
                text: before,
                anchor: known,
            },
        ) => *anchor == Anchor::None && anchor == known && in_it(text, before),
        _ => false,
    }
}
