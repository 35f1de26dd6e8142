//! Short amounts of money: `€90–120k`, `$45`.

use iso_currency::Currency;

use super::salary::grouped;
use super::{Period, Salary};

/// Sign of a currency, or its code and a space.
pub fn symbol(currency: Currency) -> String {
    match currency {
        Currency::USD => "$".to_owned(),
        Currency::EUR => "€".to_owned(),
        Currency::GBP => "£".to_owned(),
        Currency::JPY => "¥".to_owned(),
        Currency::INR => "₹".to_owned(),
        Currency::CAD => "CA$".to_owned(),
        Currency::AUD => "A$".to_owned(),
        other => format!("{} ", other.code()),
    }
}

/// Sign of a pay period; a year has none.
pub fn per(period: Period) -> &'static str {
    match period {
        Period::Hour => "/h",
        Period::Day => "/d",
        Period::Week => "/wk",
        Period::Month => "/mo",
        Period::Year => "",
    }
}

/// Both ends, with a shared unit written once.
pub fn range(min: f64, max: f64) -> String {
    let (low, high) = (amount(min), amount(max));
    let unit = |text: &str| text.chars().last().filter(char::is_ascii_alphabetic);
    match unit(&low) {
        Some(shared) if unit(&high) == Some(shared) => {
            format!("{}–{high}", low.trim_end_matches(shared))
        }
        _ => format!("{low}–{high}"),
    }
}

/// Millions with one decimal, thousands with as many as needed, small amounts in full.
pub fn amount(amount: f64) -> String {
    let decimal = |value: f64, unit: &str| {
        let text = format!("{value:.1}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        format!("{text}{unit}")
    };
    if amount >= 999_500.0 {
        decimal(amount / 1e6, "M")
    } else if amount >= 99_950.0 {
        format!("{:.0}k", amount / 1e3)
    } else if amount >= 10_000.0 {
        decimal(amount / 1e3, "k")
    } else if amount >= 1_000.0 {
        let rounded = amount.round();
        format!("{:.0},{:03.0}", (rounded / 1e3).floor(), rounded % 1e3)
    } else if amount.fract() == 0.0 {
        format!("{amount:.0}")
    } else {
        format!("{amount:.2}")
    }
}

impl Salary {
    /// Pay as a sentence would put it, unlike [`Display`](std::fmt::Display), which hashes on disk depend on:
    /// `€90,000–120,000 a year`, `from $45 an hour`.
    pub fn spoken(&self) -> String {
        let symbol = symbol(self.currency);
        let amount = match (self.min, self.max) {
            (Some(min), Some(max)) if min < max => {
                format!("{symbol}{}–{}", grouped(min), grouped(max))
            }
            (Some(only), Some(_)) => format!("{symbol}{}", grouped(only)),
            (Some(min), None) => format!("from {symbol}{}", grouped(min)),
            (None, Some(max)) => format!("up to {symbol}{}", grouped(max)),
            (None, None) => symbol.trim_end().to_owned(),
        };
        let place = self.location.as_ref();
        let place = place.map_or_else(String::new, |place| format!(" ({place})"));
        format!("{amount} {}{place}", self.per.each())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_spoken_with_the_sign_of_its_currency() {
        for (min, max, currency, per, spoken) in [
            (
                Some(9e4),
                Some(12e4),
                Currency::EUR,
                Period::Year,
                "€90,000–120,000 a year",
            ),
            (
                Some(45.5),
                None,
                Currency::USD,
                Period::Hour,
                "from $45.50 an hour",
            ),
            (
                None,
                Some(9e5),
                Currency::SEK,
                Period::Month,
                "up to SEK 900,000 a month",
            ),
            (
                Some(500.0),
                Some(500.0),
                Currency::GBP,
                Period::Day,
                "£500 a day",
            ),
        ] {
            let salary = Salary {
                min,
                max,
                currency,
                per,
                location: None,
            };
            assert_eq!(salary.spoken(), spoken);
        }
    }
}
