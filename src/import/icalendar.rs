//! iCalendar: each event is a posting. An event called a deadline is its closing date.

use super::day::{self, Day};
use super::draft::{Draft, Refusal};
use super::html::escaped_block;
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::{Drafts, RowPosition};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "icalendar",
    signs: &[Sign::Text(is_calendar)],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

const START: &str = "BEGIN:VCALENDAR";

/// Words that make an event a deadline.
const DEADLINES: &[&str] = &[
    "apply by",
    "deadline",
    "closing date",
    "applications close",
    "applications due",
];

/// Words that tell a calendar of openings from any other.
const OPENINGS: &[&str] = &["job", "vacanc", "position", "hiring", "career", "recruit"];

/// Whether this is a calendar that speaks of openings.
fn is_calendar(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = DEADLINES.iter().chain(OPENINGS);
    text.starts_with(START) && words.any(|word| lower.contains(word))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    if !text.trim_start().starts_with(START) {
        return Err("it is not a calendar".into());
    }
    let lines = unfolded(text);
    let mut events: Vec<(usize, Event)> = Vec::new();
    let mut is_open = false;
    for (number, line) in lines {
        let Some((name, value)) = property(&line) else {
            continue;
        };
        match (name.as_str(), value) {
            ("BEGIN", "VEVENT") => {
                is_open = true;
                events.push((number, Event::default()));
            }
            ("END", "VEVENT") => is_open = false,
            (name, value) if is_open => {
                if let Some((_, event)) = events.last_mut() {
                    event.take(name, value);
                }
            }
            _ => {}
        }
    }
    let rows = events.into_iter().enumerate();
    Ok(Box::new(rows.map(|(at, (line, event))| {
        let row = at + 1;
        (RowPosition { row, line }, event.draft())
    })))
}

#[derive(Default)]
struct Event {
    uid: String,
    summary: String,
    location: String,
    description: String,
    url: String,
    organizer: String,
    start: String,
    categories: String,
    is_cancelled: bool,
}

impl Event {
    fn take(&mut self, name: &str, value: &str) {
        let field = match name {
            "UID" => &mut self.uid,
            "SUMMARY" => &mut self.summary,
            "LOCATION" => &mut self.location,
            "DESCRIPTION" => &mut self.description,
            "URL" => &mut self.url,
            "ORGANIZER" => &mut self.organizer,
            "DTSTART" => &mut self.start,
            "CATEGORIES" => &mut self.categories,
            "STATUS" => {
                self.is_cancelled = value.eq_ignore_ascii_case("cancelled");
                return;
            }
            _ => return,
        };
        *field = unescaped(value);
    }

    fn draft(self) -> Result<Draft, Refusal> {
        if self.is_cancelled {
            return Err(Refusal::skipped("it is cancelled"));
        }
        let (title, is_deadline) = titled(&self.summary);
        let date = self.start.get(..8).unwrap_or(&self.start).to_owned();
        let mut draft = Draft {
            id: self.uid,
            title,
            locations: vec![self.location],
            url: Some(self.url),
            tags: self
                .categories
                .split(',')
                .map(|tag| tag.trim().to_owned())
                .collect(),
            description: escaped_block(&self.description),
            ..Draft::default()
        };
        if is_deadline {
            draft.closes = day::day(&date);
        } else if let Day::On(day) = day::day(&date) {
            draft.extras.push(("Date", day.to_string()));
        }
        let organizer = self.organizer.trim_start_matches("mailto:").to_owned();
        draft.extras.push(("Organizer", organizer));
        Ok(draft)
    }
}

/// Title of an event, and whether it is a deadline: `Ice Engineer (apply by)`.
fn titled(summary: &str) -> (String, bool) {
    let lower = summary.to_lowercase();
    let Some(word) = DEADLINES.iter().find(|word| lower.contains(**word)) else {
        return (summary.to_owned(), false);
    };
    let edges =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | '-' | '–' | ',');
    let at = lower.find(word).filter(|_| lower.len() == summary.len());
    let rest = at.map(|at| format!("{} {}", &summary[..at], &summary[at + word.len()..]));
    let title = rest.map(|rest| rest.trim_matches(edges).to_owned());
    (
        title
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| summary.to_owned()),
        true,
    )
}

/// Logical lines of a calendar with their numbers: a line that begins with a space continues the previous one.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((at + 1, line.to_owned())),
        }
    }
    lines
}

/// Name and value of a line, without parameters.
fn property(line: &str) -> Option<(String, &str)> {
    let mut is_quoted = false;
    let colon = line.find(|c: char| {
        is_quoted ^= c == '"';
        c == ':' && !is_quoted
    })?;
    let name = line[..colon].split(';').next().unwrap_or_default();
    Some((name.to_ascii_uppercase(), &line[colon + 1..]))
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            (c, false) => out.push(c),
        }
    }
    out
}
