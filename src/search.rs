//! Finding: a [`Query`] over an [`Index`] gives [`Matches`].
//!
//! The index is built once from a board and never changes; a [`Searcher`] holds what one line of typing may reuse from
//! keystroke to keystroke. Everything that a screen shows of a board is asked for here: rows, counts, facets.

mod advice;
mod column;
mod columns;
mod description;
mod everything;
mod explain;
mod facets;
mod flat;
mod folding;
mod folds;
mod fuzzy;
mod highlight;
mod index;
mod lanes;
mod least;
mod lit;
mod marks;
mod neighbours;
mod open;
mod order;
mod pass;
mod place_test;
mod places;
mod plan;
mod reach;
mod requisition;
mod row_facts;
mod rows;
mod searcher;
mod tables;
mod test;
mod texts;
mod values;
mod verdict;
mod word;
mod words;

use std::fmt;
use std::sync::Arc;

use crate::board::{Date, Posting};
use crate::query::{Field, Query, Selection};

pub use advice::{Advice, Suggestion, advise};
pub use explain::{
    Explanation, PostingExplanation, TermExplanation, TermMatch, WordMatch, WordUse, explain,
};
pub use flat::{Array, Arrays};
pub use highlight::{Highlighter, Highlights, Rank, Ranker, word_ranges};
pub use index::Index;
pub use marks::{Marks, RowMarks};
pub use row_facts::{RowFacts, Sourced};
pub use searcher::{Searcher, count};
pub use verdict::Tier;
pub use words::{Assumption, AssumptionKind, Readings, Refusal, Refused};

/// Tells whether an answer is no longer wanted.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// A posting's position on its board, as the index knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

/// What is asked.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the screen"
)]
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The query.
    pub query: Query,
    /// The day it is asked on.
    pub today: Date,
    /// Whether postings that a filter cannot judge belong to the result.
    pub unjudged: bool,
    /// Whether words are also taken for others where the board has what was typed, and for their letters in order.
    pub loose: bool,
    /// Whether completions of the last word are wanted.
    pub complete: bool,
    /// How many rows are wanted in order; more are only counted.
    pub limit: usize,
    /// A row whose place in the result is wanted.
    pub keep: Option<Row>,
    /// What the person marked.
    pub marks: Arc<Marks>,
    /// Whether what is hidden or muted belongs to the result; where the query asks for it, it does.
    pub hidden: bool,
    /// Whether one row stands for all postings that say the same, once these were found.
    pub fold: bool,
    /// Only facet values that hold this text are listed; all of them where it is empty.
    pub facet_needle: String,
    /// Rows whose like are shown one by one all the same.
    pub opened: Vec<Row>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches {
    /// How many postings match.
    pub total: usize,
    /// How many there are.
    pub of: usize,
    /// How many rows the list of them has: fewer, where one row stands for several.
    pub shown: usize,
    /// The first of these, in order.
    pub rows: Vec<Row>,
    /// How each of these stands to others that say the same; empty where nothing is folded.
    pub folds: Vec<Fold>,
    /// Where the row that was to be kept, or the one that stands for it, stands in the whole list, if it matches.
    pub kept: Option<usize>,
    /// What could not be judged, reason by reason; empty where everything could.
    pub unjudged: Vec<Unjudged>,
    /// How many more would match, had the person not hidden them.
    pub hidden: usize,
    /// How many more would match, but for the mute rules.
    pub muted: usize,
    /// For each field that the query asks for, how many of the matches have a value that was read out of their text.
    pub derived: Vec<(Field, usize)>,
    /// The facets, in the order of the filters pane; those without any value are left out.
    pub facets: Vec<Facet>,
    /// What the words of the query were taken for.
    pub readings: Readings,
    /// Words of the board that complete the last word of the query, most common first, with how often they occur.
    pub completions: Vec<(String, u64)>,
}

/// How a row of a list stands to others that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fold {
    /// There are none.
    #[default]
    Alone,
    /// It stands for them.
    Closed(Alike),
    /// They stand below it.
    Open(Alike),
    /// It stands below the first of them.
    Within,
}

/// Postings that say the same as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// How many of them match.
    pub more: usize,
    /// Whether each is in other places.
    pub places: bool,
}

impl Fold {
    /// How many others the row stands for.
    pub fn more(self) -> usize {
        match self {
            Self::Closed(alike) | Self::Open(alike) => alike.more,
            Self::Alone | Self::Within => 0,
        }
    }
}

impl Readings {
    /// The words of a posting that answer words of the query but are not what was typed, as typed and with the match.
    pub fn assumed_in(&self, posting: &Posting) -> Vec<(String, WordMatch)> {
        let best = self.iter().filter_map(|reading| {
            let best = reading.best_in(posting)?;
            (!best.is_typed).then(|| (reading.typed.text.clone(), best))
        });
        best.collect()
    }
}

impl Matches {
    /// How a row of the list stands to others that say the same.
    pub fn fold(&self, at: usize) -> Fold {
        self.folds.get(at).copied().unwrap_or_default()
    }

    /// How many of the matches have no row of their own.
    pub fn folded(&self) -> usize {
        self.total - self.shown.min(self.total)
    }
}

/// Postings that all other terms let through and that one could not judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unjudged {
    /// The field that the term asks about.
    pub field: Field,
    /// Why it cannot be judged.
    pub reason: Reason,
    /// How many postings.
    pub count: usize,
}

/// Why a posting cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It does not say.
    Absent,
    /// It says so in another currency or period.
    Incomparable,
}

impl fmt::Display for Unjudged {
    /// `2 have no salary`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, field) = (self.count, self.field.name());
        let (has, is) = if count == 1 {
            ("has", "is")
        } else {
            ("have", "are")
        };
        match (self.reason, self.field) {
            (Reason::Absent, Field::Posted) => write!(f, "{count} {has} no date"),
            (Reason::Absent, Field::Closes) => write!(f, "{count} {has} no closing date"),
            (Reason::Absent, Field::Years) => write!(f, "{count} {has} no years of experience"),
            (Reason::Absent, Field::Skill) => write!(f, "{count} {has} no skills"),
            (Reason::Absent, Field::Speaks) => write!(f, "{count} {has} no required language"),
            (Reason::Absent, Field::Sponsorship | Field::Clearance) => {
                write!(f, "{count} {has} no word on {field}")
            }
            (Reason::Absent, Field::Near) => write!(f, "{count} {has} no known place"),
            (Reason::Absent, Field::From) => write!(f, "{count} {has} no known country"),
            (Reason::Absent, _) => write!(f, "{count} {has} no {field}"),
            (Reason::Incomparable, _) => write!(f, "{count} {is} paid in another way"),
        }
    }
}

/// The values of one field among the postings that all other fields let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// The most frequent values, and every selected one.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub distinct: usize,
    /// How many postings have a value that was read out of their text.
    pub derived: usize,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as a query writes it.
    pub value: String,
    /// How many postings have it.
    pub count: usize,
    /// What the query says about it.
    pub selection: Selection,
}

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
