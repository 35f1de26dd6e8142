//! The filters pane: facets as rows, which can be collapsed, and a search for values.

use std::collections::HashSet;

use crate::app::cursor::Cursor;
use crate::app::input::Line;
use crate::board::fold::fold;
use crate::query::{Field, Selection};
use crate::search::{Facet, FacetValue};

/// Number of values shown of a facet before it is expanded.
const SHOWN: usize = 6;

/// One row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterRow {
    /// Name of a facet.
    Heading(Field),
    /// A blank row between facets, which the cursor skips.
    Gap(Field),
    /// A value.
    Value(Field, FacetValue),
    /// Number of values not shown.
    More(Field, usize),
    /// Number of values beyond those that were counted; the search finds them.
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

    /// Whether two rows represent the same item, whatever its count.
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

/// Rows and cursor.
#[derive(Debug, Default)]
pub struct Filters {
    rows: Vec<FilterRow>,
    /// Expanded facets.
    opened: HashSet<Field>,
    /// Collapsed facets.
    collapsed: HashSet<Field>,
    /// Whether values are sorted alphabetically rather than by count.
    alphabetical: bool,
    /// The search for a value, and whether it is being typed.
    find: Option<(Line, bool)>,
    cursor: Cursor,
    /// Whether there may be more postings with a value than counted.
    is_at_least: bool,
}

impl Filters {
    /// The rows.
    pub fn rows(&self) -> &[FilterRow] {
        &self.rows
    }

    /// Whether there may be more postings with a value than counted.
    pub fn is_at_least(&self) -> bool {
        self.is_at_least
    }

    /// The current row, and the first visible one.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The current row.
    pub fn current(&self) -> Option<&FilterRow> {
        self.rows.get(self.cursor.at())
    }

    /// Updates the facets and their counts after a search.
    pub fn answer(&mut self, facets: &[Facet], is_at_least: bool) {
        self.is_at_least = is_at_least;
        self.set(facets);
    }

    /// Updates the facets; the cursor stays on its item.
    pub fn set(&mut self, facets: &[Facet]) {
        let before = self.current().cloned();
        let rows = facets.iter().flat_map(|facet| self.facet(facet));
        // No gap above the first facet.
        self.rows = rows.skip(1).collect();
        if self.is_finding() {
            let is_value = |row: &FilterRow| matches!(row, FilterRow::Value(..));
            let first = self.rows.iter().position(is_value);
            return self.choose(first.unwrap_or(0));
        }
        let same = |row: &FilterRow| before.as_ref().is_some_and(|before| before.is(row));
        let at = self.rows.iter().position(same);
        // Start on the first value, which is more useful than the first heading.
        let at = at.unwrap_or(if before.is_some() {
            self.cursor.at()
        } else {
            1
        });
        self.choose(at);
    }

    /// Whether a facet is collapsed.
    pub fn is_collapsed(&self, field: Field) -> bool {
        self.collapsed.contains(&field)
    }

    /// Whether values are sorted alphabetically rather than by count.
    pub fn is_alphabetical(&self) -> bool {
        self.alphabetical
    }

    /// Text of the search.
    pub fn needle(&self) -> Option<&Line> {
        self.find.as_ref().map(|(needle, _)| needle)
    }

    /// Whether a search is being typed.
    pub fn is_finding(&self) -> bool {
        self.find.as_ref().is_some_and(|(_, typing)| *typing)
    }

    /// Starts or continues a search.
    pub fn begin_find(&mut self) {
        let needle = self.find.take().map(|(needle, _)| needle);
        self.find = Some((needle.unwrap_or_default(), true));
    }

    /// Ends typing and keeps the search.
    pub fn keep_find(&mut self) {
        self.find = self
            .find
            .take()
            .filter(|(needle, _)| !needle.text().is_empty());
        if let Some((_, typing)) = &mut self.find {
            *typing = false;
        }
    }

    /// Ends the search. Returns whether there was one.
    pub fn end_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Edits the search. Returns whether it changed.
    pub fn edit_find(&mut self, edit: impl FnOnce(&mut Line) -> bool) -> bool {
        self.find.as_mut().is_some_and(|(needle, _)| edit(needle))
    }

    /// Collapses or expands a facet. The cursor stays on its heading.
    pub fn collapse(&mut self, field: Field, facets: &[Facet]) {
        if !self.collapsed.remove(&field) {
            self.collapsed.insert(field);
        }
        self.set(facets);
    }

    /// Toggles between alphabetical order and order by count.
    pub fn turn_order(&mut self, facets: &[Facet]) {
        self.alphabetical = !self.alphabetical;
        self.set(facets);
    }

    /// Moves to the next heading, or to that of this facet or the previous one.
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
        // A search shows all values found.
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

    /// Shows all values of a facet, or only the first ones.
    pub fn fold(&mut self, field: Field, facets: &[Facet]) {
        let was_open = self.opened.remove(&field);
        if !was_open {
            self.opened.insert(field);
        }
        // The first value that was hidden takes the place of the row that represented them.
        let at = self.cursor.at();
        self.set(facets);
        let heading = |row: &FilterRow| *row == FilterRow::Heading(field);
        let folded = self.rows.iter().position(heading).filter(|_| was_open);
        self.choose(folded.unwrap_or(at));
    }

    /// Moves the cursor by a number of rows.
    pub fn move_by(&mut self, rows: isize) {
        self.cursor.move_by(rows, self.rows.len());
        self.leave_gap(rows.signum());
    }

    /// Moves the cursor to a row.
    pub fn choose(&mut self, row: usize) {
        self.cursor.choose(row, self.rows.len());
        self.leave_gap(1);
    }

    /// Moves the cursor off a gap, which is never the first or last row.
    fn leave_gap(&mut self, step: isize) {
        if matches!(self.current(), Some(FilterRow::Gap(_))) {
            self.cursor.move_by(step, self.rows.len());
        }
    }

    /// Scrolls the view; the cursor stays within it.
    pub fn scroll(&mut self, rows: isize, in_view: usize) {
        self.cursor.scroll(rows, self.rows.len(), in_view);
        self.leave_gap(rows.signum());
    }

    /// Scrolls the cursor into view; with the first value, also the first heading.
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
