//! Formats a file of a board the way `write` writes it: keys in documented order, one style.
//!
//! Whatever the author wrote beside the values is kept: comments, blank lines around them, the order of tables, the
//! spelling of numbers and dates, and texts that were folded or escaped by hand. A file with a mistake is not touched.

mod keys;
mod styled;
mod table;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use toml_edit::DocumentMut;

use super::parsed_file::ParsedFile;
use super::problem::{Problem, Severity};
use super::{LoadError, entries, on_large_stacks, regular_file};

/// A file to format: its display name, and its path or why it cannot be read.
pub type Listed = (PathBuf, Result<PathBuf, String>);

/// Outcome for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// Already formatted.
    Same,
    /// Formatted, or would be.
    Changed,
    /// Has mistakes and was not touched.
    Left(Vec<Problem>),
}

/// Files of the board in a folder.
///
/// # Errors
/// The folder cannot be listed.
pub fn listed(dir: &Path) -> Result<Vec<Listed>, LoadError> {
    let entries = entries(dir)?.into_iter();
    let named = entries.map(|entry| (dir.join(entry.relative), entry.real));
    Ok(named.collect())
}

/// Formats files in place, or with `keep` only reports which would change.
///
/// # Errors
/// The threads could not be started.
pub fn files(files: Vec<Listed>, keep: bool) -> Result<Vec<(PathBuf, Done)>, LoadError> {
    let one = |(name, real): Listed| {
        let done = real.and_then(|real| file(&name, &real, keep));
        let done = done.unwrap_or_else(|why| Done::Left(vec![Problem::whole(&name, why)]));
        (name, done)
    };
    on_large_stacks(|| files.into_par_iter().map(one).collect()).map_err(LoadError::Thread)
}

fn file(name: &Path, real: &Path, keep: bool) -> Result<Done, String> {
    let fetch = || regular_file::fetch(real);
    let bytes = fetch()?;
    let text = match laid_out(name, regular_file::text(&bytes)?) {
        Ok(text) => text,
        Err(problems) => return Ok(Done::Left(problems)),
    };
    if text.as_bytes() == bytes {
        return Ok(Done::Same);
    }
    if keep {
        // The file may have been saved in the meantime.
        if fetch()? != bytes {
            return Err("changed while it was read; it is left unchanged".into());
        }
        regular_file::replace(real, &text)
            .map_err(|error| format!("cannot be written: {error}"))?;
    }
    Ok(Done::Changed)
}

/// Formatted text of a file, or every mistake in it. Formatting never changes the values.
///
/// # Errors
/// The threads could not be started.
pub fn text(name: &Path, source: &str) -> Result<Result<String, Vec<Problem>>, LoadError> {
    on_large_stacks(|| laid_out(name, source)).map_err(LoadError::Thread)
}

pub(super) fn laid_out(name: &Path, source: &str) -> Result<String, Vec<Problem>> {
    let before = ParsedFile::apart(name, source);
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    if before.problems.iter().any(is_error) {
        let mistakes = before.problems.into_iter().filter(is_error);
        return Err(mistakes.collect());
    }
    let whole = |why: String| vec![Problem::whole(name, why)];
    let mut document: DocumentMut = source
        .parse()
        .map_err(|error: toml_edit::TomlError| whole(error.message().to_owned()))?;
    table::document(&mut document);
    let text = document.to_string();
    // Parse the result again: formatting must not change any value.
    if !ParsedFile::apart(name, &text).has_same_content(&before) {
        let why = "cannot be formatted without changing its meaning; it is left unchanged";
        return Err(whole(why.to_owned()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
