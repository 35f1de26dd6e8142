//! One document from one address: http or https, within limits, and nothing else.
//!
//! A server is a stranger, and so is whoever wrote an address down. A redirect is looked at before it is followed: it
//! leads to no other scheme, and to no address of this machine or of a private network unless that was allowed. What
//! comes back is bounded in bytes, as they are unpacked, and in time, from the first question to the last byte.

mod error;
mod probe;
mod reach;
mod wire;

use std::time::{Duration, Instant};

use url::Url;

pub use error::FetchError;
pub use reach::Reach;
pub use wire::Lookup;
use wire::{Head, Wire};

/// How much a server is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the question to the last byte of the answer, redirects included.
    pub whole: Duration,
    /// Until a connection stands.
    pub connect: Duration,
    /// Bytes of a document, unpacked.
    pub bytes: u64,
    /// Redirects in a row.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            whole: Duration::from_mins(2),
            connect: Duration::from_secs(15),
            bytes: 256 << 20,
            redirects: 8,
        }
    }
}

/// What a server called the state of a document, to be asked whether it is still that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it came from, behind redirects.
    pub url: String,
    /// All of it, unpacked.
    pub bytes: Vec<u8>,
    /// What its server says that it is.
    pub content_type: Option<String>,
    /// What its server calls this state of it.
    pub validators: Validators,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The document.
    Page(Page),
    /// It is as it was.
    Unmodified,
}

/// Told how many bytes of a document have come; false ends the fetch.
pub type Watch<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Asks servers. Connections are kept for the next question to the same one.
#[derive(Debug)]
pub struct Client {
    wire: Wire,
    reach: Reach,
    limits: Limits,
}

impl Client {
    /// One that reaches so far and gives a server so much. Names are looked up by the system unless `lookup` does it.
    pub fn new(reach: Reach, limits: Limits, lookup: Option<Lookup>) -> Self {
        let wire = Wire::new(reach.clone(), limits.connect, lookup);
        Self {
            wire,
            reach,
            limits,
        }
    }

    /// Fetches a document, unless it is still what `known` says.
    ///
    /// # Errors
    /// It could not be had whole and within the limits.
    pub fn get(
        &self,
        address: &str,
        known: &Validators,
        watch: Watch<'_>,
    ) -> Result<Answer, FetchError> {
        let until = Instant::now() + self.limits.whole;
        let ask = |url: &Url, left| self.wire.ask(url, known, left);
        self.follow(address, until, ask, |url, head| match head.status {
            200 => Some(self.page(url, head, until, watch)),
            304 if *known != Validators::default() => Some(Ok(Answer::Unmodified)),
            _ => None,
        })
    }

    /// Fetches a file of any kind and at most so many bytes, unless it is still what `known` says; with it, where it is
    /// in the end.
    ///
    /// # Errors
    /// It could not be had whole and within the limits.
    pub fn file(
        &self,
        address: &str,
        known: &Validators,
        most: u64,
        watch: Watch<'_>,
    ) -> Result<(String, Answer), FetchError> {
        let until = Instant::now() + self.limits.whole;
        let ask = |url: &Url, left| self.wire.ask(url, known, left);
        self.follow(address, until, ask, |url, head| match head.status {
            200 => {
                let page = head.body(most, until, watch).map(|bytes| Page {
                    url: url.to_string(),
                    bytes,
                    content_type: head.content_type.take(),
                    validators: std::mem::take(&mut head.validators),
                });
                Some(page.map(|page| (url.to_string(), Answer::Page(page))))
            }
            304 if *known != Validators::default() => {
                Some(Ok((url.to_string(), Answer::Unmodified)))
            }
            _ => None,
        })
    }

    /// Asks, and asks on wherever the answer leads to, until `take` makes something of one.
    fn follow<T>(
        &self,
        address: &str,
        until: Instant,
        ask: impl Fn(&Url, Duration) -> Result<Head, FetchError>,
        mut take: impl FnMut(&Url, &mut Head) -> Option<Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let mut url = asked(address)?;
        let mut seen = vec![url.clone()];
        loop {
            let redirected = seen.len() > 1;
            self.reach.allows(&url, redirected)?;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(FetchError::TooSlow(self.limits.whole));
            }
            let said = |error: FetchError| error.within(self.limits.whole, redirected);
            let mut head = ask(&url, left).map_err(said)?;
            if let Some(taken) = take(&url, &mut head) {
                return taken.map_err(said);
            }
            match head.status {
                301 | 302 | 303 | 307 | 308 => url = self.redirected(&url, &head, &mut seen)?,
                status => return Err(FetchError::Status(status, head.retry_after)),
            }
        }
    }

    /// Where a redirect leads.
    fn redirected(&self, from: &Url, head: &Head, seen: &mut Vec<Url>) -> Result<Url, FetchError> {
        let to = head.location.as_ref().ok_or(FetchError::Nowhere)?;
        let mut to = from.join(to).map_err(|_| FetchError::Nowhere)?;
        to.set_fragment(None);
        if !matches!(to.scheme(), "http" | "https") {
            return Err(FetchError::OtherScheme(to.scheme().to_owned()));
        }
        if seen.contains(&to) {
            return Err(FetchError::Circle(to.into()));
        }
        if seen.len() > self.limits.redirects {
            return Err(FetchError::TooManyRedirects(self.limits.redirects));
        }
        seen.push(to.clone());
        Ok(to)
    }

    fn page(
        &self,
        url: &Url,
        head: &mut Head,
        until: Instant,
        watch: Watch<'_>,
    ) -> Result<Answer, FetchError> {
        if let Some(kind) = head.content_type.as_deref()
            && !may_hold_a_feed(kind)
        {
            return Err(FetchError::Kind(crate::board::text::line(kind)));
        }
        let bytes = head.body(self.limits.bytes, until, watch)?;
        Ok(Answer::Page(Page {
            url: url.as_str().to_owned(),
            bytes,
            content_type: head.content_type.take(),
            validators: std::mem::take(&mut head.validators),
        }))
    }
}

/// The address that is meant: a web address without a user name or a password in it.
fn asked(address: &str) -> Result<Url, FetchError> {
    let wrong = |why: &str| FetchError::Address(why.to_owned());
    let mut url = Url::parse(address.trim())
        .map_err(|error| FetchError::Address(format!("is not an address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("is no http or https address"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("holds a user name or a password"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether a document of this kind may hold postings. Feeds come as text, JSON, XML or unnamed bytes.
fn may_hold_a_feed(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    let (top, sub) = kind.split_once('/').unwrap_or((&kind, ""));
    match top {
        "text" => !matches!(sub, "css" | "javascript" | "vcard"),
        "application" => {
            ["json", "xml", "csv", "octet-stream"]
                .iter()
                .any(|known| sub.contains(known))
                && !sub.contains("officedocument")
        }
        "binary" | "" => true,
        _ => false,
    }
}
