//! Reads the `[[source]]` tables of a board's `board.toml`, which say where its postings come from.

use super::fields::TableFields;
use super::rule::Rule;

/// File that lists the sources.
pub(super) const FILE: &str = "board.toml";
pub(super) const KEYS: &[&str] = &[
    "url",
    "name",
    "ids",
    "format",
    "company",
    "map",
    "rows",
    "only",
    "tags",
    "expires_after",
];
/// Maximum number of days after which postings may expire.
const MOST_DAYS: u16 = 3660;

/// A source of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedSource {
    /// URL of a feed, or of a company's job board as shown in a browser.
    pub url: String,
    /// Name of its folder and prefix of its ids.
    pub name: Option<String>,
    /// Prefix of its ids, if it was renamed since.
    pub ids: Option<String>,
    /// Feed format, if it cannot be detected from the content.
    pub format: Option<String>,
    /// Company, if the feed does not name it.
    pub company: Option<String>,
    /// For lists of unknown format: pairs of posting field and column.
    pub map: Vec<(String, String)>,
    /// Path to the list of postings in such a feed.
    pub rows: Option<String>,
    /// Query that its postings must match.
    pub only: Option<String>,
    /// Tags that all of its postings get.
    pub tags: Vec<String>,
    /// Days after which a posting without a closing date expires.
    pub expires_after: Option<u16>,
    /// Its line in `board.toml`.
    pub line: usize,
}

/// The source in a table; `None` without a URL.
pub(super) fn source(fields: TableFields<'_>, line: usize) -> Option<ListedSource> {
    let fields = fields.known(KEYS);
    fields.missing("url", super::fields::LEFT_OUT);
    let url = fields.url("url");
    let web = url.as_ref().is_none_or(|url| !url.starts_with("mailto:"));
    if !web {
        fields.wrong(Rule::BadUrl, "url", "`url` must be http or https", None);
    }
    let expires_after = fields.line("expires_after").and_then(|written| {
        let days = days(&written);
        if days.is_none() {
            let hint = Some("a number of days, as in \"60d\"".to_owned());
            fields.wrong(
                Rule::InvalidValue,
                "expires_after",
                "`expires_after` is not a number of days",
                hint,
            );
        }
        days
    });
    let tags = fields.lines("tags").unwrap_or_default().into_iter();
    let listed = ListedSource {
        url: url.filter(|_| web)?,
        name: fields.line("name"),
        ids: fields.line("ids"),
        format: fields.line("format"),
        company: fields.line("company"),
        map: fields.lines_of("map"),
        rows: fields.line("rows"),
        only: fields.line("only"),
        tags: tags.map(|(tag, _)| tag).collect(),
        expires_after,
        line,
    };
    Some(listed)
}

/// The number of days in a text such as `60d` or `8w`.
fn days(written: &str) -> Option<u16> {
    let (number, unit) = written.split_at(written.len().checked_sub(1)?);
    let number: u16 = number.trim().parse().ok()?;
    let days = match unit {
        "d" => number,
        "w" => number.checked_mul(7)?,
        _ => return None,
    };
    (1..=MOST_DAYS).contains(&days).then_some(days)
}
