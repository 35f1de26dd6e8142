//! Answers requests from a server.

use std::collections::HashMap;
use std::hash::RandomState;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use postgres::Client;
use postgres::fallible_iterator::FallibleIterator as _;

use super::connection::{Connecting, Connection, GRACE, NO_ANSWER, STATEMENT, Use};
use super::grouping::Window;
use super::inquiry::Inquiry;
use super::parts::{self, Part};
use super::record_cache::RecordCache;
use super::sql::Statement;
use super::statements::Statements;
use super::store::RowStore;
use super::{Address, history};
use crate::board::Date;
use crate::search::{
    AccessPath, Cancelled, Index, Matches, Plan, PlannedRules, Publication, RemoteCounts,
    RemoteEngine, RemoteError, RemoteRules, Request, Row, RowList, Searcher, Tally, in_other_words,
};

/// Time of a statement after which the servers of the parts are asked whether they are there.
const PATIENCE: Duration = Duration::from_millis(600);
/// Time after which servers that are away are asked again.
const AGAIN: Duration = Duration::from_secs(30);

/// Message about a server that sends more rows than there can be.
pub(super) const TOO_MANY: &str = "the server sends more than was asked for";

/// A board on a server.
pub struct Engine {
    pub(super) address: Address,
    pub(super) aliases: Vec<(String, Vec<String>)>,
    /// Number of rows to read for counting, at most.
    pub(super) most: usize,
    connecting: Option<Connecting>,
    connection: Option<Arc<Connection>>,
    pub(super) open: Option<Open>,
    /// Where records are kept between two openings.
    pub(super) record_cache: Option<RecordCache>,
    /// What there is to tell about the servers.
    pub(super) notice: Option<String>,
    /// Time after which servers that are away are asked again.
    pub(super) again: Duration,
    /// A question to the servers of the parts.
    pub(super) inquiry: Option<Inquiry>,
    /// Hashes statements.
    pub(super) hasher: RandomState,
}

/// A generation that is open.
pub(super) struct Open {
    pub(super) generation: i32,
    pub(super) lineage: String,
    /// Number of records of all columns.
    pub(super) records: usize,
    /// Number of rows of the list of all postings, with duplicates grouped.
    pub(super) grouped: usize,
    pub(super) store: Arc<RowStore>,
    pub(super) searcher: Searcher,
    /// Rows found by tests of descriptions.
    pub(super) described: HashMap<u64, RowList>,
    /// Mute rules and news, as they were last applied.
    pub(super) rules: Option<AppliedRules>,
    /// Parts of the rows on other servers.
    pub(super) parts: Vec<Part>,
    /// Those that can be reached, if that is not all, and when they were last asked.
    pub(super) reachable: Option<(Vec<Part>, Instant)>,
}

/// Mute rules and news as they were last applied.
pub(super) struct AppliedRules {
    pub(super) rules: Arc<RemoteRules>,
    pub(super) planned: Arc<PlannedRules>,
}

impl Open {
    /// The table of the rows that can be reached, for a `FROM` that names it `p`.
    pub(super) fn postings(&self, address: &Address) -> String {
        let table = address.table(&format!("posting_{}", self.generation));
        match &self.reachable {
            Some((parts, _)) => {
                let condition = parts::condition(parts);
                format!("(SELECT * FROM {table} p WHERE {condition})")
            }
            None => table,
        }
    }

    /// The table of the postings themselves as `b`, joined with `p`.
    pub(super) fn bodies(&self, address: &Address) -> String {
        let table = address.table("body");
        if self.is_distributed() {
            format!("{table} b ON b.hash = p.hash AND b.part = p.part")
        } else {
            format!("{table} b ON b.hash = p.hash")
        }
    }

    /// The parts that can be reached, as far as is known.
    pub(super) fn used(&self) -> &[Part] {
        let reachable = self.reachable.as_ref();
        reachable.map_or(&self.parts, |(parts, _)| parts)
    }

