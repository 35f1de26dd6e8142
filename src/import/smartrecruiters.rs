//! `SmartRecruiters`: `api.smartrecruiters.com/v1/companies/…/postings`, its list and its single postings.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, PAGE, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day, vocabulary};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "smartrecruiters",
    signs: &[Sign::Keys(&["releasedDate"])],
    read: Read::Json {
        list: "content",
        keys: json::keys::<Posting>,
        drafts,
    },
    site: Some(Site {
        domains: &["smartrecruiters.com"],
        find,
    }),
    pages: Pages::Offset {
        total: "/totalFound",
        rows: "/content",
        parameter: "offset",
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("careers.smartrecruiters.com" | "jobs.smartrecruiters.com", [company]) => {
            let api = "https://api.smartrecruiters.com/v1/companies";
            Some(Board::new(
                *company,
                format!("{api}/{company}/postings?limit={PAGE}"),
            ))
        }
        ("api.smartrecruiters.com", ["v1", "companies", company, "postings"]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

/// Where the pages of postings are.
const PAGES: &str = "https://jobs.smartrecruiters.com";

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Posting>(text, &["content"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct Posting {
    id: Text,
    name: Text,
    company: Option<Company>,
    released_date: Text,
    location: Option<Place>,
    department: Option<Labelled>,
    function: Option<Labelled>,
    industry: Option<Labelled>,
    type_of_employment: Option<Labelled>,
    experience_level: Option<Labelled>,
    language: Option<Language>,
    posting_url: Text,
    apply_url: Text,
    job_ad: Option<Ad>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Company {
    identifier: Text,
    name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Place {
    city: Text,
    region: Text,
    country: Text,
    full_location: Text,
    remote: Option<bool>,
    hybrid: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Labelled {
    label: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Language {
    code: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Ad {
    sections: Sections,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Sections {
    company_description: Section,
    job_description: Section,
    qualifications: Section,
    additional_information: Section,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Section {
    title: Text,
    text: Text,
}

impl json::Row<'_> for Posting {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let company = self.company.unwrap_or_default();
        let place = self.location.unwrap_or_default();
        let tags = [label(self.function), label(self.industry)];
        // The list gives no address, but each posting has its page.
        let page = match (&*company.identifier, &*self.id) {
            ("", _) | (_, "") => None,
            (company, id) => Some(format!("{PAGES}/{company}/{id}")),
        };
        let mut draft = Draft {
            id: self.id.0,
            board: company.identifier.some(),
            title: self.name.0,
            company: company.name.some(),
            team: label(self.department),
            workplace: place.workplace(),
            locations: vec![place.written()],
            posted: day::day(&self.released_date),
            url: self
                .posting_url
                .some()
                .or_else(|| self.apply_url.some())
                .or(page),
            level_words: label(self.experience_level).unwrap_or_default(),
            tags: tags.into_iter().flatten().collect(),
            language: self.language.and_then(|language| language.code.some()),
            description: self.job_ad.unwrap_or_default().body()?,
            ..Draft::default()
        };
        draft.employ(label(self.type_of_employment));
        Ok(draft)
    }
}

impl Place {
    /// If both flags are false, the workplace is unknown.
    fn workplace(&self) -> Option<Workplace> {
        let hybrid = (self.hybrid == Some(true)).then_some(Workplace::Hybrid);
        vocabulary::remote(self.remote).or(hybrid)
    }

    fn written(self) -> String {
        let parts = joined(&[&self.city, &self.region, &self.country.to_uppercase()]);
        self.full_location.some().unwrap_or(parts)
    }
}

impl Ad {
    fn body(self) -> Result<String, Refusal> {
        let Sections {
            company_description,
            job_description,
            qualifications,
            additional_information,
        } = self.sections;
        let mut body = Body::default();
        for section in [
            company_description,
            job_description,
            qualifications,
            additional_information,
        ] {
            body.section(&section.title, &section.text)?;
        }
        Ok(body.finish())
    }
}

fn label(labelled: Option<Labelled>) -> Option<String> {
    labelled?.label.some()
}
