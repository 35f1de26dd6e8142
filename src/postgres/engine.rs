//! Answers requests from a server.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use postgres::Client;
use postgres::types::Type;

use super::connection::{Connecting, Connection, GRACE, NO_ANSWER, STATEMENT, Use};
use super::schema::record_columns;
use super::sql::{Statement, Statements};
use super::store::{Fetched, RowStore};
use super::vocabulary::OPENING;
use super::{Address, vocabulary};
use crate::board::fold::fold;
use crate::board::{Board, text};
use crate::published;
use crate::search::{
    Cancelled, ColumnId, DescriptionTest, Facet, Index, Matches, Plan, RemoteCounts, RemoteEngine,
    RemoteError, Request, Row, RowList, Searcher,
};

/// Number of columns with record numbers.
const COLUMNS: usize = ColumnId::ALL.len();
/// Postings fetched by one statement.
const FETCHED: usize = 2000;
/// Shortlists that are tried before all matches are put in order.
const SHORTLISTS: u32 = 2;
/// Rows found in descriptions at most.
const DESCRIBED: usize = 1 << 20;

/// A board on a server.
pub struct Engine {
    address: Address,
    aliases: Vec<(String, Vec<String>)>,
    /// Number of matches to count at most.
    most: usize,
    connecting: Option<Connecting>,
    connection: Option<Arc<Connection>>,
    open: Option<Open>,
}

/// A generation that is open.
struct Open {
    generation: i32,
    store: Arc<RowStore>,
    searcher: Searcher,
    /// Facets of the last answer, shown until the next ones are counted.
    facets: Vec<Facet>,
    /// Rows found by tests of descriptions.
    described: HashMap<String, RowList>,
}

/// The current generation.
struct Current {
    number: i32,
    board: String,
    parts: Vec<(String, String)>,
    postings: usize,
}

impl Engine {
    /// The board at an address. `aliases` are names that the user gave to words.
    pub fn new(address: Address, aliases: Vec<(String, Vec<String>)>) -> Self {
        Self {
            address,
            aliases,
            most: i32::MAX as usize,
            connecting: None,
            connection: None,
            open: None,
        }
    }

    /// Ends counting at this number of matches; beyond that, all counts are at least what they say.
    #[must_use]
    pub fn counting_at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// The connection, made on demand. An attempt that gets no answer goes on and is waited for again next time.
    fn connection(&mut self, cancelled: Cancelled<'_>) -> Result<Arc<Connection>, RemoteError> {
        if let Some(connection) = &self.connection {
            return Ok(Arc::clone(connection));
        }
        let address = &self.address;
        let connecting = self
            .connecting
            .get_or_insert_with(|| Connecting::start(address, Use::Reading));
        let made = connecting.wait(&|| cancelled());
        if connecting.is_over() {
            self.connecting = None;
        }
        let connection = Arc::new(made.map_err(|error| self.named(error))?);
        self.connection = Some(Arc::clone(&connection));
        Ok(connection)
    }

    /// Adds the address to a message.
    fn named(&self, error: RemoteError) -> RemoteError {
        let named = |why: String| format!("{}: {why}", self.address.shown());
        match error {
            RemoteError::Lost(why) => RemoteError::Lost(named(why)),
            RemoteError::Refused(why) => RemoteError::Refused(named(why)),
            error => error,
        }
    }

