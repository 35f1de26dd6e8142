//! Downloads all pages of a source, with retries for temporary failures.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::fetch::{Answer, Client, FetchError, Fetched, Validators};
use crate::import::{self, Format, Origin};
use crate::mirror;
use crate::published::{MEDIA_TYPE, Manifest};

/// Default number of attempts per page.
pub const TRIES: u32 = 4;
/// Delay before the second attempt; doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// Maximum delay that a server may request.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// Delay between two requests to one server.
pub(super) const BETWEEN: Duration = Duration::from_millis(250);
/// Maximum number of pages of a source.
const PAGES: usize = 1000;
/// Maximum total size of its pages.
const BYTES: usize = 512 << 20;

/// Waits; returns false if cancelled meanwhile.
pub type Pause = Arc<dyn Fn(Duration) -> bool + Send + Sync>;

/// Policy for retries.
#[derive(Clone)]
pub struct RetryPolicy {
    /// Attempts per page.
    pub tries: u32,
    /// Waits between attempts, and between two requests to one server.
    pub pause: Pause,
}

/// Content of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Download {
    /// Its pages in order; empty if it is unmodified.
    pub pages: Vec<Fetched>,
    /// Total number of rows that the source claims to have.
    pub total: Option<usize>,
}

/// Progress callback; returning false cancels.
pub type DownloadCallback<'a> = &'a mut dyn FnMut(DownloadEvent) -> bool;

/// Progress of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadEvent {
    /// Number of bytes received.
    Bytes(u64),
    /// A temporary failure, to be retried after this delay.
    Waiting(Duration),
}

/// Why a source could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadError {
    /// A page failed: its number and the error.
    Fetched(usize, FetchError),
    /// A page links back to an earlier one.
    Circle,
    /// The source exceeds the maximum number of pages or bytes.
    TooMuch,
    /// It is a published board that could not be had.
    Published(String),
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetched(1, error) => write!(f, "{error}"),
            Self::Fetched(number, error) => write!(f, "page {number}: {error}"),
            Self::Published(why) => f.write_str(why),
            Self::Circle => write!(f, "its pages form a loop"),
            Self::TooMuch => write!(f, "has more than {PAGES} pages or {} MiB", BYTES >> 20),
        }
    }
}

impl std::error::Error for DownloadError {}

/// Fetches all pages of a source, unless the first one is unmodified against `known`.
///
/// # Errors
/// A page cannot be fetched. Incomplete sources are not used.
pub fn download(
    client: &Client,
    origin: &Origin,
    known: &Validators,
    retry_policy: &RetryPolicy,
    watch: DownloadCallback<'_>,
) -> Result<Download, DownloadError> {
    let mut done = Download::default();
    let mut next = Some(origin.url.clone());
    let mut asked = HashSet::new();
    let mut bytes = 0;
    while let Some(url) = next {
        let number = done.pages.len() + 1;
        if number > PAGES || bytes > BYTES {
            return Err(DownloadError::TooMuch);
        }
        if number > 1 && !(retry_policy.pause)(BETWEEN) {
            return Err(DownloadError::Fetched(number, FetchError::Cancelled));
        }
        let mut told = |event| {
            watch(match event {
                DownloadEvent::Bytes(more) => DownloadEvent::Bytes(bytes as u64 + more),
                waiting @ DownloadEvent::Waiting(_) => waiting,
            })
        };
        let answer = with_retries(client, &url, known, retry_policy, &mut told);
        let Answer::Fetched(page) =
            answer.map_err(|error| DownloadError::Fetched(number, error))?
        else {
            return Ok(done);
        };
        let may_be_published = origin.format.is_none_or(Format::is_in_chunks);
        if number == 1 && may_be_published && is_published(&url, &page) {
            return published(client, &url, retry_policy, watch);
        }
        let format = origin
            .format
            .or_else(|| import::format(&page.bytes, page.content_type.as_deref()));
        let paging = format.map(|format| format.paging(&url, &page.bytes));
        let paging = paging.unwrap_or_default();
        asked.insert(url);
        if paging
            .next
            .as_ref()
            .is_some_and(|next| asked.contains(next))
        {
            return Err(DownloadError::Circle);
        }
        bytes += page.bytes.len();
        done.total = done.total.max(paging.total);
        done.pages.push(page);
        next = paging.next;
    }
    Ok(done)
}

/// Whether a page is a published board, or links one.
fn is_published(url: &str, page: &Fetched) -> bool {
    if Manifest::is_meant(&page.bytes) {
        return true;
    }
    let text = String::from_utf8_lossy(&page.bytes);
    text.contains(MEDIA_TYPE) && import::published_board(&text, url).is_some()
}

/// Fetches a published board as one page.
fn published(
    client: &Client,
    url: &str,
    retry_policy: &RetryPolicy,
    watch: DownloadCallback<'_>,
) -> Result<Download, DownloadError> {
    let pause = |time| (retry_policy.pause)(time);
    let gathered = mirror::gather(url, client, &pause, &mut |came| {
        watch(DownloadEvent::Bytes(came))
    });
    let gathered = gathered.map_err(|error| DownloadError::Published(error.to_string()))?;
    Ok(Download {
        pages: vec![Fetched {
            url: url.to_owned(),
            bytes: gathered.document,
            content_type: None,
            validators: gathered.validators,
        }],
        total: Some(gathered.postings),
    })
}

/// Fetches a page with retries and increasing delays.
fn with_retries(
    client: &Client,
    url: &str,
    known: &Validators,
    retry_policy: &RetryPolicy,
    watch: DownloadCallback<'_>,
) -> Result<Answer, FetchError> {
    let mut wait = FIRST_WAIT;
    let mut tries = 1;
    loop {
        let answer = client.get(url, known, &mut |got| watch(DownloadEvent::Bytes(got)));
        let error = match answer {
            Err(error) if error.is_passing() && tries < retry_policy.tries => error,
            answer => return answer,
        };
        let asked = error.retry_after().unwrap_or_default();
        if asked > LONGEST_WAIT {
            return Err(error);
        }
        let this = wait.max(asked);
        if !watch(DownloadEvent::Waiting(this)) || !(retry_policy.pause)(this) {
            return Err(FetchError::Cancelled);
        }
        wait *= 2;
        tries += 1;
    }
}
