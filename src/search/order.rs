//! Sort orders of postings, computed once for the whole board, so that searching only compares numbers.
//!
//! Inside the index postings are numbered in tie-breaking order: pinned postings first, then by date, newest first,
//! undated last; then by title, then by id. Of two postings with the same rank the lower number is listed first.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::Row;
use super::batches::in_batches;
use super::column::Ids;
use super::columns::Columns;
use super::flat::{Array, Arrays};
use super::predicates::amount;
use crate::board::fold::fold;
use crate::board::location::Coordinates;
use crate::board::{Board, Date, Period, Posting};
use crate::facts::Pay;
use crate::query::{Sort, SortKey};

/// Orders of a board.
#[derive(Debug)]
pub(super) struct Orders {
    /// Whether the postings are elsewhere and numbered in order, so that positions and numbers are the same.
    is_remote: bool,
    /// Board position of each index number.
    positions: Vec<u32>,
    /// Index number of each board position.
    numbers: Vec<u32>,
    sorted: [OnceLock<Arc<Order>>; 2 * SortKey::NAMES.len()],
    /// The latest order by distance to a point.
    by_distance: Mutex<Option<(Sort, Coordinates, Arc<Order>)>>,
}

/// A requested order.
#[derive(Debug)]
pub(super) struct Order {
    /// Index numbers in order.
    numbers: Vec<u32>,
    /// Place of each index number in the order.
    places: Vec<u32>,
}

impl Orders {
    /// Computes the tie order of a board.
    pub(super) fn new(board: &Board) -> Self {
        let mut titles = TitleNumbers::default();
        let mut days: Vec<u32> = Vec::with_capacity(board.len());
        let read = |at: usize| {
            let posting = board.at(at);
            let newest_first = !day(&posting).map_or(0, day_number) & !UNPINNED;
            let pinned_first = if posting.pinned { 0 } else { UNPINNED };
            let title = match posting {
                Cow::Borrowed(posting) => Cow::Borrowed(posting.title.as_str()),
                Cow::Owned(posting) => Cow::Owned(posting.title),
            };
            (pinned_first | newest_first, title)
        };
        in_batches(board.len(), read, |batch| {
            for (day, title) in batch {
                days.push(day);
                titles.push(title);
            }
        });
        let keys = days.into_iter().zip(titles.places()).zip(0..);
        let keys = keys.map(|((day, title), at)| (u64::from(day) << 32 | u64::from(title), at));
        let mut keyed: Vec<(u64, u32)> = keys.collect();
        keyed.par_sort_unstable();
        let same = keyed.par_chunk_by_mut(|a, b| a.0 == b.0);
        // Without dates, thousands of postings share a title; each is decoded once.
        same.filter(|same| same.len() > 1).for_each(|same| {
            same.sort_by_cached_key(|(_, at)| match board.at(*at as usize) {
                Cow::Borrowed(posting) => Cow::Borrowed(posting.id.as_str()),
                Cow::Owned(posting) => Cow::Owned(posting.id),
            });
        });
        let positions: Vec<u32> = keyed.into_iter().map(|(_, at)| at).collect();
        Self {
            is_remote: false,
            numbers: inverse(&positions),
            positions,
            sorted: [const { OnceLock::new() }; 2 * SortKey::NAMES.len()],
            by_distance: Mutex::default(),
        }
    }

    /// The order of postings that are elsewhere, numbered in order.
    pub(super) fn of_remote() -> Self {
        Self {
            is_remote: true,
            positions: Vec::new(),
            numbers: Vec::new(),
            sorted: [const { OnceLock::new() }; 2 * SortKey::NAMES.len()],
            by_distance: Mutex::default(),
        }
    }

    /// Number of postings.
    pub(super) fn len(&self) -> usize {
        self.positions.len()
    }

