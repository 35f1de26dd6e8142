//! The index of a site's search: JSON files that the script of the start page reads.
//!
//! ```text
//! search/index.json    counts, closed lists, the newest postings, and the other files with a hash of each
//! search/names.json    what else words and places of this board are called
//! search/rows-0a.json  postings by a hash of their id, so that one more posting changes one of them
//! ```
//!
//! A posting is an array of its values; texts and places are numbers in lists of their own file. Zero is "none", and
//! zeros at the end are left out.

mod names;

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::board::hash::{Fnv, hash as stable_hash};
use crate::board::{Date, Employment, Level, Period, Posting, Workplace};
use crate::places::country_name;
use crate::search::{Entry, EntryPlace, Index, Row};

/// Folder of the files.
pub(super) const FOLDER: &str = "search/";
/// Postings of a file, at most on average.
const SHARD: usize = 1000;
/// Postings of the first file: enough for the first screen.
const NEWEST: usize = 60;

/// A posting with its page and its row in the index.
pub(super) struct Listed<'a> {
    pub(super) posting: &'a Posting,
    pub(super) path: &'a str,
    pub(super) row: Row,
}

/// The files of the index by their paths. `postings` are in the order of the site: the newest first.
pub(super) fn files(index: &Index, postings: &[Listed<'_>]) -> Vec<(String, String)> {
    let shards = postings.len().div_ceil(SHARD).max(1).next_power_of_two();
    let mut parts: Vec<Part<'_>> = (0..shards).map(|_| Part::default()).collect();
    let mut newest = Part::default();
    let mut by_id: Vec<&Listed<'_>> = postings.iter().collect();
    by_id.sort_by_key(|listed| listed.posting.id.as_str());
    for listed in by_id {
        let at = stable_hash(&listed.posting.id) as usize % shards;
        parts[at].push(index, listed);
    }
    for listed in postings.iter().take(NEWEST) {
        newest.push(index, listed);
    }
    let mut files = Vec::new();
    let mut listed = Vec::new();
    for (part, at) in parts.into_iter().zip(0usize..) {
        let name = format!("rows-{at:02x}.json");
        let text = part.text();
        listed.push(json!([name, hash(&text)]));
        files.push((format!("{FOLDER}{name}"), text));
    }
    let names = names::json(index, postings).to_string();
    let manifest = json!({
        "version": 1,
        "postings": postings.len(),
        "words": {
            "workplace": Workplace::WORDS,
            "employment": Employment::WORDS,
            "level": Level::WORDS,
            "per": Period::WORDS,
        },
        "countries": countries(postings),
        "names": hash(&names),
        "newest": newest.json(),
        "shards": listed,
    });
    files.push((format!("{FOLDER}names.json"), names));
    files.push((format!("{FOLDER}index.json"), manifest.to_string()));
    files
}

fn hash(text: &str) -> String {
    format!("{:016x}", Fnv::hash(text))
}

/// Names of the countries by their codes.
fn countries(postings: &[Listed<'_>]) -> Value {
    let places = postings.iter().flat_map(|listed| &listed.posting.locations);
    let codes = places.filter_map(|place| place.country.as_deref());
    let names = codes.filter_map(|code| Some((code.to_owned(), country_name(code)?.into())));
    Value::Object(names.collect())
}

/// A file of postings.
#[derive(Default)]
struct Part<'a> {
    texts: Numbers<String>,
    places: Numbers<EntryPlace<'a>>,
    rows: Vec<Value>,
}

/// Distinct values, numbered in order of appearance.
struct Numbers<T> {
    values: Vec<T>,
    by_value: HashMap<T, usize>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            by_value: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbers<T> {
    fn number(&mut self, value: T) -> usize {
        if let Some(number) = self.by_value.get(&value) {
            return *number;
        }
        let number = self.values.len();
        self.by_value.insert(value.clone(), number);
        self.values.push(value);
        number
    }
}

impl<'a> Part<'a> {
    fn push(&mut self, index: &Index, listed: &Listed<'a>) {
        let Some(entry) = index.entry(listed.row, listed.posting) else {
            return;
        };
        let row = self.row(listed, &entry);
        self.rows.push(row);
    }

    fn row(&mut self, listed: &Listed<'a>, entry: &Entry<'_>) -> Value {
        let posting = listed.posting;
        let mut text = |value: Option<&str>| -> usize {
            value.map_or(0, |value| self.texts.number(value.to_owned()) + 1)
        };
        let company = text(posting.company.as_deref());
        let team = text(posting.team.as_deref());
        let tags: Vec<usize> = posting.tags.iter().map(|tag| text(Some(tag)) - 1).collect();
        let skills = entry.skills.value.iter();
        let skills: Vec<usize> = skills.map(|skill| text(Some(skill)) - 1).collect();
        let places = posting.locations.iter();
        let places: Vec<usize> = places
            .map(|place| self.places.number(EntryPlace::new(place)))
            .collect();
        let usual = format!("posting/{}.html", posting.id);
        let path = Some(listed.path).filter(|path| *path != usual);
        let first_seen = posting.source.as_ref().and_then(|source| source.first_seen);
        let first_seen = first_seen.filter(|_| posting.posted.is_none());
        let employment = entry.employment.value.iter();
        let pay = entry.pay.value.iter();
        let pay: Vec<Value> = pay
            .map(|pay| json!([pay.min, pay.max, pay.currency.code(), pay.per as usize]))
            .collect();
        let mut row = vec![
            json!(posting.id),
            path.map_or(json!(0), |path| json!(path)),
            json!(posting.title),
            entry.number.as_ref().map_or(json!(0), |(words, number)| {
                let at = |end: usize| posting.title[..end].encode_utf16().count();
                json!([at(*words), at(number.start), at(number.end)])
            }),
            json!(company),
            json!(team),
            list(&places),
            list(&tags),
            list(&skills),
            json!(entry.workplace.map_or(0, |word| word.value as usize + 1)),
            list(&employment.map(|kind| *kind as usize).collect::<Vec<_>>()),
            json!(entry.level.map_or(0, |word| word.value as usize + 1)),
            day(posting.posted),
            day(posting.closes),
            day(first_seen),
            if pay.is_empty() { json!(0) } else { json!(pay) },
            json!(flags(posting, entry)),
        ];
        while row.last() == Some(&json!(0)) {
            row.pop();
        }
        Value::Array(row)
    }

    fn json(&self) -> Value {
        json!({
            "texts": self.texts.values,
            "places": self.places.values.iter().map(place).collect::<Vec<_>>(),
            "rows": self.rows,
        })
    }

    /// The file, one posting a line.
    fn text(&self) -> String {
        let whole = self.json();
        let lines = |name: &str| {
            let values = whole[name].as_array().into_iter().flatten();
            let lines: Vec<String> = values.map(Value::to_string).collect();
            format!("\"{name}\":[\n{}\n]", lines.join(",\n"))
        };
        format!(
            "{{{}}}\n",
            ["texts", "places", "rows"].map(lines).join(",\n")
        )
    }
}

fn place(place: &EntryPlace<'_>) -> Value {
    let mut parts = vec![
        json!(place.written),
        place.country.map_or(json!(0), |code| json!(code)),
        place.region.map_or(json!(0), |region| json!(region)),
        place.city.as_ref().map_or(json!(0), |city| json!(city)),
        if place.unwritten.is_empty() {
            json!(0)
        } else {
            json!(place.unwritten)
        },
    ];
    while parts.last() == Some(&json!(0)) {
        parts.pop();
    }
    Value::Array(parts)
}

fn list(numbers: &[usize]) -> Value {
    if numbers.is_empty() {
        json!(0)
    } else {
        json!(numbers)
    }
}

/// Days since 1970-01-01.
fn day(date: Option<Date>) -> Value {
    let days = date.map(|date| date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24);
    json!(days.unwrap_or(0))
}

/// Whether it is pinned, and which of its values were derived: one bit each.
fn flags(posting: &Posting, entry: &Entry<'_>) -> u32 {
    let flags = [
        posting.pinned,
        entry.workplace.is_some_and(|word| word.is_derived),
        entry.employment.is_derived,
        entry.level.is_some_and(|word| word.is_derived),
        entry.skills.is_derived,
        entry.pay.is_derived,
    ];
    let bits = flags.into_iter().zip(0u32..);
    bits.map(|(flag, bit)| u32::from(flag) << bit).sum()
}
