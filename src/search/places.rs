//! The places of a board: what each is called, and the countries, regions and cities of each list.

use std::collections::HashMap;

use super::columns::distinct;
use super::texts::{Values, ValuesBuilder};
use crate::board::Location;
use crate::board::fold::fold;
use crate::board::location::country_name;

/// One place, as numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// Among the names: as its source wrote it.
    pub(super) written: u32,
    /// Among the names: those of its country, region and city that its source did not write.
    pub(super) unwritten: Box<[u32]>,
    /// Among the countries.
    pub(super) country: Option<u32>,
    /// Among the regions.
    pub(super) region: Option<u32>,
    /// Among the cities.
    pub(super) city: Option<u32>,
}

/// The places of one posting.
#[derive(Debug)]
pub(super) struct PlaceList {
    /// Among the places.
    pub(super) places: Box<[u32]>,
    /// The distinct countries.
    pub(super) countries: Box<[u32]>,
    /// The distinct regions.
    pub(super) regions: Box<[u32]>,
    /// The distinct cities.
    pub(super) cities: Box<[u32]>,
}

/// Every place of a board.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// What places are called.
    pub(super) names: Values,
    /// Country codes.
    pub(super) countries: Values,
    /// For each country its folded name.
    pub(super) country_names: Vec<String>,
    /// Regions.
    pub(super) regions: Values,
    /// Cities.
    pub(super) cities: Values,
    /// The distinct places.
    pub(super) all: Vec<Place>,
}

/// Numbers places while an index is built.
#[derive(Debug, Default)]
pub(super) struct PlacesBuilder {
    names: ValuesBuilder,
    countries: ValuesBuilder,
    regions: ValuesBuilder,
    cities: ValuesBuilder,
    all: Vec<Place>,
    by_place: HashMap<Place, u32>,
}

impl PlacesBuilder {
    /// The number of a place.
    pub(super) fn number(&mut self, location: &Location) -> u32 {
        let unwritten = unwritten_names(location);
        let number = |values: &mut ValuesBuilder, value: &Option<String>| {
            value.as_deref().map(|value| values.number(value))
        };
        let place = Place {
            written: self.names.number(&location.written),
            unwritten: unwritten.map(|name| self.names.number(name)).collect(),
            country: number(&mut self.countries, &location.country),
            region: number(&mut self.regions, &location.region),
            city: number(&mut self.cities, &location.city),
        };
        let all = &mut self.all;
        *self.by_place.entry(place).or_insert_with_key(|place| {
            all.push(place.clone());
            all.len() as u32 - 1
        })
    }

    /// The places of a posting as a list.
    pub(super) fn list(&self, places: &[u32]) -> PlaceList {
        let of = |part: fn(&Place) -> Option<u32>| {
            let places = places.iter().map(|&place| &self.all[place as usize]);
            distinct(places.filter_map(part).collect())
        };
        PlaceList {
            places: places.into(),
            countries: of(|place| place.country),
            regions: of(|place| place.region),
            cities: of(|place| place.city),
        }
    }

    /// The places, all there.
    pub(super) fn finish(self) -> Places {
        let countries = self.countries.finish();
        let names = countries.shown.iter().map(|code| {
            let name = country_name(code).map(fold);
            name.unwrap_or_default()
        });
        Places {
            country_names: names.collect(),
            names: self.names.finish(),
            countries,
            regions: self.regions.finish(),
            cities: self.cities.finish(),
            all: self.all,
        }
    }
}

/// The names of a place's country, region and city that do not stand in what its source wrote.
pub(super) fn unwritten_names(location: &Location) -> impl Iterator<Item = &str> {
    let written = fold(&location.written);
    let country = location.country.as_deref();
    let names = [
        country.and_then(country_name),
        location.region.as_deref(),
        location.city.as_deref(),
    ];
    names
        .into_iter()
        .flatten()
        .filter(move |name| !written.contains(&fold(name)))
}
