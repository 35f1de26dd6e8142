//! Parses the dates, ages and amounts of money in terms.

use iso_currency::Currency;
use jiff::civil::Weekday;

use super::{Test, dates};
use crate::board::number::{self, Money};
use crate::board::{Date, Period, Years};

/// Comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Comparison {
    const SIGNS: [(&'static str, Self); 5] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
        ("=", Self::Equal),
    ];

    /// Parses an operator at the start of a text.
    pub fn strip(text: &str) -> Option<(Self, &str)> {
        let found = |&(sign, op)| text.strip_prefix(sign).map(|rest| (op, rest));
        Self::SIGNS.iter().find_map(found)
    }

    /// The operator as typed.
    pub fn sign(self) -> &'static str {
        let same = |&&(_, op): &&(&'static str, Self)| op == self;
        Self::SIGNS.iter().find(same).map_or("=", |(sign, _)| sign)
    }

    /// Evaluates the comparison of `left` with `right`.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }
}

/// A test of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateTest {
    /// Days from today: since `posted`, until `closes`.
    Days(Comparison, i64),
    /// A calendar date.
    Day(Comparison, Date),
    /// A day of the week: the last one, or the next one for dates to come. Today counts.
    Weekday(Comparison, Weekday),
    /// From the first to the last day of a month or a year.
    Between(Date, Date),
}

impl DateTest {
    /// The same test with a day of the week as the date it means today; `ahead` for dates to come.
    #[must_use]
    pub fn resolved(self, ahead: bool, today: Date) -> Self {
        match self {
            Self::Weekday(op, weekday) => {
                let day = if ahead {
                    today
                        .yesterday()
                        .and_then(|day| day.nth_weekday(1, weekday))
                } else {
                    today
                        .tomorrow()
                        .and_then(|day| day.nth_weekday(-1, weekday))
                };
                // Only the first and last week of the calendar lack a neighbour.
                Self::Day(op, day.unwrap_or(today))
            }
            other => other,
        }
    }
}

/// A test of pay, in the posting's own currency and per year unless stated otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SalaryTest {
    /// Operator.
    pub op: Comparison,
    /// Amount.
    pub amount: f64,
    /// Upper end of a range that begins with `amount`, which the pay overlaps.
    pub most: Option<f64>,
    /// Currency; `None` means the posting's own.
    pub currency: Option<Currency>,
    /// Pay period.
    pub per: Period,
}

/// A test of the years of experience that a posting requires at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearsTest {
    /// How the years compare.
    pub op: Comparison,
    /// To how many.
    pub years: u8,
    /// Upper end of a range that begins with `years`.
    pub most: Option<u8>,
}

/// Why a value could not be parsed.
pub(super) enum Unread {
    /// It is unfinished.
    Unfinished,
    /// It is invalid.
    Wrong(String),
}

pub(super) const DATE_HELP: &str =
    "an age such as <14d, a day such as friday, or a date such as >2026-01-31 or 2026-01";
pub(super) const SALARY_HELP: &str =
    "an amount such as >120k or >120kEUR/year, or a range such as 50k-80k";

pub(super) const YEARS_HELP: &str = "years of experience such as <=3 or 3-5";

/// Parses years of experience. One number is a value like any other.
pub(super) fn years(text: &str) -> Result<Test, Unread> {
    if let Some((low, high)) = range_ends(text) {
        if high.is_empty() {
            return Err(Unread::Unfinished);
        }
        let (years, most) = (years_number(low, text)?, years_number(high, text)?);
        if years > most {
            return Err(Unread::Wrong(format!("`{text}` is not {YEARS_HELP}")));
        }
        return Ok(Test::Years(YearsTest {
            op: Comparison::AtLeast,
            years,
            most: Some(most),
        }));
    }
    let (op, rest) = match Comparison::strip(text) {
        None | Some((Comparison::Equal, _)) => (None, text.strip_prefix('=').unwrap_or(text)),
        Some((op, rest)) => (Some(op), rest),
    };
    let years = years_number(rest, rest)?;
    Ok(match op {
        Some(op) => Test::Years(YearsTest {
            op,
            years,
            most: None,
        }),
        None => Test::Equals(years.to_string()),
    })
}

