//! The filters pane: the facets as rows, some collapsed, the cursor on one of them, and a search for a value.

use std::collections::HashSet;

use super::cursor::Cursor;
use super::input::Line;
use crate::board::fold::fold;
use crate::query::{Field, Selection};
use crate::search::{Facet, FacetValue};

/// Values that a facet shows before it is opened.
const SHOWN: usize = 6;

/// One row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterRow {
    /// The name of a facet.
    Heading(Field),
    /// Parts a facet from the one above it; the cursor passes over it.
    Gap(Field),
    /// One of its values.
    Value(Field, FacetValue),
    /// How many values are folded away.
    More(Field, usize),
    /// Values beyond those that were counted one by one; typing finds them.
    Beyond(Field, usize),
}

impl FilterRow {
    /// The facet it belongs to.
    pub fn field(&self) -> Field {
        match self {
            Self::Heading(field)
            | Self::Gap(field)
            | Self::Value(field, _)
            | Self::More(field, _)
            | Self::Beyond(field, _) => *field,
        }
    }

    /// Whether both stand for the same thing, whatever its count is now.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(field, one), Self::Value(same, two)) => {
                field == same && one.value == two.value
            }
            _ => {
                self.field() == other.field()
                    && std::mem::discriminant(self) == std::mem::discriminant(other)
            }
        }
    }
}

/// The rows and the cursor.
#[derive(Debug, Default)]
pub struct Filters {
    rows: Vec<FilterRow>,
    /// Facets that show all their values.
    opened: HashSet<Field>,
    /// Facets that show their heading alone.
    collapsed: HashSet<Field>,
    /// Whether values stand A–Z rather than by count.
    alphabetical: bool,
    /// A search for a value, and whether it is being typed.
    find: Option<(Line, bool)>,
    cursor: Cursor,
}

impl Filters {
    /// The rows.
    pub fn rows(&self) -> &[FilterRow] {
        &self.rows
    }

    /// The row that the cursor is on, and the first in view.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The row that the cursor is on.
    pub fn current(&self) -> Option<&FilterRow> {
        self.rows.get(self.cursor.at())
    }

    /// Takes the facets of a new result; the cursor stays on what it was on.
    pub fn set(&mut self, facets: &[Facet]) {
        let before = self.current().cloned();
        let rows = facets.iter().flat_map(|facet| self.facet(facet));
        // Nothing is above the first.
        self.rows = rows.skip(1).collect();
        if self.is_finding() {
            let is_value = |row: &FilterRow| matches!(row, FilterRow::Value(..));
            let first = self.rows.iter().position(is_value);
            return self.choose(first.unwrap_or(0));
        }
        let same = |row: &FilterRow| before.as_ref().is_some_and(|before| before.is(row));
        let at = self.rows.iter().position(same);
        // The first value is more use than the first heading.
        let at = at.unwrap_or(if before.is_some() {
            self.cursor.at()
        } else {
            1
        });
        self.choose(at);
    }

    /// Whether a facet shows its heading alone.
    pub fn is_collapsed(&self, field: Field) -> bool {
        self.collapsed.contains(&field)
    }

    /// Whether values stand A–Z rather than by count.
    pub fn is_alphabetical(&self) -> bool {
        self.alphabetical
    }

    /// What is looked for among the values.
    pub fn needle(&self) -> Option<&Line> {
        self.find.as_ref().map(|(needle, _)| needle)
    }

    /// Whether a value is being looked for by typing.
    pub fn is_finding(&self) -> bool {
        self.find.as_ref().is_some_and(|(_, typing)| *typing)
    }

    /// Begins to look for a value, or goes on.
    pub fn begin_find(&mut self) {
        let needle = self.find.take().map(|(needle, _)| needle);
        self.find = Some((needle.unwrap_or_default(), true));
    }

    /// Stops typing; what was found stays in view.
    pub fn keep_find(&mut self) {
        self.find = self
            .find
            .take()
            .filter(|(needle, _)| !needle.text().is_empty());
        if let Some((_, typing)) = &mut self.find {
            *typing = false;
        }
    }

    /// Shows all values again. Returns whether something was looked for.
    pub fn end_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Edits what is looked for. Returns whether it changed.
    pub fn edit_find(&mut self, edit: impl FnOnce(&mut Line) -> bool) -> bool {
        self.find.as_mut().is_some_and(|(needle, _)| edit(needle))
    }

    /// Shows a facet's heading alone, or its values again. The cursor stays on the heading.
    pub fn collapse(&mut self, field: Field, facets: &[Facet]) {
        if !self.collapsed.remove(&field) {
            self.collapsed.insert(field);
        }
        self.set(facets);
    }

    /// Orders values A–Z, or by count again.
    pub fn turn_order(&mut self, facets: &[Facet]) {
        self.alphabetical = !self.alphabetical;
        self.set(facets);
    }

    /// To the next heading, or to the one of this facet or before it.
    pub fn go_to_facet(&mut self, next: bool) {
        let at = self.cursor.at();
        let is_heading = |row: &usize| matches!(self.rows[*row], FilterRow::Heading(_));
        let found = if next {
            (at + 1..self.rows.len()).find(is_heading)
        } else {
            (0..at.min(self.rows.len())).rev().find(is_heading)
        };
        if let Some(row) = found {
            self.choose(row);
        }
    }

