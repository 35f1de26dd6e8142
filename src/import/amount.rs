//! Pay, as feeds write amounts: numbers, strings, cents, and zero for unknown.

use iso_currency::Currency;

use super::word;
use crate::board::{Period, Salary};

/// A pay range, if it says enough to be one: an amount, its currency and what it is paid for.
pub(super) fn range(
    (min, max): (Option<f64>, Option<f64>),
    currency: &str,
    per: Option<Period>,
) -> Option<Salary> {
    let (min, max) = (known(min), known(max));
    // The wrong way round they are still the same two amounts.
    let (min, max) = match (min, max) {
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        pair => pair,
    };
    min.or(max)?;
    Some(Salary {
        min,
        max,
        currency: Currency::from_code(currency.trim().to_ascii_uppercase().as_str())?,
        per: per?,
        location: None,
    })
}

/// The range in a line that gives it for one place: `USA, WA, Seattle - 151,300.00 - 261,500.00 USD annually`.
pub(super) fn per_location(line: &str) -> Option<Salary> {
    let (rest, tail) = line.trim().rsplit_once(" - ")?;
    let (place, min) = rest.rsplit_once(" - ")?;
    let mut words = tail.split_whitespace();
    let max = number(words.next()?)?;
    let (currency, per) = (words.next()?, word::period(words.next()?));
    let place = place.trim_start_matches(['-', ' ']);
    let mut range = range((number(min), Some(max)), currency, per)?;
    range.location = Some(place.to_owned());
    Some(range)
}

/// The range in words, for where it does not say enough to be one.
pub(super) fn stated((min, max): (Option<f64>, Option<f64>), around: &str) -> Option<String> {
    let amounts = match (known(min), known(max)) {
        (Some(min), Some(max)) if min.total_cmp(&max).is_ne() => format!("{min} – {max}"),
        (Some(only), _) | (None, Some(only)) => only.to_string(),
        (None, None) => return None,
    };
    Some(format!("{amounts} {around}").trim().to_owned())
}

/// Zero is how feeds say that they do not know.
fn known(amount: Option<f64>) -> Option<f64> {
    amount.filter(|amount| amount.is_finite() && *amount > 0.0)
}

/// The amount in a text that holds nothing else: `75000`, `75,000.50`.
pub(super) fn number(written: &str) -> Option<f64> {
    let written = written.trim();
    let (whole, cents) = written.split_once('.').unwrap_or((written, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().next().is_some();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = !first.is_empty()
        && digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && digits(group))
        && digits(cents);
    if shaped {
        written.replace(',', "").parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_unknown_and_nothing_is_guessed() {
        let per = Some(Period::Year);
        assert_eq!(range((Some(0.0), Some(0.0)), "USD", per), None);
        assert_eq!(range((Some(1.0), None), "", per), None);
        assert_eq!(range((Some(1.0), None), "USD", None), None);
        let turned = range((Some(9.0), Some(5.0)), "eur", per).unwrap();
        assert_eq!((turned.min, turned.max), (Some(5.0), Some(9.0)));
        assert_eq!(
            stated((Some(18.0), Some(22.5)), "USD").as_deref(),
            Some("18 – 22.5 USD")
        );
    }

    #[test]
    fn pay_may_be_told_for_each_place() {
        let pay = per_location("USA, WA, Seattle - 151,300.00 - 261,500.00 USD annually").unwrap();
        assert_eq!(pay.location.as_deref(), Some("USA, WA, Seattle"));
        assert_eq!(
            (pay.min, pay.max, pay.per),
            (Some(151_300.0), Some(261_500.0), Period::Year)
        );
        assert_eq!(per_location("Work - 5 - 6 days a week"), None);
    }

    #[test]
    fn a_number_is_one_however_it_is_grouped() {
        for (written, read) in [
            ("75000", Some(75_000.0)),
            ("75,000.50", Some(75_000.5)),
            ("1,000,000", Some(1_000_000.0)),
            ("75,00", None),
            ("$5", None),
            ("", None),
            ("1e9", None),
            ("-5", None),
        ] {
            assert_eq!(number(written), read, "{written}");
        }
    }
}
