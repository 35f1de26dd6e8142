//! Reminders as an iCalendar file (RFC 5545).

use std::fmt::Write as _;

use crate::board::Date;
use crate::board::hash::Fnv;

/// Maximum length of a line, in bytes without its end.
const LINE: usize = 75;

/// A reminder for a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is about: events with the same key replace each other in a calendar.
    pub key: String,
    /// The day.
    pub day: Date,
    /// One line.
    pub summary: String,
    /// Any text.
    pub description: String,
    /// Address of the posting.
    pub url: Option<String>,
}

/// A calendar of events, as written on `today`.
pub fn calendar(events: impl IntoIterator<Item = Event>, today: Date) -> String {
    let mut out = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        concat!(
            "PRODID:-//jobdeck//jobdeck ",
            env!("CARGO_PKG_VERSION"),
            "//EN"
        ),
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Job applications",
    ] {
        fold(line, &mut out);
    }
    for event in events {
        write(&event, today, &mut out);
    }
    fold("END:VCALENDAR", &mut out);
    out
}

fn write(event: &Event, today: Date, out: &mut String) {
    let next = event.day.tomorrow().unwrap_or(event.day);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:follow-up-{:016x}@jobdeck", Fnv::hash(&event.key)),
        format!("DTSTAMP:{}T000000Z", day(today)),
        format!("DTSTART;VALUE=DATE:{}", day(event.day)),
        format!("DTEND;VALUE=DATE:{}", day(next)),
        format!("SUMMARY:{}", escaped(&event.summary)),
    ];
    if !event.description.is_empty() {
        lines.push(format!("DESCRIPTION:{}", escaped(&event.description)));
    }
    // An address is a URI, which is not escaped; the text gate leaves no line end in it.
    lines.extend(event.url.iter().map(|url| format!("URL:{url}")));
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    for line in lines {
        fold(&line, out);
    }
}

fn day(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text value, with the characters escaped that have a meaning in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded between characters.
fn fold(line: &str, out: &mut String) {
    let mut rest = line;
    let mut room = LINE;
    while rest.len() > room {
        let end = rest.floor_char_boundary(room);
        let _ = write!(out, "{}\r\n ", &rest[..end]);
        rest = &rest[end..];
        // The space of the folded line counts.
        room = LINE - 1;
    }
    let _ = write!(out, "{rest}\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 3, 1);

    fn event(summary: &str) -> Event {
        Event {
            key: "board/rust".into(),
            day: Date::constant(2026, 12, 31),
            summary: summary.into(),
            description: "applied 2026-02-20\nAsk; then, wait \\o/".into(),
            url: Some("https://ferrous.example/jobs?a=1;2,3".into()),
        }
    }

    #[test]
    fn a_reminder_is_a_whole_day_with_escaped_texts() {
        let calendar = calendar([event("Follow up: Rust, Berlin")], TODAY);
        insta::assert_snapshot!(calendar.replace("\r\n", "\n").replace(env!("CARGO_PKG_VERSION"), "X"), @r"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//jobdeck//jobdeck X//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Job applications
        BEGIN:VEVENT
        UID:follow-up-2fefd429073b029a@jobdeck
        DTSTAMP:20260301T000000Z
        DTSTART;VALUE=DATE:20261231
        DTEND;VALUE=DATE:20270101
        SUMMARY:Follow up: Rust\, Berlin
        DESCRIPTION:applied 2026-02-20\nAsk\; then\, wait \\o/
        URL:https://ferrous.example/jobs?a=1;2,3
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR
        ");
    }

    #[test]
    fn lines_are_folded_at_75_bytes_between_characters() {
        let long = "Wärterin für Küstenvögel 🐦 ".repeat(20);
        let calendar = calendar([event(&long)], TODAY);
        assert!(calendar.ends_with("END:VCALENDAR\r\n"));
        for line in calendar.split("\r\n") {
            assert!(line.len() <= LINE && !line.contains(['\n', '\r']), "{line}");
        }
        let unfolded = calendar.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{long}")));
    }

    #[test]
    fn an_event_keeps_its_uid_when_its_day_or_text_changes() {
        let uid = |event: Event| {
            let calendar = calendar([event], TODAY);
            let uid = calendar.lines().find(|line| line.starts_with("UID"));
            uid.map(str::to_owned)
        };
        let later = Event {
            day: Date::constant(2027, 1, 5),
            ..event("Other")
        };
        assert_eq!(uid(event("One")), uid(later));
        let other = Event {
            key: "board/data".into(),
            ..event("One")
        };
        assert_ne!(uid(event("One")), uid(other));
    }
}
