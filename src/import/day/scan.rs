//! Finds dates in a text, from its numbers, words and signs in several orders.

use super::month::month;
use crate::board::Date;

/// A token of a text; white space is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    Digits(&'a str),
    Word(&'a str),
    Sign(char),
}

/// The date in a text that contains exactly one.
pub(super) fn only_date(text: &str) -> Option<Date> {
    let parts = parts(text);
    let mut found = None;
    let mut at = 0;
    while at < parts.len() {
        let Some((date, length)) = date(&parts[at..]) else {
            at += 1;
            continue;
        };
        // Preceding digits, as in 1/2026-07-10, make it ambiguous.
        if found.is_some_and(|known| Some(known) != date) {
            return None;
        }
        found = Some(date?);
        at += length;
    }
    found
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |of: fn(char) -> bool| rest.find(|c| !of(c)).unwrap_or(rest.len());
        let length = if c.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            parts.push(Part::Digits(&rest[..length]));
            length
        } else if matches!(c, '年' | '月' | '日') {
            parts.push(Part::Sign(c));
            c.len_utf8()
        } else if c.is_alphabetic() {
            let length = run(|c| c.is_alphabetic() && !matches!(c, '年' | '月' | '日'));
            parts.push(Part::Word(&rest[..length]));
            length
        } else {
            if !c.is_whitespace() {
                parts.push(Part::Sign(c));
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    parts
}

/// The date that starts here, with its number of tokens; `None` within if it is invalid or ambiguous.
fn date(parts: &[Part]) -> Option<(Option<Date>, usize)> {
    compact(parts)
        .or_else(|| numbers(parts))
        .or_else(|| day_first(parts))
        .or_else(|| month_first(parts))
        .or_else(|| year_first(parts))
}

fn compact(parts: &[Part]) -> Option<(Option<Date>, usize)> {
    match parts {
        [Part::Digits(digits), rest @ ..] if digits.len() == 8 => {
            let ends = matches!(rest.first(), None | Some(Part::Word("T")));
            ends.then(|| (super::compact(digits), 1))
        }
        _ => None,
    }
}

/// Three numbers separated by the same sign.
fn numbers(parts: &[Part]) -> Option<(Option<Date>, usize)> {
    let [
        Part::Digits(a),
        Part::Sign(first),
        Part::Digits(b),
        Part::Sign(second),
        Part::Digits(c),
        rest @ ..,
    ] = parts
    else {
        return None;
    };
    if (*first, *second) == ('年', '月') {
        return Some((new(a, b.parse().ok()?, c), 5));
    }
    let goes_on = matches!(rest, [Part::Sign(sign), Part::Digits(_), ..] if sign == first);
    if first != second || !matches!(first, '-' | '/' | '.') || goes_on {
        return None;
    }
    let short = |digits: &str| digits.len() <= 2;
    let date = if a.len() == 4 && short(b) && short(c) {
        new(a, b.parse().ok()?, c)
    } else if short(a) && short(b) && c.len() == 4 {
        let (one, other) = (a.parse().ok()?, b.parse().ok()?);
        let day_first = new(c, other, a);
        let month_first = new(c, one, b);
        match (day_first, month_first) {
            // With full stops the day always comes first.
            (Some(day), _) if *first == '.' => Some(day),
            (Some(one), Some(other)) => (one == other).then_some(one),
            (one, other) => one.or(other),
        }
    } else if [a, b, c].iter().all(|digits| digits.len() == 2) {
        short_year((a, b, c), *first)
    } else if short(a) && short(b) && short(c) {
        None
    } else {
        return None;
    };
    Some((date, 5))
}

/// Years that two digits may stand for; no feed lists older postings.
const SHORT_YEARS: std::ops::Range<i16> = 2015..2045;

/// A date whose year has two digits, if only one order of day, month and year is possible: `05.11.26`, `13/07/26`.
fn short_year((a, b, c): (&str, &str, &str), sign: char) -> Option<Date> {
    let month = |digits: &str| digits.parse().ok();
    let year = |digits: &str| format!("20{digits}");
    let day_first = month(b).and_then(|month| new(&year(c), month, a));
    // With full stops the month never comes first.
    let month_first = month(a).and_then(|month| new(&year(c), month, b));
    let month_first = month_first.filter(|_| sign != '.');
    let year_first = month(b).and_then(|month| new(&year(a), month, c));
    let mut dates: Vec<Date> = [day_first, month_first, year_first]
        .into_iter()
        .flatten()
        .filter(|date| SHORT_YEARS.contains(&date.year()))
        .collect();
    dates.dedup();
    match dates[..] {
        [date] => Some(date),
        _ => None,
    }
}

/// `13 Jul 2026`, `2nd of May 2026`, `13. Juli 2026`, `13 de julio de 2026`, `13-Jul-26`.
fn day_first(parts: &[Part]) -> Option<(Option<Date>, usize)> {
    let day = day(parts.first()?)?;
    let mut at = 1;
    at += usize::from(matches!(
        parts.get(at),
        Some(Part::Word("st" | "nd" | "rd" | "th" | "er" | "º" | "ª"))
    ));
    at += joined(parts.get(at));
    at += joined(parts.get(at));
    let month = named(parts.get(at)?)?;
    at += 1;
    at += joined(parts.get(at));
    at += joined(parts.get(at));
    let Part::Digits(year) = parts.get(at)? else {
        return None;
    };
    // A two-digit year as in RFC 822, rather than an hour.
    let time = matches!(parts.get(at + 1), Some(Part::Sign(':')));
    match year.len() {
        4 => Some((new(year, month, day), at + 1)),
        2 if !time => Some((new(&format!("20{year}"), month, day), at + 1)),
        _ => None,
    }
}

/// `July 13, 2026`, `Jul-13-2026`.
fn month_first(parts: &[Part]) -> Option<(Option<Date>, usize)> {
    let month = named(parts.first()?)?;
    let mut at = 1 + joined(parts.get(1));
    let day = day(parts.get(at)?)?;
    at += 1;
    at += usize::from(matches!(
        parts.get(at),
        Some(Part::Word("st" | "nd" | "rd" | "th"))
    ));
    at += joined(parts.get(at));
    let Part::Digits(year) = parts.get(at)? else {
        return None;
    };
    (year.len() == 4).then(|| (new(year, month, day), at + 1))
}

/// `2026-Jul-13`, `2026 July 13`.
fn year_first(parts: &[Part]) -> Option<(Option<Date>, usize)> {
    let Part::Digits(year) = parts.first()? else {
        return None;
    };
    let mut at = 1 + joined(parts.get(1));
    let month = named(parts.get(at)?)?;
    at += 1;
    at += joined(parts.get(at));
    let day = day(parts.get(at)?)?;
    (year.len() == 4).then(|| (new(year, month, day), at + 1))
}

/// Number of tokens of a separator between day, month and year.
fn joined(part: Option<&Part>) -> usize {
    let joins = match part {
        Some(Part::Sign(sign)) => matches!(sign, '.' | ',' | '-' | '/' | '\'' | '’'),
        Some(Part::Word(word)) => matches!(*word, "of" | "de" | "del"),
        _ => false,
    };
    usize::from(joins)
}

fn day<'a>(part: &Part<'a>) -> Option<&'a str> {
    match part {
        Part::Digits(digits) if digits.len() <= 2 => Some(digits),
        _ => None,
    }
}

fn named(part: &Part) -> Option<i8> {
    match part {
        Part::Word(word) => month(word),
        _ => None,
    }
}

fn new(year: &str, month: i8, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}
