//! Remote OK: `remoteok.com/api`. The first row contains its terms; pay is in US dollars per year.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::{Drafts, day};
use crate::board::{Period, Workplace};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "remote-ok",
    signs: &[Sign::Keys(&["position", "epoch"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["remoteok.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("remoteok.com" | "remoteok.io", []) => {
            Some(Board::new("jobs", "https://remoteok.com/api"))
        }
        ("remoteok.com" | "remoteok.io", ["api"]) => {
            let tag = address.query("tag").or_else(|| address.query("tags"));
            Some(Board::new(
                tag.unwrap_or_else(|| "jobs".into()),
                address.whole(),
            ))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    legal: Text,
    id: Text,
    epoch: Text,
    date: Text,
    company: Text,
    position: Text,
    tags: Option<Vec<Text>>,
    description: Text,
    location: Text,
    salary_min: Amount,
    salary_max: Amount,
    apply_url: Text,
    url: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.position.is_empty() && !self.legal.is_empty() {
            return Err(Refusal::skipped("it is a notice, not a posting"));
        }
        let mut draft = Draft {
            id: self.id.0,
            title: self.position.0,
            company: self.company.some(),
            locations: self.location.some().into_iter().collect(),
            workplace: Some(Workplace::Remote),
            posted: day::day(&self.date).or_else(|| day::day(&self.epoch)),
            url: self.url.some().or_else(|| self.apply_url.some()),
            tags: self.tags.into_iter().flatten().map(|tag| tag.0).collect(),
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        };
        let amounts = (self.salary_min, self.salary_max);
        draft.paid(amounts, "USD", (Some(Period::Year), "a year"));
        Ok(draft)
    }
}
