//! The files of the previous snapshot, as a cache for loading.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use super::OpenSnapshot;
use super::manifest;
use super::store::SnapshotStore;
use crate::board::Posting;
use crate::content::{File, FileCache};
use crate::search::Arrays;

/// A file modified less than this time before it was read, in nanoseconds, may have changed again without a visible
/// difference: time stamps of file systems have a resolution of up to two seconds.
const MOMENT: i64 = 3_000_000_000;

/// The files of a snapshot.
pub(super) struct PreviousFiles<'s> {
    pub(super) files: Vec<File>,
    /// Index of each file.
    numbers: HashMap<(usize, std::path::PathBuf), usize>,
    /// Position of the first posting of each file.
    firsts: Vec<usize>,
    /// Line of each posting's id, read on demand; `None` if damaged.
    lines: OnceLock<Option<Vec<u32>>>,
    stored: &'s SnapshotStore,
    read: i64,
}

impl<'s> PreviousFiles<'s> {
    /// The files of an open snapshot; `None` if damaged.
    pub(super) fn new(open_snapshot: &'s OpenSnapshot) -> Option<Self> {
        let files = Arrays::new(vec![open_snapshot.files.read(&open_snapshot.file)?]).bytes()?;
        let files = manifest::read_files(&files)?;
        let mut next = 0;
        let firsts = files.iter().map(|file| {
            let first = next;
            next += file.postings;
            first
        });
        Some(Self {
            firsts: firsts.collect(),
            numbers: files
                .iter()
                .enumerate()
                .map(|(number, file)| ((file.folder, file.path.clone()), number))
                .collect(),
            lines: OnceLock::new(),
            files,
            stored: &open_snapshot.stored,
            read: open_snapshot.read,
        })
    }
}

impl FileCache for PreviousFiles<'_> {
    fn file(&self, folder: usize, path: &Path) -> Option<(&File, bool)> {
        let number = self.numbers.get(&(folder, path.to_owned()))?;
        let file = &self.files[*number];
        let doubtful = file.about.as_ref().is_ok_and(|about| {
            about.modified.max(about.changed) >= self.read.saturating_sub(MOMENT)
        });
        Some((file, doubtful))
    }

    fn postings(&self, file: &File) -> Option<Vec<(Posting, usize)>> {
        let number = *self.numbers.get(&(file.folder, file.path.clone()))?;
        let first = self.firsts[number];
        let postings = self.stored.run(first, file.postings)?;
        let lines = self.lines.get_or_init(|| self.stored.lines()).as_ref()?;
        let lines = lines.get(first..first + file.postings)?;
        let own = |mut posting: Posting| {
            // With several boards, ids are prefixed with the board.
            if !posting.board.is_empty() {
                let id = posting.id.strip_prefix(&posting.board)?.strip_prefix('/')?;
                posting.id = id.to_owned();
                posting.board.clear();
            }
            Some(posting)
        };
        let postings = postings.into_iter().zip(lines);
        postings
            .map(|(posting, line)| Some((own(posting)?, *line as usize)))
            .collect()
    }
}
