//! Converts an event to a line of JSON, and back.
//!
//! `{"v":1,"at":"2026-01-06T09:30:00.123456Z","by":"9f3ac0de12345678","n":0,"board":"amazon-science","id":"…",
//! "what":"applied","on":"2026-01-06","sum":"…"}`
//!
//! In every version `v` is the first key and `sum` the last. `sum` is the CRC-32 of the bytes before it, since damaged
//! JSON may still parse. A line without it, such as one written by hand, is accepted.

use serde::Deserialize;

use super::fault::{Fault, VERSION};
use super::fields::Fields;
use crate::board::text;
use crate::tracking::Event;

/// Start of every line. It cannot occur within a line, since quotes in texts are escaped.
const START: &[u8] = b"{\"v\":";
const SUM: &[u8] = b",\"sum\":\"";
const END: &[u8] = b"\"}";
/// Hexadecimal digits of a checksum.
const DIGITS: usize = 8;

/// Writes an event as a line, which reads as this very event again.
pub(super) fn write(event: &Event) -> Result<Vec<u8>, serde_json::Error> {
    let mut line = serde_json::to_vec(&Fields::from_event(event))?;
    line.pop();
    let sum = crc32fast::hash(&line);
    line.extend(SUM);
    line.extend(format!("{sum:08x}").bytes());
    line.extend(END);
    line.push(b'\n');
    Ok(line)
}

/// Reads a line, or each of several that were joined because a line break is missing or a line was truncated.
pub(super) fn read_all(line: &[u8], mut each: impl FnMut(&[u8], Result<Event, Fault>)) {
    let whole = read(line);
    if !matches!(whole, Err(Fault::Damaged(_))) {
        return each(line, whole);
    }
    let starts = (1..line.len()).filter(|at| line[*at..].starts_with(START));
    let mut from = 0;
    for to in starts.chain([line.len()]) {
        let piece = &line[from..to];
        // A line may be followed by the remains of a damaged line break.
        let last = piece.windows(END.len()).rposition(|bytes| bytes == END);
        let end = last.map_or(0, |at| at + END.len());
        match read(&piece[..end]) {
            Ok(event) => each(&piece[..end], Ok(event)),
            Err(_) => each(piece, read(piece)),
        }
        from = to;
    }
}

fn read(line: &[u8]) -> Result<Event, Fault> {
    let damaged = |why: &str| Fault::Damaged(why.to_owned());
    let body = line.strip_suffix(END).and_then(|rest| {
        let (body, digits) = rest.split_at_checked(rest.len().checked_sub(DIGITS)?)?;
        Some((body.strip_suffix(SUM)?, digits))
    });
    if let Some((body, digits)) = body
        && digits != format!("{:08x}", crc32fast::hash(body)).as_bytes()
    {
        return Err(damaged("it has changed since it was written"));
    }
    let parsed: Result<Fields<'_>, _> = serde_json::from_slice(line);
    match parsed {
        Ok(line) if line.v == VERSION => line.event(body.is_some()),
        _ if is_newer(line) => Err(Fault::Newer),
        Ok(_) => Err(damaged("its version is unknown")),
        Err(error) => Err(damaged(&reason(line, &error))),
    }
}

/// Reads only the version, whatever else a later one contains.
fn is_newer(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Version {
        v: u32,
    }
    serde_json::from_slice::<Version>(line).is_ok_and(|line| line.v > VERSION)
}

fn reason(line: &[u8], error: &serde_json::Error) -> String {
    if std::str::from_utf8(line).is_err() {
        return "it is not text".into();
    }
    match error.classify() {
        serde_json::error::Category::Eof => "it is cut short".into(),
        serde_json::error::Category::Data => text::line(&error.to_string()),
        _ => "it is not a line of JSON".into(),
    }
}
