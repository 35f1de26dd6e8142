//! Reads the facts in the texts of postings while a snapshot is made, and only where a text is not the one of the snapshot
//! before.

use std::collections::HashMap;

use super::OpenSnapshot;
use super::store::DescriptionRef;
use crate::board::Posting;
use crate::board::hash::hash;
use crate::facts::{self, Table};
use crate::search::{Array, Arrays};

/// Reads facts, posting by posting.
pub(super) struct Deriving {
    known: FileCache,
    facts: Derived,
}

/// The facts of a posting, and the key of its text.
pub(super) struct Read {
    key: u64,
    /// The facts, unless they are known from the snapshot before.
    facts: Option<Vec<u8>>,
}

/// The facts of the postings so far.
#[derive(Default)]
pub(super) struct Derived {
    pub(super) table: Table,
    keys: Vec<u64>,
}

/// The facts of the snapshot before.
#[derive(Default)]
struct FileCache {
    table: Table,
    positions: HashMap<u64, usize, foldhash::fast::RandomState>,
}

impl Deriving {
    pub(super) fn new(open_snapshot: Option<&OpenSnapshot>) -> Self {
        Self {
            known: open_snapshot.and_then(FileCache::read).unwrap_or_default(),
            facts: Derived::default(),
        }
    }

    /// Reads the facts of a posting whose description is stored at a place.
    pub(super) fn read(&self, posting: &Posting, place: DescriptionRef) -> Read {
        let key = key(posting, place);
        let is_known = self.known.positions.contains_key(&key);
        Read {
            key,
            facts: (!is_known).then(|| facts::of_posting(posting).bytes()),
        }
    }

    /// Adds the facts of the next posting.
    pub(super) fn push(&mut self, read: &Read) {
        self.facts.keys.push(read.key);
        match (&read.facts, self.known.positions.get(&read.key)) {
            (None, Some(&at)) => self.facts.table.push_from(&self.known.table, at),
            (Some(facts), _) => self.facts.table.push_facts(facts),
            (None, None) => self.facts.table.push_facts(&[]),
        }
    }

    pub(super) fn finish(self) -> Derived {
        self.facts
    }
}

impl Derived {
    /// The facts as arrays: keys, facts, and where those of each posting end.
    pub(super) fn arrays(&self) -> [Array<'_>; 3] {
        let (bytes, ends) = self.table.parts();
        [
            Array::Longs((&self.keys).into()),
            Array::Bytes(bytes.into()),
            Array::Words(ends.into()),
        ]
    }
}

impl FileCache {
    /// The facts of a snapshot; `None` if they are damaged.
    fn read(open_snapshot: &OpenSnapshot) -> Option<Self> {
        let arrays = open_snapshot
            .facts
            .map(|section| section.read(&open_snapshot.file));
        let mut arrays = Arrays::new(arrays.into_iter().collect::<Option<_>>()?);
        let (keys, bytes, ends) = (arrays.longs()?, arrays.bytes()?, arrays.words()?);
        Some(Self {
            table: Table::of_parts(bytes, ends).filter(|table| table.len() == keys.len())?,
            positions: keys.into_iter().zip(0..).collect(),
        })
    }
}

/// Tells texts apart by a hash of title, company and locations, and length and checksum of the description.
fn key(posting: &Posting, place: DescriptionRef) -> u64 {
    let mut short = posting.title.clone();
    short.push('\0');
    short.push_str(posting.company.as_deref().unwrap_or_default());
    for place in &posting.locations {
        short.push('\0');
        short.push_str(&place.written);
    }
    hash(&short) ^ (u64::from(place.check) << 32 | u64::from(place.length))
}
