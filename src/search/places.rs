//! Locations of a board: names, and the countries, regions and cities of each list.

use std::collections::HashMap;

use super::column::distinct;
use super::flat::{Array, Arrays, Lists, absent, number};
use super::place_names::{region_shown, unwritten_names};
use super::texts::{Texts, Values, ValuesBuilder};
use crate::board::fold::fold;
use crate::board::location::Coordinates;
use crate::board::{Location, Workplace};
use crate::places::{city_label, country_name};

/// A location, as indexes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PlaceParts {
    /// Index of the name as written.
    pub(super) written: u32,
    /// Indexes of the names of its country, region and city that are not in the written name.
    pub(super) unwritten: Box<[u32]>,
    /// Index of the country.
    pub(super) country: Option<u32>,
    /// Index of the region.
    pub(super) region: Option<u32>,
    /// Index of the city.
    pub(super) city: Option<u32>,
    /// Where the city is.
    pub(super) coordinates: Option<Coordinates>,
    /// Whether it says that the work is remote, or where it may be done from.
    pub(super) is_remote: bool,
}

/// Lists of locations.
#[derive(Debug, Default)]
pub(super) struct PlaceLists {
    /// Indexes of the locations.
    pub(super) places: Lists,
    /// Distinct countries.
    pub(super) countries: Lists,
    /// Distinct regions.
    pub(super) regions: Lists,
    /// Distinct cities.
    pub(super) cities: Lists,
}

impl PlaceLists {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        for lists in [&self.places, &self.countries, &self.regions, &self.cities] {
            lists.encode(out);
        }
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        Some(Self {
            places: Lists::decode(arrays)?,
            countries: Lists::decode(arrays)?,
            regions: Lists::decode(arrays)?,
            cities: Lists::decode(arrays)?,
        })
    }
}

/// All locations of a board.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Names.
    pub(super) names: Texts,
    /// Country codes.
    pub(super) countries: Values,
    /// Folded name of each country.
    pub(super) country_names: Vec<String>,
    /// Regions.
    pub(super) regions: Values,
    /// Cities.
    pub(super) cities: Values,
    /// Distinct locations.
    pub(super) all: Vec<PlaceParts>,
}

/// Builder that numbers the locations.
#[derive(Debug, Default)]
pub(super) struct PlacesBuilder {
    names: ValuesBuilder,
    countries: ValuesBuilder,
    regions: ValuesBuilder,
    cities: ValuesBuilder,
    all: Vec<PlaceParts>,
    by_place: HashMap<PlaceParts, u32, foldhash::fast::RandomState>,
    /// Locations seen before: looking them up is faster than breaking them down.
    seen: HashMap<Box<str>, Vec<(Location, u32)>, foldhash::fast::RandomState>,
}

impl PlacesBuilder {
    /// Number of a location.
    pub(super) fn number(&mut self, location: &Location) -> u32 {
        let seen = self.seen.get(&*location.written).into_iter().flatten();
        if let Some((_, number)) = seen.clone().find(|(seen, _)| seen == location) {
            return *number;
        }
        let number = self.take_apart(location);
        let written = location.written.as_str().into();
        let seen = self.seen.entry(written).or_default();
        seen.push((location.clone(), number));
        number
    }

    fn take_apart(&mut self, location: &Location) -> u32 {
        let unwritten = unwritten_names(location);
        let named = |values: &mut ValuesBuilder, value: &Option<String>| {
            value.as_deref().map(|value| values.number(value))
        };
        let place = PlaceParts {
            written: self.names.number(&location.written),
            unwritten: unwritten.map(|name| self.names.number(name)).collect(),
            country: named(&mut self.countries, &location.country),
            region: region_shown(location).map(|name| self.regions.number(name)),
            city: city_label(location).map(|name| self.cities.number(&name)),
            coordinates: location.coordinates,
            is_remote: is_remote(location),
        };
        let all = &mut self.all;
        *self.by_place.entry(place).or_insert_with_key(|place| {
            all.push(place.clone());
            all.len() as u32 - 1
        })
    }

