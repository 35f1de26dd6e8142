//! The `listings.json` of `SimplifyJobs`: without descriptions, dates in seconds. Hidden entries are not imported.

use serde::Deserialize;

use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day};
use crate::board::Sponsorship;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "simplify",
    signs: &[Sign::Keys(&["company_name", "date_posted", "locations"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Listing>,
        drafts,
    },
    site: None,
    pages: Pages::One,
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Listing>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Listing {
    id: Text,
    company_name: Text,
    title: Text,
    active: Option<bool>,
    is_visible: Option<bool>,
    date_posted: Option<i64>,
    date_updated: Option<i64>,
    url: Text,
    locations: Option<Vec<Text>>,
    sponsorship: Text,
    category: Text,
    terms: Option<Vec<Text>>,
}

impl json::Row<'_> for Listing {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.is_visible == Some(false) {
            return Err(Refusal::skipped("its list marks it as hidden"));
        }
        let posted = self.date_posted.and_then(day::epoch);
        let updated = self.date_updated.and_then(day::epoch);
        // The list does not state closing dates, but the last change of an inactive posting is on or after it.
        let closes = updated.or(posted).filter(|_| self.active == Some(false));
        let mut draft = Draft {
            id: self.id.0,
            title: self.title.0,
            company: self.company_name.some(),
            locations: self
                .locations
                .into_iter()
                .flatten()
                .map(|place| place.0)
                .collect(),
            posted: posted.into(),
            closes: closes.max(posted.filter(|_| closes.is_some())).into(),
            url: self.url.some(),
            tags: self.category.some().into_iter().collect(),
            ..Draft::default()
        };
        draft
            .tags
            .extend(self.terms.into_iter().flatten().filter_map(Text::some));
        match &*self.sponsorship {
            "Offers Sponsorship" => draft.sponsorship = Some(Sponsorship::Offered),
            "Does Not Offer Sponsorship" => draft.sponsorship = Some(Sponsorship::None),
            "U.S. Citizenship is Required" => {
                draft.sponsorship = Some(Sponsorship::None);
                draft.tags.push(self.sponsorship.0);
            }
            _ => {}
        }
        Ok(draft)
    }
}
