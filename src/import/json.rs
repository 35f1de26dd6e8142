//! Reads rows of a JSON document one at a time: the elements of a list, or JSON lines.
//!
//! Only the current row is built in memory, and a truncated document still gives the rows before its end.

mod keys;
mod outline;

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::value::MapDeserializer;
use serde_json::value::RawValue;

use super::draft::{Draft, Refusal};
use super::{Drafts, RowPosition};
pub(super) use keys::keys;
pub(super) use outline::{List, outline};

/// Row type of a JSON feed.
pub(super) trait Row<'a>: Deserialize<'a> {
    /// Draft of the row. `head` holds what precedes the rows.
    fn draft(self, head: &Head<'a>) -> Result<Draft, Refusal>;
}

/// Rows of a document, as type `R`. `path` leads to their list; without such a list the document is one row, or each of
/// its lines is.
pub(super) fn drafts<'a, R: Row<'a> + 'a>(
    text: &'a str,
    path: &[&str],
) -> Result<Drafts<'a>, String> {
    let (head, rows) = rows(text, path)?;
    let why = if rows.lines {
        "it is damaged or truncated"
    } else {
        "it is damaged or truncated, and the rest of the list cannot be read"
    };
    let read = move |(place, raw): (RowPosition, Result<&'a RawValue, _>)| {
        let Ok(raw) = raw else {
            return (place, Err(Refusal::wrong(why)));
        };
        row::<R>(place, raw, &head)
    };
    Ok(Box::new(super::side_by_side(rows, read)))
}

fn row<'a, R: Row<'a>>(
    place: RowPosition,
    raw: &'a RawValue,
    head: &Head<'a>,
) -> (RowPosition, Result<Draft, Refusal>) {
    match lenient::<R>(raw) {
        Ok((row, left_out)) => {
            let mut draft = row.draft(head);
            if let Ok(draft) = &mut draft {
                draft.left_out.extend(left_out);
            }
            (place, draft)
        }
        Err(error) => {
            let line = place.line + error.line().saturating_sub(1);
            (
                RowPosition { line, ..place },
                Err(Refusal::wrong(message(&error))),
            )
        }
    }
}

/// Members with values of the wrong type, and these values.
pub(super) type LeftOut = Vec<(String, String)>;

/// Deserialises a row. Members of the wrong type are left out; empty ones without a report.
pub(super) fn lenient<'a, R: Deserialize<'a>>(
    raw: &'a RawValue,
) -> Result<(R, LeftOut), serde_json::Error> {
    let error = match serde_json::from_str::<R>(raw.get()) {
        Ok(row) => return Ok((row, LeftOut::new())),
        Err(error) => error,
    };
    let mut scan = Scan {
        text: raw.get(),
        at: 0,
    };
    let Some(members) = scan.members() else {
        return Err(error);
    };
    let read = |members: &[(Cow<'a, str>, &'a RawValue)]| {
        let pairs = members.iter().map(|(name, value)| (name.as_ref(), *value));
        R::deserialize(MapDeserializer::<_, serde_json::Error>::new(pairs))
    };
    let (fitting, others): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|member| read(std::slice::from_ref(member)).is_ok());
    let row = read(&fitting).map_err(|_| error)?;
    let others = others.into_iter().filter(|(_, value)| !is_empty(value));
    let left_out = others.map(|(name, value)| (name.into_owned(), plain(value)));
    Ok((row, left_out.collect()))
}

/// Whether a value is empty.
fn is_empty(value: &RawValue) -> bool {
    let mut bytes = value.get().bytes();
    let blank = |byte: u8| byte.is_ascii_whitespace() || b"\"[]{}".contains(&byte);
    bytes.all(blank) || value.get() == "null"
}

/// Text of a value.
fn plain(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned())
}

/// The parser's message without its position, which is relative to the row, and without the names of types.
pub(super) fn message(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let end = said.rfind(" at line ").unwrap_or(said.len());
    let said = &said[..end];
    let mismatch = said.strip_prefix("invalid type: ");
    match mismatch.and_then(|rest| rest.split_once(", expected")) {
        Some((found, _)) => format!("a posting cannot be read from {found}"),
        None => said.to_owned(),
    }
}

/// Members of the document before the rows.
#[derive(Default)]
pub(super) struct Head<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Head<'a> {
    /// The elements of a list member.
    pub(super) fn list(&self, key: &str) -> Vec<&'a RawValue> {
        let found = self.0.iter().find(|(name, _)| name == key);
        let list = found.and_then(|(_, raw)| serde_json::from_str(raw.get()).ok());
        list.unwrap_or_default()
    }

    /// A text member.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let (_, raw) = self.0.iter().find(|(name, _)| name == key)?;
        serde_json::from_str::<super::value::Text>(raw.get())
            .ok()
            .and_then(super::value::Text::some)
    }
}

/// Whether every key of every row passes a test.
pub(super) fn has_only(text: &str, path: &[&str], is_known: impl Fn(&str) -> bool) -> bool {
    let Ok((_, mut rows)) = rows(text, path) else {
        return false;
    };
    rows.all(|(_, row)| {
        let Ok(raw) = row else {
            return true;
        };
        let mut scan = Scan {
            text: raw.get(),
            at: 0,
        };
        let members = scan.members();
        members.is_none_or(|members| members.iter().all(|(key, _)| is_known(key)))
    })
}

