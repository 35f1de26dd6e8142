//! Parses amounts of money in many notations: `60.000`, `60 000`, `85'000`, `25,50`, `1,20,000`, `$60,000`, `60k`.
//!
//! If a text is ambiguous, both readings are returned: the parser never guesses.

use iso_currency::Currency;

use super::Period;

/// White space used as a thousands separator.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];
/// Signs of a single currency. A sign that is a prefix of a longer one comes after it.
const SIGNS: &[(&str, Currency)] = &[
    ("US$", Currency::USD),
    ("CA$", Currency::CAD),
    ("C$", Currency::CAD),
    ("AU$", Currency::AUD),
    ("A$", Currency::AUD),
    ("NZ$", Currency::NZD),
    ("HK$", Currency::HKD),
    ("S$", Currency::SGD),
    ("R$", Currency::BRL),
    ("€", Currency::EUR),
    ("£", Currency::GBP),
    ("₹", Currency::INR),
    ("₩", Currency::KRW),
    ("₪", Currency::ILS),
    ("₺", Currency::TRY),
    ("₽", Currency::RUB),
    ("₴", Currency::UAH),
    ("₫", Currency::VND),
    ("₱", Currency::PHP),
    ("₦", Currency::NGN),
    ("฿", Currency::THB),
    ("zł", Currency::PLN),
    ("Kč", Currency::CZK),
    ("euros", Currency::EUR),
    ("euro", Currency::EUR),
];
/// Signs shared by several currencies.
const SHARED: [&str; 5] = ["$", "¥", "kr", "Rs.", "Rs"];
/// Multiplier suffixes.
const FACTORS: [(&str, f64); 4] = [("k", 1e3), ("K", 1e3), ("m", 1e6), ("M", 1e6)];

/// Readings of a run of digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The amount; if [`Number::or`] is set, the reading with a thousands separator.
    pub value: f64,
    /// The reading with a decimal separator, if possible: `60.000`.
    pub or: Option<f64>,
}

/// Currency named beside an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money<'a> {
    /// No currency is named.
    Unnamed,
    /// This currency.
    Known(Currency),
    /// One of several that share this sign.
    Shared(&'a str),
}

/// An amount and the text around its digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount<'a> {
    /// The amount.
    pub number: Number,
    /// Its currency.
    pub money: Money<'a>,
    /// Whether it is followed by `+`, as in "or more".
    pub or_more: bool,
}

impl Number {
    fn one(value: f64) -> Option<Self> {
        let or = None;
        value.is_finite().then_some(Self { value, or })
    }

    fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            or: self.or.map(|or| or * factor),
        }
    }

    /// The amount, if only one reading is plausible for this period and currency. No pay has three decimals, except in
    /// currencies whose unit has a thousand subunits.
    pub fn paid(self, currency: Option<Currency>, per: Period) -> Option<f64> {
        let thousandths = currency.is_some_and(|currency| currency.exponent() == Some(3));
        let long = !matches!(per, Period::Hour | Period::Day);
        (self.or.is_none() || long && !thousandths).then_some(self.value)
    }
}

impl Money<'_> {
    /// The currency, combined with one named elsewhere; `None` if they contradict each other or remain ambiguous.
    pub fn with(self, named: Option<Currency>) -> Option<Currency> {
        match (self, named) {
            (Self::Unnamed, named) => named,
            (Self::Known(known), None) => Some(known),
            (Self::Known(known), Some(named)) => (known == named).then_some(named),
            (Self::Shared(sign), named) => named.filter(|named| shares(*named, sign)),
        }
    }
}

fn shares(currency: Currency, sign: &str) -> bool {
    match sign {
        "¥" => matches!(currency, Currency::JPY | Currency::CNY),
        "$" => currency.symbol().to_string().ends_with('$'),
        "kr" => matches!(
            currency,
            Currency::SEK | Currency::NOK | Currency::DKK | Currency::ISK
        ),
        _ => matches!(
            currency,
            Currency::INR | Currency::PKR | Currency::LKR | Currency::NPR | Currency::MUR
        ),
    }
}

