//! Rippling: `api.rippling.com/platform/api/ats/v1/board/…/jobs`, and the pages of
//! `ats.rippling.com/api/v2/board/…/jobs`. A posting in several locations has a row for each.

use serde::Deserialize;

use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, address, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "rippling",
    signs: &[
        Sign::Keys(&["uuid", "workLocation"]),
        Sign::List("items", &["name", "url", "locations"]),
        Sign::Keys(&["items", "totalItems", "totalPages"]),
    ],
    read: Read::Json {
        list: "",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["rippling.com"],
        find,
    }),
    pages: Pages::Number {
        pages: "/totalPages",
        total: "/totalItems",
        parameter: "page",
        first: 0,
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("ats.rippling.com", [company] | [company, "jobs"]) => {
            let api = "https://api.rippling.com/platform/api/ats/v1/board";
            Some(Board::new(*company, format!("{api}/{company}/jobs")))
        }
        ("ats.rippling.com", ["api", "v2", "board", company, "jobs"])
        | ("api.rippling.com", ["platform", "api", "ats", "v1", "board", company, "jobs"]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    if json::outline(text).iter().any(|list| list.path == "items") {
        return json::drafts::<Item>(text, &["items"]);
    }
    json::drafts::<Job>(text, &[])
}

/// Row of version 2.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    id: Text,
    name: Text,
    url: Text,
    department: Option<Named>,
    locations: Option<Vec<Place>>,
    language: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Place {
    name: Text,
    city: Text,
    state_code: Text,
    state: Text,
    country_code: Text,
    country: Text,
    workplace_type: Text,
}

impl Place {
    fn written(&self) -> String {
        let or = |one: &Text, other: &Text| one.clone().some().unwrap_or_else(|| other.0.clone());
        let (state, country) = (
            or(&self.state_code, &self.state),
            or(&self.country_code, &self.country),
        );
        match joined(&[&self.city, &state, &country]) {
            parts if parts.is_empty() => self.name.0.clone(),
            parts => parts,
        }
    }
}

impl json::Row<'_> for Item {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let places = self.locations.unwrap_or_default();
        let workplaces: Vec<_> = places
            .iter()
            .map(|place| vocabulary::workplace(&place.workplace_type))
            .collect();
        let is_same = workplaces.windows(2).all(|pair| pair[0] == pair[1]);
        Ok(Draft {
            id: self.id.0,
            board: address::first_part(&self.url),
            title: self.name.0,
            team: self
                .department
                .and_then(|department| department.name.some()),
            locations: places.iter().map(Place::written).collect(),
            workplace: workplaces.first().copied().flatten().filter(|_| is_same),
            url: self.url.some(),
            language: self.language.some(),
            // The list has a row for each place of a posting.
            is_row_of_place: true,
            ..Draft::default()
        })
    }
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
            is_row_of_place: true,
            ..Draft::default()
        })
    }
}
