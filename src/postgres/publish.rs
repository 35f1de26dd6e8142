//! Publishes a board as the next generation: everything in one transaction, after which readers switch to it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::Type;
use postgres::{Client, Transaction};

use super::citus::Shards;
use super::connection::{Connecting, Use};
use super::copy::Copy;
use super::history::{HASH, Hash, History};
use super::vocabulary::Stored;
use super::{Address, citus, interviews, parts, schema, text_index};
use crate::board::Posting;
use crate::board::fold::fold;
use crate::published;
use crate::search::{ColumnId, Index, RemoteError, Row};

/// Longest time that publishing may take.
const LIMIT: Duration = Duration::from_hours(12);
/// Number of the tables' form. Readers of another form cannot read them, so that a board is published again.
const FORM: u32 = 3;

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Number of postings of the board.
    pub postings: usize,
    /// Number of postings that the server did not have.
    pub sent: usize,
    /// Whether the server had the same board already.
    pub is_same: bool,
}

/// Publishes a board; `derive` tells whether its index holds facts read out of the texts.
///
/// # Errors
/// The server cannot be reached, or refuses.
pub fn publish(address: &Address, index: &Arc<Index>, derive: bool) -> Result<Published, String> {
    let shown = address.shown().to_owned();
    let named = |error: RemoteError| format!("{shown}: {error}");
    let mut connecting = Connecting::start(address, Use::Writing);
    let connection = connecting.wait(&|| false).map_err(named)?;
    let (address, index) = (address.clone(), Arc::clone(index));
    let done = connection.call_for(LIMIT, &|| false, &mut || false, move |client| {
        let publisher = Publisher {
            address: &address,
            index: &index,
            derive,
        };
        let done = publisher.run(client);
        if matches!(done, Ok(Ok(_))) {
            publisher.clean(client);
        }
        // The connection may end later than this call.
        let unlocked = client.batch_execute("SELECT pg_advisory_unlock_all()");
        let done = done?;
        unlocked?;
        Ok(done)
    });
    done.map_err(named)?
}

struct Publisher<'a> {
    address: &'a Address,
    index: &'a Index,
    derive: bool,
}

