//! Field values as plain data, shared by TOML, JSON and imports.

use std::borrow::Cow;

use super::{Field, Kind};
use crate::board::{Date, Posting, Salary, Source, Years};

/// Plain data.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A line.
    Text(Cow<'a, str>),
    /// A Markdown text.
    Block(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A boolean.
    Flag(bool),
    /// A date.
    Day(Date),
    /// Several values.
    List(Vec<Value<'a>>),
    /// Values under their keys.
    Table(Vec<(Cow<'static, str>, Value<'a>)>),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl Field {
    /// Value of a posting's field; `None` if the posting does not have it.
    pub fn value<'a>(&self, posting: &'a Posting) -> Option<Value<'a>> {
        match &self.kind {
            Kind::Required(field) => Some(Value::from((field.get)(posting))),
            Kind::Line(field, _) => (field.get)(posting).as_ref().map(Value::from),
            Kind::Block(field) => {
                let text = (field.get)(posting);
                (!text.is_empty()).then(|| Value::Block(Cow::Borrowed(text)))
            }
            Kind::Lines(field, _) => list((field.get)(posting).iter().map(Value::from)),
            Kind::Locations(field) => {
                let locations = (field.get)(posting).iter();
                list(locations.map(|location| Value::from(&location.written)))
            }
            Kind::Word(field) => {
                let at = (field.get)(posting)?;
                Some(Value::from(field.words[usize::from(at)]))
            }
            Kind::Words(field) => {
                let mut words = Vec::new();
                (field.each)(posting, &mut |at| {
                    words.push(Value::from(field.words[usize::from(at)]));
                });
                list(words.into_iter())
            }
            Kind::Day(field) => (field.get)(posting).map(Value::Day),
            Kind::Flag(field) => (field.get)(posting).then_some(Value::Flag(true)),
            Kind::Salaries(field) => list((field.get)(posting).iter().map(salary)),
            Kind::Years(field) => (field.get)(posting).map(years),
            Kind::Source(field) => (field.get)(posting).as_ref().map(source),
        }
    }

    /// Value for an absent field in formats that always write it: an empty list, text or `false`.
    pub fn empty(&self) -> Option<Value<'static>> {
        match self.kind {
            Kind::Lines(..) | Kind::Locations(_) | Kind::Words(_) | Kind::Salaries(_) => {
                Some(Value::List(Vec::new()))
            }
            Kind::Flag(_) => Some(Value::Flag(false)),
            Kind::Block(_) => Some(Value::Block("".into())),
            _ => None,
        }
    }
}

fn list<'a>(values: impl Iterator<Item = Value<'a>>) -> Option<Value<'a>> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then_some(Value::List(values))
}

/// A table of the pairs that have a value.
fn table<'a, const N: usize>(pairs: [(&'static str, Option<Value<'a>>); N]) -> Value<'a> {
    let pairs = pairs.into_iter();
    Value::Table(
        pairs
            .filter_map(|(key, value)| Some((Cow::Borrowed(key), value?)))
            .collect(),
    )
}

fn salary(salary: &Salary) -> Value<'_> {
    table([
        ("min", salary.min.map(Value::Number)),
        ("max", salary.max.map(Value::Number)),
        ("currency", Some(Value::from(salary.currency.code()))),
        ("per", Some(Value::from(salary.per.word()))),
        ("location", salary.location.as_ref().map(Value::from)),
    ])
}

fn years(years: Years) -> Value<'static> {
    let number = |number: u8| Value::Number(number.into());
    table([
        ("min", years.min.map(number)),
        ("max", years.max.map(number)),
    ])
}

fn source(source: &Source) -> Value<'_> {
    table([
        ("format", source.format.as_ref().map(Value::from)),
        ("url", source.url.as_ref().map(Value::from)),
        ("retrieved", source.retrieved.map(Value::Day)),
        ("first_seen", source.first_seen.map(Value::Day)),
        ("last_seen", source.last_seen.map(Value::Day)),
    ])
}
