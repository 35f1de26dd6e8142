//! Converts a `[[posting]]` table to a posting.

use iso_currency::Currency;

use super::fields::{LEFT_OUT, TableFields, rule_of};
use super::lint;
use super::problem::{meant, quoted};
use super::rule::Rule;
use crate::board::field::{FIELDS, ID, Kind, NAMES, TITLE};
use crate::board::{Location, Period, Posting, Salary, Source, Years};

/// The posting in a table; `None` without a valid id or title.
pub(super) fn posting(fields: TableFields<'_>) -> Option<Posting> {
    let fields = fields.known(NAMES);
    // Mistakes are reported even if the posting is left out.
    let (id, title) = (id(&fields), title(&fields));
    let posting = Posting {
        id: id?,
        title: title?,
        ..optional(&fields)
    };
    if let Some(today) = fields.report.lint_date {
        lint::posting(&posting, &fields, today);
    }
    Some(posting)
}

/// A posting with everything in a table but id and title.
pub(super) fn optional(fields: &TableFields<'_>) -> Posting {
    let mut posting = Posting::default();
    for field in FIELDS {
        let key = field.name;
        let posting = &mut posting;
        match &field.kind {
            // Read by the caller.
            Kind::Required(_) => {}
            Kind::Line(field, check) => {
                *(field.get_mut)(posting) = fields.checked(key, *check);
            }
            Kind::Block(field) => {
                *(field.get_mut)(posting) = fields.block(key).unwrap_or_default();
            }
            Kind::Lines(field, check) => {
                let lines = fields.lines(key).into_iter().flatten();
                let lines = lines.filter_map(|(line, at)| match check.accept(key, &line) {
                    Ok(line) => Some(line),
                    Err(refused) => {
                        let rule = rule_of(*check);
                        fields
                            .report
                            .hinted(rule, at, refused.message, refused.hint);
                        None
                    }
                });
                *(field.get_mut)(posting) = lines.collect();
            }
            Kind::Locations(field) => *(field.get_mut)(posting) = locations(fields, key),
            Kind::Word(field) => (field.set)(posting, fields.word(key, field.words)),
            Kind::Words(field) => {
                let words = fields.words(key, field.words).into_iter();
                words.for_each(|at| (field.add)(posting, at));
            }
            Kind::Day(field) => *(field.get_mut)(posting) = fields.date(key),
            Kind::Flag(field) => *(field.get_mut)(posting) = fields.flag(key),
            Kind::Salaries(field) => {
                let tables = fields.tables(key, "salary").into_iter().flatten();
                *(field.get_mut)(posting) = tables.filter_map(salary).collect();
            }
            Kind::Years(field) => {
                let table = fields.table(key, "posting's years");
                *(field.get_mut)(posting) = table.and_then(years);
            }
            Kind::Source(field) => {
                let table = fields.table(key, "posting's source");
                *(field.get_mut)(posting) = table.map(source);
            }
        }
    }
    if let (Some(posted), Some(closes)) = (posting.posted, posting.closes)
        && posted > closes
    {
        let message = format!("closes on {closes}, before it is posted on {posted}");
        fields.wrong(Rule::BadRange, "closes", message, None);
    }
    posting
}

/// Id of a posting or interview: a single word.
pub(super) fn id(fields: &TableFields<'_>) -> Option<String> {
    let id = fields.needed("id")?;
    if id.contains(' ') {
        let hint = format!("did you mean `{}`?", id.to_lowercase().replace(' ', "-"));
        fields.wrong(
            Rule::InvalidValue,
            "id",
            "an `id` cannot contain spaces; this table is skipped",
            Some(hint),
        );
        return None;
    }
    if id.chars().count() > ID {
        fields.wrong(
            Rule::TooLong,
            "id",
            format!("an `id` has at most {ID} characters; this table is skipped"),
            None,
        );
        return None;
    }
    Some(id)
}

/// Title of a posting or interview, truncated to the maximum length.
pub(super) fn title(fields: &TableFields<'_>) -> Option<String> {
    let mut title = fields.needed("title")?;
    if let Some((cut, _)) = title.char_indices().nth(TITLE) {
        let message = format!("a `title` has at most {TITLE} characters; the rest is left out");
        fields.wrong(Rule::TooLong, "title", message, None);
        title.truncate(cut);
    }
    Some(title)
}

