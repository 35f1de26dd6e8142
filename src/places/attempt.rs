//! A country and a region supposed for a written place, and how well they explain its parts.

mod outcome;
mod verdict;

use std::sync::LazyLock;

use super::area::Area;
use super::data::{CityId, CountryId, RegionId};
use super::lexicon::Meaning;
use super::sense::{
    CODED, COUNTRY_NAME, How, PROVINCE_CODE, Part, RARE_REGION_CODE, REGION_NAME, Sense,
};

/// What a city in the region that is named beside it adds.
const COHERENT: i32 = 30;
/// The same, where few write the code of that region.
const RARELY_COHERENT: i32 = 10;
/// What a territory adds that the country is a part of: "Hong Kong, China".
const OUTER: i32 = 60;
/// What a code, a region or a large city of elsewhere takes away.
const MISPLACED: i32 = 40;
/// How much better than for any other country.
const CLEARLY: i32 = 10;
/// The most that a part adds beside the weight of its meaning.
pub(super) const MOST_PER_PART: i32 = CLEARLY;

/// Territories with a code of their own, and the country that is often named beside them.
const OUTER_COUNTRIES: &[(&str, &str)] = &[
    ("HK", "CN"),
    ("MO", "CN"),
    ("TW", "CN"),
    ("PR", "US"),
    ("GU", "US"),
    ("VI", "US"),
    ("AS", "US"),
    ("MP", "US"),
    ("GP", "FR"),
    ("MQ", "FR"),
    ("GF", "FR"),
    ("RE", "FR"),
    ("YT", "FR"),
    ("PF", "FR"),
    ("NC", "FR"),
    ("AW", "NL"),
    ("CW", "NL"),
    ("SX", "NL"),
    ("BQ", "NL"),
    ("GL", "DK"),
    ("FO", "DK"),
    ("AX", "FI"),
    ("SJ", "NO"),
    ("JE", "GB"),
    ("GG", "GB"),
    ("IM", "GB"),
    ("GI", "GB"),
    ("BM", "GB"),
    ("KY", "GB"),
];

/// Countries whose name alone also determines the city.
const CITY_STATES: &[&str] = &["SG", "HK", "MO", "MC", "GI"];

/// Regions that take precedence over the city of the same name, if the name is alone.
const REGION_FIRST: &[(&str, &str)] = &[("CA", "QC"), ("US", "WA")];

/// The country of a territory that is often named beside it.
fn outer(country: CountryId) -> Option<CountryId> {
    /// The outer country of each country.
    static OUTER: LazyLock<Vec<Option<CountryId>>> = LazyLock::new(|| {
        let outer = |country: CountryId| {
            let found = OUTER_COUNTRIES
                .iter()
                .find(|(inner, _)| *inner == country.code());
            found.and_then(|(_, outer)| CountryId::from_code(outer))
        };
        CountryId::all().map(outer).collect()
    });
    OUTER[usize::from(country.0)]
}

/// The most that an attempt at a country scores beside the meanings of its parts.
pub(super) fn most_beside(country: CountryId, parts: &[Part<'_>]) -> i32 {
    let outer = outer(country).map_or(0, |_| parts.iter().map(|_| OUTER).sum());
    let is_named = |part: &Part<'_>| part.senses.iter().any(|sense| sense.weight == COUNTRY_NAME);
    let in_a_state = if parts.first().is_some_and(is_named) {
        COUNTRY_NAME
    } else {
        0
    };
    COHERENT + CLEARLY + outer + in_a_state
}

/// A city as it was read: one that is known, or its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum City<'a> {
    Known(CityId),
    Named(&'a str),
}

/// What a part is, in a country and a region that were supposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Country,
    Outer,
    Region,
    City(CityId),
    /// The region, or a city of it that is called the same.
    RegionOrCity(CityId),
    /// The country, or the city that is called the same.
    CountryOrCity(CityId),
    Unexplained,
}

/// What a list of places names beside what an attempt explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elsewhere {
    Nothing,
    /// Another region or large city of the country.
    InCountry,
    /// A large city of another country.
    Abroad,
}

/// A country and possibly one of its regions, with the resulting meaning of each part.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) country: CountryId,
    pub(super) region: Option<RegionId>,
    roles: Vec<Role>,
    /// Weight of the part that names the region.
    region_weight: i32,
    pub(super) score: i32,
}

