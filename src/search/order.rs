//! Orders: which of two postings stands first, decided once for the whole board, so that searching compares numbers.
//!
//! Inside the index postings are numbered in the order that decides ties: newest first, those without a day last; then
//! by title, then by id. So of two postings of one rank the lower number stands first.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Row;
use super::test::amount;
use crate::board::fold::fold;
use crate::board::{Board, Date, Period, Posting};
use crate::query::{Sort, SortKey};

/// The orders of a board.
#[derive(Debug)]
pub(super) struct Orders {
    /// For each posting, as the index numbers them, its position on the board.
    positions: Vec<u32>,
    /// For each position its number.
    numbers: Vec<u32>,
    sorted: [OnceLock<Order>; 2 * SortKey::NAMES.len()],
}

/// An order that was asked for.
#[derive(Debug)]
pub(super) struct Order {
    /// The postings, in order.
    numbers: Vec<u32>,
    /// For each posting its place in the order.
    places: Vec<u32>,
}

impl Orders {
    /// Orders a board.
    pub(super) fn new(board: &Board) -> Self {
        let titles = title_places(board);
        let mut positions: Vec<u32> = (0..board.len() as u32).collect();
        positions.par_sort_unstable_by(|&a, &b| {
            let (a, b) = (a as usize, b as usize);
            let (first, second) = (board.at(a), board.at(b));
            absent_last(first.posted, second.posted, true)
                .then_with(|| titles[a].cmp(&titles[b]))
                .then_with(|| first.id.cmp(&second.id))
        });
        Self {
            numbers: inverse(&positions),
            positions,
            sorted: [const { OnceLock::new() }; 2 * SortKey::NAMES.len()],
        }
    }

    /// How many postings there are.
    pub(super) fn len(&self) -> usize {
        self.positions.len()
    }

    /// The postings of a board as the index numbers them.
    pub(super) fn postings<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = Cow<'a, Posting>> {
        let positions = self.positions.iter();
        positions.map(|&position| board.at(position as usize))
    }

    /// Where on the board the posting with a number stands.
    pub(super) fn position(&self, number: usize) -> usize {
        self.positions[number] as usize
    }

    /// The row of the posting with a number.
    pub(super) fn row(&self, number: u32) -> Row {
        Row(self.positions[number as usize])
    }

    /// The number of the posting of a row, if there is such a row.
    pub(super) fn number(&self, row: Row) -> Option<u32> {
        self.numbers.get(row.0 as usize).copied()
    }

    /// The order that was asked for.
    pub(super) fn sorted(&self, board: &Board, sort: Sort) -> &Order {
        let at = 2 * sort.key as usize + usize::from(sort.reverse);
        self.sorted[at].get_or_init(|| {
            let keys = self.postings(board).map(|posting| key(&posting, sort.key));
            let keys: Vec<Key> = keys.collect();
            let reverse = sort.reverse != (sort.key == SortKey::Posted);
            let mut numbers: Vec<u32> = (0..keys.len() as u32).collect();
            // Stable, so that ties stay as they are.
            numbers.par_sort_by(|&a, &b| {
                let (a, b) = (&keys[a as usize], &keys[b as usize]);
                absent_last(a.as_ref(), b.as_ref(), reverse)
            });
            Order {
                places: inverse(&numbers),
                numbers,
            }
        })
    }
}

impl Order {
    /// Where a posting stands.
    pub(super) fn place(&self, number: u32) -> u32 {
        self.places[number as usize]
    }

    /// The posting at a place.
    pub(super) fn number(&self, place: u32) -> u32 {
        self.numbers[place as usize]
    }
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, &at) in order.iter().enumerate() {
        places[at as usize] = place as u32;
    }
    places
}

/// For each posting the place of its title in the alphabet.
fn title_places(board: &Board) -> Vec<u32> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let titles = board.postings().map(|posting| {
        let next = numbers.len() as u32;
        *numbers.entry(posting.title.clone()).or_insert(next)
    });
    let titles: Vec<u32> = titles.collect();
    let numbered = numbers.into_par_iter();
    let mut folded: Vec<(String, u32)> = numbered
        .map(|(title, number)| (fold(&title), number))
        .collect();
    folded.par_sort_unstable();
    let mut places = vec![0; folded.len()];
    let mut place = 0;
    for (at, (title, number)) in folded.iter().enumerate() {
        // Titles that fold to one share their place.
        place += u32::from(at > 0 && folded[at - 1].0 != *title);
        places[*number as usize] = place;
    }
    let places = titles.iter().map(|&title| places[title as usize]);
    places.collect()
}

/// What postings are compared by; `None` is last both ways.
type Key = Option<SortValue>;

#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum SortValue {
    Day(Date),
    Text(String),
    /// Currency by currency, and in each of them period by period.
    Pay(&'static str, Period, f64),
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