/// Texts of a list, without positions.
pub(super) fn plain(lines: Option<Vec<(String, usize)>>) -> Vec<String> {
    let lines = lines.into_iter().flatten();
    lines.map(|(line, _)| line).collect()
}

fn locations(fields: &TableFields<'_>, key: &str) -> Vec<Location> {
    let Some(written) = fields.lines(key) else {
        return Vec::new();
    };
    let read = written.into_iter().map(|(line, at)| {
        let location = Location::parse(&line);
        if let Some(country) = location.meant_country() {
            let message = format!("unknown country in {}", quoted(&line));
            let hint = Some(format!("did you mean `{country}`?"));
            fields.report.warn(Rule::UnknownCountry, at, message, hint);
        }
        location
    });
    read.collect()
}

fn salary(fields: TableFields<'_>) -> Option<Salary> {
    let fields = fields.known(Salary::KEYS);
    let (min, max) = (fields.amount("min"), fields.amount("max"));
    fields.missing("currency", LEFT_OUT);
    fields.missing("per", LEFT_OUT);
    let location = fields.line("location");
    let currency = currency(&fields);
    let per = fields.word("per", Period::WORDS);
    let per = per.map(|at| Period::ALL[usize::from(at)]);
    let has = |key| fields.table.contains_key(key);
    if !has("min") && !has("max") {
        let message = "this salary has neither `min` nor `max`, so it is left out";
        fields.report.add(Rule::MissingKey, fields.at, message);
    }
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        fields.wrong(Rule::BadRange, "min", "`min` is above `max`", None);
        return None;
    }
    min.or(max)?;
    Some(Salary {
        min,
        max,
        currency: currency?,
        per: per?,
        location,
    })
}

fn currency(fields: &TableFields<'_>) -> Option<Currency> {
    let code = fields.line("currency")?;
    let found = Currency::from_code(&code);
    if found.is_none() {
        let message = format!("{} is not a currency of ISO 4217", quoted(&code));
        fields.wrong(
            Rule::UnknownWord,
            "currency",
            message,
            nearest_currency(&code),
        );
    }
    found
}

fn nearest_currency(code: &str) -> Option<String> {
    let code = code.to_uppercase();
    let known = match code.as_str() {
        "$" | "US$" | "DOLLAR" | "DOLLARS" => Some("USD"),
        "€" | "EURO" | "EUROS" => Some("EUR"),
        "£" | "POUND" | "POUNDS" => Some("GBP"),
        code => Currency::from_code(code).map(|_| code),
    };
    let hint = known.map(|code| format!("did you mean `{code}`?"));
    // Any three letters are similar to several of 200 codes, so suggest only the most common ones.
    let usual = [
        "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "INR", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN",
        "SGD", "BRL",
    ];
    hint.or_else(|| meant(&code, usual))
}

/// A range of years; `None` if neither end is valid.
fn years(fields: TableFields<'_>) -> Option<Years> {
    let fields = fields.known(Years::KEYS);
    let (min, max) = (
        fields.count("min", Years::MOST),
        fields.count("max", Years::MOST),
    );
    let has = |key| fields.table.contains_key(key);
    if !has("min") && !has("max") {
        let message = "these years have neither `min` nor `max`, so they are left out";
        fields.report.add(Rule::MissingKey, fields.at, message);
    }
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        fields.wrong(Rule::BadRange, "min", "`min` is above `max`", None);
        return None;
    }
    min.or(max)?;
    Some(Years { min, max })
}

fn source(fields: TableFields<'_>) -> Source {
    let fields = fields.known(Source::KEYS);
    let source = Source {
        format: fields.line("format"),
        url: fields.url("url"),
        retrieved: fields.date("retrieved"),
        first_seen: fields.date("first_seen"),
        last_seen: fields.date("last_seen"),
    };
    if let (Some(first), Some(last)) = (source.first_seen, source.last_seen)
        && first > last
    {
        let message = format!("last seen on {last}, before it was first seen on {first}");
        fields.wrong(Rule::BadRange, "last_seen", message, None);
    }
    source
}
