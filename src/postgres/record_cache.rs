//! The records of a generation in the cache, so that opening the same board again does not fetch them.
//!
//! One file for each board, which the next generation replaces. Its first line names the generation and the hash of the
//! lines after it, each of them a record as the server sent it. If the file cannot be written, is damaged, or belongs to
//! another generation, the records are fetched from the server.

use std::path::{Path, PathBuf};

use super::Address;
use super::vocabulary::{Gate, Numbered, Stored};
use crate::board::hash::Fnv;
use crate::published;
use crate::search::Vocabulary;
use crate::storage::{Replace, read_regular};

/// Folder of these files in the cache.
const FOLDER: &str = "servers";
/// Version of the format; increment it with every change.
const FORMAT: u32 = 1;
/// Largest size of a file. More records are fetched each time.
const LARGEST: usize = 256 << 20;

/// A generation by what tells it from all others, also from one of the same number after the server was restored from a
/// backup.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edition<'a> {
    pub(super) lineage: &'a str,
    pub(super) generation: i32,
    pub(super) fingerprint: &'a str,
}

/// Where the records of a board are kept.
#[derive(Debug, Clone)]
pub(super) struct RecordCache(PathBuf);

/// Records as lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    is_too_large: bool,
}

/// A record as a line.
type Line = (i16, i32, String, String, String, i32);

impl Lines {
    pub(super) fn push(&mut self, record: &Numbered) {
        if self.is_too_large {
            return;
        }
        let Stored {
            stated,
            derived,
            board,
        } = &record.stored;
        let line = (
            record.kind,
            record.number,
            stated,
            derived,
            board,
            record.postings,
        );
        // Texts and numbers can always be written.
        self.text += &serde_json::to_string(&line).unwrap_or_default();
        self.text.push('\n');
        if self.text.len() > LARGEST {
            *self = Self {
                is_too_large: true,
                ..Self::default()
            };
        }
    }
}

impl RecordCache {
    /// The file of a board in this cache folder.
    pub(super) fn new(folder: &Path, address: &Address) -> Self {
        let name = format!("{:016x}.records", Fnv::hash(&address.place()));
        Self(folder.join(FOLDER).join(name))
    }

    /// The records of an edition with this number of postings; `None` if the file is missing or damaged.
    pub(super) fn read(&self, edition: &Edition<'_>, postings: usize) -> Option<Vocabulary> {
        let bytes = read_regular(&self.0, 2 * LARGEST as u64).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (first, lines) = text.split_once('\n')?;
        if first != head(edition, lines)? {
            return None;
        }
        let mut gate = Gate::new(postings);
        for line in lines.lines() {
            let (kind, number, stated, derived, board, postings): Line =
                serde_json::from_str(line).ok()?;
            let record = Numbered {
                kind,
                number,
                stored: Stored {
                    stated,
                    derived,
                    board,
                },
                postings,
            };
            gate.push(record).ok()?;
        }
        Some(gate.finish())
    }

    /// Keeps the records of an edition in place of those before.
    pub(super) fn write(&self, edition: &Edition<'_>, lines: &Lines) {
        let Some(head) = head(edition, &lines.text).filter(|_| !lines.is_too_large) else {
            return;
        };
        let all = format!("{head}\n{}", lines.text);
        // Without a file they are fetched again next time.
        let _ = Replace::new(&self.0).private().bytes(all.as_bytes());
    }
}

/// The first line; `None` if generations of the board cannot be told from each other.
fn head(edition: &Edition<'_>, lines: &str) -> Option<String> {
    if edition.lineage.is_empty() || edition.fingerprint.is_empty() {
        return None;
    }
    let hash = published::sha256(lines.as_bytes());
    let Edition {
        lineage,
        generation,
        fingerprint,
    } = edition;
    serde_json::to_string(&(FORMAT, lineage, generation, fingerprint, hash)).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::search::ColumnId;

    const EDITION: Edition<'_> = Edition {
        lineage: "line",
        generation: 3,
        fingerprint: "print",
    };

    fn titles(titles: &[(i16, i32, &str)]) -> Lines {
        let mut lines = Lines::default();
        for (kind, number, title) in titles {
            lines.push(&Numbered {
                kind: *kind,
                number: *number,
                stored: Stored {
                    stated: (*title).to_owned(),
                    derived: String::new(),
                    board: String::new(),
                },
                postings: 1,
            });
        }
        lines
    }

    #[test]
    fn only_intact_records_of_the_same_edition_are_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let address = "postgres://ada:secret@localhost/jobs";
        let address = Address::new(address, &|_| None).expect("an address");
        let cache = RecordCache::new(folder.path(), &address);
        let kept = |edition: &Edition<'_>, postings| {
            let records = cache.read(edition, postings);
            records.map(|records| records.len(ColumnId::Title))
        };
        assert_eq!(kept(&EDITION, 9), None);
        cache.write(
            &EDITION,
            &titles(&[(0, 0, "Weaver"), (0, 1, "Baker\n\"x\"")]),
        );
        assert_eq!(kept(&EDITION, 9), Some(2));
        // More records than postings.
        assert_eq!(kept(&EDITION, 1), None);
        for other in [
            Edition {
                generation: 4,
                ..EDITION
            },
            Edition {
                fingerprint: "",
                ..EDITION
            },
            Edition {
                fingerprint: "other",
                ..EDITION
            },
            Edition {
                lineage: "other",
                ..EDITION
            },
        ] {
            assert_eq!(kept(&other, 9), None, "{other:?}");
        }
        let whole = fs::read(&cache.0).expect("a file");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&cache.0, &damaged).expect("written");
            assert_eq!(kept(&EDITION, 9), None, "byte {at}");
            fs::write(&cache.0, &whole[..at]).expect("written");
            assert_eq!(kept(&EDITION, 9), None, "cut at {at}");
        }
        // The hash is right, the records are not.
        for wrong in [
            &[(0, 1, "Weaver")][..],
            &[(99, 0, "Weaver")],
            &[(4, 0, "{")],
        ] {
            cache.write(&EDITION, &titles(wrong));
            assert_eq!(kept(&EDITION, 9), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_a_cache_cannot_keep_is_no_failure() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "").expect("written");
        let address = Address::new("postgres://ada@localhost/jobs", &|_| None);
        let cache = RecordCache::new(&file, &address.expect("an address"));
        cache.write(&EDITION, &titles(&[(0, 0, "Weaver")]));
        assert!(cache.read(&EDITION, 9).is_none());
    }
}
