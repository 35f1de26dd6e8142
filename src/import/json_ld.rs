//! schema.org `JobPosting` in JSON-LD: alone, in a graph or a list, or in the scripts of an HTML page.
//!
//! Nearly every property may be a text, a thing with a name, a reference to one (`@id`), or a list of these.

mod pay;
mod script;

use std::collections::HashMap;

use serde_json::Value;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::tags::{Piece, pieces};
use super::workable::located;
use super::{Drafts, RowPosition, day, html, slug, vocabulary};
use crate::board::Workplace;
use crate::places::country_code;

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

/// Values within values that are looked into.
const DEPTH: usize = 32;
/// Values of a posting, references followed.
const VALUES: usize = 20_000;

fn holds_scripts(text: &str) -> bool {
    // Most pages hold none, and need not be taken apart to see that.
    let is_there = memchr::memmem::find(text.as_bytes(), b"JobPosting").is_some();
    is_there
        && scripts(text)
            .iter()
            .any(|(_, script)| script.contains("JobPosting"))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let is_page = !text.trim_start().starts_with(['{', '[']);
    let mut damaged = Vec::new();
    let mut values = Vec::new();
    for (line, script) in scripts(text) {
        match script::parsed(&script) {
            Ok(value) => values.push((line, value)),
            // A page has scripts about other things too.
            Err(_) if is_page && !script.contains("JobPosting") => {}
            Err(error) => damaged.push((
                line,
                format!(
                    "this JSON-LD is damaged: {}",
                    without_place(&error.to_string())
                ),
            )),
        }
    }
    let mut things = HashMap::new();
    for (_, value) in &values {
        index(value, &mut things, 0);
    }
    let base = is_page.then(|| base(text));
    let mut found = Vec::new();
    for (line, value) in &values {
        let mut postings = Vec::new();
        collect(value, &mut postings, 0);
        for posting in postings {
            let mut budget = VALUES;
            let draft = draft(&resolved(posting, &things, 0, &mut budget));
            let draft = draft.map(|mut draft| {
                draft.base.clone_from(&base);
                draft
            });
            found.push((*line, draft));
        }
    }
    found.extend(
        damaged
            .into_iter()
            .map(|(line, why)| (line, Err(Refusal::wrong(why)))),
    );
    found.sort_by_key(|(line, _)| *line);
    if found.is_empty() {
        return Err("it contains no JobPosting".into());
    }
    let rows = found.into_iter().enumerate();
    Ok(Box::new(rows.map(|(at, (line, draft))| {
        (RowPosition { row: at + 1, line }, draft)
    })))
}

/// A parser's message without its position, which is relative to the script.
fn without_place(message: &str) -> &str {
    message
        .rfind(" at line ")
        .map_or(message, |end| &message[..end])
}

/// The pieces of JSON-LD, each with the line it starts on.
fn scripts(text: &str) -> Vec<(usize, String)> {
    if text.trim_start().starts_with(['{', '[']) {
        return vec![(1, text.to_owned())];
    }
    let mut found = Vec::new();
    let mut is_open = false;
    for (line, piece) in pieces(text) {
        match piece {
            Piece::Open(tag) if tag.name == "script" => {
                let kind = tag.attribute("type").unwrap_or_default();
                is_open = kind.to_ascii_lowercase().contains("ld+json");
            }
            Piece::Text(script) if is_open && !script.trim().is_empty() => {
                found.push((line, script));
            }
            Piece::Close(_) => is_open = false,
            _ => {}
        }
    }
    found
}

/// Base of relative addresses, as stated on the page; empty for the page's own address.
fn base(text: &str) -> String {
    // It is in the head of the page.
    const HEAD: usize = 64 << 10;
    let end = text.len().min(HEAD);
    let end = (0..=end).rev().find(|end| text.is_char_boundary(*end));
    let mut pieces = pieces(&text[..end.unwrap_or(0)]).into_iter();
    let base = pieces.find_map(|(_, piece)| match piece {
        Piece::Open(tag) if tag.name == "base" => tag.attribute("href").map(str::to_owned),
        _ => None,
    });
    base.unwrap_or_default()
}

/// Indexes every object that has an `@id` and other keys.
fn index<'a>(value: &'a Value, things: &mut HashMap<&'a str, &'a Value>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|one| index(one, things, depth + 1)),
        Value::Object(members) => {
            let id = members.get("@id").and_then(Value::as_str);
            if let Some(id) = id.filter(|_| !is_reference(value)) {
                things.entry(id).or_insert(value);
            }
            members
                .values()
                .for_each(|one| index(one, things, depth + 1));
        }
        _ => {}
    }
}

/// Whether a thing is only named by its `@id`.
fn is_reference(value: &Value) -> bool {
    value.as_object().is_some_and(|members| {
        members.contains_key("@id") && members.keys().all(|key| key == "@id" || key == "@type")
    })
}