    /// Whether Citus distributes the rows.
    pub(super) fn is_distributed(&self) -> bool {
        self.parts.first().is_some_and(Part::is_distributed)
    }
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
            record_cache: None,
            notice: None,
            again: AGAIN,
            inquiry: None,
            hasher: RandomState::new(),
        }
    }

    /// Reads at most this number of rows for counting; beyond that, all counts are at least what they say.
    #[must_use]
    pub fn counting_at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// Asks servers that are away again after this time.
    #[must_use]
    pub fn asking_again_after(self, again: Duration) -> Self {
        Self { again, ..self }
    }

    /// Keeps the records in this cache folder, so that the next opening need not fetch them.
    #[must_use]
    pub fn caching_in(self, folder: &Path) -> Self {
        let record_cache = Some(RecordCache::new(folder, &self.address));
        Self {
            record_cache,
            ..self
        }
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

    /// Drops a connection on which rows are still on their way.
    pub(super) fn disconnect(&mut self) {
        self.connection = None;
    }

    /// Adds the address to a message.
    pub(super) fn named(&self, error: RemoteError) -> RemoteError {
        let named = |why: String| format!("{}: {why}", self.address.shown());
        match error {
            RemoteError::Lost(why) => RemoteError::Lost(named(why)),
            RemoteError::Refused(why) => RemoteError::Refused(named(why)),
            error => error,
        }
    }

    /// Runs statements on the connection, and drops it if it is lost.
    pub(super) fn call<T: Send + 'static>(
        &mut self,
        cancelled: Cancelled<'_>,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send + 'static,
    ) -> Result<T, RemoteError> {
        self.call_for(STATEMENT + GRACE, cancelled, work)
    }

    /// The same, with another limit.
    pub(super) fn call_for<T: Send + 'static>(
        &mut self,
        limit: Duration,
        cancelled: Cancelled<'_>,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send + 'static,
    ) -> Result<T, RemoteError> {
        let connection = self.connection(cancelled)?;
        let started = Instant::now();
        let Self {
            address,
            open,
            inquiry,
            ..
        } = self;
        let parts = open.as_ref().filter(|open| !open.parts.is_empty());
        // That all of them were there says nothing about now.
        if inquiry.as_mut().is_some_and(Inquiry::finds_all) {
            *inquiry = None;
        }
        let mut is_given_up = || {
            let Some(open) = parts.filter(|_| started.elapsed() > PATIENCE) else {
                return false;
            };
            let inquiry = inquiry
                .get_or_insert_with(|| Inquiry::start(address, open.generation, &open.parts));
            inquiry.is_over(Duration::ZERO) && inquiry.misses(open.used())
        };
        let done = connection.call_for(limit, &|| cancelled(), &mut is_given_up, work);
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
        // No statement has more rows than one for each posting and two for each record.
        let open = self.opened()?;
        let most = open.searcher.index().len() + 2 * open.records + 1;
        let rows = self.call(cancelled, move |client| {
            let mut rows = client.query_typed_raw(&statement.text, statement.parameters())?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                if all.len() > most {
                    return Ok(None);
                }
                all.push(each(&row)?);
            }
            Ok(Some(all))
        });
        let rows = rows?;
        if rows.is_none() {
            self.disconnect();
        }
        rows.ok_or_else(|| self.named(RemoteError::Refused(TOO_MANY.to_owned())))
    }

    pub(super) fn opened(&mut self) -> Result<&mut Open, RemoteError> {
        self.open.as_mut().ok_or(RemoteError::Replaced)
    }

    /// The plan of a request, with the rows found in descriptions and the rules applied.
    pub(super) fn plan(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Plan, RemoteError> {
        let plan = self.opened()?.searcher.plan(request, cancelled);
        let mut plan = plan.ok_or(RemoteError::Cancelled)?;
        self.describe(&mut plan.terms, cancelled)?;
        self.apply_rules(&mut plan, request, cancelled)?;
        Ok(plan)
    }

    /// Whether counting reads all rows of a path, or all rows of the board if there is none.
    pub(super) fn reads_all(&mut self, path: Option<&AccessPath>) -> Result<bool, RemoteError> {
        let rows = match path {
            Some(path) => path.postings,
            None => self.opened()?.searcher.index().len() as u64,
        };
        Ok(rows <= self.most as u64)
    }

    /// Position of the row to keep; `None` if it does not match, or if there are too many matches to tell.
    fn kept(
        &mut self,
        plan: &Plan,
        request: &Request,
        (window, cancelled): (&Window, Cancelled<'_>),
    ) -> Result<Option<usize>, RemoteError> {
        let Some(Row(kept)) = request.keep else {
            return Ok(None);
        };
        if window.is_grouped {
            return self.kept_in_groups(plan, request, kept, (window, cancelled));
        }
        let rows = &window.rows;
        let known = rows.iter().position(|row| *row == kept);
        if known.is_some() || rows.len() < request.limit {
            return Ok(known);
        }
        let path = plan.access_path(request.unjudged);
        if !self.reads_all(path.as_ref())? {
            return Ok(None);
        }
        let statement = self.statements(plan, request)?.before(kept, path.as_ref());
        let counts = self.rows(statement, cancelled, |row| row.try_get::<_, i64>(0))?;
        Ok(counts
            .first()
            .and_then(|count| usize::try_from(*count).ok()))
    }

    pub(super) fn statements<'a>(
        &self,
        plan: &'a Plan,
        request: &Request,
    ) -> Result<Statements<'a>, RemoteError> {
        let open = self.open.as_ref().ok_or(RemoteError::Replaced)?;
        Ok(Statements {
            postings: open.postings(&self.address),
            plan,
            unjudged: request.unjudged,
            most: self.most,
            is_distributed: open.is_distributed(),
        })
    }

    /// Answers a request; one that finds little also in other words.
    fn answer(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
        first: &mut dyn FnMut(Matches),
    ) -> Result<Matches, RemoteError> {
        let found = self.answer_as_asked(request, cancelled, first)?;
        let mut again = |request: &Request| self.answer_as_asked(request, cancelled, &mut |_| {});
        in_other_words(request, found, &mut again)
    }

    fn answer_as_asked(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
        first: &mut dyn FnMut(Matches),
    ) -> Result<Matches, RemoteError> {
        if request.like.is_some() {
            let why = "similar postings are found on boards that are here, not on a server";
            return Err(RemoteError::Refused(why.to_owned()));
        }
        let mut plan = self.plan(request, cancelled)?;
        let mut window = self.window(&mut plan, request, cancelled)?;
        self.note_muted(&window.rows)?;
        let kept = self.kept(&plan, request, (&window, cancelled))?;
        let listed: Vec<Row> = window.rows.iter().copied().map(Row).collect();
        let opened = window.opened_rows();
        let with_rows = |matches: Matches, groupings| Matches {
            shown: (matches.shown + opened).max(listed.len()),
            rows: listed.clone(),
            groupings,
            kept,
            ..matches
        };
        let all = self.opened()?.searcher.index().len();
        if self.is_whole(&plan)? {
            self.count_groups(&plan, request, (&mut window, cancelled))?;
            let groupings = self.groupings(&window)?;
            let open = self.opened()?;
            let counts = RemoteCounts {
                total: all,
                grouped: window.is_grouped.then_some(open.grouped),
                ..RemoteCounts::default()
            };
            let matches = open.searcher.matches(request, &plan, &counts, true);
            let matches = with_rows(matches, groupings);
            let unknown = self.unknown_members(&window)?;
            if !unknown.is_empty() {
                first(matches.clone());
                self.read_members(unknown, cancelled)?;
            }
            return Ok(matches);
        }
        let groupings = self.groupings(&window)?;
        let open = self.opened()?;
        let (total, grouped) = window
            .totals
            .unwrap_or_else(|| (listed.len(), listed.len().saturating_sub(opened)));
        let counts = RemoteCounts {
            total,
            grouped: Some(grouped),
            is_at_least: window.totals.is_none(),
            ..RemoteCounts::default()
        };
        let early = Matches {
            is_counting: true,
            ..open.searcher.matches(request, &plan, &counts, false)
        };
        first(with_rows(early, groupings));
        self.count_groups(&plan, request, (&mut window, cancelled))?;
        let unknown = self.unknown_members(&window)?;
        self.read_members(unknown, cancelled)?;
        let groupings = self.groupings(&window)?;
        let mut counts = self.count(&plan, request, cancelled)?;
        // What is on a server that is away is not counted.
        counts.is_at_least |= self.opened()?.reachable.is_some();
        if counts.is_at_least {
            let known = if self.opened()?.reachable.is_none() {
                plan.at_least(all)
            } else {
                0
            };
            counts.total = counts.total.max(listed.len()).max(known);
        }
        let open = self.opened()?;
        let matches = open.searcher.matches(request, &plan, &counts, true);
        Ok(with_rows(matches, groupings))
    }
}

