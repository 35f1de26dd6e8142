//! A posting in the words of its vocabulary, so that it can be read when its board has let go of it.

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

use crate::board::{
    Date, Employment, Level, Location, Period, Posting, Salary, Sponsorship, Workplace, text,
};

/// The fields of a posting as a line keeps them; those it does not have take no room.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Copied {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    workplace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    posted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closes: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    salary: Vec<Pay>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sponsorship: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    retold: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Pay {
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    currency: String,
    per: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
}

impl Copied {
    pub(super) fn of(posting: &Posting) -> Self {
        let word = |word: Option<&'static str>| word.map(str::to_owned);
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let places = posting.locations.iter().map(|place| place.written.clone());
        Self {
            title: posting.title.clone(),
            company: posting.company.clone(),
            team: posting.team.clone(),
            locations: places.collect(),
            workplace: word(posting.workplace.map(Workplace::word)),
            employment: word(posting.employment.map(Employment::word)),
            posted: day(posting.posted),
            closes: day(posting.closes),
            salary: posting.salary.iter().map(Pay::of).collect(),
            url: posting.url.clone(),
            level: word(posting.level.map(Level::word)),
            sponsorship: word(posting.sponsorship.map(Sponsorship::word)),
            publisher: posting.publisher.clone(),
            retold: posting.retold,
            tags: posting.tags.clone(),
            language: posting.language.clone(),
            description: posting.description.clone(),
        }
    }

    /// The posting, through the gate again: a journal is a file that anything may have written to. What cannot stand
    /// is left out.
    pub(super) fn posting(self, id: &str) -> Posting {
        let line = |written: Option<String>| {
            let clean = written.map(|written| text::line(&written));
            clean.filter(|clean| !clean.is_empty())
        };
        let lines = |written: Vec<String>| {
            let clean = written.iter().map(|written| text::line(written));
            clean.filter(|clean| !clean.is_empty()).collect::<Vec<_>>()
        };
        let day = |written: Option<String>| written.and_then(|day| day.parse().ok());
        let places = lines(self.locations);
        Posting {
            id: id.to_owned(),
            board: String::new(),
            title: text::line(&self.title),
            company: line(self.company),
            team: line(self.team),
            locations: places.iter().map(|place| Location::parse(place)).collect(),
            workplace: self.workplace.and_then(|word| Workplace::from_word(&word)),
            employment: self
                .employment
                .and_then(|word| Employment::from_word(&word)),
            posted: day(self.posted),
            closes: day(self.closes),
            salary: self.salary.into_iter().filter_map(Pay::salary).collect(),
            url: line(self.url).filter(|url| may_be_opened(url)),
            level: self.level.and_then(|word| Level::from_word(&word)),
            sponsorship: self
                .sponsorship
                .and_then(|word| Sponsorship::from_word(&word)),
            publisher: line(self.publisher),
            retold: self.retold,
            tags: lines(self.tags),
            language: line(self.language),
            description: text::block(&self.description),
            source: None,
        }
    }
}

impl Pay {
    fn of(salary: &Salary) -> Self {
        Self {
            min: salary.min,
            max: salary.max,
            currency: salary.currency.code().to_owned(),
            per: salary.per.word().to_owned(),
            location: salary.location.clone(),
        }
    }

    fn salary(self) -> Option<Salary> {
        let amount = |amount: Option<f64>| amount.filter(|amount| *amount >= 0.0);
        Some(Salary {
            min: amount(self.min),
            max: amount(self.max),
            currency: Currency::from_code(&self.currency)?,
            per: Period::from_word(&self.per)?,
            location: self.location.map(|place| text::line(&place)),
        })
    }
}

/// The same addresses that a board may hold.
fn may_be_opened(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https" | "mailto")
            && url.username().is_empty()
            && url.password().is_none()
    })
}
