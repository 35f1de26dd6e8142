//! Remotive: `remotive.com/api/remote-jobs`. Every job is remote; pay is text.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "remotive",
    signs: &[Sign::Keys(&["candidate_required_location"])],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["remotive.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let feed = "https://remotive.com/api/remote-jobs";
    match (address.host, address.path.as_slice()) {
        ("remotive.com", [] | ["remote-jobs"]) => Some(Board::new("jobs", feed)),
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct Job {
    id: Text,
    url: Text,
    title: Text,
    company_name: Text,
    category: Text,
    tags: Option<Vec<Text>>,
    job_type: Text,
    publication_date: Text,
    candidate_required_location: Text,
    salary: Text,
    description: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let tags = self.tags.into_iter().flatten().filter_map(Text::some);
        Ok(Draft {
            id: self.id.0,
            title: self.title.0,
            company: self.company_name.some(),
            locations: vec![self.candidate_required_location.0],
            workplace: Some(Workplace::Remote),
            employment_words: self.job_type.to_string(),
            posted: day::day(&self.publication_date),
            url: self.url.some(),
            tags: self.category.some().into_iter().chain(tags).collect(),
            description: Body::default().html(&self.description)?.finish(),
            extras: self
                .salary
                .some()
                .map(|pay| ("Pay", pay))
                .into_iter()
                .collect(),
            ..Draft::default()
        })
    }
}
