//! Opens the current generation: its records, interviews and parts are read, its postings are not.

use std::collections::HashMap;
use std::sync::Arc;

use postgres::Client;

use super::engine::{Engine, Open};
use super::record_cache::{Edition, Lines};
use super::store::RowStore;
use super::vocabulary::OPENING;
use super::{Address, interviews, parts, vocabulary};
use crate::board::{Board, text};
use crate::search::{Cancelled, ColumnId, Index, RemoteError, Searcher, Vocabulary};

/// The current generation.
struct Current {
    number: i32,
    lineage: String,
    fingerprint: String,
    board: String,
    parts: Vec<(String, String)>,
    postings: usize,
    /// Number of rows of the list of all, with duplicates grouped.
    grouped: usize,
}

impl Engine {
    /// Opens the current generation, unless it is open.
    pub(super) fn refresh(&mut self, cancelled: Cancelled<'_>) -> Result<(), RemoteError> {
        let address = self.address.clone();
        let current = self.call(cancelled, move |client| current(client, &address));
        let current = current.map_err(|error| match error {
            RemoteError::Replaced => self.nothing_published(),
            error => error,
        })?;
        let Some(current) = current else {
            return Err(self.nothing_published());
        };
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.generation == current.number)
        {
            return Ok(());
        }
        let number = current.number;
        let records = self.records(&current, cancelled)?;
        let address = self.address.clone();
        let parts = self.call(cancelled, move |client| {
            parts::read(client, &address, number)
        })?;
        let address = self.address.clone();
        let interviews = self.call(cancelled, move |client| {
            interviews::read(client, &address, number)
        });
        let interviews = interviews?.map_err(|error| self.named(error))?;
        let store = Arc::new(RowStore::new(current.postings));
        let board = Board::stored(current.board, Arc::clone(&store) as _, interviews);
        let board = Arc::new(board.of_parts(current.parts));
        let all = ColumnId::ALL.iter().map(|column| records.len(*column));
        let all = all.sum();
        let index = Index::remote(board, &records, Arc::clone(&store) as _);
        index.set_aliases(&self.aliases);
        self.inquiry = None;
        self.open = Some(Open {
            generation: current.number,
            lineage: current.lineage,
            records: all,
            grouped: current.grouped,
            store,
            searcher: Searcher::new(Arc::new(index)),
            described: HashMap::new(),
            rules: None,
            parts,
            reachable: None,
        });
        Ok(())
    }

    /// The records of the current generation: those in the cache, or else those on the server, which are then kept.
    fn records(
        &mut self,
        current: &Current,
        cancelled: Cancelled<'_>,
    ) -> Result<Vocabulary, RemoteError> {
        let edition = Edition {
            lineage: &current.lineage,
            generation: current.number,
            fingerprint: &current.fingerprint,
        };
        let cache = self.record_cache.clone();
        let kept = cache
            .as_ref()
            .map(|cache| cache.read(&edition, current.postings));
        if let Some(kept) = kept.flatten() {
            return Ok(kept);
        }
        let (address, wanted) = (self.address.clone(), (current.number, current.postings));
        let mut lines = cache.as_ref().map(|_| Lines::default());
        let read = self.call_for(OPENING, cancelled, move |client| {
            let read = vocabulary::read(client, &address, wanted, &mut |record| {
                if let Some(lines) = &mut lines {
                    lines.push(record);
                }
            });
            Ok((read?, lines))
        });
        let (read, lines) = read?;
        let records = read.map_err(|error| self.named(error))?;
        if let Some((cache, lines)) = cache.zip(lines) {
            cache.write(&edition, &lines);
        }
        Ok(records)
    }

    fn nothing_published(&self) -> RemoteError {
        let shown = self.address.shown();
        let schema = &self.address.schema;
        RemoteError::Refused(format!(
            "{shown}: no board is published in schema {schema}, or it may not be read; `jobdeck publish --to` makes one"
        ))
    }
}

/// The current generation, if there is one.
fn current(client: &mut Client, address: &Address) -> Result<Option<Current>, postgres::Error> {
    let text = format!(
        "SELECT number, board, parts, postings, lineage, grouped, fingerprint FROM {} WHERE is_current",
        address.table("generation")
    );
    let rows = client.query_typed(&text, &[])?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let (board, parts, postings): (String, String, i32) =
        (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
    let parts: Vec<(String, String)> = serde_json::from_str(&parts).unwrap_or_default();
    let parts = parts.into_iter();
    let grouped: i32 = row.try_get(5)?;
    Ok(Some(Current {
        number: row.try_get(0)?,
        lineage: text::line(row.try_get(4)?),
        fingerprint: text::line(row.try_get(6)?),
        board: text::line(&board),
        parts: parts
            .map(|(key, name)| (text::line(&key), text::line(&name)))
            .collect(),
        postings: usize::try_from(postings).unwrap_or(0),
        grouped: usize::try_from(grouped.min(postings)).unwrap_or(0),
    }))
}
