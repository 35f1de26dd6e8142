//! Single values: whether a day, an amount or an address is one that can be.

use jiff::civil::Date;
use toml::de::{DeInteger, DeValue};
use url::Url;

use super::problem::quoted;
use crate::board::text;

/// The day in a TOML date without a time, or in a string.
pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(moment) if moment.time.is_none() => {
            let day = moment.date?;
            let (month, of_month) = (day.month.cast_signed(), day.day.cast_signed());
            Date::new(day.year.try_into().ok()?, month, of_month).ok()
        }
        DeValue::String(written) => day(&text::line(written)),
        _ => None,
    }
}

/// `YYYY-MM-DD` and nothing else.
pub(super) fn day(written: &str) -> Option<Date> {
    let shaped = written.len() == 10
        && written.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    written.parse().ok().filter(|_| shaped)
}

/// A number that somebody could be paid, or what is wrong with it.
pub(super) fn amount(value: &DeValue<'_>) -> Result<f64, &'static str> {
    let amount = match value {
        DeValue::Integer(whole) => integer(whole),
        DeValue::Float(real) => real.as_str().parse().ok(),
        _ => None,
    };
    match amount {
        None => Err("is not a number that can be read"),
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

/// An address that a person may open, or what is wrong with it and what was probably meant.
pub(super) fn address(written: &str) -> Result<String, (String, Option<String>)> {
    let url = Url::parse(written).map_err(|error| {
        let mut parts = written.split('/');
        let bare = parts.next().is_some_and(|host| host.contains('.'));
        let hint = bare.then(|| format!("did you mean `https://{written}`?"));
        (format!("is not an address: {error}"), hint)
    })?;
    if !matches!(url.scheme(), "http" | "https" | "mailto") {
        let scheme = quoted(url.scheme());
        return Err((format!("must be http, https or mailto, not {scheme}"), None));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(("must not hold a user name or a password".into(), None));
    }
    if url.scheme() == "mailto" && !url.path().contains('@') {
        return Err(("names nobody to write to".into(), None));
    }
    // What was written is kept where it can be, so that it stays recognisable and copies as it was.
    let plain = written.bytes().all(|byte| byte.is_ascii_graphic());
    Ok(if plain { written.into() } else { url.into() })
}

/// What a value is, in a sentence.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_what_a_person_may_open() {
        for (written, kept) in [
            (
                "https://example.org/a?b=c",
                Some("https://example.org/a?b=c"),
            ),
            ("https://example.org", Some("https://example.org")),
            ("mailto:jobs@example.org", Some("mailto:jobs@example.org")),
            (
                "https://münchen.example",
                Some("https://xn--mnchen-3ya.example/"),
            ),
            ("https://me@example.org", None),
            ("https://me:pw@example.org", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("mailto:", None),
            ("https://", None),
            ("example.org/jobs", None),
        ] {
            assert_eq!(address(written).ok().as_deref(), kept, "{written}");
        }
        let hint = Some("did you mean `https://example.org/jobs`?".to_owned());
        assert!(address("example.org/jobs").is_err_and(|(_, meant)| meant == hint));
    }

    #[test]
    fn knows_a_day_from_what_only_looks_like_one() {
        for (written, is_day) in [
            ("2026-02-28", true),
            ("2026-02-29", false),
            ("2026-2-28", false),
            ("2026-02-28T10:00", false),
            ("20260228", false),
            ("+002026-02", false),
        ] {
            assert_eq!(day(written).is_some(), is_day, "{written}");
        }
    }
}
