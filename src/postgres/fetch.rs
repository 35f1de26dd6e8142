//! Fetches postings, and tests descriptions.

use std::fmt::Write as _;
use std::hash::BuildHasher as _;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::{ToSql, Type};

use super::connection::TOO_SLOW;
use super::engine::TOO_MANY;
use super::schema::record_columns;
use super::store::Fetched;
use super::{Engine, sql};
use crate::board::fold::fold;
use crate::board::text;
use crate::published;
use crate::search::{
    Cancelled, ColumnId, DescriptionTest, PlannedTerm, RemoteError, RemoteGroup, RowList,
};

/// Number of columns with record numbers.
const COLUMNS: usize = ColumnId::ALL.len();
/// Postings fetched by one statement.
const FETCHED: usize = 2000;
/// Most text of postings that are fetched at once, in bytes.
const TEXT: usize = 128 << 20;
/// Lists of rows found in descriptions that are kept.
const KEPT: usize = 64;
/// Rows found in descriptions at most.
const DESCRIBED: usize = 1 << 20;

impl Engine {
    /// Fetches the postings of these rows that are not here.
    pub(super) fn fetch(
        &mut self,
        rows: &[u32],
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        let open = self.opened()?;
        let missing = open.store.missing(rows);
        for missing in missing.chunks(FETCHED) {
            let wanted = (missing.to_vec(), Type::INT4_ARRAY);
            let sent = self.select("p.number = ANY ($1)", wanted, cancelled)?;
            self.take(sent, false, &|sent| missing.contains(&sent.number))?;
        }
        Ok(())
    }

    /// Fetches the postings with these ids, which stay here.
    pub(super) fn fetch_ids(
        &mut self,
        ids: &[String],
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        for ids in ids.chunks(FETCHED) {
            let wanted = (ids.to_vec(), Type::TEXT_ARRAY);
            let sent = self.select("p.id = ANY ($1)", wanted, cancelled)?;
            self.take(sent, true, &|_| true)?;
        }
        Ok(())
    }

