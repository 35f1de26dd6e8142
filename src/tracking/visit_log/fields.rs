//! Field hashes of the visit log: a short hash of each field of a posting.

use crate::board::field::{Change, FIELDS, Field, Kind};
use crate::board::hash::Fnv;
use crate::board::{Date, Posting};

/// Number of fields with a hash of their own; part of the file format.
const HASHED: usize = 13;
/// Collective name of the fields without a hash of their own.
const OTHERS: &str = "requirements";

/// Fields with a hash of their own, in the order of the hashes.
fn hashed() -> impl Iterator<Item = &'static Field> {
    let fields = FIELDS.iter();
    fields.filter(|field| field.change == Change::Hashed)
}

/// A set of posting fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields(pub(super) u16);

impl Fields {
    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Names of the fields.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = hashed().map(|field| field.name).chain([OTHERS]);
        names
            .enumerate()
            .filter_map(move |(at, name)| (self.0 & (1 << at) != 0).then_some(name))
    }

    /// Union with another set.
    pub(super) fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

/// Hashes that identify a posting's content. Persisted: never change the algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldHashes {
    /// Hash over all fields, so that no change is missed.
    pub(super) whole: u32,
    /// Hash of each field, to tell which one changed.
    pub(super) each: [u16; HASHED],
}

/// Fields that a posting shares with its repost: title, company and locations.
pub(super) type Group = (u16, u16, u16);

/// What the visit log uses of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// Hash of its id.
    pub(super) id: u64,
    pub(super) fields: FieldHashes,
    /// Day when its source first had it, if known.
    pub(super) first_seen: Option<Date>,
    /// Whether applications are accepted. A closed posting counts as gone.
    pub(super) is_open: bool,
}

impl Facts {
    /// Facts of a posting, with its id on its own board.
    pub(super) fn from_posting(id: &str, posting: &Posting, today: Date) -> Self {
        let description = crc32fast::hash(posting.description.as_bytes());
        Self::without_description(id, posting, description, today)
    }

    /// Like `of`, but with only the hash of the description.
    pub(super) fn without_description(
        id: &str,
        posting: &Posting,
        description: u32,
        today: Date,
    ) -> Self {
        let source = posting.source.as_ref();
        Self {
            id: Fnv::hash(id),
            fields: FieldHashes::from_posting(posting, description),
            first_seen: source.and_then(|source| source.first_seen),
            is_open: posting.is_open(today),
        }
    }
}

impl FieldHashes {
    /// Number of fields.
    pub(super) const COUNT: usize = HASHED;

    /// Hashes of the visible content. Dates of publication and retrieval are excluded, since feeds update them without
    /// other changes.
    pub(super) fn from_posting(posting: &Posting, description: u32) -> Self {
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

    /// The fields that differ. A difference in a field without a hash of its own is only reported if no other field
    /// differs.
    pub(super) fn differing(&self, other: &Self) -> Fields {
        let pairs = self.each.iter().zip(&other.each).enumerate();
        let differing = pairs.filter(|(_, (one, other))| one != other);
        let fields = differing.fold(0, |fields, (at, _)| fields | 1 << at);
        if fields == 0 && self.whole != other.whole {
            return Fields(1 << HASHED);
        }
        Fields(fields)
    }

    pub(super) fn group(&self) -> Group {
        (self.each[0], self.each[1], self.each[3])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::content_hash::tests::frozen;

    #[test]
    fn hashes_kept_on_disk_never_change() {
        // Computed independently of this code. If this fails, whole boards appear changed at the next visit.
        let hash = |posting: &Posting| {
            let description = crc32fast::hash(posting.description.as_bytes());
            FieldHashes::from_posting(posting, description)
        };
        let before = hash(&frozen());
        let each = [
            0x7354, 0x74b5, 0xe1ce, 0x530b, 0xc12e, 0xc349, 0xcff4, 0x5d55, 0x5b01, 0x9c21, 0x2de1,
            0xac18, 0xfa69,
        ];
        assert_eq!((before.whole, before.each), (0x900d_2ca2, each));
        let mut changed = frozen();
        changed.skills.push("Rust".into());
        let differing = before.differing(&hash(&changed));
        assert_eq!(differing.names().collect::<Vec<_>>(), ["requirements"]);
        changed.level = None;
        let differing = before.differing(&hash(&changed));
        assert_eq!(differing.names().collect::<Vec<_>>(), ["level"]);
    }
}
