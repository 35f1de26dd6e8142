//! The facts of one row, as a list shows them.

use super::columns::{ColumnId, Columns};
use crate::board::{Level, Workplace, Years};
use crate::facts::Pay;
use crate::query::Field;

/// A value, and whether it was derived from the text because no field states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Whether it was derived from the text.
    pub is_derived: bool,
}

/// The facts of a row: stated ones, otherwise those derived from the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowFacts {
    /// On site, hybrid or remote.
    pub workplace: Option<Sourced<Workplace>>,
    /// Seniority.
    pub level: Option<Sourced<Level>>,
    /// Years of experience required.
    pub years: Option<Sourced<Years>>,
    /// Pay, where it was read out of the text.
    pub pay_in_text: Vec<Pay>,
    /// Where remote work may be done from, and whether that was read out of the text.
    pub remote_from: Option<Sourced<Vec<String>>>,
}

impl RowFacts {
    pub(super) fn new(columns: &Columns, row: usize) -> Self {
        let record = |column: ColumnId| columns.ids(column).get(row);
        Self::of_records(columns, record)
    }

    /// The facts in these records.
    pub(super) fn of_records(columns: &Columns, record: impl Fn(ColumnId) -> usize) -> Self {
        let kind = &columns.kind.records[record(ColumnId::Enums)];
        let requirements = &columns.requirements;
        let required = &requirements.column.records[record(ColumnId::Requirements)];
        let pay = record(ColumnId::Salary);
        let pays = &columns.salary.records;
        let areas = requirements.remote_from(required);
        let areas = areas.iter().map(|&area| {
            let shown = requirements.areas.shown.get(area as usize);
            shown.to_owned()
        });
        let areas: Vec<String> = areas.collect();
        Self {
            workplace: value_at(
                Workplace::ALL,
                kind.workplace,
                kind.derived.has(Field::Workplace),
            ),
            level: value_at(Level::ALL, kind.level, kind.derived.has(Field::Level)),
            years: required.years.map(|value| Sourced {
                value,
                is_derived: required.derived.has(Field::Years),
            }),
            pay_in_text: if pays.is_derived(pay) {
                pays.get(pay).to_vec()
            } else {
                Vec::new()
            },
            remote_from: (!areas.is_empty()).then(|| Sourced {
                value: areas,
                is_derived: required.derived.has_remote_from(),
            }),
        }
    }
}

fn value_at<T: Copy>(all: &[T], number: Option<u32>, is_derived: bool) -> Option<Sourced<T>> {
    let value = *all.get(number? as usize)?;
    Some(Sourced { value, is_derived })
}
