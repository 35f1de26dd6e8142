//! Himalayas: `himalayas.app/jobs/api`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text, Texts};
use super::{Drafts, day, vocabulary};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "himalayas",
    signs: &[Sign::Keys(&["companyName", "locationRestrictions"])],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["himalayas.app"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("himalayas.app", ["jobs"]) => Some(Board::new("jobs", "https://himalayas.app/jobs/api")),
        ("himalayas.app", ["jobs", "api", ..]) => {
            let query = address.query("q").unwrap_or_else(|| "jobs".into());
            Some(Board::new(query, address.whole()))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Job {
    guid: Text,
    title: Text,
    company_name: Text,
    employment_type: Texts,
    seniority: Texts,
    min_salary: Amount,
    max_salary: Amount,
    currency: Text,
    salary_currency: Text,
    salary_period: Text,
    location_restrictions: Option<Vec<Restriction>>,
    categories: Texts,
    description: Text,
    excerpt: Text,
    pub_date: Text,
    expiry_date: Text,
    application_link: Text,
}

/// A country, by its name or as an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Restriction {
    Country { name: Text },
    Name(Text),
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let text = self.description.some().or_else(|| self.excerpt.some());
        let from = self.location_restrictions.into_iter().flatten();
        let from = from.map(|place| match place {
            Restriction::Country { name } | Restriction::Name(name) => name.0,
        });
        let level = match self.seniority.0.as_slice() {
            [only] => vocabulary::level(only),
            _ => None,
        };
        let tags = self.categories.0.iter().map(|tag| tag.replace('-', " "));
        let mut draft = Draft {
            url: self.application_link.some().or_else(|| self.guid.some()),
            title: self.title.0,
            company: self.company_name.some(),
            locations: from.collect(),
            workplace: Some(Workplace::Remote),
            employment: vocabulary::employments(&self.employment_type.0),
            posted: day::day(&self.pub_date),
            closes: day::day(&self.expiry_date),
            level,
            tags: tags.collect(),
            description: Body::default().html(&text.unwrap_or_default())?.finish(),
            ..Draft::default()
        };
        // Without a period it is per year.
        let period = self.salary_period.some().unwrap_or_else(|| "year".into());
        let amounts = (self.min_salary, self.max_salary);
        let currency = self.currency.some().unwrap_or(self.salary_currency.0);
        draft.paid(amounts, &currency, (vocabulary::period(&period), &period));
        Ok(draft)
    }
}
