//! A file of sections: checksummed arrays and byte ranges.
//!
//! The sections come first, followed by the table of sections; a header at the start locates the table. Header and
//! table have checksums of their own. Data outside of sections is verified by its reader.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

use bytemuck::{Pod, cast_slice, cast_slice_mut};
use tempfile::NamedTempFile;

use crate::search::Array;
use crate::storage::open_own;

const MAGIC: u64 = u64::from_le_bytes(*b"jobdeck\0");
const HEADER: usize = 64;
/// Numbers per table entry: kind and checksum, start, count.
const ENTRY: usize = 3;

/// Location of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    kind: u8,
    check: u32,
    start: u64,
    count: u64,
}

/// A file being written.
pub(super) struct Writer {
    file: BufWriter<NamedTempFile>,
    at: u64,
    table: Vec<Section>,
}

impl Writer {
    /// Starts a file in this folder, which is created if missing.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new()
            .prefix(".snapshot-")
            .tempfile_in(folder)?;
        let mut file = BufWriter::with_capacity(1 << 20, file);
        file.write_all(&[0; HEADER])?;
        Ok(Self {
            file,
            at: HEADER as u64,
            table: Vec::new(),
        })
    }

    /// Position of the next byte.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Appends bytes that their reader verifies.
    pub(super) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Appends a section.
    pub(super) fn section(&mut self, array: &Array<'_>) -> io::Result<()> {
        let (kind, count, bytes): (_, _, &[u8]) = match array {
            Array::Bytes(bytes) => (1, bytes.len(), bytes),
            Array::Shorts(numbers) => (2, numbers.len(), cast_slice(numbers)),
            Array::Words(numbers) => (4, numbers.len(), cast_slice(numbers)),
            Array::Longs(numbers) => (8, numbers.len(), cast_slice(numbers)),
        };
        self.table.push(Section {
            kind,
            check: crc32fast::hash(bytes),
            start: self.at,
            count: count as u64,
        });
        self.append(bytes)
    }

    /// Moves the file into place atomically.
    pub(super) fn finish(mut self, path: &Path, program: u64) -> io::Result<()> {
        let table: Vec<u64> = self.table.iter().flat_map(Section::entry).collect();
        let table: &[u8] = cast_slice(&table);
        let (start, sections) = (self.at, self.table.len() as u64);
        let check = u64::from(crc32fast::hash(table));
        self.append(table)?;
        let header = header([MAGIC, program, start, sections, self.at, check, 0]);
        let file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.as_file().write_all_at(&header, 0)?;
        file.persist(path)?;
        Ok(())
    }
}

/// The header: these numbers and their checksum, in native byte order. On a machine with another byte order the file
/// counts as damaged.
fn header(numbers: [u64; 7]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    let (body, check) = header.split_at_mut(HEADER - 8);
    body.copy_from_slice(cast_slice(&numbers));
    check.copy_from_slice(&u64::from(crc32fast::hash(body)).to_ne_bytes());
    header
}

/// The sections of a file, in order; `None` if it is damaged or belongs to another program build.
pub(super) fn open(path: &Path, program: u64) -> Option<(File, Vec<Section>)> {
    let file = open_own(path).ok()?;
    let length = file.metadata().ok()?.len();
    let mut found = [0; 8];
    file.read_exact_at(cast_slice_mut(&mut found), 0).ok()?;
    let [magic, by, start, sections, end, check, zero, _] = found;
    let same = header([magic, by, start, sections, end, check, zero]);
    let whole = cast_slice::<_, u8>(&found) == same.as_slice() && end == length;
    if !whole || magic != MAGIC || by != program || zero != 0 {
        return None;
    }
    let count = usize::try_from(sections).ok()?.checked_mul(ENTRY)?;
    let table = numbers::<u64>(&file, start, count, length)?;
    let same = u64::from(crc32fast::hash(cast_slice(&table))) == check;
    let (entries, _) = table.as_chunks::<ENTRY>();
    let sections = entries.iter().map(Section::from_entry).collect();
    same.then_some((file, sections))
}

/// Reads `count` numbers from `start`.
fn numbers<N: Pod>(file: &File, start: u64, count: usize, length: u64) -> Option<Vec<N>> {
    let bytes = count.checked_mul(size_of::<N>())? as u64;
    if start.checked_add(bytes)? > length {
        return None;
    }
    let mut numbers = vec![N::zeroed(); count];
    file.read_exact_at(cast_slice_mut(&mut numbers), start)
        .ok()?;
    Some(numbers)
}

impl Section {
    fn entry(&self) -> [u64; ENTRY] {
        let about = u64::from(self.check) << 8 | u64::from(self.kind);
        [about, self.start, self.count]
    }

    fn from_entry(&[about, start, count]: &[u64; ENTRY]) -> Self {
        Self {
            kind: about as u8,
            check: (about >> 8) as u32,
            start,
            count,
        }
    }

    /// Reads the section; `None` if damaged.
    pub(super) fn read(self, file: &File) -> Option<Array<'static>> {
        let length = file.metadata().ok()?.len();
        let count = usize::try_from(self.count).ok()?;
        let array = match self.kind {
            1 => Array::Bytes(
                self.checked(numbers(file, self.start, count, length)?)?
                    .into(),
            ),
            2 => Array::Shorts(
                self.checked(numbers(file, self.start, count, length)?)?
                    .into(),
            ),
            4 => Array::Words(
                self.checked(numbers(file, self.start, count, length)?)?
                    .into(),
            ),
            8 => Array::Longs(
                self.checked(numbers(file, self.start, count, length)?)?
                    .into(),
            ),
            _ => return None,
        };
        Some(array)
    }

    /// Reads these bytes of the section, which their reader verifies; `None` if it has fewer.
    pub(super) fn part(self, file: &File, range: Range<usize>) -> Option<Vec<u8>> {
        let end = u64::from(self.kind).checked_mul(self.count)?;
        if range.start > range.end || range.end as u64 > end {
            return None;
        }
        let start = self.start.checked_add(range.start as u64)?;
        let mut bytes = vec![0; range.len()];
        file.read_exact_at(&mut bytes, start).ok()?;
        Some(bytes)
    }

    fn checked<N: Pod>(self, numbers: Vec<N>) -> Option<Vec<N>> {
        (crc32fast::hash(cast_slice(&numbers)) == self.check).then_some(numbers)
    }
}
