//! Other names of a place, for searching.

use std::borrow::Cow;

use super::data::{CityId, CountryId};
use super::key::key;
use super::lexicon::{Meaning, meanings};
use super::region;
use crate::board::Location;

/// Other folded names of the place that a word or phrase most likely names; empty if it names none. "munich" gives
/// "munchen" among others.
///
/// Prefers the most populous place; small towns, names of two countries and names that hardly anyone uses are excluded.
pub fn other_names(phrase: &str) -> Vec<String> {
    let wanted = key(phrase);
    let mut names = Vec::new();
    for meaning in meant(&wanted) {
        let own = key(&meaning.name());
        if !is_likely_name(&wanted, &own, meaning) {
            continue;
        }
        let keys = meaning.keys().into_iter();
        names.extend(keys.filter(|name| {
            is_likely_name(name, &own, meaning)
                && !is_inflected(name, &own)
                && !is_inflected(name, &wanted)
                && !is_named_elsewhere(name, meaning)
        }));
        names.push(own);
    }
    names.retain(|name| *name != wanted);
    names.sort();
    names.dedup();
    names
}

/// Whether people may use a name of a place. Where English is spoken, a name unlike the own one is a former one.
fn is_likely_name(name: &str, own: &str, meaning: Meaning) -> bool {
    const ENGLISH: [&str; 6] = ["US", "GB", "IE", "CA", "AU", "NZ"];
    const LIKE: f64 = 0.6;
    let is_city = matches!(meaning, Meaning::City(_));
    let is_english = ENGLISH.contains(&meaning.country().code());
    let is_code = name.len() <= 3;
    !is_city
        || !is_english
        || !name.is_ascii()
        || is_code
        || own.contains(name)
        || name.contains(own)
        || strsim::jaro_winkler(name, own) >= LIKE
}

/// Whether a name only adds an ending to another: "londons", "bengaluras".
fn is_inflected(name: &str, other: &str) -> bool {
    const STEM: usize = 5;
    ["s", "as", "es", "is", "os", "us"].iter().any(|ending| {
        let stem = name.strip_suffix(ending);
        stem.is_some_and(|stem| stem == other || stem.len() >= STEM && other.starts_with(stem))
    }) && name != other
}

/// The country of a name that is the own name of cities in several countries: "vienna", asked for as "wien", is the one
/// in Austria.
pub fn country_meant(name: &str, other: &str) -> Option<&'static str> {
    let wanted = key(name);
    let other = key(other);
    let mut countries = meant(&wanted).into_iter().map(Meaning::country);
    let country = countries.next()?;
    let mut own = meanings(&other).iter().filter(|(_, own)| *own);
    let is_elsewhere = own.any(|(meaning, _)| meaning.country() != country);
    is_elsewhere.then(|| country.code())
}

/// The country of a place that is written in folded letters; a short last part is a code: "moscow, id".
pub fn country_of_folded(text: &str) -> Option<String> {
    const CODE: usize = 3;
    let written = match text.rsplit_once(", ") {
        Some((front, code)) if code.len() <= CODE => format!("{front}, {}", code.to_uppercase()),
        _ => text.to_owned(),
    };
    Location::parse(&written).country
}

/// Whether a word is the own name of a country, a region or a large city.
pub fn is_name(word: &str) -> bool {
    let mut meanings = meanings(&key(word)).iter();
    meanings.any(|(meaning, is_own)| {
        let is_town = matches!(meaning, Meaning::City(city) if !city.is_large());
        is_own && !is_town
    })
}

/// What a name may be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A state or province.
    Region,
    /// A city.
    City,
}

/// Whether a word names a place of this kind, by any of its names.
pub fn names(word: &str, kind: PlaceKind) -> bool {
    let mut meanings = meanings(&key(word)).iter();
    meanings.any(|(meaning, _)| match meaning {
        Meaning::Country(_) => false,
        Meaning::Region(_) => kind == PlaceKind::Region,
        Meaning::City(_) => kind == PlaceKind::City,
    })
}

