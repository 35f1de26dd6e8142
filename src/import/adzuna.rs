//! Adzuna: `api.adzuna.com/v1/api/jobs/…/search/1`. Texts are excerpts, and pay is per year in the currency of the
//! country; predicted pay is labelled as such.

use serde::Deserialize;
use url::Url;

use super::amount::Amount;
use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::{Pages, Paging};
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, amount, currency, day, vocabulary};
use crate::board::Period;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "adzuna",
    signs: &[
        Sign::List("results", &["redirect_url", "created", "title"]),
        Sign::List("results", &["redirect_url", "__CLASS__"]),
    ],
    read: Read::Json {
        list: "results",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["api.adzuna.com"],
        find,
    }),
    pages: Pages::Own(paging),
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("api.adzuna.com", ["v1", "api", "jobs", country, "search", _]) => {
            Some(Board::new(*country, address.whole()))
        }
        _ => None,
    }
}

/// Paging information of a response.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Page {
    count: Option<usize>,
    results: Vec<serde::de::IgnoredAny>,
}

/// The page number is the last path segment.
fn paging(text: &str, url: &str) -> Paging {
    let page: Page = serde_json::from_str(text).unwrap_or_default();
    let next = || {
        let mut url = Url::parse(url).ok()?;
        let number: usize = url.path_segments()?.next_back()?.parse().ok()?;
        let before = number.checked_mul(page.results.len())?;
        (!page.results.is_empty() && before < page.count?).then_some(())?;
        url.path_segments_mut()
            .ok()?
            .pop()
            .push(&(number + 1).to_string());
        Some(url.into())
    };
    Paging {
        next: next(),
        total: page.count,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["results"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    id: Text,
    title: Text,
    company: Option<Named>,
    location: Option<Place>,
    created: Text,
    redirect_url: Text,
    description: Text,
    salary_min: Amount,
    salary_max: Amount,
    salary_is_predicted: Text,
    contract_time: Text,
    contract_type: Text,
    category: Option<Category>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    display_name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    display_name: Text,
    area: Option<Vec<Text>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Category {
    label: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let place = self.location.unwrap_or_default();
        // From country to town.
        let area: Vec<String> = place
            .area
            .into_iter()
            .flatten()
            .filter_map(Text::some)
            .collect();
        let country = area.first().cloned().unwrap_or_default();
        let written = match area.as_slice() {
            [] => place.display_name.0,
            [nation, .., district, town] if area.len() > 3 => joined(&[town, district, nation]),
            parts => {
                let parts: Vec<_> = parts.iter().rev().map(String::as_str).collect();
                joined(&parts)
            }
        };
        let kinds = [&*self.contract_time, &*self.contract_type];
        let mut draft = Draft {
            id: self.id.0,
            title: self.title.0,
            company: self.company.and_then(|company| company.display_name.some()),
            locations: vec![written],
            employment: vocabulary::employments(kinds.map(|kind| kind.replace('_', " "))),
            posted: day::day(&self.created),
            url: self.redirect_url.some(),
            tags: self
                .category
                .and_then(|category| category.label.some())
                .into_iter()
                .collect(),
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        };
        let amounts = (self.salary_min, self.salary_max);
        let currency = currency::of_country(&country);
        if &*self.salary_is_predicted == "1" {
            let stated = amount::stated((&amounts.0, &amounts.1), &format!("{currency} a year"));
            draft
                .extras
                .extend(stated.map(|pay| ("Pay, as Adzuna predicts it", pay)));
        } else {
            draft.paid(amounts, currency, (Some(Period::Year), "a year"));
        }
        Ok(draft)
    }
}
