//! The part of a board that one source fills: a folder of files, into which postings go by the hash of their ids.
//!
//! A file that grows too large is split into sixteen by the next digit of the hash, and never joined again: one changed
//! posting touches one file, and the same postings make the same files. Each file is replaced as a whole, and a file that
//! was split goes only when its parts are there, so that a crash leaves every posting in place.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::problem::Problem;
use super::{on_large_stacks, write};
use crate::board::hash::hash;
use crate::board::{Interview, Posting, text};

/// Bytes of a file before it is split. Loading refuses files twice as large.
const LIMIT: usize = 512 << 10;
/// Bytes of one posting, as it is written.
const POSTING: usize = 900 << 10;
/// The file of postings that were never split.
const WHOLE: &str = "postings";
/// The file of interviews.
const INTERVIEWS: &str = "interviews";

/// What came of shelving.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shelved {
    /// Postings and interviews that were not there before.
    pub new: usize,
    /// Those that were there and said something else.
    pub changed: usize,
    /// Those that were there as they are.
    pub same: usize,
    /// Files written.
    pub files: usize,
}

/// Why postings could not be shelved.
#[derive(Debug)]
pub enum ShelfError {
    /// A file or folder cannot be read or written.
    Io(PathBuf, io::Error),
    /// A file was changed by hand and has a mistake; writing it again would lose what could not be read.
    Mistaken(PathBuf, Box<Problem>),
    /// A posting, by its id, is larger than a file may be.
    TooLarge(String),
}

impl fmt::Display for ShelfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => {
                let path = text::line(&path.to_string_lossy());
                write!(f, "cannot keep {path}: {error}")
            }
            Self::Mistaken(folder, problem) => {
                let file = folder.join(&problem.file);
                let file = text::line(&file.to_string_lossy());
                let (line, message) = (problem.line, &problem.message);
                write!(
                    f,
                    "{file}:{line}: {message}; mend it first, nothing was written over it"
                )
            }
            Self::TooLarge(id) => write!(f, "the posting {id} is too large for a file"),
        }
    }
}

impl std::error::Error for ShelfError {}

/// Puts postings and interviews into a source's folder, beside those that are there. A posting that says the same as
/// before, but for the days of its source, stays as it is; one that changed keeps the day it was first seen.
///
/// # Errors
/// A file cannot be read or written, or was changed by hand and cannot be read whole. Files written before that stay.
pub fn shelve(
    folder: &Path,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
) -> Result<Shelved, ShelfError> {
    let io = |error| ShelfError::Io(folder.to_owned(), error);
    std::fs::create_dir_all(folder).map_err(io)?;
    let shelf = Shelf {
        folder,
        present: file::names(folder).map_err(io)?,
    };
    let mut done = on_large_stacks(|| shelf.fill("", Vec::new(), postings)).map_err(io)??;
    done.add(shelf.interviews(interviews)?);
    if done.files > 0 {
        file::sync(folder).map_err(io)?;
    }
    Ok(done)
}

impl Shelved {
    fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
        self.files += other.files;
    }
}

struct Shelf<'a> {
    folder: &'a Path,
    /// The names of the files that are there, without their ending.
    present: BTreeSet<String>,
}

