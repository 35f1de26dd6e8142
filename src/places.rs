//! Places: from the names that people write to country, region, city and coordinates.
//!
//! ```text
//! "Kiel, DE" → segment: parts → sense: what each may mean → read: what explains them best → Location
//! ```
//! Behind it is a gazetteer (see `data` and `lexicon`) of the countries, their first-level regions, and cities of 15,000 people and more
//! with their names in other languages. A known city decides what a code means: "Kiel, DE" is in Germany, "Wilmington, DE"
//! in Delaware. What contradicts itself stays unknown, and as written.
//!
//! How it is read, where two people might differ:
//! - A territory with a code of its own is that, also where its state stands beside it: "Hong Kong, China".
//! - A name that is a region and a city in it is the city, but for "Quebec".
//! - A name alone is a city only if the city is large, and much larger than any other of that name.
//! - Several places in one string keep only what they agree on; `split` takes them apart where that is safe.
//! - A country that is spelled out outweighs a large city of elsewhere beside it: "Paris, Germany" is in Germany.
//! - "Remote" and the like say how people work; they are never a city.

mod area;
mod attempt;
mod city;
mod country;
mod data;
mod fields;
mod key;
mod lexicon;
mod names;
mod read;
mod recent;
mod region;
mod segment;
mod sense;
mod workplace;

pub use area::Area;
pub use city::{CityError, FoundCity, Surroundings, cities_starting, find_city};
pub use country::{countries, country_code, country_name};
pub use fields::Fields;
pub use names::{city_label, city_names, other_names};
pub use read::split;
pub use region::{region_code, region_label, region_name};

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
        let (_, last) = self.written.rsplit_once(',')?;
        let last = last.trim();
        let is_place = !sense::senses(last).is_empty();
        (!is_place).then(|| country::nearest_name(last))?
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
