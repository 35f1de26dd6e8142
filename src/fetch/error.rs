//! Errors of a fetch, each with a one-sentence message.

use std::fmt;
use std::time::Duration;

use crate::board::{masked, text};

/// Why a document could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchError {
    /// The address is invalid or not allowed.
    Address(String),
    /// The host is on this machine or in a private network; true if a redirect led there.
    Private(String, bool),
    /// A redirect leads to this scheme.
    OtherScheme(String),
    /// A redirect has no target.
    Nowhere,
    /// Redirects lead back to this address.
    Circle(String),
    /// More than this number of redirects.
    TooManyRedirects(usize),
    /// The server responded with this status, and possibly a delay before retrying.
    Status(u16, Option<Duration>),
    /// The host name cannot be resolved.
    NoSuchHost(String),
    /// The connection failed.
    NoConnection(String),
    /// The connection was closed after this number of bytes.
    Cut(u64),
    /// TLS failed.
    Tls(String),
    /// It took longer than this.
    TooSlow(Duration),
    /// It is larger than this number of bytes.
    TooLarge(u64),
    /// It unpacks to this many times its size, unlike any real document.
    Bomb(u64),
    /// Its content type is not that of a feed.
    Kind(String),
    /// The response is malformed.
    Garbled(String),
    /// Cancelled by the caller.
    Cancelled,
}

impl FetchError {
    /// Whether a retry may succeed.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Status(status, _) => matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
            Self::NoSuchHost(_) | Self::NoConnection(_) | Self::Cut(_) => true,
            _ => false,
        }
    }

    /// Delay that the server requests before retrying.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status(_, after) => *after,
            _ => None,
        }
    }

    /// Adds the context of the whole fetch: its time limit, and whether it was redirected.
    pub(super) fn within(self, whole: Duration, redirected: bool) -> Self {
        match self {
            Self::TooSlow(_) => Self::TooSlow(whole),
            Self::Private(host, _) => Self::Private(host, redirected),
            other => other,
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(why) => f.write_str(why),
            Self::Private(host, redirected) => {
                let host = text::line(host);
                let leads = if *redirected {
                    "is redirected to"
                } else {
                    "leads to"
                };
                write!(
                    f,
                    "{leads} {host}, which is on this machine or in a private network; --allow-private, or allow_private in the config, allows it"
                )
            }
            Self::OtherScheme(scheme) => {
                write!(f, "is redirected to a {} address", text::line(scheme))
            }
            Self::Nowhere => write!(f, "is redirected without a target address"),
            Self::Circle(url) => write!(
                f,
                "is redirected in a loop, to {}",
                masked(&text::line(url))
            ),
            Self::TooManyRedirects(most) => write!(f, "is redirected more than {most} times"),
            Self::Status(status, after) => {
                write!(f, "the server answered {status}")?;
                f.write_str(meaning(*status))?;
                after.map_or(Ok(()), |after| {
                    write!(f, "; retry after {} s", after.as_secs())
                })
            }
            Self::NoSuchHost(host) => write!(f, "unknown host: {}", text::line(host)),
            Self::NoConnection(why) => write!(f, "cannot connect: {}", text::line(why)),
            Self::Cut(0) => write!(f, "the connection was cut before an answer came"),
            Self::Cut(bytes) => write!(f, "the connection was cut after {bytes} bytes"),
            Self::Tls(why) => write!(f, "the connection is not safe: {}", text::line(why)),
            Self::TooSlow(most) => write!(f, "took longer than {most:?}"),
            Self::TooLarge(most) => write!(f, "is larger than {}", size(*most)),
            Self::Bomb(ratio) => write!(f, "unpacks to more than {ratio} times its size"),
            Self::Kind(kind) => write!(f, "is {kind}, not a feed"),
            Self::Garbled(why) => write!(f, "the response is malformed: {}", text::line(why)),
            Self::Cancelled => write!(f, "was cancelled"),
        }
    }
}

impl std::error::Error for FetchError {}

/// Explanation of a status code.
fn meaning(status: u16) -> &'static str {
    match status {
        401 | 403 => " (access denied)",
        404 | 410 => " (not found)",
        429 => " (too many requests)",
        500..=599 => " (server error)",
        _ => "",
    }
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}
