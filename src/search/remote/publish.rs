//! The rows and distinct records of a board, for a server.

use std::borrow::Cow;

use super::{COLUMNS, Record};
use crate::board::Posting;
use crate::facts;
use crate::query::SortKey;
use crate::search::columns::ColumnId;
use crate::search::duplicates::Duplicates;
use crate::search::order::keys;
use crate::search::{Index, Row};

/// A posting as a row of record numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteRow {
    /// Position of the posting on its board.
    pub row: Row,
    /// Record numbers, in the order of [`ColumnId::ALL`].
    pub records: [u32; COLUMNS],
    /// Its place in each order of [`RemoteRow::SORTED`]; `None` is last.
    pub sort_keys: [Option<u32>; RemoteRow::SORTED.len()],
    /// Its duplicate group.
    pub group: RemoteGroup,
}

/// The duplicate group of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoteGroup {
    /// Number of the first row of the group: its own, if it has no duplicates.
    pub number: u32,
    /// Number of its duplicates.
    pub duplicates: u32,
    /// Whether all of the group are in different places.
    pub is_apart: bool,
}

impl RemoteRow {
    /// The orders that rows have a place in.
    pub const SORTED: [SortKey; 5] = [
        SortKey::Posted,
        SortKey::Closes,
        SortKey::Salary,
        SortKey::Title,
        SortKey::Company,
    ];
}

impl Index {
    /// The rows, in order: each with the number of its place. Finds duplicates.
    pub fn remote_rows(&self) -> impl Iterator<Item = RemoteRow> {
        self.find_duplicates();
        let columns = self.columns();
        let orders = RemoteRow::SORTED.map(|key| keys(columns, key, self.len()));
        (0..self.len()).map(move |number| RemoteRow {
            row: self.orders().row(number as u32),
            records: ColumnId::ALL.map(|column| columns.ids(column).get(number) as u32),
            sort_keys: std::array::from_fn(|at| orders[at][number]),
            group: self.remote_group(number as u32),
        })
    }

    /// Number of rows of the list of all postings, with duplicates grouped.
    pub fn grouped_len(&self) -> usize {
        let groups = self.duplicate_groups();
        self.len() - groups.map_or(0, Duplicates::surplus)
    }

    fn remote_group(&self, number: u32) -> RemoteGroup {
        let groups = self.duplicate_groups();
        let found = groups.and_then(|groups| Some((groups, groups.group(number)?)));
        let Some((groups, group)) = found else {
            return RemoteGroup {
                number,
                duplicates: 0,
                is_apart: false,
            };
        };
        let members = groups.members(group);
        RemoteGroup {
            number: members[0],
            duplicates: members.len() as u32 - 1,
            is_apart: groups.is_apart(group),
        }
    }

    /// Calls `each` for the records of a column, in order of their numbers, each with its number of postings.
    /// `derive` tells whether the index holds facts read out of the texts.
    pub fn each_record(&self, column: ColumnId, derive: bool, mut each: impl FnMut(Record, u32)) {
        let ids = self.columns().ids(column);
        let count = self.columns().records(column);
        let (mut first, mut postings) = (vec![None; count], vec![0; count]);
        for number in 0..self.len() {
            let record = ids.get(number);
            first[record].get_or_insert(number);
            postings[record] += 1;
        }
        for (first, postings) in first.into_iter().zip(postings) {
            let posting = match first {
                Some(number) => self.posting(self.orders().row(number as u32)),
                None => Cow::Owned(Posting::default()),
            };
            // Reading the facts takes time; not all columns have some.
            let read = matches!(
                column,
                ColumnId::Enums | ColumnId::Requirements | ColumnId::Skills | ColumnId::Salary
            );
            let facts = (read && derive).then(|| facts::of_posting(&posting).values());
            each(
                Record::new(column, &posting, &facts.unwrap_or_default()),
                postings,
            );
        }
    }
}
