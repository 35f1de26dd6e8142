//! Search: a [`Query`] over an [`Index`] gives [`Matches`].
//!
//! The index is built once from a board and is immutable; a [`Searcher`] caches what one line of typing can reuse from
//! keystroke to keystroke. Everything that a screen shows of a board comes from here: rows, counts, facets.

mod advice;
mod batches;
mod candidates;
mod column;
mod columns;
mod compiled_term;
mod complete;
mod description;
mod duplicates;
mod empty_query;
mod entry;
mod explain;
mod facets;
mod flat;
mod fuzzy;
mod grapheme_ranges;
mod grouping;
mod highlight;
mod index;
mod likeness;
mod marks;
mod name_table;
mod neighbours;
mod order;
mod place_names;
mod place_test;
mod places;
mod predicates;
mod reach;
mod remote;
mod rephrase;
mod requisition;
mod row_facts;
mod rows;
mod scan;
mod searcher;
mod simd_score;
mod tables;
mod tally;
mod texts;
mod top_k;
mod values;
mod verdict;
mod word;
mod words;

use std::fmt;
use std::sync::Arc;

use crate::board::{Date, Posting};
use crate::query::{Field, Query, Selection};

use advice::LITTLE;
pub use advice::{Advice, Suggestion, advise, advise_counting};
pub use columns::ColumnId;
pub use complete::Completion;
pub use entry::{Entry, EntryPlace};
pub use explain::{
    Explanation, PostingExplanation, TermExplanation, TermMatch, WordMatch, WordUse, explain,
};
pub use flat::{Array, Arrays, day, to_day};
pub use highlight::{Highlighter, Highlights, Rank, Ranker, word_ranges};
pub use index::Index;
pub use likeness::{SimilarPosting, similar};
pub use marks::{Marks, RowMarks};
pub use name_table::{NameTable, PlaceName};
pub use remote::{
    AccessPath, Alternative, ContenderPart, Contenders, DescriptionTest, FetchedRow, News, Plan,
    PlannedOrder, PlannedRules, PlannedTerm, Publication, Ranking, Record, RemoteCounts,
    RemoteEngine, RemoteError, RemoteGroup, RemoteRow, RemoteRules, RowList, RowRecords, RowRule,
    Sample, Since, VerdictList, Vocabulary,
};
pub use rephrase::{Rephrased, in_other_words};
pub use row_facts::{RowFacts, Sourced};
pub use searcher::{Searcher, count};
pub use tally::{CityCount, Count, PayCount, RECENT, RemoteTally, SkillCount, TALLIED, Tally};
pub use verdict::Tier;
pub use words::{Assumption, AssumptionKind, Readings, Refusal, Refused};

/// Returns whether the answer is no longer needed.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// Position of a posting on its board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

/// A search request.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the screen"
)]
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The query.
    pub query: Query,
    /// Date for relative terms.
    pub today: Date,
    /// Whether postings that filters cannot decide are included.
    pub unjudged: bool,
    /// Whether words are also taken for others where the board has what was typed, and for their letters in order.
    pub loose: bool,
    /// Whether a query that finds little may be answered without small words, and with words offered in place of others.
    pub rephrase: bool,
    /// Whether completions of the last word are wanted.
    pub complete: bool,
    /// Number of rows to return; further ones are only counted.
    pub limit: usize,
    /// A row whose position in the result is requested.
    pub keep: Option<Row>,
    /// The user's marks.
    pub marks: Arc<Marks>,
    /// Whether hidden and muted postings are included; they always are if the query tests for them.
    pub hidden: bool,
    /// Whether duplicates are grouped, once they are known.
    pub group: bool,
    /// Only list facet values that contain this text; all if empty.
    pub facet_needle: String,
    /// Rows whose duplicate groups are expanded.
    pub opened: Vec<Row>,
    /// The row of which similar postings are requested, in place of what the query finds.
    pub like: Option<Row>,
}

