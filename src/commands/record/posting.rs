//! A posting as a JSON object or as cells, complete or limited to some columns.
//!
//! Every column is a key of the object: an absent value is null, and an empty list is a list, so that scripts can iterate
//! over it. In cells, both are empty.

use serde::{Serialize, Serializer};

use super::super::rows::Row;
use crate::board::field::{Kind, Value};
use crate::board::{Location, Posting, Salary};
use crate::cli::Column;
use crate::facts::{self, Text};
use crate::json::Json;
use crate::search::WordMatch;

/// Separator of list values in a cell; locations contain commas.
const LISTED: &str = "; ";

/// Some columns of a posting.
pub(in super::super) struct PostingRecord<'a> {
    /// The posting.
    pub(in super::super) posting: &'a Posting,
    /// Number of duplicates that it represents, if grouped.
    pub(in super::super) alike: Option<usize>,
    /// Words of the query that it answers with other words.
    pub(in super::super) assumed: &'a [(String, WordMatch)],
    /// The columns, in order.
    pub(in super::super) columns: &'a [Column],
}

impl Serialize for PostingRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.columns.iter();
        let values = values.filter(|column| !matches!(column, Column::Facts | Column::Assumed));
        let values = values.map(|column| (column.word(), Entry::of(self.posting, *column)));
        let alike = self.alike.map(|alike| {
            let alike = Value::Number(f64::from(alike as u32));
            ("alike", Entry::Value(Some(Json(alike))))
        });
        let assumed = self.has(|column| matches!(column, Column::Assumed));
        let assumed = assumed.then(|| {
            let assumed = assumed_value(self.assumed);
            (Column::Assumed.word(), Entry::Value(Some(Json(assumed))))
        });
        if !self.has(|column| matches!(column, Column::Facts)) {
            return serializer.collect_map(values.chain(assumed).chain(alike));
        }
        let locations = facts::locations(self.posting);
        let text = Text::new(self.posting, &locations);
        let facts = facts::derive(&text);
        let facts = facts.value(&text);
        let is_empty = matches!(&facts, Value::Table(pairs) if pairs.is_empty());
        let facts = Entry::Value((!is_empty).then_some(Json(facts)));
        let facts = (Column::Facts.word(), facts);
        serializer.collect_map(values.chain([facts]).chain(assumed).chain(alike))
    }
}

/// The value of a key in an object.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    /// A value, or null.
    Value(Option<Json<'a>>),
    /// One part of every pay range, null where a range lacks it.
    Parts(Vec<Option<Json<'a>>>),
}

impl<'a> Entry<'a> {
    fn of(posting: &'a Posting, column: Column) -> Self {
        let part: fn(&Salary) -> Option<Value<'_>> = match column {
            Column::SalaryMin => |range| range.min.map(Value::Number),
            Column::SalaryMax => |range| range.max.map(Value::Number),
            Column::SalaryCurrency => |range| Some(Value::from(range.currency.code())),
            Column::SalaryPer => |range| Some(Value::from(range.per.word())),
            Column::SalaryLocation => |range| range.location.as_ref().map(Value::from),
            _ => return Self::Value(value(posting, column).map(Json)),
        };
        let parts = posting.salary.iter();
        Self::Parts(parts.map(|range| part(range).map(Json)).collect())
    }
}

impl PostingRecord<'_> {
    fn has(&self, wanted: fn(&Column) -> bool) -> bool {
        self.columns.iter().any(wanted)
    }
}

/// Assumptions about a posting: each word as typed, and the word matched instead.
fn assumed_value(assumed: &[(String, WordMatch)]) -> Value<'_> {
    let words = assumed.iter().map(|(typed, found)| {
        let pairs = [
            ("typed", typed.as_str()),
            ("found", &found.words),
            ("tier", found.tier.word()),
            ("in", found.field.name()),
            ("reason", &found.reason),
        ];
        let pairs = pairs.map(|(key, value)| (key.into(), Value::from(value)));
        Value::Table(pairs.into())
    });
    Value::List(words.collect())
}

