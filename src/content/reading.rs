//! Reads the files of a board in parallel and adds them in order. Unchanged files are taken from the cache.

use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::fast::FixedState;
use memchr::memmem;
use rayon::prelude::*;

use super::files::{self, About};
use super::gather::Gathering;
use super::published::Published;
use super::sheet::{Place, Sheet};
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
    pub about: Result<About, String>,
    /// Hash of its content; only comparable within one version of the program.
    pub hash: u64,
    /// Whether it holds only postings, without any mistake.
    pub plain: bool,
    /// Number of postings it added to the board.
    pub postings: usize,
}

/// Cache of a board's files from an earlier load.
pub trait Known: Sync {
    /// The cached file at a path in a folder, and whether it may have changed without a visible difference in its
    /// metadata.
    fn file(&self, folder: usize, path: &Path) -> Option<(&File, bool)>;

    /// Postings of a plain file, each with the line of its id; `None` if they are not available.
    fn postings(&self, file: &File) -> Option<Vec<(Posting, usize)>>;
}

/// A cache without any files.
pub struct Unknown;

impl Known for Unknown {
    fn file(&self, _: usize, _: &Path) -> Option<(&File, bool)> {
        None
    }

    fn postings(&self, _: &File) -> Option<Vec<(Posting, usize)>> {
        None
    }
}

/// A file on its way to the board.
struct Coming<'k> {
    file: File,
    /// Path to open.
    real: PathBuf,
    /// The part of a published board, unless this is a TOML file.
    published: Option<Arc<Published>>,
    /// Content, unless the cached one is used.
    bytes: Result<Vec<u8>, String>,
    known: Option<&'k File>,
}

/// What a file contains.
enum Held {
    /// Taken from the cache.
    AsKnown(Sheet),
    /// Read and parsed.
    Read(Sheet),
    /// Cannot be read.
    Broken(String),
}

/// Hash of a file's content.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
}

/// Whether a file is unchanged against the cache.
pub(super) fn is_as_known(folder: usize, entry: &files::Entry, known: &dyn Known) -> bool {
    let Some((file, doubtful)) = known.file(folder, &entry.relative) else {
        return false;
    };
    if let Some(published) = &entry.published {
        return file.hash == published.identity;
    }
    let about = entry.real.clone().and_then(|real| About::of(&real));
    match (about, &file.about) {
        (about, before) if about == *before && !doubtful => true,
        (Ok(about), Ok(before)) if about.size == before.size => {
            let bytes = entry.real.clone().and_then(|real| {
                let (about, file) = files::open(&real)?;
                files::read(file, &about)
            });
            bytes.is_ok_and(|bytes| hash(&bytes) == file.hash)
        }
        _ => false,
    }
}

/// Adds the files of a folder, and records each in `seen`.
pub(super) fn add_all(
    gathering: &mut Gathering<'_>,
    folder: usize,
    entries: Vec<files::Entry>,
    known: &dyn Known,
    progress: impl FnMut() + Send,
) -> Vec<File> {
    for mut sheet in overriding(folder, &entries, known) {
        gathering.overrides.add(&mut sheet);
    }
    let mut seen = Vec::with_capacity(entries.len());
    let mut batches = Batches {
        folder,
        entries: entries.into_iter(),
        known,
        reader: files::Reader::default(),
        closely: gathering.today(),
        progress,
    };
    let mut ready = batches.next();
    while let Some(batch) = ready {
        // Adds the previous batch while the next one is read and parsed.
        let take_in = || {
            for (coming, held) in batch {
                seen.push(coming.add(held, gathering));
            }
        };
        (ready, ()) = rayon::join(|| batches.next(), take_in);
    }
    seen
}

/// The files with overrides, in order. Which postings they change must be known before the first posting is added.
fn overriding(folder: usize, entries: &[files::Entry], known: &dyn Known) -> Vec<Sheet> {
    let sheets = entries.par_iter().map(|entry| {
        let path = entry.real.as_ref().ok()?;
        let cached = known.file(folder, &entry.relative);
        if let Some((file, false)) = cached
            && file.plain
            && About::of(path) == file.about
        {
            return None;
        }
        let bytes = files::fetch(path).ok()?;
        memmem::find(&bytes, b"override")?;
        let sheet = Sheet::read(&entry.relative, files::text(&bytes).ok()?);
        (!sheet.overrides.is_empty()).then_some(sheet)
    });
    sheets.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Files of a folder, in batches.
struct Batches<'k, P> {
    folder: usize,
    entries: std::vec::IntoIter<files::Entry>,
    known: &'k dyn Known,
    reader: files::Reader,
    closely: Option<Date>,
    progress: P,
}

