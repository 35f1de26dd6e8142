//! When each posting appeared on the server and when it last changed, by the numbers of publications.
//!
//! Carried over from one publication to the next by id, so that a reader who knows which publication was seen last also
//! knows what is new.

use std::collections::BTreeMap;

use postgres::Transaction;
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::Type;

use super::Address;
use super::copy::Copy;
use crate::board::{Date, Posting};
use crate::search::{Index, Row, day};

/// Size of a hash.
pub(super) const HASH: usize = 32;

/// Hash of a posting.
pub(super) type Hash = [u8; HASH];

/// Day after which a posting that states none closes.
const NEVER: i32 = i32::MAX;

/// History of the postings of a publication.
pub(super) struct History {
    publication: i32,
    /// By position: publications in which postings appeared, and in which they last changed; 0 if they never did.
    publications: Vec<(u32, u32)>,
    /// Number of postings by these two and their closing day.
    counts: BTreeMap<(u32, u32, i32), u64>,
}

impl History {
    /// The history of postings that all appear in this publication.
    pub(super) fn new(publication: i32, postings: usize) -> Self {
        Self {
            publication,
            publications: vec![(publication.unsigned_abs(), 0); postings],
            counts: BTreeMap::new(),
        }
    }

    /// Carries the history over from an earlier publication. If that cannot be read, as when a server with a part of
    /// it is gone for good, nothing counts as new: the publication is not held up by it.
    pub(super) fn carry_over(
        &mut self,
        transaction: &mut Transaction<'_>,
        address: &Address,
        earlier: i32,
        here: (&Index, &[Hash]),
    ) -> Result<(), postgres::Error> {
        let mut attempt = transaction.savepoint("history")?;
        match self.read(&mut attempt, address, earlier, here) {
            Ok(()) => attempt.commit(),
            Err(error) if error.as_db_error().is_some() => {
                self.publications.fill((0, 0));
                attempt.rollback()?;
                // Rows are only copied frozen outside of the savepoint.
                transaction.batch_execute("RELEASE SAVEPOINT history")
            }
            Err(error) => Err(error),
        }
    }

    fn read(
        &mut self,
        transaction: &mut Transaction<'_>,
        address: &Address,
        earlier: i32,
        (index, bodies): (&Index, &[Hash]),
    ) -> Result<(), postgres::Error> {
        let table = address.table(&format!("posting_{earlier}"));
        let text = format!("SELECT id, hash, arrived, changed FROM {table}");
        let none: [(&i32, Type); 0] = [];
        let mut rows = transaction.query_typed_raw(&text, none)?;
        while let Some(row) = rows.next()? {
            let Some(Row(at)) = index.row(row.try_get(0)?) else {
                continue;
            };
            let (arrived, changed): (i32, i32) = (row.try_get(2)?, row.try_get(3)?);
            let is_same = row.try_get::<_, &[u8]>(1)? == bodies[at as usize];
            let changed = if is_same { changed } else { self.publication };
            self.publications[at as usize] = (arrived.unsigned_abs(), changed.unsigned_abs());
        }
        Ok(())
    }

    /// Publications in which a posting appeared and last changed. Each posting is counted by its call.
    pub(super) fn count(&mut self, row: Row, posting: &Posting) -> (u32, u32) {
        let (arrived, changed) = self.publications[row.0 as usize];
        let closes = number_of(posting.closes);
        *self.counts.entry((arrived, changed, closes)).or_default() += 1;
        (arrived, changed)
    }

    /// Sends the counts.
    pub(super) fn send(
        &self,
        transaction: &mut Transaction<'_>,
        address: &Address,
    ) -> Result<(), postgres::Error> {
        let table = address.table(&format!("arrival_{}", self.publication));
        let mut copy = Copy::new(transaction, &format!("COPY {table} FROM STDIN"))?;
        for ((arrived, changed, closes), postings) in &self.counts {
            copy.number((*arrived).into());
            copy.number((*changed).into());
            copy.text(&closes.to_string());
            copy.number(*postings);
            copy.end_row();
        }
        copy.finish()
    }
}

/// Number of a closing day, in the order of days.
fn number_of(closes: Option<Date>) -> i32 {
    let number = closes.and_then(|closes| i32::try_from(day(Some(closes))).ok());
    number.unwrap_or(NEVER)
}

/// Statement that counts the postings of a publication that are open on a day and new, or else changed, since another.
pub(super) fn news(address: &Address, publication: i32, since: i32, today: Date) -> String {
    let table = address.table(&format!("arrival_{publication}"));
    let today = number_of(Some(today));
    format!(
        "SELECT coalesce(sum(postings) FILTER (WHERE arrived > {since}), 0)::int8,
coalesce(sum(postings) FILTER (WHERE arrived <= {since}), 0)::int8
FROM {table} WHERE (arrived > {since} OR changed > {since}) AND closes >= {today}"
    )
}
