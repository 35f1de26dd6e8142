//! Syncs one source: fetch, parse, and merge into its folder.

use std::path::Path;
use std::time::Duration;

use super::adjust;
use super::download::{self, Download, DownloadError, DownloadEvent, RetryPolicy};
use super::error::SyncError;
use super::parse;
use super::{Source, ValidatorCache};
use crate::board::Date;
use crate::content::source_store::{
    EditPolicy, MergeOptions, MergeStats, MergedIds, SourceStore, StoreError,
};
use crate::fetch::{Client, Validators};
use crate::import::{About, Collected, Format, LeftOut, Origin, RowError};

/// Sources with fewer postings may lose more than half of them at once without suspicion.
const FEW: usize = 20;

/// A sync of the sources of a board.
pub struct SyncRun<'a> {
    /// Folder of the board.
    pub board: &'a Path,
    /// HTTP client.
    pub client: &'a Client,
    /// Policy for retries.
    pub retry_policy: RetryPolicy,
    /// Validators of the last sync.
    pub validator_cache: Option<&'a ValidatorCache>,
    /// Today's date.
    pub today: Date,
    /// Whether to write nothing.
    pub dry_run: bool,
    /// What to do with hand edits.
    pub edits: EditPolicy,
    /// Whether to close postings even if nearly all of a source are missing.
    pub close_all: bool,
}

/// Progress of a source.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Waiting for the server.
    Asking,
    /// Number of bytes received.
    Bytes(u64),
    /// A temporary failure, to be retried after this delay.
    Waiting(Duration),
    /// Parsing and writing.
    Writing,
    /// Finished.
    Done(&'a Synced),
}

/// Result of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Final state.
    pub state: State,
    /// Its format, if it was read.
    pub format: Option<Format>,
    /// Counts of the merge.
    pub merged: MergeStats,
    /// Their ids.
    pub ids: MergedIds,
    /// Rows that could not be read.
    pub refused: Vec<RowError>,
    /// Fields that could not be read.
    pub left_out: Vec<LeftOut>,
    /// Numbers of damaged rows that were read in part.
    pub repaired: Vec<usize>,
    /// Columns that hold something and are not read.
    pub unread: Vec<String>,
    /// Columns that its `map` names and no row has.
    pub missing: Vec<String>,
    /// Postings that its `only` left out.
    pub unselected: usize,
}

/// The rows of a source, fetched and read.
pub(super) struct Fetched {
    pub(super) format: Format,
    pub(super) collected: Collected,
    /// Number of rows that the source claims to have.
    total: Option<usize>,
    /// HTTP validators of this response.
    validators: Option<Validators>,
}

/// Final state of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Complete and merged.
    #[default]
    Whole,
    /// Unmodified since the last sync.
    Unmodified,
    /// Merged, but no postings were closed, for this reason.
    Doubtful(String),
    /// Not fetched, for this reason; nothing was changed.
    Failed(String),
}

