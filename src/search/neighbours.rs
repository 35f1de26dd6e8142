//! Pairs of query words that are adjacent in a posting, in query order.

use std::sync::Arc;

use super::columns::{ColumnId, Columns};
use super::index::Index;
use super::tables::VerdictTables;
use super::values::DEFAULT;
use super::verdict::{NEIGHBOURS, neighbour_rank};
use super::words::Reading;
use crate::query::Field;

/// For each column, a bit mask per record of the adjacent pairs.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    parts: Vec<(ColumnId, Vec<u8>)>,
}

/// Two consecutive query words with their tables.
pub(super) type Pair<'a> = [(&'a Reading, &'a VerdictTables); 2];

impl Neighbours {
    /// Finds adjacent pairs in every record.
    pub(super) fn new(index: &Index, pairs: &[Pair<'_>]) -> Self {
        let columns = index.columns();
        let of = |field: Field| values(index, pairs, field);
        let [title, company, team, location, tag, skill] = DEFAULT.map(of);
        let mut neighbours = Self::default();
        if let Some(title) = title {
            let titles = columns.title.records.iter();
            neighbours.push(
                ColumnId::Title,
                titles.map(|record| title[record.text as usize]),
            );
        }
        if company.is_some() || team.is_some() {
            let of = |values: &Option<Vec<u8>>, number: Option<u32>| match (values, number) {
                (Some(values), Some(number)) => values[number as usize],
                _ => 0,
            };
            let groups = columns.group.records.iter();
            let groups = groups.map(|group| of(&company, group.company) | of(&team, group.team));
            neighbours.push(ColumnId::Employer, groups);
        }
        if let Some(location) = location {
            let name = |name: &u32| location[*name as usize];
            let places = columns.places.all.iter().map(|place| {
                let unwritten = place.unwritten.iter().map(name);
                unwritten.fold(name(&place.written), |all, pairs| all | pairs)
            });
            let places: Vec<u8> = places.collect();
            let lists = columns.place_list.records.places.iter();
            neighbours.push(ColumnId::Places, lists.map(|list| any(&places, list)));
        }
        if let Some(tag) = tag {
            let lists = columns.tag_list.records.iter();
            neighbours.push(ColumnId::Tags, lists.map(|list| any(&tag, list)));
        }
        if let Some(skill) = skill {
            let lists = columns.skill_list.records.iter();
            let pairs = |list| fold_pairs(&skill, list);
            neighbours.push(ColumnId::Skills, lists.map(pairs));
        }
        neighbours
    }

    /// For each column, the adjacent pairs in each record.
    pub(super) fn parts(&self) -> impl Iterator<Item = (ColumnId, &[u8])> {
        let parts = self.parts.iter();
        parts.map(|(column, records)| (*column, records.as_slice()))
    }

    fn push(&mut self, part: ColumnId, records: impl Iterator<Item = u8>) {
        self.parts.push((part, records.collect()));
    }

    /// Raises the rank of each row by its adjacent pairs.
    pub(super) fn raise(&self, columns: &Columns, rows: &[u32], ranks: &mut [u32]) {
        if self.parts.is_empty() {
            return;
        }
        for (row, rank) in rows.iter().zip(ranks) {
            let parts = self.parts.iter();
            let pairs = parts.fold(0, |pairs, (part, records)| {
                pairs | records[columns.ids(*part).get(*row as usize)]
            });
            *rank = rank.saturating_add(neighbour_rank(pairs.count_ones()));
        }
    }
}

fn any(values: &[u8], list: &[u32]) -> u8 {
    fold_pairs(values, list.iter().copied())
}

fn fold_pairs(values: &[u8], list: impl Iterator<Item = u32>) -> u8 {
    list.fold(0, |all, value| all | values[value as usize])
}

/// Adjacent pairs in each value of a field; `None` if there are none.
fn values(index: &Index, pairs: &[Pair<'_>], field: Field) -> Option<Vec<u8>> {
    let mut found: Option<Vec<u8>> = None;
    for (pair, bit) in pairs.iter().take(NEIGHBOURS as usize).zip(0..) {
        let positions = |(reading, tables): (&Reading, &VerdictTables)| -> Option<Arc<[u32]>> {
            tables.positions(index, reading, field)
        };
        let (Some(first), Some(second)) = (positions(pair[0]), positions(pair[1])) else {
            continue;
        };
        for (value, (&first, &second)) in first.iter().zip(&*second).enumerate() {
            if first << 1 & second != 0 {
                found.get_or_insert_with(|| vec![0; positions_len(index, field)])[value] |=
                    1 << bit;
            }
        }
    }
    found
}

fn positions_len(index: &Index, field: Field) -> usize {
    super::words::texts(index.columns(), field).len()
}
