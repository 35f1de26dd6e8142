//! What the visit log uses of a posting: its fingerprint, and the names of the fields that differ.

use crate::board::fingerprint::hashed;
use crate::board::{Date, FieldHashes, Fingerprint};

/// Collective name of the fields without a hash of their own.
const OTHERS: &str = "requirements";

/// A set of posting fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
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

    /// The fields that differ. A difference in a field without a hash of its own is only reported if no other field
    /// differs.
    pub(super) fn differing(one: &FieldHashes, other: &FieldHashes) -> Self {
        let pairs = one.each.iter().zip(&other.each).enumerate();
        let differing = pairs.filter(|(_, (one, other))| one != other);
        let fields = differing.fold(0, |fields, (at, _)| fields | 1 << at);
        if fields == 0 && one.whole != other.whole {
            return Self(1 << FieldHashes::COUNT);
        }
        Self(fields)
    }
}

/// Fields that a posting shares with its repost: title, company and locations.
pub(super) type Group = (u16, u16, u16);

/// Fields that a posting shares with its repost.
pub(super) fn group(fields: &FieldHashes) -> Group {
    (fields.each[0], fields.each[1], fields.each[3])
}

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
    /// What is known of a posting as of `today`.
    pub(super) fn new(fingerprint: &Fingerprint, today: Date) -> Self {
        Self {
            id: fingerprint.id,
            fields: fingerprint.fields,
            first_seen: fingerprint.first_seen,
            is_open: fingerprint.is_open(today),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Posting;
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
        let differing = Fields::differing(&before, &hash(&changed));
        assert_eq!(differing.names().collect::<Vec<_>>(), ["requirements"]);
        changed.level = None;
        let differing = Fields::differing(&before, &hash(&changed));
        assert_eq!(differing.names().collect::<Vec<_>>(), ["level"]);
    }
}
