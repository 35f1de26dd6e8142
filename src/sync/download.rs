//! A source fetched to its last page, with patience for servers that have a bad moment.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::fetch::{Answer, Client, FetchError, Page, Validators};
use crate::import::{self, About, Collected, Format, Origin};
use crate::mirror;
use crate::published::{MEDIA_TYPE, Manifest};

/// Tries of one page, unless fewer or more are asked for.
pub const TRIES: u32 = 4;
/// The wait before the second try; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait that a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// The wait between two questions to one server.
pub(super) const BETWEEN: Duration = Duration::from_millis(250);
/// Pages of one source.
const PAGES: usize = 1000;
/// Bytes of all its pages.
const BYTES: usize = 512 << 20;

/// Waits; false if it was called off meanwhile.
pub type Pause = Arc<dyn Fn(Duration) -> bool + Send + Sync>;

/// How patient one is with a server that has a bad moment.
#[derive(Clone)]
pub struct Patience {
    /// Tries of one page.
    pub tries: u32,
    /// Waits between them, and between two questions to one server.
    pub pause: Pause,
}

/// What a source sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Download {
    /// Its pages, in order; none if it is as it was.
    pub pages: Vec<Page>,
    /// The rows that it says it has, on all pages.
    pub total: Option<usize>,
}

/// Told what happens on the way; false ends it.
pub type Watch<'a> = &'a mut dyn FnMut(Event) -> bool;

/// What happens on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// So many bytes have come.
    Bytes(u64),
    /// The server has a bad moment, and is asked again after this time.
    Waiting(Duration),
}

/// Why a source could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadError {
    /// A page could not be had: the number of it, and why.
    Page(usize, FetchError),
    /// Its pages lead back to one that was read.
    Circle,
    /// It has more pages, or they more bytes, than any source has.
    TooMuch,
    /// It is a published board that could not be had.
    Published(String),
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(1, error) => write!(f, "{error}"),
            Self::Page(number, error) => write!(f, "page {number}: {error}"),
            Self::Published(why) => f.write_str(why),
            Self::Circle => write!(f, "its pages lead in a circle"),
            Self::TooMuch => write!(f, "has more than {PAGES} pages or {} MiB", BYTES >> 20),
        }
    }
}

impl std::error::Error for DownloadError {}

/// Fetches all pages of a source, unless the first one is still what `known` says.
///
/// # Errors
/// One of its pages cannot be had. What a part of a source says is nothing to go by.
pub fn download(
    client: &Client,
    origin: &Origin,
    known: &Validators,
    patience: &Patience,
    watch: Watch<'_>,
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
        if number > 1 && !(patience.pause)(BETWEEN) {
            return Err(DownloadError::Page(number, FetchError::Cancelled));
        }
        let mut told = |event| {
            watch(match event {
                Event::Bytes(more) => Event::Bytes(bytes as u64 + more),
                waiting @ Event::Waiting(_) => waiting,
            })
        };
        let answer = patiently(client, &url, known, patience, &mut told);
        let Answer::Page(page) = answer.map_err(|error| DownloadError::Page(number, error))? else {
            return Ok(done);
        };
        if number == 1 && is_published(&url, &page) {
            return published(client, &url, patience, watch);
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
fn is_published(url: &str, page: &Page) -> bool {
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
    patience: &Patience,
    watch: Watch<'_>,
) -> Result<Download, DownloadError> {
    let pause = |time| (patience.pause)(time);
    let gathered = mirror::gather(url, client, &pause, &mut |came| watch(Event::Bytes(came)));
    let gathered = gathered.map_err(|error| DownloadError::Published(error.to_string()))?;
    Ok(Download {
        pages: vec![Page {
            url: url.to_owned(),
            bytes: gathered.lines,
            content_type: None,
            validators: gathered.validators,
        }],
        total: Some(gathered.postings),
    })
}

/// Asks again where that may help, each time after a longer wait.
fn patiently(
    client: &Client,
    url: &str,
    known: &Validators,
    patience: &Patience,
    watch: Watch<'_>,
) -> Result<Answer, FetchError> {
    let mut wait = FIRST_WAIT;
    let mut tries = 1;
    loop {
        let answer = client.get(url, known, &mut |got| watch(Event::Bytes(got)));
        let error = match answer {
            Err(error) if error.is_passing() && tries < patience.tries => error,
            answer => return answer,
        };
        let asked = error.retry_after().unwrap_or_default();
        if asked > LONGEST_WAIT {
            return Err(error);
        }
        let this = wait.max(asked);
        if !watch(Event::Waiting(this)) || !(patience.pause)(this) {
            return Err(FetchError::Cancelled);
        }
        wait *= 2;
        tries += 1;
    }
}

/// Reads all pages of a source as one.
///
/// # Errors
/// One of them is no feed, or of another format than was said.
pub fn read(
    download: Download,
    format: Option<Format>,
    about: &About,
    name: &str,
) -> Result<(Format, Collected), String> {
    let mut all: Option<(Format, Collected)> = None;
    for page in download.pages {
        let known = all.as_ref().map(|(format, _)| *format).or(format);
        let told = |error: import::ReadError| {
            let kind = page.content_type.as_deref().map(crate::board::text::line);
            match kind {
                Some(kind) => format!("{error} (it was sent as {kind})"),
                None => error.to_string(),
            }
        };
        let text = import::text(&page.bytes, page.content_type.as_deref()).map_err(told)?;
        let feed = import::read(&text, known, about).map_err(told)?;
        match &mut all {
            Some((_, collected)) => collected.add(feed),
            None => all = Some((feed.format, import::collect(feed, Some(name)))),
        }
    }
    all.ok_or_else(|| "sent nothing".to_owned())
}
