//! Where feeds are fetched from: the address of a company's board, as people paste it, and the open one of its hiring
//! system beside it.

use url::Url;

use super::{Format, icims, jobvite, slug};

/// Bytes of a source's name.
const NAME: usize = 60;
/// Postings of a page, where a system lets one choose; none gives more.
const PAGE: &str = "100";

/// Where a feed is fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The address to ask.
    pub url: String,
    /// What it answers with, where its host says so.
    pub format: Option<Format>,
    /// What the source may be called, the same today and tomorrow.
    pub name: String,
}

impl Origin {
    /// The origin that an address means. One that is not known is asked as it stands.
    pub fn of(address: &str) -> Self {
        let address = address.trim();
        Url::parse(address)
            .ok()
            .and_then(|url| known(&url))
            .unwrap_or_else(|| Self {
                url: address.to_owned(),
                format: None,
                name: named(address),
            })
    }

    fn new(format: Format, whose: &str, url: String) -> Option<Self> {
        // It goes into an address, where dots and slashes would lead elsewhere.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.%+ ".contains(&byte);
        if !whose.bytes().all(plain) || whose.contains("..") {
            return None;
        }
        let whose = slug::slug(whose);
        (!whose.is_empty()).then(|| Self {
            url,
            format: Some(format),
            name: slug::bounded(&format!("{}-{whose}", format.word()), NAME),
        })
    }
}

/// An address that is the board of a hiring system, or its open interface.
fn known(url: &Url) -> Option<Origin> {
    let host = url.host_str()?.trim_start_matches("www.");
    let path: Vec<&str> = url
        .path_segments()?
        .filter(|part| !part.is_empty())
        .collect();
    by_path(url, host, &path).or_else(|| by_host(url, host, &path))
}

/// Systems that put whose board it is into the path.
fn by_path(url: &Url, host: &str, path: &[&str]) -> Option<Origin> {
    let asked = url.as_str().to_owned();
    let (format, whose, url) = match (host, path) {
        ("boards.greenhouse.io" | "job-boards.greenhouse.io", ["embed", "job_board"]) => {
            let whose = query(url, "for")?;
            (Format::Greenhouse, whose.clone(), greenhouse(&whose))
        }
        ("boards.greenhouse.io" | "job-boards.greenhouse.io", [whose]) => {
            (Format::Greenhouse, (*whose).into(), greenhouse(whose))
        }
        ("boards-api.greenhouse.io", ["v1", "boards", whose, "jobs"]) => {
            (Format::Greenhouse, (*whose).into(), asked)
        }
        ("jobs.lever.co", [whose]) => {
            (Format::Lever, (*whose).into(), lever("api.lever.co", whose))
        }
        ("jobs.eu.lever.co", [whose]) => (
            Format::Lever,
            (*whose).into(),
            lever("api.eu.lever.co", whose),
        ),
        ("api.lever.co" | "api.eu.lever.co", ["v0", "postings", whose]) => {
            (Format::Lever, (*whose).into(), asked)
        }
        ("jobs.ashbyhq.com", [whose]) => (Format::Ashby, (*whose).into(), ashby(whose)),
        ("api.ashbyhq.com", ["posting-api", "job-board", whose]) => {
            (Format::Ashby, (*whose).into(), asked)
        }
        ("apply.workable.com", [whose]) => (Format::Workable, (*whose).into(), workable(whose)),
        ("apply.workable.com", ["api", "v1", "widget", "accounts", whose]) => {
            (Format::Workable, (*whose).into(), asked)
        }
        ("careers.smartrecruiters.com" | "jobs.smartrecruiters.com", [whose]) => (
            Format::SmartRecruiters,
            (*whose).into(),
            smartrecruiters(whose),
        ),
        ("api.smartrecruiters.com", ["v1", "companies", whose, "postings"]) => {
            (Format::SmartRecruiters, (*whose).into(), asked)
        }
        ("ats.rippling.com", [whose] | [whose, "jobs"]) => {
            (Format::Rippling, (*whose).into(), rippling(whose))
        }
        ("api.rippling.com", ["platform", "api", "ats", "v1", "board", whose, "jobs"]) => {
            (Format::Rippling, (*whose).into(), asked)
        }
        ("jobs.jobvite.com", ["careers", whose] | ["careers", whose, "jobs" | "search"]) => {
            (Format::Jobvite, (*whose).into(), jobvite(whose))
        }
        ("jobs.jobvite.com", [whose] | [whose, "jobs" | "search"]) if *whose != "careers" => {
            (Format::Jobvite, (*whose).into(), jobvite(whose))
        }
        ("news.ycombinator.com", ["item"]) => {
            let thread = query(url, "id")?;
            let url = format!(
                "https://hn.algolia.com/api/v1/items/{}",
                slug::slug(&thread)
            );
            (Format::HackerNews, thread, url)
        }
        ("hn.algolia.com", ["api", "v1", "items", thread]) => {
            (Format::HackerNews, (*thread).into(), asked)
        }
        _ => return None,
    };
    Origin::new(format, &whose, url)
}