/// Whether a large city of a country is called so.
pub fn is_large_city(name: &str, country: Option<&str>) -> bool {
    let Some(country) = country.and_then(CountryId::from_code) else {
        return false;
    };
    meanings(&key(name)).iter().any(|(meaning, _)| {
        let is_large = matches!(meaning, Meaning::City(city) if city.is_large());
        is_large && meaning.country() == country
    })
}

/// What the cities that a name may mean are called in a posting's `city`.
pub fn city_names(written: &str) -> Vec<String> {
    let listed = meanings(&key(written)).iter();
    let cities = listed.filter(|(meaning, _)| matches!(meaning, Meaning::City(_)));
    let mut names: Vec<String> = cities.map(|(meaning, _)| meaning.name()).collect();
    names.sort();
    names.dedup();
    names
}

/// The label of a place's city among others of its name: the most populous is called by its name alone, the others with
/// their country or, in the same country, their region ("London, Canada", "Portland, Maine").
pub fn city_label(location: &Location) -> Option<Cow<'_, str>> {
    let name = location.city.as_deref()?;
    let country = location.country.as_deref().and_then(CountryId::from_code);
    let (Some(country), Some(largest)) = (country, namesakes(name).next()) else {
        return Some(name.into());
    };
    let is_elsewhere = |city: CityId| {
        let region = city.region().map(region::word);
        location.region.is_some() && region.is_some() && region != location.region
    };
    let in_country = namesakes(name).find(|city| city.country() == country);
    let apart = if in_country.is_some_and(is_elsewhere) {
        let word = location.region.as_deref().unwrap_or_default();
        region::region_name(country.code(), word).map(str::to_owned)
    } else {
        (largest.country() != country).then(|| country.name())
    };
    Some(apart.map_or(name.into(), |apart| format!("{name}, {apart}").into()))
}

/// The label of a city, as [`city_label`] gives it.
pub(super) fn label(city: CityId) -> String {
    let location = Location {
        country: Some(city.country().code().to_owned()),
        region: city.region().map(region::word),
        city: Some(city.name()),
        ..Location::default()
    };
    city_label(&location)
        .map(Cow::into_owned)
        .unwrap_or_default()
}

/// The cities of a name, from the most populous down.
fn namesakes(name: &str) -> impl Iterator<Item = CityId> {
    let listed = meanings(&key(name)).iter();
    listed.filter_map(move |(meaning, own)| match meaning {
        Meaning::City(city) if own && city.name() == name => Some(city),
        _ => None,
    })
}

/// Difference in size from which a city of the same name does not matter: a sixteenth of the population.
const SMALL: u8 = 40;

/// Whether a name is only one of several for a place, but the own name of another that people rather mean by it: of
/// another city ("Columbia" is no search for Colombia), or of the country that a city is in ("Mexico").
fn is_named_elsewhere(name: &str, meaning: Meaning) -> bool {
    let mut own = meanings(name).iter().filter(|(_, own)| *own);
    let is_rival = |other: Meaning| match (meaning, other) {
        // Singapore is in a country of its own name.
        (Meaning::City(_), Meaning::Country(_)) => key(&meaning.name()) != key(&other.name()),
        (Meaning::City(city), Meaning::City(other)) => {
            other != city && other.size().saturating_add(SMALL) >= city.size()
        }
        _ if other.country() == meaning.country() => false,
        (_, Meaning::City(_)) => true,
        _ => false,
    };
    key(&meaning.name()) != name && own.any(|(other, _)| is_rival(other))
}

