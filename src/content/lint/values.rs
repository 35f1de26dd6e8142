//! Finds values that are valid but implausible.

use super::super::fields::TableFields;
use super::super::problem::quoted;
use super::super::rule::Rule;
use super::prose;
use crate::board::fold::fold;
use crate::board::{Date, Level, Period, Posting, Salary};

/// Descriptions shorter than this are reported.
const SHORT: usize = 80;
/// Maximum plausible ratio between the ends of a salary range.
const SPREAD: f64 = 20.0;
/// Years from today beyond which a closing date is implausible.
const FAR: i16 = 5;
/// Year before which a posting date is implausible.
const EARLY: i16 = 1990;

/// Warns about implausible values of a posting.
pub(in super::super) fn posting(posting: &Posting, fields: &TableFields<'_>, today: Date) {
    title(posting, fields);
    days(posting, fields, today);
    repeated(fields, "tags", posting.tags.iter().map(String::as_str));
    let places = posting.locations.iter().map(|place| place.written.as_str());
    repeated(fields, "locations", places);
    for salary in &posting.salary {
        pay(salary, fields);
    }
    prose(fields, "title", &posting.title);
    prose(fields, "description", &posting.description);
    // A short description from a feed cannot be fixed here.
    if posting.source.is_none() {
        description(posting, fields);
    }
}

fn warn(fields: &TableFields<'_>, rule: Rule, key: &str, message: impl Into<String>) {
    fields.report.warn(rule, fields.place(key), message, None);
}

fn title(posting: &Posting, fields: &TableFields<'_>) {
    let title = posting.title.as_str();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    // Scripts without case say nothing about it: "AI 技術者".
    let shouted = title
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    // Requires two words, so that "SDET" and "UX/UI" are accepted.
    if shouted && letters >= 8 && title.contains(' ') {
        warn(
            fields,
            Rule::Capitals,
            "title",
            "the `title` is all in capitals",
        );
    }
    if let (Some(level), Some(said)) = (posting.level, level_in(title))
        && !said.contains(&level)
    {
        let message = format!(
            "`level` is `{}`, and the title says {}",
            level.word(),
            quoted(title)
        );
        warn(fields, Rule::LevelContradicted, "level", message);
    }
}

/// Levels that fit a title whose first or last word is unambiguous.
fn level_in(title: &str) -> Option<&'static [Level]> {
    let title = fold(title);
    let mut words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next()?;
    let last = words.next_back();
    match (first, last) {
        (_, Some("intern" | "internship")) | ("intern" | "internship", None) => {
            Some(&[Level::Intern])
        }
        ("junior", Some(_)) => Some(&[Level::Intern, Level::Junior]),
        // A senior manager is a manager.
        ("senior", Some(_)) => Some(&[
            Level::Senior,
            Level::Staff,
            Level::Principal,
            Level::Manager,
            Level::Director,
        ]),
        _ => None,
    }
}

fn days(posting: &Posting, fields: &TableFields<'_>, today: Date) {
    if let Some(posted) = posting.posted {
        if posted > today {
            warn(
                fields,
                Rule::PostedInFuture,
                "posted",
                format!("posted on {posted}, which is in the future"),
            );
        }
        if posted.year() < EARLY {
            warn(
                fields,
                Rule::PostedEarly,
                "posted",
                format!("posted on {posted}, which is implausibly early"),
            );
        }
    }
    match posting.closes {
        Some(closes) if closes.year() > today.year() + FAR => {
            warn(
                fields,
                Rule::ClosesFar,
                "closes",
                format!("closes on {closes}, which is years away"),
            );
        }
        Some(closes) if closes < today && posting.source.is_none() => {
            warn(
                fields,
                Rule::ClosesPast,
                "closes",
                format!("closed on {closes}; extend `closes`, or remove the posting"),
            );
        }
        _ => {}
    }
}

fn repeated<'t>(fields: &TableFields<'_>, key: &str, texts: impl Iterator<Item = &'t str>) {
    let mut seen = Vec::new();
    for text in texts {
        let folded = fold(text);
        if seen.contains(&folded) {
            warn(
                fields,
                Rule::RepeatedEntry,
                key,
                format!("{} is listed twice in `{key}`", quoted(text)),
            );
        }
        seen.push(folded);
    }
}

fn pay(salary: &Salary, fields: &TableFields<'_>) {
    if let (Some(min), Some(max)) = (salary.min, salary.max)
        && min > 0.0
        && max > min * SPREAD
    {
        let message = format!("a salary of {salary}: is one of the two in another unit?");
        warn(fields, Rule::SalarySpread, "salary", message);
        return;
    }
    let Some(most) = salary.max.or(salary.min) else {
        return;
    };
    // Limits for these currencies only apply to currencies of comparable value.
    if !matches!(
        salary.currency.code(),
        "USD" | "EUR" | "GBP" | "CHF" | "CAD" | "AUD"
    ) {
        return;
    }
    let (least, limit) = match salary.per {
        Period::Hour => (2.0, 2_000.0),
        Period::Day => (10.0, 20_000.0),
        Period::Week => (50.0, 100_000.0),
        Period::Month => (100.0, 400_000.0),
        Period::Year => (1_000.0, 4_000_000.0),
    };
    if most > limit {
        warn(
            fields,
            Rule::SalaryHigh,
            "salary",
            format!("a salary of {salary} is implausibly high"),
        );
    } else if most < least {
        warn(
            fields,
            Rule::SalaryLow,
            "salary",
            format!("a salary of {salary} is implausibly low"),
        );
    }
}

fn description(posting: &Posting, fields: &TableFields<'_>) {
    let written = posting.description.trim();
    if written.is_empty() {
        warn(
            fields,
            Rule::MissingDescription,
            "description",
            "the posting has no `description`: fill it in",
        );
    } else if written.chars().count() < SHORT {
        warn(
            fields,
            Rule::ShortDescription,
            "description",
            "the `description` is very short",
        );
    }
}
