//! Workday: the list that `….myworkdayjobs.com/wday/cxs/…/jobs` answers with. Its days are told as "Posted 3 Days Ago",
//! which is another day tomorrow, and its addresses only from the site's root on: neither is kept as what it is not.

use serde::Deserialize;

use super::Drafts;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;

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
    time_type: Text,
    bullet_fields: Option<Vec<Text>>,
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
            employment: super::word::employment(&self.time_type),
            ..Draft::default()
        };
        // A count of places is no place.
        let place = self.locations_text.0;
        let count = place.split(' ').next().unwrap_or_default();
        if count.parse::<u32>().is_ok() && place.ends_with(" Locations") {
            draft.stated.push(("Places", place));
        } else {
            draft.locations.push(place);
        }
        if let Some(path) = self.external_path.some() {
            draft.stated.push(("Page", path));
        }
        Ok(draft)
    }
}