/// Every region of a country that the parts may mean, and none.
pub(super) fn attempts(parts: &[Part<'_>], country: CountryId, areas: &[Area]) -> Vec<Attempt> {
    let mut regions = vec![None];
    for sense in parts.iter().flat_map(|part| &part.senses) {
        if let Meaning::Region(region) = sense.meaning
            && region.country() == country
            && !regions.contains(&Some(region))
        {
            regions.push(Some(region));
        }
    }
    let outside = areas.iter().filter(|area| !area.holds(country));
    let attempts = regions.into_iter().map(|region| {
        let mut attempt = Attempt {
            country,
            region,
            roles: Vec::with_capacity(parts.len()),
            region_weight: 0,
            score: outside.clone().map(|_| -COUNTRY_NAME).sum(),
        };
        for part in parts {
            attempt.explain(part);
        }
        if attempt.is_in_a_state()
            && parts[0]
                .senses
                .iter()
                .any(|sense| sense.weight == COUNTRY_NAME)
        {
            attempt.score += COUNTRY_NAME;
        }
        attempt.settle(parts);
        if attempt.is_town_with_code(parts) {
            attempt.score += attempt.namesake_states(parts);
        }
        attempt
    });
    // A region that no part turned out to be is no reason to think of it.
    let is_there = |attempt: &Attempt| {
        attempt.region.is_none()
            || attempt.roles.contains(&Role::Region)
            || attempt.is_city_of_its_name(parts)
    };
    attempts.filter(is_there).collect()
}

/// Whether a name alone is that of a large city, and of a region that it does not lie in: "Washington".
pub(super) fn is_capital_elsewhere(parts: &[Part<'_>], attempt: &Attempt) -> bool {
    parts.len() == 1
        && attempt.region.is_none()
        && matches!(attempt.roles[..], [Role::City(city)] if is_major(city))
}

impl Attempt {
    /// Determines the meaning of a part.
    fn explain(&mut self, part: &Part<'_>) {
        let (mut country, mut region, mut city): (i32, i32, Option<(i32, CityId)>) = (0, 0, None);
        let mut is_own = false;
        let mut outer_weight = None;
        let (mut own_region, mut is_region_named) = (0, false);
        for sense in &part.senses {
            match sense.meaning {
                Meaning::Country(found) if found == self.country => {
                    country = country.max(sense.weight);
                }
                Meaning::Country(found) if outer(self.country) == Some(found) => {
                    outer_weight = Some(OUTER.min(sense.weight / 2));
                }
                Meaning::Region(found) if Some(found) == self.region => {
                    region = region.max(sense.weight);
                }
                Meaning::Region(found)
                    if found.country() == self.country && !is_region_first(found) =>
                {
                    own_region = own_region.max(sense.weight);
                    is_region_named |= sense.how == How::Name { own: true };
                }
                Meaning::City(found)
                    if self.may_hold(found)
                        && city.is_none_or(|(weight, _)| weight < sense.weight) =>
                {
                    city = Some((sense.weight, found));
                    is_own = sense.how == How::Name { own: true };
                }
                _ => {}
            }
        }
        let (role, score) = match (country, region, city) {
            (1.., _, Some((weight, city))) => (Role::CountryOrCity(city), country.max(weight)),
            (1.., _, None) => (Role::Country, country),
            // "Oklahoma" is also short for its capital.
            (_, REGION_NAME.., Some(_)) if !is_own => (Role::Region, region),
            (_, 1.., Some((weight, city))) => (Role::RegionOrCity(city), region.max(weight)),
            (_, 1.., None) => (Role::Region, region),
            (_, _, Some(_)) if is_region_named && !is_own && self.region.is_none() => {
                (Role::Unexplained, 0)
            }
            // "Abidjan" is a region, and a large city that is not in it; "Oregon, USA" is not the town in Ohio.
            (_, _, Some((weight, city))) if own_region > 0 && self.region.is_none() => {
                if is_major(city) || !is_coded(self.country) {
                    (Role::City(city), weight.max(own_region + CLEARLY))
                } else {
                    (Role::Unexplained, 0)
                }
            }
            (_, _, Some((weight, city))) => (Role::City(city), weight),
            _ if outer_weight.is_some() => (Role::Outer, outer_weight.unwrap_or_default()),
            _ => (Role::Unexplained, against(part)),
        };
        self.region_weight = self.region_weight.max(region);
        self.roles.push(role);
        self.score += score;
    }

    /// Whether a city may be meant.
    fn may_hold(&self, city: CityId) -> bool {
        city.country() == self.country
            && (self.region.is_none() || city.region().is_none() || city.region() == self.region)
    }

    /// Resolves ambiguous parts once every part is explained.
    fn settle(&mut self, parts: &[Part<'_>]) {
        let has = |roles: &[Role], wanted: fn(&Role) -> bool| roles.iter().any(wanted);
        let city = has(&self.roles, |role| matches!(role, Role::City(_)));
        let mut region = has(&self.roles, |role| *role == Role::Region);
        let mut country = has(&self.roles, |role| *role == Role::Country);
        let several = self.roles.len() > 1;
        let region_first = self.region.is_some_and(is_region_first);
        let city_state = CITY_STATES.contains(&self.country.code());
        let town = self.has_town_before_state(parts);
        if town && self.region.is_none() {
            self.score -= MISPLACED;
        }
        for role in self.roles.iter_mut().rev() {
            *role = match *role {
                Role::RegionOrCity(_) if town => Role::Region,
                Role::RegionOrCity(city_of_it) if !city && (region || !region_first) => {
                    Role::City(city_of_it)
                }
                Role::RegionOrCity(_) => Role::Region,
                // "Luxembourg, Luxembourg": one is the city.
                Role::CountryOrCity(city_of_it) if !city && country && several => {
                    Role::City(city_of_it)
                }
                Role::CountryOrCity(city_of_it) if !city && city_state => {
                    Role::CountryOrCity(city_of_it)
                }
                Role::CountryOrCity(_) => Role::Country,
                other => other,
            };
            region |= *role == Role::Region;
            country |= *role == Role::Country;
        }
        let city = self
            .roles
            .iter()
            .any(|role| matches!(role, Role::City(city) if city.region().is_some()));
        if city && self.region.is_some() && self.roles.contains(&Role::Region) {
            self.score += match self.region_weight {
                ..=PROVINCE_CODE => 0,
                26..=RARE_REGION_CODE => RARELY_COHERENT,
                _ => COHERENT,
            };
        }
    }

    /// What was taken away for a town that is called as another state of the country: "Indiana, PA".
    fn namesake_states(&self, parts: &[Part<'_>]) -> i32 {
        let is_state = |sense: &Sense| match (sense.meaning, sense.how) {
            (Meaning::Region(region), How::Name { .. }) => region.country() == self.country,
            _ => false,
        };
        let towns = self.roles.iter().zip(parts);
        let mut towns = towns.filter(|(role, _)| **role == Role::Unexplained);
        if towns.any(|(_, part)| part.senses.iter().any(is_state)) {
            MISPLACED
        } else {
            0
        }
    }

    /// Whether a town is named before a name that is both that of a state and of a city: "Moravia, New York" is in the
    /// state, "Hudson Yards, New York, NY" in the city.
    fn has_town_before_state(&self, parts: &[Part<'_>]) -> bool {
        let is_town = |at: usize| {
            let part = &parts[at];
            self.roles[at] == Role::Unexplained
                && !part.is_remark
                && part.area.is_none()
                && part.senses.iter().all(Sense::is_of_town)
        };
        let is_state = |sense: &Sense| match sense.meaning {
            Meaning::Region(region) => region.country() == self.country,
            _ => false,
        };
        let mut states = (0..parts.len()).filter(|at| parts[*at].senses.iter().any(is_state));
        is_coded(self.country)
            && matches!((states.next(), states.next()), (Some(state), None) if (0..state).any(is_town))
    }

    /// Whether its city is called as its region is.
    fn is_city_of_its_name(&self, parts: &[Part<'_>]) -> bool {
        self.roles.iter().zip(parts).any(|(role, part)| {
            let regions = part.senses.iter().map(|sense| sense.meaning);
            matches!(role, Role::City(_))
                && regions
                    .into_iter()
                    .any(|meaning| Some(meaning) == self.region.map(Meaning::Region))
        })
    }

    fn explained(&self) -> usize {
        self.roles
            .iter()
            .filter(|role| **role != Role::Unexplained)
            .count()
    }

    /// Whether it is only a town and a US state: "Lebanon, NH".
    fn is_in_a_state(&self) -> bool {
        matches!(self.roles[..], [Role::Unexplained, Role::Region]) && self.country.code() == "US"
    }
}

/// Penalty for an unexplained part.
fn against(part: &Part<'_>) -> i32 {
    if part.is_remark {
        return 0;
    }
    let says = |sense: &Sense| match (sense.meaning, sense.how) {
        (Meaning::Country(_), How::Name { .. }) => COUNTRY_NAME,
        (_, How::Code) | (Meaning::Region(_), How::Name { own: true }) => MISPLACED,
        (Meaning::City(city), How::Name { own: true }) if is_major(city) => MISPLACED,
        _ => 10,
    };
    -part.senses.iter().map(says).max().unwrap_or(0)
}

/// Whether a name alone means the region rather than the city of that name.
fn is_region_first(region: RegionId) -> bool {
    REGION_FIRST.contains(&(region.country().code(), region.code()))
}

/// Whether places of a country are usually written with the code of their region.
fn is_coded(country: CountryId) -> bool {
    CODED.contains(&country.code())
}

/// Whether a city is one that everybody has heard of.
fn is_major(city: CityId) -> bool {
    const SIZE: u8 = 189;
    city.size() >= SIZE
}