/// Systems that give each company a host: what that ends in, the format, and where on it the open feed is.
const HOSTED: &[(&str, Format, &str)] = &[
    ("recruitee.com", Format::Recruitee, "/api/offers/"),
    ("teamtailor.com", Format::Teamtailor, "/jobs.json"),
    ("jobs.personio.de", Format::Personio, "/xml"),
    ("jobs.personio.com", Format::Personio, "/xml"),
    ("bamboohr.com", Format::BambooHr, "/careers/list"),
    ("pinpointhq.com", Format::Pinpoint, "/postings.json"),
    ("icims.com", Format::Icims, "/jobs/search"),
];

/// Systems that give each company a host, and sites that are one source.
fn by_host(url: &Url, host: &str, path: &[&str]) -> Option<Origin> {
    let whose = |of: &str| host.strip_suffix(of)?.strip_suffix('.');
    let hosted = HOSTED.iter().find_map(|(of, format, feed)| {
        let whose = whose(of)?;
        Some((whose, *format, *feed))
    });
    if let Some((whose, format, feed)) = hosted {
        let (whose, api) = (whose.to_owned(), format!("https://{host}{feed}"));
        return match format {
            _ if !is_front(format, path) => {
                let is_feed = path.join("/") == feed.trim_matches('/');
                is_feed.then(|| Origin::new(format, &whose, url.as_str().to_owned()))?
            }
            Format::Icims => Origin::new(format, icims::whose(host)?, searched(url, &api)),
            _ => Origin::new(format, &whose, api),
        };
    }
    if let Some(whose) = whose("workable.com").filter(|whose| *whose != "apply") {
        return is_front(Format::Workable, path)
            .then(|| Origin::new(Format::Workable, whose, workable(whose)))?;
    }
    match (host, path) {
        ("amazon.jobs", [.., "search" | "search.json"]) => Origin::new(
            Format::Amazon,
            &query(url, "base_query")
                .filter(|q| !slug::slug(q).is_empty())
                .unwrap_or_else(|| "jobs".into()),
            amazon(url),
        ),
        ("remotive.com", [] | ["remote-jobs"]) => Origin::new(
            Format::Remotive,
            "jobs",
            "https://remotive.com/api/remote-jobs".into(),
        ),
        _ => None,
    }
}

/// Whether a path on a company's host is a page that lists all it offers.
fn is_front(format: Format, path: &[&str]) -> bool {
    match format {
        Format::BambooHr => matches!(path, [] | ["careers" | "jobs", ..]),
        Format::Pinpoint => matches!(path, [] | ["postings.json"]),
        Format::Icims => matches!(path, [] | ["jobs"] | ["jobs", "intro" | "search"]),
        _ => matches!(path, [] | ["jobs" | "o"]),
    }
}

fn greenhouse(whose: &str) -> String {
    format!("https://boards-api.greenhouse.io/v1/boards/{whose}/jobs?content=true")
}

fn lever(host: &str, whose: &str) -> String {
    format!("https://{host}/v0/postings/{whose}?mode=json")
}

fn ashby(whose: &str) -> String {
    format!("https://api.ashbyhq.com/posting-api/job-board/{whose}?includeCompensation=true")
}

fn workable(whose: &str) -> String {
    format!("https://apply.workable.com/api/v1/widget/accounts/{whose}?details=true")
}

fn rippling(whose: &str) -> String {
    format!("https://api.rippling.com/platform/api/ats/v1/board/{whose}/jobs")
}

fn smartrecruiters(whose: &str) -> String {
    format!("https://api.smartrecruiters.com/v1/companies/{whose}/postings?limit={PAGE}")
}

/// The first page of a search on iCIMS, without the page of the employer around it.
fn searched(url: &Url, api: &str) -> String {
    let Ok(mut search) = Url::parse(api) else {
        return api.to_owned();
    };
    let asked = url.query_pairs().into_owned();
    let kept = asked.filter(|(key, _)| key.starts_with("search"));
    search
        .query_pairs_mut()
        .extend_pairs(kept)
        .append_pair("in_iframe", "1")
        .append_pair("pr", "0");
    search.into()
}

fn jobvite(whose: &str) -> String {
    format!("{}/{whose}/search?p=0", jobvite::HOME)
}

/// The search that a person made, as data.
fn amazon(url: &Url) -> String {
    let mut url = url.clone();
    let page = url.path_segments().and_then(|mut parts| parts.next_back());
    if page != Some("search.json") {
        let path = format!("{}.json", url.path().trim_end_matches('/'));
        url.set_path(&path);
    }
    let asked = url.query_pairs().into_owned();
    let kept: Vec<_> = asked
        .filter(|(key, _)| !matches!(key.as_str(), "offset" | "result_limit"))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair("result_limit", PAGE);
    url.into()
}

fn query(url: &Url, key: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs
        .find(|(known, _)| known == key)
        .map(|(_, value)| value.into_owned())
}

