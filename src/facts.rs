//! Facts that a posting states in its own title, locations and text, each with the passage that states it.
//!
//! One pass over the text (`trigger`) finds the words that facts are written with. Rules are applied only to the
//! sentences around them (`sentence`), and know in which section of the posting they stand (`section`): a
//! requirement, a preference, a benefit or the employer's own story. A fact that the text does not state stays absent;
//! nothing is inferred from what a title usually means.

mod clearance;
mod derive;
mod education;
mod employment;
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
pub use skills::{Skill, named as skill_named};
pub use table::{Table, Values};
pub use value::Summary;

/// What is read: the parts of a posting that state facts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// The role.
    pub title: &'a str,
    /// Where, each as its source wrote it.
    pub locations: &'a [&'a str],
    /// Markdown.
    pub description: &'a str,
}

impl<'a> Text<'a> {
    /// The text of a posting that has these locations.
    pub fn of(posting: &'a Posting, locations: &'a [&'a str]) -> Self {
        Self {
            title: &posting.title,
            locations,
            description: &posting.description,
        }
    }

    /// The passage that states a fact.
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
    derive(&Text::of(posting, &locations))
}

/// The locations of a posting, each as its source wrote it.
pub fn locations(posting: &Posting) -> Vec<&str> {
    let locations = posting.locations.iter();
    locations.map(|place| place.written.as_str()).collect()
}

/// The part of a posting that a passage stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// One of the locations.
    Location(usize),
    /// The description.
    Description,
}

/// The exact passage that states a fact: byte positions in a part of the posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where it stands.
    pub part: Part,
    /// Which bytes of that part.
    pub range: Range<usize>,
}

/// A value that the posting states, and the passage that states it.
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

/// Base pay as the text states it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pay {
    /// Lower end.
    pub min: Option<f64>,
    /// Upper end.
    pub max: Option<f64>,
    /// ISO 4217.
    pub currency: Currency,
    /// What the amounts are paid for.
    pub per: Period,
}

/// Everything that a posting states about itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Seniority.
    pub level: Option<Found<Level>>,
    /// Years of experience required.
    pub years: Option<Found<Years>>,
    /// On site, hybrid or remote.
    pub workplace: Option<Found<Workplace>>,
    /// Where one may work from: ISO 3166 alpha-2 codes and names of regions.
    pub remote_from: Option<Found<Vec<&'static str>>>,
    /// Whether a visa is sponsored.
    pub sponsorship: Option<Found<Sponsorship>>,
    /// A security clearance, or a citizenship that a clearance needs, is required.
    pub clearance: Option<Found<Clearance>>,
    /// The kind of employment.
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
