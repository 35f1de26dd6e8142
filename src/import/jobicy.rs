//! Jobicy: `jobicy.com/api/v2/remote-jobs`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, PAGE, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text, Texts};
use super::{Drafts, day, vocabulary};
use crate::board::{Period, Workplace};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "jobicy",
    signs: &[Sign::Keys(&["jobTitle", "jobGeo"])],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Posting>,
        drafts,
    },
    site: Some(Site {
        domains: &["jobicy.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("jobicy.com", [] | ["jobs"]) => {
            let feed = format!("https://jobicy.com/api/v2/remote-jobs?count={PAGE}");
            Some(Board::new("jobs", feed))
        }
        ("jobicy.com", ["api", "v2", "remote-jobs"]) => {
            let kind = ["tag", "industry", "geo"]
                .iter()
                .find_map(|key| address.query(key));
            Some(Board::new(
                kind.unwrap_or_else(|| "jobs".into()),
                address.whole(),
            ))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Posting>(text, &["jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Posting {
    id: Text,
    url: Text,
    job_title: Text,
    company_name: Text,
    job_industry: Texts,
    job_type: Texts,
    job_geo: Text,
    job_level: Text,
    job_description: Text,
    job_excerpt: Text,
    pub_date: Text,
    annual_salary_min: Amount,
    annual_salary_max: Amount,
    salary_min: Amount,
    salary_max: Amount,
    salary_currency: Text,
    salary_period: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let text = self
            .job_description
            .some()
            .or_else(|| self.job_excerpt.some());
        let industries = self.job_industry.0.iter();
        let mut draft = Draft {
            id: self.id.0,
            title: self.job_title.0,
            company: self.company_name.some(),
            locations: vec![self.job_geo.0],
            workplace: Some(Workplace::Remote),
            employment: vocabulary::employments(&self.job_type.0),
            posted: day::day(&self.pub_date),
            url: self.url.some(),
            level_words: self.job_level.to_string(),
            tags: industries.cloned().collect(),
            description: Body::default().html(&text.unwrap_or_default())?.finish(),
            ..Draft::default()
        };
        let yearly = (self.annual_salary_min, self.annual_salary_max);
        let per = vocabulary::period(&self.salary_period);
        if draft
            .paid(
                yearly,
                &self.salary_currency,
                (Some(Period::Year), "a year"),
            )
            .is_none()
        {
            let amounts = (self.salary_min, self.salary_max);
            draft.paid(amounts, &self.salary_currency, (per, &self.salary_period));
        }
        Ok(draft)
    }
}
