//! Facets: the number of postings each value of a field would leave.
//!
//! A scan counts records; only at its end are they broken down into values.

use std::borrow::Cow;
use std::cmp::Reverse;

use rayon::prelude::*;

use super::column::Ids;
use super::columns::origin::DERIVED;
use super::columns::{ColumnId, Columns, EnumRecord};
use super::flat::{Arrays, Lists};
use super::tables::lists::required;
use super::texts::Values;
use super::{Facet, FacetValue};
use crate::board::fold::fold;
use crate::places::country_name;
use crate::query::{Field, Query, Term, Test, facet_state, facet_value};

/// The facets, in the order of the filters pane.
pub(super) const FACETS: [Field; 15] = [
    Field::Country,
    Field::Region,
    Field::City,
    Field::Company,
    Field::Team,
    Field::Workplace,
    Field::Employment,
    Field::Level,
    Field::Years,
    Field::Sponsorship,
    Field::Education,
    Field::Skill,
    Field::Speaks,
    Field::Tag,
    Field::Board,
];

/// Values listed per facet, in addition to selected ones.
const VALUES: usize = 200;

/// Columns that facets count.
pub(super) const COUNTED: [ColumnId; 6] = [
    ColumnId::Employer,
    ColumnId::Places,
    ColumnId::Tags,
    ColumnId::Enums,
    ColumnId::Requirements,
    ColumnId::Skills,
];
const KINDS: usize = 3;
const REQUIREMENTS: usize = 4;
pub(super) const SKILLS: usize = 5;

/// The column that holds the values of a facet.
pub(super) fn facet_column(facet: usize) -> ColumnId {
    COUNTED[counted(facet)]
}

/// Index in [`COUNTED`] of a facet's column.
fn counted(facet: usize) -> usize {
    counted_in(FACETS[facet])
}

/// Which of these holds a field's values.
fn counted_in(field: Field) -> usize {
    match field {
        Field::Company | Field::Team => 0,
        Field::Country | Field::Region | Field::City => 1,
        Field::Tag => 2,
        Field::Years | Field::Sponsorship | Field::Education | Field::Clearance | Field::Speaks => {
            REQUIREMENTS
        }
        Field::Skill => SKILLS,
        _ => KINDS,
    }
}

/// The facet that this term tests exclusively, whose counts ignore the term.
pub(super) fn own_facet(term: &Term) -> Option<usize> {
    let field = term.any.first()?.field?;
    let own = term.any.iter().all(|atom| atom.field == Some(field));
    FACETS.iter().position(|&facet| facet == field && own)
}

/// For each counted column, the number of postings per record.
pub(super) type Records = [Vec<u32>; COUNTED.len()];

/// Decodes such counts.
pub(super) fn decode(arrays: &mut Arrays) -> Option<Records> {
    let records: Option<Vec<Vec<u32>>> = COUNTED.iter().map(|_| arrays.words()).collect();
    records?.try_into().ok()
}

/// Whether the counts match these columns.
pub(super) fn matches_columns(records: &Records, columns: &Columns) -> bool {
    let mut parts = records.iter().zip(COUNTED);
    parts.all(|(counts, part)| counts.len() == columns.records(part))
}

/// Record counts of a scan.
#[derive(Debug)]
pub(super) struct Counts<'a> {
    columns: &'a Columns,
    /// Counts of matching rows, or of those that do not match.
    matching: Records,
    /// Counts of rows that match except for a facet's own terms, for each facet with such terms.
    others: [Option<Vec<u32>>; FACETS.len()],
    /// Of the matching postings, by pay, if the query tests pay.
    pay: Option<Vec<u32>>,
}

/// Whether the query asks for pay: then matches are counted by it.
pub(super) fn asks_for_pay(query: &Query) -> bool {
    asked(query).any(|field| field == Field::Salary)
}

