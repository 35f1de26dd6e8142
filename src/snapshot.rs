//! Snapshots: a board's index and postings in one cache file, so that the next start reads a few large arrays instead
//! of every TOML file, and descriptions only on demand.
//!
//! A snapshot is derived from the board's files alone; deleting or damaging it only costs time. It is replaced
//! atomically and verified when read. A record found to be damaged later is read from the board's files instead.
//! [`SnapshotPath::refresh`] checks whether it is current: a file is unchanged if its metadata is the same or, where metadata
//! is not conclusive, if its content is the same. Only changed files are parsed again.

mod builder;
mod deriving;
mod fingerprints;
mod manifest;
mod previous;
mod records;
mod sections;
mod store;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use etcetera::BaseStrategy;
use rayon::prelude::*;

use crate::board::hash::hash;
use crate::board::{Board, Posting};
use crate::content::{self, FileCache, LoadError, Loaded, NoCache, Progress};
use crate::search::{Arrays, Index};
use builder::SnapshotBuilder;
use deriving::Deriving;
use previous::PreviousFiles;
use sections::{Section, Writer};
use store::SnapshotStore;

/// Version of the format; increment it with every change.
const FORMAT: u32 = 14;
/// Pieces at the end that are not read at the start: where descriptions start, their checksums, lines, files, and the facts
/// in the texts.
const TRAILING: usize = 7;
/// Number of leading sections outside the index: head, starts of records, and the id lookup.
const LEADING: usize = 5;

/// Location of the snapshot of a set of boards.
#[derive(Debug, Clone)]
pub struct SnapshotPath {
    folders: Vec<PathBuf>,
    path: PathBuf,
    program: u64,
    derive: bool,
    is_read_only: bool,
}

/// A board, its index, and the problems of its files.
#[derive(Debug, Clone)]
pub struct OpenedBoard {
    /// The board.
    pub board: Arc<Board>,
    /// Every problem, as a line of text.
    pub problems: Vec<String>,
    /// The index, created on demand.
    index: Arc<OnceLock<Arc<Index>>>,
    /// The underlying snapshot, if there is one.
    open_snapshot: Option<Arc<OpenSnapshot>>,
    /// Whether facts are read out of the texts.
    derive: bool,
}

/// Reads all files of a board.
pub type Load<'a> = &'a (dyn Fn(Progress<'_>) -> Result<Loaded, String> + 'a);

/// Opens a board as its files are now: from its snapshot if that is current, otherwise from the files, and then writes
/// the snapshot for next time. `load` reads the files if there can be no snapshot; `derive` also derives facts from the
/// texts.
///
/// # Errors
/// The board cannot be read.
pub fn open_board(
    place: Option<&SnapshotPath>,
    load: Load<'_>,
    derive: bool,
    progress: Progress<'_>,
) -> Result<OpenedBoard, String> {
    if let Some(place) = place {
        let last = place.open();
        match place.refresh(last.as_ref(), progress) {
            Ok(Some(opened)) => return Ok(opened),
            Ok(None) => {
                if let Some(last) = last {
                    return Ok(last);
                }
            }
            // Missing folders are reported by the caller.
            Err(_) => {}
        }
    }
    load(progress).map(|loaded| OpenedBoard::new(loaded, derive))
}

/// An open snapshot.
#[derive(Debug)]
struct OpenSnapshot {
    /// Its path, if it may be removed when damaged.
    path: Option<PathBuf>,
    file: File,
    /// Sections of the index.
    index: Vec<Section>,
    files: Section,
    facts: [Section; 3],
    stored: Arc<SnapshotStore>,
    /// When the board's files were read.
    read: i64,
}

impl OpenSnapshot {
    /// Index of the board; `None` if damaged.
    fn index(&self, board: &Arc<Board>) -> Option<Index> {
        let mut arrays = read_all(&self.file, &self.index)?;
        let index = Index::read(Arc::clone(board), &mut arrays)?;
        arrays.is_empty().then_some(index)
    }
}

/// Reads sections in parallel; `None` if one is damaged.
fn read_all(file: &File, sections: &[Section]) -> Option<Arrays> {
    let arrays = sections.par_iter().map(|section| section.read(file));
    Some(Arrays::new(arrays.collect::<Option<_>>()?))
}

/// The cache folder; `None` without a home directory.
pub fn usual_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("jobdeck"))
}

impl SnapshotPath {
    /// Where the snapshot of the boards in these folders is, in this cache folder. A program of another build makes one
    /// of its own: `build` tells them apart. So does one that is not to `derive` facts from the texts.
    pub fn new(cache: &Path, folders: &[PathBuf], build: &str, derive: bool) -> Self {
        let real = folders.iter().map(|folder| {
            let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
            real.to_string_lossy().into_owned()
        });
        let real: Vec<String> = real.collect();
        let version = env!("CARGO_PKG_VERSION");
        Self {
            folders: folders.to_owned(),
            path: cache.join(format!("{:016x}.snapshot", hash(&real.join("\0")))),
            program: hash(&format!("{FORMAT} {version} {build} {derive}")),
            derive,
            is_read_only: false,
        }
    }

