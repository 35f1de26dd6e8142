//! Boards whose rows are on a server: their distinct records are here, so that a term is evaluated by the same code as
//! on a board in memory.
//!
//! Every posting is a row of record numbers. [`Vocabulary`] holds the distinct records, as postings that have only the
//! fields of one column; the usual columns are built from these. A [`Plan`] lists for each term the records that answer
//! it and how well. Finding, counting and ordering rows by their record numbers is left to the server.

mod access_path;
mod contenders;
mod plan;
mod publish;
mod records;
mod rules;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::columns::{ColumnId, Columns};
use super::facets::{COUNTED, Records};
use super::{Cancelled, Index, Matches, Request, Row, Tally};
use crate::board::{Date, Posting};
use records::values;

pub use access_path::AccessPath;
pub use contenders::{ContenderPart, Contenders, Ranking, Sample};
pub use plan::{
    Alternative, DescriptionTest, Plan, PlannedOrder, PlannedTerm, RemoteCounts, RowList, RowRule,
    Since, VerdictList,
};
pub use publish::{RemoteGroup, RemoteRow};
pub use records::Record;
pub use rules::{FetchedRow, News, PlannedRules, RemoteRules};

/// Number of columns.
const COLUMNS: usize = ColumnId::ALL.len();

/// The record numbers of rows that have been fetched.
pub trait RowRecords: fmt::Debug + Send + Sync {
    /// Record numbers of a row, in the order of [`ColumnId::ALL`]; `None` if the row has not been fetched.
    fn records(&self, row: Row) -> Option<[u32; COLUMNS]>;

    /// Publications in which a row appeared and last changed, if it has been fetched.
    fn publications(&self, row: Row) -> Option<(i32, i32)>;

    /// Whether a row was found to be muted when it was last listed.
    fn is_muted(&self, row: Row) -> bool;

    /// The duplicate group of a row, if the row has been fetched.
    fn group(&self, row: Row) -> Option<RemoteGroup>;

    /// The rows of the duplicate group of a row, each with the record of its date of publication; none if they are not
    /// known.
    fn members(&self, row: Row) -> Vec<(Row, u32)>;
}

/// A publication of a board elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Name of the line of publications that it belongs to, which has each number once.
    pub lineage: String,
    /// Its number; later ones have larger numbers.
    pub number: i32,
}

/// Searches a board whose rows are elsewhere.
pub trait RemoteEngine: Send {
    /// Opens the board as it is now there, and fetches the postings with these ids.
    fn open(&mut self, ids: &[String], cancelled: Cancelled<'_>)
    -> Result<Arc<Index>, RemoteError>;

    /// Answers a request. The first rows are passed to `first` as soon as they are here, if counting takes longer.
    fn search(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
        first: &mut dyn FnMut(Matches),
    ) -> Result<Matches, RemoteError>;

    /// Counts the matches of a request, in little time: the answer without rows and facets.
    fn count(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Matches, RemoteError>;

    /// Counts what the postings say that match a request, all of them.
    fn tally(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Result<Tally, RemoteError>;

    /// The publication that is open.
    fn publication(&self) -> Option<Publication>;

    /// Numbers of postings that are open on a day, and new or else changed since a publication.
    fn news(
        &mut self,
        since: i32,
        today: Date,
        cancelled: Cancelled<'_>,
    ) -> Result<(usize, usize), RemoteError>;

    /// What there is to tell about where the rows are, once.
    fn notice(&mut self) -> Option<String>;
}

/// Why there is no answer from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemoteError {
    /// The answer is no longer wanted.
    Cancelled,
    /// The board has been published again, and has to be opened again.
    Replaced,
    /// The server cannot be reached or does not answer: worth another try later.
    Lost(String),
    /// The server refuses, or sends what cannot be read.
    Refused(String),
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("cancelled"),
            Self::Replaced => f.write_str("the board was published again meanwhile"),
            Self::Lost(why) | Self::Refused(why) => f.write_str(why),
        }
    }
}

/// The distinct records of a board whose rows are elsewhere.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Records of all columns, one column after the other, each with the number of its postings.
    records: Vec<(Record, u32)>,
    /// Start of each column, and the end.
    starts: [usize; COLUMNS + 1],
}

impl Vocabulary {
    /// Adds the next record of a column. Columns have to be added in order.
    pub fn push(&mut self, column: ColumnId, record: Record, postings: u32) {
        self.records.push((record, postings));
        for start in &mut self.starts[column as usize + 1..] {
            *start = self.records.len();
        }
    }