    /// Runs statements on the connection, and drops it if it is lost.
    fn call<T: Send + 'static>(
        &mut self,
        cancelled: Cancelled<'_>,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send + 'static,
    ) -> Result<T, RemoteError> {
        self.call_for(STATEMENT + GRACE, cancelled, work)
    }

    /// The same, with another limit.
    fn call_for<T: Send + 'static>(
        &mut self,
        limit: Duration,
        cancelled: Cancelled<'_>,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send + 'static,
    ) -> Result<T, RemoteError> {
        let connection = self.connection(cancelled)?;
        let done = connection.call_for(limit, &|| cancelled(), work);
        done.map_err(|error| {
            if matches!(error, RemoteError::Lost(_)) {
                self.connection = None;
            }
            self.named(error)
        })
    }

    /// Runs a statement and converts its rows.
    pub(super) fn rows<T: Send + 'static>(
        &mut self,
        statement: Statement,
        cancelled: Cancelled<'_>,
        each: fn(&postgres::Row) -> Result<T, postgres::Error>,
    ) -> Result<Vec<T>, RemoteError> {
        self.call(cancelled, move |client| {
            let rows = client.query_typed(&statement.text, &statement.parameters())?;
            rows.iter().map(each).collect()
        })
    }

    fn opened(&mut self) -> Result<&mut Open, RemoteError> {
        self.open.as_mut().ok_or(RemoteError::Replaced)
    }

    /// Opens the current generation, unless it is open.
    fn refresh(&mut self, cancelled: Cancelled<'_>) -> Result<(), RemoteError> {
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
        let (address, number) = (self.address.clone(), current.number);
        let records = self.call_for(OPENING, cancelled, move |client| {
            vocabulary::read(client, &address, number)
        });
        let records = records?.map_err(|error| self.named(error))?;
        let store = Arc::new(RowStore::new(current.postings));
        let board = Board::stored(current.board, Arc::clone(&store) as _, Vec::new());
        let board = Arc::new(board.of_parts(current.parts));
        let index = Index::remote(board, &records, Arc::clone(&store) as _);
        index.set_aliases(&self.aliases);
        self.open = Some(Open {
            generation: current.number,
            store,
            searcher: Searcher::new(Arc::new(index)),
            facets: Vec::new(),
            described: HashMap::new(),
        });
        Ok(())
    }

    fn nothing_published(&self) -> RemoteError {
        let shown = self.address.shown();
        let schema = &self.address.schema;
        RemoteError::Refused(format!(
            "{shown}: no board is published in schema {schema}, or it may not be read; `jobdeck publish --to` makes one"
        ))
    }

    /// Fetches the postings of these rows that are not here.
    fn fetch(&mut self, rows: &[u32], cancelled: Cancelled<'_>) -> Result<(), RemoteError> {
        let open = self.opened()?;
        let (missing, generation) = (open.store.missing(rows), open.generation);
        for missing in missing.chunks(FETCHED) {
            let missing = missing.to_vec();
            let text = self.select(generation, "p.number = ANY ($1)");
            let fetched = self.call(cancelled, move |client| {
                let rows = client.query_typed(&text, &[(&missing, Type::INT4_ARRAY)])?;
                rows.iter().map(fetched).collect::<Result<Vec<_>, _>>()
            });
            self.take(fetched?, false)?;
        }
        Ok(())
    }

    /// Fetches the postings with these ids, which stay here.
    fn fetch_ids(&mut self, ids: &[String], cancelled: Cancelled<'_>) -> Result<(), RemoteError> {
        let generation = self.opened()?.generation;
        for ids in ids.chunks(FETCHED) {
            let ids = ids.to_vec();
            let text = self.select(generation, "p.id = ANY ($1)");
            let fetched = self.call(cancelled, move |client| {
                let rows = client.query_typed(&text, &[(&ids, Type::TEXT_ARRAY)])?;
                rows.iter().map(fetched).collect::<Result<Vec<_>, _>>()
            });
            self.take(fetched?, true)?;
        }
        Ok(())
    }

    fn select(&self, generation: i32, condition: &str) -> String {
        let records = record_columns().fold(String::new(), |mut all, name| {
            let _ = write!(all, "p.{name}, ");
            all
        });
        format!(
            "SELECT {records}p.number, p.board, b.posting, b.description FROM {} p JOIN {} b ON b.hash = p.hash WHERE {condition}",
            self.address.table(&format!("posting_{generation}")),
            self.address.table("body")
        )
    }

    /// Keeps fetched postings.
    fn take(&mut self, sent: Vec<Sent>, lasts: bool) -> Result<(), RemoteError> {
        let unreadable = self.named(RemoteError::Refused("a posting cannot be read".to_owned()));
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
            };
            postings.push((row, fetched));
        }
        open.store.add(postings, lasts);
        Ok(())
    }

    /// Replaces tests of descriptions by the rows that pass them.
    fn find_described(
        &mut self,
        plan: &mut Plan,
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        for one in plan.terms.iter_mut().flat_map(|term| &mut term.any) {
            let Some(test) = one.description.take() else {
                continue;
            };
            let key = format!("{test:?}");
            let known = self.opened()?.described.get(&key).cloned();
            let rows = if let Some(rows) = known {
                rows
            } else {
                let rows = self.described(test, cancelled)?;
                let described = &mut self.opened()?.described;
                described.insert(key, rows.clone());
                rows
            };
            one.rows = Some(rows);
        }
        Ok(())
    }

    /// The rows whose descriptions pass a test: the server finds those with its text, which are tested here.
    fn described(
        &mut self,
        test: DescriptionTest,
        cancelled: Cancelled<'_>,
    ) -> Result<RowList, RemoteError> {
        let generation = self.opened()?.generation;
        let postings = self.address.table(&format!("posting_{generation}"));
        let body = self.address.table("body");
        let found = self.call(cancelled, move |client| match test.contains() {
            None => {
                let select = format!("SELECT p.number FROM {postings} p WHERE NOT p.is_described");
                let rows = client.query_typed(&select, &[])?;
                rows.iter().map(|row| row.try_get(0)).collect()
            }
            Some(part) => {
                let select = format!(
                    "SELECT p.number, b.description FROM {postings} p JOIN {body} b ON b.hash = p.hash
WHERE p.is_described AND strpos(coalesce(b.folded, lower(b.description COLLATE \"C\")), $1) > 0 LIMIT {DESCRIBED}"
                );
                let rows = client.query_typed(&select, &[(&part, Type::TEXT)])?;
                let mut found: Vec<i32> = Vec::new();
                for row in &rows {
                    if test.passes(&fold(row.try_get(1)?)) {
                        found.push(row.try_get(0)?);
                    }
                }
                Ok(found)
            }
        });
        let mut rows: Vec<i32> = found?;
        rows.sort_unstable();
        Ok(RowList {
            rows,
            is_complement: false,
        })
    }

    /// Finds the first rows of a plan and fetches their postings.
    fn window(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<u32>, RemoteError> {
        let numbers = self.first(plan, request, cancelled)?;
        let all = self.opened()?.searcher.index().len();
        let numbers = numbers.into_iter().map(u32::try_from);
        let numbers: Vec<u32> = numbers.filter_map(Result::ok).collect();
        if numbers.iter().any(|row| *row as usize >= all) || numbers.len() > request.limit {
            return Err(self.named(RemoteError::Refused(
                "the server lists rows that are not there".to_owned(),
            )));
        }
        self.fetch(&numbers, cancelled)?;
        Ok(numbers)
    }

    /// Numbers of the first rows of a plan, as the server lists them.
    fn first(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<i32>, RemoteError> {
        let read = |row: &postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
        for effort in 0..SHORTLISTS {
            let searcher = &self.opened()?.searcher;
            let Some(short) = searcher.shortlist(plan, request.limit, effort) else {
                break;
            };
            let statement = self.statements(plan, request)?;
            let statement = statement.window(request.limit, Some(&short));
            let found: Vec<(i32, i64)> = self.rows(statement, cancelled, read)?;
            // Rows that are not in the list have smaller ranks than these.
            let is_first = |(_, place): &(i32, i64)| place.checked_neg() >= Some(short.least);
            if found.len() == request.limit && found.iter().all(is_first) {
                return Ok(found.into_iter().map(|(number, _)| number).collect());
            }
        }
        let statement = self.statements(plan, request)?.window(request.limit, None);
        let found: Vec<(i32, i64)> = self.rows(statement, cancelled, read)?;
        Ok(found.into_iter().map(|(number, _)| number).collect())
    }

    /// Position of the row to keep.
    fn kept(
        &mut self,
        plan: &Plan,
        request: &Request,
        (rows, cancelled): (&[u32], Cancelled<'_>),
    ) -> Result<Option<usize>, RemoteError> {
        let Some(Row(kept)) = request.keep else {
            return Ok(None);
        };
        let known = rows.iter().position(|row| *row == kept);
        if known.is_some() || rows.len() < request.limit {
            return Ok(known);
        }
        let statement = self.statements(plan, request)?.before(kept);
        let counts = self.rows(statement, cancelled, |row| row.try_get::<_, i64>(0))?;
        Ok(counts
            .first()
            .and_then(|count| usize::try_from(*count).ok()))
    }

    pub(super) fn statements<'a>(
        &'a self,
        plan: &'a Plan,
        request: &Request,
    ) -> Result<Statements<'a>, RemoteError> {
        let open = self.open.as_ref().ok_or(RemoteError::Replaced)?;
        Ok(Statements {
            address: &self.address,
            generation: open.generation,
            plan,
            unjudged: request.unjudged,
            most: self.most,
        })
    }

    fn answer(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
        first: &mut dyn FnMut(Matches),
    ) -> Result<Matches, RemoteError> {
        if request.like.is_some() {
            let why = "similar postings are found on boards that are here, not on a server";
            return Err(RemoteError::Refused(why.to_owned()));
        }
        let plan = self.opened()?.searcher.plan(request, cancelled);
        let mut plan = plan.ok_or(RemoteError::Cancelled)?;
        self.find_described(&mut plan, cancelled)?;
        let rows = self.window(&plan, request, cancelled)?;
        let kept = self.kept(&plan, request, (&rows, cancelled))?;
        let listed: Vec<Row> = rows.iter().copied().map(Row).collect();
        let with_rows = |matches: Matches| Matches {
            rows: listed.clone(),
            kept,
            ..matches
        };
        let all = self.opened()?.searcher.index().len();
        if plan.matches_all() {
            let counts = RemoteCounts {
                total: all,
                ..RemoteCounts::default()
            };
            let open = self.opened()?;
            let matches = open.searcher.matches(request, &plan, &counts, true);
            open.facets.clone_from(&matches.facets);
            return Ok(with_rows(matches));
        }
        let open = self.opened()?;
        let counts = RemoteCounts {
            total: rows.len(),
            ..RemoteCounts::default()
        };
        let early = Matches {
            facets: open.facets.clone(),
            is_at_least: rows.len() == request.limit,
            ..open.searcher.matches(request, &plan, &counts, false)
        };
        first(with_rows(early));
        let mut counts = self.count(&plan, request, cancelled)?;
        if counts.is_at_least {
            counts.total = counts.total.max(rows.len());
        }
        let open = self.opened()?;
        let matches = open.searcher.matches(request, &plan, &counts, true);
        open.facets.clone_from(&matches.facets);
        Ok(with_rows(matches))
    }
}

impl RemoteEngine for Engine {
    fn open(
        &mut self,
        ids: &[String],
        cancelled: Cancelled<'_>,
    ) -> Result<Arc<Index>, RemoteError> {
        self.refresh(cancelled)?;
        self.fetch_ids(ids, cancelled)?;
        Ok(Arc::clone(self.opened()?.searcher.index()))
    }

    fn search(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
        first: &mut dyn FnMut(Matches),
    ) -> Result<Matches, RemoteError> {
        let is_old = self.connection.is_some();
        let mut answered = self.answer(request, cancelled, first);
        // The server may have been restarted since the last request.
        if let Err(RemoteError::Lost(why)) = &answered
            && is_old
            && !why.ends_with(NO_ANSWER)
        {
            answered = self.answer(request, cancelled, first);
        }
        if answered == Err(RemoteError::Replaced) {
            self.open = None;
        }
        answered
    }
}

/// A posting as the server sends it.
struct Sent {
    records: [i32; COLUMNS],
    number: i32,
    board: String,
    posting: String,
    description: String,
}

fn fetched(row: &postgres::Row) -> Result<Sent, postgres::Error> {
    let mut records = [0; COLUMNS];
    for (at, record) in records.iter_mut().enumerate() {
        *record = row.try_get(at)?;
    }
    Ok(Sent {
        records,
        number: row.try_get(COLUMNS)?,
        board: row.try_get(COLUMNS + 1)?,
        posting: row.try_get(COLUMNS + 2)?,
        description: row.try_get(COLUMNS + 3)?,
    })
}

/// The current generation, if there is one.
fn current(client: &mut Client, address: &Address) -> Result<Option<Current>, postgres::Error> {
    let text = format!(
        "SELECT number, board, parts, postings FROM {} WHERE is_current",
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
    Ok(Some(Current {
        number: row.try_get(0)?,
        board: text::line(&board),
        parts: parts
            .map(|(key, name)| (text::line(&key), text::line(&name)))
            .collect(),
        postings: usize::try_from(postings).unwrap_or(0),
    }))
}
