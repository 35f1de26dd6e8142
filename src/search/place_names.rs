//! The names of a location.

use crate::board::Location;
use crate::board::fold::fold;
use crate::places::{country_name, region_label};

/// Names of a location's country, region and city that are not in the written name.
pub(super) fn unwritten_names(location: &Location) -> impl Iterator<Item = &str> {
    let written = fold(&location.written);
    let country = location.country.as_deref();
    let names: [Option<&str>; 4] = [
        country.and_then(country_name),
        location.region.as_deref(),
        region_shown(location).filter(|name| Some(*name) != location.region.as_deref()),
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