/// A name out of an address that says nothing else: its host, and what stands last in its path.
fn named(address: &str) -> String {
    let Ok(url) = Url::parse(address) else {
        return slug::bounded(address, NAME);
    };
    let host = url
        .host_str()
        .unwrap_or_default()
        .trim_start_matches("www.");
    let port = url
        .port()
        .map(|port| format!("-{port}"))
        .unwrap_or_default();
    let last = url
        .path_segments()
        .and_then(|parts| parts.rev().find(|part| !part.is_empty()));
    let last = last.map(|last| last.split('.').next().unwrap_or_default());
    slug::bounded(&format!("{host}{port}-{}", last.unwrap_or_default()), NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people paste, what that is called, and what is asked instead.
    const PASTED: &[(&str, &str, &str)] = &[
        (
            "https://boards.greenhouse.io/acme",
            "greenhouse-acme",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        ),
        (
            "https://job-boards.greenhouse.io/acme/?gh_src=x",
            "greenhouse-acme",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        ),
        (
            "https://boards.greenhouse.io/embed/job_board?for=acme",
            "greenhouse-acme",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        ),
        (
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs",
            "greenhouse-acme",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs",
        ),
        (
            "https://jobs.lever.co/acme",
            "lever-acme",
            "https://api.lever.co/v0/postings/acme?mode=json",
        ),
        (
            "https://jobs.eu.lever.co/acme",
            "lever-acme",
            "https://api.eu.lever.co/v0/postings/acme?mode=json",
        ),
        (
            "https://jobs.ashbyhq.com/acme",
            "ashby-acme",
            "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
        ),
        (
            "https://apply.workable.com/acme/",
            "workable-acme",
            "https://apply.workable.com/api/v1/widget/accounts/acme?details=true",
        ),
        (
            "https://acme.bamboohr.com/careers",
            "bamboohr-acme",
            "https://acme.bamboohr.com/careers/list",
        ),
        (
            "https://acme.pinpointhq.com/",
            "pinpoint-acme",
            "https://acme.pinpointhq.com/postings.json",
        ),
        (
            "https://ats.rippling.com/acme/jobs",
            "rippling-acme",
            "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs",
        ),
        (
            "https://acme.recruitee.com",
            "recruitee-acme",
            "https://acme.recruitee.com/api/offers/",
        ),
        (
            "https://acme.teamtailor.com/jobs",
            "teamtailor-acme",
            "https://acme.teamtailor.com/jobs.json",
        ),
        (
            "https://careers.smartrecruiters.com/Acme",
            "smartrecruiters-acme",
            "https://api.smartrecruiters.com/v1/companies/Acme/postings?limit=100",
        ),
        (
            "https://acme.jobs.personio.de/",
            "personio-acme",
            "https://acme.jobs.personio.de/xml",
        ),
        (
            "https://www.amazon.jobs/en/search?base_query=applied+scientist&offset=10&result_limit=10",
            "amazon-applied-scientist",
            "https://www.amazon.jobs/en/search.json?base_query=applied+scientist&result_limit=100",
        ),
        (
            "https://careers-acme.icims.com/jobs/intro?hashed=-435",
            "icims-acme",
            "https://careers-acme.icims.com/jobs/search?in_iframe=1&pr=0",
        ),
        (
            "https://acme.icims.com/jobs/search?ss=1&searchKeyword=ice+core&pr=3",
            "icims-acme",
            "https://acme.icims.com/jobs/search?searchKeyword=ice+core&in_iframe=1&pr=0",
        ),
        (
            "https://jobs.jobvite.com/acme",
            "jobvite-acme",
            "https://jobs.jobvite.com/acme/search?p=0",
        ),
        (
            "https://jobs.jobvite.com/careers/acme/jobs?nl=1",
            "jobvite-acme",
            "https://jobs.jobvite.com/acme/search?p=0",
        ),
        (
            "https://news.ycombinator.com/item?id=45438503",
            "hacker-news-45438503",
            "https://hn.algolia.com/api/v1/items/45438503",
        ),
    ];

    #[test]
    fn what_people_paste_is_the_open_address_beside_it() {
        for (pasted, name, asked) in PASTED {
            let origin = Origin::of(pasted);
            assert_eq!(
                (origin.name.as_str(), origin.url.as_str()),
                (*name, *asked),
                "{pasted}"
            );
            assert_eq!(Origin::of(asked).name, *name, "{asked}");
            assert!(origin.format.is_some());
        }
    }

    #[test]
    fn any_other_address_is_asked_as_it_stands() {
        for (pasted, name) in [
            (
                "https://www.example.org/careers/jobs.json?a=b",
                "example-org-jobs",
            ),
            (
                "https://jobs.lever.co/acme/5c5c-77",
                "jobs-lever-co-5c5c-77",
            ),
            ("http://127.0.0.1:8080/", "127-0-0-1-8080"),
            ("https://boards.greenhouse.io/", "boards-greenhouse-io"),
            ("https://recruitee.com/", "recruitee-com"),
        ] {
            let origin = Origin::of(pasted);
            assert_eq!((origin.name.as_str(), origin.url.as_str()), (name, pasted));
            assert_eq!(origin.format, None, "{pasted}");
        }
    }
}
