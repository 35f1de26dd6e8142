//! Rippling: `api.rippling.com/platform/api/ats/v1/board/…/jobs`. A posting in several places is a row for each.

use serde::Deserialize;

use super::Drafts;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "rippling",
    signs: &[Sign::Keys(&["uuid", "workLocation"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["rippling.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("ats.rippling.com", [company] | [company, "jobs"]) => {
            let api = "https://api.rippling.com/platform/api/ats/v1/board";
            Some(Board::new(*company, format!("{api}/{company}/jobs")))
        }
        ("api.rippling.com", ["platform", "api", "ats", "v1", "board", company, "jobs"]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Job {
    uuid: Text,
    name: Text,
    department: Option<Labelled>,
    url: Text,
    work_location: Option<Labelled>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Labelled {
    label: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let label = |labelled: Option<Labelled>| labelled?.label.some();
        Ok(Draft {
            id: self.uuid.0,
            title: self.name.0,
            team: label(self.department),
            locations: label(self.work_location).into_iter().collect(),
            url: self.url.some(),
            ..Draft::default()
        })
    }
}
