//! Why a source cannot be synced.

use std::fmt;

use super::download::DownloadError;
use crate::board::{spelling, text};
use crate::content::source_store::StoreError;
use crate::fetch::FetchError;
use crate::import::{Format, ReadError, ShapeError};

/// Why a source of a board cannot be requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// Its `map` is invalid.
    Map(ShapeError),
    /// Its `name` has no letter or digit.
    Name,
    /// Its `format` is unknown.
    Format(String),
    /// Its `only` has a term that cannot be read, for this reason.
    Only(String),
    /// It has the feed of this folder, whose source is not listed: it was renamed to this name.
    Renamed(String, String),
    /// It has the name of another source, listed on this line.
    SameName(String, usize),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map(error) => write!(f, "has an invalid `map`: {error}"),
            Self::Name => write!(f, "has a `name` without a letter or a digit"),
            Self::Format(word) => {
                write!(f, "has an unknown `format`: {}", text::line(word))?;
                match spelling::nearest(word, Format::all().map(Format::word)) {
                    Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
                    None => Ok(()),
                }
            }
            Self::Only(why) => write!(f, "has a wrong `only`: {why}"),
            Self::Renamed(old, new) => {
                let (old, new) = (text::line(old), text::line(new));
                write!(
                    f,
                    "is the source of the folder {old} under another name: `jobdeck sync --rename {old}={new}` keeps the \
                     ids of its postings, `jobdeck sync --prune` closes them"
                )
            }
            Self::SameName(name, line) => write!(
                f,
                "has the same name as the one on line {line}: {}; set `name` on one of them",
                text::line(name)
            ),
        }
    }
}

impl std::error::Error for SourceError {}

/// Why a source was not synced.
#[derive(Debug)]
pub enum SyncError {
    /// It cannot be requested.
    Source(SourceError),
    /// The user cancelled.
    Cancelled,
    /// It cannot be fetched.
    Download(DownloadError),
    /// A page of it cannot be read; with the content type that the server named.
    Read(ReadError, Option<String>),
    /// The server sent no page.
    Nothing,
    /// The board cannot be written.
    Store(StoreError),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => write!(f, "{error}"),
            Self::Cancelled => write!(f, "{}", FetchError::Cancelled),
            Self::Download(error) => write!(f, "{error}"),
            Self::Read(error, None) => write!(f, "{error}"),
            Self::Read(error, Some(kind)) => {
                write!(f, "{error} (it was sent as {})", text::line(kind))
            }
            Self::Nothing => write!(f, "sent nothing"),
            Self::Store(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for SyncError {}

impl From<SourceError> for SyncError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<DownloadError> for SyncError {
    fn from(error: DownloadError) -> Self {
        Self::Download(error)
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