impl Publisher<'_> {
    fn run(&self, client: &mut Client) -> Result<Result<Published, String>, postgres::Error> {
        let generations = self.address.table("generation");
        let is_distributed = match self.prepare(client)? {
            Ok(is_distributed) => is_distributed,
            Err(why) => return Ok(Err(why)),
        };
        let mut transaction = client.transaction()?;
        let bodies = self.bodies();
        let fingerprint = self.fingerprint(&bodies);
        let text = format!(
            "SELECT coalesce(max(number), 0), coalesce(max(fingerprint) FILTER (WHERE is_current), ''),
max(number) FILTER (WHERE is_current),
coalesce(max(lineage) FILTER (WHERE is_current AND lineage <> ''), gen_random_uuid()::text) FROM {generations}"
        );
        let row = transaction.query_one(&text, &[])?;
        let (last, known): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
        let (previous, lineage): (Option<i32>, String) = (row.try_get(2)?, row.try_get(3)?);
        let postings = self.index.len();
        if known == fingerprint {
            return Ok(Ok(Published {
                postings,
                sent: 0,
                is_same: true,
            }));
        }
        let number = last + 1;
        let tables = schema::generation(self.address, number, is_distributed);
        transaction.batch_execute(&tables)?;
        let shards = if is_distributed {
            let shards = citus::distribute(&mut transaction, self.address, number)?;
            Some(shards)
        } else {
            None
        };
        let shards = shards.as_ref();
        if !self.address.servers.is_empty() {
            let made = parts::create(&mut transaction, self.address, (number, postings))?;
            if let Err(why) = made {
                return Ok(Err(why));
            }
        }
        let sent = self.send_bodies(&mut transaction, &bodies, shards)?;
        let mut history = History::new(number, postings);
        if let Some(previous) = previous {
            history.carry_over(
                &mut transaction,
                self.address,
                previous,
                (self.index, &bodies),
            )?;
        }
        self.send_rows(&mut transaction, number, (&bodies, shards), &mut history)?;
        history.send(&mut transaction, self.address)?;
        self.send_records(&mut transaction, number)?;
        let here = self.index.board().interviews();
        interviews::send(&mut transaction, self.address, number, here)?;
        self.index_rows(&mut transaction, number, is_distributed)?;
        let board = self.index.board();
        let parts: Vec<(&str, &str)> = board
            .parts()
            .filter_map(|(key, name)| Some((key?, name)))
            .collect();
        let parts = serde_json::to_string(&parts).unwrap_or_default();
        let text = format!(
            "INSERT INTO {generations} (number, is_current, board, parts, postings, fingerprint, lineage, grouped) VALUES ($1, false, $2, $3, $4, $5, $6, $7)"
        );
        let [count, grouped] = [postings, self.index.grouped_len()]
            .map(|count| i32::try_from(count).unwrap_or(i32::MAX));
        transaction.execute(
            &text,
            &[
                &number,
                &board.name,
                &parts,
                &count,
                &fingerprint,
                &lineage,
                &grouped,
            ],
        )?;
        if is_distributed {
            // Workers commit after the coordinator: readers switch when all of them have.
            transaction.commit()?;
            transaction = client.transaction()?;
        }
        transaction.batch_execute(&format!(
            "UPDATE {generations} SET is_current = false WHERE is_current;
UPDATE {generations} SET is_current = true WHERE number = {number}"
        ))?;
        transaction.commit()?;
        Ok(Ok(Published {
            postings,
            sent,
            is_same: false,
        }))
    }

    /// Keeps others from publishing there, and makes the lasting tables; whether Citus distributes rows.
    fn prepare(&self, client: &mut Client) -> Result<Result<bool, String>, postgres::Error> {
        let lock = "SELECT pg_try_advisory_lock(hashtext($1))";
        let locked = client.query_one(lock, &[&self.address.schema])?;
        if !locked.try_get::<_, bool>(0)? {
            return Ok(Err(
                "another program publishes there at the moment".to_owned()
            ));
        }
        let is_distributed = citus::is_used(client, self.address)?;
        if is_distributed && !self.address.servers.is_empty() {
            let why =
                "Citus distributes this schema: publish without `servers`, or into another one";
            return Ok(Err(why.to_owned()));
        }
        let mut transaction = client.transaction()?;
        transaction.batch_execute(&schema::lasting(self.address, is_distributed))?;
        if is_distributed {
            citus::distribute_bodies(&mut transaction, self.address)?;
        }
        transaction.commit()?;
        Ok(Ok(is_distributed))
    }

    /// Makes the indexes of rows that are on this server, and what the server plans with.
    fn index_rows(
        &self,
        transaction: &mut Transaction<'_>,
        number: i32,
        is_distributed: bool,
    ) -> Result<(), postgres::Error> {
        if self.address.servers.is_empty() {
            let name = format!("posting_{number}");
            let indexes = schema::indexes(self.address, &name, is_distributed);
            // Citus sends its workers the whole text, of which they take one statement.
            for statement in indexes.split_terminator(";\n") {
                transaction.batch_execute(statement)?;
            }
        }
        text_index::create(transaction, self.address, number)?;
        for table in [
            format!("posting_{number}"),
            format!("record_{number}"),
            "body".into(),
        ] {
            transaction.batch_execute(&format!("ANALYZE {}", self.address.table(&table)))?;
        }
        Ok(())
    }

    /// Hash of each posting, by position.
    fn bodies(&self) -> Vec<Hash> {
        let rows = 0..self.index.len() as u32;
        rows.map(|row| hash(&self.index.posting(Row(row))))
            .collect()
    }

    /// Hash of all that is published.
    fn fingerprint(&self, bodies: &[Hash]) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let bodies = published::sha256(bodies.as_flattened());
        let board = self.index.board();
        let interviews = board.interviews().iter();
        let interviews: String = interviews.map(published::interview_line).collect();
        let interviews = published::sha256(interviews.as_bytes());
        let (derive, name) = (self.derive, &board.name);
        let all = format!("{version} {FORM} {derive} {name}\n{bodies}\n{interviews}");
        published::sha256(all.as_bytes())
    }

    /// Sends the postings that are not there; their number.
    fn send_bodies(
        &self,
        transaction: &mut Transaction<'_>,
        bodies: &[Hash],
        shards: Option<&Shards>,
    ) -> Result<usize, postgres::Error> {
        let table = self.address.table("body");
        let mut known: HashSet<Hash> = HashSet::new();
        let none: [(&i32, Type); 0] = [];
        let part = shards.map_or("0", |_| "part");
        let text = format!("SELECT hash, {part} FROM {table}");
        let mut rows = transaction.query_typed_raw(&text, none)?;
        while let Some(row) = rows.next()? {
            let (hash, part): (&[u8], i32) = (row.try_get(0)?, row.try_get(1)?);
            // One that is not where it would be sent today is not found there.
            let is_there = |hash: &&Hash| shards.is_none_or(|shards| shards.part(hash) == part);
            known.extend(hash.first_chunk::<HASH>().filter(is_there));
        }
        drop(rows);
        let mut copy = Copy::new(transaction, &format!("COPY {table} FROM STDIN"))?;
        let mut sent = 0;
        for (row, hash) in (0..).zip(bodies) {
            if !known.insert(*hash) {
                continue;
            }
            let posting = self.index.posting(Row(row));
            let folded = fold(&posting.description);
            let folded =
                Some(folded).filter(|text| *text != posting.description.to_ascii_lowercase());
            copy.bytes(hash);
            copy.text(&published::posting_line(&posting));
            copy.text(&posting.description);
            copy.optional(folded.as_deref());
            if let Some(shards) = shards {
                copy.text(&shards.part(hash).to_string());
            }
            copy.end_row();
            sent += 1;
        }
        copy.finish()?;
        Ok(sent)
    }

    fn send_rows(
        &self,
        transaction: &mut Transaction<'_>,
        number: i32,
        (bodies, shards): (&[Hash], Option<&Shards>),
        history: &mut History,
    ) -> Result<(), postgres::Error> {
        let is_spread = !self.address.servers.is_empty();
        let target = if is_spread {
            parts::collect(transaction, self.address, number)?;
            format!("{} FROM STDIN", parts::COLLECTED)
        } else {
            let table = self.address.table(&format!("posting_{number}"));
            let frozen = if shards.is_none() { " (FREEZE)" } else { "" };
            format!("{table} FROM STDIN{frozen}")
        };
        let mut copy = Copy::new(transaction, &format!("COPY {target}"))?;
        for (at, row) in self.index.remote_rows().enumerate() {
            let posting = self.index.posting(row.row);
            copy.number(at as u64);
            for record in row.records {
                copy.number(record.into());
            }
            for key in row.sort_keys {
                copy.optional(key.map(|key| key.to_string()).as_deref());
            }
            let (arrived, changed) = history.count(row.row, &posting);
            copy.number(arrived.into());
            copy.number(changed.into());
            copy.number(row.group.number.into());
            copy.number(row.group.duplicates.into());
            copy.truth(row.group.is_apart);
            copy.truth(!posting.description.is_empty());
            copy.text(&posting.board);
            copy.bytes(&bodies[row.row.0 as usize]);
            copy.text(&posting.id);
            if let Some(shards) = shards {
                copy.text(&shards.part(&bodies[row.row.0 as usize]).to_string());
            }
            copy.end_row();
        }
        copy.finish()?;
        if is_spread {
            parts::send(transaction, self.address, number)?;
        }
        Ok(())
    }

    fn send_records(
        &self,
        transaction: &mut Transaction<'_>,
        number: i32,
    ) -> Result<(), postgres::Error> {
        let table = self.address.table(&format!("record_{number}"));
        let mut copy = Copy::new(transaction, &format!("COPY {table} FROM STDIN"))?;
        for (kind, column) in ColumnId::ALL.into_iter().enumerate() {
            let mut at = 0;
            self.index
                .each_record(column, self.derive, |record, postings| {
                    let stored = Stored::new(&record);
                    copy.number(kind as u64);
                    copy.number(at);
                    copy.text(&stored.stated);
                    copy.text(&stored.derived);
                    copy.text(&stored.board);
                    copy.number(postings.into());
                    at += 1;
                    copy.end_row();
                });
        }
        copy.finish()
    }

    /// Removes earlier generations and what only they refer to. A reader may still be busy with them: then the next
    /// publication removes them.
    fn clean(&self, client: &mut Client) {
        let generations = self.address.table("generation");
        let old = format!("SELECT number FROM {generations} WHERE NOT is_current");
        let Ok(old) = client.query(&old, &[]) else {
            return;
        };
        let Ok(()) = client.batch_execute("SET lock_timeout = '5s'") else {
            return;
        };
        for number in old.iter().filter_map(|row| row.try_get::<_, i32>(0).ok()) {
            parts::remove(client, self.address, number);
            if client
                .batch_execute(&schema::drop(self.address, number))
                .is_err()
            {
                return;
            }
        }
        let current = format!("SELECT number FROM {generations}");
        let Ok(rows) = client.query(&current, &[]) else {
            return;
        };
        let [row] = rows.as_slice() else {
            return;
        };
        if let Ok(number) = row.try_get::<_, i32>(0) {
            let body = self.address.table("body");
            let postings = self.address.table(&format!("posting_{number}"));
            let is_distributed = citus::is_used(client, self.address).unwrap_or(false);
            let part = if is_distributed {
                " AND p.part = b.part"
            } else {
                ""
            };
            // What stays behind only takes room.
            let _ = client.batch_execute(&format!(
                "DELETE FROM {body} b WHERE NOT EXISTS (SELECT FROM {postings} p WHERE p.hash = b.hash{part})"
            ));
        }
    }
}

/// Hash of what is stored of a posting.
fn hash(posting: &Posting) -> Hash {
    let mut all = published::posting_line(posting);
    all.push('\n');
    all.push_str(&posting.description);
    published::digest(all.as_bytes())
}