/// Members of the first rows that hold a value, and that a reader of these keys does not look at.
pub(super) fn members_beside(text: &str, path: &[&str], keys: &[&str]) -> Vec<String> {
    /// The rows of a feed are similar, so its start suffices.
    const FIRST: usize = 200;
    let mut found: Vec<String> = Vec::new();
    let Ok((_, rows)) = rows(text, path) else {
        return found;
    };
    for raw in rows.take(FIRST).filter_map(|(_, row)| row.ok()) {
        let mut scan = Scan {
            text: raw.get(),
            at: 0,
        };
        for (name, value) in scan.members().into_iter().flatten() {
            let says_nothing = is_empty(value) || matches!(value.get(), "false" | "0");
            let is_known = keys.contains(&&*name) || found.iter().any(|known| *known == name);
            if !says_nothing && !is_known {
                found.push(name.into_owned());
            }
        }
    }
    found
}

/// Raw rows of a document.
pub(super) fn rows<'a>(text: &'a str, path: &[&str]) -> Result<(Head<'a>, JsonRows<'a>), String> {
    let mut scan = Scan { text, at: 0 };
    let mut head = Head::default();
    let whole = || JsonRows::new(text, 0, text.len(), true);
    match scan.peek() {
        Some(b'[') => {}
        Some(b'{') if descend(&mut scan, path, &mut head) => {}
        Some(b'{') => return Ok((Head::default(), whole())),
        _ => return Err("it is not JSON".into()),
    }
    if scan.peek() == Some(b'{') {
        // A single row instead of a list.
        let one = scan.clone().value().map_or(0, |raw| raw.get().len());
        return Ok((head, JsonRows::new(text, scan.at, scan.at + one, true)));
    }
    Ok((head, JsonRows::new(text, scan.at + 1, text.len(), false)))
}

/// Follows the path; false if it does not exist. Members beside the path are kept in `head`. Of a list on the way the
/// first element is used.
fn descend<'a>(scan: &mut Scan<'a>, path: &[&str], head: &mut Head<'a>) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return false;
    };
    let mut members = scan.clone();
    members.eat(b'[');
    if !members.eat(b'{') {
        return false;
    }
    while members.peek() == Some(b'"') {
        let Some(name) = members.key() else {
            return false;
        };
        if name == *key {
            let starts = matches!(members.peek(), Some(b'[' | b'{'));
            *scan = members;
            return starts && (rest.is_empty() || descend(scan, rest, head));
        }
        let Ok(value) = members.value() else {
            return false;
        };
        head.0.push((name, value));
        members.eat(b',');
    }
    false
}

/// The rows.
pub(super) struct JsonRows<'a> {
    scan: Scan<'a>,
    /// Whether each line is a row, rather than each element of a list.
    lines: bool,
    end: usize,
    place: RowPosition,
    /// Position up to which lines were counted.
    counted: usize,
    done: bool,
}

impl<'a> JsonRows<'a> {
    fn new(text: &'a str, at: usize, end: usize, lines: bool) -> Self {
        Self {
            scan: Scan { text, at },
            lines,
            end,
            place: RowPosition { row: 0, line: 1 },
            counted: 0,
            done: false,
        }
    }

    /// Whether they are the elements of a list.
    pub(super) fn is_list(&self) -> bool {
        !self.lines
    }

    /// Counts the row that starts here.
    fn count(&mut self) {
        let passed = &self.scan.text.as_bytes()[self.counted..self.scan.at];
        self.place.line += memchr::memchr_iter(b'\n', passed).count();
        self.counted = self.scan.at;
        self.place.row += 1;
    }

    /// Recovers from an error: a list cannot be resumed, but the next line that starts a value can.
    fn recover(&mut self) {
        let rest = &self.scan.text[self.scan.at..self.end];
        match rest.find("\n{").filter(|_| self.lines) {
            Some(next) => self.scan.at += next + 1,
            None => self.done = true,
        }
    }
}

impl<'a> Iterator for JsonRows<'a> {
    type Item = (RowPosition, Result<&'a RawValue, serde_json::Error>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        while !self.lines && self.scan.eat(b',') {}
        let next = self.scan.peek();
        let ended = if self.lines {
            self.scan.at >= self.end
        } else {
            next == Some(b']')
        };
        if ended {
            return None;
        }
        self.count();
        let value = self.scan.value();
        if value.is_err() {
            self.recover();
        }
        Some((self.place, value))
    }
}

/// A position in a JSON text.
#[derive(Clone)]
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    /// The next byte after white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        self.at += space.count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Skips a value.
    fn value(&mut self) -> Result<&'a RawValue, serde_json::Error> {
        self.peek();
        let mut from = serde_json::Deserializer::from_str(&self.text[self.at..]);
        let raw = <&RawValue>::deserialize(&mut from)?;
        self.at += raw.get().len();
        Ok(raw)
    }

    /// Members of the object that starts here.
    fn members(&mut self) -> Option<Vec<(Cow<'a, str>, &'a RawValue)>> {
        let mut members = Vec::new();
        self.eat(b'{').then_some(())?;
        while self.peek() == Some(b'"') {
            members.push((self.key()?, self.value().ok()?));
            self.eat(b',');
        }
        Some(members)
    }

    /// Reads a member's name and colon.
    fn key(&mut self) -> Option<Cow<'a, str>> {
        let raw = self.value().ok()?.get();
        let plain = raw.strip_prefix('"')?.strip_suffix('"')?;
        let name = if plain.contains('\\') {
            Cow::Owned(serde_json::from_str(raw).ok()?)
        } else {
            Cow::Borrowed(plain)
        };
        self.eat(b':').then_some(name)
    }
}

#[cfg(test)]
mod tests;
