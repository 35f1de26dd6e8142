//! The files of a shelf, as they are read.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::super::sheet::Sheet;
use super::super::{files, problem::Problem};
use super::ShelfError;
use super::entry::{self, Entry};
use crate::board::hash::hash;
use crate::storage::kind_name;

/// What a file begins with.
pub(super) const HEADER: &str = "\
# Written by jobdeck from a source. What changes there is changed here: keep what is yours in comments or in another file.
";

/// What a file of postings holds.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// What stands before the first posting.
    pub(super) head: String,
    pub(super) entries: Vec<Entry>,
    /// All of it.
    pub(super) bytes: Vec<u8>,
}

impl Kept {
    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let head = (!self.bytes.is_empty()).then_some(self.head.as_str());
        text(head, self.entries.iter().map(|entry| entry.text.as_str()))
    }

    /// Whether the file is no longer needed once its postings are elsewhere.
    pub(super) fn is_movable(&self) -> bool {
        !self.bytes.is_empty() && (is_own(&self.head) || !self.entries.is_empty())
    }

    /// Its postings, to be moved to other files, what somebody wrote above the first one with them.
    pub(super) fn moved(mut self) -> Vec<Entry> {
        if is_own(&self.head) {
            return self.entries;
        }
        if let Some(first) = self.entries.first_mut() {
            first.text.insert_str(0, &self.head);
        }
        self.entries
    }
}

/// Whether nobody wrote anything above the postings.
fn is_own(head: &str) -> bool {
    matches!(head.trim(), "") || head.trim() == HEADER.trim()
}

pub(super) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.toml"))
}

/// Refuses a folder that is a link: what a source writes and deletes stays in the board.
pub(super) fn refuse_link(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(about) if about.is_symlink() => Err(io::Error::other(
            "it is a link; a source fills a folder of the board itself",
        )),
        _ => Ok(()),
    }
}

/// The names of the files in a folder, without their ending.
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

/// The text of a file that holds these tables.
pub(super) fn of(tables: impl Iterator<Item = String>) -> String {
    let mut text = String::from(HEADER);
    for table in tables {
        text.push('\n');
        text.push_str(&table);
    }
    text
}

/// The text of a file that holds these tables, below what stood above them, if there was such a file.
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

/// The bytes of a file. One that is not there has none.
pub(super) fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, ShelfError> {
    let path = path(folder, name);
    match fs::read(&path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(ShelfError::Io(path, error)),
    }
}

/// The postings in a file.
pub(super) fn postings(folder: &Path, name: &str) -> Result<Kept, ShelfError> {
    let bytes = bytes(folder, name)?;
    let short = PathBuf::from(format!("{name}.toml"));
    let mistaken = |problem| ShelfError::Mistaken(folder.to_owned(), Box::new(problem));
    let text = files::text(&bytes).map_err(|why| mistaken(Problem::whole(&short, why)))?;
    let sheet = Sheet::read(&short, text);
    let Some((head, entries)) = entry::entries(text, sheet.postings) else {
        let why = "holds postings that are not written as [[posting]]";
        return Err(mistaken(Problem::whole(&short, why)));
    };
    // A problem that is ours to keep, such as a place that the source misspelt, comes back as it was.
    let first = head.matches('\n').count() + 1;
    let ends = if sheet.problems.is_empty() {
        Vec::new()
    } else {
        line_ends(first, &entries)
    };
    let lost = |problem: &&Problem| {
        let at = ends.partition_point(|end| *end <= problem.line);
        let holder = entries.get(at).filter(|_| problem.line >= first);
        !holder.is_some_and(Entry::is_all_read)
    };
    match sheet.problems.iter().find(lost) {
        Some(problem) => Err(mistaken(problem.clone())),
        None => Ok(Kept {
            head,
            entries,
            bytes,
        }),
    }
}

/// The line after each posting, the first of which stands on this one.
fn line_ends(first: usize, entries: &[Entry]) -> Vec<usize> {
    let ends = entries.iter().scan(first, |line, entry| {
        *line += entry.text.matches('\n').count();
        Some(*line)
    });
    ends.collect()
}

/// What tells the state of a folder's files from any other, without reading them.
pub(super) fn state(folder: &Path) -> io::Result<u64> {
    let mut files = Vec::new();
    for name in names(folder)? {
        let about = fs::metadata(path(folder, &name))?;
        let (size, changed) = (about.size(), (about.mtime(), about.mtime_nsec()));
        files.push(format!("{name} {size} {changed:?}"));
    }
    Ok(hash(&files.join("\n")))
}
