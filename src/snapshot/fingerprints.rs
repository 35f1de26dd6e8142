//! Encodes the fingerprints of postings: of one size, each with a checksum, so that any part of them can be read.

use crate::board::{Date, FieldHashes, Fingerprint};
use crate::search::{day, to_day};

/// Size of a fingerprint without its checksum: id, hashes, and two days.
const BODY: usize = 8 + 4 + 2 * FieldHashes::COUNT + 4 + 4;
/// Size of a fingerprint.
pub(super) const SIZE: usize = BODY + 4;

/// Appends a fingerprint.
pub(super) fn encode(fingerprint: &Fingerprint, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend(fingerprint.id.to_le_bytes());
    out.extend(fingerprint.fields.whole.to_le_bytes());
    for hash in fingerprint.fields.each {
        out.extend(hash.to_le_bytes());
    }
    for date in [fingerprint.first_seen, fingerprint.closes] {
        out.extend(day(date).to_le_bytes());
    }
    let check = crc32fast::hash(&out[start..]);
    out.extend(check.to_le_bytes());
}

/// Decodes a fingerprint; `None` if it is damaged.
pub(super) fn decode(bytes: &[u8]) -> Option<Fingerprint> {
    let (mut body, check) = bytes.split_last_chunk()?;
    if crc32fast::hash(body) != u32::from_le_bytes(*check) {
        return None;
    }
    let id = u64::from_le_bytes(take(&mut body)?);
    let whole = u32::from_le_bytes(take(&mut body)?);
    let mut each = [0; FieldHashes::COUNT];
    for hash in &mut each {
        *hash = u16::from_le_bytes(take(&mut body)?);
    }
    let mut date =
        || -> Option<Option<Date>> { Some(to_day(u32::from_le_bytes(take(&mut body)?))) };
    let (first_seen, closes) = (date()?, date()?);
    body.is_empty().then_some(Fingerprint {
        id,
        fields: FieldHashes { whole, each },
        first_seen,
        closes,
    })
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Posting;

    #[test]
    fn fingerprints_come_back_unless_they_are_damaged() {
        let posting = Posting {
            title: "Gardener".into(),
            closes: Some(Date::constant(2026, 3, 1)),
            ..Posting::default()
        };
        let fingerprint = Fingerprint::new("a", &posting, 7);
        let mut bytes = Vec::new();
        encode(&fingerprint, &mut bytes);
        assert_eq!(bytes.len(), SIZE);
        assert_eq!(decode(&bytes), Some(fingerprint));
        for at in 0..SIZE {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(decode(&damaged), None, "{at}");
        }
        assert_eq!(decode(&bytes[1..]), None);
    }
}
