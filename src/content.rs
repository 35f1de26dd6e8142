//! From a folder of TOML files to a board, and a list of everything that is wrong with it.
//!
//! Loading never fails because of what a file holds: one bad file or one bad posting never hides the rest, a posting
//! with a bad field is kept without it, and one without an id or a title is left out. Every mistake is told at once,
//! with its place.

mod fields;
mod files;
pub mod format;
mod gather;
pub mod inspect;
mod interview;
mod listed;
mod parse;
mod posting;
mod problem;
mod scan;
mod sheet;
pub mod shelf;
pub mod template;
mod value;
pub mod write;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use crate::board::{Board, text};
use gather::Gathering;
pub use listed::{ListedSource, sources};
pub use problem::{Problem, Severity};
use sheet::Sheet;

/// Files read before they are parsed side by side.
const BATCH: usize = 64;
/// Bytes of a batch, from which on no more files are added to it.
const BATCH_BYTES: usize = 8 << 20;
/// Room for the parser to recurse. Only what is used of it becomes memory.
const STACK: usize = 256 << 20;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// A board, and what is wrong with its files.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Everything that could be read.
    pub board: Board,
    /// Every mistake, in the order of the files.
    pub problems: Vec<Problem>,
}

/// Why a board's folder could not be loaded at all.
#[derive(Debug)]
pub enum LoadError {
    /// There is nothing at this path.
    Missing(PathBuf),
    /// It is a file or something else, not a folder.
    NotAFolder(PathBuf),
    /// The folder cannot be listed.
    Unreadable(PathBuf, io::Error),
    /// The thread that loads could not be started.
    Thread(io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |path: &Path| text::line(&path.to_string_lossy());
        match self {
            Self::Missing(path) => write!(f, "there is no folder {}", named(path)),
            Self::NotAFolder(path) => write!(f, "{} is not a folder", named(path)),
            Self::Unreadable(path, error) => {
                write!(f, "cannot read the folder {}: {error}", named(path))
            }
            Self::Thread(error) => write!(f, "cannot start a thread to load with: {error}"),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(_, error) | Self::Thread(error) => Some(error),
            Self::Missing(_) | Self::NotAFolder(_) => None,
        }
    }
}

/// Told how many files are read, and of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Loads the board in a folder.
pub fn load(dir: &Path) -> Result<Loaded, LoadError> {
    load_all(&[dir.to_owned()], &|_, _| {})
}

/// Loads several boards as one, each under the name of its folder; a single one stays as it is.
pub fn load_all(dirs: &[PathBuf], progress: Progress<'_>) -> Result<Loaded, LoadError> {
    let mut boards = on_large_stacks(|| folders(dirs, progress)).map_err(LoadError::Thread)??;
    if boards.len() == 1
        && let Some(only) = boards.pop()
    {
        return Ok(only);
    }
    let mut keys = Vec::new();
    let mut problems = Vec::new();
    let mut keyed = Vec::new();
    for (dir, loaded) in dirs.iter().zip(boards) {
        let key = unique(&keys, &folder_name(dir));
        problems.extend(loaded.problems.into_iter().map(|problem| Problem {
            file: Path::new(&key).join(&problem.file),
            ..problem
        }));
        keys.push(key.clone());
        keyed.push((key, loaded.board));
    }
    Ok(Loaded {
        board: Board::union(keyed),
        problems,
    })
}

/// The board that is compiled into the program.
pub fn shipped() -> Loaded {
    each_shipped(Gathering::default, |gathering| gathering.finish("jobdeck"))
}

/// Gathers the board that is compiled into the program.
fn each_shipped<T: Send>(
    start: impl Fn() -> Gathering + Sync,
    finish: impl Fn(Gathering) -> T + Sync,
) -> T {
    let gather = || {
        let mut files = Vec::new();
        list(&SHIPPED, &mut files);
        files.sort_by_key(|(path, _)| *path);
        let mut gathering = start();
        let files = files.into_iter();
        add_all(
            &mut gathering,
            files.map(|(path, bytes)| (path.to_owned(), Ok(bytes.to_owned()))),
        );
        finish(gathering)
    };
    // Its files are known to be sound; the large stacks are a comfort here and no need.
    on_large_stacks(gather).unwrap_or_else(|_| gather())
}

/// Gathers the board in a folder.
fn each_folder<T: Send>(
    dir: &Path,
    start: impl FnOnce() -> Gathering + Send,
    finish: impl FnOnce(Gathering, &str) -> T + Send,
) -> Result<T, LoadError> {
    let entries = entries(dir)?;
    let gather = || {
        let mut gathering = start();
        read_all(&mut gathering, entries, || {});
        finish(gathering, &folder_name(dir))
    };
    on_large_stacks(gather).map_err(LoadError::Thread)
}

