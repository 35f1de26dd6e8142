//! One city by the name that somebody types for it, and what lies around a point.

use std::collections::HashSet;

use super::data::{CityId, CountryId};
use super::key::key;
use super::lexicon::{Meaning, keys_from, meanings};
use super::names::label;
use super::region;
use crate::board::Location;
use crate::board::location::Coordinates;

/// A city that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCity {
    /// Its label: "Berlin", "Portland, Maine".
    pub label: String,
    /// Where it is.
    pub coordinates: Coordinates,
}

/// Why a name is not one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CityError {
    /// No city of this name is known; perhaps another was meant.
    Unknown(Option<String>),
    /// Several cities are about as likely: their labels.
    Ambiguous(Vec<String>),
}

/// Cities whose name is not this much more populous than that of another, by ten times the logarithm to base 2, are as
/// likely: three times as many people.
const AS_LIKELY: u8 = 15;
/// A city's own name counts as if eight times as many people lived there.
const OWN: u8 = 30;
/// Nearer cities of one name are one for most purposes, in kilometres.
const NEARBY: f64 = 100.0;

/// The city that a name means: "berlin", "münchen", "portland, maine".
pub fn find_city(written: &str) -> Result<FoundCity, CityError> {
    let key = key(written);
    let mut cities: Vec<(u8, CityId)> = meanings(&key)
        .iter()
        .filter_map(|(meaning, own)| match meaning {
            Meaning::City(city) => Some((weight(city, own), city)),
            _ => None,
        })
        .collect();
    cities.sort_by(|a, b| b.cmp(a));
    if let Some(&(weight, best)) = cities.first() {
        let is_rival = |&&(other, city): &&(u8, CityId)| {
            other.saturating_add(AS_LIKELY) > weight
                && city.coordinates().distance(best.coordinates()) > NEARBY
        };
        let rivals: Vec<_> = cities[1..].iter().filter(is_rival).collect();
        if rivals.is_empty() {
            return Ok(found(best));
        }
        let listed = std::iter::once(best).chain(rivals.iter().map(|(_, city)| *city));
        let mut labels: Vec<String> = listed.map(apart).collect();
        labels.dedup();
        labels.truncate(3);
        return Err(CityError::Ambiguous(labels));
    }
    let location = Location::parse(written);
    if let (Some(city), Some(coordinates)) = (&location.city, location.coordinates) {
        return Ok(FoundCity {
            label: city.clone(),
            coordinates,
        });
    }
    Err(CityError::Unknown(nearest(&key)))
}

fn weight(city: CityId, own: bool) -> u8 {
    city.size().saturating_add(if own { OWN } else { 0 })
}

fn found(city: CityId) -> FoundCity {
    FoundCity {
        label: label(city),
        coordinates: city.coordinates(),
    }
}

/// A city with what tells it from others of its name, as `find_city` reads it.
fn apart(city: CityId) -> String {
    let country = city.country();
    let around = match city.region() {
        Some(region) if matches!(country.code(), "US" | "CA" | "AU") => region.name(),
        _ => country.name(),
    };
    format!("{}, {around}", city.name())
}

/// The name of a large city that is nearly this one.
fn nearest(key: &str) -> Option<String> {
    const LETTERS: usize = 4;
    let letters = key.chars().count();
    let first = key.chars().next()?;
    if letters < LETTERS {
        return None;
    }
    let slips = if letters < 8 { 1 } else { 2 };
    let mut best: Option<(usize, u8, CityId)> = None;
    keys_from(first.encode_utf8(&mut [0; 4]), |name, listed| {
        if name.chars().count().abs_diff(letters) > slips {
            return;
        }
        let cities = listed.iter().filter_map(|(meaning, _)| match meaning {
            Meaning::City(city) if city.is_large() => Some(city),
            _ => None,
        });
        let Some(city) = cities.max_by_key(|city| city.size()) else {
            return;
        };
        let distance = strsim::osa_distance(key, name);
        let is_better = best.is_none_or(|(slips, size, _)| {
            (distance, u8::MAX - city.size()) < (slips, u8::MAX - size)
        });
        if distance <= slips && is_better {
            best = Some((distance, city.size(), city));
        }
    });
    best.map(|(_, _, city)| label(city))
}