fn years_number(written: &str, whole: &str) -> Result<u8, Unread> {
    let digits = written.trim_matches('"').trim_end_matches(['+', 'y']);
    if digits.is_empty() {
        return Err(Unread::Unfinished);
    }
    match digits.parse::<u8>() {
        Ok(years) if years <= Years::MOST => Ok(years),
        _ => Err(Unread::Wrong(format!("`{whole}` is not {YEARS_HELP}"))),
    }
}

/// Both ends of a range: `3-5`, `50k–80k`.
fn range_ends(text: &str) -> Option<(&str, &str)> {
    let (low, high) = text.split_once(['-', '\u{2013}'])?;
    let begins = low.starts_with(|c: char| !matches!(c, '<' | '>' | '='));
    begins.then_some((low, high))
}

/// Parses a date test; `ahead` counts days into the future.
pub(super) fn date(text: &str, ahead: bool) -> Result<DateTest, Unread> {
    let sign = Comparison::strip(text);
    let (op, rest) = sign.unwrap_or((Comparison::Equal, text));
    if let Some(days) = named_days(rest, ahead) {
        // `posted:week` means within a week, `posted:yesterday` that day.
        let within = sign.is_none() && days > 1;
        let op = if within { Comparison::AtMost } else { op };
        return Ok(DateTest::Days(op, days));
    }
    if let Ok(day) = rest.parse::<Date>() {
        return Ok(DateTest::Day(op, day));
    }
    if let Some((first, last)) = dates::calendar_span(rest) {
        return Ok(match op {
            Comparison::Equal => DateTest::Between(first, last),
            Comparison::Less | Comparison::AtLeast => DateTest::Day(op, first),
            Comparison::AtMost | Comparison::More => DateTest::Day(op, last),
        });
    }
    if rest.len() == "2026-01-31".len() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return Err(Unread::Wrong(format!("`{rest}` is no day of the calendar")));
    }
    if let Some(weekday) = dates::weekday(&rest.trim().to_lowercase()) {
        return Ok(DateTest::Weekday(op, weekday));
    }
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let unit = match &rest[digits..] {
        "d" => 1,
        "w" => 7,
        "m" => 30,
        "y" => 365,
        rest if rest.chars().all(|c| c.is_ascii_digit() || c == '-') => {
            return Err(Unread::Unfinished);
        }
        _ if WORDS
            .iter()
            .any(|word| word.starts_with(&rest.to_lowercase())) =>
        {
            return Err(Unread::Unfinished);
        }
        _ => return Err(Unread::Wrong(format!("`{rest}` is not {DATE_HELP}"))),
    };
    match rest[..digits].parse::<i64>() {
        Ok(count) if count < 100_000 => Ok(DateTest::Days(op, count * unit)),
        _ => Err(Unread::Wrong(format!("`{rest}` is not {DATE_HELP}"))),
    }
}

/// Words that start a date.
const WORDS: [&str; 12] = [
    "today",
    "yesterday",
    "tomorrow",
    "week",
    "month",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Days from today denoted by words: `today`, `yesterday`, `week`, `2 weeks`.
fn named_days(text: &str, ahead: bool) -> Option<i64> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "today" => return Some(0),
        "yesterday" if !ahead => return Some(1),
        "tomorrow" if ahead => return Some(1),
        _ => {}
    }
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - unit.len()];
    let count = if digits.is_empty() {
        1
    } else {
        digits.parse().ok()?
    };
    let days = match unit.trim_start() {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        "month" | "months" => 30,
        "year" | "years" => 365,
        _ => return None,
    };
    (count < 100_000).then_some(count * days)
}

