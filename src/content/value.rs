//! Validates single values: dates, amounts and URLs.

use jiff::civil::Date;
use toml::de::{DeInteger, DeValue};

use crate::board::field::parse_day;
use crate::board::text;

/// Date in a TOML date without a time, or in a string.
pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(moment) if moment.time.is_none() => {
            let day = moment.date?;
            let (month, of_month) = (day.month.cast_signed(), day.day.cast_signed());
            Date::new(day.year.try_into().ok()?, month, of_month).ok()
        }
        DeValue::String(written) => parse_day(&text::line(written)),
        _ => None,
    }
}

/// A plausible amount of pay, or what is wrong with it.
pub(super) fn amount(value: &DeValue<'_>) -> Result<f64, &'static str> {
    let amount = match value {
        DeValue::Integer(whole) => integer(whole),
        DeValue::Float(real) => real.as_str().parse().ok(),
        _ => None,
    };
    match amount {
        None => Err("is not a valid number"),
        Some(amount) if amount.is_nan() => Err("is not a number"),
        Some(amount) if amount.is_infinite() => Err("is infinite"),
        Some(amount) if amount < 0.0 => Err("is below zero"),
        Some(amount) => Ok(amount),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no pay needs more than 53 bits")]
fn integer(whole: &DeInteger<'_>) -> Option<f64> {
    let whole = i64::from_str_radix(whole.as_str(), whole.radix()).ok()?;
    Some(whole as f64)
}

/// Type of a value, as a noun phrase.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
