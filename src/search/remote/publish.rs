//! The rows and distinct records of a board, for a server.

use std::borrow::Cow;

use super::{COLUMNS, Record};
use crate::board::Posting;
use crate::facts;
use crate::query::SortKey;
use crate::search::columns::ColumnId;
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
    /// The rows, in order: each with the number of its place.
    pub fn remote_rows(&self) -> impl Iterator<Item = RemoteRow> {
        let columns = self.columns();
        let orders = RemoteRow::SORTED.map(|key| keys(columns, key, self.len()));
        (0..self.len()).map(move |number| RemoteRow {
            row: self.orders().row(number as u32),
            records: ColumnId::ALL.map(|column| columns.ids(column).get(number) as u32),
            sort_keys: std::array::from_fn(|at| orders[at][number]),
        })
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
