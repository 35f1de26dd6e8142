//! schema.org `JobPosting` in JSON-LD: alone, in a graph or a list, or in the scripts of an HTML page.
//!
//! Nearly every property may be a text, a thing with a name, or a list of these.

use serde_json::Value;

use super::amount::Amount;
use super::body::Body;
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::workable::joined;
use super::{Drafts, Place, day, html, slug, word};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "json-ld",
    signs: &[
        Sign::List("@graph", &[]),
        Sign::Keys(&["@graph"]),
        Sign::List("", &["@type"]),
        Sign::Html(holds_scripts),
        Sign::Text(holds_scripts),
    ],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

fn holds_scripts(text: &str) -> bool {
    scripts(text)
        .iter()
        .any(|(_, script)| script.contains("JobPosting"))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let mut found = Vec::new();
    for (at, script) in scripts(text) {
        let line = 1 + text[..at].bytes().filter(|byte| *byte == b'\n').count();
        match serde_json::from_str::<Value>(script) {
            Ok(value) => {
                let mut postings = Vec::new();
                collect(value, &mut postings);
                let drafts = postings.into_iter().map(|posting| draft(&posting));
                found.extend(drafts.map(|draft| (line, draft)));
            }
            Err(error) => {
                let why = format!("this JSON-LD is damaged: {error}");
                found.push((line, Err(Refusal::wrong(why))));
            }
        }
    }
    if found.is_empty() {
        return Err("it holds no JobPosting".into());
    }
    let rows = found.into_iter().enumerate();
    Ok(Box::new(rows.map(|(at, (line, draft))| {
        (Place { row: at + 1, line }, draft)
    })))
}

