//! Reads the files of a board in parallel and adds them in order. Unchanged files are taken from the cache.

use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::fast::FixedState;
use memchr::memmem;
use rayon::prelude::*;

use super::builder::BoardBuilder;
use super::files;
use super::parsed_file::{FilePosition, ParsedFile};
use super::published::Published;
use super::regular_file::{self, FileMetadata};
use crate::board::{Date, Posting};

/// Files, and bytes, that are read before a batch is parsed in parallel.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 8 << 20;

/// A file of a board, as of its last reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Index of its folder among the loaded ones.
    pub folder: usize,
    /// Path relative to that folder.
    pub path: PathBuf,
    /// Metadata, or why it cannot be read.
    pub about: Result<FileMetadata, String>,
    /// Hash of its content; only comparable within one version of the program.
    pub hash: u64,
    /// Whether it holds only postings, without any mistake.
    pub plain: bool,
    /// Number of postings it added to the board.
    pub postings: usize,
}

/// Cache of a board's files from an earlier load.
pub trait FileCache: Sync {
    /// The cached file at a path in a folder, and whether it may have changed without a visible difference in its
    /// metadata.
    fn file(&self, folder: usize, path: &Path) -> Option<(&File, bool)>;

    /// Postings of a plain file, each with the line of its id; `None` if they are not available.
    fn postings(&self, file: &File) -> Option<Vec<(Posting, usize)>>;
}

/// A cache without any files.
pub struct NoCache;

impl FileCache for NoCache {
    fn file(&self, _: usize, _: &Path) -> Option<(&File, bool)> {
        None
    }

    fn postings(&self, _: &File) -> Option<Vec<(Posting, usize)>> {
        None
    }
}

/// A file on its way to the board.
struct PendingFile<'k> {
    file: File,
    /// Path to open.
    real: PathBuf,
    /// The part of a published board, unless this is a TOML file.
    published: Option<Arc<Published>>,
    /// Content, unless the cached one is used.
    bytes: Result<Vec<u8>, String>,
    cache: Option<&'k File>,
}

/// What a file contains.
enum FileContent {
    /// Taken from the cache.
    Cached(ParsedFile),
    /// Read and parsed.
    Read(ParsedFile),
    /// Cannot be read.
    Broken(String),
}

/// Hash of a file's content.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
}

/// Whether a file is unchanged against the cache.
pub(super) fn is_current(folder: usize, entry: &files::FolderEntry, cache: &dyn FileCache) -> bool {
    let Some((file, doubtful)) = cache.file(folder, &entry.relative) else {
        return false;
    };
    if let Some(published) = &entry.published {
        return file.hash == published.identity;
    }
    let about = entry
        .real
        .clone()
        .and_then(|real| FileMetadata::read(&real));
    match (about, &file.about) {
        (about, before) if about == *before && !doubtful => true,
        (Ok(about), Ok(before)) if about.size == before.size => {
            let bytes = entry.real.clone().and_then(|real| {
                let (about, file) = regular_file::open(&real)?;
                regular_file::read(file, &about)
            });
            bytes.is_ok_and(|bytes| hash(&bytes) == file.hash)
        }
        _ => false,
    }
}

/// Adds the files of a folder, and records each in `seen`.
pub(super) fn add_all(
    builder: &mut BoardBuilder<'_>,
    folder: usize,
    entries: Vec<files::FolderEntry>,
    cache: &dyn FileCache,
    progress: impl FnMut() + Send,
) -> Vec<File> {
    for mut parsed_file in overriding(folder, &entries, cache) {
        builder.overrides.add(parsed_file.overrides.drain(..));
    }
    let mut seen = Vec::with_capacity(entries.len());
    let mut batches = Batches {
        folder,
        entries: entries.into_iter(),
        cache,
        seen_files: files::SeenFiles::default(),
        lint_date: builder.today(),
        progress,
    };
    let mut ready = batches.next();
    while let Some(batch) = ready {
        // Adds the previous batch while the next one is read and parsed.
        let take_in = || {
            for (pending, content) in batch {
                seen.push(pending.add(content, builder));
            }
        };
        (ready, ()) = rayon::join(|| batches.next(), take_in);
    }
    seen
}

/// The files with overrides, in order. Which postings they change must be known before the first posting is added.
fn overriding(
    folder: usize,
    entries: &[files::FolderEntry],
    cache: &dyn FileCache,
) -> Vec<ParsedFile> {
    let sheets = entries.par_iter().map(|entry| {
        let path = entry.real.as_ref().ok()?;
        let cached = cache.file(folder, &entry.relative);
        if let Some((file, false)) = cached
            && file.plain
            && FileMetadata::read(path) == file.about
        {
            return None;
        }
        let bytes = regular_file::fetch(path).ok()?;
        memmem::find(&bytes, b"override")?;
        let parsed_file = ParsedFile::read(&entry.relative, regular_file::text(&bytes).ok()?);
        (!parsed_file.overrides.is_empty()).then_some(parsed_file)
    });
    sheets.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Files of a folder, in batches.
struct Batches<'k, P> {
    folder: usize,
    entries: std::vec::IntoIter<files::FolderEntry>,
    cache: &'k dyn FileCache,
    seen_files: files::SeenFiles,
    lint_date: Option<Date>,
    progress: P,
}

