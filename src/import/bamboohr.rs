//! `BambooHR`: `….bamboohr.com/careers/list`. Contains neither texts nor addresses.

use serde::Deserialize;

use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "bamboohr",
    signs: &[Sign::Keys(&["jobOpeningName"])],
    read: Read::Json {
        list: "result",
        keys: json::keys::<Opening>,
        drafts,
    },
    site: Some(Site {
        domains: &["bamboohr.com"],
        find,
    }),
    pages: Pages::Total {
        total: "/meta/totalCount",
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    let is_front = |path: &[&str]| matches!(path, [] | ["careers" | "jobs", ..]);
    address.hosted("bamboohr.com", "/careers/list", is_front)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Opening>(text, &["result"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Opening {
    id: Text,
    job_opening_name: Text,
    department_label: Text,
    employment_status_label: Text,
    location: Option<Place>,
    ats_location: Option<Place>,
    is_remote: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    city: Text,
    state: Text,
    province: Text,
    country: Text,
}

impl json::Row<'_> for Opening {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let places = [self.location, self.ats_location].into_iter().flatten();
        let places = places.map(Place::written);
        Ok(Draft {
            id: self.id.0,
            title: self.job_opening_name.0,
            team: self.department_label.some(),
            locations: places.filter(|place| !place.is_empty()).take(1).collect(),
            workplace: vocabulary::remote(self.is_remote),
            employment_words: self.employment_status_label.to_string(),
            ..Draft::default()
        })
    }
}

impl Place {
    fn written(self) -> String {
        joined(&[&self.city, &self.state, &self.province, &self.country])
    }
}
