//! Sets fields of a posting from plain data, through the text gate. Invalid parts are left out and reported.

use iso_currency::Currency;

use super::kind::{index, not_listed};
use super::{BLOCK, Check, Field, Kind, LINE, LIST, Value};
use crate::board::number;
use crate::board::text::{self, quoted};
use crate::board::{Date, Location, Period, Posting, Salary, Source, Years};

/// Clauses that describe what was left out.
type Problems = Vec<String>;

impl Field {
    /// Sets the field from an external value. Returns what was invalid and therefore left out.
    pub fn read(&self, posting: &mut Posting, value: &Value<'_>) -> Vec<String> {
        let key = self.name;
        let mut problems = Problems::new();
        match &self.kind {
            Kind::Required(field) => {
                *(field.get_mut)(posting) = line(key, value, &mut problems).unwrap_or_default();
            }
            Kind::Line(field, check) => {
                *(field.get_mut)(posting) = checked(key, value, *check, &mut problems);
            }
            Kind::Block(field) => {
                *(field.get_mut)(posting) = block(key, value, &mut problems).unwrap_or_default();
            }
            Kind::Lines(field, check) => {
                let mut lines = Vec::new();
                for entry in entries(key, value, &mut problems) {
                    let line = checked(key, entry, *check, &mut problems);
                    lines.extend(line.filter(|line| !lines.contains(line)));
                }
                *(field.get_mut)(posting) = lines;
            }
            Kind::Locations(field) => {
                let entries = entries(key, value, &mut problems).iter();
                let locations = entries.filter_map(|entry| {
                    let written = member(entry, "written").unwrap_or(entry);
                    Some(Location::parse(&line(key, written, &mut problems)?))
                });
                *(field.get_mut)(posting) = locations.collect();
            }
            Kind::Word(field) => {
                let at = word(key, value, field.words, &mut problems);
                (field.set)(posting, at);
            }
            Kind::Words(field) => {
                (field.clear)(posting);
                for entry in entries(key, value, &mut problems) {
                    let at = word(key, entry, field.words, &mut problems);
                    if let Some(at) = at {
                        (field.add)(posting, at);
                    }
                }
            }
            Kind::Day(field) => *(field.get_mut)(posting) = day(key, value, &mut problems),
            Kind::Flag(field) => {
                *(field.get_mut)(posting) = flag(key, value, &mut problems).unwrap_or_default();
            }
            Kind::Salaries(field) => {
                let entries = entries(key, value, &mut problems).iter();
                let ranges = entries.filter_map(|entry| salary(entry, &mut problems));
                *(field.get_mut)(posting) = ranges.collect();
            }
            Kind::Years(field) => *(field.get_mut)(posting) = years(key, value, &mut problems),
            Kind::Source(field) => *(field.get_mut)(posting) = source(key, value, &mut problems),
        }
        problems
    }
}

/// Entries of a value: those of a list, or the value itself.
fn entries<'v, 'a>(key: &str, value: &'v Value<'a>, problems: &mut Problems) -> &'v [Value<'a>] {
    let Value::List(list) = value else {
        return std::slice::from_ref(value);
    };
    if list.len() > LIST {
        problems.push(format!("`{key}` has more than {LIST} entries"));
    }
    &list[..list.len().min(LIST)]
}

fn member<'v, 'a>(value: &'v Value<'a>, key: &str) -> Option<&'v Value<'a>> {
    let Value::Table(pairs) = value else {
        return None;
    };
    let pair = pairs.iter().find(|(name, _)| name == key);
    pair.map(|(_, value)| value)
}

/// A single-line text; `None` if empty.
fn line(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let written = match value {
        Value::Text(text) | Value::Block(text) => text::line(text),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        Value::List(_) | Value::Table(_) => {
            problems.push(format!("`{key}` must be text"));
            return None;
        }
    };
    if written.chars().count() > LINE {
        problems.push(format!("`{key}` is longer than {LINE} characters"));
        return None;
    }
    (!written.is_empty()).then_some(written)
}

fn checked(key: &str, value: &Value<'_>, check: Check, problems: &mut Problems) -> Option<String> {
    let written = line(key, value, problems)?;
    let accepted = check.accept(key, &written);
    accepted
        .map_err(|refused| problems.push(refused.message))
        .ok()
}

