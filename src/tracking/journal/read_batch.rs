//! Result of reading the journal: events and unreadable lines.

use rayon::prelude::*;

use super::fault::Fault;
use super::line;
use crate::tracking::Event;

/// Minimum number of bytes per thread.
const SHARE: usize = 1 << 20;

/// What was read since the last time.
#[derive(Debug, Default)]
pub struct ReadBatch {
    /// Events of this instance and of others.
    pub events: Vec<Event>,
    /// Unreadable lines.
    pub damaged: Vec<Damage>,
    /// Number of lines of a later version.
    pub newer: usize,
    /// Whether the file ends in an incomplete line.
    pub(super) unfinished: bool,
}

/// An unreadable line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Line number, from 1.
    pub line: usize,
    /// Explanation.
    pub why: String,
}

impl ReadBatch {
    /// Reads lines, given the number of lines before them. Returns the numbers of bytes and lines consumed.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        lines: usize,
        nobody_writes: bool,
    ) -> (usize, usize) {
        let whole = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        let (ended, rest) = bytes.split_at(whole);
        let read = self.read_shared(ended, lines);
        let mut end = Self::default();
        end.read_line(rest.trim_ascii(), lines + read + 1);
        if end.damaged.is_empty() || nobody_writes {
            self.add(end);
            return (whole + rest.len(), read);
        }
        self.unfinished = true;
        (whole, read)
    }

    /// Reads complete lines, in parallel if there are many. Returns the number of lines.
    fn read_shared(&mut self, bytes: &[u8], lines: usize) -> usize {
        let read_share = |share: &[u8]| {
            let mut batch = Self::default();
            let read = batch.read_lines(share, 0);
            (batch, read)
        };
        let size = bytes.len() / rayon::current_num_threads();
        let shares = shares(bytes, size.max(SHARE));
        if let [only] = &*shares {
            return self.read_lines(only, lines);
        }
        let shares: Vec<_> = shares.into_par_iter().map(read_share).collect();
        let mut read = 0;
        for (mut batch, more) in shares {
            for damage in &mut batch.damaged {
                damage.line += lines + read;
            }
            self.add(batch);
            read += more;
        }
        read
    }

    fn read_lines(&mut self, mut bytes: &[u8], lines: usize) -> usize {
        let mut read = 0;
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            read += 1;
            self.read_line(bytes[..end].trim_ascii(), lines + read);
            bytes = &bytes[end + 1..];
        }
        read
    }

    fn read_line(&mut self, line: &[u8], number: usize) {
        if line.is_empty() {
            return;
        }
        line::read_all(line, |_, read| match read {
            Ok(event) => self.events.push(event),
            Err(Fault::Newer) => self.newer += 1,
            Err(Fault::Damaged(why)) => self.damaged.push(Damage { line: number, why }),
        });
    }

    pub(super) fn add(&mut self, other: Self) {
        self.events.extend(other.events);
        self.damaged.extend(other.damaged);
        self.newer += other.newer;
        self.unfinished = other.unfinished;
    }

    /// Messages for the user.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        match &*self.damaged {
            [] => {}
            [only] => notices.push(format!(
                "line {} of the journal is set aside, because {}; the rest is there",
                only.line, only.why
            )),
            [first, ..] => notices.push(format!(
                "{} lines of the journal are set aside, the first of them line {}, because {}; the rest is there",
                self.damaged.len(),
                first.line,
                first.why
            )),
        }
        if self.newer > 0 {
            notices.push(
                "a newer jobdeck has written to the journal, so this one only reads it".to_owned(),
            );
        }
        notices
    }
}

/// Splits at line breaks into chunks of about `size` bytes.
fn shares(mut bytes: &[u8], size: usize) -> Vec<&[u8]> {
    let mut shares = Vec::new();
    while let Some(end) = memchr::memchr(b'\n', bytes.get(size..).unwrap_or_default()) {
        let (share, rest) = bytes.split_at(size + end + 1);
        shares.push(share);
        bytes = rest;
    }
    shares.push(bytes);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_is_read_in_order_and_damage_has_its_line() {
        let line = |number: usize| format!("{{\"v\":1,\"number\":{number:06}}}\n");
        let bytes: String = (1..=200_000).map(line).collect();
        let mut batch = ReadBatch::default();
        let (used, lines) = batch.read(bytes.as_bytes(), 10, false);
        assert_eq!((used, lines), (bytes.len(), 200_000));
        let numbers = batch.damaged.iter().map(|damage| damage.line);
        assert!(numbers.eq(11..=200_010));
    }
}