/// Parses a text that is only a number.
pub fn digits(text: &str) -> Option<Number> {
    let text = text.trim();
    let mut groups = Vec::new();
    let mut separators = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            continue;
        }
        let c = match c {
            '’' => '\'',
            c if SPACES.contains(&c) => ' ',
            '.' | ',' | '\'' | '_' => c,
            _ => return None,
        };
        groups.push(&text[start..at]);
        separators.push(c);
        start = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    groups.push(&text[start..]);
    if groups.iter().any(|group| group.is_empty()) {
        return None;
    }
    let Some((&last, before)) = separators.split_last() else {
        return Number::one(text.parse().ok()?);
    };
    let whole = groups.concat().parse().ok()?;
    let tail = groups[groups.len() - 1];
    let decimal = || format!("{}.{tail}", groups[..groups.len() - 1].concat()).parse::<f64>();
    let marks_decimals = matches!(last, '.' | ',');
    match before.first() {
        None if is_grouped(&groups, last) => match last {
            '.' => Some(Number {
                value: whole,
                or: Some(decimal().ok()?),
            }),
            _ => Number::one(whole),
        },
        None if last == '.' || last == ',' && (tail.len() <= 2 || groups[0] == "0") => {
            Number::one(decimal().ok()?)
        }
        Some(first) if before.iter().all(|one| one == first) => {
            if *first == last {
                is_grouped(&groups, last).then(|| Number::one(whole))?
            } else {
                let grouped = is_grouped(&groups[..groups.len() - 1], *first);
                (marks_decimals && grouped).then(|| Number::one(decimal().ok()?))?
            }
        }
        _ => None,
    }
}

/// Whether digits are grouped by threes, or by twos before a final three as in India.
fn is_grouped(groups: &[&str], separator: char) -> bool {
    let [first, middle @ .., last] = groups else {
        return false;
    };
    let threes = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
    let lakhs = separator == ','
        && !middle.is_empty()
        && first.len() <= 2
        && middle.iter().all(|group| group.len() == 2);
    last.len() == 3 && !first.starts_with('0') && (threes || lakhs)
}

/// Parses a text that is only an amount, with the currency before or after it.
pub fn amount(text: &str) -> Option<Amount<'_>> {
    let text = text.trim();
    let (before, rest) = match text.find(|c: char| c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => return None,
    };
    let end = rest.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (digits, mut behind) = rest.split_at(end);
    // A dash in place of the decimals: `60.000,-`.
    for none in [",-", ",–", ",—", ".-", ".–", ".—"] {
        behind = behind.strip_prefix(none).unwrap_or(behind);
    }
    let mut number = self::digits(digits)?;
    for (letter, factor) in FACTORS {
        // A letter before other letters is part of a word: 60 MXN.
        if let Some(rest) = behind.strip_prefix(letter)
            && !rest.starts_with(char::is_alphabetic)
        {
            number = number.times(factor);
            behind = rest;
            break;
        }
    }
    let mut or_more = false;
    let mut named = Vec::new();
    for around in [before, behind] {
        let around = around.trim();
        let bare = around.trim_matches('+').trim();
        or_more |= around.len() > bare.len();
        if !bare.is_empty() {
            named.push(money(bare)?);
        }
    }
    if before.contains('+') {
        return None;
    }
    let money = match named[..] {
        [] => Money::Unnamed,
        [only] => only,
        // A sign and a code: `$60,000 USD`.
        [sign, code] => Money::Known(match (sign, code) {
            (Money::Known(one), other) | (other, Money::Known(one)) => other.with(Some(one))?,
            _ => return None,
        }),
        _ => return None,
    };
    Some(Amount {
        number,
        money,
        or_more,
    })
}

