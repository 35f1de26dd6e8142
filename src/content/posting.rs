//! From a `[[posting]]` to a posting.

use iso_currency::Currency;

use super::fields::{Fields, LEFT_OUT};
use super::inspect;
use super::problem::{meant, quoted};
use crate::board::{
    Employment, Level, Location, Period, Posting, Salary, Source, Sponsorship, Workplace,
};

/// Characters of a title.
const TITLE: usize = 300;
/// Characters of an id.
const ID: usize = 200;

/// Every key of a posting, in the order of the documentation.
pub(super) const KEYS: &[&str] = &[
    "id",
    "title",
    "company",
    "team",
    "locations",
    "workplace",
    "employment",
    "posted",
    "closes",
    "salary",
    "url",
    "level",
    "sponsorship",
    "publisher",
    "retold",
    "tags",
    "language",
    "description",
    "source",
];
pub(super) const SALARY: &[&str] = &["min", "max", "currency", "per", "location"];
pub(super) const SOURCE: &[&str] = &["format", "url", "retrieved", "first_seen", "last_seen"];

/// The posting in a table; `None` if it has no id or no title that could stand.
pub(super) fn posting(fields: Fields<'_>) -> Option<Posting> {
    let fields = fields.known(KEYS);
    // Every mistake is told, also those of a posting that is left out.
    let (id, title) = (id(&fields), title(&fields));
    let posting = Posting {
        id: String::new(),
        board: String::new(),
        title: String::new(),
        company: fields.line("company"),
        team: fields.line("team"),
        locations: locations(&fields),
        workplace: fields.word("workplace", Workplace::WORDS, Workplace::from_word),
        employment: fields.word("employment", Employment::WORDS, Employment::from_word),
        posted: fields.date("posted"),
        closes: fields.date("closes"),
        salary: salaries(&fields),
        url: fields.url("url"),
        level: fields.word("level", Level::WORDS, Level::from_word),
        sponsorship: fields.word("sponsorship", Sponsorship::WORDS, Sponsorship::from_word),
        publisher: fields.line("publisher"),
        retold: fields.flag("retold"),
        tags: plain(fields.lines("tags")),
        language: language(&fields),
        description: fields.block("description").unwrap_or_default(),
        source: fields.table("source", "posting's source").map(source),
    };
    if let (Some(posted), Some(closes)) = (posting.posted, posting.closes)
        && posted > closes
    {
        let message = format!("closes on {closes}, before it is posted on {posted}");
        fields.wrong("closes", message, None);
    }
    let posting = Posting {
        id: id?,
        title: title?,
        ..posting
    };
    if let Some(today) = fields.report.closely {
        inspect::posting(&posting, &fields, today);
    }
    Some(posting)
}

/// The id of a posting or an interview: one word.
pub(super) fn id(fields: &Fields<'_>) -> Option<String> {
    let id = fields.needed("id")?;
    if id.contains(' ') {
        let hint = format!("did you mean `{}`?", id.to_lowercase().replace(' ', "-"));
        fields.wrong(
            "id",
            "an `id` holds no spaces; this one's table is left out",
            Some(hint),
        );
        return None;
    }
    if id.chars().count() > ID {
        fields.wrong(
            "id",
            format!("an `id` has at most {ID} characters; this one's table is left out"),
            None,
        );
        return None;
    }
    Some(id)
}

/// The title of a posting or an interview, cut where it is too long to be one.
pub(super) fn title(fields: &Fields<'_>) -> Option<String> {
    let mut title = fields.needed("title")?;
    if let Some((cut, _)) = title.char_indices().nth(TITLE) {
        let message = format!("a `title` has at most {TITLE} characters; the rest is left out");
        fields.wrong("title", message, None);
        title.truncate(cut);
    }
    Some(title)
}

/// The lines of a list, without their places.
pub(super) fn plain(lines: Option<Vec<(String, usize)>>) -> Vec<String> {
    let lines = lines.into_iter().flatten();
    lines.map(|(line, _)| line).collect()
}

fn locations(fields: &Fields<'_>) -> Vec<Location> {
    let Some(written) = fields.lines("locations") else {
        return Vec::new();
    };
    let read = written.into_iter().map(|(line, at)| {
        let location = Location::parse(&line);
        if let Some(country) = location.meant_country() {
            let message = format!("no country is known in {}", quoted(&line));
            let hint = Some(format!("did you mean `{country}`?"));
            fields.report.warn(at, message, hint);
        }
        location
    });
    read.collect()
}

fn salaries(fields: &Fields<'_>) -> Vec<Salary> {
    let tables = fields.tables("salary", "salary").into_iter().flatten();
    tables.filter_map(salary).collect()
}

fn salary(fields: Fields<'_>) -> Option<Salary> {
    let fields = fields.known(SALARY);
    let (min, max) = (fields.amount("min"), fields.amount("max"));
    fields.missing("currency", LEFT_OUT);
    fields.missing("per", LEFT_OUT);
    let location = fields.line("location");
    let (currency, per) = (
        currency(&fields),
        fields.word("per", Period::WORDS, Period::from_word),
    );
    let has = |key| fields.table.contains_key(key);
    if !has("min") && !has("max") {
        let message = "this salary has neither `min` nor `max`, so it is left out";
        fields.report.add(fields.at, message);
    }
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        fields.wrong("min", "`min` is above `max`", None);
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

fn currency(fields: &Fields<'_>) -> Option<Currency> {
    let code = fields.line("currency")?;
    let found = Currency::from_code(&code);
    if found.is_none() {
        let message = format!("{} is not a currency of ISO 4217", quoted(&code));
        fields.wrong("currency", message, nearest_currency(&code));
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
    // Of two hundred codes several are near to any three letters; these are the ones most jobs are paid in.
    let usual = [
        "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "INR", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN",
        "SGD", "BRL",
    ];
    hint.or_else(|| meant(&code, usual))
}

/// BCP 47, by its shape: a language and then subtags.
fn language(fields: &Fields<'_>) -> Option<String> {
    let tag = fields.line("language")?;
    let mut subtags = tag.split('-');
    let letters = |tag: &str| tag.bytes().all(|byte| byte.is_ascii_alphabetic());
    let first = subtags
        .next()
        .is_some_and(|first| matches!(first.len(), 2 | 3) && letters(first));
    let shaped = first
        && subtags.all(|tag| {
            matches!(tag.len(), 1..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if !shaped {
        let message = format!("{} is not a language tag", quoted(&tag));
        fields.wrong(
            "language",
            message,
            Some("write `en`, `de` or `pt-BR`".into()),
        );
        return None;
    }
    Some(tag)
}

fn source(fields: Fields<'_>) -> Source {
    let fields = fields.known(SOURCE);
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
        fields.wrong("last_seen", message, None);
    }
    source
}
