//! Dates in the many notations of feeds, as of the source's own time zone.
//!
//! A text that is ambiguous or not a single day is kept as written.

mod month;
mod scan;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::board::Date;

/// Date in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Day {
    /// Absent.
    #[default]
    Unknown,
    /// This day.
    On(Date),
    /// This number of days before retrieval.
    Ago(u16),
    /// Not a single day.
    Unread(String),
}

impl Day {
    /// This date, or another source's if absent.
    pub(super) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Unknown => other(),
            known => known,
        }
    }

    /// Whether the date is absent.
    pub(super) fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// The date, given the day of retrieval; or the text if it is not a single day.
    pub(super) fn resolved(self, fetched: Date) -> Result<Option<Date>, String> {
        match self {
            Self::Unknown => Ok(None),
            Self::On(day) if plausible(day) => Ok(Some(day)),
            Self::On(day) => Err(day.to_string()),
            Self::Ago(days) => {
                let span = jiff::Span::new().days(i64::from(days));
                let day = fetched.checked_sub(span);
                day.map(Some).map_err(|_| format!("{days} days ago"))
            }
            Self::Unread(written) => Err(written),
        }
    }
}

impl From<Option<Date>> for Day {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Unknown, Self::On)
    }
}

/// Parses a date: `2026-07-10T14:10:34Z`, `March 25, 2021`, `13.07.2026`, `1783900800`, `Posted 4 Days Ago`.
pub(super) fn day(written: &str) -> Day {
    let text = written.trim();
    if text.is_empty() || is_placeholder(text) {
        return Day::Unknown;
    }
    let text = ascii_digits(text);
    let read = numeric(&text)
        .or_else(|| relative(&text))
        .or_else(|| scan::only_date(&text).map(Day::On));
    match read {
        Some(Day::On(day)) if !plausible(day) => Day::Unread(written.trim().to_owned()),
        Some(read) => read,
        None => Day::Unread(written.trim().to_owned()),
    }
}

/// Whether a text is a placeholder for unknown.
fn is_placeholder(text: &str) -> bool {
    let zero = text.bytes().any(|byte| byte == b'0') && text.bytes().all(|byte| byte == b'0');
    let start = text.get(..10).unwrap_or(text);
    zero || ["0000-00-00", "0001-01-01", "1970-01-01"].contains(&start)
}

/// Converts full-width digits to ASCII.
fn ascii_digits(text: &str) -> String {
    let ascii = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (c as u32 - 0xff10) as u8),
        c => c,
    };
    text.chars().map(ascii).collect()
}

/// A number: a date without separators, or a Unix time.
fn numeric(text: &str) -> Option<Day> {
    let number = text
        .strip_prefix("/Date(")
        .and_then(|rest| rest.split([')', '+', '-']).next())
        .unwrap_or(text);
    let number = number.strip_suffix(".0").unwrap_or(number);
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read = match number.len() {
        8 => compact(number),
        9..=13 => epoch(number.parse().ok()?),
        _ => None,
    };
    Some(read.map_or_else(|| Day::Unread(text.to_owned()), Day::On))
}

/// Date of eight digits: `20260710`.
fn compact(digits: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    Date::new(year, month as i8, day as i8).ok()
}

/// Words before a date that say nothing of it.
const LEADS: [&str; 9] = [
    "posted",
    "published",
    "added",
    "date posted",
    "veröffentlicht",
    "publié",
    "publicado",
    "pubblicato",
    "geplaatst",
];

