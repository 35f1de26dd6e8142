//! Workday: the list that `….myworkdayjobs.com/wday/cxs/…/jobs` answers with. Its days count back from the day of the
//! fetch ("Posted 3 Days Ago"), and its addresses start at the page of the site.

use serde::Deserialize;
use url::Url;

use super::draft::{self, Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, vocabulary};
use crate::places::PlaceFields;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "workday",
    signs: &[Sign::List("jobPostings", &["externalPath"])],
    read: Read::Json {
        list: "jobPostings",
        keys: json::keys::<Posting>,
        drafts,
    },
    site: None,
    pages: Pages::Total { total: "/total" },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Posting>(text, &["jobPostings"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Posting {
    title: Text,
    external_path: Text,
    locations_text: Text,
    country: Option<Country>,
    time_type: Text,
    remote_type: Text,
    posted_on: Text,
    start_date: Text,
    bullet_fields: Option<Vec<Text>>,
}

/// Country of a posting, in a field of its own.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Country {
    descriptor: Text,
    alpha2_code: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let number = self
            .bullet_fields
            .into_iter()
            .flatten()
            .find_map(Text::some);
        let mut draft = Draft {
            id: number.unwrap_or_else(|| self.external_path.0.clone()),
            title: self.title.0,
            workplace: vocabulary::workplace(&self.remote_type),
            // The list knows days from today; a single posting names its day.
            posted: day::day(&self.start_date).or_else(|| day::day(&self.posted_on)),
            url: self.external_path.some(),
            page_at: Some(page),
            ..Draft::default()
        };
        draft.employ(self.time_type.some());
        // A number of locations is not a location.
        let place = self.locations_text.0;
        let count = place.split(' ').next().unwrap_or_default();
        if count.parse::<u32>().is_ok() && place.ends_with(" Locations") {
            draft.extras.push(("Places", place));
        } else {
            let country = self.country.unwrap_or_default();
            let code = country.alpha2_code.some();
            let fields = PlaceFields {
                country: &code.unwrap_or(country.descriptor.0),
                ..PlaceFields::default()
            };
            draft.locations.push(draft::place(&place, &fields));
        }
        Ok(draft)
    }
}

/// The page of a posting on the site whose page or interface is at an address.
fn page(site: &Url, path: &str) -> Option<String> {
    let parts: Vec<_> = site
        .path_segments()?
        .filter(|part| !part.is_empty())
        .collect();
    let own = match parts.as_slice() {
        ["wday", "cxs", _, site, ..] => (*site).to_owned(),
        parts => parts.join("/"),
    };
    let path = path.trim_start_matches('/');
    let mut page = site.join(&format!("/{own}/{path}")).ok()?;
    page.set_query(None);
    Some(page.into())
}
