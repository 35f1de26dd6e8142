//! A board looked at closely: what breaks no rule and is probably not meant, as warnings beside the mistakes.
//!
//! Loading for reading does none of this. What only the source of an imported posting could mend is not told.

mod leads;
mod prose;
mod twins;
mod values;

use std::path::{Path, PathBuf};

use super::gather::Gathering;
use super::problem::Problem;
use super::sheet::Sheet;
use super::{LoadError, each_folder, each_shipped, files, on_large_stacks};
use crate::board::{Board, Date, Posting};

pub(super) use prose::prose;
pub(super) use values::posting;

/// A board, everything that is wrong with it or looks so, and where it leads.
#[derive(Debug, Clone, Default)]
pub struct Inspected {
    /// Everything that could be read.
    pub board: Board,
    /// Every mistake and every doubt, in the order of the files.
    pub problems: Vec<Problem>,
    /// Every address in it.
    pub links: Vec<Link>,
}

/// An address, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub url: String,
    /// Its place, as a problem that says nothing yet.
    pub place: Problem,
}

/// Looks at each board closely, beside its folder; no folder is the board that is compiled in.
///
/// # Errors
/// As those of [`super::load`].
pub fn inspect(dirs: &[PathBuf], today: Date) -> Result<Vec<(PathBuf, Inspected)>, LoadError> {
    let start = || Gathering::closely(today);
    if dirs.is_empty() {
        let inspected = each_shipped(start, |gathering| gathering.finish_inspected("jobdeck"));
        return Ok(vec![(PathBuf::new(), inspected)]);
    }
    let one = |dir: &PathBuf| {
        let finish = |gathering: Gathering<'_>, name: &str| gathering.finish_inspected(name);
        let inspected = each_folder(dir, start, finish)?;
        Ok((dir.clone(), inspected))
    };
    dirs.iter().map(one).collect()
}

/// The ids of the postings and of the interviews in a file, those that could be read.
pub fn ids(file: &Path) -> (Vec<String>, Vec<String>) {
    let read = || {
        let bytes = files::fetch(file).ok()?;
        let sheet = Sheet::read(file, files::text(&bytes).ok()?);
        let postings = sheet.postings.into_iter().map(|(posting, _)| posting.id);
        let interviews = sheet.interviews.into_iter().map(|(one, ..)| one.id);
        Some((postings.collect(), interviews.collect()))
    };
    on_large_stacks(read).ok().flatten().unwrap_or_default()
}

/// What looking closely gathers beside the postings.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    pub(super) today: Date,
    /// For each posting where its id and its url stand.
    pub(super) spots: Vec<Spot>,
    pub(super) links: Vec<Link>,
}

/// Where the parts of a posting stand, each as a problem that says nothing yet.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) id: Problem,
    pub(super) url: Option<Problem>,
}

impl Inspection {
    /// What only the whole board shows: postings that stand on it twice.
    pub(super) fn doubts(&self, postings: &[Posting]) -> Vec<Problem> {
        twins::find(postings, &self.spots)
    }
}

/// `file:line`, as a message about another place names it.
fn named(place: &Problem) -> String {
    super::problem::file_line(Path::new(&place.file), place.line)
}
