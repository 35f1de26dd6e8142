//! Derives base pay from prose.

use std::ops::Range;
use std::sync::LazyLock;

use iso_currency::Currency;

use crate::board::Period;

use super::remote_from;
use super::rule::Rules;
use super::section::Section;
use super::sentence::Sentence;
use super::{Found, Part, Pay};

/// One or two amounts with a currency before or after them.
static AMOUNT: LazyLock<Rules<()>> = LazyLock::new(|| {
    const SIGN: &str = r"(us\$|ca\$|c\$|cad\$|cad \$|usd ?\$|au\$|a\$|aud \$|nz\$|s\$|sgd \$|hk\$|nt\$|r\$|mx\$|mxn \$|\$|£|€|₹|usd|eur|gbp|cad|aud|chf|sgd|pln|inr|brl)";
    const NUMBER: &str = r"\d{1,3}(([.,' ]\d{2,3})+|\d+)?(\.\d{1,2})?(\s?k\b|\s?hrs?\b|\b)";
    const CODE: &str = r"(usd|eur|euros?|gbp|cad|aud|chf|sgd|pln|inr|brl|€|£|zł|us dollars)";
    const PER: &str =
        r"(\s?(/|per|an?) ?(hr|hour|h|year|yr|annum|month|mo|week|day)\b|\s?p\.?a\b\.?)?";
    const TO: &str = r"\s?(-|/|to|and|up to|through|bis|und|à|et|y|hasta|tot|en|do)+\s?";
    let pattern = format!(
        r"({SIGN}\s?{NUMBER}{PER}(\s?{CODE})?({TO}({SIGN})?\s?{NUMBER}{PER})?(\s?{CODE}\b)?|\b{NUMBER}({TO}{NUMBER})?\s?{CODE}({TO}{NUMBER}\s?{CODE})?)"
    );
    Rules::new(&[((), pattern.as_str())])
});

/// Words that indicate pay.
static PAID: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(salar(y|ies)|compensation|pay\b|pays|paid|base\b|wages?|rate\b|hourly|earn|earnings|remuneration|gehalt|vergütung|jahresgehalt|rémunération|salaire|comp\b|ctc|per hour|an hour|/ ?hr|/ ?hour|per annum|annually|brutto|brut\b|pro stunde|stundenlohn|verdien|par heure|gross|range for this|cash)",
    )])
});

/// Words for money other than base pay.
static OTHERWISE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(raised?|raising|funding|series [a-f]|valuation|valued|revenues?|arr|acv|acvs|deals?|quotas?|budget|stipends?|allowance|reimburse(ment|d)?|bonus(es)? of|referral|sign[- ]?on|signing|401\(?k\)?|h-1b|donat|processed|transactions?|market|industry|investment of|invested|portfolio|aum|assets|pipeline|savings?|saves?|fund\b|fee\b|fees|costs?|spend(ing)?|media|credits?|gift|voucher|learning|wellness|equipment|home office|budgeted for|exercise price|hsa|fsa|insurance|deductible|contribut(e|ion)|tuition|commuter|meal|phone|benefit|gmv|claims|prize|worth of|per employee per|(support|package|assistance|help) (for|with) relocat\w+|relocation (support|package|assistance|budget)|stipden|value of|customers|in equity|equity (value|grant|range)|rsus?|monthly cash|clients? (paying|worth))\b",
    )])
});

/// Words after an amount that make it something other than base pay.
static EXTRA: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^ ?((in|of|as|for|a|an|one|relocation|housing|referral|retention|annual|monthly|quarterly|performance|welcome|sign-on|signing|target|discretionary|potential)[- ])*(bonus|stipend|allowance|voucher|credit|relocation (support|assistance|package)|commissions?\b|variable|equity|incentive)",
    )])
});

/// A label before an amount that makes it something other than base pay: "Bonus: $20K".
static LABEL: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(bonus|equity|commissions?|variable|incentives?|rsus?|stock|options)( target| pay| compensation| grant)?( is| of|:| -|=)? ?(up to )?$",
    )])
});

/// Pay that includes more than the base.
static ON_TARGET: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(ote|on[- ]target|on target earnings|total (target |annual |cash )*compensation|target (annual |total )?(cash|earnings|compensation)|total (target )?(cash|earnings|comp)\b|uncapped|commission[s]? (of|up)|(first year|year one|annual|potential) earnings|earning potential|variable|salary (and|\+|plus) equity)",
    )])
});

static ON_TARGET_AFTER: LazyLock<Rules<()>> =
    LazyLock::new(|| Rules::new(&[((), r"\b(ote|on[- ]target|total|all-in)\b")]));

