//! Postings that say the same: one role of one company in many places, or one page on several boards. Found once for a
//! board, so that a list shows one row for all of them.
//!
//! Title, company and team alone make nothing the same; the descriptions have to be, numbers and the names of each
//! one's own places left aside. Nothing is merged: each stays a posting, is found and counted.

use std::collections::HashMap;

use super::columns::Columns;
use super::order::Orders;
use crate::board::{Board, address, likeness};

/// The group of a posting that says what no other says.
const ALONE: u32 = u32::MAX;

/// The groups of a board.
#[derive(Debug, Default)]
pub(super) struct Folds {
    /// For each posting, as the index numbers them, its group.
    of: Vec<u32>,
    /// Where the members of each group begin, and where the last ones end.
    starts: Vec<u32>,
    /// The members, group by group, in ascending order.
    members: Vec<u32>,
    /// Whether no two of a group are in the same places.
    apart: Vec<bool>,
}

impl Folds {
    /// Finds what says the same. On one core, since it may take seconds, in which others are to be searched on.
    /// `None` where nobody wants it any longer.
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
        let rows = 0..sets.0.len() as u32;
        let roots = rows.map(|row| (sets.root(row), row));
        let mut rooted: Vec<(u32, u32)> = roots.collect();
        rooted.sort_unstable();
        let mut folds = Self {
            of: vec![ALONE; rooted.len()],
            ..Self::default()
        };
        let groups = rooted.chunk_by(|a, b| a.0 == b.0);
        for group in groups.filter(|group| group.len() > 1) {
            folds.starts.push(folds.members.len() as u32);
            let number = folds.apart.len() as u32;
            let mut places: Vec<_> = group
                .iter()
                .map(|&(_, row)| columns.place_list.ids.get(row as usize))
                .collect();
            places.sort_unstable();
            places.dedup();
            folds.apart.push(places.len() == group.len());
            for &(_, row) in group {
                folds.of[row as usize] = number;
                folds.members.push(row);
            }
        }
        folds.starts.push(folds.members.len() as u32);
        if folds.members.is_empty() {
            folds.of = Vec::new();
        }
        folds
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.apart.len()
    }

    /// The group of a posting, if it has one.
    pub(super) fn group(&self, row: u32) -> Option<usize> {
        let group = *self.of.get(row as usize)?;
        (group != ALONE).then_some(group as usize)
    }

    /// The postings of a group, in ascending order.
    pub(super) fn members(&self, group: usize) -> &[u32] {
        &self.members[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// Whether no two of a group are in the same places.
    pub(super) fn is_apart(&self, group: usize) -> bool {
        self.apart[group]
    }
}

/// Postings with one title, company, team, employment and level, and with one description.
fn same_roles(
    board: &Board,
    columns: &Columns,
    orders: &Orders,
    wanted: &dyn Fn() -> bool,
) -> Option<Vec<Vec<u32>>> {
    let rows = 0..orders.len();
    let mut keyed: Vec<(u128, u32)> = rows
        .filter_map(|row| Some((role(columns, row)?, row as u32)))
        .collect();
    keyed.sort_unstable();
    let mut groups = Vec::new();
    for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
        if alike.len() == 1 {
            continue;
        }
        if !wanted() {
            return None;
        }
        let said = alike.iter().map(|&(_, row)| {
            let posting = board.at(orders.position(row as usize));
            (likeness::description(&posting), row)
        });
        let mut said: Vec<(u64, u32)> = said.collect();
        said.sort_unstable();
        let same = said.chunk_by(|a, b| a.0 == b.0);
        let same = same.filter(|same| same.len() > 1);
        groups.extend(same.map(|same| same.iter().map(|&(_, row)| row).collect()));
    }
    Some(groups)
}

/// What role a posting is of, as one number; `None` where nobody is said to hire.
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

/// Postings of several boards that lead to one page. A page that several postings of one board lead to is of none of them.
fn same_pages(board: &Board, orders: &Orders) -> Vec<Vec<u32>> {
    let mut pages: HashMap<String, Vec<(String, u32)>> = HashMap::new();
    for (row, posting) in orders.postings(board).enumerate() {
        if let Some(page) = posting.url.as_deref().and_then(address::page) {
            let of = pages.entry(page).or_default();
            of.push((posting.board.clone(), row as u32));
        }
    }
    let groups = pages.into_values().filter_map(|mut postings| {
        postings.sort();
        let own = postings.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let rows = postings.iter().map(|(_, row)| *row);
        (own && postings.len() > 1).then(|| rows.collect())
    });
    groups.collect()
}

/// Sets of rows that are joined, each known by its least row.
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
