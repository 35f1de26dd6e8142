//! Checks whole boards: reads and lints them.

use std::path::{Path, PathBuf};

use super::builder::BoardBuilder;
use super::parsed_file::ParsedFile;
use super::{Linted, LoadError, each_folder, each_shipped, on_large_stacks, regular_file};
use crate::board::Date;

/// Lints each board, returned with its folder; without folders, the embedded board.
///
/// # Errors
/// Those of [`super::load`].
pub fn lint(dirs: &[PathBuf], today: Date) -> Result<Vec<(PathBuf, Linted)>, LoadError> {
    let start = || BoardBuilder::linting(today);
    if dirs.is_empty() {
        let linted = each_shipped(start, |builder| builder.finish_linted("jobdeck"));
        return Ok(vec![(PathBuf::new(), linted)]);
    }
    let one = |dir: &PathBuf| {
        let finish = |builder: BoardBuilder<'_>, name: &str| builder.finish_linted(name);
        let linted = each_folder(dir, start, finish)?;
        Ok((dir.clone(), linted))
    };
    dirs.iter().map(one).collect()
}

/// Ids of the readable postings and of the readable interviews in a file.
pub fn ids(file: &Path) -> (Vec<String>, Vec<String>) {
    let read = || {
        let bytes = regular_file::fetch(file).ok()?;
        let parsed_file = ParsedFile::read(file, regular_file::text(&bytes).ok()?);
        let postings = parsed_file
            .postings
            .into_iter()
            .map(|(posting, _)| posting.id);
        let interviews = parsed_file.interviews.into_iter().map(|(one, ..)| one.id);
        Some((postings.collect(), interviews.collect()))
    };
    on_large_stacks(read).ok().flatten().unwrap_or_default()
}
