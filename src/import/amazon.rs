//! amazon.jobs: `search.json`, and single jobs.
//!
//! Headings in its descriptions are bare lines, lists use bullet characters, and each of `locations` is JSON in a
//! string. Addresses are relative.

use serde::Deserialize;
use url::Url;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, PAGE, Site};
use super::slug::slug;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, amount, day, html, page};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "amazon",
    signs: &[Sign::Keys(&["job_path"])],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["amazon.jobs"],
        find,
    }),
    pages: Pages::Offset {
        total: "/hits",
        rows: "/jobs",
        parameter: "offset",
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("amazon.jobs", [.., "search" | "search.json"]) => {
            let query = address.query("base_query");
            let query = query.filter(|query| !slug(query).is_empty());
            let query = query.unwrap_or_else(|| "jobs".into());
            Some(Board::new(query, searched(address.url)))
        }
        _ => None,
    }
}

/// The data address of a search page.
fn searched(url: &Url) -> String {
    let mut url = url.clone();
    let page = url.path_segments().and_then(|mut parts| parts.next_back());
    if page != Some("search.json") {
        let path = format!("{}.json", url.path().trim_end_matches('/'));
        url.set_path(&path);
    }
    let asked = url.query_pairs().into_owned();
    let kept: Vec<_> = asked
        .filter(|(key, _)| !matches!(key.as_str(), "offset" | "result_limit"))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair("result_limit", PAGE);
    url.into()
}

/// Base of relative addresses.
const SITE: &str = "https://www.amazon.jobs";

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct Job {
    id: Text,
    id_icims: Text,
    title: Text,
    company_name: Text,
    job_category: Text,
    job_family: Text,
    job_path: Text,
    job_schedule_type: Text,
    location: Text,
    locations: Option<Vec<Text>>,
    posted_date: Text,
    description: Text,
    basic_qualifications: Text,
    preferred_qualifications: Text,
    team: Option<Team>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Team {
    label: Text,
}

/// One of `locations`, which is JSON text within the JSON.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    location: Text,
    #[serde(rename = "normalizedLocation")]
    normalized_location: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.push(&html::tidy(&page::with_headings(&html::markdown(
            &self.description,
        )?)));
        body.section("Basic qualifications", &self.basic_qualifications)?;
        body.section("Preferred qualifications", &self.preferred_qualifications)?;
        let mut locations = vec![self.location.0];
        for raw in self.locations.into_iter().flatten() {
            let place: Place = serde_json::from_str(&raw).unwrap_or_default();
            let place = place
                .location
                .some()
                .or_else(|| place.normalized_location.some());
            locations.extend(place);
        }
        let path = self.job_path.some();
        let url = path.map(|path| {
            if path.starts_with('/') {
                format!("{SITE}{path}")
            } else {
                path
            }
        });
        let mut draft = Draft {
            id: self.id_icims.some().unwrap_or(self.id.0),
            title: self.title.0,
            company: self.company_name.some(),
            team: self.team.and_then(|team| team.label.some()),
            locations,
            employment_words: self.job_schedule_type.to_string(),
            posted: day::day(&self.posted_date),
            url,
            tags: self
                .job_category
                .some()
                .into_iter()
                .chain(self.job_family.some())
                .collect(),
            description: body.finish(),
            ..Draft::default()
        };
        draft.salary = draft
            .description
            .lines()
            .filter_map(amount::per_location)
            .collect();
        Ok(draft)
    }
}