/// A value with the things in the place of their references; `budget` is how many values it may have.
fn resolved(
    value: &Value,
    things: &HashMap<&str, &Value>,
    depth: usize,
    budget: &mut usize,
) -> Value {
    // A circle of references ends here.
    if depth > DEPTH || *budget == 0 {
        return Value::Null;
    }
    *budget -= 1;
    match value {
        Value::Array(list) => {
            let list = list.iter();
            Value::Array(
                list.map(|one| resolved(one, things, depth + 1, budget))
                    .collect(),
            )
        }
        Value::Object(_) if is_reference(value) => {
            let thing = value["@id"].as_str().and_then(|id| things.get(id));
            thing.map_or(Value::Null, |thing| {
                resolved(thing, things, depth + 1, budget)
            })
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members
                .map(|(key, value)| (key.clone(), resolved(value, things, depth + 1, budget)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// The postings in a value, wherever they are.
fn collect<'a>(value: &'a Value, postings: &mut Vec<&'a Value>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list
            .iter()
            .for_each(|one| collect(one, postings, depth + 1)),
        Value::Object(_) if is_posting(value) && !is_reference(value) => postings.push(value),
        Value::Object(members) => members
            .values()
            .for_each(|one| collect(one, postings, depth + 1)),
        _ => {}
    }
}

fn is_posting(value: &Value) -> bool {
    let types = texts(&value["@type"]);
    types
        .iter()
        .any(|of| of.rsplit(['/', ':', '#']).next() == Some("JobPosting"))
}

/// Properties without a field of their own.
const STATED: &[(&str, &str)] = &[
    ("Clearance", "securityClearanceRequirement"),
    ("Openings", "totalJobOpenings"),
    ("Hours", "workHours"),
    ("Start", "jobStartDate"),
    ("Incentives", "incentiveCompensation"),
    ("Eligibility", "eligibilityToWorkRequirement"),
    ("Physical requirement", "physicalRequirement"),
];

/// Draft of a `JobPosting`.
pub(super) fn draft(posting: &Value) -> Result<Draft, Refusal> {
    let company = text(&posting["hiringOrganization"]);
    let mut draft = Draft {
        id: identifier(posting),
        board: company.as_deref().map(html::plain),
        title: text(&posting["title"])
            .or_else(|| text(&posting["name"]))
            .unwrap_or_default(),
        company,
        team: text(&posting["employmentUnit"])
            .or_else(|| text(&posting["hiringOrganization"]["department"])),
        locations: places(posting),
        workplace: workplace(posting),
        posted: day::day(&text(&posting["datePosted"]).unwrap_or_default()),
        closes: day::day(&text(&posting["validThrough"]).unwrap_or_default()),
        url: text(&posting["url"]),
        tags: tags(posting),
        language: text(&posting["inLanguage"]),
        description: body(posting)?,
        ..Draft::default()
    };
    let kinds = texts(&posting["employmentType"]).into_iter();
    let kinds = kinds.flat_map(|kinds| {
        kinds
            .split([',', ';', '|'])
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    draft.employ(kinds);
    if draft.workplace == Some(Workplace::Remote) {
        let from = texts(&posting["applicantLocationRequirements"]);
        let from = from.iter().filter_map(|place| country_code(place));
        let mut from: Vec<_> = from.map(str::to_owned).collect();
        from.dedup();
        draft.others.remote_from = from;
    }
    for (name, key) in STATED {
        let stated = texts(&posting[*key]).join(", ");
        if !stated.is_empty() {
            draft.extras.push((name, html::plain(&stated)));
        }
    }
    pay::add(posting, &mut draft);
    Ok(draft)
}

/// Texts in a value: itself, its name or value, or those of each element.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(members) => {
            let named = ["name", "value", "@value", "legalName"]
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
    match located(&parts.each_ref().map(String::as_str), &part("postalCode")) {
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
    kinds.find_map(|kind| vocabulary::workplace(&kind))
}

fn tags(posting: &Value) -> Vec<String> {
    let skills = texts(&posting["skills"]);
    let tags = skills.iter().flat_map(|skill| skill.split([',', ';']));
    // A sentence is not a tag.
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

/// Some publishers escape HTML twice.
fn plain_html(raw: &str) -> String {
    const TAGS: [&str; 16] = [
        "p", "br", "ul", "li", "div", "strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "span",
        "ol", "em",
    ];
    let tags = |open: &str| {
        let starts = raw.match_indices(open).filter(|(at, _)| {
            let tag = raw[at + open.len()..].trim_start_matches('/');
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
            let name = tag[..end.unwrap_or(tag.len())].to_ascii_lowercase();
            TAGS.contains(&name.as_str())
        });
        starts.count()
    };
    let has_escaped = raw.contains("&lt;");
    if has_escaped && (!raw.contains('<') || tags("&lt;") > tags("<")) {
        html::unescaped(raw)
    } else {
        raw.to_owned()
    }
}

/// An `EducationalOccupationalCredential` or `OccupationalExperienceRequirements` as text.
fn credential(thing: &serde_json::Map<String, Value>) -> String {
    let of = |key: &str| thing.get(key).and_then(text);
    let mut parts: Vec<_> = ["name", "description", "credentialCategory", "about"]
        .into_iter()
        .filter_map(of)
        .collect();
    parts.extend(of("monthsOfExperience").map(|months| format!("{months} months")));
    parts.join(", ")
}
