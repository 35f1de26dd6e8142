//! Binary format of the visit log: header, entries of fixed size, checksum. Numbers are little-endian.

use super::fields::Fields;
use super::{LogEntry, VisitLog};
use crate::board::{Date, FieldHashes};

/// Start of the file; a later version of the format increments the number.
const NAME: &[u8] = b"jobdeck roster ";
const VERSION: &[u8] = b"1\n";
/// Size of header and checksum.
const FRAME: usize = NAME.len() + VERSION.len() + 2 + 4 + 4 + 4;
const ENTRY: usize = 8 + 4 + 2 * FieldHashes::COUNT + 4 + 2 * 5 + 1;
/// Marker for an absent day; no day has this number.
const NO_DAY: i32 = i32::MIN;

/// Why the bytes could not be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// They are damaged.
    Damaged,
    /// A later version wrote them.
    Newer,
}

pub(super) fn write(visit_log: &VisitLog) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(FRAME + ENTRY * visit_log.entries.len());
    bytes.extend_from_slice(NAME);
    bytes.extend_from_slice(VERSION);
    bytes.extend(visit_log.visit.to_le_bytes());
    bytes.extend(days(visit_log.day).to_le_bytes());
    bytes.extend(visit_log.before.map_or(NO_DAY, days).to_le_bytes());
    for entry in &visit_log.entries {
        write_entry(entry, &mut bytes);
    }
    let sum = crc32fast::hash(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn write_entry(entry: &LogEntry, bytes: &mut Vec<u8>) {
    bytes.extend(entry.id.to_le_bytes());
    bytes.extend(entry.fields.whole.to_le_bytes());
    for hash in entry.fields.each {
        bytes.extend(hash.to_le_bytes());
    }
    bytes.extend(days(entry.first_seen).to_le_bytes());
    let numbers = [
        entry.arrived,
        entry.changed,
        entry.changes.0,
        entry.gone,
        entry.reposts,
    ];
    for number in numbers {
        bytes.extend(number.to_le_bytes());
    }
    bytes.push(entry.succeeded.into());
}

pub(super) fn read(bytes: &[u8]) -> Result<VisitLog, Unread> {
    let versioned = bytes.strip_prefix(NAME).ok_or(Unread::Damaged)?;
    if !versioned.starts_with(VERSION) {
        let later = versioned.first().is_some_and(u8::is_ascii_digit);
        return Err(if later {
            Unread::Newer
        } else {
            Unread::Damaged
        });
    }
    let (said, sum) = bytes.split_last_chunk().ok_or(Unread::Damaged)?;
    if crc32fast::hash(said) != u32::from_le_bytes(*sum) {
        return Err(Unread::Damaged);
    }
    let mut rest = Bytes(&said[NAME.len() + VERSION.len()..]);
    rest.visit_log().ok_or(Unread::Damaged)
}

/// The bytes that remain to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn days(&mut self) -> Option<i32> {
        self.take().map(i32::from_le_bytes)
    }

    fn day(&mut self) -> Option<Date> {
        day(self.days()?)
    }

    fn visit_log(&mut self) -> Option<VisitLog> {
        let visit = self.number()?;
        let today = self.day()?;
        let before = match self.days()? {
            NO_DAY => None,
            days => Some(day(days)?),
        };
        let mut entries = Vec::with_capacity(self.0.len() / ENTRY);
        while !self.0.is_empty() {
            entries.push(self.entry()?);
        }
        entries
            .is_sorted_by_key(|entry: &LogEntry| entry.id)
            .then_some(VisitLog {
                visit,
                day: today,
                before,
                entries,
            })
    }

    fn entry(&mut self) -> Option<LogEntry> {
        let id = u64::from_le_bytes(self.take()?);
        let whole = u32::from_le_bytes(self.take()?);
        let mut each = [0; FieldHashes::COUNT];
        for hash in &mut each {
            *hash = self.number()?;
        }
        Some(LogEntry {
            id,
            fields: FieldHashes { whole, each },
            first_seen: self.day()?,
            arrived: self.number()?,
            changed: self.number()?,
            changes: Fields(self.number()?),
            gone: self.number()?,
            reposts: self.number()?,
            succeeded: self.take::<1>()? != [0],
        })
    }
}

/// Days since 1970-01-01.
fn days(day: Date) -> i32 {
    (day - EPOCH).get_days()
}

fn day(days: i32) -> Option<Date> {
    EPOCH
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

const EPOCH: Date = Date::constant(1970, 1, 1);
