//! Parses the pages of a source.

use super::download::Download;
use super::error::SyncError;
use crate::import::{self, About, Collected, Format};

/// Parses all pages of a source and combines their postings.
///
/// # Errors
/// A page is not a feed, or has another format than expected.
pub fn read(
    download: Download,
    format: Option<Format>,
    about: &About,
    name: &str,
) -> Result<(Format, Collected), SyncError> {
    let mut all: Option<(Format, Collected)> = None;
    for page in download.pages {
        let known = all.as_ref().map(|(format, _)| *format).or(format);
        let unread = |error| SyncError::Read(error, page.content_type.clone());
        let text = import::text(&page.bytes, page.content_type.as_deref()).map_err(unread)?;
        let feed = import::read(&text, known, about).map_err(unread)?;
        match &mut all {
            Some((_, collected)) => collected.add(feed),
            None => all = Some((feed.format, import::collect(feed, Some(name)))),
        }
    }
    all.ok_or(SyncError::Nothing)
}
