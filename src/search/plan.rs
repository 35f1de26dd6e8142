//! A term made ready for a pass over the rows.

use std::sync::Arc;

use super::facets::{FACETS, own_facet};
use super::rows::RowSet;
use super::tables::Tables;
use super::verdict::{UNJUDGED, Verdict, is_doubtful};
use crate::query::{Atom, Field, Term, Test};

/// A term as tables.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The facet that all of the term is about.
    facet: Option<usize>,
    /// Whether it may be unable to say.
    unsure: bool,
    /// Whether it is a term of the query, and not what keeps out what is hidden.
    is_of_query: bool,
    /// The alternatives, each with whether it is negated.
    any: Vec<(bool, Tables)>,
}

impl Plan {
    /// A term whose atoms have these tables.
    pub(super) fn new(term: &Term, tables: Vec<Tables>) -> Self {
        // What is unfinished matches everything, also under `!`.
        let negated = term.any.iter().zip(tables);
        let any = negated.map(|(atom, tables)| (atom.negated && !tables.all, tables));
        let unsure = |atom: &Atom| match atom.test {
            Test::Date(_) | Test::Salary(_) | Test::Years(_) | Test::Near(_) | Test::From(_) => {
                true
            }
            Test::Absent => false,
            _ => atom
                .field
                .is_some_and(|field| field == Field::Years || is_doubtful(field)),
        };
        Self {
            facet: own_facet(term),
            unsure: term.any.iter().any(unsure),
            is_of_query: true,
            any: any.collect(),
        }
    }

    /// Keeps these rows out of the result, and has them counted by themselves.
    pub(super) fn keeping_out(kind: KeptOut, rows: Arc<RowSet>) -> Self {
        Self {
            facet: Some(FACETS.len() + kind as usize),
            unsure: false,
            is_of_query: false,
            any: vec![(true, Tables::of_rows(rows))],
        }
    }

    /// The alternatives, each with whether it is negated.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = (bool, &Tables)> {
        self.any.iter().map(|(negated, tables)| (*negated, tables))
    }

    /// Whether the term adds to ranks.
    pub(super) fn is_ranked(&self) -> bool {
        self.is_of_query
    }

    /// Whether every row passes and none of them gains by it, as long as the term is unfinished.
    pub(super) fn passes_all(&self) -> bool {
        matches!(self.any.as_slice(), [(false, tables)] if tables.all)
    }

    /// Whether a row that the term is false of is lost, and all others pass.
    pub(super) fn is_plain(&self) -> bool {
        self.facet.is_none() && !self.unsure || self.passes_all()
    }

    /// Whether no row can pass, nor be counted for the term's own facet.
    pub(super) fn rules_all_out(&self) -> bool {
        let never = |(negated, tables): &(bool, Tables)| !negated && tables.is_empty();
        self.facet.is_none() && self.any.iter().all(never)
    }

    /// What a verdict of this term leaves a row.
    pub(super) fn state(&self, verdict: Verdict) -> State {
        let facet = self.facet.unwrap_or(NO_FACET);
        match verdict.is_unjudged() {
            Some(reason) => State(1 << (UNSURE + facet) | 1 << (REASONS + reason)),
            None if verdict.is_true() => State::default(),
            None => State(1 << facet),
        }
    }
}

/// Why rows are kept out that the query lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptOut {
    /// The person hid them.
    Hidden,
    /// A mute rule says so.
    Muted,
}

/// Which terms say no of a row, and which cannot say: a bit for each facet, for each reason to keep rows out, and one
/// for what is about none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State(u64);

const NO_FACET: usize = FACETS.len() + 2;
const UNSURE: usize = NO_FACET + 1;
const REASONS: usize = 2 * UNSURE;
const BITS: u64 = (1 << UNSURE) - 1;
const _: () = assert!(REASONS + UNJUDGED.len() <= u64::BITS as usize);

impl State {
    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a row may still match, or be counted for one facet.
    pub(super) fn is_open(self) -> bool {
        let failed = self.0 & BITS;
        failed & failed.wrapping_sub(1) == 0 && failed != 1 << NO_FACET
    }

    /// Where a row is counted, given whether what is unjudged belongs to the result.
    pub(super) fn outcome(self, unjudged: bool) -> Outcome {
        let unsure = if unjudged { 0 } else { self.0 >> UNSURE & BITS };
        let blocked = self.0 & BITS | unsure;
        if blocked == 0 {
            return Outcome::Match;
        }
        let facet = blocked.trailing_zeros() as usize;
        match facet.checked_sub(FACETS.len()) {
            _ if !blocked.is_power_of_two() => Outcome::Out,
            None => Outcome::Other(facet),
            Some(0) => Outcome::KeptOut(KeptOut::Hidden),
            Some(1) => Outcome::KeptOut(KeptOut::Muted),
            Some(_) => Outcome::Out,
        }
    }

    /// Bits of the reasons why a row cannot be judged, where nothing else keeps it out.
    pub(super) fn reasons(self) -> u32 {
        if self.0 & BITS == 0 {
            (self.0 >> REASONS) as u32
        } else {
            0
        }
    }
}

/// Where a row is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It matches.
    Match,
    /// Only terms about this facet keep it out.
    Other(usize),
    /// Only this keeps it out.
    KeptOut(KeptOut),
    /// Nowhere.
    Out,
}
