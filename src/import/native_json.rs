//! JSON and JSON Lines with our own keys, as printed by `jobdeck`. Invalid values are kept as text.

use std::borrow::Cow;

use serde::Deserialize;

use super::Drafts;
use super::day::{self, Day};
use super::draft::{Draft, Refusal};
use super::html;
use super::json::{self, Head, List};
use crate::board::field::{FIELDS, Kind, NAMES, Value};
use crate::board::{Posting, encoding};

/// Keys that the program prints in addition to a posting's fields, and the name for a single location.
const BESIDE: &[&str] = &["facts", "board", "location"];

/// Keys that it prints beside the locations and the pay ranges that they are parts of.
const PARTS: &[&str] = &[
    "country",
    "region",
    "city",
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_per",
    "salary_location",
    "assumed",
    "alike",
];
/// Keys of every complete posting that it prints.
const WHOLE: &[&str] = &["id", "title", "locations", "salary", "retold", "pinned"];

/// Lists of words that may come as one text: `"tags": "rust, go"`.
const WORDS: &[&str] = &["tags", "skills", "languages", "employment", "remote_from"];

/// Whether the first rows of a list only have our own keys.
pub(super) fn are_in(list: &List) -> bool {
    let is_place = matches!(list.path.as_str(), "" | "posting" | "postings");
    is_place && list.has(&["title"]) && list.keys.iter().all(|key| is_own(list, key))
}

/// Whether a key of a list's rows is one of ours.
pub(super) fn is_own(list: &List, key: &str) -> bool {
    let is_part = || list.has(WHOLE) && PARTS.contains(&key);
    NAMES.contains(&key) || BESIDE.contains(&key) || is_part()
}

pub(super) fn drafts<'a>(text: &'a str, path: &[&str]) -> Result<Drafts<'a>, String> {
    json::drafts::<Row>(text, path)
}

/// Postings of a published board. Fields without a value are left out there.
pub(super) fn published<'a>(text: &'a str, path: &[&str]) -> Result<Drafts<'a>, String> {
    json::drafts::<PublishedRow>(text, path)
}

#[derive(Deserialize)]
struct Row(serde_json::Map<String, serde_json::Value>);

#[derive(Deserialize)]
struct PublishedRow(Row);

impl json::Row<'_> for Row {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let is_export = WHOLE.iter().all(|key| self.0.contains_key(*key));
        self.read(is_export)
    }
}

impl json::Row<'_> for PublishedRow {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let Self(row) = self;
        let mut members = row.0.iter();
        let unknown = members.find(|(key, _)| !NAMES.contains(&key.as_str()));
        let unknown = unknown.map(|(key, value)| (key.clone(), value.to_string()));
        let mut draft = row.read(true)?;
        draft.left_out.extend(unknown);
        Ok(draft)
    }
}

impl Row {
    /// The draft; what we printed is Markdown, whatever it looks like.
    fn read(mut self, is_export: bool) -> Result<Draft, Refusal> {
        let mut take = |key: &str| crate::json::value(self.0.remove(key)?).map(repaired);
        let mut posting = Posting::default();
        let mut draft = Draft::default();
        let (mut posted, mut closes) = (Day::Unknown, Day::Unknown);
        for field in FIELDS {
            let Some(value) = take(field.name) else {
                continue;
            };
            match (field.name, value) {
                // The import itself states the source.
                ("source", _) => {}
                // A key becomes an id, and an address that must not be opened is kept as text.
                ("id", Value::Text(text)) => draft.id = text.into_owned(),
                ("url", Value::Text(text)) => draft.url = Some(text.into_owned()),
                ("posted", Value::Text(text)) => posted = day::day(&text),
                ("closes", Value::Text(text)) => closes = day::day(&text),
                // Others use these keys, too, for HTML and for pay in words.
                ("description", Value::Text(text) | Value::Block(text))
                    if !is_export && html::is_written(&text) =>
                {
                    posting.description = html::markdown(&text)?;
                }
                ("salary", Value::Text(text)) => draft.paid_in_words(&text, "", None),
                (_, value) => {
                    let value = match value {
                        Value::Text(text) if WORDS.contains(&field.name) => split(&text),
                        value => value,
                    };
                    let value = match field.kind {
                        // Empty texts are absent rather than invalid.
                        Kind::Word(_) | Kind::Words(_) | Kind::Salaries(_) if is_blank(&value) => {
                            continue;
                        }
                        _ => value,
                    };
                    if !field.read(&mut posting, &value).is_empty() {
                        draft.leave_out(field.name, written(&value));
                    }
                }
            }
        }
        draft.locations = posting.locations.drain(..).map(|one| one.written).collect();
        if let Some(Value::Text(place)) = take("location") {
            draft.locations.push(place.into_owned());
        }
        posting.salary.append(&mut draft.salary);
        Ok(Draft {
            posted,
            closes,
            is_plain: is_export,
            ..draft.with(posting)
        })
    }
}

/// The words of a text.
fn split(text: &str) -> Value<'static> {
    let separators: &[char] = if text.contains([';', '|']) {
        &[';', '|']
    } else {
        &[',']
    };
    let words = text.split(separators).map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    Value::List(
        words
            .map(|word| Value::Text(Cow::Owned(word.to_owned())))
            .collect(),
    )
}

/// Text of a value.
fn written(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Block(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        Value::List(list) => list.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Table(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(key, value)| format!("{key} {}", written(value)));
            pairs.collect::<Vec<_>>().join(" ")
        }
    }
}

fn is_blank(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}

/// The value with the encoding of its texts repaired.
fn repaired(value: Value<'static>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(Cow::Owned(encoding::fix_encoding(&text).into_owned())),
        Value::List(list) => Value::List(list.into_iter().map(repaired).collect()),
        Value::Table(pairs) => {
            let pairs = pairs.into_iter();
            Value::Table(pairs.map(|(key, value)| (key, repaired(value))).collect())
        }
        other => other,
    }
}
