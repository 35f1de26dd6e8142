//! A number that changes when a posting says something else.

use crate::board::{Employment, Level, Posting, Sponsorship, Workplace};

/// What a posting says, as one number. It is kept in files, so it must never be reckoned in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub u64);

impl ContentHash {
    /// Of what a reader reads. Dates of publishing and fetching are left out: feeds renew them with nothing else changed.
    pub fn of(posting: &Posting) -> Self {
        let mut hash = Fnv::default();
        hash.field(&posting.title);
        hash.optional(posting.company.as_deref());
        hash.optional(posting.team.as_deref());
        hash.list(posting.locations.iter().map(|place| &*place.written));
        hash.optional(posting.workplace.map(Workplace::word));
        hash.optional(posting.employment.map(Employment::word));
        hash.optional(posting.closes.map(|day| day.to_string()).as_deref());
        let salary: Vec<_> = posting.salary.iter().map(ToString::to_string).collect();
        hash.list(salary.iter().map(|range| &**range));
        hash.optional(posting.url.as_deref());
        hash.optional(posting.level.map(Level::word));
        hash.optional(posting.sponsorship.map(Sponsorship::word));
        hash.list(posting.tags.iter().map(|tag| &**tag));
        hash.field(&posting.description);
        Self(hash.0)
    }
}

/// FNV-1a: the same on every machine and in every version, which the standard library's hashes are not.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Of one text.
    pub(super) fn of(text: &str) -> u64 {
        let mut hash = Self::default();
        hash.bytes(text.as_bytes());
        hash.0
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The byte at the end is in no UTF-8, so that the parts of two fields cannot change places unseen.
    fn field(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&[0xff]);
    }

    fn optional(&mut self, text: Option<&str>) {
        self.list(text.into_iter());
    }

    fn list<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        texts.for_each(|text| self.field(text));
        self.bytes(&[0xfe]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting() -> Posting {
        Posting {
            id: "a".into(),
            title: "Scientist".into(),
            company: Some("Ada".into()),
            tags: vec!["x".into(), "y".into()],
            ..Posting::default()
        }
    }

    #[test]
    fn changes_with_what_is_read_and_with_nothing_else() {
        let before = ContentHash::of(&posting());
        // Kept in people's files.
        assert_eq!(before, ContentHash(0x1a6d_0c25_370a_bbb5));
        let same = Posting {
            id: "b".into(),
            board: "c".into(),
            posted: "2026-01-06".parse().ok(),
            ..posting()
        };
        assert_eq!(ContentHash::of(&same), before);
        for changed in [
            Posting {
                title: "Scientists".into(),
                ..posting()
            },
            Posting {
                company: None,
                team: Some("Ada".into()),
                ..posting()
            },
            Posting {
                tags: vec!["xy".into()],
                ..posting()
            },
            Posting {
                closes: "2026-01-06".parse().ok(),
                ..posting()
            },
            Posting {
                description: "New.".into(),
                ..posting()
            },
        ] {
            assert_ne!(ContentHash::of(&changed), before, "{changed:?}");
        }
    }
}
