//! The facts of a whole board, in a few bytes a posting.

use std::borrow::Cow;

use iso_currency::Currency;
use rayon::prelude::*;

use crate::board::{
    Clearance, Education, Employment, Level, Period, Posting, Sponsorship, Workplace, Years,
};

use super::skill_table;
use super::{Facts, Pay, Skill};

/// The values of the facts of one posting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values<'a> {
    /// Seniority.
    pub level: Option<Level>,
    /// Years of experience required.
    pub years: Option<Years>,
    /// On site, hybrid or remote.
    pub workplace: Option<Workplace>,
    /// Where one may work from.
    pub remote_from: Vec<&'a str>,
    /// Whether a visa is sponsored.
    pub sponsorship: Option<Sponsorship>,
    /// Whether a security clearance is required.
    pub clearance: Option<Clearance>,
    /// The kind of employment.
    pub employment: Option<Employment>,
    /// Base pay.
    pub pay: Vec<Pay>,
    /// Lowest degree required.
    pub education: Option<Education>,
    /// Technologies required.
    pub skills: Vec<&'static Skill>,
    /// Human languages required.
    pub languages: Vec<&'a str>,
}

impl Facts {
    /// The values alone.
    pub fn values(&self) -> Values<'static> {
        Values {
            level: self.level.as_ref().map(|found| found.value),
            years: self.years.as_ref().map(|found| found.value),
            workplace: self.workplace.as_ref().map(|found| found.value),
            remote_from: self
                .remote_from
                .as_ref()
                .map(|found| found.value.clone())
                .unwrap_or_default(),
            sponsorship: self.sponsorship.as_ref().map(|found| found.value),
            clearance: self.clearance.as_ref().map(|found| found.value),
            employment: self.employment.as_ref().map(|found| found.value),
            pay: self.pay.iter().map(|found| found.value).collect(),
            education: self.education.as_ref().map(|found| found.value),
            skills: self.skills.iter().map(|found| found.value).collect(),
            languages: self.languages.iter().map(|found| found.value).collect(),
        }
    }
}

/// The facts of postings, one behind the other. A posting without any takes no bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Table {
    /// Reads the facts of `count` postings, on all cores.
    pub fn read<'p>(count: usize, posting: impl Fn(usize) -> Cow<'p, Posting> + Sync) -> Self {
        let read = |mut table: Self, at: usize| {
            table.push(&super::of_posting(&posting(at)).values());
            table
        };
        (0..count)
            .into_par_iter()
            .fold(Self::default, read)
            .reduce(Self::default, Self::with)
    }

    /// A table of `count` postings without any facts.
    pub fn empty(count: usize) -> Self {
        Self {
            bytes: Vec::new(),
            ends: vec![0; count],
        }
    }

    /// The table behind its parts; `None` if they do not fit together.
    pub fn of_parts(bytes: Vec<u8>, ends: Vec<u32>) -> Option<Self> {
        let end = ends.last().copied().unwrap_or_default() as usize;
        (ends.is_sorted() && end == bytes.len()).then_some(Self { bytes, ends })
    }

    /// The facts as bytes, and where those of each posting end.
    pub fn parts(&self) -> (&[u8], &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// How many postings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a posting.
    pub fn push(&mut self, values: &Values<'_>) {
        encode(values, &mut self.bytes);
        self.ends.push(self.bytes.len() as u32);
    }

    /// Adds a posting with the evidence of its facts.
    pub fn push_facts(&mut self, facts: &[u8]) {
        self.bytes.extend_from_slice(facts);
        self.ends.push(self.bytes.len() as u32);
    }

    /// Adds a posting of another table.
    pub fn push_from(&mut self, other: &Self, at: usize) {
        self.bytes.extend_from_slice(other.bytes(at));
        self.ends.push(self.bytes.len() as u32);
    }

    /// Both tables, one behind the other.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        let start = self.bytes.len() as u32;
        self.bytes.extend(other.bytes);
        self.ends.extend(other.ends.iter().map(|end| start + end));
        self
    }

    /// The facts of a posting; none of one that is not in the table.
    pub fn get(&self, at: usize) -> Values<'_> {
        let mut bytes = Bytes(self.bytes(at));
        decode(&mut bytes).unwrap_or_default()
    }

    fn bytes(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.copied().unwrap_or_default() as usize;
        let end = self.ends.get(at).map_or(start, |end| *end as usize);
        self.bytes.get(start..end).unwrap_or_default()
    }
}

/// The most values of a list that are kept.
pub(super) const MOST: usize = 250;
/// Stands for an absent number of years.
const NO_YEARS: u8 = u8::MAX;

