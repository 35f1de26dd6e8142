//! Eightfold: `….eightfold.ai/api/apply/v2/jobs?domain=…`.

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
    name: "eightfold",
    signs: &[Sign::Keys(&["canonicalPositionUrl"])],
    read: Read::Json {
        list: "positions",
        keys: json::keys::<Position>,
        drafts,
    },
    site: None,
    pages: Pages::Offset {
        total: "/count",
        rows: "/positions",
        parameter: "start",
    },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Position>(text, &["positions"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Position {
    id: Text,
    name: Text,
    #[serde(rename = "canonicalPositionUrl")]
    url: Text,
    location: Text,
    locations: Option<Vec<Text>>,
    work_location_option: Text,
    department: Text,
    job_description: Text,
    t_create: Text,
}

impl json::Row<'_> for Position {
    fn draft(self, head: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.job_description)?;
        let places = self.locations.into_iter().flatten();
        let mut locations: Vec<_> = places.filter_map(Text::some).collect();
        if locations.is_empty() {
            locations.push(self.location.0);
        }
        Ok(Draft {
            id: self.id.0,
            board: head.text("domain"),
            title: self.name.0,
            team: self.department.some(),
            locations,
            workplace: vocabulary::workplace(&self.work_location_option),
            posted: day::day(&self.t_create),
            url: self.url.some(),
            description: body.finish(),
            ..Draft::default()
        })
    }
}
