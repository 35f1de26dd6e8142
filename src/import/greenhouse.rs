//! Greenhouse: `boards-api.greenhouse.io/v1/boards/…/jobs?content=true&pay_transparency=true`.
//!
//! `content` is HTML escaped once more. Pay is in cents, with the period only in its title. `updated_at` changes
//! without other changes and is not read.

use serde::Deserialize;
use serde_json::Value;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, address, day, html, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "greenhouse",
    signs: &[Sign::Keys(&["absolute_url"])],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["greenhouse.io"],
        find,
    }),
    pages: Pages::Total {
        total: "/meta/total",
    },
};

fn find(address: &Address<'_>) -> Option<Board> {
    let feed = |company: &str| {
        format!("https://boards-api.greenhouse.io/v1/boards/{company}/jobs?content=true")
    };
    match (address.host, address.path.as_slice()) {
        (
            "boards.greenhouse.io" | "job-boards.greenhouse.io",
            ["embed", "job_board" | "job_app", ..],
        ) => {
            let company = address.query("for")?;
            Some(Board::new(company.as_str(), feed(&company)))
        }
        ("boards.greenhouse.io" | "job-boards.greenhouse.io", [company]) => {
            Some(Board::new(*company, feed(company)))
        }
        ("boards-api.greenhouse.io", ["v1", "boards", company, "jobs"]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Job>(text, &["jobs"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Job {
    id: Text,
    title: Text,
    absolute_url: Text,
    company_name: Text,
    location: Option<Named>,
    content: Text,
    departments: Option<Vec<Named>>,
    offices: Option<Vec<Named>>,
    first_published: Text,
    application_deadline: Text,
    language: Text,
    metadata: Option<Vec<Custom>>,
    pay_input_ranges: Option<Vec<Pay>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Text,
}

/// A field defined by the employer.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Custom {
    name: Text,
    value: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Pay {
    min_cents: Option<f64>,
    max_cents: Option<f64>,
    currency_type: Text,
    title: Text,
    blurb: Text,
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&html::unescaped(&self.content))?;
        let mut draft = Draft {
            id: self.id.0,
            board: board(&self.absolute_url).or_else(|| self.company_name.clone().some()),
            title: self.title.0,
            company: self.company_name.some(),
            team: names(self.departments).into_iter().next(),
            locations: self
                .location
                .map(|place| place.name.0)
                .into_iter()
                .collect(),
            employment: employment(self.metadata.as_deref()),
            posted: day::day(&self.first_published),
            closes: day::day(&self.application_deadline),
            url: self.absolute_url.some(),
            language: self.language.some(),
            ..Draft::default()
        };
        let place = draft.locations.concat();
        let mut offices = names(self.offices);
        offices.retain(|office| !place.contains(office.as_str()));
        if !offices.is_empty() {
            draft.extras.push(("Offices", offices.join("; ")));
        }
        for field in self.metadata.into_iter().flatten() {
            let value = (!is_employment(&field.name)).then(|| plain(&field.value));
            draft
                .stated
                .extend(value.flatten().map(|value| (field.name.0, value)));
        }
        for pay in self.pay_input_ranges.into_iter().flatten() {
            pay.add(&mut draft, &mut body)?;
        }
        draft.description = body.finish();
        Ok(draft)
    }
}

impl Pay {
    /// Adds the range; without a period in its title, it is kept as text.
    fn add(self, draft: &mut Draft, body: &mut Body) -> Result<(), Refusal> {
        let amounts = (dollars(self.min_cents), dollars(self.max_cents));
        let mut words = self.title.split(|c: char| !c.is_alphanumeric());
        let per = words.find_map(vocabulary::period);
        let told = (per, &*self.title);
        if let Some(range) = draft.paid(amounts, &self.currency_type, told) {
            range.location = label(&self.title);
        }
        body.html(&html::unescaped(&self.blurb))?;
        Ok(())
    }
}

/// The title of a range without words for pay: mostly a location.
fn label(title: &str) -> Option<String> {
    const PAY: &[&str] = &[
        "annual",
        "annually",
        "yearly",
        "hourly",
        "monthly",
        "base",
        "pay",
        "salary",
        "range",
        "wage",
        "compensation",
        "rate",
        "per",
        "year",
        "hour",
        "month",
        "the",
        "target",
        "estimated",
    ];
    let words = title.split_whitespace().filter(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.is_empty() && !PAY.contains(&word.to_lowercase().as_str())
    });
    let label = words.collect::<Vec<_>>().join(" ");
    Some(label.trim_matches([',', ':', ' ']).to_owned()).filter(|label| !label.is_empty())
}

fn dollars(cents: Option<f64>) -> Option<f64> {
    cents.map(|cents| cents / 100.0)
}

/// Name of the employer in a Greenhouse board address.
pub(super) fn board(url: &str) -> Option<String> {
    let (host, parts) = address::parts(url)?;
    let hosted = host.ends_with("greenhouse.io");
    parts.into_iter().next().filter(|_| hosted)
}

fn employment(custom: Option<&[Custom]>) -> Vec<crate::board::Employment> {
    let fields = custom.into_iter().flatten();
    let fields = fields.filter(|field| is_employment(&field.name));
    vocabulary::employments(fields.filter_map(|field| field.value.as_str()))
}

fn is_employment(name: &str) -> bool {
    matches!(name.trim(), "Employment Type" | "Time Type" | "Job Type")
}

/// Text of a custom field's value: of a text, a number, a flag, a list, or a range of amounts.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Array(list) => {
            let list: Vec<_> = list.iter().filter_map(plain).collect();
            (!list.is_empty()).then(|| list.join(", "))
        }
        Value::Object(members) => {
            let of = |key: &str| members.get(key).and_then(plain);
            let amount = match (of("min_value"), of("max_value")) {
                (Some(min), Some(max)) => format!("{min} – {max}"),
                (min, max) => min.or(max).or_else(|| of("amount"))?,
            };
            Some(format!("{amount} {}", of("unit").unwrap_or_default()))
        }
        Value::Null => None,
    }
}

fn names(named: Option<Vec<Named>>) -> Vec<String> {
    let named = named.into_iter().flatten();
    named.filter_map(|one| one.name.some()).collect()
}
