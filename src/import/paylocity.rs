//! Paylocity: a career page with its postings in `window.pageData`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::embedded_json;
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "paylocity",
    signs: &[Sign::Html(is_page)],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

/// Start of the data in a page.
const MARK: &str = "window.pageData = {";

fn is_page(text: &str) -> bool {
    embedded_json::data(text, MARK).is_some_and(|data| data.contains("\"JobTitle\""))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    embedded_json::drafts::<Posting>(text, MARK, &["Jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Posting {
    job_id: Text,
    job_title: Text,
    location_name: Text,
    published_date: Text,
    description: Text,
    hiring_department: Text,
    is_internal: Option<bool>,
    is_remote: Option<bool>,
    job_location: Option<Place>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Place {
    city: Text,
    state: Text,
    country: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.is_internal == Some(true) {
            return Err(Refusal::skipped("it is an internal posting"));
        }
        let mut body = Body::default();
        body.html(&self.description)?;
        let place = self.job_location.unwrap_or_default();
        let written = joined(&[&place.city, &place.state, &place.country]);
        // A location without a name of its own has that of its workplace.
        let workplace = vocabulary::workplace(&self.location_name);
        let name = self.location_name.some().filter(|_| workplace.is_none());
        let locations = Some(written).filter(|written| !written.is_empty());
        Ok(Draft {
            id: self.job_id.0,
            title: self.job_title.0,
            team: self.hiring_department.some(),
            locations: locations.or(name).into_iter().collect(),
            workplace: vocabulary::remote(self.is_remote).or(workplace),
            posted: day::day(&self.published_date),
            description: body.finish(),
            ..Draft::default()
        })
    }
}
