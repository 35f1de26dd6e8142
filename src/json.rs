//! The fields of a posting as JSON, and back.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::board::field::Value;

/// A value that serializes as JSON.
pub struct Json<'a>(pub Value<'a>);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

struct Borrowed<'v, 'a>(&'v Value<'a>);

impl Serialize for Borrowed<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

fn serialize<S: Serializer>(value: &Value<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Value::Text(text) | Value::Block(text) => serializer.serialize_str(text),
        Value::Number(number) => match whole(*number) {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(*number),
        },
        Value::Flag(flag) => serializer.serialize_bool(*flag),
        Value::Day(day) => serializer.collect_str(day),
        Value::List(list) => serializer.collect_seq(list.iter().map(Borrowed)),
        Value::Table(pairs) => {
            let pairs = pairs.iter();
            serializer.collect_map(pairs.map(|(key, value)| (key, Borrowed(value))))
        }
    }
}

/// A number without a fraction, as long as every whole number has a float of its own.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

/// The value in JSON; `null` is none.
pub fn value(json: serde_json::Value) -> Option<Value<'static>> {
    use serde_json::Value as Json;
    Some(match json {
        Json::Null => return None,
        Json::Bool(flag) => Value::Flag(flag),
        Json::Number(number) => match number.as_f64() {
            Some(float) if whole(float).is_some() || number.is_f64() => Value::Number(float),
            // A key of twenty digits keeps them all.
            _ => Value::Text(Cow::Owned(number.to_string())),
        },
        Json::String(text) => Value::Text(Cow::Owned(text)),
        Json::Array(list) => Value::List(list.into_iter().filter_map(value).collect()),
        Json::Object(pairs) => {
            let pairs = pairs.into_iter();
            let pairs = pairs.filter_map(|(key, json)| Some((Cow::Owned(key), value(json)?)));
            Value::Table(pairs.collect())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_where_they_can_be() {
        for (number, written) in [
            (70_000.0, "70000"),
            (17.5, "17.5"),
            (0.0, "0"),
            (1e300, "1e+300"),
        ] {
            let json = serde_json::to_string(&Json(Value::Number(number)));
            assert_eq!(json.ok().as_deref(), Some(written));
        }
    }

    #[test]
    fn a_long_number_keeps_its_digits() {
        for (written, read) in [
            ("12345678901234567890", Value::from("12345678901234567890")),
            ("1.5", Value::Number(1.5)),
            ("7", Value::Number(7.0)),
        ] {
            let json = serde_json::from_str(written).expect("JSON");
            assert_eq!(value(json), Some(read));
        }
    }
}
