//! Builds a snapshot while the files of a board are read.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::deriving::{Deriving, Read};
use super::fingerprints;
use super::manifest;
use super::records::{self, Records};
use super::sections::Writer;
use super::store::{self, DescriptionRef};
use crate::board::{Fingerprint, Posting, Store};
use crate::content::Loaded;
use crate::search::{Array, Index};

/// A snapshot being written. Descriptions are written as they arrive, and postings encoded, so that neither are ever all
/// in memory.
pub(super) struct SnapshotBuilder {
    writer: Writer,
    /// Postings that are encoded together.
    batch: Vec<Posting>,
    records: Records,
    fingerprints: Vec<u8>,
    /// Lookup key of each id, and its position.
    ids: Vec<(u32, u32)>,
    texts: Vec<DescriptionRef>,
    lines: Vec<u32>,
    /// Reads the facts in the texts, if that is wanted.
    facts: Option<Deriving>,
    failed: Option<io::Error>,
    read: i64,
}

/// A posting, prepared for the snapshot.
struct Prepared {
    record: Vec<u8>,
    fingerprint: Fingerprint,
    id: u32,
    facts: Option<Read>,
}

impl SnapshotBuilder {
    /// A builder that writes a snapshot of files read at this time, with the `facts` if they are wanted.
    pub(super) fn new(writer: Writer, facts: Option<Deriving>, read: i64) -> Self {
        Self {
            writer,
            facts,
            read,
            batch: Vec::with_capacity(records::BATCH),
            records: Records::default(),
            fingerprints: Vec::new(),
            ids: Vec::new(),
            texts: Vec::new(),
            lines: Vec::new(),
            failed: None,
        }
    }

    /// Adds a posting, with the line of its id.
    pub(super) fn take(&mut self, posting: Posting, line: usize) {
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        self.batch.push(posting);
        if self.batch.len() == records::BATCH {
            self.encode();
        }
    }

    /// Encodes the postings of the batch on every core.
    fn encode(&mut self) {
        let mut start = self.writer.at();
        let first = self.texts.len();
        for posting in &self.batch {
            let text = posting.description.as_bytes();
            self.texts.push(DescriptionRef {
                start,
                length: text.len() as u32,
                check: crc32fast::hash(text),
            });
            start += text.len() as u64;
        }
        let facts = self.facts.as_ref();
        let pairs = self.batch.par_iter().zip(&self.texts[first..]);
        let prepared = pairs.map(|(posting, text)| Prepared {
            record: store::record(posting, *text),
            fingerprint: Fingerprint::new(own_id(posting), posting, text.check),
            id: store::key(&posting.id),
            facts: facts.map(|facts| facts.read(posting, *text)),
        });
        let prepared: Vec<Prepared> = prepared.collect();
        for (posting, position) in self.batch.drain(..).zip(0..) {
            if self.failed.is_none() {
                let text = posting.description.as_bytes();
                self.failed = self.writer.append(text).err();
            }
            self.ids
                .push((prepared[position].id, (first + position) as u32));
        }
        self.records
            .push(prepared.iter().map(|prepared| &*prepared.record));
        for prepared in prepared {
            fingerprints::encode(&prepared.fingerprint, &mut self.fingerprints);
            if let (Some(facts), Some(read)) = (&mut self.facts, prepared.facts) {
                facts.push(&read);
            }
        }
    }

    /// Writes the rest, in the order it is read.
    pub(super) fn finish(mut self, loaded: Loaded, path: &Path, program: u64) -> io::Result<()> {
        self.encode();
        if let Some(error) = self.failed {
            return Err(error);
        }
        let (base, fingerprints) = (self.writer.at(), self.fingerprints);
        let facts = self.facts.map(Deriving::finish).unwrap_or_default();
        let records = Arc::new(self.records);
        let board = Arc::new(
            loaded
                .board
                .with_store(Arc::clone(&records) as Arc<dyn Store>),
        );
        let writer = &mut self.writer;
        // One core writes records while the other builds the index.
        let write =
            || -> io::Result<()> { records.chunks().try_for_each(|chunk| writer.append(chunk)) };
        let (written, index) = rayon::join(write, || {
            Index::with_facts(Arc::clone(&board), &facts.table)
        });
        written?;
        let starts = records.starts()?;
        let bases = vec![base, writer.at()];
        writer.append(&fingerprints)?;
        drop(fingerprints);
        let problems = loaded.problems.iter().map(ToString::to_string);
        let head = manifest::head(&board, &problems.collect::<Vec<_>>(), self.read);
        writer.section(&Array::Bytes(head.into()))?;
        writer.section(&Array::Longs(bases.into()))?;
        writer.section(&Array::Words(starts.into()))?;
        for array in store::id_lookup(self.ids) {
            writer.section(&array)?;
        }
        let described = |position: usize| self.texts[position].length > 0;
        for array in index.write(described) {
            writer.section(&array)?;
        }
        let ends = self
            .texts
            .last()
            .map_or(0, |last| last.start + u64::from(last.length));
        let texts = self.texts.iter().map(|text| text.start).chain([ends]);
        writer.section(&Array::Longs(texts.collect::<Vec<_>>().into()))?;
        let checks: Vec<u32> = self.texts.iter().map(|text| text.check).collect();
        writer.section(&Array::Words(checks.into()))?;
        writer.section(&Array::Words(self.lines.into()))?;
        writer.section(&Array::Bytes(manifest::files(&loaded.files).into()))?;
        for array in facts.arrays() {
            writer.section(&array)?;
        }
        self.writer.finish(path, program)
    }
}

/// Id of a posting on its own board; on a board of several, its id is prefixed with the board.
fn own_id(posting: &Posting) -> &str {
    let own = posting.id.strip_prefix(&posting.board);
    let own = own.and_then(|id| id.strip_prefix('/'));
    own.filter(|_| !posting.board.is_empty())
        .unwrap_or(&posting.id)
}