    /// The same, but nothing is ever written or removed: for guests, who all read one snapshot.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self {
            is_read_only: true,
            ..self
        }
    }

    /// Opens the last snapshot; `None` if there is none that can be read.
    pub fn open(&self) -> Option<OpenedBoard> {
        let (file, sections) = sections::open(&self.path, self.program)?;
        let (now, later) = sections.split_at_checked(sections.len().checked_sub(TRAILING)?)?;
        let &[texts, checks, lines, files, keys, facts, ends] = later else {
            return None;
        };
        let (own, index) = now.split_at_checked(LEADING)?;
        let mut arrays = read_all(&file, own)?;
        let head = manifest::read_head(&arrays.bytes()?)?;
        let path = (!self.is_read_only).then(|| self.path.clone());
        let reloaded = (self.folders.clone(), path.clone());
        let of = file.try_clone().ok()?;
        let stored = Arc::new(SnapshotStore::new(
            of,
            &mut arrays,
            [texts, checks, lines],
            [facts, ends],
            reloaded,
        )?);
        let store = Arc::clone(&stored);
        let mut board = Board::stored(head.name, store, head.interviews).of_parts(head.parts);
        (board.description, board.url) = (head.description, head.url);
        Some(OpenedBoard {
            board: Arc::new(board),
            problems: head.problems,
            index: Arc::default(),
            derive: self.derive,
            open_snapshot: Some(Arc::new(OpenSnapshot {
                path,
                file,
                index: index.to_vec(),
                files,
                facts: [keys, facts, ends],
                stored,
                read: head.read,
            })),
        })
    }

    /// The board in its current state; `None` if `opened` is current.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn refresh(
        &self,
        opened: Option<&OpenedBoard>,
        progress: Progress<'_>,
    ) -> Result<Option<OpenedBoard>, LoadError> {
        let open_snapshot = opened.and_then(|opened| opened.open_snapshot.as_deref());
        let before = open_snapshot.and_then(PreviousFiles::new);
        if let Some(before) = &before
            && content::is_current(&self.folders, &before.files, before)?
        {
            return Ok(None);
        }
        let known: &dyn FileCache = before.as_ref().map_or(&NoCache, |before| before);
        if !self.is_read_only
            && let Ok(writer) = Writer::new(self.cache())
            && self.make(writer, known, open_snapshot, progress)?
            && let Some(opened) = self.open()
        {
            return Ok(Some(opened));
        }
        // The cache is not writable.
        let loaded = content::load_cached(&self.folders, known, None, progress)?;
        Ok(Some(OpenedBoard::new(loaded, self.derive)))
    }

    fn cache(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Writes the snapshot; false if that failed.
    fn make(
        &self,
        writer: Writer,
        known: &dyn FileCache,
        open_snapshot: Option<&OpenSnapshot>,
        progress: Progress<'_>,
    ) -> Result<bool, LoadError> {
        let facts = self.derive.then(|| Deriving::new(open_snapshot));
        let mut builder = SnapshotBuilder::new(writer, facts, now());
        let mut sink = |posting: Posting, line: usize| builder.take(posting, line);
        let loaded = content::load_cached(&self.folders, known, Some(&mut sink), progress)?;
        Ok(builder.finish(loaded, &self.path, self.program).is_ok())
    }
}

impl OpenedBoard {
    /// A board in memory.
    pub fn new(loaded: Loaded, derive: bool) -> Self {
        let problems = loaded.problems.iter();
        Self {
            problems: problems.map(ToString::to_string).collect(),
            ..Self::from_board(loaded.board, derive)
        }
    }

    /// A board in memory, without problems.
    pub fn from_board(board: Board, derive: bool) -> Self {
        Self {
            derive,
            problems: Vec::new(),
            board: Arc::new(board),
            index: Arc::default(),
            open_snapshot: None,
        }
    }

    /// Index of the board: built or read from the snapshot on first use.
    pub fn index(&self) -> Arc<Index> {
        let index = self.index.get_or_init(|| {
            let make = |board| {
                if self.derive {
                    Index::new(board)
                } else {
                    Index::stated(board)
                }
            };
            let Some(open_snapshot) = &self.open_snapshot else {
                return Arc::new(make(Arc::clone(&self.board)));
            };
            let index = open_snapshot.index(&self.board).unwrap_or_else(|| {
                // The snapshot is damaged; remove it, so that the next start writes a new one.
                if let Some(path) = &open_snapshot.path {
                    let _ = std::fs::remove_file(path);
                }
                make(Arc::clone(&self.board))
            });
            Arc::new(index)
        });
        Arc::clone(index)
    }
}

/// Current time in nanoseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests;
