//! Why a line of the journal cannot be read.

/// Version of the lines written, and the latest that can be read.
pub(super) const VERSION: u32 = 1;
/// Why a line could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It was written by a later version of jobdeck.
    Newer,
    /// It is damaged, with an explanation.
    Damaged(String),
}
