//! A JSON Resume job description: a single posting, with pay as a number without currency.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head, List};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, html, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "json-resume",
    signs: &[Sign::Lists(is_resume)],
    read: Read::Json {
        list: "",
        keys: json::keys::<Job>,
        drafts,
    },
    site: None,
    pages: Pages::One,
};

/// Keys of its schema that other systems rarely use.
const RARE: &[&str] = &["type", "date", "remote", "experience", "skills", "meta"];

/// Whether a document is a single posting that only has keys of the schema, and rare ones among them. Lists of postings
/// with responsibilities are common.
fn is_resume(lists: &[List]) -> bool {
    let known = json::keys::<Job>();
    lists.iter().any(|list| {
        let is_known = |key: &String| known.contains(&key.as_str()) || key == "$schema";
        let rare = RARE.iter().filter(|key| list.has(&[key])).count();
        list.path.is_empty()
            && !list.has_rows
            && list.has(&["title"])
            && (list.has(&["responsibilities"]) || list.has(&["qualifications"]))
            && list.keys.iter().all(is_known)
            && rare >= 2
    })
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    title: Text,
    company: Text,
    #[serde(rename = "type")]
    kind: Text,
    date: Text,
    description: Text,
    location: Option<Place>,
    remote: Text,
    salary: Text,
    experience: Text,
    responsibilities: Option<Vec<Text>>,
    qualifications: Option<Vec<Text>>,
    skills: Option<Vec<Skill>>,
    meta: Option<Meta>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Place {
    city: Text,
    region: Text,
    country_code: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Skill {
    name: Text,
    keywords: Option<Vec<Text>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    canonical: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let plain = |lines: Option<Vec<Text>>| -> Vec<String> {
            lines.into_iter().flatten().map(|line| line.0).collect()
        };
        let mut body = Body::default();
        body.push(&html::tidy(&html::escaped_block(&self.description)));
        body.list("Responsibilities", &plain(self.responsibilities));
        body.list("Qualifications", &plain(self.qualifications));
        let place = self.location.unwrap_or_default();
        let mut draft = Draft {
            title: self.title.0,
            company: self.company.some(),
            locations: vec![joined(&[&place.city, &place.region, &place.country_code])],
            workplace: vocabulary::workplace(if &*self.remote == "Full" {
                "remote"
            } else {
                &self.remote
            }),
            employment_words: self.kind.to_string(),
            posted: day::day(&self.date),
            url: self.meta.and_then(|meta| meta.canonical.some()),
            level_words: self.experience.to_string(),
            description: body.finish(),
            ..Draft::default()
        };
        for skill in self.skills.into_iter().flatten() {
            draft.tags.extend(skill.name.some());
            draft.tags.extend(plain(skill.keywords));
        }
        draft.paid_in_words(&self.salary, "", None);
        Ok(draft)
    }
}
