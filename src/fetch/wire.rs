//! A single HTTP request and its response; the only file that uses the HTTP client crate.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use ureq::config::{AutoHeaderValue, Config};
use ureq::http::{Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};
use url::Url;

use super::{ByteCallback, FetchError, Reach, Validators};

/// Maximum length of a validator.
const LONGEST_VALIDATOR: usize = 1024;

/// Read buffer size.
const CHUNK: usize = 64 << 10;
/// Maximum compression ratio of documents larger than [`UNSUSPICIOUS`]. Feeds reach 10 to 20, runs of zeros 1,000, and
/// parsing takes several times the unpacked size.
const RATIO: u64 = 100;
/// Size up to which the compression ratio is not checked.
const UNSUSPICIOUS: u64 = 16 << 20;
/// Maximum number of addresses per host name, given by the client.
const NAMED: usize = 16;
/// User agent.
const NAME: &str = concat!("jobdeck/", env!("CARGO_PKG_VERSION"));
/// Accept header: many systems respond with HTML by default.
const WANTED: &str = "application/json, application/xml;q=0.9, text/csv;q=0.9, */*;q=0.5";

/// Resolves a host name and port.
pub type Lookup = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// The HTTP client.
#[derive(Debug, Clone)]
pub(super) struct Wire(Agent);

/// A response whose body was not read yet.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) validators: Validators,
    packing: Option<String>,
    response: Response<Body>,
}

impl Wire {
    pub(super) fn new(reach: Reach, connect: Duration, lookup: Option<Lookup>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are checked before they are followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(connect))
            .timeout_resolve(Some(connect))
            .user_agent(NAME)
            .accept(AutoHeaderValue::Provided(Arc::new(WANTED.to_owned())))
            .build();
        let names = Names {
            reach,
            lookup,
            system: DefaultResolver::default(),
        };
        Self(Agent::with_parts(
            config,
            DefaultConnector::default(),
            names,
        ))
    }

    /// Requests a document, unless unmodified against `known`; takes at most `left`.
    pub(super) fn ask(
        &self,
        url: &Url,
        known: &Validators,
        left: Duration,
    ) -> Result<Head, FetchError> {
        let mut request = self.0.get(url.as_str());
        request = request.header(header::ACCEPT_ENCODING, "gzip");
        for (name, value) in [
            (header::IF_NONE_MATCH, &known.etag),
            (header::IF_MODIFIED_SINCE, &known.last_modified),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let request = request.config().timeout_global(Some(left)).build();
        let response = request.call().map_err(|error| failed(error, url, 0))?;
        Ok(Head::from_response(response))
    }
}

impl Wire {
    /// Requests only the headers of a document; takes at most `left`.
    pub(super) fn look(&self, url: &Url, left: Duration) -> Result<Head, FetchError> {
        let request = self.0.head(url.as_str());
        let request = request.config().timeout_global(Some(left)).build();
        let response = request.call().map_err(|error| failed(error, url, 0))?;
        Ok(Head::from_response(response))
    }
}

/// Whether a validator can be sent in a request. Response headers may contain tabs, request headers may not.
fn is_sendable(value: &str) -> bool {
    value.len() <= LONGEST_VALIDATOR && value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

impl Head {
    fn from_response(response: Response<Body>) -> Self {
        let text = |name| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let seconds = text(header::RETRY_AFTER).and_then(|after| after.trim().parse().ok());
        Self {
            status: response.status().as_u16(),
            location: text(header::LOCATION),
            content_type: text(header::CONTENT_TYPE),
            retry_after: seconds.map(Duration::from_secs),
            validators: Validators {
                etag: text(header::ETAG).filter(|value| is_sendable(value)),
                last_modified: text(header::LAST_MODIFIED).filter(|value| is_sendable(value)),
            },
            packing: text(header::CONTENT_ENCODING),
            response,
        }
    }

    /// The whole body, decompressed.
    pub(super) fn body(
        &mut self,
        most: u64,
        until: Instant,
        watch: ByteCallback<'_>,
    ) -> Result<Vec<u8>, FetchError> {
        let body = self.response.body_mut();
        let announced = body.content_length().unwrap_or_default();
        if announced > most {
            return Err(FetchError::TooLarge(most));
        }
        let packing = self.packing.as_deref().map(str::to_ascii_lowercase);
        let is_packed = match packing.as_deref().map(str::trim) {
            None | Some("" | "identity") => false,
            Some("gzip" | "x-gzip") => true,
            Some(other) => {
                return Err(FetchError::Garbled(format!(
                    "the encoding {other} is not supported"
                )));
            }
        };
        // The announced length is not trusted.
        let mut bytes = Vec::with_capacity(announced.min(1 << 20) as usize);
        let mut chunk = vec![0; CHUNK];
        let came = Cell::new(0);
        let arriving = Counted {
            inner: body.with_config().limit(u64::MAX).reader(),
            count: &came,
        };
        let mut reader: Box<dyn Read + '_> = if is_packed {
            Box::new(MultiGzDecoder::new(arriving))
        } else {
            Box::new(arriving)
        };
        loop {
            let got = bytes.len() as u64;
            if !watch(got) {
                return Err(FetchError::Cancelled);
            }
            let read = reader.read(&mut chunk).map_err(|error| ended(error, got))?;
            bytes.extend_from_slice(&chunk[..read]);
            let got = bytes.len() as u64;
            if got > most {
                return Err(FetchError::TooLarge(most));
            }
            if is_packed && got > UNSUSPICIOUS.max(came.get() * RATIO) {
                return Err(FetchError::Bomb(RATIO));
            }
            if read == 0 {
                return Ok(bytes);
            }
            // The client's own timeout does not stop a server that keeps sending single bytes.
            if Instant::now() >= until {
                return Err(FetchError::TooSlow(Duration::ZERO));
            }
        }
    }
}