    /// Postings by index number.
    pub(super) fn postings<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = Cow<'a, Posting>> {
        let positions = self.positions.iter();
        positions.map(|&position| board.at(position as usize))
    }

    /// Board position of an index number.
    pub(super) fn position(&self, number: usize) -> usize {
        self.positions[number] as usize
    }

    /// Row of an index number.
    pub(super) fn row(&self, number: u32) -> Row {
        if self.is_remote {
            return Row(number);
        }
        Row(self.positions[number as usize])
    }

    /// Index number of a row, if it exists.
    pub(super) fn number(&self, row: Row) -> Option<u32> {
        if self.is_remote {
            return Some(row.0);
        }
        self.numbers.get(row.0 as usize).copied()
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        out.push(Array::Words((&self.positions).into()));
        out.push(Array::Words((&self.numbers).into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let (positions, numbers) = (arrays.words()?, arrays.words()?);
        let whole = positions.len() == numbers.len();
        whole.then_some(Self {
            is_remote: false,
            positions,
            numbers,
            sorted: [const { OnceLock::new() }; 2 * SortKey::NAMES.len()],
            by_distance: Mutex::default(),
        })
    }

    /// The requested order.
    pub(super) fn sorted(
        &self,
        columns: &Columns,
        sort: Sort,
        near: Option<Coordinates>,
    ) -> Arc<Order> {
        if let (SortKey::Near, Some(point)) = (sort.key, near) {
            let mut known = self
                .by_distance
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some((_, _, order)) = known
                .as_ref()
                .filter(|known| (known.0, known.1) == (sort, point))
            {
                return Arc::clone(order);
            }
            let order = Arc::new(Order::new(&distances(columns, point, self.len()), sort));
            *known = Some((sort, point, Arc::clone(&order)));
            return order;
        }
        let at = 2 * sort.key as usize + usize::from(sort.reverse);
        let order = self.sorted[at].get_or_init(|| {
            let keys = keys(columns, sort.key, self.len());
            Arc::new(Order::new(&keys, sort))
        });
        Arc::clone(order)
    }
}

impl Order {
    /// Orders postings by keys.
    fn new(keys: &[Option<u32>], sort: Sort) -> Self {
        let reverse = sort.reverse != (sort.key == SortKey::Posted);
        let mut numbers: Vec<u32> = (0..keys.len() as u32).collect();
        // Stable, so that ties keep their order.
        numbers.par_sort_by(|&a, &b| absent_last(keys[a as usize], keys[b as usize], reverse));
        Self {
            places: inverse(&numbers),
            numbers,
        }
    }

    /// Place of an index number.
    pub(super) fn place(&self, number: u32) -> u32 {
        self.places[number as usize]
    }

    /// Index number at a place.
    pub(super) fn number(&self, place: u32) -> u32 {
        self.numbers[place as usize]
    }
}

/// Bit of an order key that is set unless the posting is pinned; day numbers never reach it.
const UNPINNED: u32 = 1 << 31;

/// Day that a posting is ordered by. One without a date is as old as its import.
fn day(posting: &Posting) -> Option<Date> {
    let first_seen = || posting.source.as_ref()?.first_seen;
    posting.posted.or_else(first_seen)
}

/// A date as a positive number, in order.
fn day_number(day: Date) -> u32 {
    const FIRST: i16 = -9999;
    let year = u32::from(day.year().abs_diff(FIRST)) + 1;
    let (month, day) = (day.month().cast_unsigned(), day.day().cast_unsigned());
    year << 16 | u32::from(month) << 8 | u32::from(day)
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, &at) in order.iter().enumerate() {
        places[at as usize] = place as u32;
    }
    places
}

/// Numbers the distinct titles of a board.
#[derive(Default)]
struct TitleNumbers<'b> {
    numbers: HashMap<Cow<'b, str>, u32, foldhash::fast::RandomState>,
    /// Number of each posting's title.
    titles: Vec<u32>,
}

impl<'b> TitleNumbers<'b> {
    fn push(&mut self, title: Cow<'b, str>) {
        let next = self.numbers.len() as u32;
        self.titles.push(*self.numbers.entry(title).or_insert(next));
    }

