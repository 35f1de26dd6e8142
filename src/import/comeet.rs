//! Comeet: `www.comeet.co/careers-api/2.0/company/…/positions?token=…&details=true`, and a company's page on
//! `www.comeet.com/jobs`, which embeds the same data. States when a posting changed, not when it was posted.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::embedded_json;
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "comeet",
    signs: &[
        Sign::Keys(&["uid", "url_active_page"]),
        Sign::Keys(&["uid", "url_comeet_hosted_page"]),
        Sign::Html(is_page),
    ],
    read: Read::Json {
        list: "",
        keys: json::keys::<Position>,
        drafts,
    },
    site: Some(Site {
        domains: &["comeet.com"],
        find,
    }),
    pages: Pages::One,
};

/// Start of the data in a page.
const MARK: &str = "COMPANY_POSITIONS_DATA = [";

fn is_page(text: &str) -> bool {
    text.contains(MARK)
}

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        (
            "comeet.com" | "comeet.co",
            ["jobs", company, _] | ["careers-api", "2.0", "company", company, "positions"],
        ) => Some(Board::new(*company, address.whole())),
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    if text.trim_start().starts_with('<') {
        return embedded_json::drafts::<Position>(text, MARK, &[]);
    }
    json::drafts::<Position>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Position {
    uid: Text,
    name: Text,
    company_name: Text,
    department: Text,
    location: Option<Place>,
    workplace_type: Text,
    employment_type: Text,
    experience_level: Text,
    url_active_page: Text,
    url_comeet_hosted_page: Text,
    is_internal: Option<bool>,
    details: Option<Vec<Detail>>,
    custom_fields: Option<Custom>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Custom {
    details: Option<Vec<Detail>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    name: Text,
    city: Text,
    state: Text,
    country: Text,
    is_remote: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Detail {
    name: Text,
    value: Text,
}

impl json::Row<'_> for Position {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.is_internal == Some(true) {
            return Err(Refusal::skipped("it is an internal posting"));
        }
        let mut body = Body::default();
        let custom = self.custom_fields.and_then(|custom| custom.details);
        for detail in self.details.or(custom).into_iter().flatten() {
            if &*detail.name == "Description" {
                body.html(&detail.value)?;
            } else {
                body.section(&detail.name, &detail.value)?;
            }
        }
        let place = self.location.unwrap_or_default();
        let written = match joined(&[&place.city, &place.state, &place.country]) {
            parts if parts.is_empty() => place.name.0,
            parts => parts,
        };
        let workplace = vocabulary::workplace(&self.workplace_type);
        Ok(Draft {
            id: self.uid.0,
            board: self.company_name.clone().some(),
            title: self.name.0,
            company: self.company_name.some(),
            team: self.department.some(),
            locations: vec![written],
            workplace: workplace.or_else(|| vocabulary::remote(place.is_remote)),
            employment_words: self.employment_type.to_string(),
            level_words: self.experience_level.to_string(),
            url: self
                .url_active_page
                .some()
                .or_else(|| self.url_comeet_hosted_page.some()),
            description: body.finish(),
            ..Draft::default()
        })
    }
}
