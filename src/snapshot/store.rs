//! Store of a snapshot's postings, which reads them on demand.

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::sections::Section;
use crate::board::hash::hash;
use crate::board::record::{RecordReader, RecordWriter};
use crate::board::{Board, Posting, Store};
use crate::content;
use crate::search::{Array, Arrays};

/// Location and checksum of a description.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DescriptionRef {
    pub(super) start: u64,
    pub(super) length: u32,
    pub(super) check: u32,
}

/// Size of the checksum before each record.
const CHECK: usize = 4;

/// The postings of a snapshot.
#[derive(Debug)]
pub(super) struct SnapshotStore {
    file: File,
    /// Position of the first record, and the offsets of all records and of the end.
    base: u64,
    starts: Vec<u32>,
    /// Upper half of the hash of each id, sorted, with the positions of the postings.
    id_keys: Vec<u32>,
    id_positions: Vec<u32>,
    /// Starts of the descriptions and their checksums, read when descriptions are searched.
    texts: [Section; 2],
    described: OnceLock<Option<(Vec<u64>, Vec<u32>)>>,
    lines: Section,
    /// Folders and path of the snapshot, for recovery from damage.
    folders: Vec<PathBuf>,
    path: Option<PathBuf>,
    reloaded: OnceLock<Board>,
}

/// Upper half of an id's hash.
fn key(id: &str) -> u32 {
    (hash(id) >> 32) as u32
}

/// Encodes the record of a posting.
pub(super) fn record(posting: &Posting, text: DescriptionRef) -> Vec<u8> {
    let mut writer = RecordWriter::default();
    writer.bytes.extend([0; CHECK]);
    writer.posting(posting);
    writer.number(text.start);
    writer.number(text.length.into());
    writer.number(text.check.into());
    let check = crc32fast::hash(&writer.bytes[CHECK..]);
    writer.bytes[..CHECK].copy_from_slice(&check.to_le_bytes());
    writer.bytes
}

/// The arrays for the id lookup.
pub(super) fn id_lookup(board: &Board) -> [Array<'static>; 2] {
    let ids = board.postings().zip(0u32..);
    let mut ids: Vec<(u32, u32)> = ids.map(|(posting, at)| (key(&posting.id), at)).collect();
    ids.sort_unstable();
    let keys: Vec<u32> = ids.iter().map(|(key, _)| *key).collect();
    let positions: Vec<u32> = ids.iter().map(|(_, at)| *at).collect();
    [Array::Words(keys.into()), Array::Words(positions.into())]
}

impl SnapshotStore {
    /// A store of these arrays and sections.
    pub(super) fn new(
        file: File,
        arrays: &mut Arrays,
        [texts, checks, lines]: [Section; 3],
        (folders, path): (Vec<PathBuf>, Option<PathBuf>),
    ) -> Option<Self> {
        let (base, starts) = (*arrays.longs()?.first()?, arrays.words()?);
        let (id_keys, id_positions) = (arrays.words()?, arrays.words()?);
        let count = starts.len().checked_sub(1)?;
        let whole = id_keys.len() == count && id_positions.len() == count;
        whole.then_some(Self {
            file,
            base,
            starts,
            id_keys,
            id_positions,
            texts: [texts, checks],
            described: OnceLock::new(),
            lines,
            folders,
            path,
            reloaded: OnceLock::new(),
        })
    }

    /// Bytes of a posting's record.
    fn bytes(&self, position: usize) -> Option<Vec<u8>> {
        checked(self.read_range(self.starts[position], self.starts[position + 1])?)
    }

    /// Bytes of a range, relative to the first record.
    fn read_range(&self, from: u32, to: u32) -> Option<Vec<u8>> {
        let mut bytes = vec![0; to.checked_sub(from)? as usize];
        let start = self.base.checked_add(from.into())?;
        self.file.read_exact_at(&mut bytes, start).ok()?;
        Some(bytes)
    }

    fn record(&self, position: usize) -> Option<(Posting, DescriptionRef)> {
        head(&self.bytes(position)?)
    }

    fn text(&self, text: DescriptionRef, into: &mut String) -> Option<()> {
        let mut bytes = vec![0; text.length as usize];
        self.file.read_exact_at(&mut bytes, text.start).ok()?;
        if crc32fast::hash(&bytes) != text.check {
            return None;
        }
        into.push_str(std::str::from_utf8(&bytes).ok()?);
        Some(())
    }

    /// Reads the descriptions of adjacent postings at once; returns where each ends.
    fn texts_at_once(&self, positions: Range<usize>, into: &mut String) -> Option<Vec<usize>> {
        let places = positions.map(|position| self.place(position));
        let places: Vec<DescriptionRef> = places.collect::<Option<_>>()?;
        let (first, last) = (places.first()?, places.last()?);
        let length = (last.start + u64::from(last.length)).checked_sub(first.start)?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        self.file.read_exact_at(&mut bytes, first.start).ok()?;
        let mut ends = Vec::with_capacity(places.len());
        for place in &places {
            let at = usize::try_from(place.start.checked_sub(first.start)?).ok()?;
            let text = bytes.get(at..at + place.length as usize)?;
            if crc32fast::hash(text) != place.check {
                return None;
            }
            into.push_str(std::str::from_utf8(text).ok()?);
            ends.push(into.len());
        }
        Some(ends)
    }

