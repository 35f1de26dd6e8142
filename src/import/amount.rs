//! Pay in feeds: numbers, texts, cents, and zero for unknown.

use iso_currency::Currency;

use super::vocabulary;
use crate::board::number::{self, Money};
use crate::board::{Period, Salary};

/// One end of a pay range in a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Amount {
    /// Absent or zero.
    #[default]
    Unknown,
    /// A number.
    Number(f64),
    /// A text that should contain one.
    Written(String),
}

impl Amount {
    /// Amount in a text.
    pub(super) fn written(text: &str) -> Self {
        let text = text.trim();
        let zero = number::digits(text).is_some_and(|read| read.value == 0.0);
        if text.is_empty() || zero {
            return Self::Unknown;
        }
        Self::Written(text.to_owned())
    }

    /// Text of the amount.
    fn as_text(&self) -> Option<String> {
        match self {
            Self::Unknown => None,
            Self::Number(amount) => Some(amount.to_string()),
            Self::Written(text) => Some(text.clone()),
        }
    }
}

impl From<Option<f64>> for Amount {
    /// Feeds use zero for unknown.
    fn from(amount: Option<f64>) -> Self {
        amount
            .filter(|amount| amount.is_finite() && *amount > 0.0)
            .map_or(Self::Unknown, Self::Number)
    }
}

/// A pay range, if it is complete: an amount, its currency and its period.
pub(super) fn range(
    (min, max): (Amount, Amount),
    currency: &str,
    per: Option<Period>,
) -> Option<Salary> {
    let mut terms = Terms {
        currency: match currency.trim() {
            "" => None,
            named => Some(number::money(named)?.with(None)?),
        },
        per: per?,
    };
    let (min_value, _) = terms.read(&min)?;
    let (max_value, max_or_more) = terms.read(&max)?;
    // Ends in the wrong order are swapped.
    let (min, max) = match (min_value, max_value) {
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        pair => pair,
    };
    if max_or_more {
        return None;
    }
    min.or(max)?;
    Some(Salary {
        min,
        max,
        currency: terms.currency?,
        per: terms.per,
        location: None,
    })
}

/// Currency and period shared by both ends of a range.
struct Terms {
    currency: Option<Currency>,
    per: Period,
}

impl Terms {
    /// Amount of one end, and whether it is followed by `+`. `None` if it is ambiguous.
    fn read(&mut self, end: &Amount) -> Option<(Option<f64>, bool)> {
        match end {
            Amount::Unknown => Some((None, false)),
            Amount::Number(amount) => Some((Some(*amount), false)),
            Amount::Written(text) => {
                let read = number::amount(text)?;
                if read.money != Money::Unnamed {
                    self.currency = Some(read.money.with(self.currency)?);
                }
                let amount = read.number.paid(self.currency, self.per)?;
                Some((Some(amount), read.or_more))
            }
        }
    }
}

/// Pay in a text, if all of it is understood: `$60,000 - $75,000 per year`, `€45k`. Missing parts come from other
/// fields.
pub(super) fn in_words(text: &str, currency: &str, per: Option<Period>) -> Option<Salary> {
    let (text, said) = without_period(text.trim());
    let text = text.trim_matches([',', ' ']);
    let (min, max) = ends(text)?;
    let per = match (said, per) {
        (Some(said), Some(per)) if said != per => return None,
        (said, per) => said.or(per),
    };
    range((min, max), currency, per)
}

/// Splits off a period at the end of a text: `per year`, `/ hour`, `a month`, `p.a.`.
fn without_period(text: &str) -> (&str, Option<Period>) {
    let lower = text.to_ascii_lowercase();
    for (end, per) in [
        ("p.a.", Period::Year),
        ("p.m.", Period::Month),
        ("p.h.", Period::Hour),
    ] {
        if lower.ends_with(end) {
            return (&text[..text.len() - end.len()], Some(per));
        }
    }
    let Some(at) = text.rfind(|c: char| c.is_whitespace() || c == '/') else {
        return (text, None);
    };
    let Some(per) = vocabulary::period(&text[at..]) else {
        return (text, None);
    };
    let before = text[..at].trim_end_matches(['/', ' ']);
    let (start, last) = before.rsplit_once(' ').unwrap_or(("", before));
    let joins = matches!(
        last.to_lowercase().as_str(),
        "per"
            | "a"
            | "an"
            | "/"
            | "pro"
            | "je"
            | "im"
            | "par"
            | "por"
            | "al"
            | "à"
            | "ao"
            | "pr"
            | "i"
    );
    let before = if joins { start } else { before };
    (without_gross(before), Some(per))
}

