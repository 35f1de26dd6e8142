//! Visits to a board on a server, which numbers its publications: what came after the last one seen is new.
//!
//! As with the logs of other boards, all looks of one day are one visit, and to a first-time visitor nothing is new.

use std::io;

use serde::{Deserialize, Serialize};

use super::file::VisitLogFile;
use super::visit::{Visitor, Write};
use crate::board::{Date, text};

/// Version of the file.
const VERSION: u32 = 1;

/// Publications of a board that the user has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PublicationLog {
    version: u32,
    /// Name of the line of publications: a board that was made anew has another.
    lineage: String,
    /// Day of the current visit, as `2026-06-01`.
    day: String,
    /// Day of the previous visit; `None` during the first one.
    before: Option<String>,
    /// Last publication seen before the current visit.
    after: i32,
    /// Last publication seen.
    last: i32,
}

/// Result of comparing a publication with those that the user has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicationLook {
    /// Day of the previous visit; `None` on the first one.
    pub since: Option<Date>,
    /// The last publication that is not new.
    pub after: i32,
    /// Whether it was published since the last look.
    pub fresh: bool,
}

impl PublicationLog {
    fn new(lineage: &str, publication: i32, today: Date) -> Self {
        Self {
            version: VERSION,
            lineage: lineage.to_owned(),
            day: today.to_string(),
            before: None,
            after: publication,
            last: publication,
        }
    }

    fn look(&mut self, publication: i32, today: Date) -> PublicationLook {
        let day: Option<Date> = self.day.parse().ok();
        if day.is_none_or(|day| today > day) {
            self.before = Some(std::mem::replace(&mut self.day, today.to_string()));
            self.after = self.last;
        } else if self.before.is_none() {
            // A later look on the first day.
            self.before = Some(self.day.clone());
        }
        let fresh = publication > self.last;
        self.last = self.last.max(publication);
        PublicationLook {
            since: self.before.as_ref().and_then(|day| day.parse().ok()),
            after: self.after,
            fresh,
        }
    }
}

impl Visitor {
    /// Compares a publication of a board on a server with those seen before, as of `today`; `None` if what is new is
    /// not known. With a message for the user.
    pub fn look_elsewhere(
        &self,
        board: &str,
        lineage: &str,
        publication: i32,
        today: Date,
    ) -> (Option<PublicationLook>, Option<String>) {
        let unknown = |why: &str| (None, Some(format!("what is new is not known: {why}")));
        let file = VisitLogFile::for_lineage(&self.folder, board, lineage);
        let held = (self.write == Write::Keep).then(|| file.lock());
        let bytes = match file.bytes() {
            Ok(bytes) => bytes,
            Err(error) => return unknown(&error.to_string()),
        };
        let known = bytes.map(|bytes| serde_json::from_slice::<PublicationLog>(&bytes));
        let (before, is_damaged) = match known {
            None => (None, false),
            Some(Ok(log)) if log.version > VERSION => {
                return unknown("a newer jobdeck keeps track of this board");
            }
            Some(Ok(log)) => (Some(log).filter(|log| log.lineage == lineage), false),
            Some(Err(_)) => (None, true),
        };
        let mut log = before.clone();
        let look = match &mut log {
            Some(log) => log.look(publication, today),
            None => PublicationLook {
                since: None,
                after: publication,
                fresh: false,
            },
        };
        let log = log.unwrap_or_else(|| PublicationLog::new(lineage, publication, today));
        let write = || -> io::Result<()> {
            if before.as_ref() == Some(&log) {
                return Ok(());
            }
            if is_damaged {
                file.set_aside()?;
            }
            let bytes = serde_json::to_vec(&log).map_err(io::Error::other)?;
            file.write_bytes(&bytes)
        };
        let written = held.map(|held| held.and_then(|_lock| write()));
        let unkept = written.and_then(Result::err).map(|error| {
            let folder = text::line(&self.folder.to_string_lossy());
            format!("that you looked is not remembered: {folder} cannot be written: {error}")
        });
        let damage = is_damaged.then(|| "what is new counts anew: its file is damaged".to_owned());
        (Some(look), unkept.or(damage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of_june: i8) -> Date {
        Date::constant(2026, 6, of_june)
    }

    #[test]
    fn what_came_after_the_last_visit_is_new_for_a_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let visitor = |write| Visitor {
            folder: folder.path().to_owned(),
            write,
        };
        let look = |lineage: &str, publication, today| {
            let (look, trouble) =
                visitor(Write::Keep).look_elsewhere("Acme", lineage, publication, day(today));
            assert_eq!(trouble, None);
            let look = look.expect("known");
            (look.since, look.after, look.fresh)
        };
        assert_eq!(look("a", 3, 1), (None, 3, false), "nothing is new at first");
        assert_eq!(look("a", 4, 1), (Some(day(1)), 3, true));
        assert_eq!(look("a", 4, 1), (Some(day(1)), 3, false));
        assert_eq!(look("a", 6, 2), (Some(day(1)), 4, true));
        assert_eq!(
            look("a", 6, 2),
            (Some(day(1)), 4, false),
            "still new in the evening"
        );
        let (peeked, _) = visitor(Write::Peek).look_elsewhere("Acme", "a", 7, day(5));
        assert_eq!(peeked.expect("known").after, 6);
        assert_eq!(
            look("a", 6, 5),
            (Some(day(2)), 6, false),
            "a query is no visit"
        );
        assert_eq!(look("b", 1, 6), (None, 1, false), "a board made anew");
        assert_eq!(
            look("a", 7, 6),
            (Some(day(5)), 6, true),
            "and the one before"
        );
    }

    #[test]
    fn damaged_and_newer_files_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let visitor = Visitor {
            folder: folder.path().to_owned(),
            write: Write::Keep,
        };
        let file = VisitLogFile::for_lineage(folder.path(), "Acme", "a");
        let look = || visitor.look_elsewhere("Acme", "a", 3, day(1));
        look();
        file.write_bytes(b"{").expect("written");
        let (found, trouble) = look();
        assert_eq!(found.map(|found| found.after), Some(3));
        assert!(trouble.is_some_and(|trouble| trouble.contains("damaged")));
        assert_eq!(look().1, None, "once");
        let newer =
            r#"{"version":2,"lineage":"a","day":"2026-06-01","before":null,"after":1,"last":1}"#;
        file.write_bytes(newer.as_bytes()).expect("written");
        let (found, trouble) = look();
        assert_eq!(found, None);
        assert!(trouble.is_some_and(|trouble| trouble.contains("newer")));
    }
}
