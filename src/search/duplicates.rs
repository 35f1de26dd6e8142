//! Duplicate postings: the same role of a company in several places, or the same page on several boards. Computed once
//! per board.
//!
//! Equal title, company and team are not sufficient: descriptions must be equal as well, except for numbers and the
//! names of their own places. Nothing is merged: each duplicate is still searched and counted.

use super::columns::Columns;
use super::order::Orders;
use crate::board::hash::Fnv;
use crate::board::{Board, Posting, address, similarity};

/// Group of a posting without duplicates.
const ALONE: u32 = u32::MAX;

/// Duplicate groups of a board.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    /// Group of each posting, by index number.
    of: Vec<u32>,
    /// Start of each group's members, and the end of the last.
    starts: Vec<u32>,
    /// Members by group, ascending.
    members: Vec<u32>,
    /// Whether all members of a group are in different places.
    apart: Vec<bool>,
}

impl Duplicates {
    /// Finds duplicates. Single-threaded, since it may take seconds during which searches need the other cores. `None`
    /// if cancelled.
    pub(super) fn find(
        board: &Board,
        columns: &Columns,
        orders: &Orders,
        wanted: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut sets = Sets::new(orders.len());
        for group in same_roles(board, columns, orders, wanted)? {
            sets.join(&group);
        }
        if columns.boards.shown.len() > 1 {
            for group in same_pages(board, orders) {
                sets.join(&group);
            }
        }
        Some(Self::of_sets(sets, columns))
    }

    fn of_sets(mut sets: Sets, columns: &Columns) -> Self {
        let rows = sets.0.len();
        // Only rows that were joined with others; the first of a set is its root.
        let mut rooted: Vec<(u32, u32)> = Vec::new();
        for row in 0..rows as u32 {
            let root = sets.root(row);
            if root != row {
                rooted.extend([(root, root), (root, row)]);
            }
        }
        rooted.sort_unstable();
        rooted.dedup();
        let mut duplicates = Self {
            of: if rooted.is_empty() {
                Vec::new()
            } else {
                vec![ALONE; rows]
            },
            ..Self::default()
        };
        let groups = rooted.chunk_by(|a, b| a.0 == b.0);
        for group in groups {
            duplicates.starts.push(duplicates.members.len() as u32);
            let number = duplicates.apart.len() as u32;
            let mut places: Vec<_> = group
                .iter()
                .map(|&(_, row)| columns.place_list.ids.get(row as usize))
                .collect();
            places.sort_unstable();
            places.dedup();
            duplicates.apart.push(places.len() == group.len());
            for &(_, row) in group {
                duplicates.of[row as usize] = number;
                duplicates.members.push(row);
            }
        }
        duplicates.starts.push(duplicates.members.len() as u32);
        duplicates
    }

    /// Number of groups.
    pub(super) fn len(&self) -> usize {
        self.apart.len()
    }

    /// Number of postings that are grouped with an earlier one.
    pub(super) fn surplus(&self) -> usize {
        self.members.len() - self.len()
    }

    /// Group of a posting, if any.
    pub(super) fn group(&self, row: u32) -> Option<usize> {
        let group = *self.of.get(row as usize)?;
        (group != ALONE).then_some(group as usize)
    }

