//! Compact pay: `€90–120k`, `$45/h`.

use crate::board::Salary;
use crate::board::money::{amount, per, range, symbol};

/// Pay of a posting: the span over all ranges if they share currency and period, else the first range with a sign that
/// there are more. `None` without an amount.
pub fn compact_pay(salaries: &[Salary]) -> Option<String> {
    let mut known = salaries
        .iter()
        .filter(|salary| salary.min.is_some() || salary.max.is_some());
    let first = known.next()?;
    let (mut min, mut max) = (first.min, first.max);
    let mut more = "";
    for other in known {
        if (other.currency, other.per) != (first.currency, first.per) {
            more = " …";
            continue;
        }
        // A range with an open end makes the span open.
        min = min.zip(other.min).map(|(one, other)| one.min(other));
        max = max.zip(other.max).map(|(one, other)| one.max(other));
    }
    let (symbol, per) = (symbol(first.currency), per(first.per));
    let amount = match (min, max) {
        (Some(min), Some(max)) if min < max => format!("{symbol}{}", range(min, max)),
        (Some(only), Some(_)) => format!("{symbol}{}", amount(only)),
        (Some(min), None) => format!("{symbol}{}+", amount(min)),
        (None, Some(max)) => format!("≤{symbol}{}", amount(max)),
        (None, None) => return None,
    };
    Some(format!("{amount}{per}{more}"))
}

#[cfg(test)]
mod tests {
    use iso_currency::Currency;

    use super::*;
    use crate::board::Period;

    fn salary(min: Option<f64>, max: Option<f64>, currency: Currency, per: Period) -> Salary {
        Salary {
            min,
            max,
            currency,
            per,
            location: None,
        }
    }

    #[test]
    fn pay_is_as_short_as_it_gets() {
        use Period::{Day, Hour, Month, Year};
        for (min, max, currency, per, shown) in [
            (Some(90e3), Some(120e3), Currency::EUR, Year, "€90–120k"),
            (Some(45.0), None, Currency::USD, Hour, "$45+/h"),
            (Some(45.0), Some(45.0), Currency::USD, Hour, "$45/h"),
            (Some(22.5), Some(30.0), Currency::USD, Hour, "$22.50–30/h"),
            (Some(84_500.0), None, Currency::GBP, Year, "£84.5k+"),
            (None, Some(131_400.0), Currency::CAD, Year, "≤CA$131k"),
            (Some(950e3), Some(1.2e6), Currency::INR, Year, "₹950k–1.2M"),
            (Some(1.2e6), Some(2.0e6), Currency::INR, Year, "₹1.2–2M"),
            (Some(4_250.0), None, Currency::CHF, Month, "CHF 4,250+/mo"),
            (Some(999_999.0), None, Currency::JPY, Year, "¥1M+"),
            (Some(99_999.0), None, Currency::EUR, Year, "€100k+"),
            (Some(1_999.6), None, Currency::EUR, Day, "€2,000+/d"),
        ] {
            let pay = compact_pay(&[salary(min, max, currency, per)]);
            assert_eq!(pay.as_deref(), Some(shown));
        }
    }

    #[test]
    fn pay_by_place_is_one_span() {
        let year = |min, max, currency| salary(min, max, currency, Period::Year);
        let (low, high) = (
            year(Some(90e3), Some(110e3), Currency::USD),
            year(Some(100e3), Some(140e3), Currency::USD),
        );
        let pay = compact_pay(&[low.clone(), high.clone()]);
        assert_eq!(pay.as_deref(), Some("$90–140k"));
        let euros = year(Some(80e3), Some(95e3), Currency::EUR);
        let pay = compact_pay(&[low.clone(), euros]);
        assert_eq!(pay.as_deref(), Some("$90–110k …"));
        let open = year(Some(150e3), None, Currency::USD);
        assert_eq!(compact_pay(&[low, open]).as_deref(), Some("$90k+"));
        let nothing = year(None, None, Currency::USD);
        assert_eq!(compact_pay(&[nothing]), None);
        assert_eq!(compact_pay(&[]), None);
    }
}