impl PostingRecord<'_> {
    /// `sceintist ≈ scientist`
    fn assumed_words(&self) -> String {
        let words = self.assumed.iter();
        let words = words.map(|(typed, found)| format!("{typed} ≈ {}", found.words));
        words.collect::<Vec<_>>().join(LISTED)
    }
}

impl Row for PostingRecord<'_> {
    fn cells(&self) -> Vec<String> {
        let cells = self.columns.iter();
        let cells = cells.map(|column| match column {
            Column::Assumed => self.assumed_words(),
            column => cell(self.posting, *column),
        });
        let alike = self.alike.map(|alike| alike.to_string());
        cells.chain(alike).collect()
    }
}

fn value(posting: &Posting, column: Column) -> Option<Value<'_>> {
    match column {
        Column::Field(field) => {
            let is_text = matches!(field.kind, Kind::Block(_));
            let empty = || field.empty().filter(|_| !is_text);
            field.value(posting).or_else(empty)
        }
        Column::Board => Some(&posting.board)
            .filter(|board| !board.is_empty())
            .map(Value::from),
        Column::Country | Column::Region | Column::City => {
            let values = parts(posting, column).into_iter();
            Some(Value::List(values.map(Value::from).collect()))
        }
        // Written by `Entry`, or need more than the posting and live no longer than they are written.
        Column::SalaryMin
        | Column::SalaryMax
        | Column::SalaryCurrency
        | Column::SalaryPer
        | Column::SalaryLocation
        | Column::Facts
        | Column::Assumed => None,
    }
}

fn cell(posting: &Posting, column: Column) -> String {
    match column {
        Column::Field(field) => match field.kind {
            Kind::Flag(ref flag) => (flag.get)(posting).to_string(),
            Kind::Lines(..) => {
                let mut values = Vec::new();
                field.each_text(posting, |value| values.push(quoted(value)));
                values.join(LISTED)
            }
            _ => field.text(posting, LISTED),
        },
        Column::Board => posting.board.clone(),
        Column::Country | Column::Region | Column::City => parts(posting, column).join(LISTED),
        Column::SalaryMin
        | Column::SalaryMax
        | Column::SalaryCurrency
        | Column::SalaryPer
        | Column::SalaryLocation => pay(posting, column),
        Column::Facts => facts::of_posting(posting).words().join(LISTED),
        Column::Assumed => String::new(),
    }
}

/// One part of every pay range; empty where no range has it.
fn pay(posting: &Posting, column: Column) -> String {
    let number = |amount: Option<f64>| amount.map(|amount| amount.to_string());
    let part = |range: &Salary| match column {
        Column::SalaryMin => number(range.min),
        Column::SalaryMax => number(range.max),
        Column::SalaryCurrency => Some(range.currency.code().to_owned()),
        Column::SalaryPer => Some(range.per.word().to_owned()),
        _ => range.location.clone(),
    };
    let parts: Vec<_> = posting.salary.iter().map(part).collect();
    if parts.iter().all(Option::is_none) {
        return String::new();
    }
    let parts = parts.into_iter().map(Option::unwrap_or_default);
    let parts = parts.map(|part| quoted(&part));
    parts.collect::<Vec<_>>().join(LISTED)
}

/// A value of a list, in double quotes if it contains the separator or begins like a quoted one.
fn quoted(value: &str) -> String {
    if value.contains(';') || value.starts_with('"') {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// One part of every location, without duplicates.
fn parts(posting: &Posting, column: Column) -> Vec<&str> {
    let part: fn(&Location) -> Option<&String> = match column {
        Column::Country => |place| place.country.as_ref(),
        Column::Region => |place| place.region.as_ref(),
        _ => |place| place.city.as_ref(),
    };
    let mut values = Vec::new();
    for place in &posting.locations {
        if let Some(value) = part(place)
            && !values.contains(&value.as_str())
        {
            values.push(value.as_str());
        }
    }
    values
}
