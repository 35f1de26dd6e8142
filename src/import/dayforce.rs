//! Dayforce: responses of `jobs.dayforcehcm.com/api/geo/…/jobposting/search`. The page of a row is made from its number
//! and the address of the board.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use url::Url;

use super::body::Body;
use super::day::Day;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "dayforce",
    signs: &[Sign::List("jobPostings", &["jobPostingId", "jobTitle"])],
    read: Read::Json {
        list: "jobPostings",
        keys: json::keys::<Job>,
        drafts,
    },
    site: None,
    pages: Pages::Total { total: "/maxCount" },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["jobPostings"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct Job {
    job_posting_id: Text,
    job_title: Text,
    job_description: Text,
    job_posting_content: Option<Content>,
    #[serde(rename = "postingStartTimestampUTC")]
    starts: Text,
    #[serde(rename = "postingExpiryTimestampUTC")]
    ends: Text,
    posting_locations: Option<Vec<Place>>,
    has_virtual_location: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Content {
    #[serde(rename = "jobDescriptionHeader")]
    header: Text,
    #[serde(rename = "jobDescription")]
    text: Text,
    #[serde(rename = "jobDescriptionFooter")]
    footer: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Place {
    city_name: Text,
    state_code: Text,
    iso_country_code: Text,
    formatted_address: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.job_description)?;
        if let Some(content) = self.job_posting_content {
            body.html(&content.header)?;
            body.html(&content.text)?;
            body.html(&content.footer)?;
        }
        let places = self.posting_locations.into_iter().flatten();
        let places = places.map(|place| {
            match joined(&[&place.city_name, &place.state_code, &place.iso_country_code]) {
                parts if parts.is_empty() => place.formatted_address.0,
                parts => parts,
            }
        });
        Ok(Draft {
            title: self.job_title.0,
            locations: places.collect(),
            workplace: vocabulary::remote(self.has_virtual_location),
            posted: day::day(&self.starts),
            closes: last_day(&self.ends),
            url: self.job_posting_id.clone().some(),
            page_at: Some(page),
            id: self.job_posting_id.0,
            description: body.finish(),
            ..Draft::default()
        })
    }
}

/// Last whole day before a moment. Postings end a minute before midnight in the employer's time zone, which may be the
/// next day in UTC.
fn last_day(moment: &str) -> Day {
    let Ok(moment) = moment.trim().parse::<Timestamp>() else {
        return day::day(moment);
    };
    let noon = moment.checked_sub(SignedDuration::from_hours(12));
    noon.map_or(Day::Unknown, |noon| {
        Day::On(noon.to_zoned(TimeZone::UTC).date())
    })
}

/// Page of a posting on the board at an address: `jobs.dayforcehcm.com/en-US/acme/CANDIDATEPORTAL/jobs/7`.
fn page(board: &Url, id: &str) -> Option<String> {
    let is_board = board.host_str()?.ends_with("dayforcehcm.com");
    let parts: Vec<_> = board
        .path_segments()?
        .filter(|part| !part.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        ["api", ..] => return None,
        [.., "jobs"] => &parts[..parts.len() - 1],
        [_, _] | [_, _, _] => &parts,
        _ => return None,
    };
    let base = board
        .join(&format!("/{}/jobs/{id}", parts.join("/")))
        .ok()?;
    is_board.then(|| base.into())
}
