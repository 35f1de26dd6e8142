//! An XML list of an unknown system, read by the names of its elements.

use super::draft::Refusal;
use super::fields::{Columns, Key, RowFields, Value, reading};
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::spec::{FormatSpec, Read};
use super::xml::{self, Element, Kind};
use super::{Drafts, RowPosition};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "xml",
    signs: &[Sign::Elements(is_readable)],
    read: Read::List(drafts),
    site: None,
    pages: Pages::One,
};

/// Whether there are rows that can be read without a map: with a title and two more fields.
fn is_readable(kinds: &[Kind]) -> bool {
    let shape = Shape::default();
    best(kinds, &shape).is_some_and(|kind| known(kind, &shape) >= 3)
}

/// Number of fields recognised by name; 0 without a title.
fn known(kind: &Kind, shape: &Shape) -> usize {
    let mut keys: Vec<Key> = Vec::new();
    for (key, _) in kind.children.iter().filter_map(|name| reading(name, shape)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if keys.contains(&Key::Title) {
        keys.len()
    } else {
        0
    }
}

/// The elements most like postings; of equal ones the outermost.
fn best<'a>(kinds: &'a [Kind], shape: &Shape) -> Option<&'a Kind> {
    let kinds = kinds.iter().rev().filter(|kind| known(kind, shape) > 0);
    kinds.max_by_key(|kind| known(kind, shape))
}

fn drafts<'a>(text: &'a str, shape: &'a Shape, columns: Columns) -> Result<Drafts<'a>, String> {
    let kinds = xml::outline(text);
    let rows = match &shape.rows {
        Some(path) => {
            let path = path.replace('.', "/");
            let is = |kind: &&Kind| kind.path == path || kind.name() == path;
            let found = kinds.iter().find(is);
            found.ok_or_else(|| format!("there are no elements `{path}`"))?
        }
        None => best(&kinds, shape).ok_or("it has no elements with a title")?,
    };
    Ok(rows_of(rows.name(), text, shape, columns))
}

/// Elements of a name as rows.
pub(super) fn rows_of<'a>(
    name: &str,
    text: &'a str,
    shape: &'a Shape,
    columns: Columns,
) -> Drafts<'a> {
    let (_, rows) = xml::rows(text, &[name]);
    let read = move |(place, row): (RowPosition, Result<Element, Refusal>)| {
        let draft = row.and_then(|row| {
            let mut fields = RowFields::new(shape, &columns);
            flatten(&row, "", None, &mut fields);
            let mut draft = fields.draft()?;
            draft.is_repaired = row.is_repaired;
            Ok(draft)
        });
        (place, draft)
    };
    Box::new(super::side_by_side(rows, read))
}

/// Adds the content of an element as columns.
pub(super) fn flatten(
    element: &Element,
    path: &str,
    group: Option<usize>,
    fields: &mut RowFields<'_>,
) {
    let under = |name: &str| {
        let name = name.rsplit(':').next().unwrap_or(name);
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    for (name, value) in element.attributes() {
        fields.add(
            under(name),
            group.unwrap_or(0),
            Value::Text(value.to_owned().into()),
        );
    }
    for (at, child) in element.children().enumerate() {
        let before = element.children().take(at);
        let repeated = before.filter(|other| other.name == child.name).count();
        let group = group.or((repeated > 0).then_some(repeated));
        let path = under(&child.name);
        if let Some(text) = child.own_text() {
            fields.add(path.clone(), group.unwrap_or(0), Value::Text(text.into()));
        }
        if !child.is_markup() {
            flatten(child, &path, group, fields);
        }
    }
}
