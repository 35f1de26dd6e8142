//! Workable: `apply.workable.com/api/v1/widget/accounts/…?details=true`. A job in several locations has a row for each.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site, is_front};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, vocabulary};
use crate::places::PlaceFields;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "workable",
    signs: &[Sign::Keys(&["shortcode"])],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["workable.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let feed = |company: &str| {
        format!("https://apply.workable.com/api/v1/widget/accounts/{company}?details=true")
    };
    match (address.host, address.path.as_slice()) {
        ("apply.workable.com", [company]) => Some(Board::new(*company, feed(company))),
        ("apply.workable.com", ["api", "v1", "widget", "accounts", company]) => {
            Some(Board::new(*company, address.whole()))
        }
        (_, path) if is_front(path) => {
            let company = address
                .below("workable.com")
                .filter(|name| *name != "apply")?;
            Some(Board::new(company, feed(company)))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    title: Text,
    shortcode: Text,
    employment_type: Text,
    telecommuting: Option<bool>,
    workplace_type: Text,
    department: Text,
    url: Text,
    application_url: Text,
    published_on: Text,
    country: Text,
    city: Text,
    state: Text,
    experience: Text,
    education: Text,
    function: Text,
    industry: Text,
    locations: Option<Vec<Place>>,
    description: Text,
    requirements: Text,
    benefits: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    country: Text,
    region: Text,
    city: Text,
    hidden: Option<bool>,
}

impl json::Row<'_> for Job {
    fn draft(self, head: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.description)?;
        body.section("Requirements", &self.requirements)?;
        body.section("Benefits", &self.benefits)?;
        let workplace = vocabulary::workplace(&self.workplace_type);
        let company = head.text("name");
        Ok(Draft {
            locations: self.places(),
            id: self.shortcode.0,
            board: company.clone(),
            title: self.title.0,
            company,
            team: self.department.some(),
            workplace: workplace.or_else(|| vocabulary::remote(self.telecommuting)),
            employment_words: self.employment_type.to_string(),
            posted: day::day(&self.published_on),
            url: self.url.some().or_else(|| self.application_url.some()),
            level_words: self.experience.to_string(),
            extras: vec![("Education", self.education.0)],
            tags: self
                .function
                .some()
                .into_iter()
                .chain(self.industry.some())
                .collect(),
            description: body.finish(),
            // The list has a row for each place of a posting.
            is_row_of_place: true,
            ..Draft::default()
        })
    }
}

impl Job {
    fn places(&self) -> Vec<String> {
        let listed = self.locations.iter().flatten();
        let listed = listed.filter(|place| place.hidden != Some(true));
        let places: Vec<_> = listed
            .map(|place| joined(&[&place.city, &place.region, &place.country]))
            .collect();
        if places.is_empty() {
            return vec![joined(&[&self.city, &self.state, &self.country])];
        }
        places
    }
}

/// Joins the parts of a location from city to country. A country code from a field of its own is replaced by the
/// country's name if it would be mistaken for a state.
pub(super) fn joined(parts: &[&str]) -> String {
    located(parts, "")
}

/// The same, with a postal code that tells the country if its field is empty.
pub(super) fn located(parts: &[&str], postcode: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for part in parts.iter().map(|part| part.trim()) {
        if !part.is_empty() && kept.last() != Some(&part) {
            kept.push(part);
        }
    }
    let line = kept.join(", ");
    let [inner @ .., country] = parts else {
        return line;
    };
    let (city, region) = inner.split_first().unwrap_or((&"", &[]));
    let fields = PlaceFields {
        city,
        region: region
            .iter()
            .find(|part| !part.trim().is_empty())
            .unwrap_or(&""),
        country,
        postcode,
    };
    match fields.written() {
        written if written == fields.joined() => line,
        written => written,
    }
}
