//! Areas that remote work may be done from: as the posting states them, otherwise from its text, otherwise from its
//! places.

use super::places::is_remote;
use crate::board::{Posting, Workplace};
use crate::facts::Values;
use crate::places::Area;

/// Separator of areas in a list.
const BETWEEN: char = '|';
/// Remote work from unknown areas.
const UNKNOWN: &str = "?";

/// Areas that a posting may be worked from remotely, as one text; `None` if the work is at its places.
pub(super) fn areas(posting: &Posting, derived: &Values<'_>) -> Option<String> {
    let joined = |areas: &mut dyn Iterator<Item = &str>| {
        let mut all: Vec<&str> = Vec::new();
        areas.for_each(|area| {
            if !all.contains(&area) {
                all.push(area);
            }
        });
        (!all.is_empty()).then(|| all.join(&BETWEEN.to_string()))
    };
    let stated = joined(&mut posting.remote_from.iter().map(String::as_str));
    let read = || joined(&mut derived.remote_from.iter().copied());
    let places = || posting.locations.iter();
    let located = || {
        let areas = places().flat_map(|place| &place.remote_from);
        joined(&mut areas.map(String::as_str))
    };
    if let Some(areas) = stated.or_else(read).or_else(located) {
        return Some(areas);
    }
    let workplace = posting.workplace.or(derived.workplace);
    let is_remote = workplace == Some(Workplace::Remote) || places().any(is_remote);
    if is_remote {
        // "Germany" or "EMEA" in a remote posting is an area to work from.
        let mut whole = places().filter_map(|place| match (&place.country, &place.region) {
            (Some(country), None) if place.city.is_none() => Some(country.as_str()),
            (None, _) => Area::named(&place.written).map(Area::word),
            _ => None,
        });
        return Some(joined(&mut whole).unwrap_or_else(|| UNKNOWN.to_owned()));
    }
    posting.locations.is_empty().then(|| UNKNOWN.to_owned())
}

/// Whether one of these countries lies in one of the areas; `None` if unknown.
pub(super) fn includes(areas: &str, countries: &[&str]) -> Option<bool> {
    let mut areas = areas.split(BETWEEN);
    if areas.clone().any(|area| area == UNKNOWN) {
        return None;
    }
    let includes = |area: &str| {
        let named = Area::named(area);
        let mut countries = countries.iter();
        countries.any(|code| *code == area || named.is_some_and(|area| area.contains(code)))
    };
    Some(areas.any(includes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Location;

    #[test]
    fn remote_work_is_done_from_where_the_posting_or_its_places_say() {
        use Workplace::{OnSite, Remote};
        for (stated, workplace, places, found) in [
            (&["EU"][..], None, &["Berlin"][..], Some("EU")),
            (&[], None, &["Remote (EU)"], Some("EU")),
            (&[], None, &["Remote - Germany", "Berlin"], Some("DE")),
            (&[], None, &["Remote"], Some("?")),
            (&[], None, &["Berlin", "Remote"], Some("?")),
            (&[], Some(Remote), &["Germany", "EMEA"], Some("DE|EMEA")),
            (&[], Some(Remote), &["Berlin"], Some("?")),
            (&[], Some(OnSite), &["Berlin"], None),
            (&[], None, &["Berlin"], None),
            (&[], None, &[], Some("?")),
        ] {
            let posting = Posting {
                remote_from: stated.iter().map(|&area| area.to_owned()).collect(),
                workplace,
                locations: places.iter().map(|place| Location::parse(place)).collect(),
                ..Posting::default()
            };
            let areas = areas(&posting, &Values::default());
            assert_eq!(areas.as_deref(), found, "{places:?}");
        }
        for (areas, countries, holds) in [
            ("EU", &["DE"][..], Some(true)),
            ("EU", &["GB"], Some(false)),
            ("US|EMEA", &["GB"], Some(true)),
            ("worldwide", &["KE"], Some(true)),
            ("US", &["DE", "US"], Some(true)),
            ("?", &["DE"], None),
        ] {
            assert_eq!(includes(areas, countries), holds, "{areas}");
        }
    }
}
