//! Web addresses of hiring systems: the board of a company as a browser shows it, and the feed beside it.

use url::Url;

/// Postings of a page, where a system lets one choose; none gives more.
pub(super) const PAGE: &str = "100";

/// Where a format is published.
pub(super) struct Site {
    /// The domains, for people to read.
    pub(super) domains: &'static [&'static str],
    /// The board that an address shows.
    pub(super) find: fn(&Address) -> Option<Board>,
}

/// A company's board on a hiring system.
pub(super) struct Board {
    /// The company's name in the address.
    pub(super) company: String,
    /// The address of the feed.
    pub(super) feed: String,
}

impl Board {
    pub(super) fn new(company: impl Into<String>, feed: impl Into<String>) -> Self {
        Self {
            company: company.into(),
            feed: feed.into(),
        }
    }
}

/// A web address in its parts.
pub(super) struct Address<'a> {
    pub(super) url: &'a Url,
    /// The host without `www.`.
    pub(super) host: &'a str,
    /// The parts of the path that hold something.
    pub(super) path: Vec<&'a str>,
}

impl<'a> Address<'a> {
    pub(super) fn new(url: &'a Url) -> Option<Self> {
        let path = url.path_segments()?.filter(|part| !part.is_empty());
        Some(Self {
            url,
            host: url.host_str()?.trim_start_matches("www."),
            path: path.collect(),
        })
    }

    /// The address as it was given.
    pub(super) fn whole(&self) -> String {
        self.url.as_str().to_owned()
    }

    /// A parameter of the query.
    pub(super) fn query(&self, key: &str) -> Option<String> {
        let mut pairs = self.url.query_pairs();
        pairs
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.into_owned())
    }

    /// The name in front of a domain: `acme` of `acme.example.com`.
    pub(super) fn below(&self, domain: &str) -> Option<&'a str> {
        let name = self.host.strip_suffix(domain)?.strip_suffix('.')?;
        (!name.is_empty()).then_some(name)
    }

    /// The board of a system that gives each company a host below `domain`, with the feed at `feed` on it. `is_front`
    /// says which paths are pages that list all postings.
    pub(super) fn hosted(
        &self,
        domain: &str,
        feed: &str,
        is_front: impl Fn(&[&str]) -> bool,
    ) -> Option<Board> {
        let company = self.below(domain)?;
        if is_front(&self.path) {
            return Some(Board::new(company, format!("https://{}{feed}", self.host)));
        }
        let is_feed = self.path.join("/") == feed.trim_matches('/');
        is_feed.then(|| Board::new(company, self.whole()))
    }
}

/// Whether a path is the front page or its usual list of jobs.
pub(super) fn is_front(path: &[&str]) -> bool {
    matches!(path, [] | ["jobs" | "o"])
}
