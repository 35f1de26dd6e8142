//! A posting as an object or as cells, whole or only some columns of it.
//!
//! What a posting does not say is left out of the object and is an empty cell. Lists are always there, empty or not, so
//! that a script may go over them.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Number;

use super::super::rows::Row;
use crate::board::{Employment, Level, Location, Posting, Salary, Source, Sponsorship, Workplace};
use crate::cli::Column;

/// What parts the values of a list in one cell; places hold commas.
const LISTED: &str = "; ";

/// Some columns of a posting.
pub(in super::super) struct PostingRecord<'a> {
    /// The posting.
    pub(in super::super) posting: &'a Posting,
    /// How many others that say the same it stands for, where that is to be told.
    pub(in super::super) alike: Option<usize>,
    /// The columns, in order.
    pub(in super::super) columns: &'a [Column],
}

impl Serialize for PostingRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.columns.iter();
        let values = values.map(|column| (column.word(), value(self.posting, *column)));
        let alike = self.alike.map(|alike| ("alike", Value::Count(alike)));
        let values = values.filter_map(|(word, value)| Some((word, value?)));
        serializer.collect_map(values.chain(alike))
    }
}

impl Row for PostingRecord<'_> {
    fn cells(&self) -> Vec<String> {
        let cell = |column: &Column| value(self.posting, *column).map(|value| value.to_string());
        let cells = self.columns.iter().map(cell);
        let alike = self.alike.map(|alike| alike.to_string());
        cells.map(Option::unwrap_or_default).chain(alike).collect()
    }
}

/// What stands in one column.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(&'a str),
    Day(String),
    Flag(bool),
    Count(usize),
    Texts(Vec<&'a str>),
    Salaries(Vec<SalaryRecord<'a>>),
    Source(SourceRecord<'a>),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Day(day) => f.write_str(day),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Texts(texts) => f.write_str(&texts.join(LISTED)),
            Self::Salaries(salaries) => {
                let salaries = salaries.iter().map(|record| record.salary.to_string());
                f.write_str(&salaries.collect::<Vec<_>>().join(LISTED))
            }
            Self::Source(source) => f.write_str(&source.parts().join(LISTED)),
        }
    }
}

fn value(posting: &Posting, column: Column) -> Option<Value<'_>> {
    let text = |text: &'static str| Value::Text(text);
    let texts = |texts: Vec<_>| Some(Value::Texts(texts));
    match column {
        Column::Id => Some(Value::Text(&posting.id)),
        Column::Board => Some(Value::Text(&posting.board)).filter(|_| !posting.board.is_empty()),
        Column::Title => Some(Value::Text(&posting.title)),
        Column::Company => posting.company.as_deref().map(Value::Text),
        Column::Team => posting.team.as_deref().map(Value::Text),
        Column::Locations => texts(places(posting, |place| Some(&place.written))),
        Column::Country => texts(places(posting, |place| place.country.as_ref())),
        Column::Region => texts(places(posting, |place| place.region.as_ref())),
        Column::City => texts(places(posting, |place| place.city.as_ref())),
        Column::Workplace => posting.workplace.map(Workplace::word).map(text),
        Column::Employment => posting.employment.map(Employment::word).map(text),
        Column::Posted => posting.posted.map(|day| Value::Day(day.to_string())),
        Column::Closes => posting.closes.map(|day| Value::Day(day.to_string())),
        Column::Salary => {
            let salaries = posting.salary.iter().map(SalaryRecord::new);
            Some(Value::Salaries(salaries.collect()))
        }
        Column::Url => posting.url.as_deref().map(Value::Text),
        Column::Level => posting.level.map(Level::word).map(text),
        Column::Sponsorship => posting.sponsorship.map(Sponsorship::word).map(text),
        Column::Publisher => posting.publisher.as_deref().map(Value::Text),
        Column::Retold => Some(Value::Flag(posting.retold)),
        Column::Tags => texts(posting.tags.iter().map(String::as_str).collect()),
        Column::Language => posting.language.as_deref().map(Value::Text),
        Column::Description => Some(Value::Text(&posting.description)),
        Column::Source => posting
            .source
            .as_ref()
            .map(SourceRecord::new)
            .map(Value::Source),
    }
}

/// One part of every place, each value once.
fn places(posting: &Posting, part: impl Fn(&Location) -> Option<&String>) -> Vec<&str> {
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

#[derive(Serialize)]
struct SalaryRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<Number>,
    currency: &'static str,
    per: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a str>,
    #[serde(skip)]
    salary: &'a Salary,
}

impl<'a> SalaryRecord<'a> {
    fn new(salary: &'a Salary) -> Self {
        Self {
            min: salary.min.and_then(number),
            max: salary.max.and_then(number),
            currency: salary.currency.code(),
            per: salary.per.word(),
            location: salary.location.as_deref(),
            salary,
        }
    }
}

/// An amount without `.0`.
fn number(amount: f64) -> Option<Number> {
    // Beyond this not every whole number has a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if amount.fract() == 0.0 && amount.abs() < EXACT {
        return Some(Number::from(amount as i64));
    }
    Number::from_f64(amount)
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieved: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<String>,
}

impl<'a> SourceRecord<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            format: source.format.as_deref(),
            url: source.url.as_deref(),
            retrieved: source.retrieved.map(|day| day.to_string()),
            first_seen: source.first_seen.map(|day| day.to_string()),
            last_seen: source.last_seen.map(|day| day.to_string()),
        }
    }

    fn parts(&self) -> Vec<&str> {
        let days = [&self.retrieved, &self.first_seen, &self.last_seen];
        let days = days.into_iter().map(Option::as_deref);
        [self.format, self.url]
            .into_iter()
            .chain(days)
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_where_they_can_be() {
        for (amount, written) in [
            (70_000.0, "70000"),
            (17.5, "17.5"),
            (0.0, "0"),
            (1e300, "1e+300"),
        ] {
            assert_eq!(
                number(amount).map(|n| n.to_string()).as_deref(),
                Some(written)
            );
        }
    }
}
