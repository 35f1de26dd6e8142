//! Store of a snapshot's postings, which reads them on demand.

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::fingerprints;
use super::sections::Section;
use crate::board::hash::hash;
use crate::board::record::{RecordReader, RecordWriter};
use crate::board::{Board, Fingerprint, Posting, Store};
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

/// Bytes of descriptions that are read at once, unless one alone has more.
const READ: u64 = 1 << 17;

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
    /// The facts in the texts, and where those of each posting end; empty if none were read.
    facts: [Section; 2],
    /// Position of the first fingerprint.
    fingerprints: u64,
    /// Folders and path of the snapshot, for recovery from damage.
    folders: Vec<PathBuf>,
    path: Option<PathBuf>,
    reloaded: OnceLock<Board>,
}

/// Upper half of an id's hash.
pub(super) fn key(id: &str) -> u32 {
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

/// The arrays for the id lookup, from the key of each id and its position.
pub(super) fn id_lookup(mut ids: Vec<(u32, u32)>) -> [Array<'static>; 2] {
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
        facts: [Section; 2],
        (folders, path): (Vec<PathBuf>, Option<PathBuf>),
    ) -> Option<Self> {
        let bases = arrays.longs()?;
        let &[base, fingerprints] = bases.as_slice() else {
            return None;
        };
        let starts = arrays.words()?;
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
            facts,
            fingerprints,
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

    /// Number of postings from `first` on whose descriptions are read at once: at least one, up to [`READ`] bytes.
    fn readable(&self, positions: Range<usize>) -> usize {
        let start = self.place(positions.start).map(|place| place.start);
        let fits = |position: &usize| {
            let place = self.place(*position).zip(start);
            let length = place.and_then(|(place, start)| {
                (place.start + u64::from(place.length)).checked_sub(start)
            });
            length.is_some_and(|length| length <= READ)
        };
        positions.take_while(fits).count().max(1)
    }

    /// Visits the descriptions of adjacent postings, read at once. Returns the position of the first one that is damaged.
    fn read_texts(
        &self,
        positions: Range<usize>,
        buffer: &mut Vec<u8>,
        each: &mut dyn FnMut(usize, &str),
    ) -> Result<(), usize> {
        let first = self.place(positions.start).ok_or(positions.start)?;
        let last = self.place(positions.end - 1).ok_or(positions.start)?;
        let end = last.start.checked_add(last.length.into());
        let length = end.and_then(|end| usize::try_from(end.checked_sub(first.start)?).ok());
        let length = length.ok_or(positions.start)?;
        if buffer.len() < length {
            buffer.resize(length, 0);
        }
        let bytes = &mut buffer[..length];
        let read = self.file.read_exact_at(bytes, first.start);
        read.map_err(|_| positions.start)?;
        for position in positions {
            let text = self.place(position).and_then(|place| {
                let at = usize::try_from(place.start.checked_sub(first.start)?).ok()?;
                let text = bytes.get(at..at.checked_add(place.length as usize)?)?;
                let text = Some(text).filter(|text| crc32fast::hash(text) == place.check)?;
                std::str::from_utf8(text).ok()
            });
            each(position, text.ok_or(position)?);
        }
        Ok(())
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

/// The posting of a record, without its description.
pub(super) fn posting(record: &[u8]) -> Option<Posting> {
    RecordReader::new(record.get(CHECK..)?).posting()
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

    fn descriptions(
        &self,
        positions: Range<usize>,
        buffer: &mut Vec<u8>,
        each: &mut dyn FnMut(usize, &str),
    ) {
        let mut next = positions.start;
        // How many are read at once: one by one after a damaged one, so that intact ones need no reload.
        let mut most = usize::MAX;
        while next < positions.end {
            let count = self.readable(next..positions.end).min(most);
            match self.read_texts(next..next + count, buffer, each) {
                Ok(()) => next += count,
                Err(damaged) if count == 1 => {
                    each(damaged, &self.recover(damaged).description);
                    next = damaged + 1;
                }
                Err(damaged) => (next, most) = (damaged, 1),
            }
        }
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

    fn facts(&self, position: usize) -> Option<Vec<u8>> {
        let [facts, ends] = self.facts;
        let end = |at: usize| -> Option<usize> {
            let bytes = ends.part(&self.file, 4 * at..4 * at + 4)?;
            Some(u32::from_ne_bytes(bytes.try_into().ok()?) as usize)
        };
        let start = position.checked_sub(1).map_or(Some(0), end)?;
        facts.part(&self.file, start..end(position)?)
    }

    fn fingerprints(&self, positions: Range<usize>) -> Option<Vec<Fingerprint>> {
        let size = fingerprints::SIZE;
        let mut bytes = vec![0; positions.len().checked_mul(size)?];
        let start = u64::try_from(positions.start.checked_mul(size)?).ok()?;
        let start = self.fingerprints.checked_add(start)?;
        self.file.read_exact_at(&mut bytes, start).ok()?;
        bytes.chunks_exact(size).map(fingerprints::decode).collect()
    }
}