/// Currency of a bare dollar sign: that of the country that all locations are in, else US dollars.
pub(super) fn dollar(locations: &[&str]) -> Currency {
    let currency = |location: &&str| match remote_from::country(location)? {
        "CA" => Some(Currency::CAD),
        "AU" => Some(Currency::AUD),
        "NZ" => Some(Currency::NZD),
        "SG" => Some(Currency::SGD),
        "HK" => Some(Currency::HKD),
        _ => None,
    };
    let mut currencies = locations.iter().map(currency);
    let first = currencies.next().flatten();
    first
        .filter(|first| currencies.all(|other| other == Some(*first)))
        .unwrap_or(Currency::USD)
}

/// Reads a sentence.
pub(super) fn read(
    sentence: &Sentence<'_>,
    dollar: &dyn Fn() -> Currency,
    out: &mut Vec<Found<Pay>>,
) {
    let plain = sentence.plain.text();
    let mut last_end = 0;
    let mut found_before = false;
    let mut amounts = AMOUNT.find_all(plain).map(|((), at)| at).peekable();
    while let Some(mut at) = amounts.next() {
        let before = &plain[std::mem::replace(&mut last_end, at.end)..at.start];
        let goes_on = std::mem::take(&mut found_before) && before.len() < 25;
        let after = following(plain, at.end);
        let Some(mut pay) = parse(plain, &at, after, dollar) else {
            continue;
        };
        // "$90,000 [lowest in …] to $120,000 [highest in …]"
        if let Some(next) = amounts
            .peek()
            .filter(|next| goes_to(&plain[at.end..next.start]))
            && let Some(upper) = parse(plain, next, following(plain, next.end), dollar)
            && pay.max.is_none()
            && upper.max.is_none()
            && upper.min > pay.min
        {
            pay.max = upper.min;
            at.end = next.end;
            last_end = at.end;
            amounts.next();
        }
        // "$90,000 (min) - $100,000 (mid) - $110,000 (max)", "minimum $50,000, maximum $65,000"
        while let Some(next) = amounts
            .peek()
            .filter(|next| GRADES.matches(&plain[at.end..next.start]))
            && let Some(upper) = parse(plain, next, following(plain, next.end), dollar)
            && (upper.min.is_none() || upper.max.is_none())
            && (upper.currency, upper.per) == (pay.currency, pay.per)
            && let Some(top) = upper.max.or(upper.min)
            && pay.min.is_some_and(|min| top > pay.max.unwrap_or(min))
        {
            pay.max = Some(top);
            at.end = next.end;
            last_end = at.end;
            amounts.next();
        }
        let after = following(plain, at.end);
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(110))..];
        let clause = &before[before.rfind(['|', '(']).map_or(0, |at| at + 1)..];
        let is_paid = goes_on
            || [before, after, sentence.heading, &plain[at.clone()]]
                .into_iter()
                .any(|text| PAID.matches(text));
        // A range of large amounts is pay unless stated otherwise.
        let is_range = pay.max.is_some()
            && pay.min.is_some_and(|min| min >= 10_000.0)
            && pay.per == Period::Year;
        let is_likely = is_range && matches!(sentence.section, Section::Other | Section::Benefits);
        let is_other = (OTHERWISE.matches(clause)
            || OTHERWISE.matches(first_words(after, 5))
            || LABEL.matches(clause)
            || EXTRA.matches(after))
            && !PAID_STRONG.matches(before);
        let is_on_target =
            ON_TARGET.matches(clause) || ON_TARGET_AFTER.matches(first_words(after, 3));
        // "A company bonus (up to €15k)"
        let is_bonus = pay.min.is_none() && before.contains("bonus");
        if is_other || is_bonus || is_on_target || !(is_paid || is_likely) {
            continue;
        }
        found_before = true;
        if !out.iter().any(|found| found.value == pay) {
            out.push(Found::new(
                pay,
                Part::Description,
                sentence.source_range(at),
            ));
        }
    }
}

/// Words before an amount that is the upper end of a range.
static AT_MOST: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(up to|as much as|maximum( of)?|max\.?|maximal|höchstens|bis( zu)?|jusqu'à|maximum de|hasta|fino a|tot|máximo( de)?)[ :]*$",
    )])
});

/// What stands between two amounts that are the grades of one range.
static GRADES: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^ ?(\((min|minimum|entry|mid|midpoint|middle|target)\.?\) ?(-|to) ?|[,;]? ?(and )?(a )?(maximum|max\.?)( of|:)? ?)$",
    )])
});

/// The text after a position, as far as it may qualify an amount.
fn following(plain: &str, at: usize) -> &str {
    let after = &plain[at..];
    &after[..after.floor_char_boundary(60.min(after.len()))]
}

/// Whether the text between two amounts is a remark in brackets that makes them a range.
fn goes_to(between: &str) -> bool {
    let between = between.trim_end();
    between.len() < 120 && (between.ends_with("] to") || between.ends_with(") to"))
}

