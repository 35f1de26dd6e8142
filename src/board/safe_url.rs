//! The rule for URLs that a board may contain and jobdeck may open.

use std::fmt;
use std::ops::Deref;

use url::Url;

use super::text::quoted;

/// An http, https or mailto URL without user name and password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SafeUrl(String);

/// Why a URL is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Predicate of a sentence about the URL.
    pub reason: String,
    /// A suggestion, as a question.
    pub hint: Option<String>,
}

impl Refused {
    fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            hint: None,
        }
    }
}

impl SafeUrl {
    /// Validates a URL. Keeps its spelling if possible, so that it stays recognisable.
    ///
    /// # Errors
    /// It is not a URL, or must not be opened.
    pub fn parse(written: &str) -> Result<Self, Refused> {
        let url = Url::parse(written).map_err(|error| {
            let mut parts = written.split('/');
            let is_bare = parts.next().is_some_and(|host| host.contains('.'));
            Refused {
                reason: format!("is not an address: {error}"),
                hint: is_bare.then(|| format!("did you mean `https://{written}`?")),
            }
        })?;
        if !matches!(url.scheme(), "http" | "https" | "mailto") {
            let scheme = quoted(url.scheme());
            let reason = format!("must be http, https or mailto, not {scheme}");
            return Err(Refused::because(reason));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let reason = "must not hold a user name or a password";
            return Err(Refused::because(reason));
        }
        if url.scheme() == "mailto" && !url.path().contains('@') {
            return Err(Refused::because("names no address to write to"));
        }
        let is_plain = written.bytes().all(|byte| byte.is_ascii_graphic());
        Ok(Self(if is_plain {
            written.to_owned()
        } else {
            url.into()
        }))
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text with the user names and passwords of the addresses in it replaced by asterisks, for whatever is printed or kept.
pub fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("//") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        let ends = |c: char| matches!(c, '/' | '?' | '#' | '\\' | '"' | '`') || c.is_whitespace();
        let authority = &after[..after.find(ends).unwrap_or(after.len())];
        rest = after;
        if let Some((_, host)) = authority.rsplit_once('@') {
            out.push_str("***@");
            rest = &after[authority.len() - host.len()..];
        }
    }
    out + rest
}

impl Deref for SafeUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SafeUrl> for String {
    fn from(url: SafeUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (text, shown) in [
            ("http://me:pw@example.org/a@b", "http://***@example.org/a@b"),
            (
                "at https://me@h: no; ftp://a:b:c@d@e",
                "at https://***@h: no; ftp://***@e",
            ),
            (
                "https://example.org/@me and me@example.org",
                "https://example.org/@me and me@example.org",
            ),
            ("//", "//"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn accepts_only_safe_urls() {
        for (written, kept) in [
            (
                "https://example.org/a?b=c",
                Some("https://example.org/a?b=c"),
            ),
            ("https://example.org", Some("https://example.org")),
            ("mailto:jobs@example.org", Some("mailto:jobs@example.org")),
            (
                "https://münchen.example",
                Some("https://xn--mnchen-3ya.example/"),
            ),
            ("https://me@example.org", None),
            ("https://me:pw@example.org", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("mailto:", None),
            ("https://", None),
            ("example.org/jobs", None),
        ] {
            assert_eq!(SafeUrl::parse(written).ok().as_deref(), kept, "{written}");
        }
        let hint = Some("did you mean `https://example.org/jobs`?".to_owned());
        assert!(SafeUrl::parse("example.org/jobs").is_err_and(|refused| refused.hint == hint));
    }
}
