//! Pinpoint: `….pinpointhq.com/postings.json`. Each part of its text has a heading of its own.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::workable::located;
use super::{Drafts, day, vocabulary};
use crate::board::Location;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "pinpoint",
    signs: &[
        Sign::Keys(&["title", "key_responsibilities"]),
        Sign::Keys(&["compensation_visible"]),
    ],
    read: Read::Json {
        list: "data",
        keys: json::keys::<Posting>,
        drafts,
    },
    site: Some(Site {
        domains: &["pinpointhq.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let is_front = |path: &[&str]| matches!(path, [] | ["postings.json"]);
    address.hosted("pinpointhq.com", "/postings.json", is_front)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Posting>(text, &["data"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Posting {
    id: Text,
    title: Text,
    url: Text,
    job: Option<Job>,
    location: Option<Place>,
    workplace_type: Text,
    employment_type: Text,
    deadline_at: Text,
    compensation_visible: Option<bool>,
    compensation_minimum: Amount,
    compensation_maximum: Amount,
    compensation_currency: Text,
    compensation_frequency: Text,
    description: Text,
    key_responsibilities_header: Text,
    key_responsibilities: Text,
    skills_knowledge_expertise_header: Text,
    skills_knowledge_expertise: Text,
    benefits_header: Text,
    benefits: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    department: Option<Named>,
    division: Option<Named>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    name: Text,
    city: Text,
    province: Text,
    postal_code: Text,
}

impl Place {
    /// The place's name, with its city and province where the name does not say them: "Bath HQ, Bath, Somerset".
    fn written(self) -> String {
        let parts = located(&[&self.city, &self.province, ""], &self.postal_code);
        if parts.is_empty() || Location::parse(&self.name).city.is_some() {
            return self.name.0;
        }
        let whole = format!("{}, {parts}", &*self.name);
        let is_read = Location::parse(&whole).country.is_some();
        if is_read || Location::parse(&parts).country.is_none() {
            whole.trim_start_matches([',', ' ']).to_owned()
        } else {
            parts
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.description)?;
        for (title, otherwise, text) in [
            (
                self.key_responsibilities_header,
                "Key responsibilities",
                self.key_responsibilities,
            ),
            (
                self.skills_knowledge_expertise_header,
                "Skills, knowledge and expertise",
                self.skills_knowledge_expertise,
            ),
            (self.benefits_header, "Benefits", self.benefits),
        ] {
            let title = title.some().unwrap_or_else(|| otherwise.to_owned());
            body.section(&title, &text)?;
        }
        let job = self.job.unwrap_or_default();
        let mut draft = Draft {
            id: self.id.0,
            title: self.title.0,
            locations: self.location.map(Place::written).into_iter().collect(),
            workplace: vocabulary::workplace(&self.workplace_type),
            employment_words: self.employment_type.to_string(),
            closes: day::day(&self.deadline_at),
            url: self.url.some(),
            description: body.finish(),
            ..Draft::default()
        };
        draft.group(named(job.department), named(job.division));
        // Respect the employer's choice not to show pay.
        if self.compensation_visible != Some(false) {
            let amounts = (self.compensation_minimum, self.compensation_maximum);
            let frequency = &self.compensation_frequency;
            let per = (vocabulary::period(frequency), &**frequency);
            draft.paid(amounts, &self.compensation_currency, per);
        }
        Ok(draft)
    }
}

fn named(named: Option<Named>) -> Option<String> {
    named?.name.some()
}
