//! Gupy: `employability-portal.gupy.io/api/v1/jobs`, and the same rows from its portal.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, PAGE, Site};
use super::slug::slug;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, vocabulary};
use crate::board::Employment;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "gupy",
    signs: &[Sign::Keys(&["careerPageName", "jobUrl"])],
    read: Read::Json {
        list: "data",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["gupy.io"],
        find,
    }),
    pages: Pages::Offset {
        total: "/pagination/total",
        rows: "/data",
        parameter: "offset",
    },
};

/// A search on the portal: `portal.gupy.io/job-search/term=gelo`.
fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("employability-portal.gupy.io" | "portal.api.gupy.io", ["api", "v1", "jobs"]) => {
            let name = address
                .query("jobName")
                .filter(|name| !slug(name).is_empty());
            Some(Board::new(
                name.unwrap_or_else(|| "jobs".into()),
                address.whole(),
            ))
        }
        ("portal.gupy.io", ["job-search", term]) => {
            let term = term.strip_prefix("term=")?.split('&').next()?;
            let api = "https://employability-portal.gupy.io/api/v1/jobs";
            Some(Board::new(
                term,
                format!("{api}?jobName={term}&limit={PAGE}"),
            ))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["data"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct Job {
    id: Text,
    name: Text,
    description: Text,
    career_page_name: Text,
    #[serde(rename = "type")]
    kind: Text,
    published_date: Text,
    application_deadline: Text,
    is_remote_work: Option<bool>,
    city: Text,
    state: Text,
    country: Text,
    job_url: Text,
    workplace_type: Text,
    skills: Option<Vec<Skill>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Skill {
    name: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if &*self.kind == "vacancy_type_talent_pool" {
            return Err(Refusal::skipped("it is a talent pool, not a posting"));
        }
        let workplace = vocabulary::workplace(&self.workplace_type);
        let mut draft = Draft {
            id: self.id.0,
            title: self.name.0,
            company: self.career_page_name.some(),
            locations: vec![joined(&[&self.city, &self.state, &self.country])],
            workplace: workplace.or_else(|| vocabulary::remote(self.is_remote_work)),
            posted: day::day(&self.published_date),
            closes: day::day(&self.application_deadline),
            url: self.job_url.some(),
            tags: self
                .skills
                .into_iter()
                .flatten()
                .map(|skill| skill.name.0)
                .collect(),
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        };
        // "Effective" is a permanent contract, with any hours.
        let kind = self
            .kind
            .0
            .replace("vacancy_type_", "")
            .replace("vacancy_", "");
        match kind.as_str() {
            "internship" => draft.employment.push(Employment::Internship),
            "temporary" => draft.employment.push(Employment::Temporary),
            "volunteer" => draft.employment.push(Employment::Volunteer),
            "legal_entity" | "freelancer" | "autonomous" => {
                draft.employment.push(Employment::Contract);
            }
            _ => draft.extras.push(("Contract", kind.replace('_', " "))),
        }
        Ok(draft)
    }
}
