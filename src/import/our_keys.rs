//! JSON and JSON Lines whose keys are our own, as `jobdeck` prints them: a word that a posting cannot hold is a mistake
//! of its row.

use iso_currency::Currency;
use serde::Deserialize;

use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::{Drafts, amount, day};
use crate::board::{Date, Employment, Level, Period, Sponsorship, Workplace};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "json",
    signs: &[
        Sign::List("", &["title"]),
        Sign::List("posting", &["title"]),
        Sign::List("postings", &["title"]),
    ],
    read: Read::Json {
        list: "",
        keys: json::keys::<Row>,
        drafts,
    },
    site: None,
    pages: Pages::One,
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let lists = json::outline(text);
    let list = lists
        .iter()
        .find(|list| matches!(list.path.as_str(), "posting" | "postings"));
    match list {
        Some(list) => json::drafts::<Row>(text, &[&list.path]),
        None => json::drafts::<Row>(text, &[]),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    id: Text,
    title: Text,
    company: Text,
    team: Text,
    locations: Option<Vec<Place>>,
    location: Text,
    workplace: Text,
    employment: Text,
    posted: Text,
    closes: Text,
    salary: Option<Vec<Pay>>,
    url: Text,
    level: Text,
    sponsorship: Text,
    publisher: Text,
    tags: Option<Vec<Text>>,
    language: Text,
    description: Text,
}

/// A place as its text, or with what was read out of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Place {
    Read { written: String },
    Written(String),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Pay {
    min: Amount,
    max: Amount,
    currency: Text,
    per: Text,
    location: Text,
}

impl json::Row<'_> for Row {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let places = self
            .locations
            .into_iter()
            .flatten()
            .map(|place| match place {
                Place::Read { written } | Place::Written(written) => written,
            });
        let pay = self.salary.into_iter().flatten().map(Pay::read);
        Ok(Draft {
            locations: places.chain(self.location.some()).collect(),
            id: self.id.0,
            title: self.title.0,
            company: self.company.some(),
            team: self.team.some(),
            workplace: word("workplace", &self.workplace, Workplace::from_word)?,
            employment: word("employment", &self.employment, Employment::from_word)?,
            posted: date("posted", &self.posted)?,
            closes: date("closes", &self.closes)?,
            salary: pay.collect::<Result<_, _>>()?,
            url: self.url.some(),
            level: word("level", &self.level, Level::from_word)?,
            sponsorship: word("sponsorship", &self.sponsorship, Sponsorship::from_word)?,
            publisher: self.publisher.some(),
            tags: self.tags.into_iter().flatten().map(|tag| tag.0).collect(),
            language: self.language.some(),
            description: self.description.0,
            ..Draft::default()
        })
    }
}

impl Pay {
    fn read(self) -> Result<crate::board::Salary, Refusal> {
        let per = word("per", &self.per, Period::from_word)?;
        if Currency::from_code(&self.currency).is_none() {
            let why = format!("`currency` cannot be `{}`", &*self.currency);
            return Err(Refusal::wrong(why));
        }
        let range = amount::range((self.min.0, self.max.0), &self.currency, per);
        let mut range = range
            .ok_or_else(|| Refusal::wrong("a salary has neither `min` nor `max`, or no `per`"))?;
        range.location = self.location.some();
        Ok(range)
    }
}

fn word<T>(key: &str, written: &Text, from: fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
    let written = written.trim();
    if written.is_empty() {
        return Ok(None);
    }
    let refusal = || Refusal::wrong(format!("`{key}` cannot be `{written}`"));
    from(written).map(Some).ok_or_else(refusal)
}

fn date(key: &str, written: &Text) -> Result<Option<Date>, Refusal> {
    word(key, written, day::day)
}