/// Words for base pay that take precedence over other money nearby.
static PAID_STRONG: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(base salary|salary range|base pay|pay range|hourly (rate|wage)|compensation range|base compensation|salary for this)\b",
    )])
});

fn first_words(text: &str, count: usize) -> &str {
    let text_start = text.trim_start();
    let skipped = text.len() - text_start.len();
    let mut spaces = text_start
        .match_indices([' ', ',', '(', ')', '+'])
        .map(|(at, _)| at);
    spaces
        .nth(count - 1)
        .map_or(text, |end| &text[..skipped + end])
}

fn parse(
    plain: &str,
    at: &Range<usize>,
    after: &str,
    dollar: &dyn Fn() -> Currency,
) -> Option<Pay> {
    let passage = &plain[at.clone()];
    let mut numbers: Vec<(f64, bool)> = Vec::new();
    let bytes = passage.as_bytes();
    let mut from = 0;
    while let Some(found) = passage[from..].find(|letter: char| letter.is_ascii_digit()) {
        let start = from + found;
        let mut end = start;
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || matches!(bytes[end], b'.' | b',' | b'\'' | b' ')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
        {
            end += 1;
        }
        let rest = passage[end..].trim_start();
        let is_thousands = rest.starts_with('k')
            && !rest[1..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
        numbers.push((amount(&passage[start..end])?, is_thousands));
        from = end;
    }
    if numbers.is_empty() || numbers.len() > 2 || is_unknown_dollar(plain, at) {
        return None;
    }
    // Millions and billions are not salaries.
    let word = after.trim_start();
    if [
        "m ", "m.", "m,", "mm", "b ", "b+", "m+", "million", "billion", "bn", "trillion", "t ", "%",
    ]
    .iter()
    .any(|big| word.starts_with(big))
        || word == "m"
        || word == "b"
        || passage.ends_with('m')
    {
        return None;
    }
    let any_thousands = numbers.iter().any(|(_, thousands)| *thousands);
    let amounts: Vec<f64> = numbers
        .iter()
        .map(|(number, _)| {
            if any_thousands && *number < 1000.0 {
                number * 1000.0
            } else {
                *number
            }
        })
        .collect();
    let (mut min, max) = (amounts[0], amounts.get(1).copied());
    // With a sign each, "$25 - $60,000" may mean anything.
    let signs = passage.matches(['$', '€', '£']).count();
    if signs > 1 && min < 1000.0 && max.is_some_and(|max| max >= 10_000.0) {
        return None;
    }
    // "120-150,000"
    if let Some(max) = max
        && min < 1000.0
        && max >= 10_000.0
        && min * 1000.0 <= max
    {
        min *= 1000.0;
    }
    if max.is_some_and(|max| max < min) {
        return None;
    }
    let currency = currency(plain, at, after, dollar)?;
    let per = period(plain, at, after, (min, currency))?;
    let plausible = match per {
        Period::Hour => (3.0..=500.0).contains(&min),
        Period::Day => (20.0..=3000.0).contains(&min),
        Period::Week => (50.0..=10_000.0).contains(&min),
        Period::Month => (100.0..=100_000.0).contains(&min),
        Period::Year => (8_000.0..=2_000_000.0).contains(&min),
    };
    let is_most = max.is_none() && AT_MOST.matches(&plain[..at.start]);
    plausible.then_some(Pay {
        min: (!is_most).then_some(min),
        max: if is_most {
            Some(min)
        } else {
            max.filter(|max| *max > min)
        },
        currency,
        per,
    })
}

/// Whether a dollar sign ends a longer sign that names another currency, as in "B$" and "TT$".
fn is_unknown_dollar(plain: &str, at: &Range<usize>) -> bool {
    let is_bare = plain[at.clone()].starts_with('$');
    let before = plain[..at.start].chars().rev();
    let letters = before.take_while(|letter| letter.is_alphabetic()).count();
    // A longer word is only missing its space: "Range$90k".
    is_bare && (1..=3).contains(&letters)
}

/// "120,000", "120.000", "60 000", "18.50", "92'500".
fn amount(written: &str) -> Option<f64> {
    let groups: Vec<&str> = written.split([',', '.', '\'', ' ']).collect();
    let last = groups[groups.len() - 1];
    let is_decimal = groups.len() > 1 && last.len() != 3;
    let (whole, cents) = if is_decimal {
        (groups[..groups.len() - 1].concat(), last)
    } else {
        (groups.concat(), "0")
    };
    // Numbers with Indian groups of two are whole.
    if groups.len() > 2 && is_decimal && last.len() > 2 {
        return None;
    }
    format!("{whole}.{cents}").parse().ok()
}

static PERIODS: LazyLock<Rules<Period>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Period::Hour,
            r"(/ ?(hr|hour|h)\b|\d\s?hrs?\b|\bper hour|\ban hour|\bhourly|\bp/h\b|\bpro stunde|\bstundenlohn)",
        ),
        (
            Period::Month,
            r"(/ ?(month|mo|monat|mois|mes)\b|\bper month|\ba month|\bmonthly|\bpro monat|\bim monat|\bmonatlich|\bmonatsgehalt|\bpar mois|\bmensu(el|al)|\bal mes\b|\bpor m(e|ê)s\b|\bmensai|\bmensal|\bal mese\b|\bper maand|\bmiesięcznie|\bmies\.)",
        ),
        (
            Period::Week,
            r"(/ ?(week|wk)\b|\bper week|\ba week\b|\bweekly)",
        ),
        (Period::Day, r"(/ ?day\b|\bper day|\ba day\b|\bdaily)"),
        (
            Period::Year,
            r"(/ ?(year|yr|annum)\b|\bper (year|annum)|\ba year|\bannual|\byearly|\bp\.?a\.?\b|\bpro jahr|\bim jahr|\bjährlich|\bjahresgehalt|\bper annum|\bpar an\b|\bannuel)",
        ),
    ])
});

