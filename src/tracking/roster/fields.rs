//! What a roster keeps of what a posting says: a short hash of each field.

use crate::board::{Date, Employment, Level, Posting, Sponsorship, Workplace};
use crate::tracking::content_hash::Fnv;

/// The fields, in the words of the content format.
const NAMES: [&str; 13] = [
    "title",
    "company",
    "team",
    "locations",
    "workplace",
    "employment",
    "closes",
    "salary",
    "url",
    "level",
    "sponsorship",
    "tags",
    "description",
];

/// Some of a posting's fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields(pub(super) u16);

impl Fields {
    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Their names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let named = NAMES.into_iter().enumerate();
        named.filter_map(move |(at, name)| (self.0 & (1 << at) != 0).then_some(name))
    }

    /// These and others.
    pub(super) fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

/// What tells a posting and what it says from others. Hashes are kept in files, so they must never be reckoned in
/// another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldHashes {
    /// Over all fields, so that no change is missed.
    pub(super) whole: u32,
    /// Of each, to say which it was.
    pub(super) each: [u16; NAMES.len()],
}

/// What a posting has in common with one that it is a repost of: title, company and places.
pub(super) type Group = (u16, u16, u16);

/// What a look at a board sees of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// The hash of its id.
    pub(super) id: u64,
    pub(super) fields: FieldHashes,
    /// The day its source first had it, where that is known.
    pub(super) first_seen: Option<Date>,
    /// Whether one can still apply. To a reader, what is closed is as gone as what is no longer there.
    pub(super) is_open: bool,
}

impl Facts {
    /// Of a posting that its own board calls so.
    pub(super) fn of(id: &str, posting: &Posting, today: Date) -> Self {
        let description = crc32fast::hash(posting.description.as_bytes());
        Self::without_description(id, posting, description, today)
    }

    /// As `of`, but of the description no more than its hash is known.
    pub(super) fn without_description(
        id: &str,
        posting: &Posting,
        description: u32,
        today: Date,
    ) -> Self {
        let source = posting.source.as_ref();
        Self {
            id: Fnv::of(id),
            fields: FieldHashes::of(posting, description),
            first_seen: source.and_then(|source| source.first_seen),
            is_open: posting.is_open(today),
        }
    }
}

impl FieldHashes {
    /// How many fields there are.
    pub(super) const COUNT: usize = NAMES.len();

    /// Of what a reader reads. Dates of publishing and fetching are left out: feeds renew them with nothing else changed.
    pub(super) fn of(posting: &Posting, description: u32) -> Self {
        let text = |text: &str| crc32fast::hash(text.as_bytes());
        let optional = |field: Option<&str>| field.map_or(0, text);
        let places = posting.locations.iter().map(|place| &*place.written);
        let closes = posting.closes.map(|day| day.to_string());
        let salary = posting.salary.iter().map(ToString::to_string);
        let hashes = [
            text(&posting.title),
            optional(posting.company.as_deref()),
            optional(posting.team.as_deref()),
            list(places),
            optional(posting.workplace.map(Workplace::word)),
            optional(posting.employment.map(Employment::word)),
            optional(closes.as_deref()),
            list(salary),
            optional(posting.url.as_deref()),
            optional(posting.level.map(Level::word)),
            optional(posting.sponsorship.map(Sponsorship::word)),
            list(posting.tags.iter()),
            description,
        ];
        let mut whole = crc32fast::Hasher::new();
        for hash in hashes {
            whole.update(&hash.to_le_bytes());
        }
        Self {
            whole: whole.finalize(),
            each: hashes.map(|hash| (hash ^ (hash >> 16)) as u16),
        }
    }

    /// The fields that say something else.
    pub(super) fn differing(&self, other: &Self) -> Fields {
        let pairs = self.each.iter().zip(&other.each).enumerate();
        let differing = pairs.filter(|(_, (one, other))| one != other);
        Fields(differing.fold(0, |fields, (at, _)| fields | 1 << at))
    }

    pub(super) fn group(&self) -> Group {
        (self.each[0], self.each[1], self.each[3])
    }
}

/// The byte after each text is in no UTF-8, so that the parts of two cannot change places unseen.
fn list(texts: impl Iterator<Item = impl AsRef<str>>) -> u32 {
    let mut hash = crc32fast::Hasher::new();
    for text in texts {
        hash.update(text.as_ref().as_bytes());
        hash.update(&[0xff]);
    }
    hash.finalize()
}