/// Progress callback; returning false cancels.
pub(super) type StepCallback<'a> = &'a mut dyn FnMut(Step<'_>) -> bool;

impl SyncRun<'_> {
    /// Fetches a source and merges it into the board.
    pub(super) fn sync(&self, source: &Source, watch: StepCallback<'_>) -> Synced {
        let synced = self.try_sync(source, watch);
        synced.unwrap_or_else(|error| Synced {
            state: State::Failed(error.to_string()),
            ..Synced::default()
        })
    }

    fn try_sync(&self, source: &Source, watch: StepCallback<'_>) -> Result<Synced, SyncError> {
        let origin = source.origin.as_ref().map_err(Clone::clone)?;
        let folder = self.board.join(&source.name);
        let known = self
            .validator_cache
            .and_then(|validator_cache| validator_cache.recall(source, &folder));
        let (validators, postings) = known.unwrap_or_default();
        if !watch(Step::Asking) {
            return Err(SyncError::Cancelled);
        }
        let download = self.download(origin, &validators, watch)?;
        if download.pages.is_empty() {
            return Ok(unmodified(postings));
        }
        let fetched = self.read(source, origin, download)?;
        self.put(source, fetched, watch)
    }

    /// Merges the result of a source into the board.
    pub(super) fn put(
        &self,
        source: &Source,
        fetched: Fetched,
        watch: StepCallback<'_>,
    ) -> Result<Synced, SyncError> {
        if !watch(Step::Writing) {
            return Err(SyncError::Cancelled);
        }
        let folder = self.board.join(&source.name);
        let told = fetched.validators.clone();
        let synced = self.merge(source, &folder, fetched)?;
        if let (State::Whole, Some(validator_cache), Some(told), false) =
            (&synced.state, self.validator_cache, told, self.dry_run)
        {
            let MergeStats {
                new, changed, same, ..
            } = synced.merged;
            let postings = new + changed + same + synced.merged.reopened;
            validator_cache.keep(source, &folder, told, postings);
        }
        Ok(synced)
    }

    pub(super) fn download(
        &self,
        origin: &Origin,
        known: &Validators,
        watch: StepCallback<'_>,
    ) -> Result<Download, DownloadError> {
        let mut told = |event| {
            watch(match event {
                DownloadEvent::Bytes(bytes) => Step::Bytes(bytes),
                DownloadEvent::Waiting(time) => Step::Waiting(time),
            })
        };
        download::download(self.client, origin, known, &self.retry_policy, &mut told)
    }

    pub(super) fn read(
        &self,
        source: &Source,
        origin: &Origin,
        download: Download,
    ) -> Result<Fetched, SyncError> {
        let (total, validators) = (download.total, validators(&download));
        let about = About {
            url: Some(origin.url.clone()),
            company: source.company.clone(),
            today: self.today,
            shape: source.shape.clone(),
        };
        let (format, collected) = parse::read(download, origin.format, &about, &source.ids)?;
        Ok(Fetched {
            format,
            collected,
            total,
            validators,
        })
    }

    fn merge(
        &self,
        source: &Source,
        folder: &Path,
        fetched: Fetched,
    ) -> Result<Synced, StoreError> {
        let Fetched {
            format,
            mut collected,
            total,
            ..
        } = fetched;
        let mut refused = std::mem::take(&mut collected.errors);
        refused.retain(|error| !error.skipped);
        let existing = SourceStore::open(folder)?;
        existing.recognize(&mut collected.postings);
        let first_seen = |id: &str| existing.first_seen(id).unwrap_or(self.today);
        let unselected = adjust::adjust(source, &mut collected.postings, self.today, first_seen);
        let doubt = doubt(collected.rows, total, refused.len())
            .or_else(|| self.suspicion(&existing, &collected));
        let options = MergeOptions {
            complete_as_of: doubt.is_none().then_some(self.today),
            dry_run: self.dry_run,
            edits: self.edits,
            record: true,
        };
        let nothing = collected.postings.is_empty() && collected.interviews.is_empty();
        let (merged, ids) = if nothing && existing.is_empty() {
            Default::default()
        } else {
            existing.merge(collected.postings, collected.interviews, &options)?
        };
        Ok(Synced {
            state: doubt.map_or(State::Whole, State::Doubtful),
            format: Some(format),
            merged,
            ids,
            refused,
            left_out: collected.left_out,
            repaired: collected.repaired,
            unread: collected.unread,
            missing: collected.missing,
            unselected,
        })
    }

    /// Why a source that appears complete is suspected not to be.
    fn suspicion(&self, existing: &SourceStore, collected: &Collected) -> Option<String> {
        let (open, gone) = existing.missing(&collected.postings);
        let all = collected.postings.is_empty() && gone > 0;
        let most = open >= FEW && gone > open / 2;
        let wonder = (all || most) && !self.close_all;
        wonder.then(|| {
            let what = match open {
                1 => "its only posting is gone".to_owned(),
                _ if all => format!("all of its {open} postings are gone at once"),
                _ => format!("{gone} of its {open} postings are gone at once"),
            };
            format!("{what}, so nothing was closed; `jobdeck sync --close-all` closes them")
        })
    }
}

/// Why a source is incomplete.
fn doubt(rows: usize, total: Option<usize>, refused: usize) -> Option<String> {
    if let Some(total) = total.filter(|total| *total > rows) {
        return Some(format!(
            "only {rows} of {total} rows came, so nothing was closed"
        ));
    }
    (refused > 0).then(|| {
        let rows = if refused == 1 { "row" } else { "rows" };
        format!("{refused} {rows} could not be read, so nothing was closed")
    })
}

fn unmodified(postings: usize) -> Synced {
    Synced {
        state: State::Unmodified,
        merged: MergeStats {
            same: postings,
            ..MergeStats::default()
        },
        ..Synced::default()
    }
}

/// Validators of a source, if they cover all of it.
fn validators(download: &Download) -> Option<Validators> {
    // An unmodified first page says nothing about later ones.
    let [page] = download.pages.as_slice() else {
        return None;
    };
    (page.validators != Validators::default()).then(|| page.validators.clone())
}
