//! Finds a city by a typed name, and the regions around a point.

use std::collections::HashSet;

use super::data::{CityId, CountryId};
use super::key::key;
use super::lexicon::{Meaning, keys_from, meanings};
use super::names::label;
use super::region;
use crate::board::Location;
use crate::board::location::Coordinates;

/// A city found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCity {
    /// Its label: "Berlin", "Portland, Maine".
    pub label: String,
    /// Its point.
    pub coordinates: Coordinates,
}

/// Why a name does not identify a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CityError {
    /// Unknown name, and a similar known one, if any.
    Unknown(Option<String>),
    /// Ambiguous name, and the labels of the most likely cities.
    Ambiguous(Vec<String>),
}

/// A city must have three times the population of the next one of its name to be unambiguous; in the gazetteer's
/// logarithmic sizes.
const AS_LIKELY: u8 = 15;
/// Bonus of a city's own name, worth eight times the population.
const OWN: u8 = 30;
/// Cities of the same name closer than this are treated as one, in kilometres.
const NEARBY: f64 = 100.0;

/// Finds the city with a name: "berlin", "münchen", "portland, maine".
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

/// Label of a city that distinguishes it from others of its name; `find_city` accepts it.
fn apart(city: CityId) -> String {
    let country = city.country();
    let around = match city.region() {
        Some(region) if matches!(country.code(), "US" | "CA" | "AU") => region.name(),
        _ => country.name(),
    };
    format!("{}, {around}", city.name())
}

/// Name of a large city that is similar to this one.
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

/// Labels of the most populous cities whose name starts with a prefix.
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

/// Countries and regions that may contain a place within a distance of a point: those with a city there or not far from
/// it.
#[derive(Debug)]
pub struct Surroundings {
    countries: HashSet<CountryId>,
    /// Countries with a city there whose region is unknown.
    partly: HashSet<CountryId>,
    /// By country and label.
    regions: HashSet<(CountryId, String)>,
}

impl Surroundings {
    /// Countries and regions within a number of kilometres of a point.
    pub fn new(point: Coordinates, kilometres: f64) -> Self {
        /// Assumed maximum distance of towns missing from the gazetteer to its cities.
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

    /// Whether a place may lie there of which only the country code, and perhaps the region label, is known.
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
