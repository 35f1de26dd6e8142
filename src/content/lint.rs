//! Lints a board: warnings about what breaks no rule but is probably a mistake.
//!
//! Loading a board for reading skips this. Problems that only the source of an imported posting could fix are not
//! reported.

mod duplicates;
mod links;
mod prose;
mod values;

use std::path::Path;

use super::linted::LintState;
use super::problem::Problem;
use crate::board::Posting;

pub(super) use prose::prose;
pub(super) use values::posting;

/// Warnings that need the whole board: duplicate postings.
pub(super) fn warnings(state: &LintState, postings: &[Posting]) -> Vec<Problem> {
    duplicates::find(postings, &state.spots)
}

/// `file:line`, for a message about another location.
fn named(place: &Problem) -> String {
    super::problem::file_line(Path::new(&place.file), place.line)
}
