//! Fingerprints of postings: short hashes of the fields, to tell what changed from one visit to the next.

use super::field::{Change, FIELDS, Field, Kind};
use super::hash::Fnv;
use super::{Date, Posting};

/// Number of fields with a hash of their own; part of the format of visit logs.
const HASHED: usize = 13;

/// Fields with a hash of their own, in the order of the hashes.
pub fn hashed() -> impl Iterator<Item = &'static Field> {
    let fields = FIELDS.iter();
    fields.filter(|field| field.change == Change::Hashed)
}

/// Hashes that identify a posting's content. Persisted: never change the algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldHashes {
    /// Hash over all fields, so that no change is missed.
    pub whole: u32,
    /// Hash of each field, to tell which one changed.
    pub each: [u16; HASHED],
}

/// What tells a posting from others and from what it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hash of its id on its own board.
    pub id: u64,
    /// Hashes of its fields.
    pub fields: FieldHashes,
    /// Day when its source first had it, if known.
    pub first_seen: Option<Date>,
    /// Closing date.
    pub closes: Option<Date>,
}

impl Fingerprint {
    /// Fingerprint of a posting, given its id on its own board and the CRC-32 of its description.
    pub fn new(id: &str, posting: &Posting, description: u32) -> Self {
        let source = posting.source.as_ref();
        Self {
            id: Fnv::hash(id),
            fields: FieldHashes::from_posting(posting, description),
            first_seen: source.and_then(|source| source.first_seen),
            closes: posting.closes,
        }
    }

    /// Whether applications are still accepted on `today`.
    pub fn is_open(&self, today: Date) -> bool {
        self.closes.is_none_or(|closes| closes >= today)
    }
}

impl FieldHashes {
    /// Number of fields.
    pub const COUNT: usize = HASHED;

    /// Hashes of the visible content. Dates of publication and retrieval are excluded, since feeds update them without
    /// other changes.
    pub fn from_posting(posting: &Posting, description: u32) -> Self {
        let mut hashes = [0; HASHED];
        for (hash, field) in hashes.iter_mut().zip(hashed()) {
            *hash = self::hash(field, posting, description);
        }
        let mut whole = crc32fast::Hasher::new();
        for hash in hashes {
            whole.update(&hash.to_le_bytes());
        }
        let others = FIELDS.iter();
        for field in others.filter(|field| field.change == Change::HashedIfPresent) {
            let hash = self::hash(field, posting, description);
            if hash != 0 {
                whole.update(field.name.as_bytes());
                whole.update(&hash.to_le_bytes());
            }
        }
        Self {
            whole: whole.finalize(),
            each: hashes.map(|hash| (hash ^ (hash >> 16)) as u16),
        }
    }
}

/// Hash of a field; 0 if it is absent.
fn hash(field: &Field, posting: &Posting, description: u32) -> u32 {
    let is_list = match &field.kind {
        Kind::Block(_) => return description,
        Kind::Required(_)
        | Kind::Line(..)
        | Kind::Word(_)
        | Kind::Day(_)
        | Kind::Flag(_)
        | Kind::Years(_)
        | Kind::Source(_) => false,
        Kind::Lines(..) | Kind::Locations(_) | Kind::Salaries(_) => true,
        // A single word is hashed like a plain field, for compatibility with the time when there was only one.
        Kind::Words(words) => {
            let mut count = 0;
            (words.each)(posting, &mut |_| count += 1);
            count > 1
        }
    };
    let mut hash = crc32fast::Hasher::new();
    field.each_hashed(posting, |text| {
        hash.update(text.as_bytes());
        // The byte does not occur in UTF-8, so text cannot move between entries without changing the hash.
        if is_list {
            hash.update(&[0xff]);
        }
    });
    hash.finalize()
}
