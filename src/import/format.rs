//! Registry of feed formats.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::found;
use super::json::List;
use super::paging::Paging;
use super::recognise::{Kind, Sample};
use super::site::{Address, Board};
use super::spec::{FormatSpec, Read};
use super::{
    adzuna, amazon, arbeitnow, arbeitsagentur, ashby, ats_index, bamboohr, board, breezy, comeet,
    csv, dayforce, eightfold, france_travail, greenhouse, gupy, hacker_news, himalayas, hr_xml,
    icalendar, icims, indeed, jazzhr, jobicy, jobvite, join, json_ld, json_list, json_resume,
    lever, microdata, oracle, page, paycom, paylocity, personio, phenom, pinpoint, recruitee,
    remote_ok, remotive, rippling, rss, simplify, smartrecruiters, teamtailor, the_muse, ukg,
    usajobs, workable, workday, working_nomads, xml_list, zoho,
};

/// Every format, in documented order. The first match wins.
static FORMATS: &[FormatSpec] = &[
    board::FORMAT,
    ats_index::FORMAT,
    greenhouse::FORMAT,
    lever::FORMAT,
    // Its list has the same name and version as that of Ashby.
    jobicy::FORMAT,
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
    breezy::FORMAT,
    comeet::FORMAT,
    dayforce::FORMAT,
    gupy::FORMAT,
    jazzhr::FORMAT,
    join::FORMAT,
    paycom::FORMAT,
    ukg::FORMAT,
    zoho::FORMAT,
    paylocity::FORMAT,
    phenom::FORMAT,
    icims::FORMAT,
    jobvite::FORMAT,
    amazon::FORMAT,
    indeed::FORMAT,
    hr_xml::FORMAT,
    rss::FORMAT,
    hacker_news::FORMAT,
    remotive::FORMAT,
    remote_ok::FORMAT,
    himalayas::FORMAT,
    arbeitnow::FORMAT,
    the_muse::FORMAT,
    working_nomads::FORMAT,
    adzuna::FORMAT,
    arbeitsagentur::FORMAT,
    france_travail::FORMAT,
    simplify::FORMAT,
    usajobs::FORMAT,
    json_ld::FORMAT,
    microdata::FORMAT,
    icalendar::FORMAT,
    csv::FORMAT,
    json_resume::FORMAT,
    json_list::FORMAT,
    xml_list::FORMAT,
    page::FORMAT,
];

/// Minimum number of shared keys for a similar format.
const NEAR: usize = 3;

