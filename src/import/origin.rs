//! Origins: maps the address of a company's job board, as pasted by users, to the public feed of its hiring system.

use url::Url;

use super::site::Address;
use super::{Format, slug};

/// Maximum length of a source's name.
const NAME: usize = 60;

/// Where a feed is fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Address to request.
    pub url: String,
    /// Format of the response, if the host implies it.
    pub format: Option<Format>,
    /// Stable name of the source.
    pub name: String,
}

impl Origin {
    /// Origin of an address. An unknown address is requested as it is.
    pub fn from_address(address: &str) -> Self {
        let address = address.trim();
        Url::parse(address)
            .ok()
            .and_then(|url| Self::known(&url))
            .unwrap_or_else(|| Self {
                url: address.to_owned(),
                format: None,
                name: named(address),
            })
    }

    /// The board of a hiring system at an address.
    fn known(url: &Url) -> Option<Self> {
        let address = Address::new(url)?;
        let (format, board) =
            Format::all().find_map(|format| Some((format, format.board(&address)?)))?;
        // The name becomes part of an address, where dots and slashes would change the path.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.%+ ".contains(&byte);
        if !board.company.bytes().all(plain) || board.company.contains("..") {
            return None;
        }
        let company = slug::slug(&board.company);
        (!company.is_empty()).then(|| Self {
            url: board.feed,
            format: Some(format),
            name: slug::bounded(&format!("{}-{company}", format.word()), NAME),
        })
    }
}

/// Name of a source from its address: the host and the last path segment.
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

    /// Pasted addresses, with the resulting names and requests.
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
    fn pasted_addresses_map_to_feeds() {
        for (pasted, name, asked) in PASTED {
            let origin = Origin::from_address(pasted);
            assert_eq!(
                (origin.name.as_str(), origin.url.as_str()),
                (*name, *asked),
                "{pasted}"
            );
            assert_eq!(Origin::from_address(asked).name, *name, "{asked}");
            assert!(origin.format.is_some());
        }
    }

    #[test]
    fn other_addresses_are_requested_unchanged() {
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
            let origin = Origin::from_address(pasted);
            assert_eq!((origin.name.as_str(), origin.url.as_str()), (name, pasted));
            assert_eq!(origin.format, None, "{pasted}");
        }
    }
}