/// Days before retrieval: `Posted Today`, `yesterday`, `4 days ago`. Hours, weeks and months do not identify a day.
fn relative(text: &str) -> Option<Day> {
    let text = text.to_lowercase();
    let mut text = text.as_str();
    for lead in LEADS {
        text = text.strip_prefix(lead).unwrap_or(text);
    }
    let text = without_time(text.trim_start_matches([':', ' ']));
    match text {
        "today" | "just posted" | "just now" | "heute" | "aujourd'hui" | "aujourd’hui" | "hoy"
        | "hoje" | "oggi" | "vandaag" | "idag" | "i dag" | "dzisiaj" | "dziś" | "сегодня"
        | "bugün" | "dnes" | "tänään" | "今日" | "本日" | "今天" | "오늘" => {
            return Some(Day::Ago(0));
        }
        "yesterday" | "gestern" | "hier" | "ayer" | "ontem" | "ieri" | "gisteren" | "igår"
        | "i går" | "wczoraj" | "вчера" | "dün" | "včera" | "eilen" | "昨日" | "昨天" | "어제" =>
        {
            return Some(Day::Ago(1));
        }
        "vorgestern" | "avant-hier" | "anteayer" | "anteontem" | "l'altro ieri" | "eergisteren"
        | "przedwczoraj" | "позавчера" | "前天" | "一昨日" => {
            return Some(Day::Ago(2));
        }
        _ => {}
    }
    let starts = ["vor ", "il y a ", "hace ", "há ", "před "];
    let ends = [
        " ago",
        " fa",
        " geleden",
        " sedan",
        " siden",
        " temu",
        " назад",
        " önce",
        " sitten",
        "前",
        " 전",
    ];
    let ended = ends.iter().find_map(|end| text.strip_suffix(end));
    let count = match ended {
        // Around the number: `för 3 dagar sedan`, `for 3 dager siden`.
        Some(rest) => ["för ", "for "]
            .iter()
            .find_map(|start| rest.strip_prefix(start))
            .unwrap_or(rest),
        None => starts.iter().find_map(|start| text.strip_prefix(start))?,
    };
    // "3d ago" and "3日前" are written without a space.
    let unit_at = count.find(|c: char| !c.is_ascii_digit() && c != ' ');
    let (count, unit) = match count.split_once(' ') {
        Some(parts) => parts,
        None => count.split_at(unit_at?),
    };
    let count = match count {
        "a" | "one" | "einem" | "un" | "um" | "una" | "uno" | "een" | "én" | "en" => "1",
        other => other,
    };
    DAYS.contains(&unit.trim()).then_some(())?;
    count.parse().ok().map(Day::Ago)
}

/// Names of a day, or of several, as they stand after a number.
const DAYS: [&str; 29] = [
    "d", "day", "days", "day(s)", "tag", "tagen", "tage", "jour", "jours", "día", "días", "dia",
    "dias", "giorno", "giorni", "dag", "dagen", "dagar", "dager", "dage", "dzień", "dni", "день",
    "дня", "дней", "gün", "日", "天", "일",
];

/// A text without a time of day at its end: `gestern, 14:30`, `yesterday at 9:05`.
fn without_time(text: &str) -> &str {
    let Some((before, time)) = text.rsplit_once(' ') else {
        return text;
    };
    let is_time = time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
    if !is_time {
        return text;
    }
    let before = before.trim_end_matches([',', ' ']);
    let joints = [" at", " um", " à", " a las", " alle", " kl.", " om"];
    let joint = joints.iter().find_map(|joint| before.strip_suffix(joint));
    joint.unwrap_or(before)
}

/// Date of a Unix time in seconds, or in milliseconds if it would be far in the future otherwise.
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