    fn facet(&self, facet: &Facet) -> Vec<FilterRow> {
        let field = facet.field;
        // Who looks for a value wants to see all that were found.
        let opened = self.opened.contains(&field) || self.find.is_some();
        let mut rows = vec![FilterRow::Gap(field), FilterRow::Heading(field)];
        if self.is_collapsed(field) && self.find.is_none() {
            return rows;
        }
        let shown = |at: usize, value: &FacetValue| {
            opened || at < SHOWN || value.selection != Selection::Off
        };
        let values = facet.values.iter().enumerate();
        let mut values: Vec<_> = values
            .filter(|(at, value)| shown(*at, value))
            .map(|(_, value)| value.clone())
            .collect();
        if self.alphabetical {
            values.sort_by_cached_key(|value| fold(&value.value));
        }
        rows.extend(
            values
                .into_iter()
                .map(|value| FilterRow::Value(field, value)),
        );
        let (listed, folded) = (facet.values.len(), facet.values.len() + 2 - rows.len());
        let beyond = facet.distinct.saturating_sub(listed);
        if folded > 0 {
            rows.push(FilterRow::More(field, folded + beyond));
        } else if beyond > 0 {
            rows.push(FilterRow::Beyond(field, beyond));
        }
        rows
    }

    /// Shows all values of a facet, or only the first few again.
    pub fn fold(&mut self, field: Field, facets: &[Facet]) {
        let was_open = self.opened.remove(&field);
        if !was_open {
            self.opened.insert(field);
        }
        // The row that stood for the folded ones is gone; its place is taken by the first of them.
        let at = self.cursor.at();
        self.set(facets);
        let heading = |row: &FilterRow| *row == FilterRow::Heading(field);
        let folded = self.rows.iter().position(heading).filter(|_| was_open);
        self.choose(folded.unwrap_or(at));
    }

    /// Moves the cursor by some rows.
    pub fn move_by(&mut self, rows: isize) {
        self.cursor.move_by(rows, self.rows.len());
        self.leave_gap(rows.signum());
    }

    /// Puts the cursor on a row.
    pub fn choose(&mut self, row: usize) {
        self.cursor.choose(row, self.rows.len());
        self.leave_gap(1);
    }

    /// Takes the cursor off a gap, which is neither the first nor the last row.
    fn leave_gap(&mut self, step: isize) {
        if matches!(self.current(), Some(FilterRow::Gap(_))) {
            self.cursor.move_by(step, self.rows.len());
        }
    }

    /// Moves the view by some rows; the cursor goes along at its edge.
    pub fn scroll(&mut self, rows: isize, in_view: usize) {
        self.cursor.scroll(rows, self.rows.len(), in_view);
        self.leave_gap(rows.signum());
    }

    /// Brings the cursor into view, and the first heading with the first value.
    pub fn settle(&mut self, in_view: usize) {
        if self.cursor.at() == 1 && in_view > 1 {
            self.cursor.scroll(isize::MIN, self.rows.len(), in_view);
        }
        self.cursor.settle(self.rows.len(), in_view);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facet(field: Field, counts: &[(&str, usize)]) -> Facet {
        let values = counts.iter().map(|(value, count)| FacetValue {
            value: (*value).into(),
            count: *count,
            selection: Selection::Off,
        });
        Facet {
            field,
            values: values.collect(),
            distinct: counts.len(),
            derived: 0,
        }
    }

    #[test]
    fn the_cursor_stays_on_its_value_when_counts_change() {
        let mut filters = Filters::default();
        let team = facet(Field::Team, &[("AWS", 2), ("Alexa", 1)]);
        filters.set(&[facet(Field::Country, &[("US", 3), ("DE", 1)]), team.clone()]);
        filters.choose(6);
        filters.set(&[facet(Field::Country, &[("US", 1)]), team]);
        let current = filters.current().map(|row| (row.field(), row.clone()));
        let Some((Field::Team, FilterRow::Value(_, value))) = current else {
            panic!("{current:?}");
        };
        assert_eq!(value.value, "Alexa");
    }

    #[test]
    fn a_facet_collapses_to_its_heading_and_headings_are_jumped_to() {
        let facets = [
            facet(Field::Country, &[("US", 3), ("DE", 1)]),
            facet(Field::Team, &[("Zoo", 2), ("Alexa", 1)]),
        ];
        let mut filters = Filters::default();
        filters.set(&facets);
        filters.go_to_facet(true);
        let at = |filters: &Filters| filters.current().cloned();
        assert_eq!(at(&filters), Some(FilterRow::Heading(Field::Team)));
        filters.turn_order(&facets);
        filters.move_by(1);
        let Some(FilterRow::Value(_, first)) = at(&filters) else {
            panic!("{:?}", at(&filters));
        };
        assert_eq!(first.value, "Alexa");
        filters.go_to_facet(false);
        filters.go_to_facet(false);
        assert_eq!(at(&filters), Some(FilterRow::Heading(Field::Country)));
        let before = filters.rows().len();
        filters.collapse(Field::Country, &facets);
        assert_eq!(filters.rows().len(), before - 2);
        assert_eq!(at(&filters), Some(FilterRow::Heading(Field::Country)));
    }

    #[test]
    fn a_long_facet_folds_and_opens() {
        let counts: Vec<(String, usize)> = (0..20).map(|n| (format!("tag {n}"), 40 - n)).collect();
        let counts: Vec<_> = counts.iter().map(|(tag, n)| (tag.as_str(), *n)).collect();
        let facets = [facet(Field::Tag, &counts)];
        let mut filters = Filters::default();
        filters.set(&facets);
        assert_eq!(filters.rows().len(), 1 + SHOWN + 1);
        assert_eq!(filters.rows()[7], FilterRow::More(Field::Tag, 14));
        filters.choose(7);
        filters.fold(Field::Tag, &facets);
        assert_eq!(filters.rows().len(), 21);
        assert_eq!(filters.cursor().at(), 7);
        filters.fold(Field::Tag, &facets);
        assert_eq!(
            filters.cursor().at(),
            0,
            "on the heading of what was folded"
        );
    }
}
