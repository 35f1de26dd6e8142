//! Facets: how many postings each value of a field would leave.
//!
//! A pass over the postings counts records; only at its end are records taken apart into values.

use super::columns::{Columns, Kind, Part};
use super::places::PlaceList;
use super::texts::Values;
use super::{Facet, FacetValue};
use crate::board::fold::fold;
use crate::board::{Employment, Level, Workplace};
use crate::query::{Atom, Field, Query, Term, Test, facet_state};

/// The facets, in the order of the filters pane.
pub(super) const FACETS: [Field; 10] = [
    Field::Country,
    Field::Region,
    Field::City,
    Field::Company,
    Field::Team,
    Field::Workplace,
    Field::Employment,
    Field::Level,
    Field::Tag,
    Field::Board,
];

/// Values listed of one facet, beside those selected.
const VALUES: usize = 200;

/// The columns that facets count.
const COUNTED: [Part; 4] = [Part::Group, Part::Places, Part::Tags, Part::Kind];

/// The column that holds a facet's values.
fn part(facet: usize) -> usize {
    match FACETS[facet] {
        Field::Company | Field::Team => 0,
        Field::Country | Field::Region | Field::City => 1,
        Field::Tag => 2,
        _ => 3,
    }
}

/// The facet whose own counts ignore this term: the one that all of it is about.
pub(super) fn own_facet(term: &Term) -> Option<usize> {
    let field = term.any.first()?.field?;
    let own = term.any.iter().all(|atom| atom.field == Some(field));
    FACETS.iter().position(|&facet| facet == field && own)
}

/// Counts of records.
#[derive(Debug)]
pub(super) struct Counts<'a> {
    columns: &'a Columns,
    /// Of the postings that match.
    matching: [Vec<u32>; COUNTED.len()],
    /// Of those that match but for the terms of one facet, for each facet that has some.
    others: [Option<Vec<u32>>; FACETS.len()],
}

impl<'a> Counts<'a> {
    /// Nothing counted yet.
    pub(super) fn new(columns: &'a Columns, query: &Query) -> Self {
        let records = |part: usize| match COUNTED[part] {
            Part::Group => columns.group.records.len(),
            Part::Places => columns.place_list.records.len(),
            Part::Tags => columns.tag_list.records.len(),
            _ => columns.kind.records.len(),
        };
        let mut others = [const { None }; FACETS.len()];
        for facet in query.terms.iter().filter_map(own_facet) {
            others[facet] = Some(vec![0; records(part(facet))]);
        }
        Self {
            columns,
            matching: std::array::from_fn(|part| vec![0; records(part)]),
            others,
        }
    }

    /// Counts a posting that matches.
    pub(super) fn add(&mut self, row: usize) {
        for (part, counts) in COUNTED.iter().zip(&mut self.matching) {
            counts[self.columns.ids(*part)[row] as usize] += 1;
        }
    }

    /// Counts a posting that only a facet's own terms keep out.
    pub(super) fn add_other(&mut self, facet: usize, row: usize) {
        if let Some(counts) = &mut self.others[facet] {
            counts[self.columns.ids(COUNTED[part(facet)])[row] as usize] += 1;
        }
    }

    /// The facets of the query.
    pub(super) fn finish(&self, query: &Query) -> Vec<Facet> {
        let facets = (0..FACETS.len()).map(|facet| self.facet(facet, query));
        facets.filter(|facet| !facet.values.is_empty()).collect()
    }

    fn facet(&self, facet: usize, query: &Query) -> Facet {
        let mut records = self.matching[part(facet)].clone();
        if let Some(others) = &self.others[facet] {
            for (count, other) in records.iter_mut().zip(others) {
                *count += other;
            }
        }
        let field = FACETS[facet];
        let mut values = Tally::new(self.columns, field).count(&records);
        let selected = selected(query, field);
        let is_selected = |value: &Counted<'_>| selected.iter().any(|(s, _)| *s == value.folded);
        for (folded, written) in &selected {
            if !values.iter().any(|value| value.folded == *folded) {
                values.push(Counted {
                    shown: written,
                    folded: folded.as_str(),
                    count: self.alias_count(field, folded, &records),
                });
            }
        }
        values.retain(|value| value.count > 0 || is_selected(value));
        values.sort_unstable_by(|a, b| {
            let by_count = b.count.cmp(&a.count);
            by_count.then_with(|| a.folded.cmp(b.folded))
        });
        let distinct = values.len();
        let listed = values.iter().enumerate();
        let listed = listed.filter(|(at, value)| *at < VALUES || is_selected(value));
        Facet {
            field,
            values: listed
                .map(|(_, value)| value.listed(field, query))
                .collect(),
            distinct,
        }
    }

