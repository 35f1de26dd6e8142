//! The feed formats.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::paging::Paging;
use super::recognise::Sample;
use super::site::{Address, Board};
use super::spec::{FormatSpec, Read};
use super::{
    amazon, ashby, ats_index, bamboohr, csv, eightfold, greenhouse, hacker_news, icims, jobvite,
    json_ld, json_resume, lever, oracle, our_keys, page, paylocity, personio, phenom, pinpoint,
    recruitee, remotive, rippling, rss, simplify, smartrecruiters, teamtailor, usajobs, workable,
    workday,
};

/// Every format, in the order of the documentation. A text that several would read is of the first.
static FORMATS: &[FormatSpec] = &[
    ats_index::FORMAT,
    greenhouse::FORMAT,
    lever::FORMAT,
    ashby::FORMAT,
    workable::FORMAT,
    smartrecruiters::FORMAT,
    recruitee::FORMAT,
    teamtailor::FORMAT,
    personio::FORMAT,
    bamboohr::FORMAT,
    pinpoint::FORMAT,
    rippling::FORMAT,
    eightfold::FORMAT,
    oracle::FORMAT,
    workday::FORMAT,
    paylocity::FORMAT,
    phenom::FORMAT,
    icims::FORMAT,
    jobvite::FORMAT,
    amazon::FORMAT,
    rss::FORMAT,
    hacker_news::FORMAT,
    remotive::FORMAT,
    simplify::FORMAT,
    usajobs::FORMAT,
    json_ld::FORMAT,
    csv::FORMAT,
    json_resume::FORMAT,
    our_keys::FORMAT,
    page::FORMAT,
];

/// A feed format.
#[derive(Clone, Copy)]
pub struct Format(&'static FormatSpec);

impl Format {
    /// The name that stands for it on the command line and in `source`.
    pub fn word(self) -> &'static str {
        self.0.name
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|format| format.word() == name)
    }

    /// Every format, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(Self)
    }

    /// The domains of the hiring system that publishes it.
    pub fn domains(self) -> &'static [&'static str] {
        self.0.site.as_ref().map_or(&[], |site| site.domains)
    }

    /// The format that a text shows signs of.
    pub(super) fn of(text: &str) -> Option<Self> {
        let sample = Sample::new(text);
        Self::all().find(|format| format.0.signs.iter().any(|sign| sign.is_in(&sample)))
    }

    /// What a page of a feed, fetched from `url`, says of the pages.
    pub fn paging(self, url: &str, page: &[u8]) -> Paging {
        let text = std::str::from_utf8(page).unwrap_or_default();
        self.0.pages.of(url, text)
    }

    /// The board that an address of this format's system shows.
    pub(super) fn board(self, address: &Address<'_>) -> Option<Board> {
        (self.0.site.as_ref()?.find)(address)
    }

    pub(super) fn read(self) -> &'static Read {
        &self.0.read
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.word() == other.word()
    }
}

impl Eq for Format {}

impl Hash for Format {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.word().hash(state);
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(format: &str, url: &str, page: &str) -> Paging {
        let format = Format::named(format).expect("a known format");
        format.paging(url, page.as_bytes())
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Format::all().map(Format::word).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn a_page_leads_to_the_next_until_all_rows_are_there() {
        const SMART: &str = "https://api.smartrecruiters.com/v1/companies/acme/postings";
        let smart = |url: &str, page: &str| paging("smartrecruiters", url, page);
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
        for damaged in ["", "{", r#"{"totalFound": "many"}"#] {
            assert_eq!(smart(SMART, damaged), Paging::default());
        }
    }

    #[test]
    fn every_system_speaks_of_pages_in_its_own_way() {
        for (format, url, page, next, total) in [
            (
                "amazon",
                "https://www.amazon.jobs/en/search.json?base_query=a+b&result_limit=1",
                r#"{"error": null, "hits": 2, "jobs": [{"title": "x"}]}"#,
                Some(
                    "https://www.amazon.jobs/en/search.json?base_query=a+b&result_limit=1&offset=1",
                ),
                Some(2),
            ),
            (
                "teamtailor",
                "x",
                r#"{"next_url": "https://a.example/2", "items": []}"#,
                Some("https://a.example/2"),
                None,
            ),
            (
                "icims",
                "https://careers-acme.icims.com/jobs/search?in_iframe=1&pr=0",
                "<link rel=next href='/jobs/search?in_iframe=1&amp;pr=1'><li class=iCIMS_JobCardItem>",
                Some("https://careers-acme.icims.com/jobs/search?in_iframe=1&pr=1"),
                None,
            ),
            (
                "jobvite",
                "https://jobs.jobvite.com/acme/search?p=0",
                "<div class='jv-pagination-text'>1-50 of 1,204</div>\
                 <a class='jv-pagination-next' href='/acme/search?p=1'>Next</a>",
                Some("https://jobs.jobvite.com/acme/search?p=1"),
                Some(1204),
            ),
            (
                "bamboohr",
                "x",
                r#"{"meta": {"totalCount": 4}}"#,
                None,
                Some(4),
            ),
            (
                "oracle",
                "x",
                r#"{"items": [{"TotalJobsCount": 7}]}"#,
                None,
                Some(7),
            ),
            ("lever", "x", "[]", None, None),
        ] {
            let paging = paging(format, url, page);
            assert_eq!(
                (paging.next.as_deref(), paging.total),
                (next, total),
                "{format}"
            );
        }
    }
}
