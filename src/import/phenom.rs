//! Phenom: a search page with its postings in `phApp.ddo`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::embedded_json;
use super::json::{self, Head};
use super::paging::{Pages, Paging};
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "phenom",
    signs: &[Sign::Html(is_page)],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::Own(paging),
};

/// Start of the data in a page.
const MARK: &str = "phApp.ddo = {";

fn is_page(text: &str) -> bool {
    embedded_json::data(text, MARK).is_some_and(|data| data.contains("\"eagerLoadRefineSearch\""))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    embedded_json::drafts::<Posting>(text, MARK, &["eagerLoadRefineSearch", "data", "jobs"])
}

/// The site states the total number of postings; a page contains some of them.
fn paging(text: &str, _: &str) -> Paging {
    Paging {
        next: None,
        total: total(text),
    }
}

fn total(text: &str) -> Option<usize> {
    let (_, after) = embedded_json::data(text, MARK)?.split_once("\"totalHits\":")?;
    let digits = after.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit())?;
    digits[..end].parse().ok()
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Posting {
    job_id: Text,
    title: Text,
    #[serde(rename = "type")]
    kind: Text,
    location: Text,
    city: Text,
    state: Text,
    country: Text,
    posted_date: Text,
    department: Text,
    category: Text,
    apply_url: Text,
    description_teaser: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.description_teaser)?;
        let parts = joined(&[&self.city, &self.state, &self.country]);
        let mut draft = Draft {
            id: self.job_id.0,
            title: self.title.0,
            locations: vec![self.location.some().unwrap_or(parts)],
            employment_words: self.kind.to_string(),
            posted: day::day(&self.posted_date),
            url: self.apply_url.some(),
            description: body.finish(),
            ..Draft::default()
        };
        draft.group(self.department.some(), self.category.some());
        Ok(draft)
    }
}
