//! UKG, formerly `UltiPro`: responses of `JobBoardView/LoadSearchResults` of a job board.

use serde::Deserialize;
use url::Url;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day};
use crate::board::Employment;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "ukg",
    signs: &[
        Sign::List("opportunities", &["Id", "Title"]),
        Sign::Keys(&["opportunities", "totalCount"]),
    ],
    read: Read::Json {
        list: "opportunities",
        keys: json::keys::<Opportunity>,
        drafts,
    },
    site: None,
    pages: Pages::Total {
        total: "/totalCount",
    },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Opportunity>(text, &["opportunities"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Opportunity {
    id: Text,
    title: Text,
    posted_date: Text,
    job_category_name: Text,
    full_time: Option<bool>,
    locations: Option<Vec<Place>>,
    brief_description: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Place {
    localized_name: Text,
    address: Option<Postal>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Postal {
    city: Text,
    state: Option<Coded>,
    country: Option<Coded>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Coded {
    code: Text,
    name: Text,
}

impl Coded {
    fn written(coded: Option<Self>) -> String {
        let coded = coded.unwrap_or_default();
        coded
            .code
            .some()
            .or_else(|| coded.name.some())
            .unwrap_or_default()
    }
}

impl json::Row<'_> for Opportunity {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let places = self.locations.into_iter().flatten().map(|place| {
            let address = place.address.unwrap_or_default();
            let (state, country) = (
                Coded::written(address.state),
                Coded::written(address.country),
            );
            match joined(&[&address.city, &state, &country]) {
                parts if parts.is_empty() => place.localized_name.0,
                parts => parts,
            }
        });
        let hours = self.full_time.map(|is_full| {
            if is_full {
                Employment::FullTime
            } else {
                Employment::PartTime
            }
        });
        Ok(Draft {
            title: self.title.0,
            locations: places.collect(),
            employment: hours.into_iter().collect(),
            posted: day::day(&self.posted_date),
            url: self.id.clone().some(),
            page_at: Some(page),
            id: self.id.0,
            tags: self.job_category_name.some().into_iter().collect(),
            description: Body::default().html(&self.brief_description)?.finish(),
            ..Draft::default()
        })
    }
}

/// Page of a posting on the board at an address: `…/JobBoard/{board}/OpportunityDetail?opportunityId=…`.
fn page(board: &Url, id: &str) -> Option<String> {
    let parts: Vec<_> = board.path_segments()?.collect();
    let at = parts.iter().position(|part| *part == "JobBoard")?;
    let board_parts = parts.get(..at + 2)?.join("/");
    let page = format!("/{board_parts}/OpportunityDetail?opportunityId={id}");
    Some(board.join(&page).ok()?.into())
}
