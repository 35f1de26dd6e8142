//! Requirements, and the areas one may work from: facts that are seldom stated and mostly derived.

use std::collections::HashMap;

use super::origin::{Origins, REMOTE_FROM};
use crate::board::{Posting, Workplace, Years};
use crate::facts;
use crate::query::Field;
use crate::search::column::{Column, ColumnBuilder, distinct};
use crate::search::flat::{Array, Arrays, Lists, absent, number};
use crate::search::texts::{Values, ValuesBuilder};

/// Requirements of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::search) struct Requirement {
    /// Years of experience.
    pub(in crate::search) years: Option<Years>,
    /// Number among the degrees.
    pub(in crate::search) education: Option<u32>,
    /// Number among the answers about sponsorship.
    pub(in crate::search) sponsorship: Option<u32>,
    /// Number among the answers about clearance.
    pub(in crate::search) clearance: Option<u32>,
    /// Number of the list of areas that remote work may be done from.
    pub(in crate::search) remote_from: u32,
    /// Number of the list of human languages.
    pub(in crate::search) speaks: u32,
    /// Which of them are derived.
    pub(in crate::search) derived: Origins,
}

impl Requirement {
    /// The years of experience that are asked for at least.
    pub(in crate::search) fn least_years(&self) -> Option<u8> {
        let years = self.years?;
        Some(years.min.unwrap_or(0))
    }
}

/// Requirements, and the lists that they share.
#[derive(Debug)]
pub(in crate::search) struct Requirements {
    /// Areas that remote work may be done from, as boards write them.
    pub(in crate::search) areas: Values,
    pub(in crate::search) area_lists: Lists,
    /// Tags of human languages.
    pub(in crate::search) spoken: Values,
    pub(in crate::search) spoken_lists: Lists,
    pub(in crate::search) column: Column<Vec<Requirement>>,
}

/// Lists of values, each list once.
#[derive(Default)]
struct ListsBuilder {
    values: ValuesBuilder,
    lists: Lists,
    by_list: HashMap<Box<[u32]>, u32, foldhash::fast::RandomState>,
}

impl ListsBuilder {
    fn number<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> u32 {
        let list = distinct(texts.map(|text| self.values.number(text)).collect());
        if let Some(number) = self.by_list.get(&list) {
            return *number;
        }
        let number = self.lists.len() as u32;
        self.lists.push(&list);
        self.by_list.insert(list, number);
        number
    }
}

/// Takes requirements out of postings one by one.
pub(super) struct RequirementsBuilder {
    areas: ListsBuilder,
    spoken: ListsBuilder,
    column: ColumnBuilder<Requirement, Requirement>,
}

impl RequirementsBuilder {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            areas: ListsBuilder::default(),
            spoken: ListsBuilder::default(),
            column: ColumnBuilder::new(rows),
        }
    }

    pub(super) fn push(&mut self, posting: &Posting, derived: &facts::Values<'_>) {
        let mut origins = Origins::default();
        let requirement = Requirement {
            years: origins.either(Field::Years, posting.years, derived.years),
            education: origins.either(
                Field::Education,
                posting.education.map(|degree| degree as u32),
                derived.education.map(|degree| degree as u32),
            ),
            sponsorship: origins.either(
                Field::Sponsorship,
                posting.sponsorship.map(|visa| visa as u32),
                derived.sponsorship.map(|visa| visa as u32),
            ),
            clearance: origins.either(
                Field::Clearance,
                posting.clearance.map(|clearance| clearance as u32),
                derived.clearance.map(|clearance| clearance as u32),
            ),
            remote_from: self.remote_from(posting, derived, &mut origins),
            speaks: {
                let stated = Some(&posting.languages).filter(|tags| !tags.is_empty());
                let derived = Some(&derived.languages).filter(|tags| !tags.is_empty());
                match origins.either(Field::Speaks, stated.map(Ok), derived.map(Err)) {
                    Some(Ok(stated)) => self.spoken.number(stated.iter().map(String::as_str)),
                    Some(Err(derived)) => self.spoken.number(derived.iter().copied()),
                    None => self.spoken.number(std::iter::empty()),
                }
            },
            derived: origins,
        };
        self.column.push(requirement, |requirement| *requirement);
    }

    /// Remote countries in the text count only if the work is remote.
    fn remote_from(
        &mut self,
        posting: &Posting,
        derived: &facts::Values<'_>,
        origins: &mut Origins,
    ) -> u32 {
        if !posting.remote_from.is_empty() {
            let stated = posting.remote_from.iter();
            return self.areas.number(stated.map(String::as_str));
        }
        let workplace = posting.workplace.or(derived.workplace);
        let workplace = workplace.or_else(|| posting.resolved_workplace());
        let is_remote = workplace == Some(Workplace::Remote);
        if !is_remote || derived.remote_from.is_empty() {
            return self.areas.number(std::iter::empty());
        }
        origins.0 |= REMOTE_FROM;
        self.areas.number(derived.remote_from.iter().copied())
    }

    pub(super) fn finish(self) -> Requirements {
        Requirements {
            areas: self.areas.values.finish(),
            area_lists: self.areas.lists,
            spoken: self.spoken.values.finish(),
            spoken_lists: self.spoken.lists,
            column: self.column.finish(),
        }
    }
}

