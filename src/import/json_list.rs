//! A JSON or JSON Lines list of an unknown system, read by the names of its keys.

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::draft::Refusal;
use super::fields::{Columns, Key, RowFields, Value, reading};
use super::found;
use super::json::{self, List};
use super::native_json;
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::spec::{FormatSpec, Read};
use super::{Drafts, RowPosition};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "json",
    signs: &[Sign::Lists(are_postings)],
    read: Read::List(drafts),
    site: None,
    pages: Pages::One,
};

/// Names of lists that probably contain postings.
const LISTS: &[&str] = &[
    "jobs",
    "postings",
    "job_postings",
    "positions",
    "vacancies",
    "openings",
    "opportunities",
    "offers",
    "listings",
    "results",
    "items",
    "data",
    "records",
    "rows",
    "posting",
];

/// Whether there are rows that can be read without a map.
fn are_postings(lists: &[List]) -> bool {
    lists
        .iter()
        .any(|list| native_json::are_in(list) || is_sure(list))
}

/// Whether the rows of a list have a title and two more fields.
fn is_sure(list: &List) -> bool {
    known(list, &Shape::default()) >= 3
}

/// Number of fields recognised by name; 0 without a title.
fn known(list: &List, shape: &Shape) -> usize {
    let mut keys: Vec<Key> = Vec::new();
    for (key, _) in list.keys.iter().filter_map(|name| reading(name, shape)) {
        if !keys.contains(&key) && key != Key::Id {
            keys.push(key);
        }
    }
    if keys.contains(&Key::Title) {
        keys.len()
    } else {
        0
    }
}

/// The list whose rows are most like postings.
fn best<'a>(lists: &'a [List], shape: &Shape) -> Option<&'a List> {
    let rank = |list: &&List| {
        let name = list.path.rsplit('.').next().unwrap_or_default();
        let named = LISTS.iter().rev().position(|known| *known == name);
        (list.has_rows, known(list, shape), named)
    };
    let readable = |list: &&List| {
        let has_title = known(list, shape) > 0;
        let is_posting = native_json::are_in(list) || is_sure(list) || !shape.is_empty();
        list.is_empty || (has_title && (list.has_rows || is_posting))
    };
    lists.iter().filter(readable).max_by_key(rank)
}

/// Path to the list of rows.
fn path(lists: &[List], shape: &Shape) -> Result<String, String> {
    let Some(path) = &shape.rows else {
        let best = best(lists, shape).map(|list| list.path.clone());
        return best.ok_or_else(|| unmapped(lists, shape));
    };
    let is_there = lists.iter().any(|list| list.path == *path);
    is_there
        .then(|| path.clone())
        .ok_or_else(|| no_list(path, lists))
}

fn drafts<'a>(text: &'a str, shape: &'a Shape, columns: Columns) -> Result<Drafts<'a>, String> {
    let lists = json::outline(text);
    let path = path(&lists, shape)?;
    let parts: Vec<&str> = path.split('.').filter(|part| !part.is_empty()).collect();
    let list = lists.iter().find(|list| list.path == path);
    let is_own = |list: &List| {
        native_json::are_in(list)
            && json::has_only(text, &parts, |key| native_json::is_own(list, key))
    };
    if shape.is_empty() && list.is_some_and(is_own) {
        return native_json::drafts(text, &parts);
    }
    let (_, rows) = json::rows(text, &parts)?;
    let read = move |(place, raw): (RowPosition, Result<&'a RawValue, _>)| {
        let row = raw.map_err(|_| "it is damaged or truncated".to_owned());
        let row = row.and_then(|raw: &RawValue| {
            serde_json::from_str::<Json>(raw.get()).map_err(|error| json::message(&error))
        });
        let draft = row.map_err(Refusal::wrong).and_then(|row| {
            let mut fields = RowFields::new(shape, &columns);
            flatten(&row, "", None, &mut fields);
            fields.draft()
        });
        (place, draft)
    };
    Ok(Box::new(super::side_by_side(rows, read)))
}

/// Why no list is the one of postings: none has the columns of the map, or none can be read without one.
fn unmapped(lists: &[List], shape: &Shape) -> String {
    let has = |column: &str| {
        let first = column.split('.').next().unwrap_or_default();
        lists.iter().any(|list| list.has(&[first]))
    };
    let found = found::json(lists);
    match shape.columns().find(|column| !has(column)) {
        Some(column) => format!("no row has the column `{column}`: {found}"),
        None => found,
    }
}

fn no_list(path: &str, lists: &[List]) -> String {
    let paths = lists
        .iter()
        .filter(|list| list.has_rows && !list.path.is_empty());
    let paths: Vec<_> = paths.map(|list| format!("`{}`", list.path)).collect();
    if paths.is_empty() {
        return format!("there is no list `{path}`, nor any other");
    }
    format!("there is no list `{path}`; there are {}", paths.join(", "))
}

/// Adds a value and its nested values as columns.
fn flatten(value: &Json, path: &str, group: Option<usize>, fields: &mut RowFields<'_>) {
    let mut add = |value| fields.add(path.to_owned(), group.unwrap_or(0), value);
    match value {
        Json::Null => {}
        Json::Bool(flag) => add(Value::Flag(*flag)),
        Json::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(number) => add(Value::Number(number)),
            None => add(Value::Text(number.to_string().into())),
        },
        Json::String(text) => add(Value::Text(text.clone().into())),
        Json::Array(list) => {
            for (at, one) in list.iter().enumerate() {
                flatten(one, path, group.or(Some(at)), fields);
            }
        }
        Json::Object(members) => {
            for (name, member) in members {
                let inner = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                flatten(member, &inner, group, fields);
            }
        }
    }
}
