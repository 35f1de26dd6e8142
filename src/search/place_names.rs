//! The names of a location.

use crate::board::Location;
use crate::board::fold::fold;
use crate::places::{country_name, is_large_city, region_label};

/// Maximum length of a region's code.
const CODE: usize = 3;

/// Names of a location's country, region and city that are not in the written name. Codes mean too much, and a region
/// called like a large city is not that city: who looks for New York does not mean Buffalo.
pub(super) fn unwritten_names(location: &Location) -> impl Iterator<Item = &str> {
    let written = fold(&location.written);
    let country = location.country.as_deref();
    let is_region = |name: &&str| {
        name.len() > CODE && (location.city.is_none() || !is_large_city(name, country))
    };
    let names: [Option<&str>; 4] = [
        country.and_then(country_name),
        location.region.as_deref().filter(is_region),
        region_shown(location)
            .filter(|name| Some(*name) != location.region.as_deref())
            .filter(is_region),
        location.city.as_deref(),
    ];
    names
        .into_iter()
        .flatten()
        .filter(move |name| !written.contains(&fold(name)))
}

/// The name of a place's region: spelled out, since countries share codes.
pub(super) fn region_shown(place: &Location) -> Option<&str> {
    let word = place.region.as_deref()?;
    let country = place.country.as_deref().unwrap_or_default();
    Some(region_label(country, word).unwrap_or(word))
}