impl RemoteEngine for Engine {
    fn open(
        &mut self,
        ids: &[String],
        cancelled: Cancelled<'_>,
    ) -> Result<Arc<Index>, RemoteError> {
        self.refresh(cancelled)?;
        // Boards that were published together prefix their ids.
        let board = self.opened()?.searcher.index().shared_board();
        let keys = board.parts().filter_map(|(part, _)| part);
        let prefixed = keys.flat_map(|part| ids.iter().map(move |id| format!("{part}/{id}")));
        let ids: Vec<String> = ids.iter().cloned().chain(prefixed).collect();
        self.ask_those_there(cancelled, |engine| engine.fetch_ids(&ids, cancelled))?;
        Ok(Arc::clone(self.opened()?.searcher.index()))
    }

    fn search(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
        first: &mut dyn FnMut(Matches),
    ) -> Result<Matches, RemoteError> {
        let answered = self.ask_those_there(cancelled, |engine| {
            let is_old = engine.connection.is_some();
            let answered = engine.answer(request, cancelled, first);
            // The server may have been restarted since the last request.
            match &answered {
                Err(RemoteError::Lost(why)) if is_old && !why.ends_with(NO_ANSWER) => {
                    engine.answer(request, cancelled, first)
                }
                _ => answered,
            }
        });
        if answered == Err(RemoteError::Replaced) {
            self.open = None;
        }
        answered
    }