/// Removes a word for pay before taxes, which pay is if nothing else is said.
fn without_gross(text: &str) -> &str {
    match text.trim_end().rsplit_once(' ') {
        Some((rest, last))
            if matches!(
                last.to_lowercase().as_str(),
                "gross" | "brutto" | "brut" | "bruts" | "bruto" | "brutos" | "lordo" | "lordi"
            ) =>
        {
            rest
        }
        _ => text,
    }
}

/// Both ends of a range in a text, or its only amount.
fn ends(text: &str) -> Option<(Amount, Amount)> {
    let lower = text.to_lowercase();
    let starting = ["from ", "starting at ", "ab "];
    let limiting = ["up to ", "bis zu "];
    let between = ["between ", "from "];
    let after = |starts: &[&str]| {
        let start = starts.iter().find(|start| lower.starts_with(**start))?;
        text.get(start.len()..)
    };
    let bare = after(&between).unwrap_or(text);
    for separator in [" - ", " – ", " — ", " to ", " bis ", " and ", "-", "–", "—"] {
        // The dash of `60.000,-` is not a separator.
        let Some((min, max)) = bare.split_once(separator) else {
            continue;
        };
        if let (Some(min), Some(max)) = (number::amount(min), number::amount(max)) {
            return Some(pair(bare, separator, min, max));
        }
    }
    if let Some(only) = after(&limiting) {
        number::amount(only)?;
        return Some((Amount::Unknown, Amount::written(only)));
    }
    if let Some(only) = after(&starting) {
        number::amount(only)?;
        return Some((Amount::written(only), Amount::Unknown));
    }
    let only = number::amount(text)?;
    let min = Amount::written(text);
    let max = if only.or_more {
        Amount::Unknown
    } else {
        min.clone()
    };
    Some((min, max))
}

/// Both ends; a `k` or a currency after the last applies to both: `50-60k EUR`.
fn pair(
    text: &str,
    separator: &str,
    min: number::Amount<'_>,
    max: number::Amount<'_>,
) -> (Amount, Amount) {
    let (first, last) = text.split_once(separator).unwrap_or((text, ""));
    let thousands = |text: &str| text.contains(['k', 'K']) && !text.contains("Kč");
    let both = Amount::written(last);
    let small = min.number.value * 1000.0 <= max.number.value && min.number.value < 1000.0;
    if thousands(last) && !first.contains(char::is_alphabetic) && small {
        return (Amount::Written(format!("{}k", first.trim())), both);
    }
    (Amount::written(first), both)
}

/// Range of a line with pay for one location: `USA, WA, Seattle - 151,300.00 - 261,500.00 USD annually`.
pub(super) fn per_location(line: &str) -> Option<Salary> {
    let (rest, tail) = line.trim().rsplit_once(" - ")?;
    let (place, min) = rest.rsplit_once(" - ")?;
    let mut words = tail.split_whitespace();
    let max = words.next()?;
    let (currency, per) = (words.next()?, vocabulary::period(words.next()?));
    let place = place.trim_start_matches(['-', ' ']);
    let mut range = range((Amount::written(min), Amount::written(max)), currency, per)?;
    range.location = Some(place.to_owned());
    Some(range)
}

