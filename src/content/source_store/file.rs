//! Reads the files of a source's folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::super::parsed_file::ParsedFile;
use super::super::{problem::Problem, regular_file};
use super::StoreError;
use super::entry::{self, StoredEntry};
use crate::board::hash::hash;
use crate::storage::kind_name;

/// Header of a new file.
pub(super) const HEADER: &str = "\
# Written by jobdeck from a source. What changes there is changed here: keep what is yours in comments or in another file.
";

/// Content of a file of postings.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Text before the first posting.
    pub(super) head: String,
    pub(super) entries: Vec<StoredEntry>,
    /// The whole file.
    pub(super) bytes: Vec<u8>,
}

impl Kept {
    /// Text to write to the file.
    pub(super) fn text(&self) -> String {
        let head = (!self.bytes.is_empty()).then_some(self.head.as_str());
        text(head, self.entries.iter().map(|entry| entry.text.as_str()))
    }

    /// Whether the file is obsolete once its postings are moved elsewhere.
    pub(super) fn is_movable(&self) -> bool {
        !self.bytes.is_empty() && (is_own(&self.head) || !self.entries.is_empty())
    }

    /// Its postings, for moving to other files; text above the first one moves with it.
    pub(super) fn moved(mut self) -> Vec<StoredEntry> {
        if is_own(&self.head) {
            return self.entries;
        }
        if let Some(first) = self.entries.first_mut() {
            first.text.insert_str(0, &self.head);
        }
        self.entries
    }
}

/// Whether the text above the postings is only the generated header.
fn is_own(head: &str) -> bool {
    matches!(head.trim(), "") || head.trim() == HEADER.trim()
}

pub(super) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.toml"))
}

/// Refuses a folder that is a link, so that a source only writes and deletes within the board.
pub(super) fn refuse_link(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(about) if about.is_symlink() => Err(io::Error::other(
            "it is a link; a source fills a folder of the board itself",
        )),
        _ => Ok(()),
    }
}

/// Names of the files in a folder, without extension.
pub(super) fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().and_then(|name| name.strip_suffix(".toml")) else {
            continue;
        };
        let kind = entry.file_type()?;
        if !kind.is_file() {
            let kind = kind_name(kind);
            let why = format!("{name}.toml is {kind}; a source's folder holds regular files");
            return Err(io::Error::other(why));
        }
        names.insert(name.to_owned());
    }
    Ok(names)
}

/// Text of a file with these tables.
pub(super) fn from_tables(tables: impl Iterator<Item = String>) -> String {
    let mut text = String::from(HEADER);
    for table in tables {
        text.push('\n');
        text.push_str(&table);
    }
    text
}

/// Text of a file with these tables, below the head of the existing file if there is one.
pub(super) fn text<'a>(head: Option<&str>, tables: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::from(head.unwrap_or(HEADER));
    for table in tables {
        while !(text.is_empty() || text.ends_with("\n\n")) {
            text.push('\n');
        }
        text.push_str(table);
    }
    text.truncate(text.trim_end_matches('\n').len());
    text.push('\n');
    text
}

/// Content of a file; empty if it does not exist.
pub(super) fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, StoreError> {
    let path = path(folder, name);
    match fs::read(&path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(StoreError::Io(path, error)),
    }
}

/// Postings in a file.
pub(super) fn postings(folder: &Path, name: &str) -> Result<Kept, StoreError> {
    let bytes = bytes(folder, name)?;
    let short = PathBuf::from(format!("{name}.toml"));
    let mistaken = |problem| StoreError::Mistaken(folder.to_owned(), Box::new(problem));
    let text = regular_file::text(&bytes).map_err(|why| mistaken(Problem::whole(&short, why)))?;
    let parsed_file = ParsedFile::read(&short, text);
    let Some((head, entries)) = entry::entries(text, parsed_file.postings) else {
        let why = "contains postings that are not written as [[posting]]";
        return Err(mistaken(Problem::whole(&short, why)));
    };
    // A problem with a value of the source itself, such as a misspelt place, is written back unchanged.
    let first = head.matches('\n').count() + 1;
    let ends = if parsed_file.problems.is_empty() {
        Vec::new()
    } else {
        line_ends(first, &entries)
    };
    let lost = |problem: &&Problem| {
        let at = ends.partition_point(|end| *end <= problem.line);
        let holder = entries.get(at).filter(|_| problem.line >= first);
        !holder.is_some_and(StoredEntry::is_all_read)
    };
    match parsed_file.problems.iter().find(lost) {
        Some(problem) => Err(mistaken(problem.clone())),
        None => Ok(Kept {
            head,
            entries,
            bytes,
        }),
    }
}

/// The line after each posting, given the line of the first.
fn line_ends(first: usize, entries: &[StoredEntry]) -> Vec<usize> {
    let ends = entries.iter().scan(first, |line, entry| {
        *line += entry.text.matches('\n').count();
        Some(*line)
    });
    ends.collect()
}

/// Fingerprint of a folder's files from their metadata.
pub(super) fn state(folder: &Path) -> io::Result<u64> {
    let mut files = Vec::new();
    for name in names(folder)? {
        let about = fs::metadata(path(folder, &name))?;
        let (size, changed) = (about.size(), (about.mtime(), about.mtime_nsec()));
        files.push(format!("{name} {size} {changed:?}"));
    }
    Ok(hash(&files.join("\n")))
}