/// Result of a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches {
    /// Number of matching postings.
    pub total: usize,
    /// Number of all postings.
    pub of: usize,
    /// Number of rows of the list; fewer than `total` if duplicates are grouped.
    pub shown: usize,
    /// Whether there may be more matches than counted so far.
    pub is_at_least: bool,
    /// Whether the matches and the facets are still being counted, after which the same rows come with their counts.
    pub is_counting: bool,
    /// The first rows, in order.
    pub rows: Vec<Row>,
    /// Grouping of each of these rows; empty if nothing is grouped.
    pub groupings: Vec<Grouping>,
    /// Words that each of these rows shares with the posting that it was found to be like; empty for a query.
    pub shared: Vec<Vec<String>>,
    /// Position in the list of the row to keep, or of its group's leader, if it matches.
    pub kept: Option<usize>,
    /// Postings that could not be decided, by reason.
    pub unjudged: Vec<Unjudged>,
    /// Number of further matches that are hidden.
    pub hidden: usize,
    /// Number of further matches that are muted.
    pub muted: usize,
    /// For each field that the query asks for, how many of the matches have a value that was read out of their text.
    pub derived: Vec<(Field, usize)>,
    /// The facets, in the order of the filters pane; those without values are left out.
    pub facets: Vec<Facet>,
    /// Interpretation of the words of the query.
    pub readings: Readings,
    /// The query that was answered, if it is another than the one asked.
    pub rephrased: Option<Rephrased>,
    /// Words of the board that complete the last word of the query, most common first, with how often they occur.
    pub completions: Vec<(String, u64)>,
}

/// Grouping of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// No duplicates.
    #[default]
    Alone,
    /// Leader of a collapsed group.
    Closed(GroupInfo),
    /// Leader of an expanded group.
    Open(GroupInfo),
    /// Member of an expanded group.
    Member,
}

/// The other members of a duplicate group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupInfo {
    /// Number of matching ones; `None` while they have not been counted, or if there are too many.
    pub more: Option<usize>,
    /// Whether all are in different locations.
    pub places: bool,
}

impl Grouping {
    /// Number of other members that the row represents, as far as they were counted.
    pub fn more(self) -> usize {
        match self {
            Self::Closed(alike) | Self::Open(alike) => alike.more.unwrap_or(0),
            Self::Alone | Self::Member => 0,
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
    /// Grouping of a row of the list.
    pub fn grouping(&self, at: usize) -> Grouping {
        self.groupings.get(at).copied().unwrap_or_default()
    }

    /// What words of the query were taken for; where little was found also what they may have meant.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let mut all = self.readings.assumptions();
        all.retain(|assumption| self.total < LITTLE || assumption.is_searched());
        if let Some(rephrased) = &self.rephrased {
            let replaced = |known: &Assumption| {
                let mut others = rephrased.assumptions.iter();
                others.any(|other| other.typed == known.typed)
            };
            all.retain(|assumption| !replaced(assumption));
            all.splice(0..0, rephrased.assumptions.iter().cloned());
        }
        all
    }

    /// The query that was answered, given the one asked.
    pub fn answered<'a>(&'a self, asked: &'a Query) -> &'a Query {
        self.rephrased
            .as_ref()
            .map_or(asked, |rephrased| &rephrased.query)
    }

    /// Number of matches without a row of their own; 0 unless all were counted.
    pub fn collapsed(&self) -> usize {
        if self.is_at_least {
            return 0;
        }
        self.total - self.shown.min(self.total)
    }
}

/// Postings that match all terms except one that could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unjudged {
    /// The field that the term tests.
    pub field: Field,
    /// Why it could not be decided.
    pub reason: Reason,
    /// Number of postings.
    pub count: usize,
}

/// Why a posting could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The field is absent.
    Absent,
    /// The value uses another currency or period.
    Incomparable,
}

impl fmt::Display for Unjudged {
    /// `2 without pay`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, field) = (self.count, self.field.name());
        let (has, uses) = if count == 1 {
            ("has", "uses")
        } else {
            ("have", "use")
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
            (Reason::Absent, Field::Salary) => write!(f, "{count} without pay"),
            (Reason::Absent, _) => write!(f, "{count} {has} no {field}"),
            (Reason::Incomparable, _) => write!(f, "{count} {uses} another currency or period"),
        }
    }
}

/// Values of a field among the postings that match all other terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// The most frequent values, and all selected ones.
    pub values: Vec<FacetValue>,
    /// Number of distinct values.
    pub distinct: usize,
    /// How many postings have a value that was read out of their text.
    pub derived: usize,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as written in a query.
    pub value: String,
    /// Number of postings.
    pub count: usize,
    /// Its state in the query.
    pub selection: Selection,
}

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