    /// What a selected value that is not the facet's own spelling leaves: a country by its name.
    fn alias_count(&self, field: Field, folded: &str, records: &[u32]) -> usize {
        let names = &self.columns.places.country_names;
        let country = names.iter().position(|name| name == folded);
        match country {
            Some(country) if field == Field::Country => {
                Tally::new(self.columns, field).count(records)[country].count
            }
            _ => 0,
        }
    }
}

/// The values that the query's own terms on a field name whole, folded and as written.
fn selected(query: &Query, field: Field) -> Vec<(String, &str)> {
    let own = |term: &&Term| term.any.iter().all(|atom| atom.field == Some(field));
    let atoms = query.terms.iter().filter(own).flat_map(|term| &term.any);
    let mut values: Vec<(String, &str)> = Vec::new();
    for Atom { test, .. } in atoms {
        if let Test::Equals(value) = test {
            let folded = fold(value);
            if values.iter().all(|(known, _)| *known != folded) {
                values.push((folded, value));
            }
        }
    }
    values
}

/// A value with its count.
struct Counted<'a> {
    shown: &'a str,
    folded: &'a str,
    count: usize,
}

impl Counted<'_> {
    fn listed(&self, field: Field, query: &Query) -> FacetValue {
        FacetValue {
            value: self.shown.to_owned(),
            count: self.count,
            selection: facet_state(query, field, self.shown),
        }
    }
}

/// Takes counts of records apart into counts of a field's values.
struct Tally<'a> {
    columns: &'a Columns,
    field: Field,
}

impl<'a> Tally<'a> {
    fn new(columns: &'a Columns, field: Field) -> Self {
        Self { columns, field }
    }

    fn count(&self, records: &[u32]) -> Vec<Counted<'a>> {
        let columns = self.columns;
        let places = |values: &'a Values, of: fn(&PlaceList) -> &[u32]| {
            let lists = columns.place_list.records.iter().map(of);
            numbered(values, lists.map(|list| list.iter().copied()), records)
        };
        let words = |words: &'static [&'static str], of: fn(&Kind) -> Option<usize>| {
            let kinds = columns.kind.records.iter().map(of);
            let counts = tally(words.len(), kinds, records);
            let words = words.iter().zip(counts);
            let counted = words.map(|(&word, count)| Counted {
                shown: word,
                folded: word,
                count,
            });
            counted.collect()
        };
        let groups = columns.group.records.iter();
        match self.field {
            Field::Country => places(&columns.places.countries, |list| &list.countries),
            Field::Region => places(&columns.places.regions, |list| &list.regions),
            Field::City => places(&columns.places.cities, |list| &list.cities),
            Field::Company => numbered(&columns.companies, groups.map(|g| g.company), records),
            Field::Team => numbered(&columns.teams, groups.map(|g| g.team), records),
            Field::Workplace => words(Workplace::WORDS, |kind| kind.workplace.map(|w| w as usize)),
            Field::Employment => words(Employment::WORDS, |kind| {
                kind.employment.map(|employment| employment as usize)
            }),
            Field::Level => words(Level::WORDS, |kind| kind.level.map(|level| level as usize)),
            Field::Tag => {
                let lists = columns.tag_list.records.iter();
                numbered(
                    &columns.tags,
                    lists.map(|list| list.iter().copied()),
                    records,
                )
            }
            _ => {
                let kinds = columns.kind.records.iter();
                numbered(&columns.boards, kinds.map(|kind| kind.board), records)
            }
        }
    }
}

fn numbered<'a, I: IntoIterator<Item = u32>>(
    values: &'a Values,
    numbers: impl Iterator<Item = I>,
    records: &[u32],
) -> Vec<Counted<'a>> {
    let numbers = numbers.map(|numbers| numbers.into_iter().map(|number| number as usize));
    let counts = tally(values.texts.len(), numbers, records);
    let counts = counts.into_iter().enumerate();
    let counted = counts.map(|(at, count)| Counted {
        shown: &values.shown[at],
        folded: values.texts.get(at),
        count,
    });
    counted.collect()
}

/// For each of so many values how many postings have it, from the values and the count of each record.
fn tally<I: IntoIterator<Item = usize>>(
    values: usize,
    numbers: impl Iterator<Item = I>,
    records: &[u32],
) -> Vec<usize> {
    let mut counts = vec![0; values];
    for (numbers, &count) in numbers.zip(records).filter(|(_, count)| **count > 0) {
        for number in numbers {
            counts[number] += count as usize;
        }
    }
    counts
}
