//! Feeds that come in pages: where the next one is, and how many rows all of them should have.

use serde::Deserialize;
use serde::de::IgnoredAny;
use url::Url;

use super::{Format, icims, jobvite, scripted};

/// Systems whose pages speak of pages.
const PAGED: &[Format] = &[
    Format::SmartRecruiters,
    Format::Amazon,
    Format::Teamtailor,
    Format::Eightfold,
    Format::BambooHr,
    Format::Workday,
    Format::Oracle,
];

/// What a page says of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// The address of the next page; none, if this is the last.
    pub next: Option<String>,
    /// How many rows all pages have together, where the feed says so.
    pub total: Option<usize>,
}

/// The parts of a page that speak of pages.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Marks {
    /// `SmartRecruiters`
    #[serde(rename = "totalFound")]
    total_found: Option<usize>,
    content: Option<Vec<IgnoredAny>>,
    /// amazon.jobs
    hits: Option<usize>,
    jobs: Option<Vec<IgnoredAny>>,
    /// JSON Feed, and so Teamtailor.
    next_url: Option<String>,
    /// Workday
    total: Option<usize>,
    /// Eightfold
    count: Option<usize>,
    positions: Option<Vec<IgnoredAny>>,
    /// `BambooHR`
    meta: Meta,
    /// Oracle
    items: Vec<Search>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Meta {
    total_count: Option<usize>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Search {
    total_jobs_count: Option<usize>,
}

impl Paging {
    /// What a page of a feed, fetched from `url`, says. Most feeds are one page.
    pub fn of(format: Format, url: &str, bytes: &[u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes)
            && let Some(paging) = Self::of_html(format, url, text)
        {
            return paging;
        }
        if !PAGED.contains(&format) {
            return Self::default();
        }
        // A page that is damaged has no next one; what is wrong with it is told by whoever reads its rows.
        let marks: Marks = serde_json::from_slice(bytes).unwrap_or_default();
        let (total, rows, from) = match format {
            Format::SmartRecruiters => (marks.total_found, marks.content, "offset"),
            Format::Amazon => (marks.hits, marks.jobs, "offset"),
            Format::Eightfold => (marks.count, marks.positions, "start"),
            Format::BambooHr | Format::Workday | Format::Oracle => {
                let searched = marks.items.first().and_then(|items| items.total_jobs_count);
                let total = marks.total.or(marks.meta.total_count).or(searched);
                return Self { next: None, total };
            }
            _ => {
                let next = marks.next_url.filter(|next| !next.is_empty());
                return Self { next, total: None };
            }
        };
        let rows = rows.map_or(0, |rows| rows.len());
        Self {
            next: total.and_then(|total| further(url, from, rows, total)),
            total,
        }
    }

    /// What a page of HTML says.
    fn of_html(format: Format, url: &str, text: &str) -> Option<Self> {
        let (next, total) = match format {
            Format::Phenom => (None, scripted::phenom_total(text)),
            Format::Icims => (icims::next(text, url), None),
            Format::Jobvite => (jobvite::next(text, url), jobvite::total(text)),
            _ => return None,
        };
        Some(Self { next, total })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_to_the_next_until_all_rows_are_there() {
        const SMART: &str = "https://api.smartrecruiters.com/v1/companies/acme/postings";
        let smart =
            |url: &str, page: &str| Paging::of(Format::SmartRecruiters, url, page.as_bytes());
        let first = smart(
            &format!("{SMART}?limit=2"),
            r#"{"totalFound": 3, "content": [{}, {}]}"#,
        );
        assert_eq!(first.total, Some(3));
        assert_eq!(first.next, Some(format!("{SMART}?limit=2&offset=2")));
        let second = smart(
            &first.next.unwrap(),
            r#"{"totalFound": 3, "content": [{}]}"#,
        );
        assert_eq!(second.next, None);
        // One that promises more than it gives is not asked for ever.
        let empty = smart(
            &format!("{SMART}?offset=2"),
            r#"{"totalFound": 3, "content": []}"#,
        );
        assert_eq!((empty.next, empty.total), (None, Some(3)));
        let amazon = Paging::of(
            Format::Amazon,
            "https://www.amazon.jobs/en/search.json?base_query=a+b&result_limit=1",
            br#"{"error": null, "hits": 2, "jobs": [{"title": "x"}]}"#,
        );
        let next = "https://www.amazon.jobs/en/search.json?base_query=a+b&result_limit=1&offset=1";
        assert_eq!(amazon.next.as_deref(), Some(next));
        let feed = Paging::of(
            Format::Teamtailor,
            "x",
            br#"{"next_url": "https://a.example/2", "items": []}"#,
        );
        assert_eq!(feed.next.as_deref(), Some("https://a.example/2"));
        let icims = Paging::of(
            Format::Icims,
            "https://careers-acme.icims.com/jobs/search?in_iframe=1&pr=0",
            b"<link rel=next href='/jobs/search?in_iframe=1&amp;pr=1'><li class=iCIMS_JobCardItem>",
        );
        let next = "https://careers-acme.icims.com/jobs/search?in_iframe=1&pr=1";
        assert_eq!(icims.next.as_deref(), Some(next));
        let jobvite = Paging::of(
            Format::Jobvite,
            "https://jobs.jobvite.com/acme/search?p=0",
            b"<div class='jv-pagination-text'>1-50 of 1,204</div>\
              <a class='jv-pagination-next' href='/acme/search?p=1'>Next</a>",
        );
        let next = "https://jobs.jobvite.com/acme/search?p=1";
        assert_eq!(
            (jobvite.next.as_deref(), jobvite.total),
            (Some(next), Some(1204))
        );
        for damaged in ["", "{", r#"{"totalFound": "many"}"#] {
            assert_eq!(smart(SMART, damaged), Paging::default());
        }
        assert_eq!(Paging::of(Format::Lever, "x", b"[]"), Paging::default());
    }
}
