//! HR-XML 3: `PositionOpening`, alone or within another document.

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::workable::joined;
use super::xml::{self, Element};
use super::{Drafts, RowPosition, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "hr-xml",
    signs: &[
        Sign::Xml("PositionOpening"),
        Sign::Xml("*/PositionOpening"),
        Sign::Xml("*/*/PositionOpening"),
    ],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    xml::verify(text)?;
    // Names may have any prefix.
    let root = text.find("PositionOpening").unwrap_or_default();
    let before = text[..root].rsplit('<').next().unwrap_or_default();
    let prefix = before.trim_end_matches(':');
    let name = if before.is_empty() || prefix.contains(['/', ' ']) {
        "PositionOpening".to_owned()
    } else {
        format!("{prefix}:PositionOpening")
    };
    let (_, rows) = xml::rows(text, &[&name]);
    Ok(Box::new(rows.map(
        |(place, row): (RowPosition, Result<Element, Refusal>)| {
            (place, row.and_then(|row| draft(&Part(&row))))
        },
    )))
}

/// An element whose children are found by local name.
struct Part<'a>(&'a Element);

impl<'a> Part<'a> {
    fn all(&self, name: &'a str) -> impl Iterator<Item = Part<'a>> + 'a {
        let children = self.0.children();
        let named = children.filter(move |child| child.name.rsplit(':').next() == Some(name));
        named.map(Part)
    }

    /// First element at a path.
    fn at(&self, path: &[&'a str]) -> Option<Part<'a>> {
        let (first, rest) = path.split_first()?;
        let mut found = self.all(first);
        if rest.is_empty() {
            return found.next();
        }
        found.find_map(|part| part.at(rest))
    }

    fn text(&self, path: &[&'a str]) -> Option<String> {
        self.at(path)?.0.own_text()
    }
}

fn draft(opening: &Part<'_>) -> Result<Draft, Refusal> {
    let profile = opening.at(&["PositionProfile"]);
    let profile = profile.as_ref().unwrap_or(opening);
    let mut body = Body::default();
    for path in [
        &["PositionFormattedDescription", "Content"][..],
        &["PositionDescription"],
    ] {
        if let Some(text) = profile.text(path) {
            body.html(&text)?;
        }
    }
    for part in profile.all("PositionFormattedDescription") {
        let title = part.text(&["ShortDescription"]).unwrap_or_default();
        if let Some(text) = part.text(&["Description"]) {
            body.section(&title, &text)?;
        }
    }
    let kinds = [
        "PositionScheduleTypeCode",
        "PositionOfferingTypeCode",
        "PositionSchedule",
    ];
    let kinds = kinds.iter().filter_map(|name| profile.text(&[name]));
    let posting = opening.at(&["PostingInstruction"]);
    let posting = posting.as_ref().unwrap_or(opening);
    let organization = [
        "PositionSupplier",
        "PositionRequester",
        "PositionOrganization",
        "Organization",
    ];
    let company = organization.iter().find_map(|name| {
        let named = |part: &Part<'_>| part.text(&[name, "OrganizationName"]);
        named(profile).or_else(|| named(opening))
    });
    let first =
        |part: &Part<'_>, names: &[&'static str]| names.iter().find_map(|name| part.text(&[name]));
    Ok(Draft {
        id: opening
            .text(&["DocumentID"])
            .or_else(|| profile.text(&["PositionID"]))
            .unwrap_or_default(),
        title: profile.text(&["PositionTitle"]).unwrap_or_default(),
        company,
        locations: profile
            .all("PositionLocation")
            .map(|place| written(&place))
            .collect(),
        employment: vocabulary::employments(kinds),
        posted: day::day(&first(posting, &["StartDate", "PostDate"]).unwrap_or_default()),
        closes: day::day(&first(posting, &["EndDate", "PostExpireDate"]).unwrap_or_default()),
        url: first(posting, &["URI", "ApplicationURI"]),
        description: body.finish(),
        ..Draft::default()
    })
}

fn written(place: &Part<'_>) -> String {
    let address = place.at(&["Address"]);
    let address = address.as_ref().unwrap_or(place);
    let part = |names: &[&'static str]| {
        let found = names.iter().find_map(|name| address.text(&[name]));
        found.unwrap_or_default()
    };
    match joined(&[
        &part(&["CityName"]),
        &part(&["CountrySubDivisionCode"]),
        &part(&["CountryCode"]),
    ]) {
        parts if parts.is_empty() => place.text(&["LocationName"]).unwrap_or_default(),
        parts => parts,
    }
}
