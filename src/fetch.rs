//! Fetches one document over HTTP or HTTPS, within limits.
//!
//! Neither servers nor addresses are trusted. Redirects are checked before they are followed: they must not change to
//! another scheme, nor lead to this machine or a private network unless that is allowed. Responses are bounded in
//! decompressed size, and in total time from the first request to the last byte.

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

/// Limits of a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Total time, including redirects.
    pub whole: Duration,
    /// Time to connect.
    pub connect: Duration,
    /// Decompressed size of a document.
    pub bytes: u64,
    /// Number of consecutive redirects.
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

/// HTTP validators of a document, for conditional requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from, behind redirects.
    pub url: String,
    /// Its decompressed content.
    pub bytes: Vec<u8>,
    /// Content type given by the server.
    pub content_type: Option<String>,
    /// Validators of this version.
    pub validators: Validators,
}

/// Response to a conditional request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The document.
    Fetched(Fetched),
    /// Not modified.
    Unmodified,
}

/// Progress callback with the number of bytes received; returning false cancels.
pub type ByteCallback<'a> = &'a mut dyn FnMut(u64) -> bool;

/// HTTP client with connection reuse.
#[derive(Debug, Clone)]
pub struct Client {
    wire: Wire,
    reach: Reach,
    limits: Limits,
}

impl Client {
    /// A client with the given reach and limits. `lookup` replaces the system's name resolution.
    pub fn new(reach: Reach, limits: Limits, lookup: Option<Lookup>) -> Self {
        let wire = Wire::new(reach.clone(), limits.connect, lookup);
        Self {
            wire,
            reach,
            limits,
        }
    }

    /// Fetches a document, unless it is unmodified against `known`.
    ///
    /// # Errors
    /// It could not be fetched completely within the limits.
    pub fn get(
        &self,
        address: &str,
        known: &Validators,
        watch: ByteCallback<'_>,
    ) -> Result<Answer, FetchError> {
        let until = Instant::now() + self.limits.whole;
        let ask = |url: &Url, left| self.wire.ask(url, known, left);
        self.follow(address, until, ask, |url, head| match head.status {
            200 => Some(self.page(url, head, until, watch)),
            304 if *known != Validators::default() => Some(Ok(Answer::Unmodified)),
            _ => None,
        })
    }

    /// A client that takes less time for each document.
    #[must_use]
    pub fn within(&self, whole: Duration) -> Self {
        let mut client = self.clone();
        client.limits.whole = whole.min(self.limits.whole);
        client
    }

    /// Fetches a file of any kind and of bounded size, unless the server says that `known` is still current. Also
    /// returns the address after redirects.
    ///
    /// # Errors
    /// It could not be had whole and within the limits.
    pub fn file(
        &self,
        address: &str,
        known: &Validators,
        most: u64,
        watch: ByteCallback<'_>,
    ) -> Result<(String, Answer), FetchError> {
        let until = Instant::now() + self.limits.whole;
        let ask = |url: &Url, left| self.wire.ask(url, known, left);
        self.follow(address, until, ask, |url, head| match head.status {
            200 => {
                let page = head.body(most, until, watch).map(|bytes| Fetched {
                    url: url.to_string(),
                    bytes,
                    content_type: head.content_type.take(),
                    validators: std::mem::take(&mut head.validators),
                });
                Some(page.map(|page| (url.to_string(), Answer::Fetched(page))))
            }
            304 if *known != Validators::default() => {
                Some(Ok((url.to_string(), Answer::Unmodified)))
            }
            _ => None,
        })
    }

    /// Sends a request and follows redirects until `take` accepts a response.
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

    /// Target of a redirect.
    fn redirected(&self, from: &Url, head: &Head, seen: &mut Vec<Url>) -> Result<Url, FetchError> {
        let to = head.location.as_ref().ok_or(FetchError::Nowhere)?;
        let mut to = from.join(to).map_err(|_| FetchError::Nowhere)?;
        to.set_fragment(None);
        if !matches!(to.scheme(), "http" | "https") || is_downgrade(from, &to) {
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
        watch: ByteCallback<'_>,
    ) -> Result<Answer, FetchError> {
        if let Some(kind) = head.content_type.as_deref()
            && !may_hold_a_feed(kind)
        {
            return Err(FetchError::Kind(crate::board::text::line(kind)));
        }
        let bytes = head.body(self.limits.bytes, until, watch)?;
        Ok(Answer::Fetched(Fetched {
            url: url.as_str().to_owned(),
            bytes,
            content_type: head.content_type.take(),
            validators: std::mem::take(&mut head.validators),
        }))
    }
}

/// Parses a web address; user name and password are rejected.
fn asked(address: &str) -> Result<Url, FetchError> {
    let wrong = |why: &str| FetchError::Address(why.to_owned());
    let mut url = Url::parse(address.trim())
        .map_err(|error| FetchError::Address(format!("is not an address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("is not an http or https address"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("holds a user name or a password"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether a link or redirect leads from an encrypted address to one that is not.
pub fn is_downgrade(from: &Url, to: &Url) -> bool {
    from.scheme() == "https" && to.scheme() != "https"
}

/// Whether a content type may be that of a feed: text, JSON, XML or unspecified bytes.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encrypted_address_leads_to_none_that_is_not() {
        let url = |written: &str| Url::parse(written).expect("an address");
        for (from, to, is) in [
            ("https://a.example/", "http://a.example/", true),
            ("https://a.example/", "https://b.example/", false),
            ("http://a.example/", "https://a.example/", false),
            ("http://a.example/", "http://b.example/", false),
        ] {
            assert_eq!(is_downgrade(&url(from), &url(to)), is, "{from} {to}");
        }
    }
}
