//! Why a row has no posting.

use super::{RowError, RowPosition};
use crate::board::text;

/// Why a row has no posting.
#[derive(Debug)]
pub(super) struct Refusal {
    message: String,
    skipped: bool,
}

impl Refusal {
    /// The row is invalid.
    pub(super) fn wrong(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            skipped: false,
        }
    }

    /// The row is valid, but not a posting.
    pub(super) fn skipped(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            skipped: true,
        }
    }

    pub(super) fn at(self, place: RowPosition) -> RowError {
        RowError {
            row: place.row,
            line: place.line,
            message: text::line(&self.message),
            skipped: self.skipped,
        }
    }
}