/// The smallest amount that is pay for a year where no period is named; `None` where pay for a month may be as large.
fn least_of_year(currency: Currency) -> Option<f64> {
    match currency {
        Currency::USD
        | Currency::EUR
        | Currency::GBP
        | Currency::CHF
        | Currency::CAD
        | Currency::AUD
        | Currency::NZD
        | Currency::SGD => Some(10_000.0),
        Currency::INR => Some(500_000.0),
        _ => None,
    }
}

fn period(
    plain: &str,
    at: &Range<usize>,
    after: &str,
    (min, currency): (f64, Currency),
) -> Option<Period> {
    if let Some((period, _)) = PERIODS
        .find(&plain[at.clone()])
        .or_else(|| PERIODS.find(first_words(after, 5)))
    {
        return Some(period);
    }
    if least_of_year(currency).is_some_and(|least| min >= least) {
        return Some(Period::Year);
    }
    let before = &plain[..at.start];
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(60))..];
    PERIODS
        .find_all(before)
        .last()
        .map(|(period, _)| period)
        .filter(|period| (min < 500.0) == (*period == Period::Hour))
}

/// The currency; a bare dollar sign means `dollar` unless a code is next to it.
fn currency(
    plain: &str,
    at: &Range<usize>,
    after: &str,
    dollar: &dyn Fn() -> Currency,
) -> Option<Currency> {
    let passage = &plain[at.clone()];
    let near = &after[..after.floor_char_boundary(14.min(after.len()))];
    let before = &plain[..at.start];
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(12))..];
    let codes = [
        ("cad", Currency::CAD),
        ("ca$", Currency::CAD),
        ("c$", Currency::CAD),
        ("aud", Currency::AUD),
        ("au$", Currency::AUD),
        ("a$", Currency::AUD),
        ("nz$", Currency::NZD),
        ("sgd", Currency::SGD),
        ("s$", Currency::SGD),
        ("hk$", Currency::HKD),
        ("r$", Currency::BRL),
        ("brl", Currency::BRL),
        ("mx$", Currency::MXN),
        ("mxn", Currency::MXN),
        ("nt$", Currency::TWD),
        ("twd", Currency::TWD),
        ("cop", Currency::COP),
        ("clp", Currency::CLP),
        ("ars", Currency::ARS),
        ("chf", Currency::CHF),
        ("pln", Currency::PLN),
        ("zł", Currency::PLN),
        ("inr", Currency::INR),
        ("₹", Currency::INR),
        ("gbp", Currency::GBP),
        ("£", Currency::GBP),
        ("eur", Currency::EUR),
        ("€", Currency::EUR),
        ("us$", Currency::USD),
        ("usd", Currency::USD),
    ];
    let named = |text: &str| {
        codes.iter().find_map(|(code, currency)| {
            let at = text.find(code)?;
            // The "s$" in "us$" is not a Singapore dollar.
            let is_letter = |letter: char| letter.is_ascii_alphabetic();
            let alone = !code.starts_with(is_letter) || !text[..at].ends_with(is_letter);
            alone.then_some(*currency)
        })
    };
    // A code before digits belongs to the next amount: "$100k (US), £70k (UK)".
    let is_of_next = |at: usize| {
        let rest = near[at..]
            .trim_start_matches(|letter: char| letter.is_alphabetic() || "$€£₹ ".contains(letter));
        rest.starts_with(|letter: char| letter.is_ascii_digit())
    };
    let own = near
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| is_of_next(*at));
    let near = &near[..own.unwrap_or(near.len())];
    named(passage)
        .or_else(|| named(near))
        .or_else(|| named(before).filter(|_| passage.contains('$')))
        .or_else(|| passage.contains('$').then(dollar))
}
