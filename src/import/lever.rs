//! Lever: `api.lever.co/v0/postings/…?mode=json`.
//!
//! `createdAt` is in milliseconds; lists contain bare `<li>`; the employer is only named in addresses.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::workable::joined;
use super::{Drafts, address, day, vocabulary};
use crate::board::Location;
use crate::places::country_code;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "lever",
    signs: &[Sign::Keys(&["hostedUrl", "categories"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Posting>,
        drafts,
    },
    site: Some(Site {
        domains: &["lever.co"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let feed =
        |host: &str, company: &str| format!("https://{host}/v0/postings/{company}?mode=json");
    match (address.host, address.path.as_slice()) {
        ("jobs.lever.co", [company]) => Some(Board::new(*company, feed("api.lever.co", company))),
        ("jobs.eu.lever.co", [company]) => {
            Some(Board::new(*company, feed("api.eu.lever.co", company)))
        }
        ("api.lever.co" | "api.eu.lever.co", ["v0", "postings", company]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Posting>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Posting {
    id: Text,
    text: Text,
    country: Text,
    categories: Option<Categories>,
    created_at: Text,
    description: Text,
    lists: Option<Vec<List>>,
    additional: Text,
    hosted_url: Text,
    apply_url: Text,
    workplace_type: Text,
    salary_range: Option<Range>,
    salary_description: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Categories {
    commitment: Text,
    department: Text,
    level: Text,
    location: Text,
    team: Text,
    all_locations: Option<Vec<Text>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct List {
    text: Text,
    content: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Range {
    currency: Text,
    interval: Text,
    min: Amount,
    max: Amount,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let description = self.body()?;
        let categories = self.categories.unwrap_or_default();
        let board = address::first_part(&self.hosted_url);
        // The country is that of the first location.
        let read = Location::parse(&categories.location).country;
        let is_there = self.country.is_empty() || read.as_deref() == country_code(&self.country);
        let first = if is_there {
            categories.location.0.clone()
        } else {
            joined(&[&categories.location, &self.country])
        };
        let mut locations = vec![first];
        let all = categories.all_locations.into_iter().flatten();
        let all = all.filter(|place| *place != categories.location);
        locations.extend(all.map(|place| place.0));
        let mut draft = Draft {
            id: self.id.0,
            company_in_address: board.clone(),
            board,
            title: self.text.0,
            locations,
            workplace: vocabulary::workplace(&self.workplace_type),
            posted: day::day(&self.created_at),
            url: self.hosted_url.some().or_else(|| self.apply_url.some()),
            level_words: categories.level.to_string(),
            description,
            ..Draft::default()
        };
        draft.group(categories.team.some(), categories.department.some());
        draft.employ(categories.commitment.some());
        if let Some(range) = self.salary_range {
            range.add(&mut draft);
        }
        Ok(draft)
    }
}

impl Posting {
    fn body(&self) -> Result<String, Refusal> {
        let mut body = Body::default();
        body.html(&self.description)?;
        for list in self.lists.iter().flatten() {
            let content = format!("<ul>{}</ul>", &*list.content);
            body.section(&list.text, &content)?;
        }
        body.html(&self.salary_description)?;
        body.html(&self.additional)?;
        Ok(body.finish())
    }
}

impl Range {
    fn add(self, draft: &mut Draft) {
        let amounts = (self.min, self.max);
        let per = vocabulary::period(&self.interval);
        draft.paid(amounts, &self.currency, (per, &self.interval));
    }
}