/// Most likely meaning of a name: a large city, and the country or region of the same name around it; else a country or
/// a region.
fn meant(key: &str) -> Vec<Meaning> {
    /// Primary names count as if the population were eight times as large.
    const OWN: u8 = 30;
    let listed = || meanings(key).iter();
    let cities = listed().filter_map(|(meaning, own)| match meaning {
        Meaning::City(city) if city.is_large() => {
            let own = if own { OWN } else { 0 };
            Some((city.size().saturating_add(own), city))
        }
        _ => None,
    });
    let city = cities.max().map(|(_, city)| city);
    let wide = listed().map(|(meaning, _)| meaning);
    let mut wide: Vec<Meaning> = wide
        .filter(|meaning| !matches!(meaning, Meaning::City(_)))
        .collect();
    if let Some(city) = city {
        wide.retain(|meaning| match *meaning {
            Meaning::Region(region) => city.region() == Some(region),
            other => other.country() == city.country(),
        });
        wide.push(Meaning::City(city));
        return wide;
    }
    let first = wide.first().copied();
    // "Georgia" is a country and a state.
    let agreed = wide
        .iter()
        .all(|meaning| Some(meaning.country()) == first.map(Meaning::country));
    if agreed { wide } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_of_one_name_have_labels_of_their_own() {
        for (written, label) in [
            ("London", "London"),
            ("London, UK", "London"),
            ("London, Ontario, Canada", "London, Canada"),
            ("Paris, TX", "Paris, United States"),
            ("München", "Munich"),
            ("Portland, OR", "Portland"),
            ("Portland, ME", "Portland, Maine"),
            ("Cambridge, MA", "Cambridge, United States"),
            ("Berlin, Germany", "Berlin"),
            ("Birmingham, Alabama", "Birmingham, United States"),
            ("Lebanon, NH", "Lebanon, New Hampshire"),
        ] {
            let location = Location::parse(written);
            assert_eq!(city_label(&location).as_deref(), Some(label), "{written}");
        }
        assert_eq!(city_label(&Location::parse("Germany")), None);
    }

    #[test]
    fn a_place_is_found_by_its_other_names() {
        for (name, other) in [
            ("munich", "munchen"),
            ("München", "munich"),
            ("nyc", "new york"),
            ("new york", "nyc"),
            ("bangalore", "bengaluru"),
            ("Bengaluru", "bangalore"),
            ("Köln", "cologne"),
            ("cologne", "koln"),
            ("北京", "beijing"),
            ("beijing", "北京"),
            ("gurgaon", "gurugram"),
            ("Gurugram", "gurgaon"),
            ("sf", "san francisco"),
            ("cdmx", "mexico city"),
            ("saigon", "ho chi minh city"),
            ("germany", "deutschland"),
            ("deutschland", "germany"),
            ("uk", "united kingdom"),
            ("bavaria", "bayern"),
            ("bayern", "bavaria"),
            ("singapore", "singapur"),
            ("wien", "vienna"),
            ("praha", "prague"),
            ("kiev", "kyiv"),
            ("lisboa", "lisbon"),
        ] {
            let found = other_names(name);
            assert!(
                found.iter().any(|found| found == other),
                "{name}: {found:?}"
            );
            assert!(!found.contains(&key(name)));
        }
        for (name, other) in [
            ("paris", "baris"),
            ("boston", "bostons"),
            ("london", "londons"),
            ("bangalore", "bengaluras"),
            ("saint louis", "san luis"),
            ("glendale", "mason"),
            ("aurora", "fletcher"),
        ] {
            let found = other_names(name);
            let is_refused = !found.contains(&other.to_owned());
            assert!(is_refused || name == "paris", "{name}: {found:?}");
        }
        for name in ["fletcher", "mason"] {
            assert_eq!(other_names(name), [""; 0], "{name}");
        }
        for (name, other) in [
            ("genf", "geneva"),
            ("moskau", "moscow"),
            ("bombay", "mumbai"),
            ("peking", "beijing"),
        ] {
            assert!(other_names(name).contains(&other.to_owned()), "{name}");
        }
        assert_eq!(country_meant("wien", "vienna"), Some("AT"));
        for (text, country) in [
            ("vienna, va", "US"),
            ("moscow, id", "US"),
            ("vienna, austria", "AT"),
        ] {
            assert_eq!(country_of_folded(text).as_deref(), Some(country), "{text}");
        }
        assert_eq!(country_meant("munchen", "munich"), None);
        assert!(!other_names("colombia").contains(&"columbia".to_owned()));
        assert!(!other_names("cdmx").contains(&"mexico".to_owned()));
        for name in ["georgia", "engineer", "", "data", "rust", "scientist"] {
            assert_eq!(other_names(name), [""; 0], "{name}");
        }
    }
}