/// Counts the bytes that are read.
struct Counted<'a, R> {
    inner: R,
    count: &'a Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Name resolver that rejects addresses out of reach.
struct Names {
    reach: Reach,
    lookup: Option<Lookup>,
    system: DefaultResolver,
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default();
        let by_default = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let port = uri.port_u16().unwrap_or(by_default);
        let found = match &self.lookup {
            Some(lookup) => {
                let mut found = self.system.empty();
                let looked_up = lookup(host, port).map_err(|_| Error::HostNotFound)?;
                looked_up
                    .into_iter()
                    .take(NAMED)
                    .for_each(|at| found.push(at));
                found
            }
            None => match self.system.resolve(uri, config, timeout) {
                Err(Error::Io(_)) => return Err(Error::HostNotFound),
                found => found?,
            },
        };
        // The user's own proxy may be anywhere.
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(found);
        }
        let server = format!("{host}:{port}");
        let mut allowed = self.empty();
        for at in found
            .iter()
            .filter(|at| self.reach.allows_at(&server, at.ip()))
        {
            allowed.push(*at);
        }
        match (found.is_empty(), allowed.is_empty()) {
            (true, _) => Err(Error::HostNotFound),
            (false, true) => Err(Error::Other(Box::new(OutOfReach(host.to_owned())))),
            (false, false) => Ok(allowed),
        }
    }
}

/// The name resolves to this machine or a private network.
#[derive(Debug)]
struct OutOfReach(String);

impl fmt::Display for OutOfReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OutOfReach {}

/// Converts a client error.
fn failed(error: Error, url: &Url, got: u64) -> FetchError {
    let host = || url.host_str().unwrap_or_default().to_owned();
    match error {
        Error::Other(other) => match other.downcast::<OutOfReach>() {
            Ok(out) => FetchError::Private(out.0, false),
            Err(other) => FetchError::Garbled(other.to_string()),
        },
        Error::HostNotFound => FetchError::NoSuchHost(host()),
        Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            FetchError::NoConnection(format!("{} does not answer", host()))
        }
        Error::Timeout(_) => FetchError::TooSlow(Duration::ZERO),
        Error::ConnectionFailed | Error::ConnectProxyFailed(_) => {
            FetchError::NoConnection(error.to_string())
        }
        Error::Tls(_) | Error::TlsRequired | Error::Rustls(_) | Error::Pem(_) => {
            FetchError::Tls(error.to_string())
        }
        Error::Io(error) => unanswered(&error, url, got),
        other => FetchError::Garbled(other.to_string()),
    }
}

fn unanswered(error: &io::Error, url: &Url, got: u64) -> FetchError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => FetchError::Cut(got),
        io::ErrorKind::InvalidData if url.scheme() == "https" => FetchError::Tls(error.to_string()),
        io::ErrorKind::InvalidData => FetchError::Garbled(error.to_string()),
        _ => FetchError::NoConnection(error.to_string()),
    }
}

/// Converts an error while reading the body.
fn ended(error: io::Error, got: u64) -> FetchError {
    match Error::from(error) {
        Error::Timeout(_) => FetchError::TooSlow(Duration::ZERO),
        Error::Io(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
            ) =>
        {
            FetchError::Garbled(error.to_string())
        }
        Error::Io(_) => FetchError::Cut(got),
        other => FetchError::Garbled(other.to_string()),
    }
}
