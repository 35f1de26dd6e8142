//! Oracle Recruiting Cloud: the list of requisitions, and single ones. Neither contains addresses.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "oracle",
    signs: &[
        Sign::Keys(&["requisitionList"]),
        Sign::Keys(&["ExternalDescriptionStr"]),
    ],
    read: Read::Json {
        list: "items.requisitionList",
        keys: json::keys::<Requisition>,
        drafts,
    },
    site: None,
    pages: Pages::Total {
        total: "/items/0/TotalJobsCount",
    },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Requisition>(text, &["items", "requisitionList"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Requisition {
    id: Text,
    title: Text,
    posted_date: Text,
    external_posted_start_date: Text,
    external_posted_end_date: Text,
    primary_location: Text,
    #[serde(rename = "secondaryLocations")]
    secondary_locations: Option<Vec<Place>>,
    workplace_type: Text,
    short_description_str: Text,
    external_description_str: Text,
    external_responsibilities_str: Text,
    external_qualifications_str: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    #[serde(rename = "Name")]
    name: Text,
}

impl json::Row<'_> for Requisition {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.short_description_str)?;
        body.html(&self.external_description_str)?;
        body.section("Responsibilities", &self.external_responsibilities_str)?;
        body.section("Qualifications", &self.external_qualifications_str)?;
        let mut locations = vec![self.primary_location.0];
        let others = self.secondary_locations.into_iter().flatten();
        locations.extend(others.filter_map(|place| place.name.some()));
        let posted = day::day(&self.posted_date);
        Ok(Draft {
            id: self.id.0,
            title: self.title.0,
            locations,
            workplace: vocabulary::workplace(&self.workplace_type),
            posted: posted.or_else(|| day::day(&self.external_posted_start_date)),
            closes: day::day(&self.external_posted_end_date),
            description: body.finish(),
            ..Draft::default()
        })
    }
}
