//! How long postings stay up.

use super::FEWEST;
use crate::search::Tally;

/// How long postings stay up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stay {
    /// Median of the days since publication of the open postings, with their number.
    pub open: Option<(u32, u32)>,
    /// Median of the days between publication and closing of the closed postings, with their number.
    pub closed: Option<(u32, u32)>,
}

pub(super) fn from_tally(tally: &Tally) -> Stay {
    Stay {
        open: median(&tally.open),
        closed: median(&tally.closed),
    }
}

/// The median of numbers in order, each with its count, and their number.
fn median(counts: &[(u32, u32)]) -> Option<(u32, u32)> {
    let total: u32 = counts.iter().map(|(_, count)| count).sum();
    let mut before = 0;
    let middle = counts.iter().find(|(_, count)| {
        before += count;
        2 * before >= total
    })?;
    (total >= FEWEST).then_some((middle.0, total))
}