    /// Lists of locations, with their distinct countries, regions and cities.
    pub(super) fn lists(&self, places: Lists) -> PlaceLists {
        let of = |part: fn(&PlaceParts) -> Option<u32>| {
            let lists = places.iter().map(|list| {
                let places = list.iter().map(|&place| &self.all[place as usize]);
                distinct(places.filter_map(part).collect())
            });
            lists.collect()
        };
        PlaceLists {
            countries: of(|place| place.country),
            regions: of(|place| place.region),
            cities: of(|place| place.city),
            places,
        }
    }

    /// The finished locations.
    pub(super) fn finish(self) -> Places {
        let countries = self.countries.finish();
        Places {
            country_names: country_names(&countries),
            names: self.names.finish_texts(),
            countries,
            regions: self.regions.finish(),
            cities: self.cities.finish(),
            all: self.all,
        }
    }
}

fn country_names(countries: &Values) -> Vec<String> {
    let names = countries.shown.iter().map(|code| {
        let name = country_name(code).map(fold);
        name.unwrap_or_default()
    });
    names.collect()
}

/// Whether a place says that the work is remote, or where it may be done from.
pub(super) fn is_remote(location: &Location) -> bool {
    location.workplace == Some(Workplace::Remote) || !location.remote_from.is_empty()
}

fn shown(values: &Values, number: Option<u32>) -> Option<&str> {
    number.map(|number| values.shown.get(number as usize))
}

impl Places {
    /// The country, region and city of a place as facets show them.
    pub(super) fn parts(&self, place: &PlaceParts) -> (Option<&str>, Option<&str>, Option<&str>) {
        (
            shown(&self.countries, place.country),
            shown(&self.regions, place.region),
            shown(&self.cities, place.city),
        )
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.names.encode(out);
        self.countries.encode(out);
        self.regions.encode(out);
        self.cities.encode(out);
        let of = |part: fn(&PlaceParts) -> u32| {
            let all: Vec<u32> = self.all.iter().map(part).collect();
            Array::Words(all.into())
        };
        out.push(of(|place| place.written));
        out.push(of(|place| number(place.country)));
        out.push(of(|place| number(place.region)));
        out.push(of(|place| number(place.city)));
        out.push(of(|place| {
            number(place.coordinates.map(Coordinates::to_bits))
        }));
        out.push(of(|place| place.is_remote.into()));
        out.push(of(|place| place.unwritten.len() as u32));
        let unwritten = self.all.iter().flat_map(|place| &place.unwritten);
        let unwritten: Vec<u32> = unwritten.copied().collect();
        out.push(Array::Words(unwritten.into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let names = Texts::decode(arrays)?;
        let [countries, regions, cities] = [
            Values::decode(arrays)?,
            Values::decode(arrays)?,
            Values::decode(arrays)?,
        ];
        let written = arrays.words()?;
        let (country, region, city) = (arrays.words()?, arrays.words()?, arrays.words()?);
        let (coordinates, remote) = (arrays.words()?, arrays.words()?);
        let (lengths, unwritten) = (arrays.words()?, arrays.words()?);
        let mut unwritten = unwritten.into_iter();
        let places = written.into_iter().enumerate().map(|(at, written)| {
            let names = unwritten.by_ref().take(*lengths.get(at)? as usize);
            Some(PlaceParts {
                written,
                unwritten: names.collect(),
                country: absent(*country.get(at)?),
                region: absent(*region.get(at)?),
                city: absent(*city.get(at)?),
                coordinates: absent(*coordinates.get(at)?).map(Coordinates::from_bits),
                is_remote: *remote.get(at)? == 1,
            })
        });
        Some(Self {
            all: places.collect::<Option<_>>()?,
            names,
            country_names: country_names(&countries),
            countries,
            regions,
            cities,
        })
    }
}
