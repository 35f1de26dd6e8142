//! Places: reads written place names as country, region, city and coordinates.
//!
//! ```text
//! "Kiel, DE" → segment: parts → sense: possible meanings → read: best explanation → Location
//! ```
//! Behind it is a gazetteer (see `data` and `lexicon`) of the countries, their first-level regions, and cities of
//! 15,000 people and more with their names in other languages. A known city decides what a code means: "Kiel, DE" is in
//! Germany, "Wilmington, DE" in Delaware. Contradictory places stay unknown and keep their written form.
//!
//! Rules for ambiguous names:
//! - A territory with its own country code counts as a country, even beside its state: "Hong Kong, China".
//! - A name of both a region and a city in it means the city, except "Quebec".
//! - A name alone is a city only if the city is large and much larger than any other of the same name.
//! - Several places in one string keep only what they agree on; `split` separates them where that is safe.
//! - A country that is spelled out outweighs a large city of another country: "Paris, Germany" is in Germany.
//! - "Remote" and similar words state the workplace; they are never a city.

mod area;
mod attempt;
mod city;
mod code_list;
mod country;
mod data;
mod fields;
mod key;
mod lexicon;
mod names;
mod postcode;
mod read;
mod recent;
mod region;
mod segment;
mod sense;
mod workplace;

pub use area::Area;
pub use city::{CityError, FoundCity, Surroundings, cities_starting, find_city};
pub use code_list::{is_list_of_countries, listed_countries};
pub use country::{
    countries, country_code, country_codes, country_name, nearest_name as nearest_country,
};
pub use fields::PlaceFields;
pub use key::key as name_key;
pub use names::{
    PlaceKind, city_label, city_names, country_meant, country_of_folded, is_large_city, is_name,
    names, other_names,
};
pub use read::split;
pub use region::{nearest_region, region_code, region_label, region_name};

use crate::board::Location;
use attempt::City;
use read::Read;

impl Location {
    /// Resolves a place; parts that cannot be resolved stay as written.
    pub fn parse(written: &str) -> Self {
        recent::location(written, |written| location(written, read::places(written)))
    }

    /// The country that was probably meant, if the last part is similar to its name ("Berlin, Germny").
    pub fn meant_country(&self) -> Option<&'static str> {
        recent::meant(&self.written, |written| {
            let (_, last) = written.rsplit_once(',')?;
            let last = last.trim();
            let is_place = !sense::senses(last).is_empty();
            (!is_place).then(|| country::nearest_name(last))?
        })
    }
}

fn location(written: &str, read: Read<'_>) -> Location {
    let (city, coordinates) = match read.city {
        Some(City::Known(city)) => (Some(city.name()), Some(city.coordinates())),
        Some(City::Named(name)) => (Some(name.to_owned()), None),
        None => (None, None),
    };
    Location {
        written: written.to_owned(),
        country: read.country.map(|country| country.code().to_owned()),
        region: read.region.map(region::word),
        city,
        coordinates,
        workplace: read.workplace,
        remote_from: read.remote_from.into_iter().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests;
