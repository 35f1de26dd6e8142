//! Groups by a value: levels, workplaces, companies, cities.

use std::cmp::Reverse;

use super::{Bar, Dot, FEWEST, Filter};
use crate::query::Field;
use crate::search::{CityCount, Count};

/// The most groups of one field.
const MOST: usize = 30;

/// The groups in the order of the closed list.
pub(super) fn in_order(field: Field, counts: &[Count]) -> Vec<Bar> {
    let large = counts.iter().filter(|count| count.count >= FEWEST);
    large
        .map(|count| bar(field, &count.value, count.count))
        .collect()
}

/// The largest groups.
pub(super) fn most(field: Field, counts: &[Count]) -> Vec<Bar> {
    let mut bars = in_order(field, counts);
    bars.sort_by(|one, other| {
        (Reverse(one.count), &one.label).cmp(&(Reverse(other.count), &other.label))
    });
    bars.truncate(MOST);
    bars
}

/// The cities with the most postings.
pub(super) fn cities(counts: &[CityCount]) -> Vec<Bar> {
    let counts = counts.iter().map(|city| Count {
        value: city.value.clone(),
        count: city.count,
    });
    most(Field::City, &counts.collect::<Vec<_>>())
}

/// The cities with a known position, the largest last, so that they are drawn over the others.
pub(super) fn map(counts: &[CityCount]) -> Vec<Dot> {
    let large = counts.iter().filter(|city| city.count >= FEWEST);
    let dots = large.filter_map(|city| {
        Some(Dot {
            label: city.value.clone(),
            coordinates: city.coordinates?,
            count: city.count,
        })
    });
    let mut dots: Vec<Dot> = dots.collect();
    dots.sort_by(|one, other| (one.count, &one.label).cmp(&(other.count, &other.label)));
    dots
}

fn bar(field: Field, value: &str, count: u32) -> Bar {
    Bar {
        label: value.to_owned(),
        count,
        filter: Filter::Value(field, value.to_owned()),
    }
}