impl Shelf<'_> {
    /// Puts postings below a prefix of the hash. `left` are those of a file above that was split and not yet removed.
    fn fill(
        &self,
        prefix: &str,
        left: Vec<Posting>,
        incoming: Vec<Posting>,
    ) -> Result<Shelved, ShelfError> {
        if incoming.is_empty() && left.is_empty() {
            return Ok(Shelved::default());
        }
        let (own, bytes) = self.read(prefix)?;
        if self.is_split(prefix) {
            let mut left = by_id(left);
            left.extend(by_id(own));
            let left = left.into_values().collect();
            let done = self.fill_parts(prefix, left, incoming)?;
            file::remove(self.folder, name(prefix)).map_err(|error| self.io(prefix, error))?;
            return Ok(done);
        }
        let mut all = by_id(left);
        all.extend(by_id(own));
        let mut done = merge(&mut all, incoming);
        done.files += self.keep(prefix, all, &bytes)?;
        Ok(done)
    }

    fn fill_parts(
        &self,
        prefix: &str,
        left: Vec<Posting>,
        incoming: Vec<Posting>,
    ) -> Result<Shelved, ShelfError> {
        let mut parts: BTreeMap<String, (Vec<Posting>, Vec<Posting>)> = BTreeMap::new();
        for posting in left {
            parts
                .entry(part(prefix, &posting))
                .or_default()
                .0
                .push(posting);
        }
        for posting in incoming {
            parts
                .entry(part(prefix, &posting))
                .or_default()
                .1
                .push(posting);
        }
        let parts: Vec<_> = parts.into_iter().collect();
        let filled = parts
            .into_par_iter()
            .map(|(part, (left, incoming))| self.fill(&part, left, incoming));
        let filled: Vec<_> = filled.collect::<Result<_, _>>()?;
        let mut done = Shelved::default();
        for part in filled {
            done.add(part);
        }
        Ok(done)
    }

    /// Writes the postings of a prefix, in one file or, where they are too many, in its parts. How many files that took.
    fn keep(
        &self,
        prefix: &str,
        postings: BTreeMap<String, Posting>,
        before: &[u8],
    ) -> Result<usize, ShelfError> {
        let text = file::of(postings.values().map(write::posting));
        if text.len() <= LIMIT || postings.len() == 1 {
            if text.len() > POSTING {
                let id = postings.into_keys().next();
                return Err(ShelfError::TooLarge(id.unwrap_or_default()));
            }
            return self.write(prefix, &text, before);
        }
        let mut parts: BTreeMap<String, BTreeMap<String, Posting>> = BTreeMap::new();
        for (id, posting) in postings {
            parts
                .entry(part(prefix, &posting))
                .or_default()
                .insert(id, posting);
        }
        let parts: Vec<_> = parts.into_iter().collect();
        let kept = parts
            .into_par_iter()
            .map(|(part, postings)| self.keep(&part, postings, &[]));
        let files = kept.collect::<Result<Vec<_>, _>>()?.into_iter().sum();
        file::remove(self.folder, name(prefix)).map_err(|error| self.io(prefix, error))?;
        Ok(files)
    }

    fn interviews(&self, incoming: Vec<Interview>) -> Result<Shelved, ShelfError> {
        let mut done = Shelved::default();
        if incoming.is_empty() {
            return Ok(done);
        }
        let (sheet, bytes) = file::read(self.folder, INTERVIEWS)?;
        let own = sheet
            .interviews
            .into_iter()
            .map(|(interview, ..)| (interview.id.clone(), interview));
        let mut all: BTreeMap<String, Interview> = own.collect();
        for interview in incoming {
            match all.insert(interview.id.clone(), interview.clone()) {
                None => done.new += 1,
                Some(old) if old == interview => done.same += 1,
                Some(_) => done.changed += 1,
            }
        }
        let text = file::of(all.values().map(write::interview));
        done.files += self.write(INTERVIEWS, &text, &bytes)?;
        Ok(done)
    }

    fn read(&self, prefix: &str) -> Result<(Vec<Posting>, Vec<u8>), ShelfError> {
        if !self.present.contains(name(prefix)) {
            return Ok((Vec::new(), Vec::new()));
        }
        let (sheet, bytes) = file::read(self.folder, name(prefix))?;
        let postings = sheet.postings.into_iter().map(|(posting, _)| posting);
        Ok((postings.collect(), bytes))
    }

    fn write(&self, prefix: &str, text: &str, before: &[u8]) -> Result<usize, ShelfError> {
        if text.as_bytes() == before {
            return Ok(0);
        }
        file::write(self.folder, name(prefix), text).map_err(|error| self.io(prefix, error))?;
        Ok(1)
    }

    /// Whether the postings of a prefix are in its parts.
    fn is_split(&self, prefix: &str) -> bool {
        let mut below = self.present.range(prefix.to_owned()..);
        below.any(|name| name.len() > prefix.len() && name.starts_with(prefix) && is_prefix(name))
    }

    fn io(&self, prefix: &str, error: io::Error) -> ShelfError {
        ShelfError::Io(file::path(self.folder, name(prefix)), error)
    }
}

fn by_id(postings: Vec<Posting>) -> BTreeMap<String, Posting> {
    let keyed = postings
        .into_iter()
        .map(|posting| (posting.id.clone(), posting));
    keyed.collect()
}

/// Takes in the incoming postings and counts what they do.
fn merge(all: &mut BTreeMap<String, Posting>, incoming: Vec<Posting>) -> Shelved {
    let mut done = Shelved::default();
    for mut posting in incoming {
        let Some(old) = all.get_mut(&posting.id) else {
            done.new += 1;
            all.insert(posting.id.clone(), posting);
            continue;
        };
        if says_the_same(old, &posting) {
            done.same += 1;
            continue;
        }
        if let (Some(new), Some(old)) = (&mut posting.source, &old.source) {
            new.first_seen = old.first_seen.or(new.first_seen);
        }
        done.changed += 1;
        *old = posting;
    }
    done
}

/// Whether two states of a posting differ in nothing but the days of their sources.
fn says_the_same(old: &Posting, new: &Posting) -> bool {
    let feed = |posting: &Posting| {
        let source = posting.source.as_ref();
        source.map(|source| (source.format.clone(), source.url.clone()))
    };
    if feed(old) != feed(new)
        || old
            .source
            .as_ref()
            .is_some_and(|source| source.last_seen.is_some())
    {
        return false;
    }
    let dated = Posting {
        source: old.source.clone(),
        ..new.clone()
    };
    *old == dated
}

/// The prefix one digit longer that a posting falls under.
fn part(prefix: &str, posting: &Posting) -> String {
    let hash = format!("{:016x}", hash(&posting.id));
    hash[..(prefix.len() + 1).min(hash.len())].to_owned()
}

fn name(prefix: &str) -> &str {
    if prefix.is_empty() { WHOLE } else { prefix }
}

fn is_prefix(name: &str) -> bool {
    name.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests;