impl Requirements {
    /// The areas that remote work may be done from.
    pub(in crate::search) fn remote_from(&self, requirement: &Requirement) -> &[u32] {
        self.area_lists.get(requirement.remote_from as usize)
    }

    /// The human languages.
    pub(in crate::search) fn speaks(&self, requirement: &Requirement) -> &[u32] {
        self.spoken_lists.get(requirement.speaks as usize)
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.areas.encode(out);
        self.area_lists.encode(out);
        self.spoken.encode(out);
        self.spoken_lists.encode(out);
        self.column.ids.encode(out);
        let parts: [fn(&Requirement) -> u32; 7] = [
            |record| years_number(record.years),
            |record| number(record.education),
            |record| number(record.sponsorship),
            |record| number(record.clearance),
            |record| record.remote_from,
            |record| record.speaks,
            |record| record.derived.0.into(),
        ];
        for part in parts {
            let numbers: Vec<u32> = self.column.records.iter().map(part).collect();
            out.push(Array::Words(numbers.into()));
        }
    }

    pub(super) fn decode(arrays: &mut Arrays, rows: usize) -> Option<Self> {
        let (areas, area_lists) = (Values::decode(arrays)?, Lists::decode(arrays)?);
        let (spoken, spoken_lists) = (Values::decode(arrays)?, Lists::decode(arrays)?);
        let column = Column::decode(arrays, rows, records)?;
        let fits = column.records.iter().all(|record| {
            (record.remote_from as usize) < area_lists.len()
                && (record.speaks as usize) < spoken_lists.len()
        });
        fits.then_some(Self {
            areas,
            area_lists,
            spoken,
            spoken_lists,
            column,
        })
    }
}

/// Years as one number: the lower end, and the upper one above it.
fn years_number(years: Option<Years>) -> u32 {
    let end = |end: Option<u8>| end.map_or(0, |years| u32::from(years) + 1);
    number(years.map(|years| end(years.min) | end(years.max) << 8))
}

fn to_years(number: u32) -> Option<Years> {
    let [min, max, ..] = absent(number)?.to_le_bytes();
    Some(Years {
        min: min.checked_sub(1),
        max: max.checked_sub(1),
    })
}

fn records(arrays: &mut Arrays) -> Option<Vec<Requirement>> {
    let mut part = || arrays.words();
    let (years, education, sponsorship) = (part()?, part()?, part()?);
    let (clearance, remote_from, speaks, derived) = (part()?, part()?, part()?, part()?);
    let records = (0..years.len()).map(|at| {
        Some(Requirement {
            years: to_years(years[at]),
            education: absent(*education.get(at)?),
            sponsorship: absent(*sponsorship.get(at)?),
            clearance: absent(*clearance.get(at)?),
            remote_from: *remote_from.get(at)?,
            speaks: *speaks.get(at)?,
            derived: Origins(*derived.get(at)? as u16),
        })
    });
    records.collect()
}