pub(super) fn encode(values: &Values<'_>, out: &mut Vec<u8>) {
    if *values == Values::default() {
        return;
    }
    let level = values.level.map_or(0, |level| level as u8 + 1);
    let workplace = values.workplace.map_or(0, |place| place as u8 + 1);
    let sponsorship = values.sponsorship.map_or(0, |visa| visa as u8 + 1);
    let employment = values.employment.map_or(0, |kind| kind as u8 + 1);
    let education = values.education.map_or(0, |degree| degree as u8 + 1);
    let has_lists = !(values.remote_from.is_empty()
        && values.pay.is_empty()
        && values.skills.is_empty()
        && values.languages.is_empty());
    out.push(level | workplace << 4 | sponsorship << 6);
    out.push(
        employment
            | education << 3
            | u8::from(values.clearance.is_some()) << 5
            | u8::from(values.years.is_some()) << 6
            | u8::from(has_lists) << 7,
    );
    if let Some(years) = values.years {
        out.extend([years.min, years.max].map(|years| years.unwrap_or(NO_YEARS)));
    }
    if !has_lists {
        return;
    }
    for texts in [&values.remote_from, &values.languages] {
        let texts = &texts[..texts.len().min(MOST)];
        out.push(texts.len() as u8);
        for text in texts {
            out.push(text.len() as u8);
            out.extend_from_slice(text.as_bytes());
        }
    }
    let skills = &values.skills[..values.skills.len().min(MOST)];
    out.push(skills.len() as u8);
    for skill in skills {
        out.extend(skill.id.to_le_bytes());
    }
    let pay = &values.pay[..values.pay.len().min(MOST)];
    out.push(pay.len() as u8);
    for pay in pay {
        for amount in [pay.min, pay.max] {
            out.extend(amount.unwrap_or(f64::NAN).to_le_bytes());
        }
        out.extend(pay.currency.numeric().to_le_bytes());
        out.push(pay.per as u8);
    }
}

/// Bytes that are still to be read.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::from(self.byte()?);
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn list<T>(&mut self, mut next: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.byte()?;
        (0..count).map(|_| next(self)).collect()
    }
}

/// The value with a number, counted from one.
fn value_at<T: Copy>(all: &[T], number: u8) -> Option<T> {
    all.get(usize::from(number).checked_sub(1)?).copied()
}

pub(super) fn decode<'a>(bytes: &mut Bytes<'a>) -> Option<Values<'a>> {
    let [first, second] = bytes.array()?;
    let mut values = Values {
        level: value_at(Level::ALL, first & 0xf),
        workplace: value_at(Workplace::ALL, first >> 4 & 3),
        sponsorship: value_at(Sponsorship::ALL, first >> 6),
        employment: value_at(Employment::ALL, second & 7),
        education: value_at(Education::ALL, second >> 3 & 3),
        clearance: value_at(Clearance::ALL, second >> 5 & 1),
        ..Values::default()
    };
    if second >> 6 & 1 == 1 {
        let [min, max] = bytes
            .array()?
            .map(|years: u8| (years != NO_YEARS).then_some(years));
        values.years = Some(Years { min, max });
    }
    if second >> 7 == 0 {
        return Some(values);
    }
    values.remote_from = bytes.list(Bytes::text)?;
    values.languages = bytes.list(Bytes::text)?;
    values.skills = bytes.list(|bytes| {
        let id = u16::from_le_bytes(bytes.array()?);
        skill_table::skills().get(usize::from(id))
    })?;
    values.pay = bytes.list(|bytes| {
        let mut amount = || {
            let amount = f64::from_le_bytes(bytes.array()?);
            Some((!amount.is_nan()).then_some(amount))
        };
        let (min, max) = (amount()?, amount()?);
        Some(Pay {
            min,
            max,
            currency: Currency::from_numeric(u16::from_le_bytes(bytes.array()?))?,
            per: *Period::ALL.get(usize::from(bytes.byte()?))?,
        })
    })?;
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Location;

    fn postings() -> Vec<Posting> {
        let texts = [
            ("Gardener", "You water the plants."),
            (
                "Senior Rust Engineer",
                "This is a remote role within Germany. Visa sponsorship is available.\n\n## Requirements\n\n- 5-8 years of \
                 experience with Rust and PostgreSQL\n- Fluent German\n- A Master's degree\n\nThe salary is €80,000 - €95,000 per year.",
            ),
            ("Intern", ""),
            ("Welder", "We do not offer visa sponsorship. Full-time."),
        ];
        texts
            .map(|(title, description)| Posting {
                title: title.into(),
                locations: vec![Location::parse("Berlin, Germany")],
                description: description.into(),
                ..Posting::default()
            })
            .to_vec()
    }

    #[test]
    fn values_come_back_as_they_were_read() {
        let postings = postings();
        let table = Table::read(postings.len(), |at| Cow::Borrowed(&postings[at]));
        assert_eq!(table.len(), postings.len());
        for (at, posting) in postings.iter().enumerate() {
            let values = super::super::of_posting(posting).values();
            assert_eq!(table.get(at), values, "{}", posting.title);
        }
        assert_eq!(table.get(1).years.unwrap().min, Some(5));
        assert_eq!(table.get(1).pay[0].min, Some(80_000.0));
        assert_eq!(table.get(1).languages, ["de"]);
        assert_eq!(table.get(0), Values::default());
        assert_eq!(table.get(9), Values::default());
    }

    #[test]
    fn a_table_is_as_good_in_parts() {
        let postings = postings();
        let whole = Table::read(postings.len(), |at| Cow::Borrowed(&postings[at]));
        let mut copied = Table::default();
        (0..whole.len()).for_each(|at| copied.push_from(&whole, at));
        assert_eq!(copied, whole);
        let (bytes, ends) = whole.parts();
        assert_eq!(
            Table::of_parts(bytes.to_vec(), ends.to_vec()),
            Some(whole.clone())
        );
        assert_eq!(Table::of_parts(bytes[1..].to_vec(), ends.to_vec()), None);
        let twice = whole.clone().with(whole.clone());
        assert_eq!(twice.get(whole.len() + 1), whole.get(1));
    }
}
