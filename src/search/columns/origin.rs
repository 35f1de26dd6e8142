//! Which values of a posting were derived from its text because no field states them.

use crate::query::Field;

/// The fields whose values may be derived.
pub(in crate::search) const DERIVED: [Field; 10] = [
    Field::Workplace,
    Field::Employment,
    Field::Level,
    Field::Years,
    Field::Education,
    Field::Sponsorship,
    Field::Clearance,
    Field::Skill,
    Field::Speaks,
    Field::Salary,
];

/// The fields of a record that are derived, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(in crate::search) struct Origins(pub(in crate::search) u16);

/// The places that remote work may be done from: no field of [`DERIVED`], since a query asks for more than them.
pub(in crate::search) const REMOTE_FROM: u16 = 1 << 15;

impl Origins {
    /// Whether the value of a field is derived.
    pub(in crate::search) fn has(self, field: Field) -> bool {
        self.0 & bit(field) != 0
    }

    /// Whether the places that remote work may be done from are derived.
    pub(in crate::search) fn has_remote_from(self) -> bool {
        self.0 & REMOTE_FROM != 0
    }

    /// Takes the stated value of a field, else the derived one, and notes which it was.
    pub(in crate::search) fn either<T>(
        &mut self,
        field: Field,
        stated: Option<T>,
        derived: Option<T>,
    ) -> Option<T> {
        if stated.is_none() && derived.is_some() {
            self.0 |= bit(field);
        }
        stated.or(derived)
    }
}

fn bit(field: Field) -> u16 {
    let at = DERIVED.iter().position(|&known| known == field);
    at.map_or(0, |at| 1 << at)
}