    /// Alphabetical place of each posting's title.
    fn places(self) -> Vec<u32> {
        let numbered = self.numbers.into_par_iter();
        let mut folded: Vec<(String, u32)> = numbered
            .map(|(title, number)| (fold(&title), number))
            .collect();
        folded.par_sort_unstable();
        let mut places = vec![0; folded.len()];
        let mut place = 0;
        for (at, (title, number)) in folded.iter().enumerate() {
            // Titles that fold to the same text share their place.
            place += u32::from(at > 0 && folded[at - 1].0 != *title);
            places[*number as usize] = place;
        }
        let mut titles = self.titles;
        for title in &mut titles {
            *title = places[*title as usize];
        }
        titles
    }
}

/// Sort key of each posting; `None` is last in both directions.
pub(super) fn keys(columns: &Columns, key: SortKey, rows: usize) -> Vec<Option<u32>> {
    let by = |ids: &Ids, places: &[Option<u32>]| {
        let keys = (0..rows).map(|row| places[ids.get(row)]);
        keys.collect()
    };
    match key {
        SortKey::Posted => by(&columns.posted.ids, &places(&columns.posted.records)),
        SortKey::Closes => by(&columns.closes.ids, &places(&columns.closes.records)),
        SortKey::Title => titles(columns, rows),
        SortKey::Company => {
            let groups = columns.group.records.iter();
            let companies = groups.map(|group| {
                let company = group.company?;
                Some(columns.companies.alphabetical[company as usize])
            });
            by(&columns.group.ids, &companies.collect::<Vec<_>>())
        }
        SortKey::Salary => {
            let pays = columns.salary.records.iter().map(pay);
            by(&columns.salary.ids, &places(&pays.collect::<Vec<_>>()))
        }
        // No known place.
        SortKey::Near => vec![None; rows],
    }
}

/// Rank of each posting by the distance of its nearest place to a point.
fn distances(columns: &Columns, point: Coordinates, rows: usize) -> Vec<Option<u32>> {
    let ranks = list_distances(columns, point);
    let ids = &columns.place_list.ids;
    (0..rows).map(|row| ranks[ids.get(row)]).collect()
}

/// Rank of each list of places by the distance of its nearest place to a point.
pub(super) fn list_distances(columns: &Columns, point: Coordinates) -> Vec<Option<u32>> {
    let all = columns.places.all.iter();
    let all: Vec<Option<f64>> = all
        .map(|place| Some(place.coordinates?.distance(point)))
        .collect();
    let nearest = columns.place_list.records.places.iter().map(|list| {
        let distances = list.iter().filter_map(|&place| all[place as usize]);
        distances.min_by(f64::total_cmp)
    });
    places(&nearest.collect::<Vec<_>>())
}

/// Alphabetical place of each title, including requisition numbers.
fn titles(columns: &Columns, rows: usize) -> Vec<Option<u32>> {
    let (title, numbered) = (&columns.title, &columns.numbered);
    let plain = title.records.iter();
    let plain = plain.map(|title| Some(columns.titles.get(title.text as usize)));
    let with = (0..numbered.records.len()).map(|at| Some(numbered.records.get(at)?.whole));
    let places = places(&plain.chain(with).collect::<Vec<_>>());
    let (plain, with) = places.split_at(title.records.len());
    let keys = (0..rows).map(|row| with[numbered.ids.get(row)].or(plain[title.ids.get(row)]));
    keys.collect()
}

/// Pay sorted by currency, then period, then amount.
fn pay(ranges: &[Pay]) -> Option<(&'static str, Period, f64)> {
    ranges.iter().find_map(|range| {
        let amount = amount(range)?;
        Some((range.currency.code(), range.per, amount))
    })
}

/// Rank of each value; equal values share it.
fn places<T: PartialOrd + Send + Sync>(values: &[Option<T>]) -> Vec<Option<u32>> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    let value = |at: u32| values[at as usize].as_ref();
    order.par_sort_unstable_by(|&a, &b| absent_last(value(a), value(b), false));
    let mut places = vec![None; values.len()];
    let mut place = 0;
    for (at, &number) in order.iter().enumerate() {
        place += u32::from(at > 0 && value(order[at - 1]) != value(number));
        places[number as usize] = value(number).map(|_| place);
    }
    places
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
