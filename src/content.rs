//! Loads a folder of TOML files into a board and a list of everything that is wrong with it.
//!
//! Bad content never makes loading fail as a whole: a posting with a bad field is kept without that field, and one
//! without an id or a title is left out. Every mistake is reported with its location.

mod allow;
mod builder;
pub mod check;
mod fields;
mod files;
pub mod format;
mod interview;
mod lint;
mod linted;
mod listed;
mod overrides;
mod parse;
mod parsed_file;
mod posting;
mod problem;
mod published;
mod reading;
mod regular_file;
mod rule;
mod scan;
mod site_profile;
mod site_table;
mod source_list;
pub mod source_store;
pub mod template;
mod value;
pub mod write;

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use crate::board::{Board, Posting, text};
pub use allow::{Allow, remaining};
use builder::BoardBuilder;
pub use builder::PostingSink;
pub use linted::{Link, Linted};
pub use listed::ListedSource;
use parsed_file::ParsedFile;
pub use problem::Problem;
pub use reading::{File, FileCache, NoCache};
pub use regular_file::FileMetadata;
pub use rule::{Rule, Severity};
pub use site_profile::site_profile;
pub use source_list::{ListError, list_source, rename_folder, rename_source, sources};

/// Stack for the recursive parser. Address space only; pages are committed as they are used.
const STACK: usize = 256 << 20;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// A board and the problems of its files.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Everything that could be read.
    pub board: Board,
    /// Every mistake, in file order.
    pub problems: Vec<Problem>,
    /// The files, in the order they were read.
    pub files: Vec<File>,
}