    /// Members of a group, ascending.
    pub(super) fn members(&self, group: usize) -> &[u32] {
        &self.members[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// Whether all members of a group are in different places.
    pub(super) fn is_apart(&self, group: usize) -> bool {
        self.apart[group]
    }
}

/// Postings with the same title, company, team, employment, level and description.
fn same_roles(
    board: &Board,
    columns: &Columns,
    orders: &Orders,
    wanted: &dyn Fn() -> bool,
) -> Option<Vec<Vec<u32>>> {
    // A hash is a quarter of a role, and few rows share one.
    let mut hashed: Vec<(u32, u32)> = Vec::with_capacity(orders.len());
    let rows = 0..orders.len();
    hashed.extend(rows.filter_map(|row| Some((short(role(columns, row)?), row as u32))));
    hashed.sort_unstable();
    let mut groups = Vec::new();
    for maybe in hashed.chunk_by(|a, b| a.0 == b.0) {
        if maybe.len() == 1 {
            continue;
        }
        let keyed = maybe
            .iter()
            .map(|&(_, row)| (role(columns, row as usize), row));
        let mut keyed: Vec<(Option<u128>, u32)> = keyed.collect();
        keyed.sort_unstable();
        for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
            if alike.len() == 1 {
                continue;
            }
            if !wanted() {
                return None;
            }
            let said = alike.iter().map(|&(_, row)| {
                let posting = board.at(orders.position(row as usize));
                (similarity::description(&posting), row)
            });
            let mut said: Vec<(u64, u32)> = said.collect();
            said.sort_unstable();
            let same = said.chunk_by(|a, b| a.0 == b.0);
            let same = same.filter(|same| same.len() > 1);
            groups.extend(same.map(|same| same.iter().map(|&(_, row)| row).collect()));
        }
    }
    Some(groups)
}

/// A short hash of a role.
fn short(role: u128) -> u32 {
    let mut hash = Fnv::default();
    hash.number(role as u64);
    hash.number((role >> 64) as u64);
    (hash.mixed() >> 32) as u32
}

/// Role key; `None` without a company.
fn role(columns: &Columns, row: usize) -> Option<u128> {
    let title = columns.title.ids.get(row);
    let group = columns.group.ids.get(row);
    columns.group.records[group].company?;
    let kind = &columns.kind.records[columns.kind.ids.get(row)];
    let word = |word: Option<u32>| word.map_or(0, |word| u128::from(word) + 1);
    let text = columns.title.records[title].text;
    let words = u128::from(kind.employment.0) << 8 | word(kind.level);
    Some(u128::from(text) << 64 | (group as u128) << 32 | words)
}

/// Postings of different boards with the same page. A page shared by several postings of one board identifies none of
/// them.
fn same_pages(board: &Board, orders: &Orders) -> Vec<Vec<u32>> {
    let page = |posting: &Posting| posting.url.as_deref().and_then(address::page);
    // The hashes of all pages take a tenth of their texts.
    let mut hashed: Vec<(u64, u32)> = Vec::new();
    for (row, posting) in orders.postings(board).enumerate() {
        if let Some(page) = page(&posting) {
            let mut hash = Fnv::default();
            page.bytes().for_each(|byte| hash.number(byte.into()));
            hashed.push((hash.mixed(), row as u32));
        }
    }
    hashed.sort_unstable();
    let mut groups = Vec::new();
    let maybe = hashed.chunk_by(|a, b| a.0 == b.0);
    for maybe in maybe.filter(|maybe| maybe.len() > 1) {
        let postings = maybe.iter().map(|&(_, row)| {
            let posting = board.at(orders.position(row as usize));
            (page(&posting), posting.board.clone(), row)
        });
        let mut postings: Vec<_> = postings.collect();
        postings.sort();
        let same = postings.chunk_by(|a, b| a.0 == b.0);
        let same = same
            .filter(|same| same.len() > 1 && same.windows(2).all(|pair| pair[0].1 != pair[1].1));
        groups.extend(same.map(|same| same.iter().map(|(.., row)| *row).collect()));
    }
    groups
}

/// Disjoint sets of rows, each identified by its smallest row.
struct Sets(Vec<u32>);

impl Sets {
    fn new(rows: usize) -> Self {
        Self((0..rows as u32).collect())
    }

    fn root(&mut self, row: u32) -> u32 {
        let mut at = row;
        while self.0[at as usize] != at {
            let above = self.0[at as usize];
            self.0[at as usize] = self.0[above as usize];
            at = above;
        }
        at
    }

    fn join(&mut self, rows: &[u32]) {
        for pair in rows.windows(2) {
            let (a, b) = (self.root(pair[0]), self.root(pair[1]));
            self.0[a.max(b) as usize] = a.min(b);
        }
    }
}
