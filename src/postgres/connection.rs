//! A connection in a thread of its own, so that a server that does not answer never blocks its caller.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use postgres::config::{Host, SslMode, SslNegotiation};
use postgres::error::SqlState;
use postgres::{CancelToken, Client, Config};

use super::message::Connector;
use super::{Address, tls};
use crate::board::text;
use crate::search::RemoteError;

/// Interval at which a waiting caller looks whether it still wants the answer.
pub(super) const LOOK: Duration = Duration::from_millis(5);
/// Longest time a statement may run on the server.
pub(super) const STATEMENT: Duration = Duration::from_secs(8);
/// After this time beyond its limit, or after it was cancelled, a statement is given up with its connection.
pub(super) const GRACE: Duration = Duration::from_secs(2);
/// Longest time until a connection is there.
const CONNECT: Duration = Duration::from_secs(6);
/// Longest wait of Citus for a connection to a worker.
const WORKER: Duration = Duration::from_secs(1);
/// Message about a server that does not answer.
pub(super) const NO_ANSWER: &str = "the server does not answer";
/// Message about tables that lack a column.
const OTHER_FORM: &str = "the board was published by another version of jobdeck: publish it again";
/// Message about a statement that took longer than the server allows.
pub(super) const TOO_SLOW: &str =
    "the search takes too long: another word or filter leaves less to search";
/// Longest message of a server that is repeated.
const MESSAGE: usize = 200;

type Job = Box<dyn FnOnce(&mut Client) + Send>;

/// A connection.
pub(super) struct Connection {
    jobs: Sender<Job>,
    token: CancelToken,
    address: Address,
}

/// A connection that is being made.
pub(super) struct Connecting {
    answer: Receiver<Result<Connection, RemoteError>>,
    until: Instant,
    is_over: bool,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Reading, with limits.
    Reading,
    /// Publishing.
    Writing,
}

impl Connecting {
    /// Starts to connect.
    pub(super) fn start(address: &Address, wanted: Use) -> Self {
        let (tell, answer) = channel();
        let address = address.clone();
        // Without a thread the answer is that the sender is gone.
        let _ = thread::Builder::new()
            .name("postgres".into())
            .spawn(move || {
                let (jobs, asked) = channel::<Job>();
                let (client, connection) = match open(&address, wanted) {
                    Ok(client) => {
                        let token = client.cancel_token();
                        let connection = Connection {
                            jobs,
                            token,
                            address,
                        };
                        (client, connection)
                    }
                    Err(error) => {
                        let _ = tell.send(Err(error));
                        return;
                    }
                };
                let mut client = client;
                if tell.send(Ok(connection)).is_ok() {
                    for job in asked {
                        job(&mut client);
                    }
                }
            });
        Self {
            answer,
            until: Instant::now() + CONNECT,
            is_over: false,
        }
    }

