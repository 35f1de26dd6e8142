//! The facts of a posting as bytes: their values, then their evidence, then a checksum.

use super::table::{self, Bytes};
use super::{Evidence, Facts, Found, Part, languages, region};
use crate::board::hash::Fnv;

/// Size of the checksum behind the facts of a posting.
const CHECK: usize = 4;

impl Facts {
    /// The values and their evidence, for [`Table::push_facts`](super::Table::push_facts).
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(self, &mut bytes);
        bytes
    }
}

/// Appends the facts of a posting, as [`read`] reads them; nothing if there are none.
fn write(facts: &Facts, out: &mut Vec<u8>) {
    let start = out.len();
    table::encode(&facts.values(), out);
    if out.len() == start {
        return;
    }
    for evidence in evidence(facts) {
        let part = match evidence.part {
            Part::Title => 0,
            Part::Description => 1,
            Part::Location(at) => at + 2,
        };
        for number in [part, evidence.range.start, evidence.range.len()] {
            write_number(number, out);
        }
    }
    let check = check(&out[start..]);
    out.extend(check);
}

/// Reads the facts of a posting; `None` if they are damaged, or other than what this program writes.
pub(super) fn read(bytes: &[u8]) -> Option<Facts> {
    if bytes.is_empty() {
        return Some(Facts::default());
    }
    let (body, kept) = bytes.split_last_chunk::<CHECK>()?;
    if check(body) != *kept {
        return None;
    }
    let mut bytes = Bytes(body);
    let values = table::decode(&mut bytes)?;
    let mut next = || {
        let part = match read_number(&mut bytes)? {
            0 => Part::Title,
            1 => Part::Description,
            at => Part::Location(at - 2),
        };
        let start = read_number(&mut bytes)?;
        let range = start..start.checked_add(read_number(&mut bytes)?)?;
        Some(Evidence { part, range })
    };
    let remote_from = values.remote_from.iter().map(|name| region::known(name));
    let remote_from: Vec<&'static str> = remote_from.collect::<Option<_>>()?;
    let remote_from = Some(remote_from).filter(|names| !names.is_empty());
    let tags = values.languages.iter().map(|tag| languages::known(tag));
    let tags: Vec<&'static str> = tags.collect::<Option<_>>()?;
    let facts = Facts {
        level: one(values.level, &mut next)?,
        years: one(values.years, &mut next)?,
        workplace: one(values.workplace, &mut next)?,
        remote_from: one(remote_from, &mut next)?,
        sponsorship: one(values.sponsorship, &mut next)?,
        clearance: one(values.clearance, &mut next)?,
        employment: one(values.employment, &mut next)?,
        education: one(values.education, &mut next)?,
        pay: all(values.pay, &mut next)?,
        skills: all(values.skills, &mut next)?,
        languages: all(tags, &mut next)?,
    };
    bytes.0.is_empty().then_some(facts)
}

/// The evidence of the facts, in the order of the fields in [`read`].
fn evidence(facts: &Facts) -> impl Iterator<Item = &Evidence> {
    fn of<'a, T: 'a>(
        found: impl IntoIterator<Item = &'a Found<T>>,
    ) -> impl Iterator<Item = &'a Evidence> {
        found
            .into_iter()
            .take(table::MOST)
            .map(|found| &found.evidence)
    }
    of(&facts.level)
        .chain(of(&facts.years))
        .chain(of(&facts.workplace))
        .chain(of(&facts.remote_from))
        .chain(of(&facts.sponsorship))
        .chain(of(&facts.clearance))
        .chain(of(&facts.employment))
        .chain(of(&facts.education))
        .chain(of(&facts.pay))
        .chain(of(&facts.skills))
        .chain(of(&facts.languages))
}

/// A value with its evidence; `None` if that is missing.
#[expect(clippy::option_option, reason = "the inner one is the fact")]
fn one<T>(
    value: Option<T>,
    next: &mut impl FnMut() -> Option<Evidence>,
) -> Option<Option<Found<T>>> {
    value.map_or(Some(None), |value| {
        let evidence = next()?;
        Some(Some(Found { value, evidence }))
    })
}

fn all<T>(values: Vec<T>, next: &mut impl FnMut() -> Option<Evidence>) -> Option<Vec<Found<T>>> {
    let found = values.into_iter().map(|value| {
        let evidence = next()?;
        Some(Found { value, evidence })
    });
    found.collect()
}

fn check(bytes: &[u8]) -> [u8; CHECK] {
    let mut sum = Fnv::default();
    sum.bytes(bytes);
    (sum.finish() as u32).to_le_bytes()
}

/// Seven bits a byte, the lowest first; the eighth tells that more follow.
fn write_number(mut number: usize, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_number(bytes: &mut Bytes<'_>) -> Option<usize> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes.byte()?;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Location, Posting};
    use crate::facts::of_posting;

    #[test]
    fn facts_come_back_with_their_evidence() {
        for (title, place, description) in [
            ("Gardener", "Berlin", "You water the plants."),
            (
                "Senior Rust Engineer (all genders)",
                "Remote, Germany",
                "This is a remote role within Europe. Visa sponsorship is available.\n\n## Requirements\n\n- 5-8 years of \
                 experience with **Rust** and PostgreSQL – größtenteils\n- Fluent German and English\n- A Master's degree\n- An \
                 active Secret clearance\n\nThe salary is €80,000 - €95,000 per year, or $90,000 to $100,000. Full-time.",
            ),
            (
                "Manager, Baking (Spanish)",
                "Remote - Canada",
                "You lead a team of five bakers. Part-time.",
            ),
            ("Intern", "Remote (US or LATAM)", ""),
        ] {
            let posting = Posting {
                title: title.into(),
                locations: vec![Location::parse(place)],
                description: description.replace("\\\n", "\n"),
                ..Posting::default()
            };
            let facts = of_posting(&posting);
            let mut bytes = Vec::new();
            write(&facts, &mut bytes);
            assert_eq!(read(&bytes), Some(facts), "{title}");
            for at in 0..bytes.len() {
                let mut damaged = bytes.clone();
                damaged[at] ^= 4;
                assert_eq!(read(&damaged), None, "{title}: byte {at}");
                assert!(
                    at == 0 || read(&bytes[..at]).is_none(),
                    "{title}: {at} bytes"
                );
            }
        }
    }
}
