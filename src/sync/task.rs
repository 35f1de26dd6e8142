//! One source: fetched, read, and put into its folder of the board.

use std::path::Path;
use std::time::Duration;

use super::download::{self, Download, Event, Patience};
use super::{Memory, Source};
use crate::board::Date;
use crate::content::shelf::{Putting, Shelf, ShelfError, Shelved, ShelvedIds};
use crate::fetch::{Client, FetchError, Validators};
use crate::import::{About, Collected, Format, LeftOut, Origin, RowError};

/// Postings of which more than half may go at once without anybody wondering.
const FEW: usize = 20;

/// One round over the sources of a board.
pub struct Round<'a> {
    /// The board's folder.
    pub board: &'a Path,
    /// Who asks.
    pub client: &'a Client,
    /// How patient it is.
    pub patience: Patience,
    /// What is known of the sources.
    pub memory: Option<&'a Memory>,
    /// The day.
    pub today: Date,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether postings close even where nearly all of a source is gone.
    pub close_all: bool,
}

/// What a source is doing.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Its server is asked.
    Asking,
    /// So many bytes have come.
    Bytes(u64),
    /// The server has a bad moment, and is asked again after this time.
    Waiting(Duration),
    /// What came is read and written.
    Writing,
    /// It is done.
    Done(&'a Synced),
}

/// What came of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// How it ended.
    pub state: State,
    /// Its format, if anything of it was read.
    pub format: Option<Format>,
    /// What became of its postings.
    pub shelved: Shelved,
    /// Their ids.
    pub ids: ShelvedIds,
    /// The rows that could not be read.
    pub refused: Vec<RowError>,
    /// Fields that could not be read.
    pub left_out: Vec<LeftOut>,
    /// The numbers of rows that were damaged, and are read as far as they are clear.
    pub repaired: Vec<usize>,
    /// Columns that hold something and are not read.
    pub unread: Vec<String>,
    /// Columns that its `map` names and no row has.
    pub missing: Vec<String>,
}

/// The rows of a source, fetched and read.
pub(super) struct Fetched {
    pub(super) format: Format,
    pub(super) collected: Collected,
    /// The rows that it says it has.
    total: Option<usize>,
    /// What its server calls this state of it.
    validators: Option<Validators>,
}

/// How a source ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// All of it came, and the board has it.
    #[default]
    Whole,
    /// It is as it was the last time.
    Unmodified,
    /// The board has what came, but nothing was closed, for this reason.
    Doubtful(String),
    /// It could not be had, for this reason, and nothing of it was changed.
    Failed(String),
}

/// Told what a source is doing; false ends it.
pub(super) type Watch<'a> = &'a mut dyn FnMut(Step<'_>) -> bool;

impl Round<'_> {
    /// Fetches a source and puts it into the board.
    pub(super) fn sync(&self, source: &Source, watch: Watch<'_>) -> Synced {
        self.try_sync(source, watch).unwrap_or_else(|why| Synced {
            state: State::Failed(why),
            ..Synced::default()
        })
    }

    fn try_sync(&self, source: &Source, watch: Watch<'_>) -> Result<Synced, String> {
        let origin = source.origin.as_ref().map_err(Clone::clone)?;
        let folder = self.board.join(&source.name);
        let known = self
            .memory
            .and_then(|memory| memory.recall(source, &folder));
        let (validators, postings) = known.unwrap_or_default();
        if !watch(Step::Asking) {
            return Err(FetchError::Cancelled.to_string());
        }
        let download = self.download(origin, &validators, watch)?;
        if download.pages.is_empty() {
            return Ok(unmodified(postings));
        }
        let fetched = self.read(source, origin, download)?;
        self.put(source, fetched, watch)
    }

    /// Puts what a source gave into the board.
    pub(super) fn put(
        &self,
        source: &Source,
        fetched: Fetched,
        watch: Watch<'_>,
    ) -> Result<Synced, String> {
        if !watch(Step::Writing) {
            return Err(FetchError::Cancelled.to_string());
        }
        let folder = self.board.join(&source.name);
        let told = fetched.validators.clone();
        let synced = self.shelve(&folder, fetched);
        let synced = synced.map_err(|error| error.to_string())?;
        if let (State::Whole, Some(memory), Some(told), false) =
            (&synced.state, self.memory, told, self.dry_run)
        {
            let Shelved {
                new, changed, same, ..
            } = synced.shelved;
            let postings = new + changed + same + synced.shelved.reopened;
            memory.keep(source, &folder, told, postings);
        }
        Ok(synced)
    }

    pub(super) fn download(
        &self,
        origin: &Origin,
        known: &Validators,
        watch: Watch<'_>,
    ) -> Result<Download, String> {
        let mut told = |event| {
            watch(match event {
                Event::Bytes(bytes) => Step::Bytes(bytes),
                Event::Waiting(time) => Step::Waiting(time),
            })
        };
        let download = download::download(self.client, origin, known, &self.patience, &mut told);
        download.map_err(|error| error.to_string())
    }

    pub(super) fn read(
        &self,
        source: &Source,
        origin: &Origin,
        download: Download,
    ) -> Result<Fetched, String> {
        let (total, validators) = (download.total, told(&download));
        let about = About {
            url: Some(origin.url.clone()),
            company: source.company.clone(),
            today: self.today,
            shape: source.shape.clone(),
        };
        let (format, collected) = download::read(download, origin.format, &about, &source.name)?;
        Ok(Fetched {
            format,
            collected,
            total,
            validators,
        })
    }

    fn shelve(&self, folder: &Path, fetched: Fetched) -> Result<Synced, ShelfError> {
        let Fetched {
            format,
            mut collected,
            total,
            ..
        } = fetched;
        let mut refused = std::mem::take(&mut collected.errors);
        refused.retain(|error| !error.passed_over);
        let there = Shelf::open(folder)?;
        there.recognize(&mut collected.postings);
        let doubt = doubt(collected.rows, total, refused.len())
            .or_else(|| self.suspicion(&there, &collected));
        let putting = Putting {
            all_there_is: doubt.is_none().then_some(self.today),
            dry_run: self.dry_run,
        };
        let nothing = collected.postings.is_empty() && collected.interviews.is_empty();
        let (shelved, ids) = if nothing && there.is_empty() {
            Default::default()
        } else {
            there.put(collected.postings, collected.interviews, &putting)?
        };
        Ok(Synced {
            state: doubt.map_or(State::Whole, State::Doubtful),
            format: Some(format),
            shelved,
            ids,
            refused,
            left_out: collected.left_out,
            repaired: collected.repaired,
            unread: collected.unread,
            missing: collected.missing,
        })
    }

    /// Why a source that came whole is not believed to be all there is.
    fn suspicion(&self, there: &Shelf, collected: &Collected) -> Option<String> {
        let (open, gone) = there.missing(&collected.postings);
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

/// Why what came is not all there is.
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
        shelved: Shelved {
            same: postings,
            ..Shelved::default()
        },
        ..Synced::default()
    }
}

/// What the server calls the state of a source, where that tells of all of it.
fn told(download: &Download) -> Option<Validators> {
    // That a first page is as it was says nothing of the next.
    let [page] = download.pages.as_slice() else {
        return None;
    };
    (page.validators != Validators::default()).then(|| page.validators.clone())
}
