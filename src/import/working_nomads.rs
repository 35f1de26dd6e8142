//! Working Nomads: `www.workingnomads.com/api/exposed_jobs/`.

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
    name: "working-nomads",
    signs: &[Sign::Keys(&["category_name", "company_name", "pub_date"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["workingnomads.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let feed = "https://www.workingnomads.com/api/exposed_jobs/";
    match (address.host, address.path.as_slice()) {
        ("workingnomads.com" | "workingnomads.co", [] | ["jobs"]) => Some(Board::new("jobs", feed)),
        ("workingnomads.com" | "workingnomads.co", ["api", "exposed_jobs"]) => {
            let kind = address.query("category").unwrap_or_else(|| "jobs".into());
            Some(Board::new(kind, address.whole()))
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
    url: Text,
    title: Text,
    description: Text,
    company_name: Text,
    category_name: Text,
    tags: Text,
    location: Text,
    pub_date: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let tags = self.tags.split(',').map(|tag| tag.trim().to_owned());
        Ok(Draft {
            title: self.title.0,
            company: self.company_name.some(),
            locations: vec![self.location.0],
            workplace: Some(Workplace::Remote),
            posted: day::day(&self.pub_date),
            url: self.url.some(),
            tags: self.category_name.some().into_iter().chain(tags).collect(),
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        })
    }
}