impl<'k, P: FnMut()> Batches<'k, P> {
    /// The next batch with its content; `None` after the last.
    fn next(&mut self) -> Option<Vec<(PendingFile<'k>, FileContent)>> {
        let mut batch: Vec<PendingFile<'_>> = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH
            && bytes < BATCH_BYTES
            && let Some(entry) = self.entries.next()
        {
            (self.progress)();
            if let Some(pending) =
                PendingFile::read(self.folder, entry, self.cache, &mut self.seen_files)
            {
                bytes += pending.weight();
                batch.push(pending);
            }
        }
        if batch.is_empty() && self.entries.len() == 0 {
            return None;
        }
        let (cache, lint_date) = (self.cache, self.lint_date);
        let content = batch.into_par_iter().map(|mut pending| {
            let content = pending.content(cache, lint_date);
            (pending, content)
        });
        Some(content.collect())
    }
}

impl<'k> PendingFile<'k> {
    /// Reads a file if necessary; `None` if it was read before under another name.
    fn read(
        folder: usize,
        entry: files::FolderEntry,
        cache: &'k dyn FileCache,
        seen_files: &mut files::SeenFiles,
    ) -> Option<Self> {
        let before = cache.file(folder, &entry.relative);
        let before = before.filter(|(file, _)| file.plain);
        let mut pending = Self {
            file: File {
                folder,
                path: entry.relative,
                about: Err(String::new()),
                hash: 0,
                plain: false,
                postings: 0,
            },
            real: PathBuf::new(),
            published: entry.published,
            bytes: Ok(Vec::new()),
            cache: None,
        };
        match entry.real.and_then(|real| {
            pending.real = real;
            pending.look(before, seen_files)
        }) {
            Ok(true) => Some(pending),
            Ok(false) => None,
            Err(why) => {
                pending.file.about = Err(why.clone());
                pending.bytes = Err(why);
                Some(pending)
            }
        }
    }

    /// Memory taken while it is read, in bytes.
    fn weight(&self) -> usize {
        let bytes = self.bytes.as_ref().map_or(0, Vec::len);
        bytes + self.published.as_ref().map_or(0, |part| part.weight)
    }

    /// Opens the file, and reads it unless it is cached; false if it was read before.
    fn look(
        &mut self,
        before: Option<(&'k File, bool)>,
        seen_files: &mut files::SeenFiles,
    ) -> Result<bool, String> {
        let (about, file) = regular_file::open(&self.real)?;
        if !seen_files.is_new(&about) {
            return Ok(false);
        }
        self.file.about = Ok(about);
        if let Some(published) = &self.published {
            self.file.hash = published.identity;
            let cache = before.map(|(cache, _)| cache);
            self.cache = cache.filter(|cache| cache.hash == published.identity);
            return Ok(true);
        }
        let same = before.filter(|(cache, doubtful)| !doubtful && cache.about == self.file.about);
        if let Some((cache, _)) = same {
            self.file.hash = cache.hash;
            self.cache = Some(cache);
            return Ok(true);
        }
        let bytes = regular_file::read(file, &about)?;
        self.file.hash = hash(&bytes);
        let cache = before.map(|(cache, _)| cache);
        self.cache = cache.filter(|cache| cache.hash == self.file.hash);
        self.bytes = Ok(bytes);
        Ok(true)
    }

    fn content(&mut self, cache: &dyn FileCache, lint_date: Option<Date>) -> FileContent {
        let postings = self.cache.and_then(|file| cache.postings(file));
        let Some(postings) = postings else {
            return self.parsed(lint_date);
        };
        let postings = postings.into_iter().map(|(posting, line)| {
            let place = FilePosition { at: 0, line };
            (posting, place)
        });
        let postings: Vec<_> = postings.collect();
        FileContent::Cached(ParsedFile {
            urls: vec![0; postings.len()],
            postings,
            ..ParsedFile::default()
        })
    }

    /// Parsed content of the file, read now if it was cached.
    fn parsed(&mut self, lint_date: Option<Date>) -> FileContent {
        if let Some(published) = &self.published {
            self.cache = None;
            return published
                .parsed_file()
                .map_or_else(FileContent::Broken, FileContent::Read);
        }
        if self.cache.take().is_some() {
            let opened = regular_file::open(&self.real);
            self.bytes = opened.and_then(|(about, file)| {
                let bytes = regular_file::read(file, &about)?;
                self.file.about = Ok(about);
                self.file.hash = hash(&bytes);
                Ok(bytes)
            });
        }
        let read = |bytes: &Vec<u8>| {
            let source = regular_file::text(bytes)?;
            Ok(ParsedFile::look(&self.file.path, source, lint_date))
        };
        match self.bytes.as_ref().map_err(Clone::clone).and_then(read) {
            Ok(parsed_file) => FileContent::Read(parsed_file),
            Err(why) => FileContent::Broken(why),
        }
    }

    fn add(mut self, mut content: FileContent, builder: &mut BoardBuilder<'_>) -> File {
        let before = builder.len();
        // A cached file lacks positions, which the report of a duplicate id needs.
        if matches!(&content, FileContent::Cached(parsed_file) if builder.has_any(parsed_file)) {
            content = self.parsed(builder.today());
        }
        match content {
            FileContent::Cached(parsed_file) => {
                self.file.plain = builder.add(&self.file.path, "", parsed_file);
            }
            FileContent::Read(parsed_file) => {
                let bytes = self.bytes.as_deref().unwrap_or_default();
                let source = regular_file::text(bytes).unwrap_or_default();
                self.file.plain = builder.add(&self.file.path, source, parsed_file);
            }
            FileContent::Broken(why) => builder.problem(&self.file.path, why),
        }
        self.file.postings = builder.len() - before;
        self.file
    }
}
