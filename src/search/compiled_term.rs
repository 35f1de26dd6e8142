//! Terms compiled for a scan.

use std::sync::Arc;

use super::facets::{FACETS, own_facet};
use super::rows::RowSet;
use super::tables::VerdictTables;
use super::verdict::{UNJUDGED, Verdict, is_doubtful};
use crate::query::{Atom, Field, Term, Test};

/// A term compiled to tables.
#[derive(Debug, Clone)]
pub(super) struct CompiledTerm {
    /// The facet that the term belongs to.
    facet: Option<usize>,
    /// Whether it may be undecided.
    unsure: bool,
    /// Whether it is part of the query, rather than a filter for hidden rows.
    is_of_query: bool,
    /// Alternatives, each with its negation.
    any: Vec<(bool, VerdictTables)>,
}

impl CompiledTerm {
    /// Compiles a term, given the tables of its atoms.
    pub(super) fn new(term: &Term, tables: Vec<VerdictTables>) -> Self {
        // Unfinished terms match everything, even when negated.
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

    /// A filter that excludes these rows and counts them separately.
    pub(super) fn keeping_out(kind: KeptOut, rows: Arc<RowSet>) -> Self {
        Self {
            facet: Some(FACETS.len() + kind as usize),
            unsure: false,
            is_of_query: false,
            any: vec![(true, VerdictTables::of_rows(rows))],
        }
    }

    /// Alternatives, each with its negation.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = (bool, &VerdictTables)> {
        self.any.iter().map(|(negated, tables)| (*negated, tables))
    }

    /// Whether a row may be undecided.
    pub(super) fn is_unsure(&self) -> bool {
        self.unsure
    }

    /// Whether the term contributes to ranks.
    pub(super) fn is_ranked(&self) -> bool {
        self.is_of_query
    }

    /// Whether every row matches without gaining rank, because the term is unfinished.
    pub(super) fn passes_all(&self) -> bool {
        matches!(self.any.as_slice(), [(false, tables)] if tables.all)
    }

    /// Whether the term either accepts or drops a row.
    pub(super) fn is_plain(&self) -> bool {
        self.facet.is_none() && !self.unsure || self.passes_all()
    }

    /// Whether no row can match, or be counted for the term's facet.
    pub(super) fn rules_all_out(&self) -> bool {
        let never = |(negated, tables): &(bool, VerdictTables)| !negated && tables.is_empty();
        self.facet.is_none() && self.any.iter().all(never)
    }

    /// State of a row after this verdict.
    pub(super) fn state(&self, verdict: Verdict) -> RejectMask {
        let facet = self.facet.unwrap_or(NO_FACET);
        match verdict.is_unjudged() {
            Some(reason) => RejectMask(1 << (UNSURE + facet) | 1 << (REASONS + reason)),
            None if verdict.is_true() => RejectMask::default(),
            None => RejectMask(1 << facet),
        }
    }
}

/// Why a matching row is excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptOut {
    /// The user hid it.
    Hidden,
    /// A mute rule matches.
    Muted,
}

/// Terms that reject a row, and terms that cannot decide it: one bit for each facet, for each exclusion reason, and for
/// all other terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RejectMask(u64);

const NO_FACET: usize = FACETS.len() + 2;
const UNSURE: usize = NO_FACET + 1;
const REASONS: usize = 2 * UNSURE;
const BITS: u64 = (1 << UNSURE) - 1;
const _: () = assert!(REASONS + UNJUDGED.len() <= u64::BITS as usize);

impl RejectMask {
    /// Combines two states.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a row may still match, or be counted for one facet.
    pub(super) fn is_open(self) -> bool {
        let failed = self.0 & BITS;
        failed & failed.wrapping_sub(1) == 0 && failed != 1 << NO_FACET
    }

    /// Where a row is counted, given whether undecided rows are included.
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

    /// Bits of the reasons why a row is undecided, if nothing else rejects it.
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
    /// As a match.
    Match,
    /// For this facet only, whose own terms reject it.
    Other(usize),
    /// As excluded for this reason only.
    KeptOut(KeptOut),
    /// Nowhere.
    Out,
}
