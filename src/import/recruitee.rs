//! Recruitee: `….recruitee.com/api/offers`. Pay is given as strings, with zero for unknown.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site, is_front};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::workable::joined;
use super::{Drafts, day, vocabulary};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "recruitee",
    signs: &[Sign::List("offers", &[])],
    read: Read::Json {
        list: "offers",
        keys: json::keys::<Offer>,
        drafts,
    },
    site: Some(Site {
        domains: &["recruitee.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    address.hosted("recruitee.com", "/api/offers/", is_front)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Offer>(text, &["offers"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Offer {
    id: Text,
    title: Text,
    company_name: Text,
    department: Text,
    location: Text,
    city: Text,
    state_name: Text,
    country: Text,
    country_code: Text,
    locations: Option<Vec<Place>>,
    remote: Option<bool>,
    hybrid: Option<bool>,
    on_site: Option<bool>,
    employment_type_code: Text,
    experience_code: Text,
    education_code: Text,
    min_hours: Text,
    max_hours: Text,
    salary: Option<Pay>,
    status: Text,
    published_at: Text,
    created_at: Text,
    close_at: Text,
    careers_url: Text,
    tags: Option<Vec<Text>>,
    translations: Option<serde_json::Map<String, serde_json::Value>>,
    description: Text,
    requirements: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    name: Text,
    city: Text,
    state: Text,
    country: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Pay {
    min: Amount,
    max: Amount,
    period: Text,
    currency: Text,
}

impl json::Row<'_> for Offer {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if !matches!(&*self.status, "" | "published") {
            return Err(Refusal::skipped(format!("it is {}", &*self.status)));
        }
        let mut body = Body::default();
        body.html(&self.description)?;
        body.section("Requirements", &self.requirements)?;
        let workplace = self.workplace();
        let places = self.locations.into_iter().flatten().map(Place::written);
        let mut locations: Vec<_> = places.collect();
        if locations.is_empty() {
            let named = self.country.some();
            let country = named.unwrap_or(self.country_code.0);
            locations.push(match self.location.some() {
                Some(location) => location,
                None => joined(&[&self.city, &self.state_name, &country]),
            });
        }
        let tags = self.tags.into_iter().flatten();
        let mut draft = Draft {
            id: self.id.0,
            board: self.company_name.clone().some(),
            title: self.title.0,
            company: self.company_name.some(),
            team: self.department.some(),
            locations,
            workplace,
            employment_words: self.employment_type_code.to_string(),
            posted: day::day(&self.published_at).or_else(|| day::day(&self.created_at)),
            closes: day::day(&self.close_at),
            url: self.careers_url.some(),
            level_words: self.experience_code.to_string(),
            tags: tags.filter_map(Text::some).collect(),
            language: only(self.translations),
            description: body.finish(),
            ..Draft::default()
        };
        if !vocabulary::says_nothing(&self.education_code) {
            let education = self.education_code.replace('_', " ");
            draft.extras.push(("Education", education));
        }
        let hours = [self.min_hours.some(), self.max_hours.some()];
        let mut hours: Vec<String> = hours.into_iter().flatten().collect();
        hours.dedup();
        if !hours.is_empty() {
            let hours = hours.join(" – ");
            draft.extras.push(("Hours", format!("{hours} a week")));
        }
        if let Some(pay) = self.salary {
            pay.add(&mut draft);
        }
        Ok(draft)
    }
}

impl Offer {
    /// The workplace, if exactly one flag is set.
    fn workplace(&self) -> Option<Workplace> {
        let yes = |flag: Option<bool>| flag == Some(true);
        match (yes(self.remote), yes(self.hybrid), yes(self.on_site)) {
            (true, false, false) => Some(Workplace::Remote),
            (false, true, false) => Some(Workplace::Hybrid),
            (false, false, true) => Some(Workplace::OnSite),
            _ => None,
        }
    }
}

impl Place {
    fn written(self) -> String {
        match joined(&[&self.city, &self.state, &self.country]) {
            parts if parts.is_empty() => self.name.0,
            parts => parts,
        }
    }
}

impl Pay {
    fn add(self, draft: &mut Draft) {
        let amounts = (self.min, self.max);
        let per = vocabulary::period(&self.period);
        draft.paid(amounts, &self.currency, (per, &self.period));
    }
}

/// The language of the offer, if there is only one.
fn only(translations: Option<serde_json::Map<String, serde_json::Value>>) -> Option<String> {
    let mut languages = translations?.into_iter().map(|(language, _)| language);
    let first = languages.next()?;
    languages.next().is_none().then_some(first)
}
