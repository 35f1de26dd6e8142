//! Feeds that come in pages: where the next one is, and how many rows all of them should have.

use serde_json::Value;
use url::Url;

/// What a page says of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// The address of the next page; none, if this is the last.
    pub next: Option<String>,
    /// How many rows all pages have together, where the feed says so.
    pub total: Option<usize>,
}

/// How a format speaks of pages. Members of JSON are named by pointers, as `/meta/total`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pages {
    /// There is only one page.
    One,
    /// The feed says how many rows there are, and leads no further.
    Total { total: &'static str },
    /// The feed names the next page.
    Next { next: &'static str },
    /// The address says which row is the first of a page.
    Offset {
        total: &'static str,
        rows: &'static str,
        parameter: &'static str,
    },
    /// The address says which page it is, and the feed how many there are.
    Number {
        pages: &'static str,
        total: &'static str,
        parameter: &'static str,
        /// The number of the first page.
        first: usize,
    },
    /// A format that is not JSON, or one that counts in a way of its own.
    Own(fn(&str, &str) -> Paging),
}

impl Pages {
    /// What a page that was fetched from `url` says. One that is damaged has no next page; its mistakes are told by
    /// whoever reads its rows.
    pub(super) fn of(self, url: &str, text: &str) -> Paging {
        if let Self::One = self {
            return Paging::default();
        }
        if let Self::Own(read) = self {
            return read(text, url);
        }
        let page: Value = serde_json::from_str(text).unwrap_or_default();
        let count = |pointer: &str| page.pointer(pointer).and_then(whole_number);
        match self {
            Self::One | Self::Own(_) => Paging::default(),
            Self::Total { total } => Paging {
                next: None,
                total: count(total),
            },
            Self::Next { next } => {
                let next = page.pointer(next).and_then(Value::as_str);
                Paging {
                    next: next.filter(|next| !next.is_empty()).map(str::to_owned),
                    total: None,
                }
            }
            Self::Number {
                pages,
                total,
                parameter,
                first,
            } => Paging {
                next: count(pages).and_then(|pages| next_number(url, parameter, first, pages)),
                total: count(total),
            },
            Self::Offset {
                total,
                rows,
                parameter,
            } => {
                let total = count(total);
                let rows = page.pointer(rows).and_then(Value::as_array);
                let rows = rows.map_or(0, Vec::len);
                Paging {
                    next: total.and_then(|total| further(url, parameter, rows, total)),
                    total,
                }
            }
        }
    }
}

/// The address of the page after one, of a system that numbers its pages from `first` on.
fn next_number(url: &str, parameter: &str, first: usize, pages: usize) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let number = pairs.iter().find(|(key, _)| key == parameter);
    let number: usize = number.map_or(Some(first), |(_, number)| number.parse().ok())?;
    let next = number.checked_add(1)?;
    (next < first.checked_add(pages)?).then_some(())?;
    let others = pairs.iter().filter(|(key, _)| key != parameter);
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair(parameter, &next.to_string());
    Some(url.into())
}

fn whole_number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|number| number.try_into().ok())
}

/// The address of the page after one that has so many rows, of a system that calls the first row of a page `from`.
fn further(url: &str, from: &str, rows: usize, total: usize) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let offset = pairs.iter().find(|(key, _)| key == from);
    let offset: usize = offset.and_then(|(_, at)| at.parse().ok()).unwrap_or(0);
    let next = offset
        .checked_add(rows)
        .filter(|next| rows > 0 && *next < total)?;
    let others = pairs.iter().filter(|(key, _)| key != from);
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair(from, &next.to_string());
    Some(url.into())
}
