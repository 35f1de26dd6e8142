//! Errors of fetching a published board, each in one sentence.

use std::fmt;

use crate::board::text;
use crate::fetch::FetchError;

/// Error of fetching a published board.
#[derive(Debug)]
pub enum MirrorError {
    /// The manifest, or the page that links it, could not be fetched.
    Manifest(FetchError),
    /// Neither a manifest nor a page that links one is at this address.
    NotABoard(String),
    /// The manifest contradicts itself.
    Damaged(String),
    /// A chunk could not be fetched: its name, and why.
    Chunk(String, FetchError),
    /// A chunk contradicts the manifest: its name, and how.
    Wrong(String, String),
    /// The server sent an older state than the local one.
    Stale {
        /// Publication time of the state sent.
        sent: String,
        /// Publication time of the local state.
        kept: String,
    },
    /// Another jobdeck is fetching the same board.
    Busy,
    /// The cache cannot be written.
    Cache(std::io::Error),
    /// The fetch was cancelled.
    Cancelled,
}

impl fmt::Display for MirrorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manifest(error) => write!(f, "{error}"),
            Self::NotABoard(at) => write!(
                f,
                "{} is no published board, and links none",
                text::line(at)
            ),
            Self::Damaged(why) => f.write_str(why),
            Self::Chunk(file, FetchError::Status(404 | 410, _)) => write!(
                f,
                "the server has the manifest and not yet {file}: it may be half updated; try again later"
            ),
            Self::Chunk(file, error) => write!(f, "{file}: {error}"),
            Self::Wrong(file, why) => write!(f, "{file} {why}"),
            Self::Stale { sent, kept } => write!(
                f,
                "the server sent an older board (of {}) than the one kept here (of {})",
                moment(sent),
                moment(kept)
            ),
            Self::Busy => write!(f, "another jobdeck is fetching this board"),
            Self::Cache(error) => write!(f, "cannot write to the cache: {error}"),
            Self::Cancelled => write!(f, "was cancelled"),
        }
    }
}

impl std::error::Error for MirrorError {}

/// A time in readable form.
pub fn moment(written: &str) -> String {
    let written = text::line(written);
    match written.split_once('T') {
        Some((day, time)) => format!("{day} {} UTC", time.get(..5).unwrap_or(time)),
        None => written,
    }
}