/// The labels of the most populous cities with a name that begins so.
pub fn cities_starting(written: &str, limit: usize) -> Vec<String> {
    let start = key(written);
    let mut cities: Vec<(u8, CityId)> = Vec::new();
    if start.is_empty() {
        return Vec::new();
    }
    keys_from(&start, |_, listed| {
        let own = listed.iter().filter_map(|(meaning, own)| match meaning {
            Meaning::City(city) if own || city.is_large() => Some((weight(city, own), city)),
            _ => None,
        });
        cities.extend(own);
    });
    cities.sort_by(|a, b| b.cmp(a));
    let mut found = Vec::new();
    for (_, city) in cities {
        if !found.contains(&city) {
            found.push(city);
        }
        if found.len() == limit {
            break;
        }
    }
    found.into_iter().map(label).collect()
}

/// The countries and regions that may hold a place within a distance of a point: those with a city there, or not far
/// from it.
#[derive(Debug)]
pub struct Surroundings {
    countries: HashSet<CountryId>,
    /// Countries with a city there whose region is unknown.
    partly: HashSet<CountryId>,
    /// By country and label.
    regions: HashSet<(CountryId, String)>,
}

impl Surroundings {
    /// What lies within so many kilometres of a point.
    pub fn new(point: Coordinates, kilometres: f64) -> Self {
        /// Towns that the gazetteer does not have lie so far from the cities that it has, at most.
        const MARGIN: f64 = 50.0;
        let reach = kilometres + MARGIN;
        let mut found = Self {
            countries: HashSet::new(),
            partly: HashSet::new(),
            regions: HashSet::new(),
        };
        let mut known = HashSet::new();
        for city in CityId::all() {
            if !city.coordinates().is_within(point, reach) {
                continue;
            }
            let country = city.country();
            found.countries.insert(country);
            match city.region() {
                None => {
                    found.partly.insert(country);
                }
                Some(region) if known.insert(region) => {
                    let word = region::word(region);
                    if let Some(label) = region::region_label(country.code(), &word) {
                        found.regions.insert((country, label.to_owned()));
                    }
                }
                Some(_) => {}
            }
        }
        found
    }

    /// Whether a place of which only the country, by its code, and perhaps the region, by its label, are known may lie
    /// there.
    pub fn may_hold(&self, country: Option<&str>, region: Option<&str>) -> bool {
        let Some(country) = country.and_then(CountryId::from_code) else {
            return true;
        };
        match region {
            Some(region) => {
                self.partly.contains(&country)
                    || self.regions.contains(&(country, region.to_owned()))
            }
            None => self.countries.contains(&country),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_city_or_is_said_not_to_be() {
        for (written, label) in [
            ("berlin", "Berlin"),
            ("München", "Munich"),
            ("new york", "New York"),
            ("nyc", "New York"),
            ("london", "London"),
            ("portland", "Portland"),
            ("portland, maine", "Portland"),
            ("birmingham", "Birmingham"),
            ("görlitz", "Görlitz"),
            ("bangalore", "Bengaluru"),
        ] {
            let found = find_city(written);
            assert_eq!(
                found.map(|city| city.label).as_deref(),
                Ok(label),
                "{written}"
            );
        }
        let Err(CityError::Ambiguous(labels)) = find_city("springfield") else {
            panic!("there are several");
        };
        assert_eq!(labels[0], "Springfield, Missouri");
        for label in labels {
            assert!(find_city(&label).is_ok(), "{label}");
        }
        let unknown = |name: &str| CityError::Unknown(Some(name.to_owned()));
        assert_eq!(find_city("berlni"), Err(unknown("Berlin")));
        assert_eq!(find_city("hambrug"), Err(unknown("Hamburg")));
        assert_eq!(find_city("xyzzy"), Err(CityError::Unknown(None)));
        assert_eq!(find_city("germany"), Err(CityError::Unknown(None)));
    }

    #[test]
    fn cities_are_completed_from_the_most_populous_down() {
        assert_eq!(cities_starting("berl", 2)[0], "Berlin");
        assert_eq!(cities_starting("münch", 1), ["Munich"]);
        assert_eq!(cities_starting("san fr", 1), ["San Francisco"]);
        assert_eq!(cities_starting("", 3), [""; 0]);
    }

    #[test]
    fn only_what_may_be_near_is_around() {
        let point = find_city("basel").unwrap().coordinates;
        let around = Surroundings::new(point, 50.0);
        let word = Location::parse("Lörrach, Germany").region.unwrap();
        let baden = region::region_label("DE", &word);
        assert!(baden.is_some());
        for (country, region, may) in [
            (Some("CH"), None, true),
            (Some("FR"), None, true),
            (Some("DE"), baden, true),
            (Some("DE"), Some("Berlin"), false),
            (Some("US"), None, false),
            (None, None, true),
        ] {
            assert_eq!(
                around.may_hold(country, region),
                may,
                "{country:?} {region:?}"
            );
        }
    }
}
