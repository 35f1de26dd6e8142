//! Reads the facts in the texts of postings while a snapshot is made: batch by batch on every core, and only where a text is
//! not the one of the snapshot before.

use std::collections::HashMap;

use rayon::prelude::*;

use super::OpenSnapshot;
use super::store::DescriptionRef;
use crate::board::Posting;
use crate::board::hash::hash;
use crate::facts::{self, Table, Values};
use crate::search::{Array, Arrays};

/// Texts that are read together.
const BATCH: usize = 1024;

/// Reads facts, posting by posting.
pub(super) struct Deriving {
    known: FileCache,
    batch: Vec<Waiting>,
    facts: Derived,
}

/// What is read for facts, and its key.
struct Waiting {
    key: u64,
    title: String,
    company: String,
    locations: Vec<String>,
    description: String,
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
            batch: Vec::new(),
            facts: Derived::default(),
        }
    }

    /// Adds a posting whose description is stored at a position of the snapshot.
    pub(super) fn push(&mut self, posting: &Posting, description: String, place: DescriptionRef) {
        let key = key(posting, place);
        let is_known = self.known.positions.contains_key(&key);
        let text = |text: String| if is_known { String::new() } else { text };
        self.batch.push(Waiting {
            key,
            title: text(posting.title.clone()),
            company: text(posting.company.clone().unwrap_or_default()),
            locations: if is_known {
                Vec::new()
            } else {
                let places = posting.locations.iter();
                places.map(|place| place.written.clone()).collect()
            },
            description: text(description),
        });
        if self.batch.len() == BATCH {
            self.read();
        }
    }

    fn read(&mut self) {
        let known = &self.known;
        let values = self.batch.par_iter().map(|waiting| {
            let is_known = known.positions.contains_key(&waiting.key);
            (!is_known).then(|| waiting.values())
        });
        let values: Vec<Option<Values<'static>>> = values.collect();
        for (waiting, values) in self.batch.drain(..).zip(values) {
            self.facts.keys.push(waiting.key);
            match (values, known.positions.get(&waiting.key)) {
                (None, Some(&at)) => self.facts.table.push_from(&known.table, at),
                (values, _) => self.facts.table.push(&values.unwrap_or_default()),
            }
        }
    }

    pub(super) fn finish(mut self) -> Derived {
        self.read();
        self.facts
    }
}

impl Waiting {
    fn values(&self) -> Values<'static> {
        let locations: Vec<&str> = self.locations.iter().map(String::as_str).collect();
        let text = facts::Text {
            title: &self.title,
            company: &self.company,
            locations: &locations,
            description: &self.description,
        };
        facts::derive(&text).values()
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