/// A feed format.
#[derive(Clone, Copy)]
pub struct Format(&'static FormatSpec);

impl Format {
    /// Name on the command line and in `source`.
    pub fn word(self) -> &'static str {
        self.0.name
    }

    /// The format with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|format| format.word() == name)
    }

    /// Every format, in documented order.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        FORMATS.iter().map(Self)
    }

    /// Whether its document only lists the chunks that hold the postings.
    pub fn is_in_chunks(self) -> bool {
        matches!(self.0.read, Read::Board(_))
    }

    /// Domains of the hiring system.
    pub fn domains(self) -> &'static [&'static str] {
        self.0.site.as_ref().map_or(&[], |site| site.domains)
    }

    /// Detected format of a text, or a description of what it is.
    pub(super) fn detect(text: &str) -> Result<Self, String> {
        let sample = Sample::new(text);
        Self::all()
            .find(|format| format.shows_in(&sample))
            .or_else(|| Self::of_empty(&sample))
            .ok_or_else(|| {
                let nearest = Self::nearest(&sample);
                let nearest = nearest.map(|format| format!("; nearest is {}", format.word()));
                let (found, way_out) = (found::described(&sample), found::way_out(&sample));
                format!("{found}{}{way_out}", nearest.unwrap_or_default())
            })
    }

    /// The format whose list of rows a JSON document has, but empty: a company without openings.
    fn of_empty(sample: &Sample<'_>) -> Option<Self> {
        const FAILURES: &[&str] = &["error", "errors"];
        let lists = sample.lists();
        if sample.kind() != Kind::Json
            || lists
                .iter()
                .any(|list| FAILURES.iter().any(|key| list.has(&[key])))
        {
            return None;
        }
        let is_own = |format: &Self| match format.0.read {
            Read::Json { list, .. } => lists
                .iter()
                .any(|known| known.path == list && known.is_empty),
            _ => false,
        };
        let mut formats = Self::all().filter(is_own);
        match (formats.next(), formats.next()) {
            (None, _) => None,
            (Some(only), None) => Some(only),
            // Several have a list of that name.
            (Some(_), Some(_)) => Self::of_kind(Kind::Json),
        }
    }

    /// The format that shares most keys with a JSON document, if at least half of a list's keys.
    fn nearest(sample: &Sample<'_>) -> Option<Self> {
        let shared = |format: &Self| match format.0.read {
            Read::Json { keys, .. } => {
                let known = keys();
                let read = |list: &List| {
                    let keys = list.keys.iter();
                    let read = keys.filter(|key| known.contains(&key.as_str())).count();
                    (read * 2 >= list.keys.len()).then_some(read)
                };
                sample.lists().iter().filter_map(read).max().unwrap_or(0)
            }
            _ => 0,
        };
        let formats = Self::all().map(|format| (shared(&format), format));
        // The first of several equally similar ones.
        let (shared, nearest) = formats.rev().max_by_key(|(shared, _)| *shared)?;
        (shared >= NEAR).then_some(nearest)
    }

    /// The format of a list for which the user gives a map.
    ///
    /// # Errors
    /// It is not a list; describes what it is.
    pub(super) fn of_list(text: &str) -> Result<Self, String> {
        let sample = Sample::new(text);
        match Self::of_kind(sample.kind()) {
            Some(format) => Ok(format),
            None => Err(found::described(&sample)),
        }
    }

    /// The list format of a kind of text.
    fn of_kind(kind: Kind) -> Option<Self> {
        Self::named(match kind {
            Kind::Json => json_list::FORMAT.name,
            Kind::Xml => xml_list::FORMAT.name,
            Kind::Text => csv::FORMAT.name,
            Kind::Html => return None,
        })
    }

    /// Whether it accepts a map.
    pub(super) fn takes_a_shape(self) -> bool {
        matches!(self.0.read, Read::List(_))
    }

    /// Checks that a text has this format; an empty list has.
    ///
    /// # Errors
    /// It is something else; describes what it is.
    pub(super) fn verify(self, text: &str) -> Result<(), String> {
        let sample = Sample::new(text);
        let is_empty = || match self.0.read {
            Read::Json { list, .. } => {
                let mut lists = sample.lists().iter();
                lists.any(|known| known.path == list && known.is_empty)
            }
            _ => false,
        };
        // The reader decides whether a list has postings or a text is an interview.
        let is_kind = match self.0.read {
            Read::Document(_) => sample.kind() == Kind::Text,
            Read::List(_) => Some(self) == Self::of_kind(sample.kind()),
            _ => false,
        };
        if self.shows_in(&sample) || is_empty() || is_kind {
            return Ok(());
        }
        Err(found::described(&sample))
    }

    fn shows_in(self, sample: &Sample<'_>) -> bool {
        self.0.signs.iter().any(|sign| sign.is_in(sample))
    }

    /// Paging of a page fetched from `url`.
    pub fn paging(self, url: &str, page: &[u8]) -> Paging {
        let text = super::text(page, None).unwrap_or_default();
        self.0.pages.paging(url, &text)
    }

    /// The board at an address of this format's system.
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
    fn a_text_of_no_format_is_described() {
        for (text, found) in [
            (
                r#"{"total": 1, "rows": [{"role": "Cook", "apply": "x"}, {"pay": 1}]}"#,
                "it is JSON with a list `rows` whose rows have the keys `role`, `apply`, `pay`",
            ),
            (
                r#"[{"text": "Cook", "workplaceType": "remote", "applyUrl": "x"}]"#,
                "it is a JSON list whose rows have the keys `text`, `workplaceType`, `applyUrl`; nearest is lever",
            ),
            (
                r#"{"error": "gone", "code": 404}"#,
                "it is JSON with the keys `error`, `code`",
            ),
            (
                "<!doctype html><title>Welcome &amp; hello</title><p>x",
                "it is an HTML page, “Welcome & hello”",
            ),
            (
                "<?xml version='1.0'?><rss version='2.0'><vacancies><vacancy><role>Cook</role><at>Oslo</at></vacancy></vacancies></rss>",
                "it is XML with elements `rss/vacancies/vacancy` that hold `role`, `at`",
            ),
            (
                "Stelle,Firma\nKoch,Frost\n",
                "it is a table with the columns `Stelle`, `Firma`",
            ),
            (
                "Dear reader,\nhello.",
                "it is text that begins “Dear reader,”",
            ),
        ] {
            let said = Format::detect(text).expect_err(text);
            assert_eq!(said.strip_suffix(found::WAY_OUT).unwrap_or(&said), found);
        }
    }

    #[test]
    fn an_empty_list_of_a_known_format_is_no_fault() {
        for (text, name) in [
            (r#"{"jobs": [], "meta": {"total": 0}}"#, "json"),
            (r#"{"jobs": []}"#, "json"),
            ("[]", "json"),
            (r#"{"offers": []}"#, "recruitee"),
            (r#"{"totalFound": 0, "content": []}"#, "smartrecruiters"),
            (r#"{"jobs": [], "apiVersion": "1"}"#, "ashby"),
            (r#"{"meta": {"totalCount": 0}, "result": []}"#, "bamboohr"),
        ] {
            assert_eq!(Format::detect(text).expect(text).word(), name);
        }
        for text in [r#"{"errors": [], "jobs": []}"#, r#"{"rows": []}"#, "{}"] {
            assert!(Format::detect(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_answer_of_another_kind_is_not_of_the_format() {
        let verify = |format: &str, text: &str| {
            let format = Format::named(format).expect("a known format");
            format.verify(text)
        };
        for (format, text) in [
            ("greenhouse", r#"{"jobs": []}"#),
            ("lever", "[]"),
            ("recruitee", r#"{"offers": []}"#),
            (
                "rss",
                "<rss version='2.0'><channel><title>Jobs</title></channel></rss>",
            ),
            ("ashby", r#"{"jobs": [], "apiVersion": "1"}"#),
        ] {
            assert_eq!(verify(format, text), Ok(()), "an empty {format}");
        }
        for (format, text, found) in [
            ("greenhouse", r#"{"status": 404, "title": "x"}"#, "`status`"),
            (
                "lever",
                r#"{"ok": false, "error": "Document not found"}"#,
                "`ok`",
            ),
            (
                "rss",
                "<!DOCTYPE html><html><title>Welcome</title>",
                "“Welcome”",
            ),
            (
                "rss",
                "<rss><jobs><job><title>x</title><id>1</id></job></jobs></rss>",
                "`rss/jobs/job`",
            ),
            ("personio", r#"{"jobs": []}"#, "JSON"),
        ] {
            let why = verify(format, text).expect_err(text);
            assert!(why.contains(found), "{format}: {why}");
        }
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
        // A page that promises more rows than it contains does not loop forever.
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
