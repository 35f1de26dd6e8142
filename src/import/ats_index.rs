//! An index of Greenhouse postings of many companies in one list: without descriptions, and with board names as
//! companies.

use serde::Deserialize;

use super::Drafts;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "ats-index",
    signs: &[Sign::Keys(&["absolute_url", "company_slug"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Job>,
        drafts,
    },
    site: None,
    pages: Pages::One,
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    id: Text,
    title: Text,
    company: Text,
    company_slug: Text,
    location: Text,
    absolute_url: Text,
    url: Text,
    departments: Option<Vec<Text>>,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        Ok(Draft {
            id: self.id.0,
            title: self.title.0,
            company: self.company.some().or_else(|| self.company_slug.some()),
            team: self.departments.into_iter().flatten().find_map(Text::some),
            locations: vec![self.location.0],
            url: self.absolute_url.some().or_else(|| self.url.some()),
            ..Draft::default()
        })
    }
}