    fn count(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Matches, RemoteError> {
        self.ask_those_there(cancelled, |engine| engine.count_alone(request, cancelled))
    }

    fn tally(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Result<Tally, RemoteError> {
        self.ask_those_there(cancelled, |engine| engine.tally_all(request, cancelled))
    }

    fn publication(&self) -> Option<Publication> {
        self.open.as_ref().map(|open| Publication {
            lineage: open.lineage.clone(),
            number: open.generation,
        })
    }

    fn news(
        &mut self,
        since: i32,
        today: Date,
        cancelled: Cancelled<'_>,
    ) -> Result<(usize, usize), RemoteError> {
        let generation = self.opened()?.generation;
        let text = history::news(&self.address, generation, since, today);
        let counts = self.call(cancelled, move |client| {
            let row = client.query_typed(&text, &[])?.into_iter().next();
            row.map_or(Ok((0, 0)), |row| Ok((row.try_get(0)?, row.try_get(1)?)))
        });
        let (new, changed): (i64, i64) = counts?;
        let number = |count: i64| usize::try_from(count).unwrap_or(0);
        Ok((number(new), number(changed)))
    }

    fn notice(&mut self) -> Option<String> {
        let notice = self.notice.take()?;
        Some(format!("{}: {notice}", self.address.shown()))
    }
}