/// Whether a date is plausible: systems use zero and distant years for unknown.
pub(super) fn plausible(day: Date) -> bool {
    (1980..2100).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_as_they_are_written() {
        for (written, read) in [
            ("2026-06-15T04:53:42-04:00", "2026-06-15"),
            ("2026-07-13T23:30:00-08:00", "2026-07-13"),
            ("2026-08-05 09:41:37 UTC", "2026-08-05"),
            ("2026-07-13 23:59:59.123456", "2026-07-13"),
            ("2026-07-13T09:00:00.000+0000", "2026-07-13"),
            ("2026-7-1", "2026-07-01"),
            ("2026/07/10", "2026-07-10"),
            ("20260710", "2026-07-10"),
            ("20260713T090000Z", "2026-07-13"),
            ("13.07.2026", "2026-07-13"),
            ("Deadline: 31.07.2026", "2026-07-31"),
            ("07/13/2026", "2026-07-13"),
            ("13/07/2026", "2026-07-13"),
            ("07/07/2026", "2026-07-07"),
            ("March 25, 2021", "2021-03-25"),
            ("August  8, 2026", "2026-08-08"),
            ("Sept. 5, 2026", "2026-09-05"),
            ("5 Sept 2026", "2026-09-05"),
            ("12 March, 2026", "2026-03-12"),
            ("2nd of May 2026", "2026-05-02"),
            ("July 13th 2026 at 5:00 PM EST", "2026-07-13"),
            ("Friday 31 July 2026, 12 noon", "2026-07-31"),
            ("Jul-13-2026", "2026-07-13"),
            ("13-Jul-2026", "2026-07-13"),
            ("2026-Jul-13", "2026-07-13"),
            ("13 Jul 26", "2026-07-13"),
            ("Fri, 10 Jul 26 22:45:30 GMT", "2026-07-10"),
            ("Fri, 10 Jul 2026 22:45:30 +0000", "2026-07-10"),
            ("Sun, 20 Sep 2026 04:59:00:0", "2026-09-20"),
            ("Mon, 13 Jul 2026 24:00:00 +0000", "2026-07-13"),
            ("Mon Jul 13 2026 09:00:00 GMT+0200 (CEST)", "2026-07-13"),
            ("13. Juli 2026", "2026-07-13"),
            ("3. März 2026", "2026-03-03"),
            ("13 juillet 2026", "2026-07-13"),
            ("1er août 2026", "2026-08-01"),
            ("mar. 3 mars 2026", "2026-03-03"),
            ("Mardi 3 mars 2026", "2026-03-03"),
            ("13 de julio de 2026", "2026-07-13"),
            ("domingo, 3 de mayo de 2026", "2026-05-03"),
            ("3 ago 2026", "2026-08-03"),
            ("13 июля 2026", "2026-07-13"),
            ("2026年7月13日", "2026-07-13"),
            ("05.11.26", "2026-11-05"),
            ("Stand: 05.11.26", "2026-11-05"),
            ("13/07/26", "2026-07-13"),
            ("07/13/26", "2026-07-13"),
            ("07-07-26", "2026-07-07"),
            ("26-07-13", "2026-07-13"),
            ("２０２６-07-13", "2026-07-13"),
            ("1783900800", "2026-07-13"),
            ("1783900800.0", "2026-07-13"),
            ("1783900800000", "2026-07-13"),
            ("/Date(1783900800000)/", "2026-07-13"),
            ("/Date(1783900800000+0200)/", "2026-07-13"),
        ] {
            let expected = Day::On(read.parse().unwrap());
            assert_eq!(day(written), expected, "{written}");
        }
    }

    #[test]
    fn ambiguous_dates_are_kept_as_written() {
        for written in [
            "10/07/2026",
            "10-07-2026",
            "05/11/26",
            "25.11.26",
            "05/06/07",
            "1/2/26",
            "2024-07",
            "2026-W28",
            "2026",
            "May 2026",
            "Aug 1",
            "31 Apr 2026",
            "2026-13-01",
            "2026-02-30",
            "9999-12-31",
            "1 May 2026 to 31 May 2026",
            "Posted 30+ Days Ago",
            "2 weeks ago",
            "vor 2 Wochen",
            "2w ago",
            "5 hours ago",
            "30+ days ago",
            "vor über 30 Tagen",
            "for 3 days",
            "until filled",
            "ASAP",
            "Market 3, 2026",
            "12345",
        ] {
            assert_eq!(day(written), Day::Unread(written.into()), "{written}");
        }
        for written in ["", "0", "0000-00-00", "0001-01-01T00:00:00Z", "1970-01-01"] {
            assert_eq!(day(written), Day::Unknown, "{written}");
        }
    }

    #[test]
    fn days_before_now_count_from_the_day_of_the_fetch() {
        let fetched = Date::constant(2026, 3, 2);
        for (written, read) in [
            ("Posted 4 Days Ago", "2026-02-26"),
            ("a day ago", "2026-03-01"),
            ("3d ago", "2026-02-27"),
            ("vor 3 Tagen", "2026-02-27"),
            ("vor einem Tag", "2026-03-01"),
            ("il y a 3 jours", "2026-02-27"),
            ("hace 2 días", "2026-02-28"),
            ("há 2 dias", "2026-02-28"),
            ("gestern", "2026-03-01"),
            ("Posted Today", "2026-03-02"),
            ("yesterday", "2026-03-01"),
            ("Gestern, 14:30", "2026-03-01"),
            ("heute um 9:05", "2026-03-02"),
            ("Veröffentlicht: vorgestern", "2026-02-28"),
            ("Publié il y a 3 jours", "2026-02-27"),
            ("3 giorni fa", "2026-02-27"),
            ("3 dagen geleden", "2026-02-27"),
            ("för 3 dagar sedan", "2026-02-27"),
            ("3 dni temu", "2026-02-27"),
            ("3 дня назад", "2026-02-27"),
            ("3日前", "2026-02-27"),
            ("3 day(s) ago", "2026-02-27"),
        ] {
            let resolved = day(written).resolved(fetched);
            assert_eq!(resolved, Ok(Some(read.parse().unwrap())), "{written}");
        }
    }

    #[test]
    fn tells_seconds_from_milliseconds() {
        assert_eq!(epoch(1_757_916_149_833), Some(Date::constant(2025, 9, 15)));
        assert_eq!(epoch(1_714_605_534), Some(Date::constant(2024, 5, 1)));
        assert_eq!(epoch(0), None);
    }
}