/// The range as text, if it is incomplete.
pub(super) fn stated((min, max): (&Amount, &Amount), around: &str) -> Option<String> {
    let amounts = match (min.as_text(), max.as_text()) {
        (Some(min), Some(max)) if min != max => format!("{min} – {max}"),
        (Some(only), _) | (None, Some(only)) => only,
        (None, None) => return None,
    };
    Some(format!("{amounts} {around}").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(amount: f64) -> Amount {
        Some(amount).into()
    }

    #[test]
    fn zero_is_unknown_and_ambiguous_pay_is_not_guessed() {
        let per = Some(Period::Year);
        assert_eq!(range((number(0.0), number(0.0)), "USD", per), None);
        assert_eq!(
            range((Amount::written("0.00"), Amount::Unknown), "USD", per),
            None
        );
        assert_eq!(range((number(1.0), Amount::Unknown), "", per), None);
        assert_eq!(range((number(1.0), Amount::Unknown), "USD", None), None);
        let turned = range((number(9.0), number(5.0)), "eur", per).unwrap();
        assert_eq!((turned.min, turned.max), (Some(5.0), Some(9.0)));
        assert_eq!(
            stated((&number(18.0), &number(22.5)), "USD").as_deref(),
            Some("18 – 22.5 USD")
        );
    }

    #[test]
    fn a_text_counts_with_the_fields_beside_it() {
        let year = Some(Period::Year);
        let read = |min: &str, currency: &str, per| {
            let range = range((Amount::written(min), Amount::Unknown), currency, per)?;
            Some((range.min?, range.currency.code()))
        };
        assert_eq!(read("60.000", "EUR", year), Some((60_000.0, "EUR")));
        assert_eq!(read("60.000", "EUR", Some(Period::Hour)), None);
        assert_eq!(read("$60,000", "USD", year), Some((60_000.0, "USD")));
        assert_eq!(read("$60,000", "", year), None);
        assert_eq!(read("€60,000", "USD", year), None);
        assert_eq!(read("£45k", "", year), Some((45_000.0, "GBP")));
        assert_eq!(read("60000+", "USD", year), Some((60_000.0, "USD")));
        assert_eq!(read("competitive", "USD", year), None);
    }

    #[test]
    fn pay_in_words_is_read_only_where_all_of_it_is_understood() {
        for (text, currency, told) in [
            (
                "$60,000 - $75,000 per year",
                "USD",
                "60,000–75,000 USD a year",
            ),
            ("€60.000 – 75.000 pro Jahr", "", "60,000–75,000 EUR a year"),
            ("60 000 – 75 000 € par an", "", "60,000–75,000 EUR a year"),
            ("25,50 €/Stunde", "", "25.50 EUR an hour"),
            ("ab 3.500 € brutto/Monat", "", "3,500 EUR a month"),
            ("35.000 € brutos al año", "", "35,000 EUR a year"),
            ("2.400 € netto im Monat", "", ""),
            ("£45k–55k a year", "", "45,000–55,000 GBP a year"),
            ("50-60k EUR / year", "", "50,000–60,000 EUR a year"),
            ("EUR 20 - 24 / hour", "", "20–24 EUR an hour"),
            ("up to 90 000 SEK per month", "", "90,000 SEK a month"),
            ("from 12 000 zł a month", "", "12,000 PLN a month"),
            ("€55,000 p.a.", "", "55,000 EUR a year"),
            ("$60,000 per year", "", ""),
            ("€60,000", "", ""),
            ("€60,000 per year plus equity", "", ""),
            ("competitive", "EUR", ""),
        ] {
            let read = in_words(text, currency, None);
            let read = read.map(|pay| pay.to_string()).unwrap_or_default();
            assert_eq!(read, told, "{text}");
        }
        let beside = in_words("€60,000", "", Some(Period::Year)).unwrap();
        assert_eq!(beside.to_string(), "60,000 EUR a year");
    }

    #[test]
    fn pay_may_differ_by_location() {
        let pay = per_location("USA, WA, Seattle - 151,300.00 - 261,500.00 USD annually").unwrap();
        assert_eq!(pay.location.as_deref(), Some("USA, WA, Seattle"));
        assert_eq!(
            (pay.min, pay.max, pay.per),
            (Some(151_300.0), Some(261_500.0), Period::Year)
        );
        assert_eq!(per_location("Work - 5 - 6 days a week"), None);
    }
}
