//! Elements of an item that RSS and Atom do not know: the fields of a posting, by their names.

use super::super::draft::{Draft, Refusal};
use super::super::fields::{Columns, RowFields, Value};
use super::super::shape::Shape;
use super::super::xml::Element;
use super::super::xml_list::flatten;

/// Elements of RSS and Atom.
const OWN: &[&str] = &[
    "title",
    "link",
    "guid",
    "id",
    "description",
    "summary",
    "content",
    "pubDate",
    "published",
    "updated",
    "category",
    "author",
    "contributor",
    "comments",
    "enclosure",
    "source",
    "rights",
    "subtitle",
];
/// Prefixes of extensions that are not about jobs.
const OTHERS: &[&str] = &[
    "a10",
    "atom",
    "content",
    "dc",
    "dcterms",
    "feedburner",
    "geo",
    "georss",
    "itunes",
    "joblisting",
    "media",
    "slash",
    "sy",
    "thr",
    "wfw",
    "wp",
];

/// A posting with the values of the extensions.
pub(super) fn draft(item: &Element, shape: &Shape, columns: &Columns) -> Result<Draft, Refusal> {
    let mut fields = RowFields::new(shape, columns);
    let mut roles = Vec::new();
    for child in item.children() {
        let prefix = child.name.split_once(':').map(|(prefix, _)| prefix);
        let is_other = prefix.is_some_and(|prefix| OTHERS.contains(&prefix));
        if OWN.contains(&child.name.as_str()) || is_other {
            continue;
        }
        let local = child.local_name();
        match local {
            // What Teamtailor calls a role is a field of work.
            "role" => roles.extend(child.own_text()),
            "job_function" => fields.add("department", 0, text(child)),
            _ => {
                if child.own_text().is_some() {
                    fields.add(local.to_owned(), 0, text(child));
                }
                flatten(child, local, None, &mut fields);
            }
        }
    }
    let mut draft = fields.draft()?;
    draft.tags.extend(roles);
    Ok(draft)
}

fn text<'a>(element: &Element) -> Value<'a> {
    Value::Text(element.own_text().unwrap_or_default().into())
}

/// Whether an item is of Teamtailor, whose feeds are of one employer.
pub(super) fn is_teamtailor(item: &Element) -> bool {
    item.children()
        .any(|child| child.name.starts_with("tt:") || child.name == "remoteStatus")
}