fn block(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let (Value::Text(raw) | Value::Block(raw)) = value else {
        problems.push(format!("`{key}` must be text"));
        return None;
    };
    let clean = text::block(raw);
    let clean = clean.trim_end().trim_start_matches('\n');
    if clean.len() > BLOCK {
        problems.push(format!("`{key}` is larger than {} KiB", BLOCK >> 10));
        return None;
    }
    Some(clean.to_owned())
}

fn word(
    key: &str,
    value: &Value<'_>,
    words: &[&'static str],
    problems: &mut Problems,
) -> Option<u8> {
    let written = line(key, value, problems)?;
    index(key, &written, words)
        .map_err(|refused| problems.push(refused.message))
        .ok()
}

fn day(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<Date> {
    if let Value::Day(day) = value {
        return Some(*day);
    }
    let written = line(key, value, problems)?;
    let day = parse_day(&written);
    if day.is_none() {
        problems.push(format!(
            "`{key}` cannot be {}: it is a day",
            quoted(&written)
        ));
    }
    day
}

/// Parses `YYYY-MM-DD`, and nothing else.
pub fn parse_day(written: &str) -> Option<Date> {
    let is_shaped = written.len() == 10
        && written.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    written.parse().ok().filter(|_| is_shaped)
}

fn flag(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<bool> {
    let flag = match value {
        Value::Flag(flag) => Some(*flag),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    if flag.is_none() {
        problems.push(format!("`{key}` must be true or false"));
    }
    flag
}

/// A number, or a text with one, possibly with grouped thousands.
fn number(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<f64> {
    let number = match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => {
            number::digits(text).and_then(|read| read.or.is_none().then_some(read.value))
        }
        _ => None,
    };
    let number = number.filter(|number: &f64| number.is_finite() && *number >= 0.0);
    if number.is_none() {
        problems.push(format!("`{key}` must be a number that is not negative"));
    }
    number
}

fn salary(value: &Value<'_>, problems: &mut Problems) -> Option<Salary> {
    let amount = |key, problems: &mut Problems| number(key, member(value, key)?, problems);
    let (min, max) = match (amount("min", problems), amount("max", problems)) {
        // Ends in the wrong order are swapped.
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        ends => ends,
    };
    if min.or(max).is_none() {
        problems.push("a salary has neither `min` nor `max`".into());
        return None;
    }
    let text = |key, problems: &mut Problems| line(key, member(value, key)?, problems);
    let code = text("currency", problems).unwrap_or_default();
    let currency = Currency::from_code(&code.to_ascii_uppercase());
    if currency.is_none() {
        problems.push(format!("`currency` cannot be {}", quoted(&code)));
    }
    let per = text("per", problems).unwrap_or_default();
    let period = Period::from_word(&per);
    if period.is_none() {
        problems.push(not_listed("per", &per, Period::WORDS).message);
    }
    Some(Salary {
        min,
        max,
        currency: currency?,
        per: period?,
        location: text("location", problems),
    })
}

fn years(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<Years> {
    if let Value::Text(text) = value {
        let years = Years::parse(text.trim());
        if years.is_none() {
            problems.push(format!("`{key}` cannot be {}", quoted(text)));
        }
        return years;
    }
    let count = |key, problems: &mut Problems| {
        let number = number(key, member(value, key)?, problems)?;
        let years = number.to_string().parse().ok();
        let years = years.filter(|years| *years <= Years::MOST);
        if years.is_none() {
            problems.push(format!("`{key}` must be a whole number of years"));
        }
        years
    };
    let years = Years {
        min: count("min", problems),
        max: count("max", problems),
    };
    match (years.min, years.max) {
        (None, None) => {
            problems.push(format!("`{key}` has neither `min` nor `max`"));
            None
        }
        (Some(min), Some(max)) if min > max => {
            problems.push(format!("the `min` of `{key}` is above its `max`"));
            None
        }
        _ => Some(years),
    }
}

fn source(key: &str, value: &Value<'_>, problems: &mut Problems) -> Option<Source> {
    if !matches!(value, Value::Table(_)) {
        problems.push(format!("`{key}` must be a table"));
        return None;
    }
    let day = |key, problems: &mut Problems| day(key, member(value, key)?, problems);
    Some(Source {
        format: member(value, "format").and_then(|value| line("format", value, problems)),
        url: member(value, "url").and_then(|value| checked("url", value, Check::Url, problems)),
        retrieved: day("retrieved", problems),
        first_seen: day("first_seen", problems),
        last_seen: day("last_seen", problems),
    })
}
