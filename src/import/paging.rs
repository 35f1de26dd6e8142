//! Paging of feeds: the address of the next page, and the total number of rows.

use serde_json::Value;
use url::Url;

/// Paging information of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// Address of the next page; `None` on the last one.
    pub next: Option<String>,
    /// Total number of rows on all pages, if stated.
    pub total: Option<usize>,
}

/// Paging scheme of a format. JSON members are named by pointers such as `/meta/total`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pages {
    /// A single page.
    One,
    /// A total without further pages.
    Total { total: &'static str },
    /// The address of the next page is in the feed.
    Next { next: &'static str },
    /// The address has the index of the page's first row.
    Offset {
        total: &'static str,
        rows: &'static str,
        parameter: &'static str,
    },
    /// The address has the number of the page, and the feed the number of pages.
    Number {
        pages: &'static str,
        total: &'static str,
        parameter: &'static str,
        /// Number of the first page.
        first: usize,
    },
    /// A custom scheme, or a format other than JSON.
    Own(fn(&str, &str) -> Paging),
}

impl Pages {
    /// Paging of a page fetched from `url`. A damaged page has no next page; its errors are reported when its rows are
    /// read.
    pub(super) fn paging(self, url: &str, text: &str) -> Paging {
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

/// Address of the next page in a system that numbers pages from `first`.
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

/// Address of the next page in a system with the index of the first row in parameter `from`.
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
