//! Personio: the XML at `….jobs.personio.com/xml`.

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site, is_front};
use super::spec::{FormatSpec, Read};
use super::xml::{self, Element};
use super::{Drafts, day};
use crate::board::Years;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "personio",
    signs: &[Sign::Xml("workzag-jobs"), Sign::Xml("*/position")],
    read: Read::Rows(drafts),
    site: Some(Site {
        domains: &["personio.de", "personio.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let on = |domain| address.hosted(domain, "/xml", is_front);
    on("jobs.personio.de").or_else(|| on("jobs.personio.com"))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    xml::verify(text)?;
    let (_, rows) = xml::rows(text, &["position"]);
    Ok(Box::new(rows.map(|(place, row)| {
        (place, row.and_then(|row| draft(&row)))
    })))
}

fn draft(position: &Element) -> Result<Draft, Refusal> {
    let mut body = Body::default();
    let sections = position.child("jobDescriptions");
    for section in sections.iter().flat_map(|all| all.all("jobDescription")) {
        let title = section.text("name").unwrap_or_default();
        body.section(&title, &section.text("value").unwrap_or_default())?;
    }
    let company = position.text("subcompany");
    let more = position.child("additionalOffices");
    let more = more.iter().flat_map(|offices| offices.all("office"));
    let offices = position.text("office").into_iter();
    let tags = [
        position.text("recruitingCategory"),
        position.text("occupation"),
    ];
    let tags = tags.into_iter().flatten().map(|tag| tag.replace('_', " "));
    let keywords = position.text("keywords").unwrap_or_default();
    let keywords = keywords.split(',').map(str::to_owned);
    let mut draft = Draft {
        id: position.text("id").unwrap_or_default(),
        board: company.clone(),
        title: position.text("name").unwrap_or_default(),
        company,
        team: position.text("department"),
        locations: offices.chain(more.filter_map(Element::own_text)).collect(),
        employment_words: words_of(position, &["employmentType", "schedule"]),
        posted: day::day(&position.text("createdAt").unwrap_or_default()),
        level_words: words_of(position, &["seniority"]),
        tags: tags.chain(keywords).collect(),
        description: body.finish(),
        ..Draft::default()
    };
    if let Some(written) = position.text("yearsOfExperience") {
        draft.others.years = years(&written);
        if draft.others.years.is_none() {
            draft.leave_out("Years", written);
        }
    }
    Ok(draft)
}

/// The texts of these elements, with commas between them.
fn words_of(position: &Element, names: &[&str]) -> String {
    let texts = names.iter().filter_map(|name| position.text(name));
    texts.collect::<Vec<_>>().join(", ")
}

/// Years of experience: `lt-1`, `2-5`, `gt-15`.
fn years(written: &str) -> Option<Years> {
    let number = |digits: &str| digits.parse().ok().filter(|years| *years <= Years::MOST);
    let (min, max) = match written.split_once('-')? {
        ("lt", max) => (None, Some(number(max)?)),
        ("gt", min) => (Some(number(min)?), None),
        (min, max) => (Some(number(min)?), Some(number(max)?)),
    };
    Some(Years { min, max })
}