/// Whether a folder holds a board: a `*.toml` file, at any depth.
pub fn is_board(dir: &Path) -> bool {
    files::any(dir)
}

/// Every folder's board. All of them are listed first, so that it is known how much there is to read.
fn folders(dirs: &[PathBuf], progress: Progress<'_>) -> Result<Vec<Loaded>, LoadError> {
    let listed = dirs.iter().map(|dir| entries(dir));
    let listed = listed.collect::<Result<Vec<_>, _>>()?;
    let of = listed.iter().map(Vec::len).sum();
    let mut done = 0;
    let boards = dirs.iter().zip(listed).map(|(dir, entries)| {
        let mut gathering = Gathering::default();
        read_all(&mut gathering, entries, || {
            done += 1;
            progress(done, of);
        });
        gathering.finish(&folder_name(dir))
    });
    Ok(boards.collect())
}

/// Reads files and takes them in, one after the other.
fn read_all(gathering: &mut Gathering, entries: Vec<files::Entry>, mut next: impl FnMut()) {
    let mut reader = files::Reader::default();
    let read = |entry: files::Entry| {
        next();
        match entry.real.and_then(|real| reader.read(&real)) {
            Ok(bytes) => Some((entry.relative, Ok(bytes?))),
            Err(why) => Some((entry.relative, Err(why))),
        }
    };
    add_all(gathering, entries.into_iter().filter_map(read));
}

impl LoadError {
    /// Why a folder cannot be listed.
    fn of(dir: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(dir.to_owned()),
            io::ErrorKind::NotADirectory => Self::NotAFolder(dir.to_owned()),
            _ => Self::Unreadable(dir.to_owned(), error),
        }
    }
}

fn entries(dir: &Path) -> Result<Vec<files::Entry>, LoadError> {
    files::entries(dir).map_err(|error| LoadError::of(dir, error))
}

/// Reads files side by side, and takes them in one after the other.
fn add_all(
    gathering: &mut Gathering,
    files: impl Iterator<Item = (PathBuf, Result<Vec<u8>, String>)>,
) {
    let mut files = files.peekable();
    let closely = gathering.today();
    while files.peek().is_some() {
        let batch = batch(&mut files);
        let sheets: Vec<_> = batch
            .par_iter()
            .map(|(path, bytes)| {
                let source = files::text(bytes.as_ref().map_err(Clone::clone)?)?;
                Ok((source, Sheet::look(path, source, closely)))
            })
            .collect();
        for ((path, _), sheet) in batch.iter().zip(sheets) {
            match sheet {
                Ok((source, sheet)) => gathering.add(path, source, sheet),
                Err::<_, String>(why) => gathering.problem(path, why),
            }
        }
    }
}

/// The next few files.
fn batch<P>(
    files: &mut impl Iterator<Item = (P, Result<Vec<u8>, String>)>,
) -> Vec<(P, Result<Vec<u8>, String>)> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH
        && bytes < BATCH_BYTES
        && let Some((path, file)) = files.next()
    {
        bytes += file.as_ref().map_or(0, Vec::len);
        batch.push((path, file));
    }
    batch
}

/// Runs on threads whose stacks hold whatever the parser may need.
fn on_large_stacks<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    let pool = rayon::ThreadPoolBuilder::new()
        .thread_name(|at| format!("load {at}"))
        .stack_size(STACK)
        .build()
        .map_err(io::Error::other)?;
    Ok(pool.install(work))
}

fn list(dir: &'static Dir<'static>, files: &mut Vec<(&'static Path, &'static [u8])>) {
    for file in dir.files() {
        let hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
        let toml = file.path().extension().is_some_and(|found| found == "toml");
        if toml && !file.path().iter().any(hidden) {
            files.push((file.path(), file.contents()));
        }
    }
    for dir in dir.dirs() {
        list(dir, files);
    }
}

/// A folder's own name, also where it is written as `.`.
fn folder_name(dir: &Path) -> String {
    let whole = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    match text::line(&name) {
        name if name.is_empty() => "board".into(),
        name => name,
    }
}

fn unique(taken: &[String], name: &str) -> String {
    let mut key = name.to_owned();
    let mut number = 2;
    while taken.contains(&key) {
        key = format!("{name}-{number}");
        number += 1;
    }
    key
}