/// Where each piece of JSON-LD stands, and the piece.
fn scripts(text: &str) -> Vec<(usize, &str)> {
    if text.trim_start().starts_with(['{', '[']) {
        return vec![(0, text)];
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("<script") {
        let open = at + start;
        let Some(end) = text[open..].find('>') else {
            break;
        };
        let inner = open + end + 1;
        let close = text[inner..].find("</script").unwrap_or(text.len() - inner);
        if text[open..inner].contains("ld+json") {
            found.push((inner, &text[inner..inner + close]));
        }
        at = inner + close;
    }
    found
}

/// The postings in a value, wherever they are listed.
fn collect(value: Value, postings: &mut Vec<Value>) {
    match value {
        Value::Array(list) => list.into_iter().for_each(|one| collect(one, postings)),
        Value::Object(_) if is_posting(&value) => postings.push(value),
        Value::Object(mut members) => {
            for key in ["@graph", "itemListElement", "item", "mainEntity"] {
                if let Some(inner) = members.remove(key) {
                    collect(inner, postings);
                }
            }
        }
        _ => {}
    }
}

fn is_posting(value: &Value) -> bool {
    let types = texts(&value["@type"]);
    types
        .iter()
        .any(|of| of.rsplit(['/', ':']).next() == Some("JobPosting"))
}

/// What a `JobPosting` says.
pub(super) fn draft(posting: &Value) -> Result<Draft, Refusal> {
    let company = text(&posting["hiringOrganization"]);
    let mut draft = Draft {
        id: identifier(posting),
        board: company.clone(),
        title: text(&posting["title"])
            .or_else(|| text(&posting["name"]))
            .unwrap_or_default(),
        company,
        team: text(&posting["employmentUnit"]),
        locations: places(posting),
        workplace: workplace(posting),
        employment: word::employments(texts(&posting["employmentType"])),
        posted: day::day(&text(&posting["datePosted"]).unwrap_or_default()),
        closes: day::day(&text(&posting["validThrough"]).unwrap_or_default()),
        url: text(&posting["url"]),
        tags: tags(posting),
        language: text(&posting["inLanguage"]),
        description: body(posting)?,
        ..Draft::default()
    };
    pay(&posting["baseSalary"], &mut draft);
    Ok(draft)
}

/// The texts in a value: itself, its name or its value, or those of each element.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(members) => {
            let named = ["name", "value", "@id"]
                .into_iter()
                .find_map(|key| members.get(key));
            named.map(texts).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> Option<String> {
    texts(value)
        .into_iter()
        .find(|text| !text.trim().is_empty())
}

fn identifier(posting: &Value) -> String {
    let id = &posting["identifier"];
    let value = text(&id["value"]).or_else(|| id.as_str().map(str::to_owned));
    value.filter(|id| !slug(id).is_empty()).unwrap_or_default()
}

fn places(posting: &Value) -> Vec<String> {
    let mut places: Vec<String> = each(&posting["jobLocation"])
        .iter()
        .map(|place| written(place))
        .collect();
    if places.iter().all(String::is_empty) {
        places.extend(texts(&posting["applicantLocationRequirements"]));
    }
    places
}

fn written(place: &Value) -> String {
    let address = if place["address"].is_null() {
        place
    } else {
        &place["address"]
    };
    let part = |key: &str| text(&address[key]).unwrap_or_default();
    let parts = [
        part("addressLocality"),
        part("addressRegion"),
        part("addressCountry"),
    ];
    match joined(&parts.each_ref().map(String::as_str)) {
        parts if parts.is_empty() => text(address).unwrap_or_default(),
        parts => parts,
    }
}

fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn workplace(posting: &Value) -> Option<Workplace> {
    let mut kinds = texts(&posting["jobLocationType"]).into_iter();
    kinds.find_map(|kind| word::workplace(&kind))
}

fn tags(posting: &Value) -> Vec<String> {
    let skills = texts(&posting["skills"]);
    let tags = skills.iter().flat_map(|skill| skill.split([',', ';']));
    // A sentence is no tag.
    let tags = tags
        .map(str::trim)
        .filter(|tag| tag.split(' ').count() <= 4 && !tag.contains('<'));
    tags.map(str::to_owned).collect()
}

fn body(posting: &Value) -> Result<String, Refusal> {
    let mut body = Body::default();
    let description = text(&posting["description"]).unwrap_or_default();
    body.html(&plain_html(&description))?;
    for (title, key) in [
        ("Responsibilities", "responsibilities"),
        ("Qualifications", "qualifications"),
        ("Experience", "experienceRequirements"),
        ("Education", "educationRequirements"),
        ("Benefits", "jobBenefits"),
    ] {
        let of = match &posting[key] {
            Value::Object(thing) => credential(thing),
            value => texts(value).join("\n"),
        };
        body.section(title, &plain_html(&of))?;
    }
    Ok(body.finish())
}

/// Some publishers escape their HTML once more.
fn plain_html(raw: &str) -> String {
    if raw.contains("&lt;") && !raw.contains('<') {
        html::unescaped(raw)
    } else {
        raw.to_owned()
    }
}

/// An `EducationalOccupationalCredential` or an `OccupationalExperienceRequirements` in words.
fn credential(thing: &serde_json::Map<String, Value>) -> String {
    let of = |key: &str| thing.get(key).and_then(text);
    let mut parts: Vec<_> = ["name", "description", "credentialCategory", "about"]
        .into_iter()
        .filter_map(of)
        .collect();
    parts.extend(of("monthsOfExperience").map(|months| format!("{months} months")));
    parts.join(", ")
}

fn pay(salary: &Value, draft: &mut Draft) {
    let value = &salary["value"];
    let amount = |of: &Value| Amount::written(&text(of).unwrap_or_default());
    let only = if value.is_object() {
        amount(&value["value"])
    } else {
        amount(value)
    };
    let end = |of: &Value| match amount(of) {
        Amount::Unknown => only.clone(),
        known => known,
    };
    let amounts = (end(&value["minValue"]), end(&value["maxValue"]));
    let currency = text(&salary["currency"])
        .or_else(|| text(&value["currency"]))
        .unwrap_or_default();
    let per = text(&value["unitText"])
        .or_else(|| text(&salary["unitText"]))
        .unwrap_or_default();
    if let Some(told) = salary.as_str() {
        draft.stated.push(("Pay", told.to_owned()));
    }
    draft.paid(amounts, &currency, (word::period(&per), &per));
}