    /// Number of records of a column.
    pub fn len(&self, column: ColumnId) -> usize {
        self.starts[column as usize + 1] - self.starts[column as usize]
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Columns in which each record is a row.
    pub(super) fn columns(&self) -> Columns {
        let posting = |row: usize| self.records[row].0.posting();
        let derived = |row: usize| {
            self.records[row]
                .0
                .derived()
                .map(values)
                .unwrap_or_default()
        };
        Columns::new(self.records.len(), posting, &derived)
    }

    /// Number of postings that a row of these columns stands for in a column.
    pub(super) fn weight(&self, column: ColumnId, row: usize) -> u32 {
        let at = column as usize;
        if (self.starts[at]..self.starts[at + 1]).contains(&row) {
            self.records[row].1
        } else {
            0
        }
    }
}

/// The rows of a board that are elsewhere, by the numbers of their records there.
#[derive(Debug)]
pub(super) struct Remote {
    /// For each column, the local number of each record.
    local: [Vec<u32>; COLUMNS],
    /// For each column, the number of postings with each record.
    counts: [Vec<u32>; COLUMNS],
    rows: Arc<dyn RowRecords>,
}

impl Remote {
    pub(super) fn new(
        columns: &Columns,
        vocabulary: &Vocabulary,
        rows: Arc<dyn RowRecords>,
    ) -> Self {
        let range = |at: usize| vocabulary.starts[at]..vocabulary.starts[at + 1];
        let local = ColumnId::ALL.map(|column| {
            let ids = columns.ids(column);
            range(column as usize)
                .map(|row| ids.get(row) as u32)
                .collect()
        });
        let counts = ColumnId::ALL.map(|column| {
            let records = &vocabulary.records[range(column as usize)];
            records.iter().map(|(_, postings)| *postings).collect()
        });
        Self {
            local,
            counts,
            rows,
        }
    }

    /// Number of postings with each local record, for each counted column.
    pub(super) fn local_counts(&self, columns: &Columns) -> Records {
        COUNTED.map(|column| {
            let counts = &self.counts[column as usize];
            let counted = counts.iter().copied().enumerate();
            self.to_local(columns, column, counted)
        })
    }

    /// Counts by local record, given counts by record.
    pub(super) fn to_local(
        &self,
        columns: &Columns,
        column: ColumnId,
        counted: impl Iterator<Item = (usize, u32)>,
    ) -> Vec<u32> {
        let mut counts = vec![0; columns.records(column)];
        for (record, count) in counted {
            if let Some(&local) = self.local[column as usize].get(record) {
                counts[local as usize] += count;
            }
        }
        counts
    }

    /// Local record numbers of a row; `None` if it has not been fetched.
    pub(super) fn local_records(&self, row: Row) -> Option<[usize; COLUMNS]> {
        let records = self.rows.records(row)?;
        let mut local = [0; COLUMNS];
        for (at, (local, record)) in local.iter_mut().zip(records).enumerate() {
            *local = *self.local[at].get(record as usize)? as usize;
        }
        Some(local)
    }

    /// Publications in which a row appeared and last changed.
    pub(super) fn publications(&self, row: Row) -> Option<(i32, i32)> {
        self.rows.publications(row)
    }

    /// Whether a row was found to be muted.
    pub(super) fn is_muted(&self, row: Row) -> bool {
        self.rows.is_muted(row)
    }

    /// Whether two rows are duplicates.
    pub(super) fn is_alike(&self, a: Row, b: Row) -> bool {
        let group = |row| self.rows.group(row).map(|group| group.number);
        a == b || group(a).is_some() && group(a) == group(b)
    }

    /// Duplicates of a row, including itself, each with the local record of its date of publication. If they are not
    /// known, there are none.
    pub(super) fn duplicates(&self, row: Row) -> Vec<(Row, Option<usize>)> {
        let posted = &self.local[ColumnId::Posted as usize];
        let members = self.rows.members(row).into_iter();
        members
            .map(|(row, record)| {
                (
                    row,
                    posted.get(record as usize).map(|local| *local as usize),
                )
            })
            .collect()
    }

    /// Local number of each record of a column.
    pub(super) fn local(&self, column: ColumnId) -> &[u32] {
        &self.local[column as usize]
    }

    /// Number of postings with each record of a column.
    pub(super) fn counts(&self, column: ColumnId) -> &[u32] {
        &self.counts[column as usize]
    }
}

impl Record {
    /// The record as a posting.
    fn posting(&self) -> Cow<'_, Posting> {
        match self {
            Self::Title(title) => Cow::Owned(Posting {
                title: title.clone(),
                ..Posting::default()
            }),
            Self::Employer(company, team) => Cow::Owned(Posting {
                company: company.clone(),
                team: team.clone(),
                ..Posting::default()
            }),
            Self::Fields(both) => Cow::Borrowed(&both.0),
        }
    }

    /// What was read out of the text.
    fn derived(&self) -> Option<&Posting> {
        match self {
            Self::Fields(both) => Some(&both.1),
            _ => None,
        }
    }
}
