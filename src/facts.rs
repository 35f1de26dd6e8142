//! Derives facts from a posting's own title, locations and text, each with the passage that states it.
//!
//! One pass over the text (`trigger`) finds the words used to state facts. Rules are only applied to the sentences
//! around them (`sentence`), which know their section of the posting (`section`): a requirement, a preference, a
//! benefit, or a description of the employer. A fact that is not stated is absent; nothing is inferred from what a
//! title usually means.

mod clearance;
mod derive;
mod education;
mod employment;
mod kept;
mod languages;
mod level;
mod pay;
mod plain;
mod preference;
mod region;
mod remote_from;
mod rule;
mod section;
mod sentence;
mod skill_table;
mod skills;
mod sponsorship;
mod table;
#[cfg(test)]
mod tests;
mod trigger;
mod value;
mod workplace;
mod years;

use std::ops::Range;

use crate::board::{
    Clearance, Education, Employment, Level, Period, Posting, Sponsorship, Workplace, Years,
};
use iso_currency::Currency;

pub use derive::derive;
pub use languages::name as language_name;
pub use skill_table::Skill;
pub use skills::{named as skill_named, spellings as skill_spellings};
pub use table::{Table, Values};
pub use value::Summary;

/// The parts of a posting from which facts are derived.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// Title.
    pub title: &'a str,
    /// The employer, whose name is no skill; empty if unknown.
    pub company: &'a str,
    /// Locations, each as the source wrote it.
    pub locations: &'a [&'a str],
    /// Description in Markdown.
    pub description: &'a str,
}

impl<'a> Text<'a> {
    /// The text of a posting that has these locations.
    pub fn new(posting: &'a Posting, locations: &'a [&'a str]) -> Self {
        Self {
            title: &posting.title,
            company: posting.company.as_deref().unwrap_or_default(),
            locations,
            description: &posting.description,
        }
    }

    /// The passage of an evidence.
    pub fn passage(&self, evidence: &Evidence) -> &'a str {
        let part = match evidence.part {
            Part::Title => self.title,
            Part::Location(at) => self.locations.get(at).copied().unwrap_or_default(),
            Part::Description => self.description,
        };
        part.get(evidence.range.clone()).unwrap_or_default()
    }
}

/// Reads everything that a posting states about itself in its own words.
pub fn of_posting(posting: &Posting) -> Facts {
    let locations: Vec<&str> = locations(posting);
    derive(&Text::new(posting, &locations))
}

/// The facts of a posting from their bytes in a [`Table`]; `None` if these are damaged.
pub fn of_bytes(bytes: &[u8]) -> Option<Facts> {
    kept::read(bytes)
}

/// The locations of a posting, each as its source wrote it.
pub fn locations(posting: &Posting) -> Vec<&str> {
    let locations = posting.locations.iter();
    locations.map(|place| place.written.as_str()).collect()
}

/// Part of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// One of the locations.
    Location(usize),
    /// The description.
    Description,
}

/// The exact passage that states a fact, as a byte range in a part of the posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Part of the posting.
    pub part: Part,
    /// Byte range in the part.
    pub range: Range<usize>,
}

/// A derived value with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The passage.
    pub evidence: Evidence,
}

impl<T> Found<T> {
    fn new(value: T, part: Part, range: Range<usize>) -> Self {
        let evidence = Evidence { part, range };
        Self { value, evidence }
    }
}

/// Base pay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pay {
    /// Lower end.
    pub min: Option<f64>,
    /// Upper end.
    pub max: Option<f64>,
    /// ISO 4217 currency.
    pub currency: Currency,
    /// Pay period.
    pub per: Period,
}

/// All facts derived from a posting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Seniority.
    pub level: Option<Found<Level>>,
    /// Years of experience required.
    pub years: Option<Found<Years>>,
    /// Workplace.
    pub workplace: Option<Found<Workplace>>,
    /// Where one may work from: country codes and names of regions.
    pub remote_from: Option<Found<Vec<&'static str>>>,
    /// Visa sponsorship.
    pub sponsorship: Option<Found<Sponsorship>>,
    /// Required security clearance, or a citizenship required for one.
    pub clearance: Option<Found<Clearance>>,
    /// Kind of employment.
    pub employment: Option<Found<Employment>>,
    /// Base pay.
    pub pay: Vec<Found<Pay>>,
    /// Lowest degree required.
    pub education: Option<Found<Education>>,
    /// Technologies, tools and certificates required.
    pub skills: Vec<Found<&'static Skill>>,
    /// Human languages required, as BCP 47 tags.
    pub languages: Vec<Found<&'static str>>,
}
