//! Pay as stated by the source, never converted.

use std::fmt;

use iso_currency::Currency;

use super::posting::words;

/// A pay range.
#[derive(Debug, Clone, PartialEq)]
pub struct Salary {
    /// Lower end.
    pub min: Option<f64>,
    /// Upper end.
    pub max: Option<f64>,
    /// ISO 4217 currency.
    pub currency: Currency,
    /// Period that the amounts are paid for.
    pub per: Period,
    /// Location to which this range applies, if pay differs by location.
    pub location: Option<String>,
}

impl Salary {
    /// Keys of its TOML table.
    pub const KEYS: &'static [&'static str] = &["min", "max", "currency", "per", "location"];
}

words! {
    /// Pay period.
    Period {
        /// An hour.
        Hour = "hour",
        /// A day.
        Day = "day",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// A year.
        Year = "year",
    }
}

impl Period {
    /// The period with its article: `an hour`, `a year`.
    pub fn each(self) -> &'static str {
        match self {
            Self::Hour => "an hour",
            Self::Day => "a day",
            Self::Week => "a week",
            Self::Month => "a month",
            Self::Year => "a year",
        }
    }
}

impl fmt::Display for Salary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = match (self.min, self.max) {
            (Some(min), Some(max)) if min < max => format!("{}–{}", grouped(min), grouped(max)),
            (Some(only), _) | (None, Some(only)) => grouped(only),
            (None, None) => "unstated".to_owned(),
        };
        write!(f, "{amount} {} {}", self.currency.code(), self.per.each())?;
        self.location
            .as_ref()
            .map_or(Ok(()), |place| write!(f, " ({place})"))
    }
}

/// Groups digits: `120000` → `120,000`. Cents are shown only if there are any.
pub fn grouped(amount: f64) -> String {
    let text = if amount.fract() == 0.0 {
        format!("{amount:.0}")
    } else {
        format!("{amount:.2}")
    };
    let (whole, cents) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, cents)| (whole, Some(cents)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(cents) = cents {
        out.push('.');
        out.push_str(cents);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_person_would_write_it() {
        let salary = Salary {
            min: Some(120_000.0),
            max: Some(150_000.5),
            currency: Currency::USD,
            per: Period::Year,
            location: Some("Seattle".into()),
        };
        assert_eq!(
            salary.to_string(),
            "120,000–150,000.50 USD a year (Seattle)"
        );
    }
}