/// Currency of a sign, a code or a name.
pub fn money(text: &str) -> Option<Money<'_>> {
    let text = text.trim();
    if SHARED.contains(&text) {
        return Some(Money::Shared(text));
    }
    let sign = SIGNS
        .iter()
        .find(|(sign, _)| *sign == text || sign.is_ascii() && sign.eq_ignore_ascii_case(text));
    if let Some((_, currency)) = sign {
        return Some(Money::Known(*currency));
    }
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let code = is_code.then(|| text.to_ascii_uppercase())?;
    Currency::from_code(&code).map(Money::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_in_many_ways() {
        for (written, value) in [
            ("75000", 75_000.0),
            ("60 000", 60_000.0),
            ("60\u{a0}000", 60_000.0),
            ("60\u{202f}000,50", 60_000.5),
            ("85'000", 85_000.0),
            ("85’000.50", 85_000.5),
            ("25,50", 25.5),
            ("25.5", 25.5),
            ("25.50", 25.5),
            ("0.125", 0.125),
            ("60000.000", 60_000.0),
            ("1,20,000", 120_000.0),
            ("12,50,000.50", 1_250_000.5),
            ("60,000", 60_000.0),
            ("1.234.567", 1_234_567.0),
            ("1.234.567,89", 1_234_567.89),
            ("1,234,567.89", 1_234_567.89),
            ("1_000_000", 1_000_000.0),
            ("126233.0", 126_233.0),
        ] {
            let read = digits(written).unwrap_or_else(|| panic!("{written} is not read"));
            assert!((read.value - value).abs() < 1e-9, "{written}: {read:?}");
            assert_eq!(read.or, None, "{written}");
        }
    }

    #[test]
    fn two_meanings_are_both_given_and_the_time_decides() {
        let both = digits("60.000").unwrap();
        assert_eq!((both.value, both.or), (60_000.0, Some(60.0)));
        let euro = Some(Currency::EUR);
        assert_eq!(both.paid(euro, Period::Year), Some(60_000.0));
        assert_eq!(both.paid(euro, Period::Hour), None);
        assert_eq!(both.paid(Some(Currency::KWD), Period::Month), None);
    }

    #[test]
    fn rejects_texts_that_are_not_numbers() {
        for written in [
            "",
            "-5",
            "1e9",
            "NaN",
            "60,0000",
            "6,00,00",
            "1,2,3",
            "60 00",
            "60 000 00",
            "1.23.456",
            "12,345.678.9",
            "60.",
            ".5",
            "10-20",
            "1,000 000.5",
            "00,500",
        ] {
            assert_eq!(digits(written), None, "{written}");
        }
    }

    #[test]
    fn an_amount_has_a_currency_before_or_behind_it() {
        let usd = Money::Known(Currency::USD);
        for (written, value, money, or_more) in [
            ("$60,000", 60_000.0, Money::Shared("$"), false),
            ("US$ 60k", 60_000.0, usd, false),
            ("£45k", 45_000.0, Money::Known(Currency::GBP), false),
            ("60000+", 60_000.0, Money::Unnamed, true),
            ("€1.5M", 1_500_000.0, Money::Known(Currency::EUR), false),
            ("35000 Euros", 35_000.0, Money::Known(Currency::EUR), false),
            ("NOK 500,000", 500_000.0, Money::Known(Currency::NOK), false),
            ("500 MXN", 500.0, Money::Known(Currency::MXN), false),
            ("$60,000 USD", 60_000.0, usd, false),
            ("CHF 85'000.-", 85_000.0, Money::Known(Currency::CHF), false),
            ("12 000 zł", 12_000.0, Money::Known(Currency::PLN), false),
        ] {
            let read = amount(written).unwrap_or_else(|| panic!("{written} is not read"));
            assert!((read.number.value - value).abs() < 1e-9, "{written}");
            assert_eq!((read.money, read.or_more), (money, or_more), "{written}");
        }
        for written in [
            "€60k USD",
            "60 apples",
            "-5",
            "+5",
            "$",
            "60k-70k",
            "~60000",
        ] {
            assert_eq!(amount(written), None, "{written}");
        }
    }

    #[test]
    fn a_shared_sign_agrees_with_each_currency_that_has_it() {
        for (sign, named, agreed) in [
            ("$", Some(Currency::CAD), Some(Currency::CAD)),
            ("$", None, None),
            ("$", Some(Currency::EUR), None),
            ("kr", Some(Currency::SEK), Some(Currency::SEK)),
            ("¥", Some(Currency::KRW), None),
        ] {
            assert_eq!(money(sign).unwrap().with(named), agreed, "{sign} {named:?}");
        }
    }
}
