//! Dates in words: `today`, `friday`, `3d`, `2 weeks`, `2026-11-28`.

use jiff::Span;
use jiff::civil::Weekday;

use crate::board::Date;

/// The next date that a text denotes, relative to `today`: `tomorrow`, `3d`, `in 2 weeks`, `friday` or a date.
pub fn upcoming(written: &str, today: Date) -> Option<Date> {
    let words = written.trim().to_lowercase();
    let words = words.strip_prefix("in ").unwrap_or(&words).trim();
    let words = words.strip_prefix("next ").unwrap_or(words).trim();
    if let Ok(day) = words.parse() {
        return Some(day);
    }
    match words {
        "today" => return Some(today),
        "tomorrow" => return today.tomorrow().ok(),
        _ => {}
    }
    if let Some(weekday) = weekday(words) {
        return today.nth_weekday(1, weekday).ok();
    }
    today.checked_add(span(words)?).ok()
}

/// First and last day of a year or a month: `2026`, `2026-05`.
pub(super) fn calendar_span(written: &str) -> Option<(Date, Date)> {
    let number = |digits: &str, length: usize| {
        let is_plain = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| digits.parse::<i16>().ok())?
    };
    let (year, month) = match written.split_once('-') {
        Some((year, month)) => (year, Some(i8::try_from(number(month, 2)?).ok()?)),
        None => (written, None),
    };
    let year = number(year, 4).filter(|year| (1900..2200).contains(year))?;
    let first = Date::new(year, month.unwrap_or(1), 1).ok()?;
    let last = Date::new(year, month.unwrap_or(12), 1)
        .ok()?
        .last_of_month();
    Some((first, last))
}

/// Weekday with this name or three-letter abbreviation.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let named = |(name, _): &&(&str, Weekday)| *name == word || name[..3] == *word;
    NAMES.iter().find(named).map(|(_, weekday)| *weekday)
}

/// A duration: `3`, `3d`, `2 weeks`, `a month`.
fn span(words: &str) -> Option<Span> {
    let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let (number, unit) = match words.len() - digits.len() {
        // A single-letter unit requires a number.
        0 if words.len() < 2 => return None,
        0 => {
            let one = words.strip_prefix("a ").or(words.strip_prefix("one "));
            (1, one.unwrap_or(words))
        }
        end => (words[..end].parse::<i64>().ok()?, digits.trim_start()),
    };
    match unit {
        "" | "d" | "day" | "days" => Span::new().try_days(number).ok(),
        "w" | "week" | "weeks" => Span::new().try_weeks(number).ok(),
        "m" | "month" | "months" => Span::new().try_months(number).ok(),
        "y" | "year" | "years" => Span::new().try_years(number).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_is_a_date_a_distance_or_a_weekday() {
        // This is a Friday.
        let today = Date::constant(2026, 1, 30);
        for (written, day) in [
            ("3d", Some("2026-02-02")),
            ("3", Some("2026-02-02")),
            ("2w", Some("2026-02-13")),
            ("2 weeks", Some("2026-02-13")),
            ("in a week", Some("2026-02-06")),
            ("1m", Some("2026-02-28")),
            ("today", Some("2026-01-30")),
            ("Tomorrow", Some("2026-01-31")),
            ("friday", Some("2026-02-06")),
            ("next mon", Some("2026-02-02")),
            ("2026-12-01", Some("2026-12-01")),
            ("soon", None),
            ("3dw", None),
            ("99999999999d", None),
            ("", None),
        ] {
            let expected = day.map(|day| day.parse().unwrap());
            assert_eq!(upcoming(written, today), expected, "{written}");
        }
    }
}
