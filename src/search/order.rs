//! Orders: which of two postings stands first, decided once for the whole board, so that searching compares numbers.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

use super::Row;
use super::test::amount;
use crate::board::fold::fold;
use crate::board::{Board, Posting};
use crate::query::{Sort, SortKey};

/// All rows in one order.
#[derive(Debug)]
pub(super) struct Order {
    /// For each place its row.
    rows: Vec<u32>,
    /// For each row its place.
    places: Vec<u32>,
}

impl Order {
    fn new(rows: Vec<u32>) -> Self {
        let mut places = vec![0; rows.len()];
        for (place, &row) in rows.iter().enumerate() {
            places[row as usize] = place as u32;
        }
        Self { rows, places }
    }

    /// Where a row stands.
    pub(super) fn place(&self, row: usize) -> u32 {
        self.places[row]
    }

    /// The row at a place.
    pub(super) fn row(&self, place: u32) -> Row {
        Row(self.rows[place as usize])
    }
}

/// The orders of a board.
#[derive(Debug)]
pub(super) struct Orders {
    /// Newest first, those without a day last; then by title, then by id.
    ties: Order,
    sorted: [OnceLock<Order>; 2 * SortKey::NAMES.len()],
}

impl Orders {
    /// Orders a board.
    pub(super) fn new(board: &Board) -> Self {
        let postings = board.postings();
        let titles: Vec<String> = postings
            .iter()
            .map(|posting| fold(&posting.title))
            .collect();
        let mut rows: Vec<u32> = (0..postings.len() as u32).collect();
        rows.sort_unstable_by(|&a, &b| {
            let (a, b) = (a as usize, b as usize);
            let (first, second) = (&postings[a], &postings[b]);
            absent_last(first.posted, second.posted, true)
                .then_with(|| titles[a].cmp(&titles[b]))
                .then_with(|| first.id.cmp(&second.id))
        });
        Self {
            ties: Order::new(rows),
            sorted: [const { OnceLock::new() }; 2 * SortKey::NAMES.len()],
        }
    }

    /// What decides between postings of one rank.
    pub(super) fn ties(&self) -> &Order {
        &self.ties
    }

    /// The order that was asked for.
    pub(super) fn sorted(&self, board: &Board, sort: Sort) -> &Order {
        let at = 2 * sort.key as usize + usize::from(sort.reverse);
        self.sorted[at].get_or_init(|| {
            let mut rows = self.ties.rows.clone();
            let keys: Vec<Key> = board.postings().iter().map(|p| key(p, sort.key)).collect();
            let reverse = sort.reverse != (sort.key == SortKey::Posted);
            // Stable, so that ties stay as they are.
            rows.sort_by(|&a, &b| {
                let (a, b) = (&keys[a as usize], &keys[b as usize]);
                absent_last(a.as_ref(), b.as_ref(), reverse)
            });
            Order::new(rows)
        })
    }
}

/// What postings are compared by; `None` is last both ways.
type Key = Option<SortValue>;

#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum SortValue {
    Day(jiff::civil::Date),
    Text(String),
    /// Currency by currency, and in each of them period by period.
    Pay(&'static str, crate::board::Period, f64),
}

fn key(posting: &Posting, key: SortKey) -> Key {
    match key {
        SortKey::Posted => posting.posted.map(SortValue::Day),
        SortKey::Closes => posting.closes.map(SortValue::Day),
        SortKey::Title => Some(SortValue::Text(fold(&posting.title))),
        SortKey::Company => posting.company.as_deref().map(fold).map(SortValue::Text),
        SortKey::Salary => posting.salary.iter().find_map(|range| {
            let amount = amount(range)?;
            Some(SortValue::Pay(range.currency.code(), range.per, amount))
        }),
    }
}

fn absent_last<T: PartialOrd>(a: Option<T>, b: Option<T>, reverse: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => {
            let order = a.partial_cmp(&b).unwrap_or(Ordering::Equal);
            if reverse { order.reverse() } else { order }
        }
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The least of the keys it is shown, so many of them.
#[derive(Debug)]
pub(super) struct Least {
    limit: usize,
    kept: BinaryHeap<u64>,
}

impl Least {
    /// Keeps this many.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: BinaryHeap::new(),
        }
    }

    /// Shows a key.
    pub(super) fn push(&mut self, key: u64) {
        if self.kept.len() < self.limit {
            self.kept.push(key);
        } else if let Some(mut greatest) = self.kept.peek_mut()
            && key < *greatest
        {
            *greatest = key;
        }
    }

    /// Those kept, least first.
    pub(super) fn finish(self) -> Vec<u64> {
        self.kept.into_sorted_vec()
    }
}
