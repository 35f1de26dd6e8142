//! Oracle for `near:` and `from:`, place by place.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Truth;
use crate::board::location::Coordinates;
use crate::board::{Location, Posting, Workplace};
use crate::places::{Area, Surroundings};
use crate::query::{Field, FromTest, NearTest};
use crate::search::Reason;
use crate::search::place_names::region_shown;

const FAR: Truth = Truth::Unjudged(Field::Near, Reason::Absent);
const ANYWHERE: Truth = Truth::Unjudged(Field::From, Reason::Absent);

/// Distance to the nearest known place.
pub(super) fn nearest(posting: &Posting, point: Coordinates) -> Option<f64> {
    let places = posting.locations.iter();
    let distances = places.filter_map(|place| Some(place.coordinates?.distance(point)));
    distances.min_by(f64::total_cmp)
}

pub(super) fn near(test: &NearTest, posting: &Posting) -> Truth {
    let Some(point) = test.at else { return FAR };
    let kilometres = test.within.kilometres();
    let places = posting.locations.iter().map(|place| {
        if let Some(at) = place.coordinates {
            return Truth::from_bool(at.distance(point) <= kilometres);
        }
        if may_be_near(place, point, kilometres) {
            FAR
        } else {
            Truth::No
        }
    });
    places.reduce(Truth::or).unwrap_or(FAR)
}

fn may_be_near(place: &Location, point: Coordinates, kilometres: f64) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<(u32, u64), Surroundings>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let key = (point.to_bits(), kilometres.to_bits());
        let around = known.entry(key);
        let around = around.or_insert_with(|| Surroundings::new(point, kilometres));
        around.may_hold(place.country.as_deref(), region_shown(place))
    })
}

pub(super) fn from(test: &FromTest, posting: &Posting) -> Truth {
    let is_wanted = |area: &str| {
        let holds = |code: &&str| {
            *code == area || Area::named(area).is_some_and(|area| area.contains(code))
        };
        test.countries.iter().any(holds)
    };
    let is_remote = |place: &Location| {
        place.workplace == Some(Workplace::Remote) || !place.remote_from.is_empty()
    };
    let places = posting.locations.iter().map(|place| match &place.country {
        Some(country) => Truth::from_bool(is_wanted(country)),
        None if is_remote(place) => Truth::No,
        None => ANYWHERE,
    });
    let places = places.fold(Truth::No, Truth::or);
    let mut areas: Vec<&str> = posting.remote_from.iter().map(String::as_str).collect();
    if areas.is_empty() {
        let located = posting
            .locations
            .iter()
            .flat_map(|place| &place.remote_from);
        areas.extend(located.map(String::as_str));
    }
    let remote =
        posting.workplace == Some(Workplace::Remote) || posting.locations.iter().any(is_remote);
    if areas.is_empty() && remote {
        for place in &posting.locations {
            let is_whole = place.region.is_none() && place.city.is_none();
            areas.extend(place.country.as_deref().filter(|_| is_whole));
            if place.country.is_none() {
                areas.extend(Area::named(&place.written).map(Area::word));
            }
        }
    }
    let unknown = areas.is_empty() && (remote || posting.locations.is_empty());
    places.or(if unknown {
        ANYWHERE
    } else {
        Truth::from_bool(areas.into_iter().any(is_wanted))
    })
}
