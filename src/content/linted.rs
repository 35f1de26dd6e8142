//! A linted board, and what is collected for linting while it is read.

use super::allow::Allow;
use super::problem::Problem;
use crate::board::{Board, Date};

/// A board, its problems and warnings, and its links.
#[derive(Debug, Clone, Default)]
pub struct Linted {
    /// Everything that could be read.
    pub board: Board,
    /// Every error and warning, in file order.
    pub problems: Vec<Problem>,
    /// Location of each posting's id, as a problem without a message, in the order of the board.
    pub places: Vec<Problem>,
    /// Every URL in the board.
    pub links: Vec<Link>,
    /// Warnings that the board allows; [`remaining`](super::remaining) leaves them out.
    pub allows: Vec<Allow>,
}

/// A URL and its location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The URL.
    pub url: String,
    /// Its location, as a problem without a message.
    pub place: Problem,
}

/// Data collected for linting.
#[derive(Debug, Default)]
pub(super) struct LintState {
    pub(super) today: Date,
    /// For each posting, the locations of its id and URL.
    pub(super) spots: Vec<Spot>,
    pub(super) links: Vec<Link>,
    pub(super) allows: Vec<Allow>,
}

/// Locations of the parts of a posting, each as a problem without a message.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) id: Problem,
    pub(super) url: Option<Problem>,
}