    /// Whether the attempt has ended.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Waits for the connection.
    pub(super) fn wait(&mut self, cancelled: &dyn Fn() -> bool) -> Result<Connection, RemoteError> {
        loop {
            match self.answer.recv_timeout(LOOK) {
                Ok(answer) => {
                    self.is_over = true;
                    return answer;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.is_over = true;
                    return Err(RemoteError::Lost("no thread for a connection".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if Instant::now() > self.until {
                return Err(no_answer());
            }
            if cancelled() {
                return Err(RemoteError::Cancelled);
            }
        }
    }
}

fn no_answer() -> RemoteError {
    RemoteError::Lost(NO_ANSWER.to_owned())
}

/// How connections to an address are made.
fn connector(address: &Address) -> Result<Connector, String> {
    if address.config.get_ssl_mode() == SslMode::Disable {
        return Ok(Connector::Plain);
    }
    tls::connector(address.root_certificate.as_deref()).map(Connector::Tls)
}

/// Whether one of the hosts is a socket of this machine.
fn has_socket(config: &Config) -> bool {
    let mut hosts = config.get_hosts().iter();
    hosts.any(|host| !matches!(host, Host::Tcp(_)))
}

fn open(address: &Address, wanted: Use) -> Result<Client, RemoteError> {
    let connector = connector(address).map_err(RemoteError::Refused)?;
    let mut config = address.config.clone();
    if matches!(connector, Connector::Plain) && !has_socket(&config) {
        // Nothing is negotiated: the connector makes the connection as it is.
        config.ssl_mode(SslMode::Require);
        config.ssl_negotiation(SslNegotiation::Direct);
    }
    let mut client = config.connect(connector).map_err(|error| reason(&error))?;
    let limit = STATEMENT.as_millis();
    let settings = match wanted {
        Use::Reading => format!(
            "SET default_transaction_read_only = on; SET statement_timeout = {limit};
SET plan_cache_mode = force_custom_plan; SET jit = off; SET work_mem = '64MB'; SET search_path = pg_catalog;
SET citus.node_connection_timeout = {}",
            WORKER.as_millis()
        ),
        Use::Writing => "SET search_path = pg_catalog; SET statement_timeout = 0; SET client_min_messages = warning".to_owned(),
    };
    client
        .batch_execute(&settings)
        .map_err(|error| reason(&error))?;
    Ok(client)
}

impl Connection {
    /// Runs some statements in the connection's thread, for a limited time. If the answer is no longer wanted, the statement
    /// is cancelled on the server; if `is_given_up` says so, nothing is waited for. After [`RemoteError::Lost`] the
    /// connection is of no further use.
    pub(super) fn call_for<T: Send + 'static>(
        &self,
        limit: Duration,
        cancelled: &dyn Fn() -> bool,
        is_given_up: &mut dyn FnMut() -> bool,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send + 'static,
    ) -> Result<T, RemoteError> {
        let (tell, answer) = channel();
        let job: Job = Box::new(move |client| {
            let done = work(client).map_err(|error| reason(&error));
            let _ = tell.send(done);
        });
        if self.jobs.send(job).is_err() {
            return Err(RemoteError::Lost("the connection was closed".to_owned()));
        }
        let mut until = Instant::now() + limit;
        let mut is_cancelled = false;
        loop {
            match answer.recv_timeout(LOOK) {
                Ok(Err(RemoteError::Refused(_)) | Ok(_)) if is_cancelled => {
                    return Err(RemoteError::Cancelled);
                }
                Ok(done) => return done,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(RemoteError::Lost("the connection was closed".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if Instant::now() > until {
                return Err(no_answer());
            }
            if is_given_up() {
                self.cancel();
                return Err(no_answer());
            }
            if !is_cancelled && cancelled() {
                is_cancelled = true;
                until = Instant::now() + GRACE;
                self.cancel();
            }
        }
    }

    /// Asks the server to cancel the running statement.
    fn cancel(&self) {
        let token = self.token.clone();
        let address = self.address.clone();
        // It takes a connection of its own. Without a thread the statement runs on until its limit.
        let _ = thread::Builder::new().name("cancel".into()).spawn(move || {
            if let Ok(connector) = connector(&address) {
                let _ = token.cancel_query(connector);
            }
        });
    }
}

/// The reason of a failure. Messages of a server pass the text gate and are cut.
fn reason(error: &postgres::Error) -> RemoteError {
    if let Some(refused) = error.as_db_error() {
        let code = refused.code();
        let message: String = text::line(refused.message())
            .chars()
            .take(MESSAGE)
            .collect();
        let is_end = [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::TOO_MANY_CONNECTIONS,
        ];
        return match code {
            code if *code == SqlState::UNDEFINED_TABLE => RemoteError::Replaced,
            code if *code == SqlState::INVALID_SCHEMA_NAME => RemoteError::Replaced,
            code if *code == SqlState::QUERY_CANCELED => RemoteError::Refused(TOO_SLOW.to_owned()),
            code if *code == SqlState::UNDEFINED_COLUMN => {
                RemoteError::Refused(OTHER_FORM.to_owned())
            }
            code if is_end.contains(code) => RemoteError::Lost(message),
            _ => RemoteError::Refused(message),
        };
    }
    let mut source: &dyn std::error::Error = error;
    while let Some(inner) = source.source() {
        source = inner;
    }
    let message: String = text::line(&source.to_string())
        .chars()
        .take(MESSAGE)
        .collect();
    RemoteError::Lost(message)
}
