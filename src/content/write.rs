//! Writes postings, interviews and a board's head as TOML that loads back to the same values.
//!
//! Output is canonical: keys in documented order, absent ones left out, lists on one line if they fit.

use std::fmt::Write as _;

use crate::board::field::{FIELDS, Value};
use crate::board::{Board, Interview, Posting};

/// Maximum length of a line with a list.
const LINE: usize = 100;

/// Content of `board.toml`.
pub fn board(board: &Board) -> String {
    let mut table = Table::default();
    table.text("name", Some(&board.name));
    table.block(
        "description",
        board.description.as_deref().unwrap_or_default(),
    );
    table.text("url", board.url.as_ref());
    table.under("[board]")
}

/// A `[[posting]]`.
pub fn posting(posting: &Posting) -> String {
    Table(fields(posting)).under("[[posting]]")
}

/// Keys and values of a `[[posting]]` in documented order; absent ones are left out.
pub(super) fn fields(posting: &Posting) -> Vec<(&'static str, String)> {
    let fields = FIELDS.iter();
    let fields = fields.filter_map(|field| {
        let value = field.value(posting)?;
        Some((field.name, self::value(&value, field.name)))
    });
    fields.collect()
}

/// A value as TOML. The length of `key` counts towards the line.
pub(super) fn value(value: &Value<'_>, key: &str) -> String {
    match value {
        Value::Text(text) => string(text),
        Value::Block(text) => block(text),
        Value::Number(number) => amount(*number),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        Value::List(list) => {
            let entries = list.iter().map(|entry| self::value(entry, ""));
            listed(&entries.collect::<Vec<_>>(), key)
        }
        Value::Table(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(key, value)| format!("{key} = {}", self::value(value, key)));
            inline(&pairs.collect::<Vec<_>>())
        }
    }
}

/// An `[[interview]]` and its exchanges.
pub fn interview(interview: &Interview) -> String {
    let mut table = Table::default();
    table.text("id", Some(&interview.id));
    table.text("title", Some(&interview.title));
    table.text("subtitle", interview.subtitle.as_ref());
    if let Some(person) = &interview.person {
        let mut fields = vec![format!("name = {}", string(&person.name))];
        fields.extend(
            person
                .role
                .iter()
                .map(|role| format!("role = {}", string(role))),
        );
        table.value("person", inline(&fields));
    }
    table.text("photo", interview.photo.as_ref());
    table.text("credit", interview.credit.as_ref());
    table.text("caption", interview.caption.as_ref());
    table.text("editors_note", interview.editors_note.as_ref());
    table.block(
        "introduction",
        interview.introduction.as_deref().unwrap_or_default(),
    );
    let topics = interview.topics.iter().map(String::as_str);
    table.list("topics", &topics.collect::<Vec<_>>());
    table.text("publisher", interview.publisher.as_ref());
    table.flag("retold", interview.retold);
    if let Some(related) = &interview.related {
        let ids: Vec<_> = related.iter().map(|id| string(id)).collect();
        table.value("related", listed(&ids, "related"));
    }
    table.text("url", interview.url.as_ref());
    let mut text = table.under("[[interview]]");
    for exchange in &interview.exchanges {
        let mut table = Table::default();
        table.text("question", Some(&exchange.question));
        table.block("answer", &exchange.answer);
        text.push('\n');
        text.push_str(&table.under("[[interview.exchange]]"));
    }
    text
}

/// A table under construction: its keys and their values.
#[derive(Default)]
struct Table(Vec<(&'static str, String)>);

impl Table {
    /// The table below its header.
    fn under(self, header: &str) -> String {
        let mut text = format!("{header}\n");
        for (key, value) in self.0 {
            let _ = writeln!(text, "{key} = {value}");
        }
        text
    }

    fn value(&mut self, key: &'static str, value: String) {
        self.0.push((key, value));
    }

    fn text(&mut self, key: &'static str, text: Option<&String>) {
        if let Some(text) = text {
            self.value(key, string(text));
        }
    }

    fn flag(&mut self, key: &'static str, flag: bool) {
        if flag {
            self.value(key, "true".into());
        }
    }

    fn list(&mut self, key: &'static str, texts: &[&str]) {
        if !texts.is_empty() {
            let texts: Vec<_> = texts.iter().map(|text| string(text)).collect();
            self.value(key, listed(&texts, key));
        }
    }

    fn block(&mut self, key: &'static str, text: &str) {
        if !text.is_empty() {
            self.value(key, block(text));
        }
    }
}

pub(super) fn inline(fields: &[String]) -> String {
    if fields.is_empty() {
        return "{}".into();
    }
    format!("{{ {} }}", fields.join(", "))
}

/// A list on one line, or with one entry per line.
pub(super) fn listed(entries: &[String], key: &str) -> String {
    let one = format!("[{}]", entries.join(", "));
    if key.len() + 3 + one.chars().count() <= LINE || entries.len() == 1 {
        return one;
    }
    let mut lines = String::from("[\n");
    for entry in entries {
        let _ = writeln!(lines, "  {entry},");
    }
    lines + "]"
}

/// The shortest notation of a number that keeps its value.
fn amount(amount: f64) -> String {
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    if amount.fract() == 0.0 && amount < WHOLE {
        format!("{amount:.0}")
    } else {
        format!("{amount:?}")
    }
}

/// A single-line string, in single quotes if that saves escapes.
pub(super) fn string(text: &str) -> String {
    let escapes = text.contains(['"', '\\']);
    if escapes && !text.contains('\'') && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    escape(text, &mut out);
    out + "\""
}

/// A multi-line string, in single quotes if that saves escapes.
pub(super) fn block(text: &str) -> String {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let escapes = text.contains('\\') || text.contains("\"\"\"");
    if escapes && !text.contains("'''") && !text.contains(control) {
        return format!("'''\n{text}\n'''");
    }
    let mut out = String::from("\"\"\"\n");
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mut rest = line;
        // Two quotes are allowed, three would end the text.
        while let Some(at) = rest.find("\"\"\"") {
            escape_plain(&rest[..at], &mut out);
            out.push_str("\"\"\\\"");
            rest = &rest[at + 3..];
        }
        escape_plain(rest, &mut out);
    }
    out + "\n\"\"\""
}

fn escape(text: &str, out: &mut String) {
    for part in text.split_inclusive('"') {
        let (plain, quote) = part
            .strip_suffix('"')
            .map_or((part, ""), |plain| (plain, "\\\""));
        escape_plain(plain, out);
        out.push_str(quote);
    }
}

/// Escapes everything but quotes.
fn escape_plain(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Tabs only occur in texts written by hand.
            '\t' => out.push('\t'),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
