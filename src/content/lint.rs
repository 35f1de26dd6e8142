//! Lints a board: warnings about what breaks no rule but is probably a mistake.
//!
//! Loading a board for reading skips this. Problems that only the source of an imported posting could fix are not
//! reported.

mod duplicates;
mod links;
mod prose;
mod values;

use std::path::{Path, PathBuf};

use super::builder::BoardBuilder;
use super::parsed_file::ParsedFile;
use super::problem::Problem;
use super::{LoadError, each_folder, each_shipped, files, on_large_stacks};
use crate::board::{Board, Date, Posting};

pub(super) use prose::prose;
pub(super) use values::posting;

/// A board, its problems and warnings, and its links.
#[derive(Debug, Clone, Default)]
pub struct Linted {
    /// Everything that could be read.
    pub board: Board,
    /// Every error and warning, in file order.
    pub problems: Vec<Problem>,
    /// Every URL in the board.
    pub links: Vec<Link>,
}

/// A URL and its location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The URL.
    pub url: String,
    /// Its location, as a problem without a message.
    pub place: Problem,
}

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
        let bytes = files::fetch(file).ok()?;
        let parsed_file = ParsedFile::read(file, files::text(&bytes).ok()?);
        let postings = parsed_file
            .postings
            .into_iter()
            .map(|(posting, _)| posting.id);
        let interviews = parsed_file.interviews.into_iter().map(|(one, ..)| one.id);
        Some((postings.collect(), interviews.collect()))
    };
    on_large_stacks(read).ok().flatten().unwrap_or_default()
}

/// Data collected for linting.
#[derive(Debug, Default)]
pub(super) struct LintState {
    pub(super) today: Date,
    /// For each posting, the locations of its id and URL.
    pub(super) spots: Vec<Spot>,
    pub(super) links: Vec<Link>,
}

/// Locations of the parts of a posting, each as a problem without a message.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) id: Problem,
    pub(super) url: Option<Problem>,
}

impl LintState {
    /// Warnings that need the whole board: duplicate postings.
    pub(super) fn warnings(&self, postings: &[Posting]) -> Vec<Problem> {
        duplicates::find(postings, &self.spots)
    }
}

/// `file:line`, for a message about another location.
fn named(place: &Problem) -> String {
    super::problem::file_line(Path::new(&place.file), place.line)
}