/// The fields tested by the query whose values may be derived.
fn asked(query: &Query) -> impl Iterator<Item = Field> {
    let mut fields: Vec<Field> = Vec::new();
    let atoms = query.terms.iter().flat_map(|term| &term.any);
    let atoms = atoms.filter(|atom| !atom.negated && atom.test != Test::Absent);
    for field in atoms.filter_map(|atom| atom.field) {
        if DERIVED.contains(&field) && !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields.into_iter()
}

impl<'a> Counts<'a> {
    /// Zero counts.
    pub(super) fn new(columns: &'a Columns, query: &Query) -> Self {
        let records = |part: usize| columns.records(COUNTED[part]);
        let mut others = [const { None }; FACETS.len()];
        for facet in query.terms.iter().filter_map(own_facet) {
            others[facet] = Some(vec![0; records(counted(facet))]);
        }
        Self {
            columns,
            matching: std::array::from_fn(|part| vec![0; records(part)]),
            others,
            pay: asks_for_pay(query).then(|| vec![0; columns.records(ColumnId::Salary)]),
        }
    }

    /// Counts matching rows, or rows that do not match if those are fewer.
    pub(super) fn add(&mut self, rows: &[u32]) {
        for (part, counts) in COUNTED.iter().zip(&mut self.matching) {
            add(counts, self.columns.ids(*part), rows);
        }
        if let Some(counts) = &mut self.pay {
            add(counts, self.columns.ids(ColumnId::Salary), rows);
        }
    }

    /// Counts rows that only a facet's own terms reject.
    pub(super) fn add_others(&mut self, facet: usize, rows: &[u32]) {
        if let Some(counts) = &mut self.others[facet] {
            add(counts, self.columns.ids(COUNTED[counted(facet)]), rows);
        }
    }

    /// Converts counts of rejected rows to counts of matching ones, given the counts of all rows.
    pub(super) fn complement(&mut self, all: &Records) {
        for (counts, all) in self.matching.iter_mut().zip(all) {
            for (count, all) in counts.iter_mut().zip(all) {
                *count = all - *count;
            }
        }
    }

    /// Counts of the matching rows.
    pub(super) fn into_records(self) -> Records {
        self.matching
    }

    /// Counts of records that were counted elsewhere: of the matches, and for each facet with terms of its own, of the
    /// rows that only these reject.
    pub(super) fn counted_elsewhere(
        &mut self,
        matching: &[(ColumnId, Vec<u32>)],
        others: &[(usize, Vec<u32>)],
    ) {
        for (column, counts) in matching {
            let part = COUNTED.iter().position(|counted| counted == column);
            if let Some(part) = part {
                sum(&mut self.matching[part], counts);
            } else if let Some(pay) = &mut self.pay {
                sum(pay, counts);
            }
        }
        for (facet, counts) in others {
            if let Some(others) = &mut self.others[*facet] {
                sum(others, counts);
            }
        }
    }

    /// Adds the counts of another shard.
    pub(super) fn merge(&mut self, other: &Self) {
        let others = other.others.iter().flatten();
        let others = self.others.iter_mut().flatten().zip(others);
        let pay = self.pay.as_mut().zip(other.pay.as_ref());
        let matching = self.matching.iter_mut().zip(&other.matching);
        for (counts, other) in matching.chain(others).chain(pay) {
            sum(counts, other);
        }
    }

    /// For each field that the query asks for, how many of the matches have a derived value.
    pub(super) fn derived(&self, query: &Query) -> Vec<(Field, usize)> {
        let counted = asked(query).map(|field| {
            let counts = match (field, &self.pay) {
                (Field::Salary, Some(pay)) => pay,
                _ => &self.matching[counted_in(field)],
            };
            (field, self.columns.derived(field, counts))
        });
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Facets of the query with the values that contain `needle`; those without values are left out.
    pub(super) fn finish(&self, query: &Query, needle: &str) -> Vec<Facet> {
        let needle = fold(needle);
        let facets = (0..FACETS.len()).into_par_iter();
        let facets = facets.map(|facet| self.facet(facet, query, &needle));
        facets.filter(|facet| !facet.values.is_empty()).collect()
    }

    fn facet(&self, facet: usize, query: &Query, needle: &str) -> Facet {
        let field = FACETS[facet];
        let mut records = Cow::Borrowed(&self.matching[counted(facet)]);
        if let Some(others) = &self.others[facet] {
            sum(records.to_mut(), others);
        }
        let mut counts = self.columns.tally(field, &records);
        let derived = self.columns.derived(field, &records);
        let values = self.columns.facet_values(field);
        if !needle.is_empty() {
            for (number, count) in counts
                .iter_mut()
                .enumerate()
                .filter(|(_, count)| **count > 0)
            {
                if !holds(field, values.shown.get(number), needle) {
                    *count = 0;
                }
            }
        }
        let mut listed = most_frequent(values, &counts);
        let in_order = listed.len();
        let mut distinct = counts.iter().filter(|count| **count > 0).count();
        let selected = selected(query, field);
        for (folded, written) in selected
            .into_iter()
            .filter(|(folded, _)| folded.contains(needle))
        {
            let number = values.find(&folded);
            distinct += usize::from(number.is_none_or(|number| counts[number] == 0));
            let known = number.or_else(|| self.columns.named_country(field, &folded));
            let count = known.map_or(0, |number| counts[number]);
            let shown = number.map_or(written, |number| values.shown.get(number));
            if listed.iter().all(|(_, listed)| *listed != shown) {
                listed.push((count, shown));
            }
        }
        let listed = listed.into_iter().map(|(count, shown)| FacetValue {
            value: shown.to_owned(),
            count: count as usize,
            selection: facet_state(query, field, shown),
        });
        let mut values: Vec<FacetValue> = listed.collect();
        if values.len() > in_order {
            values.sort_by_cached_key(|value| (Reverse(value.count), fold(&value.value)));
        }
        Facet {
            field,
            values,
            distinct,
            derived,
        }
    }
}

/// Whether a value, or the name of a country, contains a folded text.
fn holds(field: Field, value: &str, needle: &str) -> bool {
    let name = country_name(value).filter(|_| field == Field::Country);
    let mut texts = [Some(value), name].into_iter().flatten();
    texts.any(|text| fold(text).contains(needle))
}

/// Counts the records of some rows.
pub(super) fn add(counts: &mut [u32], ids: &Ids, rows: &[u32]) {
    match ids {
        Ids::One(_) => counts
            .iter_mut()
            .for_each(|only| *only += rows.len() as u32),
        Ids::Tiny(ids) => add_each(counts, ids, rows),
        Ids::Narrow(ids) => add_each(counts, ids, rows),
        Ids::Wide(ids) => add_each(counts, ids, rows),
    }
}

fn add_each<I: Copy + Into<u32>>(counts: &mut [u32], ids: &[I], rows: &[u32]) {
    for &row in rows {
        counts[ids[row as usize].into() as usize] += 1;
    }
}

/// Adds other counts.
pub(super) fn sum(counts: &mut [u32], others: &[u32]) {
    for (count, other) in counts.iter_mut().zip(others) {
        *count += other;
    }
}

/// The most frequent values, sorted by count, then alphabetically.
fn most_frequent<'a>(values: &'a Values, counts: &[u32]) -> Vec<(u32, &'a str)> {
    let numbers = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut keys: Vec<(u64, usize)> = numbers
        .map(|(number, &count)| {
            let key = u64::from(!count) << 32 | u64::from(values.alphabetical[number]);
            (key, number)
        })
        .collect();
    if keys.len() > VALUES {
        keys.select_nth_unstable(VALUES);
        keys.truncate(VALUES);
    }
    keys.sort_unstable();
    let listed = keys.into_iter();
    let listed = listed.map(|(_, number)| (counts[number], values.shown.get(number)));
    listed.collect()
}

/// Values that the query's own terms on a field name exactly, folded and as written.
fn selected(query: &Query, field: Field) -> Vec<(String, &str)> {
    let own = |term: &&Term| term.any.iter().all(|atom| atom.field == Some(field));
    let atoms = query.terms.iter().filter(own).flat_map(|term| &term.any);
    let mut values: Vec<(String, &str)> = Vec::new();
    for atom in atoms {
        if let Some(value) = facet_value(atom) {
            let folded = fold(value);
            if values.iter().all(|(known, _)| *known != folded) {
                values.push((folded, value));
            }
        }
    }
    values
}

impl Columns {
    /// Values of a facet.
    pub(super) fn facet_values(&self, field: Field) -> &Values {
        match field {
            Field::Country => &self.places.countries,
            Field::Region => &self.places.regions,
            Field::City => &self.places.cities,
            Field::Company => &self.companies,
            Field::Team => &self.teams,
            Field::Skill => &self.skills,
            Field::Speaks => &self.requirements.spoken,
            Field::Tag => &self.tags,
            field => self.closed.values(field).unwrap_or(&self.boards),
        }
    }

    /// Index of a country by its name.
    fn named_country(&self, field: Field, folded: &str) -> Option<usize> {
        let mut names = self.places.country_names.iter();
        names.position(|name| field == Field::Country && name == folded)
    }

    /// How many postings have a derived value in a field, from the count of each record.
    fn derived(&self, field: Field, records: &[u32]) -> usize {
        let sum = |is_derived: &dyn Fn(usize) -> bool| {
            let counts = records.iter().enumerate();
            let counts = counts.filter(|(_, count)| **count > 0);
            let derived = counts.filter(|(record, _)| is_derived(*record));
            derived.map(|(_, count)| *count as usize).sum()
        };
        match field {
            Field::Workplace | Field::Employment | Field::Level => {
                sum(&|record| self.kind.records[record].derived.has(field))
            }
            Field::Skill => sum(&|record| self.skill_list.records.is_derived(record)),
            Field::Salary => sum(&|record| self.salary.records.is_derived(record)),
            field if counted_in(field) == REQUIREMENTS => {
                let records = &self.requirements.column.records;
                sum(&|record| records[record].derived.has(field))
            }
            _ => 0,
        }
    }

    /// Breaks down record counts into value counts.
    pub(super) fn tally(&self, field: Field, records: &[u32]) -> Vec<u32> {
        let values = self.facet_values(field).len();
        let lists = |lists: &Lists| {
            let lists = lists.iter();
            tally(values, lists.map(|list| list.iter().copied()), records)
        };
        let places = &self.place_list.records;
        let kinds = |of: fn(&EnumRecord) -> Option<u32>| {
            let kinds = self.kind.records.iter().map(of);
            tally(values, kinds, records)
        };
        let groups = self.group.records.iter();
        if let Some(number) = required(field) {
            let required = self.requirements.column.records.iter();
            return tally(values, required.map(number), records);
        }
        match field {
            Field::Country => lists(&places.countries),
            Field::Region => lists(&places.regions),
            Field::City => lists(&places.cities),
            Field::Company => tally(values, groups.map(|group| group.company), records),
            Field::Team => tally(values, groups.map(|group| group.team), records),
            Field::Workplace => kinds(|kind| kind.workplace),
            Field::Employment => {
                let kinds = self.kind.records.iter();
                tally(values, kinds.map(|kind| kind.employment.iter()), records)
            }
            Field::Level => kinds(|kind| kind.level),
            Field::Skill => tally(values, self.skill_list.records.iter(), records),
            Field::Speaks => {
                let required = self.requirements.column.records.iter();
                let languages = required.map(|record| self.requirements.speaks(record));
                tally(values, languages.map(|list| list.iter().copied()), records)
            }
            Field::Tag => lists(&self.tag_list.records),
            _ => kinds(|kind| kind.board),
        }
    }
}

/// Sums record counts into per-value counts.
fn tally<I: IntoIterator<Item = u32>>(
    values: usize,
    numbers: impl Iterator<Item = I>,
    records: &[u32],
) -> Vec<u32> {
    let mut counts = vec![0; values];
    for (numbers, &count) in numbers.zip(records).filter(|(_, count)| **count > 0) {
        for number in numbers {
            counts[number as usize] += count;
        }
    }
    counts
}
