//! Content hash of a posting.

use crate::board::Posting;
use crate::board::field::{Change, FIELDS, Kind};
use crate::board::hash::Fnv;

/// Hash of a posting's visible content. Persisted: never change the algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub u64);

impl ContentHash {
    /// Hash of the visible content. Dates of publication and retrieval are excluded, since feeds update them without
    /// other changes.
    pub fn from_posting(posting: &Posting) -> Self {
        let mut hash = Fnv::default();
        for field in FIELDS {
            match (field.change, &field.kind) {
                (Change::Ignored, _) => {}
                (Change::Hashed, Kind::Required(member) | Kind::Block(member)) => {
                    add_text(&mut hash, (member.get)(posting));
                }
                (Change::Hashed, _) => {
                    field.each_hashed(posting, |text| add_text(&mut hash, text));
                    hash.bytes(&[0xfe]);
                }
                (Change::HashedIfPresent, _) => {
                    let mut is_first = true;
                    field.each_hashed(posting, |text| {
                        if std::mem::take(&mut is_first) {
                            hash.bytes(&[0xfd]);
                            add_text(&mut hash, field.name);
                        }
                        add_text(&mut hash, text);
                    });
                }
            }
        }
        Self(hash.finish())
    }
}

/// Adds a text and a byte that does not occur in UTF-8, so that text cannot move between fields without changing the
/// hash.
fn add_text(hash: &mut Fnv, text: &str) {
    hash.bytes(text.as_bytes());
    hash.bytes(&[0xff]);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::board::{
        Date, Employment, Level, Location, Period, Salary, Sponsorship, Workplace, Years,
    };

    /// A posting with every field that is part of the persisted hashes.
    pub(in crate::tracking) fn frozen() -> Posting {
        let pay = |min, max, code, per, place: Option<&str>| Salary {
            min,
            max,
            currency: iso_currency::Currency::from_code(code).expect("a currency"),
            per,
            location: place.map(str::to_owned),
        };
        let places = ["Berlin, Germany", "US, WA, Seattle"];
        Posting {
            id: "a".into(),
            title: "Größe <Engineer>".into(),
            company: Some("Ada".into()),
            team: Some("Core".into()),
            locations: places.map(Location::parse).into(),
            workplace: Some(Workplace::Hybrid),
            employment: vec![Employment::PartTime],
            posted: Some(Date::constant(2026, 1, 1)),
            closes: Some(Date::constant(2026, 3, 1)),
            salary: vec![
                pay(Some(70e3), Some(90e3), "EUR", Period::Year, Some("Berlin")),
                pay(Some(50.0), None, "USD", Period::Hour, None),
            ],
            url: Some("https://example.org/1".into()),
            level: Some(Level::Senior),
            sponsorship: Some(Sponsorship::Offered),
            publisher: Some("P".into()),
            retold: true,
            tags: vec!["x".into(), "y".into()],
            language: Some("de".into()),
            description: "One.\n\nTwo.".into(),
            ..Posting::default()
        }
    }

    #[test]
    fn hashes_kept_on_disk_never_change() {
        // Computed independently of this code. If this fails, all saved postings of users appear changed.
        let hash = ContentHash(0x7d23_6fbc_bcbc_40cb);
        assert_eq!(ContentHash::from_posting(&frozen()), hash);
        for change in [
            (|posting| posting.employment.push(Employment::Contract)) as fn(&mut Posting),
            |posting| posting.skills.push("Rust".into()),
            |posting| posting.years = Years::parse("3+ years"),
        ] {
            let mut changed = frozen();
            change(&mut changed);
            assert_ne!(ContentHash::from_posting(&changed), hash, "{changed:?}");
        }
    }

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
    fn changes_only_with_visible_content() {
        let before = ContentHash::from_posting(&posting());
        // Stored in users' files.
        assert_eq!(before, ContentHash(0x1a6d_0c25_370a_bbb5));
        let same = Posting {
            id: "b".into(),
            board: "c".into(),
            posted: "2026-01-06".parse().ok(),
            ..posting()
        };
        assert_eq!(ContentHash::from_posting(&same), before);
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
            assert_ne!(ContentHash::from_posting(&changed), before, "{changed:?}");
        }
    }
}
