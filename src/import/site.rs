//! Web addresses of hiring systems: a company's board as shown in a browser, and its feed.

use url::Url;

/// Postings per page for systems with a parameter; none returns more.
pub(super) const PAGE: &str = "100";

/// Where a format is published.
pub(super) struct Site {
    /// Domains, for documentation.
    pub(super) domains: &'static [&'static str],
    /// Recognises the board at an address.
    pub(super) find: fn(&Address) -> Option<Board>,
}

/// A company's board on a hiring system.
pub(super) struct Board {
    /// Company's name in the address.
    pub(super) company: String,
    /// Address of the feed.
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

/// A parsed web address.
pub(super) struct Address<'a> {
    pub(super) url: &'a Url,
    /// Host without `www.`.
    pub(super) host: &'a str,
    /// Non-empty path segments.
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

    /// The address as given.
    pub(super) fn whole(&self) -> String {
        self.url.as_str().to_owned()
    }

    /// A query parameter.
    pub(super) fn query(&self, key: &str) -> Option<String> {
        let mut pairs = self.url.query_pairs();
        pairs
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.into_owned())
    }

    /// Subdomain of a domain: `acme` of `acme.example.com`.
    pub(super) fn below(&self, domain: &str) -> Option<&'a str> {
        let name = self.host.strip_suffix(domain)?.strip_suffix('.')?;
        (!name.is_empty()).then_some(name)
    }

    /// The board of a system with a subdomain of `domain` for each company, and its feed at `feed`. `is_front`
    /// recognises the paths of pages that list all postings.
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

/// Whether a path is the front page or a common path of its job list.
pub(super) fn is_front(path: &[&str]) -> bool {
    matches!(path, [] | ["jobs" | "o"])
}