    /// The postings that a condition on a list finds, unless there are more than the list is long.
    fn select<T: ToSql + Sync + Send + 'static>(
        &mut self,
        condition: &str,
        (wanted, of): (Vec<T>, Type),
        cancelled: Cancelled<'_>,
    ) -> Result<Option<Vec<Sent>>, RemoteError> {
        let open = self.open.as_ref().ok_or(RemoteError::Replaced)?;
        let records = record_columns().fold(String::new(), |mut all, name| {
            let _ = write!(all, "p.{name}, ");
            all
        });
        let text = format!(
            "SELECT {records}p.number, p.arrived, p.changed, p.group_number, p.duplicates, p.is_apart, p.board, b.posting, b.description FROM {} p JOIN {} WHERE {condition}",
            open.postings(&self.address),
            open.bodies(&self.address)
        );
        self.call(cancelled, move |client| {
            let rows = client.query_typed_raw(&text, [(&wanted, of)])?;
            some(rows, wanted.len())
        })
    }

    /// Keeps fetched postings.
    fn take(
        &mut self,
        sent: Option<Vec<Sent>>,
        lasts: bool,
        is_wanted: &dyn Fn(&Sent) -> bool,
    ) -> Result<(), RemoteError> {
        let unreadable = self.named(RemoteError::Refused("a posting cannot be read".to_owned()));
        let Some(sent) = sent.filter(|sent| sent.iter().all(is_wanted)) else {
            self.disconnect();
            return Err(self.named(RemoteError::Refused(TOO_MANY.to_owned())));
        };
        let open = self.opened()?;
        let rows = open.searcher.index().len();
        let mut postings = Vec::with_capacity(sent.len());
        for sent in sent {
            let row = u32::try_from(sent.number)
                .ok()
                .filter(|row| (*row as usize) < rows);
            let read = published::posting(&sent.posting).ok();
            let Some((row, mut read)) = row.zip(read) else {
                return Err(unreadable);
            };
            read.posting.description = published::described(sent.description).0;
            read.posting.board = text::line(&sent.board);
            let fetched = Fetched {
                posting: read.posting,
                records: sent
                    .records
                    .map(|record| u32::try_from(record).unwrap_or(u32::MAX)),
                publications: sent.publications,
                group: sent.group,
                is_muted: false,
            };
            postings.push((row, fetched));
        }
        open.store.add(postings, lasts);
        Ok(())
    }

    /// Replaces tests of descriptions in terms by the rows that pass them.
    pub(super) fn describe(
        &mut self,
        terms: &mut [PlannedTerm],
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        for term in 0..terms.len() {
            for at in 0..terms[term].any.len() {
                let Some(test) = terms[term].any[at].description.clone() else {
                    continue;
                };
                let rows = self.described(terms, test, cancelled)?;
                let one = &mut terms[term].any[at];
                one.description = None;
                one.rows = Some(rows);
            }
        }
        Ok(())
    }

    /// The rows whose descriptions pass a test, of those that the other terms leave: the server finds those with its
    /// text, which are tested here unless that decides it.
    fn described(
        &mut self,
        terms: &[PlannedTerm],
        test: DescriptionTest,
        cancelled: Cancelled<'_>,
    ) -> Result<RowList, RemoteError> {
        let open = self.open.as_ref().ok_or(RemoteError::Replaced)?;
        let (postings, body) = (open.postings(&self.address), open.bodies(&self.address));
        let contained = test.contains();
        let is_decided = test.is_decided_by_text();
        let wanted = (contained.as_deref(), is_decided);
        let statement = sql::described((&postings, &body), terms, wanted, DESCRIBED + 1);
        let key = self.hasher.hash_one((&statement, format!("{test:?}")));
        if let Some(known) = self.opened()?.described.get(&key) {
            return Ok(known.clone());
        }
        let found = self.call(cancelled, move |client| {
            let mut rows = client.query_typed_raw(&statement.text, statement.parameters())?;
            let mut found: Vec<i32> = Vec::new();
            while let Some(row) = rows.next()? {
                if is_decided || test.passes(&fold(row.try_get(1)?)) {
                    found.push(row.try_get(0)?);
                }
            }
            Ok(found)
        });
        let mut rows: Vec<i32> = found?;
        if rows.len() > DESCRIBED {
            return Err(self.named(RemoteError::Refused(TOO_SLOW.to_owned())));
        }
        rows.sort_unstable();
        let rows = RowList {
            rows,
            ..RowList::default()
        };
        let described = &mut self.opened()?.described;
        if described.len() >= KEPT {
            described.clear();
        }
        described.insert(key, rows.clone());
        Ok(rows)
    }
}

/// A posting as the server sends it.
struct Sent {
    records: [i32; COLUMNS],
    number: i32,
    publications: (i32, i32),
    group: RemoteGroup,
    board: String,
    posting: String,
    description: String,
}

/// The postings in rows, unless there are more than these, or more text than is kept.
fn some(
    mut rows: postgres::RowIter<'_>,
    most: usize,
) -> Result<Option<Vec<Sent>>, postgres::Error> {
    let (mut all, mut size) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let sent = fetched(&row)?;
        size += sent.posting.len() + sent.description.len();
        if all.len() == most || size > TEXT {
            return Ok(None);
        }
        all.push(sent);
    }
    Ok(Some(all))
}

fn fetched(row: &postgres::Row) -> Result<Sent, postgres::Error> {
    let mut records = [0; COLUMNS];
    for (at, record) in records.iter_mut().enumerate() {
        *record = row.try_get(at)?;
    }
    Ok(Sent {
        records,
        number: row.try_get(COLUMNS)?,
        publications: (row.try_get(COLUMNS + 1)?, row.try_get(COLUMNS + 2)?),
        group: RemoteGroup {
            number: row.try_get::<_, i32>(COLUMNS + 3)?.cast_unsigned(),
            duplicates: row.try_get::<_, i32>(COLUMNS + 4)?.max(0).cast_unsigned(),
            is_apart: row.try_get(COLUMNS + 5)?,
        },
        board: row.try_get(COLUMNS + 6)?,
        posting: row.try_get(COLUMNS + 7)?,
        description: row.try_get(COLUMNS + 8)?,
    })
}
