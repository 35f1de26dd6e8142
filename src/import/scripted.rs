//! Career pages that carry their postings as data in a script: Paylocity's and Phenom's.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, word};

/// What Paylocity's data stands behind.
const PAYLOCITY: &str = "window.pageData = {";
/// What Phenom's data stands behind.
const PHENOM: &str = "phApp.ddo = {";

pub(super) fn is_paylocity(text: &str) -> bool {
    data(text, PAYLOCITY).is_some_and(|data| data.contains("\"JobTitle\""))
}

pub(super) fn is_phenom(text: &str) -> bool {
    data(text, PHENOM).is_some_and(|data| data.contains("\"eagerLoadRefineSearch\""))
}

pub(super) fn paylocity(text: &str) -> Result<Drafts<'_>, String> {
    drafts::<Paylocity>(text, PAYLOCITY, &["Jobs"])
}

pub(super) fn phenom(text: &str) -> Result<Drafts<'_>, String> {
    let path = ["eagerLoadRefineSearch", "data", "jobs"];
    drafts::<Phenom>(text, PHENOM, &path)
}

/// How many postings a Phenom site has, of which a page shows some.
pub(super) fn phenom_total(text: &str) -> Option<usize> {
    let (_, after) = data(text, PHENOM)?.split_once("\"totalHits\":")?;
    let digits = after.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit())?;
    digits[..end].parse().ok()
}

/// The data behind a mark.
fn data<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let at = memchr::memmem::find(text.as_bytes(), mark.as_bytes())?;
    Some(&text[at + mark.len() - 1..])
}

fn drafts<'a, R: json::Row<'a> + 'a>(
    text: &'a str,
    mark: &str,
    path: &[&str],
) -> Result<Drafts<'a>, String> {
    let data = data(text, mark).ok_or("its page holds no data of postings")?;
    let above = &text.as_bytes()[..text.len() - data.len()];
    let above = memchr::memchr_iter(b'\n', above).count();
    let rows = json::drafts::<R>(data, path)?;
    Ok(Box::new(rows.map(move |(mut place, draft)| {
        place.line += above;
        (place, draft)
    })))
}

/// A posting of Paylocity.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Paylocity {
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

impl json::Row<'_> for Paylocity {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.is_internal == Some(true) {
            return Err(Refusal::passed_over("it is for people of the company only"));
        }
        let mut body = Body::default();
        body.html(&self.description)?;
        let place = self.job_location.unwrap_or_default();
        let written = joined(&[&place.city, &place.state, &place.country]);
        // Where it has no name of its own, the place is called by how one works there.
        let workplace = word::workplace(&self.location_name);
        let name = self.location_name.some().filter(|_| workplace.is_none());
        let locations = Some(written).filter(|written| !written.is_empty());
        Ok(Draft {
            id: self.job_id.0,
            title: self.job_title.0,
            team: self.hiring_department.some(),
            locations: locations.or(name).into_iter().collect(),
            workplace: word::remote(self.is_remote).or(workplace),
            posted: day::day(&self.published_date),
            description: body.finish(),
            ..Draft::default()
        })
    }
}

/// A posting of Phenom.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Phenom {
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

impl json::Row<'_> for Phenom {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.description_teaser)?;
        let parts = joined(&[&self.city, &self.state, &self.country]);
        let mut draft = Draft {
            id: self.job_id.0,
            title: self.title.0,
            locations: vec![self.location.some().unwrap_or(parts)],
            employment: word::employment(&self.kind),
            posted: day::day(&self.posted_date),
            url: self.apply_url.some(),
            description: body.finish(),
            ..Draft::default()
        };
        draft.group(self.department.some(), self.category.some());
        Ok(draft)
    }
}
