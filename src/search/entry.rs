//! A row as a search compares it, for indexes that are searched elsewhere: in a browser.

use std::borrow::Cow;
use std::ops::Range;

use super::columns::ColumnId;
use super::place_names::{region_shown, unwritten_names};
use super::requisition;
use super::row_facts::Sourced;
use super::{Index, Row};
use crate::board::{Employment, Level, Location, Posting, Workplace};
use crate::facts::Pay;
use crate::places::city_label;
use crate::query::Field;

/// The values of a row that terms test: stated ones, otherwise those derived from the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// For a title with a requisition number: the end of its words, and the range of its number, in bytes.
    pub number: Option<(usize, Range<usize>)>,
    /// On site, hybrid or remote.
    pub workplace: Option<Sourced<Workplace>>,
    /// Seniority.
    pub level: Option<Sourced<Level>>,
    /// Kinds of employment.
    pub employment: Sourced<Vec<Employment>>,
    /// Technologies required, by the names they are counted under.
    pub skills: Sourced<Vec<&'a str>>,
    /// Pay.
    pub pay: Sourced<Vec<Pay>>,
}

/// A location as a search compares it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntryPlace<'a> {
    /// As its source wrote it.
    pub written: &'a str,
    /// Code of its country.
    pub country: Option<&'a str>,
    /// Its region, as facets show it.
    pub region: Option<&'a str>,
    /// Its city, as facets show it.
    pub city: Option<Cow<'a, str>>,
    /// Names of its country, region and city that are not in what was written.
    pub unwritten: Vec<&'a str>,
}

impl Index {
    /// The values of a row, whose posting is given; `None` if there is no such row.
    pub fn entry(&self, row: Row, posting: &Posting) -> Option<Entry<'_>> {
        let (columns, facts) = (self.columns(), self.facts(row));
        let record = |column: ColumnId| self.record(row, column);
        let kind = &columns.kind.records[record(ColumnId::Enums)?];
        let kinds = kind.employment.iter();
        let skills = record(ColumnId::Skills)?;
        let skill_list = columns.skill_list.records.get(skills);
        let pay = record(ColumnId::Salary)?;
        Some(Entry {
            number: requisition::split(&posting.title),
            workplace: facts.workplace,
            level: facts.level,
            employment: Sourced {
                value: kinds
                    .filter_map(|at| Employment::ALL.get(at as usize).copied())
                    .collect(),
                is_derived: kind.derived.has(Field::Employment),
            },
            skills: Sourced {
                value: skill_list
                    .map(|skill| columns.skills.shown.get(skill as usize))
                    .collect(),
                is_derived: columns.skill_list.records.is_derived(skills),
            },
            pay: Sourced {
                value: columns.salary.records.get(pay).to_vec(),
                is_derived: columns.salary.records.is_derived(pay),
            },
        })
    }
}

impl<'a> EntryPlace<'a> {
    /// A location with its names.
    pub fn new(location: &'a Location) -> Self {
        Self {
            written: &location.written,
            country: location.country.as_deref(),
            region: region_shown(location),
            city: city_label(location),
            unwritten: unwritten_names(location).collect(),
        }
    }

    /// Everything that words are compared with.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.written).chain(self.unwritten.iter().copied())
    }
}