impl<'k, P: FnMut()> Batches<'k, P> {
    /// The next batch with its content; `None` after the last.
    fn next(&mut self) -> Option<Vec<(Coming<'k>, Held)>> {
        let mut batch: Vec<Coming<'_>> = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH
            && bytes < BATCH_BYTES
            && let Some(entry) = self.entries.next()
        {
            (self.progress)();
            if let Some(coming) = Coming::read(self.folder, entry, self.known, &mut self.reader) {
                bytes += coming.weight();
                batch.push(coming);
            }
        }
        if batch.is_empty() && self.entries.len() == 0 {
            return None;
        }
        let (known, closely) = (self.known, self.closely);
        let held = batch.into_par_iter().map(|mut coming| {
            let held = coming.held(known, closely);
            (coming, held)
        });
        Some(held.collect())
    }
}

impl<'k> Coming<'k> {
    /// Reads a file if necessary; `None` if it was read before under another name.
    fn read(
        folder: usize,
        entry: files::Entry,
        known: &'k dyn Known,
        reader: &mut files::Reader,
    ) -> Option<Self> {
        let before = known.file(folder, &entry.relative);
        let before = before.filter(|(file, _)| file.plain);
        let mut coming = Self {
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
            known: None,
        };
        match entry.real.and_then(|real| {
            coming.real = real;
            coming.look(before, reader)
        }) {
            Ok(true) => Some(coming),
            Ok(false) => None,
            Err(why) => {
                coming.file.about = Err(why.clone());
                coming.bytes = Err(why);
                Some(coming)
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
        reader: &mut files::Reader,
    ) -> Result<bool, String> {
        let (about, file) = files::open(&self.real)?;
        if !reader.is_new(&about) {
            return Ok(false);
        }
        self.file.about = Ok(about);
        if let Some(published) = &self.published {
            self.file.hash = published.identity;
            let known = before.map(|(known, _)| known);
            self.known = known.filter(|known| known.hash == published.identity);
            return Ok(true);
        }
        let same = before.filter(|(known, doubtful)| !doubtful && known.about == self.file.about);
        if let Some((known, _)) = same {
            self.file.hash = known.hash;
            self.known = Some(known);
            return Ok(true);
        }
        let bytes = files::read(file, &about)?;
        self.file.hash = hash(&bytes);
        let known = before.map(|(known, _)| known);
        self.known = known.filter(|known| known.hash == self.file.hash);
        self.bytes = Ok(bytes);
        Ok(true)
    }

    fn held(&mut self, known: &dyn Known, closely: Option<Date>) -> Held {
        let postings = self.known.and_then(|file| known.postings(file));
        let Some(postings) = postings else {
            return self.parsed(closely);
        };
        let postings = postings.into_iter().map(|(posting, line)| {
            let place = Place { at: 0, line };
            (posting, place)
        });
        let postings: Vec<_> = postings.collect();
        Held::AsKnown(Sheet {
            urls: vec![0; postings.len()],
            postings,
            ..Sheet::default()
        })
    }

    /// Parsed content of the file, read now if it was cached.
    fn parsed(&mut self, closely: Option<Date>) -> Held {
        if let Some(published) = &self.published {
            self.known = None;
            return published.sheet().map_or_else(Held::Broken, Held::Read);
        }
        if self.known.take().is_some() {
            let opened = files::open(&self.real);
            self.bytes = opened.and_then(|(about, file)| {
                let bytes = files::read(file, &about)?;
                self.file.about = Ok(about);
                self.file.hash = hash(&bytes);
                Ok(bytes)
            });
        }
        let read = |bytes: &Vec<u8>| {
            let source = files::text(bytes)?;
            Ok(Sheet::look(&self.file.path, source, closely))
        };
        match self.bytes.as_ref().map_err(Clone::clone).and_then(read) {
            Ok(sheet) => Held::Read(sheet),
            Err(why) => Held::Broken(why),
        }
    }

    fn add(mut self, mut held: Held, gathering: &mut Gathering<'_>) -> File {
        let before = gathering.len();
        // A cached file lacks positions, which the report of a duplicate id needs.
        if matches!(&held, Held::AsKnown(sheet) if gathering.has_any(sheet)) {
            held = self.parsed(gathering.today());
        }
        match held {
            Held::AsKnown(sheet) => self.file.plain = gathering.add(&self.file.path, "", sheet),
            Held::Read(sheet) => {
                let bytes = self.bytes.as_deref().unwrap_or_default();
                let source = files::text(bytes).unwrap_or_default();
                self.file.plain = gathering.add(&self.file.path, source, sheet);
            }
            Held::Broken(why) => gathering.problem(&self.file.path, why),
        }
        self.file.postings = gathering.len() - before;
        self.file
    }
}