/// Parses pay: an amount, or a range.
pub(super) fn salary(text: &str) -> Result<SalaryTest, Unread> {
    let Some((low, high)) = range_ends(text) else {
        return amount(text);
    };
    if high.is_empty() {
        return Err(Unread::Unfinished);
    }
    let (from, to) = (amount(low)?, amount(high)?);
    // `50-80k`
    let is_short = |end: &str| !end.contains(['k', 'K', 'm', 'M']);
    let factor = if is_short(low) && high.contains(['k', 'K']) && from.amount < 1e3 {
        1e3
    } else {
        1.0
    };
    let least = from.amount * factor;
    let currency = to.currency.or(from.currency);
    if least > to.amount || from.currency.is_some_and(|own| currency != Some(own)) {
        return Err(Unread::Wrong(format!("`{text}` is not {SALARY_HELP}")));
    }
    Ok(SalaryTest {
        op: Comparison::AtLeast,
        amount: least,
        most: Some(to.amount),
        currency,
        per: to.per,
    })
}

fn amount(text: &str) -> Result<SalaryTest, Unread> {
    let wrong = || Unread::Wrong(format!("`{text}` is not {SALARY_HELP}"));
    let (op, rest) = Comparison::strip(text).unwrap_or((Comparison::AtLeast, text));
    if rest.is_empty() {
        return Err(Unread::Unfinished);
    }
    let (sign, rest) = currency_sign(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_' | '\''));
    let (digits, rest) = rest.split_at(end.unwrap_or(rest.len()));
    if rest.is_empty() && digits.ends_with(['.', ',', '_', '\'']) {
        return Err(Unread::Unfinished);
    }
    let number = number::digits(digits).ok_or_else(wrong)?;
    let (factor, rest) = match rest.chars().next() {
        Some('k' | 'K') => (1e3, &rest[1..]),
        // Before a currency such as MXN the letter is part of the currency.
        Some('m' | 'M')
            if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic())
                || rest.len() > 3 && !rest[3..].starts_with('/') =>
        {
            (1e6, &rest[1..])
        }
        _ => (1.0, rest),
    };
    // `salary:60000+`
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let (code, per) = rest
        .split_once('/')
        .map_or((rest, None), |(code, per)| (code, Some(per)));
    let currency = match code.len() {
        0 => None,
        1 | 2 if code.chars().all(char::is_alphabetic) => return Err(Unread::Unfinished),
        _ => Some(Currency::from_code(&code.to_uppercase()).ok_or_else(wrong)?),
    };
    let currency = match (sign, currency) {
        (Money::Shared(sign), None) => {
            let help =
                format!("`{sign}` is the sign of several currencies; name one, as in 60kUSD");
            return Err(Unread::Wrong(help));
        }
        (sign, None) => sign.with(None),
        (sign, named) => Some(sign.with(named).ok_or_else(wrong)?),
    };
    let per = match per {
        None => Period::Year,
        Some(word) => Period::from_word(word).ok_or_else(|| {
            let begins = Period::WORDS.iter().any(|period| period.starts_with(word));
            if begins { Unread::Unfinished } else { wrong() }
        })?,
    };
    let paid = if factor > 1.0 && number.or.is_some() {
        None
    } else {
        number.paid(currency, per)
    };
    let amount = paid.ok_or_else(|| {
        let or = number.or.unwrap_or_default() * factor;
        let either = format!("{} or {or}", number.value * factor);
        Unread::Wrong(format!(
            "`{digits}` may mean {either}; write it without the full stop"
        ))
    })?;
    Ok(SalaryTest {
        op,
        amount: amount * factor,
        most: None,
        currency,
        per,
    })
}

/// Currency sign at the start of an amount, and the rest.
fn currency_sign(text: &str) -> (Money<'_>, &str) {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let sign = number::money(&text[..digits]);
    sign.map_or((Money::Unnamed, text), |sign| (sign, &text[digits..]))
}
