//! The Muse: `www.themuse.com/api/public/jobs?page=1`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, vocabulary};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "the-muse",
    signs: &[Sign::List("results", &["refs", "contents"])],
    read: Read::Json {
        list: "results",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["themuse.com"],
        find,
    }),
    pages: Pages::Number {
        pages: "/page_count",
        total: "/total",
        parameter: "page",
        first: 0,
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("themuse.com", ["api", "public", "jobs"]) => {
            let what = ["company", "category"]
                .iter()
                .find_map(|key| address.query(key));
            Some(Board::new(
                what.unwrap_or_else(|| "jobs".into()),
                address.whole(),
            ))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["results"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    id: Text,
    name: Text,
    contents: Text,
    publication_date: Text,
    company: Option<Named>,
    locations: Option<Vec<Named>>,
    categories: Option<Vec<Named>>,
    levels: Option<Vec<Named>>,
    tags: Option<Vec<Named>>,
    refs: Option<Refs>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Refs {
    landing_page: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let names = |named: Option<Vec<Named>>| {
            named
                .into_iter()
                .flatten()
                .filter_map(|one| one.name.some())
        };
        // "Flexible / Remote" is not a location.
        let (flexible, places): (Vec<_>, Vec<_>) =
            names(self.locations).partition(|place| place.starts_with("Flexible"));
        let levels: Vec<_> = names(self.levels).collect();
        Ok(Draft {
            id: self.id.0,
            title: self.name.0,
            company: self.company.and_then(|company| company.name.some()),
            locations: places,
            workplace: (!flexible.is_empty()).then_some(Workplace::Remote),
            posted: day::day(&self.publication_date),
            url: self.refs.and_then(|refs| refs.landing_page.some()),
            level: levels
                .first()
                .filter(|_| levels.len() == 1)
                .and_then(|level| vocabulary::level(level)),
            tags: names(self.categories).chain(names(self.tags)).collect(),
            description: Body::default().html(&self.contents)?.finish(),
            ..Draft::default()
        })
    }
}
