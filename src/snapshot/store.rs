//! The postings of a snapshot, read one by one when they are looked at.

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::pieces::Piece;
use crate::board::hash::hash;
use crate::board::record::{Reader, Writer};
use crate::board::{Board, Posting, Store};
use crate::content;
use crate::search::{Array, Arrays};

/// Where a description stands, and its checksum.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Text {
    pub(super) start: u64,
    pub(super) length: u32,
    pub(super) check: u32,
}

/// Bytes before a record: its checksum.
const CHECK: usize = 4;

/// The postings of a snapshot.
#[derive(Debug)]
pub(super) struct Stored {
    file: File,
    /// Where the first record starts; from there, where each one does, and where the last one ends.
    base: u64,
    starts: Vec<u32>,
    /// The upper half of the hash of each id, in ascending order, and whose id it is.
    id_keys: Vec<u32>,
    id_positions: Vec<u32>,
    /// Where each description starts and the last one ends, and their checksums: read when descriptions are searched.
    texts: [Piece; 2],
    described: OnceLock<Option<(Vec<u64>, Vec<u32>)>>,
    lines: Piece,
    /// What the snapshot was made from, for when something of it turns out to be damaged.
    folders: Vec<PathBuf>,
    path: Option<PathBuf>,
    again: OnceLock<Board>,
}

/// The upper half of an id's hash.
fn key(id: &str) -> u32 {
    (hash(id) >> 32) as u32
}

/// The record of a posting.
pub(super) fn record(posting: &Posting, text: Text) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.bytes.extend([0; CHECK]);
    writer.posting(posting);
    writer.number(text.start);
    writer.number(text.length.into());
    writer.number(text.check.into());
    let check = crc32fast::hash(&writer.bytes[CHECK..]);
    writer.bytes[..CHECK].copy_from_slice(&check.to_le_bytes());
    writer.bytes
}

/// The arrays by which postings are found by their ids.
pub(super) fn finding(board: &Board) -> [Array<'static>; 2] {
    let ids = board.postings().zip(0u32..);
    let mut ids: Vec<(u32, u32)> = ids.map(|(posting, at)| (key(&posting.id), at)).collect();
    ids.sort_unstable();
    let keys: Vec<u32> = ids.iter().map(|(key, _)| *key).collect();
    let positions: Vec<u32> = ids.iter().map(|(_, at)| *at).collect();
    [Array::Words(keys.into()), Array::Words(positions.into())]
}

