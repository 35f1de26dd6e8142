//! Resolves places given field by field: a country field is always a country.

use super::attempt::City;
use super::country;
use super::data::{CityId, CountryId, RegionId};
use super::key::key;
use super::lexicon::{Meaning, meanings};
use super::postcode;
use super::read::{self, Read};
use super::sense::{self, undotted};
use crate::board::Location;

/// A place in fields; absent ones are empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlaceFields<'a> {
    /// Country, as a code or a name.
    pub country: &'a str,
    /// State, province or another region.
    pub region: &'a str,
    /// City.
    pub city: &'a str,
    /// Postal code.
    pub postcode: &'a str,
}

impl PlaceFields<'_> {
    /// Whether all fields are empty.
    pub fn is_empty(&self) -> bool {
        [self.country, self.region, self.city]
            .iter()
            .all(|field| field.trim().is_empty())
    }

    /// The fields as one line: "Kiel, SH, DE".
    pub fn joined(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for field in [self.city, self.region, self.country].map(str::trim) {
            if !field.is_empty() && !parts.contains(&field) {
                parts.push(field);
            }
        }
        parts.join(", ")
    }
}

impl PlaceFields<'_> {
    /// The country of its field; without one, that of the postal code.
    fn known_country(&self) -> Option<CountryId> {
        if self.country.trim().is_empty() {
            postcode::country(self.postcode)
        } else {
            country::country(self.country)
        }
    }

    /// The fields as one line that resolves to the same place: with the country's name if its code would be taken for a
    /// state ("Walldorf, DE", but "Kleinheim, Germany"), or if only the postal code tells it ("London, Canada").
    pub fn written(&self) -> String {
        let joined = self.joined();
        if joined.is_empty() {
            return joined;
        }
        let Some(country) = self.known_country() else {
            return joined;
        };
        let is_read = |line: &str| read::places(line).country == Some(country);
        if is_read(&joined) {
            return joined;
        }
        let name = country.name();
        let named = PlaceFields {
            country: &name,
            ..*self
        }
        .joined();
        // Contradictions stay as the source has them.
        if is_read(&named) { named } else { joined }
    }
}

impl Location {
    /// A place given in fields, with its written form.
    pub fn from_fields(written: &str, fields: &PlaceFields<'_>) -> Self {
        let Some(country) = fields.known_country() else {
            // The country field alone is not conclusive, but all fields together may be.
            let joined = fields.joined();
            let mut location = Self::parse(&joined);
            written.clone_into(&mut location.written);
            return location;
        };
        let hints = read::places(written);
        let read = Read {
            workplace: hints.workplace,
            remote_from: hints.remote_from,
            ..within(country, fields)
        };
        super::location(written, read)
    }
}

fn within<'a>(country: CountryId, fields: &PlaceFields<'a>) -> Read<'a> {
    let named = region(country, fields.region.trim());
    let city = fields.city.trim();
    let mut read = Read {
        country: Some(country),
        region: named,
        ..Read::default()
    };
    if city.is_empty() {
        return read;
    }
    // "Munich, Bavaria" in the city field, or "Remote".
    let whole = read::places(city);
    if whole.workplace.is_some() && whole.city.is_none() {
        return read;
    }
    let candidates = cities(country, city);
    let known = match named {
        Some(_) => candidates
            .iter()
            .find(|city| city.region() == named || city.region().is_none()),
        None => candidates.first(),
    };
    if let Some(&known) = known {
        if named.is_none() && is_one_of_many(known, &candidates) {
            read.city = Some(City::Named(city));
        } else {
            read.region = named.or(known.region());
            read.city = Some(City::Known(known));
        }
        return read;
    }
    if whole.country == Some(country)
        && (named.is_none() || whole.region.is_none() || whole.region == named)
    {
        read.region = named.or(whole.region);
        read.city = whole.city;
        return read;
    }
    let is_name =
        !city.starts_with(|c: char| c.is_ascii_digit()) && country::country(city) != Some(country);
    // The name of a place elsewhere stays a name: the country field takes precedence.
    read.city = is_name.then_some(City::Named(city));
    read
}

/// The region of a country, by name or code.
pub(super) fn region(country: CountryId, written: &str) -> Option<RegionId> {
    if written.is_empty() {
        return None;
    }
    let code = undotted(written).to_uppercase();
    let own = code
        .strip_prefix(country.code())
        .and_then(|rest| rest.strip_prefix('-'));
    let by_code =
        RegionId::from_code(own.unwrap_or(&code)).find(|region| region.country() == country);
    by_code.or_else(|| {
        let senses = sense::with_context(written).into_iter();
        let mut regions = senses.filter_map(|sense| match sense.meaning {
            Meaning::Region(region) if region.country() == country => Some(region),
            _ => None,
        });
        regions.next()
    })
}

/// Cities of a country with this name by size; primary names first.
fn cities(country: CountryId, written: &str) -> Vec<CityId> {
    let listed = meanings(&key(written)).iter();
    let cities = listed.filter_map(|(meaning, _)| match meaning {
        Meaning::City(city) if city.country() == country => Some(city),
        _ => None,
    });
    cities.collect()
}

/// Whether the largest city of a name is not much larger than the next one elsewhere.
fn is_one_of_many(largest: CityId, candidates: &[CityId]) -> bool {
    const NEARLY: u8 = 12;
    candidates.iter().any(|city| {
        *city != largest
            && city.region() != largest.region()
            && city.size() + NEARLY > largest.size()
    })
}
