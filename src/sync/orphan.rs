//! Folders that a source filled which the board no longer lists.

use std::path::Path;

use super::Source;
use super::error::SourceError;
use crate::board::{Date, text};
use crate::content;
use crate::content::source_store::{
    MergeOptions, MergeStats, MergedIds, SourceStore, StoreError, filled,
};

/// A folder whose source is no longer listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// Name of the folder and of the former source.
    pub name: String,
    /// Number of its postings that are not closed.
    pub open: usize,
    /// Address of the feed.
    feed: Option<String>,
}

impl Orphan {
    /// What is wrong, and what helps.
    pub fn message(&self) -> String {
        let name = text::line(&self.name);
        let postings = match self.open {
            1 => "1 open posting".to_owned(),
            open => format!("{open} open postings"),
        };
        format!(
            "{name} holds {postings} of a source that is no longer listed: `jobdeck sync --prune` closes them, `jobdeck \
             sync --rename {name}=NEW` gives them to a listed source"
        )
    }
}

/// Folders of a board that hold open postings of sources that are not listed. A source that has the feed of one of them
/// and no folder yet must not be synced, since its postings would double: it fails with an explanation.
///
/// # Errors
/// A folder cannot be read.
pub fn orphans(board: &Path, sources: &mut [Source]) -> Result<Vec<Orphan>, StoreError> {
    let mut orphans = Vec::new();
    for name in filled(board) {
        if sources.iter().any(|source| source.name == name) {
            continue;
        }
        let store = SourceStore::open(&board.join(&name))?;
        let open = store.open_count();
        let feed = store.feed().map(str::to_owned);
        if open > 0 {
            orphans.push(Orphan { name, open, feed });
        }
    }
    for source in sources {
        let Ok(origin) = &source.origin else { continue };
        let same = orphans
            .iter()
            .find(|orphan| orphan.feed.as_ref() == Some(&origin.url));
        if let Some(orphan) = same
            && !board.join(&source.name).exists()
        {
            let renamed = SourceError::Renamed(orphan.name.clone(), source.name.clone());
            source.origin = Err(renamed);
        }
    }
    Ok(orphans)
}

/// Closes the postings of a source that is no longer listed. Their ids, and the marks that refer to them, are kept.
///
/// # Errors
/// Its folder cannot be read or written.
pub fn prune(
    board: &Path,
    orphan: &Orphan,
    today: Date,
    dry_run: bool,
) -> Result<(MergeStats, MergedIds), StoreError> {
    let options = MergeOptions {
        complete_as_of: Some(today),
        dry_run,
        record: true,
        ..MergeOptions::default()
    };
    SourceStore::open(&board.join(&orphan.name))?.merge(Vec::new(), Vec::new(), &options)
}

/// Renames a source: moves its folder, and lists it under the new name with the prefix of its ids. It may be listed under
/// either name already. Can be repeated after an interruption.
///
/// # Errors
/// The board does not list the source, has no such folder, or cannot be written: why.
pub fn rename(board: &Path, sources: &[Source], old: &str, new: &str) -> Result<(), String> {
    let listed = |name: &str| sources.iter().find(|source| source.name == name);
    let (old_name, new_name) = (text::line(old), text::line(new));
    if crate::import::source_name(new) != new || new.is_empty() {
        return Err(format!(
            "{new_name} is not a name of a source: small letters, digits and hyphens"
        ));
    }
    let source = listed(old).or_else(|| listed(new)).ok_or_else(|| {
        format!("board.toml lists no source called {old_name} or {new_name}; list it first")
    })?;
    if listed(old).is_some() && listed(new).is_some() {
        return Err(format!("board.toml lists both {old_name} and {new_name}"));
    }
    let (from, to) = (board.join(old), board.join(new));
    let is_moved = !from.exists() && to.exists();
    if !is_moved {
        if !from.is_dir() {
            return Err(format!("the board has no folder {old_name}"));
        }
        if to.exists() {
            return Err(format!(
                "there is a folder {new_name} already; its postings are the same under other ids, so remove it first"
            ));
        }
        content::rename_folder(&from, &to)
            .map_err(|error| format!("cannot rename {old_name}: {error}"))?;
    }
    let ids = match listed(old) {
        Some(source) => source.ids.as_str(),
        None if source.ids == source.name => old,
        None => source.ids.as_str(),
    };
    content::rename_source(board, source.line, new, ids).map_err(|why| format!("board.toml {why}"))
}
