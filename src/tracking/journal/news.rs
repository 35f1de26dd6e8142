//! What reading on in a journal brings: events, and lines that are none.

use super::line::{self, Fault};
use crate::tracking::Event;

/// What was read since the last time.
#[derive(Debug, Default)]
pub struct News {
    /// The events, of this copy and of others.
    pub events: Vec<Event>,
    /// The lines that cannot be read.
    pub damaged: Vec<Damage>,
    /// How many lines a later version wrote.
    pub newer: usize,
    /// Whether the end of the file is not a whole line, or not yet.
    pub(super) unfinished: bool,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Which, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl News {
    /// Reads lines, the first of which follows this many; answers how many bytes are done with.
    pub(super) fn read(&mut self, bytes: &[u8], lines: usize, nobody_writes: bool) -> usize {
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let (bytes, rest) = bytes.split_at(whole);
        let mut number = lines;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            number += 1;
            self.read_line(line.trim_ascii(), number);
        }
        let mut end = Self::default();
        end.read_line(rest.trim_ascii(), number + 1);
        if end.damaged.is_empty() || nobody_writes {
            self.add(end);
            return whole + rest.len();
        }
        self.unfinished = true;
        whole
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

    /// What its owner should be told.
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
