//! A line that is asked for: a day, a name.

use jiff::Span;

use super::input::Line;
use crate::board::Date;

/// A line being written, and what it is for.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub topic: PromptTopic,
    /// What was written.
    pub line: Line,
    /// Why what was written makes no sense.
    pub refusal: Option<String>,
}

/// What a line is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptTopic {
    /// The day to come back to a posting.
    FollowUp,
    /// Whom to talk to.
    Contact,
    /// Which CV was sent.
    Cv,
    /// The name to keep this query under.
    View(String),
}

impl Prompt {
    /// A line that already says something.
    pub fn new(topic: PromptTopic, written: &str) -> Self {
        Self {
            topic,
            line: Line::new(written),
            refusal: None,
        }
    }
}

/// The day that somebody means: `3d` and `2w` from today, or a date.
pub(super) fn day(written: &str, today: Date) -> Result<Date, String> {
    let refusal = || format!("`{written}` is no day: 3d, 2w, 1m or {today}");
    if let Ok(day) = written.parse() {
        return Ok(day);
    }
    let number = written.trim_end_matches(['d', 'w', 'm']);
    let count: i64 = number.parse().map_err(|_| refusal())?;
    let span = match &written[number.len()..] {
        "" | "d" => Span::new().try_days(count),
        "w" => Span::new().try_weeks(count),
        "m" => Span::new().try_months(count),
        _ => return Err(refusal()),
    };
    let span = span.map_err(|_| refusal())?;
    today.checked_add(span).map_err(|_| refusal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates_or_distances() {
        let today = Date::constant(2026, 1, 30);
        for (written, day) in [
            ("3d", Some("2026-02-02")),
            ("3", Some("2026-02-02")),
            ("2w", Some("2026-02-13")),
            ("1m", Some("2026-02-28")),
            ("2026-12-01", Some("2026-12-01")),
            ("soon", None),
            ("3dw", None),
            ("99999999999d", None),
            ("", None),
        ] {
            let read = super::day(written, today).ok();
            assert_eq!(read, day.map(|day| day.parse().unwrap()), "{written}");
        }
    }
}
