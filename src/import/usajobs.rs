//! USAJOBS: responses of its search API, and the flat rows of mirrors.
//!
//! Federal pay is in dollars. Flat rows lack the pay period, so the pay is kept as text.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::{Drafts, amount, day, html, vocabulary};
use crate::board::{Period, Workplace};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "usajobs",
    signs: &[
        Sign::Keys(&["SearchResultItems"]),
        Sign::Keys(&["MatchedObjectDescriptor"]),
        Sign::Keys(&["control_number"]),
    ],
    read: Read::Json {
        list: "SearchResult.SearchResultItems",
        keys: json::keys::<Row>,
        drafts,
    },
    site: None,
    pages: Pages::Total {
        total: "/SearchResult/SearchResultCountAll",
    },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Row>(text, &["SearchResult", "SearchResultItems"])
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Found {
        #[serde(rename = "MatchedObjectDescriptor")]
        found: Box<Found>,
    },
    Flat(Box<Flat>),
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Found {
    #[serde(rename = "PositionID")]
    id: Text,
    position_title: Text,
    #[serde(rename = "PositionURI")]
    uri: Text,
    position_location: Option<Vec<Place>>,
    organization_name: Text,
    department_name: Text,
    job_category: Option<Vec<Named>>,
    position_schedule: Option<Vec<Named>>,
    position_offering_type: Option<Vec<Named>>,
    job_grade: Option<Vec<Grade>>,
    position_remuneration: Option<Vec<Pay>>,
    publication_start_date: Text,
    application_close_date: Text,
    qualification_summary: Text,
    user_area: Option<Area>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Place {
    location_name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Named {
    name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Grade {
    code: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Pay {
    minimum_range: Amount,
    maximum_range: Amount,
    rate_interval_code: Text,
    description: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Area {
    details: Option<Details>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Details {
    job_summary: Text,
    major_duties: Option<Vec<Text>>,
    remote_indicator: Option<bool>,
    low_grade: Text,
    high_grade: Text,
    security_clearance: Text,
    total_openings: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Flat {
    control_number: Text,
    title: Text,
    organization: Text,
    department: Text,
    location: Text,
    pay_scale: Text,
    low_grade: Text,
    high_grade: Text,
    min_salary: Amount,
    max_salary: Amount,
    open_date: Text,
    close_date: Text,
    url: Text,
    appointment_type: Text,
    duties: Text,
    qualifications: Text,
}

impl json::Row<'_> for Row {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        match self {
            Self::Found { found } => found.draft(),
            Self::Flat(flat) => Ok(flat.draft()),
        }
    }
}

impl Found {
    fn draft(self) -> Result<Draft, Refusal> {
        let details = self
            .user_area
            .and_then(|area| area.details)
            .unwrap_or_default();
        let duties = details
            .major_duties
            .into_iter()
            .flatten()
            .map(|duty| duty.0);
        let mut body = Body::default();
        body.html(&details.job_summary)?;
        body.list("Duties", &duties.collect::<Vec<_>>());
        body.section("Qualifications", &self.qualification_summary)?;
        let places = self.position_location.into_iter().flatten();
        let schedules = self.position_schedule.into_iter().flatten();
        let categories = self.job_category.into_iter().flatten();
        let mut draft = Draft {
            id: self.id.0,
            title: self.position_title.0,
            company: self.organization_name.some(),
            team: self.department_name.some(),
            locations: places.map(|place| place.location_name.0).collect(),
            workplace: (details.remote_indicator == Some(true)).then_some(Workplace::Remote),
            employment: vocabulary::employments(schedules.map(|schedule| schedule.name.0)),
            posted: day::day(&self.publication_start_date),
            closes: day::day(&self.application_close_date),
            url: self.uri.some(),
            tags: categories.map(|category| category.name.0).collect(),
            description: body.finish(),
            ..Draft::default()
        };
        let offers = self.position_offering_type.into_iter().flatten();
        draft.employ(offers.map(|offer| offer.name.0));
        let scale = self.job_grade.into_iter().flatten().next();
        let scale = scale.map(|grade| grade.code.0).unwrap_or_default();
        let mut grades = vec![details.low_grade.0, details.high_grade.0];
        grades.retain(|grade| !grade.is_empty());
        grades.dedup();
        let grades = format!("{scale} {}", grades.join(" – "));
        draft.extras.push(("Grade", grades.trim().to_owned()));
        draft
            .extras
            .push(("Clearance", details.security_clearance.0));
        draft.extras.push(("Openings", details.total_openings.0));
        for pay in self.position_remuneration.into_iter().flatten() {
            pay.add(&mut draft);
        }
        Ok(draft)
    }
}

impl Pay {
    fn add(self, draft: &mut Draft) {
        let per = match &*self.rate_interval_code {
            "PA" => Some(Period::Year),
            "PH" => Some(Period::Hour),
            "PD" => Some(Period::Day),
            "PM" => Some(Period::Month),
            other => vocabulary::period(other),
        };
        let amounts = (self.minimum_range, self.maximum_range);
        draft.paid(amounts, "USD", (per, &self.description));
    }
}

impl Flat {
    fn draft(self) -> Draft {
        let mut body = Body::default();
        for (title, text) in [
            ("Duties", &self.duties),
            ("Qualifications", &self.qualifications),
        ] {
            let text = html::tidy(&html::escaped_block(text));
            if !text.is_empty() {
                let mut section = String::new();
                html::heading(&mut section, title);
                body.push(&section).push(&text);
            }
        }
        let grades = format!(
            "{} {} – {}",
            &*self.pay_scale, &*self.low_grade, &*self.high_grade
        );
        let pay = amount::stated(
            (&self.min_salary, &self.max_salary),
            &format!("USD ({grades})"),
        );
        Draft {
            id: self.control_number.0,
            title: self.title.0,
            company: self.organization.some(),
            team: self.department.some(),
            locations: vec![self.location.0],
            employment_words: self.appointment_type.to_string(),
            posted: day::day(&self.open_date),
            closes: day::day(&self.close_date),
            url: self.url.some(),
            description: body.finish(),
            extras: pay.map(|pay| ("Pay", pay)).into_iter().collect(),
            ..Draft::default()
        }
    }
}