impl Stored {
    /// The postings behind these arrays and pieces.
    pub(super) fn new(
        file: File,
        arrays: &mut Arrays,
        [texts, checks, lines]: [Piece; 3],
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
            again: OnceLock::new(),
        })
    }

    /// The record of a posting.
    fn bytes(&self, position: usize) -> Option<Vec<u8>> {
        checked(self.stretch(self.starts[position], self.starts[position + 1])?)
    }

    /// The bytes from here to there, counted from the first record.
    fn stretch(&self, from: u32, to: u32) -> Option<Vec<u8>> {
        let mut bytes = vec![0; to.checked_sub(from)? as usize];
        let start = self.base.checked_add(from.into())?;
        self.file.read_exact_at(&mut bytes, start).ok()?;
        Some(bytes)
    }

    fn record(&self, position: usize) -> Option<(Posting, Text)> {
        head(&self.bytes(position)?)
    }

    fn text(&self, text: Text, into: &mut String) -> Option<()> {
        let mut bytes = vec![0; text.length as usize];
        self.file.read_exact_at(&mut bytes, text.start).ok()?;
        if crc32fast::hash(&bytes) != text.check {
            return None;
        }
        into.push_str(std::str::from_utf8(&bytes).ok()?);
        Some(())
    }

    /// The descriptions of postings that stand side by side, as their bytes do in the file; where each ends.
    fn texts_at_once(&self, positions: Range<usize>, into: &mut String) -> Option<Vec<usize>> {
        let places = positions.map(|position| self.place(position));
        let places: Vec<Text> = places.collect::<Option<_>>()?;
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

    /// Where the description of a posting is.
    fn place(&self, position: usize) -> Option<Text> {
        let places = self.described.get_or_init(|| {
            let [texts, checks] = self.texts.map(|piece| piece.read(&self.file));
            let mut arrays = Arrays::new(vec![texts?, checks?]);
            let (starts, checks) = (arrays.longs()?, arrays.words()?);
            let whole = starts.len() == self.starts.len() && checks.len() + 1 == starts.len();
            whole.then_some((starts, checks))
        });
        let (starts, checks) = places.as_ref()?;
        let (start, end) = (starts[position], starts[position + 1]);
        Some(Text {
            start,
            length: end.checked_sub(start)?.try_into().ok()?,
            check: checks[position],
        })
    }

    /// The board read anew: something of the snapshot is damaged, and the next start is to make another.
    fn again(&self) -> &Board {
        self.again.get_or_init(|| {
            // If it cannot be removed it is found damaged again, which costs no more than time.
            if let Some(path) = &self.path {
                let _ = std::fs::remove_file(path);
            }
            let loaded = content::load_all(&self.folders, &|_, _| {});
            loaded.map(|loaded| loaded.board).unwrap_or_default()
        })
    }

    /// A posting of the board read anew: the one that stood here. Whatever changed meanwhile is known by its id.
    fn lost(&self, position: usize) -> Posting {
        let board = self.again();
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

    /// Postings that stand in a row, each with the line of its id; `None` if they are damaged.
    pub(super) fn run(&self, first: usize, count: usize) -> Option<Vec<Posting>> {
        let end = first.checked_add(count)?;
        let (from, to) = (*self.starts.get(first)?, *self.starts.get(end)?);
        let bytes = self.stretch(from, to)?;
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

    /// For each posting the line on which its id stands; `None` if that is damaged.
    pub(super) fn lines(&self) -> Option<Vec<u32>> {
        Arrays::new(vec![self.lines.read(&self.file)?]).words()
    }
}

fn checked(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (check, rest) = bytes.split_first_chunk::<CHECK>()?;
    (crc32fast::hash(rest) == u32::from_le_bytes(*check)).then_some(bytes)
}

fn head(bytes: &[u8]) -> Option<(Posting, Text)> {
    let mut reader = Reader::new(bytes.get(CHECK..)?);
    let posting = reader.posting()?;
    let text = Text {
        start: reader.number()?,
        length: reader.number()?.try_into().ok()?,
        check: reader.number()?.try_into().ok()?,
    };
    Some((posting, text))
}

impl Store for Stored {
    fn len(&self) -> usize {
        self.id_keys.len()
    }

    fn posting(&self, position: usize) -> Posting {
        let read = self.record(position).and_then(|(mut posting, text)| {
            self.text(text, &mut posting.description)?;
            Some(posting)
        });
        read.unwrap_or_else(|| self.lost(position))
    }

    fn description(&self, position: usize, into: &mut String) {
        let place = self.place(position);
        if place.and_then(|text| self.text(text, into)).is_none() {
            into.push_str(&self.lost(position).description);
        }
    }

    fn descriptions(&self, positions: Range<usize>, into: &mut String) -> Vec<usize> {
        let start = into.len();
        self.texts_at_once(positions.clone(), into)
            .unwrap_or_else(|| {
                // Something of them is damaged: each by itself, so that the others need not be read anew.
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
                .and_then(|bytes| Reader::new(bytes.get(CHECK..)?).text());
            here.unwrap_or_else(|| self.lost(at).id) == id
        });
        found.map(|at| *at as usize)
    }

    fn head(&self, position: usize) -> (Posting, u32) {
        if let Some((posting, text)) = self.record(position) {
            return (posting, text.check);
        }
        let mut posting = self.lost(position);
        let text = std::mem::take(&mut posting.description);
        (posting, crc32fast::hash(text.as_bytes()))
    }
}
