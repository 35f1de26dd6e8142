//! Days, in the many ways feeds write them. The day is the one the source saw: its own clock, not ours.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::board::Date;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The day in a text: `2026-07-10T14:10:34Z`, `March 25, 2021`, `Fri, 10 Jul 2026 22:45:30 +0000`.
pub(super) fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    iso(written)
        .or_else(|| worded(written))
        .filter(|day| plausible(*day))
}

fn iso(written: &str) -> Option<Date> {
    let day = written.get(..10)?;
    let shaped = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    // A longer number is no date, and neither is a year with more behind it.
    let ends = !written[10..].starts_with(|c: char| c.is_ascii_digit());
    if shaped && ends {
        day.parse().ok()
    } else {
        None
    }
}

/// A day whose month is a word: `March 25, 2021` or `10 Jul 2026`.
fn worded(written: &str) -> Option<Date> {
    let words: Vec<&str> = written
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let month_at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words[month_at])?;
    let before = month_at.checked_sub(1).and_then(|at| number(words[at]));
    let after = |steps: usize| words.get(month_at + steps).copied().and_then(number);
    let (of_month, year) = match before {
        Some(of_month) => (of_month, after(1)?),
        None => (after(1)?, after(2)?),
    };
    Date::new(year, month, of_month.try_into().ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    (full[at].starts_with(&word) || word == "sept").then_some(at as i8 + 1)
}

/// A number of a day or a year, `1st` and `2nd` too.
fn number(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok()
}

/// The day of a moment given in seconds since 1970, or in milliseconds where that would lie far in the future.
pub(super) fn epoch(moment: i64) -> Option<Date> {
    /// The year 5138 in seconds, and 1973 in milliseconds.
    const MILLISECONDS: i64 = 100_000_000_000;
    let moment = if moment.abs() >= MILLISECONDS {
        Timestamp::from_millisecond(moment)
    } else {
        Timestamp::from_second(moment)
    };
    let day = moment.ok()?.to_zoned(TimeZone::UTC).date();
    plausible(day).then_some(day)
}

/// Whether a job can have been posted then: zero and far years are how systems write "unknown".
pub(super) fn plausible(day: Date) -> bool {
    (1980..2100).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_as_they_are_written() {
        for (written, read) in [
            ("2026-06-15T04:53:42-04:00", Some("2026-06-15")),
            ("2026-08-05 09:41:37 UTC", Some("2026-08-05")),
            ("March 25, 2021", Some("2021-03-25")),
            ("August  8, 2026", Some("2026-08-08")),
            ("Fri, 10 Jul 2026 22:45:30 +0000", Some("2026-07-10")),
            ("Sun, 20 Sep 2026 04:59:00:0", Some("2026-09-20")),
            ("2024-07", None),
            ("2026-02-30", None),
            ("0001-01-01", None),
            ("Market 3, 2026", None),
            ("", None),
        ] {
            assert_eq!(
                day(written).map(|day| day.to_string()).as_deref(),
                read,
                "{written}"
            );
        }
    }

    #[test]
    fn tells_seconds_from_milliseconds() {
        assert_eq!(epoch(1_757_916_149_833), Some(Date::constant(2025, 9, 15)));
        assert_eq!(epoch(1_714_605_534), Some(Date::constant(2024, 5, 1)));
        assert_eq!(epoch(0), None);
    }
}
