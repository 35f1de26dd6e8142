//! What a `JobPosting` pays: `baseSalary` as a number, a text, a `MonetaryAmount`, a `PriceSpecification`, or a list of
//! these, with its amounts on it or in its `value`.

use serde_json::Value;

use super::super::amount::Amount;
use super::super::draft::Draft;
use super::super::{amount, vocabulary};
use super::{each, text};
use crate::board::Period;

/// Adds the pay; incomplete ranges are kept as text.
pub(super) fn add(posting: &Value, draft: &mut Draft) {
    let currency = text(&posting["salaryCurrency"]).unwrap_or_default();
    for salary in each(&posting["baseSalary"]) {
        for value in parts(salary) {
            one(salary, value, &currency, draft);
        }
    }
    if draft.salary.is_empty() {
        estimated(&posting["estimatedSalary"], draft);
    }
}

/// The values of a salary; the salary itself, where its amounts are on it.
fn parts(salary: &Value) -> Vec<&Value> {
    let values = each(&salary["value"]);
    if values.is_empty() {
        vec![salary]
    } else {
        values
    }
}

fn one(salary: &Value, value: &Value, currency: &str, draft: &mut Draft) {
    let first = |keys: &[&str]| {
        let found = keys
            .iter()
            .find_map(|key| text(&value[key]).or_else(|| text(&salary[key])));
        found.unwrap_or_default()
    };
    let own = first(&["currency", "priceCurrency", "salaryCurrency"]);
    let currency = if own.is_empty() { currency } else { &own };
    let unit = first(&["unitText", "unitCode", "duration"]);
    let per = period(&unit);
    let amount = |keys: &[&str]| {
        let of = |holder: &Value| {
            keys.iter()
                .map(|key| amount_of(&holder[key]))
                .find(is_known)
        };
        of(value).or_else(|| of(salary)).unwrap_or_default()
    };
    let (min, max) = (
        amount(&["minValue", "minPrice"]),
        amount(&["maxValue", "maxPrice"]),
    );
    let only = if value.is_object() {
        amount(&["value", "price"])
    } else {
        amount_of(value)
    };
    // `"value": "40,000 - 50,000"`
    if let Amount::Written(written) = &only
        && amount::range((only.clone(), only.clone()), currency, per).is_none()
    {
        return draft.paid_in_words(written, currency, per);
    }
    let or_only = |end: Amount| if is_known(&end) { end } else { only.clone() };
    let has_ends = is_known(&min) || is_known(&max);
    let amounts = if has_ends {
        (min, max)
    } else {
        (or_only(min), or_only(max))
    };
    draft.paid(amounts, currency, (per, &unit));
}

/// A number stays one: as a text, `60.125` could mean sixty thousand.
fn amount_of(value: &Value) -> Amount {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::String(written) => Amount::written(written),
        _ => Amount::Unknown,
    }
}

fn is_known(amount: &Amount) -> bool {
    *amount != Amount::Unknown
}

/// What an amount is paid for, in words or as an ISO 8601 duration.
fn period(unit: &str) -> Option<Period> {
    match unit {
        "P1Y" => Some(Period::Year),
        "P1M" => Some(Period::Month),
        "P1W" => Some(Period::Week),
        "P1D" => Some(Period::Day),
        "PT1H" => Some(Period::Hour),
        words => vocabulary::period(words),
    }
}

/// An estimate by a third party is not pay; it is kept as text.
fn estimated(estimates: &Value, draft: &mut Draft) {
    for estimate in each(estimates) {
        let part = |key: &str| text(&estimate["value"][key]).or_else(|| text(&estimate[key]));
        let ends = (
            part("minValue").or_else(|| part("percentile10")),
            part("maxValue").or_else(|| part("percentile90")),
        );
        let amounts = match ends {
            (Some(min), Some(max)) => Some(format!("{min} – {max}")),
            (min, max) => min
                .or(max)
                .or_else(|| part("median"))
                .or_else(|| part("value")),
        };
        let amounts = amounts.or_else(|| estimate.as_str().map(str::to_owned));
        let around = [part("currency"), part("unitText")].map(Option::unwrap_or_default);
        let stated = amounts.map(|amounts| format!("{amounts} {}", around.join(" ")));
        let stated = stated.map(|stated| stated.trim().to_owned());
        draft
            .extras
            .extend(stated.map(|pay| ("Estimated pay", pay)));
    }
}