/// Why a board's folder could not be loaded at all.
#[derive(Debug)]
pub enum LoadError {
    /// The path does not exist.
    Missing(PathBuf),
    /// The path is not a folder.
    NotAFolder(PathBuf),
    /// The folder cannot be listed.
    Unreadable(PathBuf, io::Error),
    /// The loader thread could not be started.
    Thread(io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |path: &Path| text::line(&path.to_string_lossy());
        match self {
            Self::Missing(path) => write!(f, "not a folder: {}", named(path)),
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

/// Callback for loading progress: files read, and files in total.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Loads the board in a folder.
pub fn load(dir: &Path) -> Result<Loaded, LoadError> {
    load_all(&[dir.to_owned()], &|_, _| {})
}

/// Whether the files of the boards are unchanged against `cache`. Reads only files that may have changed without a
/// visible difference in their metadata.
pub fn is_current(
    dirs: &[PathBuf],
    files: &[File],
    cache: &dyn FileCache,
) -> Result<bool, LoadError> {
    let listed = dirs.iter().map(|dir| entries(dir));
    let listed = listed.collect::<Result<Vec<_>, _>>()?;
    let all: Vec<(usize, files::FolderEntry)> = listed
        .into_iter()
        .enumerate()
        .flat_map(|(folder, entries)| entries.into_iter().map(move |entry| (folder, entry)))
        .collect();
    // A file with several names is cached under one of them.
    let named =
        |folder: usize, entry: &files::FolderEntry| cache.file(folder, &entry.relative).is_some();
    let places: HashSet<(u64, u64)> = files
        .iter()
        .filter_map(|file| Some(file.about.as_ref().ok()?.place))
        .collect();
    let same = all.par_iter().all(|(folder, entry)| {
        if named(*folder, entry) {
            return reading::is_current(*folder, entry, cache);
        }
        let about = entry.real.as_ref().ok();
        let about = about.and_then(|real| FileMetadata::read(real).ok());
        about.is_some_and(|about| places.contains(&about.place))
    });
    let here: HashSet<(usize, &Path)> = all
        .iter()
        .map(|(folder, entry)| (*folder, entry.relative.as_path()))
        .collect();
    let mut cache = files.iter();
    Ok(same && cache.all(|file| here.contains(&(file.folder, file.path.as_path()))))
}

/// Loads several boards as one, each named after its folder; a single board keeps its own name.
pub fn load_all(dirs: &[PathBuf], progress: Progress<'_>) -> Result<Loaded, LoadError> {
    load_cached(dirs, &NoCache, None, progress)
}

/// Like [`load_all`], but takes unchanged files from `cache` instead of reading them. With a `sink`, each posting is passed
/// to it as soon as it is read, and the board holds none, so that they are never all in memory.
pub fn load_cached(
    dirs: &[PathBuf],
    cache: &dyn FileCache,
    sink: Option<PostingSink<'_>>,
    progress: Progress<'_>,
) -> Result<Loaded, LoadError> {
    let keys = keys(dirs);
    let load = || folders(dirs, &keys, cache, sink, progress);
    let mut boards = on_large_stacks(load).map_err(LoadError::Thread)??;
    if boards.len() == 1
        && let Some(only) = boards.pop()
    {
        return Ok(only);
    }
    let mut problems = Vec::new();
    let mut files = Vec::new();
    let mut keyed = Vec::new();
    for (key, loaded) in keys.into_iter().zip(boards) {
        problems.extend(loaded.problems.into_iter().map(|problem| Problem {
            file: Path::new(&key).join(&problem.file),
            ..problem
        }));
        files.extend(loaded.files);
        keyed.push((key, loaded.board));
    }
    Ok(Loaded {
        board: Board::union(keyed),
        problems,
        files,
    })
}

/// The board compiled into the program.
pub fn shipped() -> Loaded {
    each_shipped(BoardBuilder::default, |builder| builder.finish("jobdeck"))
}

/// Builds the board compiled into the program.
fn each_shipped<T: Send>(
    start: impl Fn() -> BoardBuilder<'static> + Sync,
    finish: impl Fn(BoardBuilder<'_>) -> T + Sync,
) -> T {
    let build = || {
        let mut files = Vec::new();
        list(&SHIPPED, &mut files);
        files.sort_by_key(|(path, _)| *path);
        let mut builder = start();
        let sheets = files.into_iter().map(|(path, bytes)| {
            let text = regular_file::text(bytes);
            let parsed_file =
                text.map(|text| (text, ParsedFile::look(path, text, builder.today())));
            (path, parsed_file)
        });
        let mut sheets: Vec<_> = sheets.collect();
        for (_, parsed_file) in &mut sheets {
            if let Ok((_, parsed_file)) = parsed_file {
                builder.overrides.add(parsed_file.overrides.drain(..));
            }
        }
        for (path, parsed_file) in sheets {
            match parsed_file {
                Ok((text, parsed_file)) => {
                    builder.add(path, text, parsed_file);
                }
                Err(why) => builder.problem(path, why),
            }
        }
        finish(builder)
    };
    // The embedded files are known to be valid, so normal stacks suffice if no threads can be started.
    on_large_stacks(build).unwrap_or_else(|_| build())
}

/// Builds the board in a folder.
fn each_folder<T: Send>(
    dir: &Path,
    start: impl FnOnce() -> BoardBuilder<'static> + Send,
    finish: impl FnOnce(BoardBuilder<'_>, &str) -> T + Send,
) -> Result<T, LoadError> {
    let entries = entries(dir)?;
    let build = || {
        let mut builder = start();
        reading::add_all(&mut builder, 0, entries, &NoCache, || {});
        finish(builder, &folder_name(dir))
    };
    on_large_stacks(build).map_err(LoadError::Thread)
}

/// Fingerprint of the files of the board in a folder, from their names and metadata.
///
/// # Errors
/// The folder cannot be listed.
pub fn state(dir: &Path) -> Result<u64, LoadError> {
    files::state(dir).map_err(|error| LoadError::from_io(dir, error))
}

/// Whether a folder contains a `*.toml` file at any depth.
pub fn is_board(dir: &Path) -> bool {
    files::any(dir)
}

/// Builds the board of every folder. Lists all of them first, so that progress knows the total.
fn folders(
    dirs: &[PathBuf],
    keys: &[String],
    cache: &dyn FileCache,
    mut sink: Option<PostingSink<'_>>,
    progress: Progress<'_>,
) -> Result<Vec<Loaded>, LoadError> {
    let listed = dirs.iter().map(|dir| entries(dir));
    let listed = listed.collect::<Result<Vec<_>, _>>()?;
    let of = listed.iter().map(Vec::len).sum();
    let mut done = 0;
    let mut boards = Vec::new();
    for (folder, (dir, entries)) in dirs.iter().zip(listed).enumerate() {
        let key = keys.get(folder).filter(|_| keys.len() > 1);
        let mut keyed = sink
            .as_mut()
            .map(|sink| move |posting: Posting, line: usize| sink(keyed(posting, key), line));
        let sink = keyed.as_mut().map(|sink| sink as PostingSink<'_>);
        let mut builder = BoardBuilder::with_sink(sink);
        let files = reading::add_all(&mut builder, folder, entries, cache, || {
            done += 1;
            progress(done, of);
        });
        boards.push(Loaded {
            files,
            ..builder.finish(&folder_name(dir))
        });
    }
    Ok(boards)
}

/// A posting as it is on a board of several, where ids are prefixed with the key of its own board.
fn keyed(posting: Posting, key: Option<&String>) -> Posting {
    match key {
        Some(key) => Posting {
            id: format!("{key}/{}", posting.id),
            board: key.clone(),
            ..posting
        },
        None => posting,
    }
}

/// Key of the board in each folder.
fn keys(dirs: &[PathBuf]) -> Vec<String> {
    let mut keys = Vec::new();
    for dir in dirs {
        keys.push(unique(&keys, &folder_name(dir)));
    }
    keys
}

impl LoadError {
    /// Explains why a folder cannot be listed.
    fn from_io(dir: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(dir.to_owned()),
            io::ErrorKind::NotADirectory => Self::NotAFolder(dir.to_owned()),
            _ => Self::Unreadable(dir.to_owned(), error),
        }
    }
}

fn entries(dir: &Path) -> Result<Vec<files::FolderEntry>, LoadError> {
    files::entries(dir).map_err(|error| LoadError::from_io(dir, error))
}

/// Runs on threads with stacks large enough for the parser.
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

/// Name of a folder, resolved if it is written as `.`.
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
