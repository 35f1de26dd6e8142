//! Arbeitnow: `www.arbeitnow.com/api/job-board-api`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Text, Texts};
use super::{Drafts, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "arbeitnow",
    signs: &[Sign::Keys(&["slug", "job_types", "company_name"])],
    read: Read::Json {
        list: "data",
        keys: json::keys::<Posting>,
        drafts,
    },
    site: Some(Site {
        domains: &["arbeitnow.com"],
        find,
    }),
    pages: Pages::Next {
        next: "/links/next",
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    let feed = "https://www.arbeitnow.com/api/job-board-api";
    match (address.host, address.path.as_slice()) {
        ("arbeitnow.com", [] | ["jobs"]) => Some(Board::new("jobs", feed)),
        ("arbeitnow.com", ["api", "job-board-api"]) => Some(Board::new("jobs", address.whole())),
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Posting>(text, &["data"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Posting {
    slug: Text,
    company_name: Text,
    title: Text,
    description: Text,
    remote: Option<bool>,
    url: Text,
    tags: Texts,
    job_types: Texts,
    location: Text,
    created_at: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut draft = Draft {
            id: self.slug.0,
            title: self.title.0,
            company: self.company_name.some(),
            locations: vec![self.location.0],
            workplace: vocabulary::remote(self.remote),
            employment: vocabulary::employments(&self.job_types.0),
            posted: day::day(&self.created_at),
            url: self.url.some(),
            tags: self.tags.0,
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        };
        // Job types include levels: "berufserfahren", "Working student".
        let others = self.job_types.0.into_iter();
        draft
            .tags
            .extend(others.filter(|kind| vocabulary::employment(kind).is_empty()));
        Ok(draft)
    }
}