    /// Location of a posting's description.
    fn place(&self, position: usize) -> Option<DescriptionRef> {
        let places = self.described.get_or_init(|| {
            let [texts, checks] = self.texts.map(|section| section.read(&self.file));
            let mut arrays = Arrays::new(vec![texts?, checks?]);
            let (starts, checks) = (arrays.longs()?, arrays.words()?);
            let whole = starts.len() == self.starts.len() && checks.len() + 1 == starts.len();
            whole.then_some((starts, checks))
        });
        let (starts, checks) = places.as_ref()?;
        let (start, end) = (starts[position], starts[position + 1]);
        Some(DescriptionRef {
            start,
            length: end.checked_sub(start)?.try_into().ok()?,
            check: checks[position],
        })
    }

    /// The board, reloaded from its files because the snapshot is damaged.
    fn reloaded(&self) -> &Board {
        self.reloaded.get_or_init(|| {
            // If removal fails, the next start detects the damage again, which only costs time.
            if let Some(path) = &self.path {
                let _ = std::fs::remove_file(path);
            }
            let loaded = content::load_all(&self.folders, &|_, _| {});
            loaded.map(|loaded| loaded.board).unwrap_or_default()
        })
    }

    /// The posting at a position, from the reloaded board. Matched by id, since the files may have changed.
    fn recover(&self, position: usize) -> Posting {
        let board = self.reloaded();
        let known = self
            .id_positions
            .iter()
            .position(|at| *at as usize == position);
        let wanted = known.map(|at| self.id_keys[at]);
        let is_it = |posting: &Posting| Some(key(&posting.id)) == wanted;
        if position < board.len() && is_it(&board.at(position)) {
            return board.at(position).into_owned();
        }
        let found = board.postings().find(|posting| is_it(posting));
        found.map_or_else(Posting::default, std::borrow::Cow::into_owned)
    }

    /// Adjacent postings, each with the line of its id; `None` if damaged.
    pub(super) fn run(&self, first: usize, count: usize) -> Option<Vec<Posting>> {
        let end = first.checked_add(count)?;
        let (from, to) = (*self.starts.get(first)?, *self.starts.get(end)?);
        let bytes = self.read_range(from, to)?;
        let record = |at: usize| {
            let from_here = |start: u32| Some(start.checked_sub(from)? as usize);
            let range = from_here(self.starts[at])?..from_here(self.starts[at + 1])?;
            let record = checked(bytes.get(range)?.to_vec())?;
            let (mut posting, text) = head(&record)?;
            self.text(text, &mut posting.description)?;
            Some(posting)
        };
        (first..end).map(record).collect()
    }

    /// Line of each posting's id; `None` if damaged.
    pub(super) fn lines(&self) -> Option<Vec<u32>> {
        Arrays::new(vec![self.lines.read(&self.file)?]).words()
    }
}

fn checked(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (check, rest) = bytes.split_first_chunk::<CHECK>()?;
    (crc32fast::hash(rest) == u32::from_le_bytes(*check)).then_some(bytes)
}

fn head(bytes: &[u8]) -> Option<(Posting, DescriptionRef)> {
    let mut reader = RecordReader::new(bytes.get(CHECK..)?);
    let posting = reader.posting()?;
    let text = DescriptionRef {
        start: reader.number()?,
        length: reader.number()?.try_into().ok()?,
        check: reader.number()?.try_into().ok()?,
    };
    Some((posting, text))
}

impl Store for SnapshotStore {
    fn len(&self) -> usize {
        self.id_keys.len()
    }

    fn posting(&self, position: usize) -> Posting {
        let read = self.record(position).and_then(|(mut posting, text)| {
            self.text(text, &mut posting.description)?;
            Some(posting)
        });
        read.unwrap_or_else(|| self.recover(position))
    }

    fn description(&self, position: usize, into: &mut String) {
        let place = self.place(position);
        if place.and_then(|text| self.text(text, into)).is_none() {
            into.push_str(&self.recover(position).description);
        }
    }

    fn descriptions(&self, positions: Range<usize>, into: &mut String) -> Vec<usize> {
        let start = into.len();
        self.texts_at_once(positions.clone(), into)
            .unwrap_or_else(|| {
                // A description is damaged; read them one by one, so that intact ones need no reload.
                into.truncate(start);
                let ends = positions.map(|position| {
                    self.description(position, into);
                    into.len()
                });
                ends.collect()
            })
    }

    fn position(&self, id: &str) -> Option<usize> {
        let wanted = key(id);
        let first = self.id_keys.partition_point(|key| *key < wanted);
        let keys = self.id_keys[first..].iter();
        let same = keys.take_while(|key| **key == wanted).count();
        let mut positions = self.id_positions[first..first + same].iter();
        let found = positions.find(|at| {
            let at = **at as usize;
            let bytes = self.bytes(at);
            let here = bytes
                .as_deref()
                .and_then(|bytes| RecordReader::new(bytes.get(CHECK..)?).text());
            here.unwrap_or_else(|| self.recover(at).id) == id
        });
        found.map(|at| *at as usize)
    }

    fn head(&self, position: usize) -> (Posting, u32) {
        if let Some((posting, text)) = self.record(position) {
            return (posting, text.check);
        }
        let mut posting = self.recover(position);
        let text = std::mem::take(&mut posting.description);
        (posting, crc32fast::hash(text.as_bytes()))
    }
}
