//! Rippling: `api.rippling.com/platform/api/ats/v1/board/…/jobs`. A posting in several places is a row for each.

use serde::Deserialize;

use super::Drafts;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::value::Text;

pub(super) fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Job {
    uuid: Text,
    name: Text,
    department: Option<Labelled>,
    url: Text,
    work_location: Option<Labelled>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Labelled {
    label: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let label = |labelled: Option<Labelled>| labelled?.label.some();
        Ok(Draft {
            id: self.uuid.0,
            title: self.name.0,
            team: label(self.department),
            locations: label(self.work_location).into_iter().collect(),
            url: self.url.some(),
            ..Draft::default()
        })
    }
}
