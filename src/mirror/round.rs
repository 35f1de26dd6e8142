//! One fetch of the chunks of a manifest.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use memchr::memmem;
use serde_json::Value;

use super::folder::Folder;
use super::remote::Remote;
use super::{Fetching, MirrorError, Step};
use crate::published::{Kind, Manifest, Piece};

/// Number of chunks fetched in parallel.
const AT_ONCE: usize = 4;

/// A chunk to be fetched.
type Chunk<'a> = (Kind, &'a Piece);

pub(super) struct Round<'a> {
    remote: Remote<'a>,
    fetching: Fetching<'a>,
    folder: &'a Folder,
    /// The address of the manifest.
    base: &'a str,
    manifest: &'a Manifest,
    bytes: Progress,
    postings: Progress,
    /// The posting that was being read last, and its missing descriptions.
    shown: Mutex<(String, Option<&'a Piece>)>,
}

/// Bytes fetched, and their total.
#[derive(Default)]
struct Progress {
    came: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    fn get(&self) -> (u64, u64) {
        let came = self.came.load(Ordering::Relaxed);
        (came, self.of.load(Ordering::Relaxed))
    }
}

impl<'a> Round<'a> {
    pub(super) fn new(
        remote: Remote<'a>,
        fetching: Fetching<'a>,
        folder: &'a Folder,
        base: &'a str,
        manifest: &'a Manifest,
    ) -> Self {
        Self {
            remote,
            fetching,
            folder,
            base,
            manifest,
            bytes: Progress::default(),
            postings: Progress::default(),
            shown: Mutex::default(),
        }
    }

    /// Installs the manifest: at once if no earlier state was complete, otherwise after all its new chunks were
    /// fetched.
    pub(super) fn take(&self, before: Option<&Manifest>, bytes: &[u8]) -> Result<(), MirrorError> {
        let whole = before.filter(|before| {
            let mut postings = before.chunks.iter();
            postings.all(|chunk| self.folder.has(&chunk.postings))
        });
        if let Some(before) = whole {
            let known: HashSet<&str> = before
                .pieces()
                .map(|(_, piece)| piece.file.as_str())
                .collect();
            let new = self.missing(|piece| !known.contains(piece.file.as_str()));
            self.fetch(&new, false)?;
        }
        self.folder.put_manifest(bytes)?;
        self.report_progress(true, false)
    }

    /// Missing chunks, in fetch order.
    pub(super) fn missing(&self, wanted: impl Fn(&Piece) -> bool) -> Vec<Chunk<'a>> {
        let pieces = self.manifest.pieces();
        pieces
            .filter(|(_, piece)| wanted(piece) && !self.folder.has(piece))
            .collect()
    }

    /// Fetches chunks, a few in parallel; stops at the first failure. `grows` tells whether they belong to the board that
    /// is in the folder.
    pub(super) fn fetch(&self, pieces: &[Chunk<'a>], grows: bool) -> Result<(), MirrorError> {
        for (kind, piece) in pieces {
            for progress in self.progress(*kind) {
                progress.of.fetch_add(piece.bytes, Ordering::Relaxed);
            }
        }
        let queue = Mutex::new(pieces.iter().copied().collect());
        let ended = AtomicBool::new(false);
        let failed = Mutex::new(None);
        let work = || {
            while !ended.load(Ordering::Relaxed)
                && let Some((chunk, is_shown)) = self.next(&queue)
            {
                if let Err(error) = self.fetch_chunk(chunk, grows, is_shown) {
                    ended.store(true, Ordering::Relaxed);
                    locked(&failed).get_or_insert(error);
                }
            }
        };
        thread::scope(|scope| {
            for at in 1..AT_ONCE.min(pieces.len()) {
                let worker = thread::Builder::new().name(format!("chunks {at}"));
                // If a thread cannot be started, the others do its work.
                let _ = worker.spawn_scoped(scope, work);
            }
            work();
        });
        let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.map_or(Ok(()), Err)
    }

    fn fetch_chunk(
        &self,
        (kind, piece): Chunk<'_>,
        grows: bool,
        is_shown: bool,
    ) -> Result<(), MirrorError> {
        let (packed, _) = self.remote.chunk(self.base, piece)?;
        self.folder.write_chunk(piece, &packed)?;
        for progress in self.progress(kind) {
            progress.came.fetch_add(piece.bytes, Ordering::Relaxed);
        }
        self.report_progress(grows, grows && is_shown)
    }

    /// Removes the next chunk from the queue: the descriptions of the posting being read, else the first. Also returns
    /// whether it is the former.
    fn next(&self, queue: &Mutex<VecDeque<Chunk<'a>>>) -> Option<(Chunk<'a>, bool)> {
        let shown = self.shown();
        let mut queue = locked(queue);
        let shown = shown.and_then(|piece| {
            let mut files = queue.iter().map(|(_, queued)| &queued.file);
            files.position(|file| *file == piece.file)
        });
        let chunk = queue.remove(shown.unwrap_or_default())?;
        Some((chunk, shown.is_some()))
    }

    /// The missing descriptions of the posting being read.
    fn shown(&self) -> Option<&'a Piece> {
        let id = (self.fetching.shown)()?;
        let mut shown = locked(&self.shown);
        if shown.0 != id {
            let piece = self.descriptions_of(&id);
            *shown = (id, piece);
        }
        shown.1
    }

    /// The missing descriptions of a posting. Only what jobdeck wrote is searched; others come in their turn.
    fn descriptions_of(&self, id: &str) -> Option<&'a Piece> {
        let member = format!("\"id\":{}", Value::from(id));
        let finder = memmem::Finder::new(&member);
        let is_within =
            |(first, last): &(String, String)| first.as_str() <= id && id <= last.as_str();
        self.manifest.chunks.iter().find_map(|chunk| {
            let missing = chunk.descriptions.as_ref();
            let missing =
                missing.filter(|piece| is_within(&chunk.ids) && !self.folder.has(piece))?;
            let lines = self.folder.lines(&chunk.postings)?;
            finder.find(&lines).map(|_| missing)
        })
    }

    /// The progress counts that a chunk of this kind is part of.
    fn progress(&self, kind: Kind) -> impl Iterator<Item = &Progress> {
        let postings = (kind == Kind::Postings).then_some(&self.postings);
        postings.into_iter().chain([&self.bytes])
    }

    fn report_progress(&self, grew: bool, is_shown: bool) -> Result<(), MirrorError> {
        let step = Step {
            grew,
            bytes: self.bytes.get(),
            postings: self.postings.get(),
            is_shown,
        };
        if (self.fetching.watch)(step) {
            Ok(())
        } else {
            Err(MirrorError::Cancelled)
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
