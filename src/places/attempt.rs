//! A country and a region supposed for a written place, and how well they explain its parts.

use super::area::Area;
use super::data::{CityId, CountryId, Meaning, RegionId};
use super::segment::Join;
use super::sense::{
    self, COUNTRY_NAME, How, PROVINCE_CODE, Part, RARE_REGION_CODE, REGION_CODE, REGION_NAME,
    Sense, USUAL_CODES,
};

/// More parts than this are a list of places or a postal address.
const PARTS: usize = 6;
/// What a city in the region that is named beside it adds.
const COHERENT: i32 = 30;
/// The same, where few write the code of that region.
const RARELY_COHERENT: i32 = 20;
/// What a territory adds that the country is a part of: "Hong Kong, China".
const OUTER: i32 = 60;
/// What less than this says is not enough.
const ENOUGH: i32 = 35;
/// What a code, a region or a large city of elsewhere takes away.
const MISPLACED: i32 = 40;
/// How much better than for any other country.
const CLEARLY: i32 = 10;

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

/// Countries whose name alone also says the city.
const CITY_STATES: &[&str] = &["SG", "HK", "MO", "MC", "GI"];

/// Regions that a name alone means rather than the city of that name.
const REGION_FIRST: &[(&str, &str)] = &[("CA", "QC"), ("US", "WA")];

/// The country of a territory that is often named beside it.
fn outer(country: CountryId) -> Option<CountryId> {
    let found = OUTER_COUNTRIES
        .iter()
        .find(|(inner, _)| *inner == country.code());
    found.and_then(|(_, outer)| CountryId::from_code(outer))
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

/// A country, and within it a region or none, with what the parts then are.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) country: CountryId,
    pub(super) region: Option<RegionId>,
    roles: Vec<Role>,
    /// How much the part says that names the region.
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
        attempt.settle();
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
    /// Finds what a part is.
    fn explain(&mut self, part: &Part<'_>) {
        let (mut country, mut region, mut city): (i32, i32, Option<(i32, CityId)>) = (0, 0, None);
        let mut outer_weight = None;
        let mut own_region = 0;
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
                }
                Meaning::City(found)
                    if self.may_hold(found)
                        && city.is_none_or(|(weight, _)| weight < sense.weight) =>
                {
                    city = Some((sense.weight, found));
                }
                _ => {}
            }
        }
        let (role, score) = match (country, region, city) {
            (1.., _, Some((weight, city))) => (Role::CountryOrCity(city), country.max(weight)),
            (1.., _, None) => (Role::Country, country),
            (_, 1.., Some((weight, city))) => (Role::RegionOrCity(city), region.max(weight)),
            (_, 1.., None) => (Role::Region, region),
            // "Abidjan" is a region, and a city that is not in it.
            (_, _, Some((weight, city))) if own_region > 0 && self.region.is_none() => {
                (Role::City(city), weight.max(own_region + CLEARLY))
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

    /// Decides what may be either, once every part is explained.
    fn settle(&mut self) {
        let has = |roles: &[Role], wanted: fn(&Role) -> bool| roles.iter().any(wanted);
        let city = has(&self.roles, |role| matches!(role, Role::City(_)));
        let mut region = has(&self.roles, |role| *role == Role::Region);
        let mut country = has(&self.roles, |role| *role == Role::Country);
        let several = self.roles.len() > 1;
        let region_first = self.region.is_some_and(is_region_first);
        let city_state = CITY_STATES.contains(&self.country.code());
        for role in self.roles.iter_mut().rev() {
            *role = match *role {
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

    /// Whether it is a town of a state of the US, and nothing else: "Lebanon, NH".
    fn is_in_a_state(&self) -> bool {
        matches!(self.roles[..], [Role::Unexplained, Role::Region]) && self.country.code() == "US"
    }

    /// Whether a part that it does not explain can only be of another country.
    pub(super) fn is_contradicted(&self, parts: &[Part<'_>]) -> bool {
        let roles = self.roles.iter().zip(parts);
        let mut unexplained =
            roles.filter(|(role, part)| **role == Role::Unexplained && !part.is_remark);
        unexplained.any(|(_, part)| {
            let here = part
                .senses
                .iter()
                .any(|sense| sense.meaning.country() == self.country);
            let only_elsewhere = |sense: &Sense| match (sense.meaning, sense.how) {
                (Meaning::Country(_), How::Name { .. }) => !self.is_in_a_state(),
                (Meaning::Country(_), How::Code) => true,
                (Meaning::Region(_), How::Code) => sense.weight >= REGION_CODE,
                _ => false,
            };
            !here && part.senses.iter().any(only_elsewhere)
        })
    }

    /// How good it is beside another: a little better if it leaves nothing unexplained and a name says so.
    pub(super) fn rank(&self) -> i32 {
        let whole = self.explained() == self.roles.len() && self.region_weight >= REGION_NAME;
        self.score + if whole { CLEARLY / 2 } else { 0 }
    }

    /// Whether it is what was meant, where the best of the other countries reaches this score.
    pub(super) fn holds(&self, parts: &[Part<'_>], other: i32) -> bool {
        let unexplained = || {
            let roles = self.roles.iter().zip(parts);
            roles
                .filter(|(role, part)| **role == Role::Unexplained && !part.is_remark)
                .map(|(_, part)| part)
        };
        let only_cities = self
            .roles
            .iter()
            .all(|role| matches!(role, Role::City(_) | Role::Unexplained));
        let alone = if let [part] = parts { Some(part) } else { None };
        let clearly = match alone {
            Some(part) if !only_cities || sense::is_code(part.words) => CLEARLY + CLEARLY / 2,
            _ if only_cities => CLEARLY / 2,
            _ => CLEARLY,
        };
        // A town of which one knows only that it is somewhere in the larger country is not enough for a territory.
        let is_named = self
            .roles
            .iter()
            .any(|role| matches!(role, Role::Country | Role::CountryOrCity(_) | Role::Region));
        if self.roles.contains(&Role::Outer) && !is_named {
            return false;
        }
        // "LA" is a city and a state, "Georgia" is a country and a state.
        let is_state = |part: &Part<'_>| {
            part.senses
                .iter()
                .any(|sense| sense.how == How::Code && sense.weight >= REGION_CODE)
        };
        if alone.is_some_and(|part| only_cities && is_state(part) || self.has_namesake(part)) {
            return false;
        }
        if self.score < ENOUGH || self.score - other < clearly {
            return false;
        }
        let major_elsewhere = unexplained().any(|part| {
            let cities = part.senses.iter();
            cities.clone().any(|sense| matches!((sense.meaning, sense.how), (Meaning::City(city), How::Name { own: true }) if is_major(city)))
        });
        if self.explained() == 1 && major_elsewhere && !self.is_in_a_state() {
            return false;
        }
        if only_cities {
            return self.is_well_known(parts);
        }
        // An accent is not of English-speaking places: "Dos Quebradas, CO" may be anywhere, "São Sebastião, PA" is not
        // in Pennsylvania.
        if self.explained() == 1
            && matches!(self.country.code(), "US" | "AU")
            && unexplained().any(|part| !part.words.is_ascii())
        {
            return false;
        }
        let only_code = self.explained() == 1
            && self.roles.iter().zip(parts).any(|(role, part)| {
                *role == Role::Country && part.senses.iter().all(|sense| sense.how == How::Code)
            });
        // "Designer, QA".
        !only_code
            || unexplained().next().is_none()
            || USUAL_CODES
                .split(' ')
                .any(|code| code == self.country.code())
    }

    /// Whether a name alone is as well that of a region or a country elsewhere.
    fn has_namesake(&self, part: &Part<'_>) -> bool {
        part.senses.iter().any(|sense| match sense.meaning {
            Meaning::Region(region) => {
                region.country() != self.country
                    && sense.weight >= REGION_NAME
                    && matches!(region.country().code(), "US" | "CA" | "AU" | "GB")
            }
            Meaning::Country(country) => country != self.country && sense.weight == COUNTRY_NAME,
            Meaning::City(_) => false,
        }) && !self
            .roles
            .iter()
            .any(|role| matches!(role, Role::City(city) if is_major(*city)))
    }

    /// Whether a city is known well enough to be named alone.
    fn is_well_known(&self, parts: &[Part<'_>]) -> bool {
        const OWN_NAME: u8 = 166;
        const OTHER_NAME: u8 = 180;
        let cities = self.roles.iter().zip(parts);
        cities.into_iter().any(|(role, part)| {
            let Role::City(city) = role else { return false };
            let is_own = part.senses.iter().any(|sense| {
                sense.meaning == Meaning::City(*city) && sense.how == How::Name { own: true }
            });
            city.size() >= if is_own { OWN_NAME } else { OTHER_NAME }
        })
    }

    /// The region and the city.
    pub(super) fn place<'a>(&self, parts: &[Part<'a>]) -> (Option<RegionId>, Option<City<'a>>) {
        let mut cities: Vec<CityId> = Vec::new();
        for role in &self.roles {
            if let Role::City(city) | Role::CountryOrCity(city) = role
                && !cities.contains(city)
            {
                cities.push(*city);
            }
        }
        match cities[..] {
            [city] if !self.is_one_of_many(parts, city) => {
                (self.region.or(city.region()), Some(City::Known(city)))
            }
            // One of several of that name in the country.
            [_] => {
                let named = self
                    .roles
                    .iter()
                    .position(|role| matches!(role, Role::City(_)));
                (self.region, named.map(|at| City::Named(parts[at].words)))
            }
            [] => (self.region, self.unknown_city(parts).map(City::Named)),
            [first, ..] => {
                let same = cities.iter().all(|city| city.region() == first.region());
                (self.region.or(first.region().filter(|_| same)), None)
            }
        }
    }

    /// Whether a city is no more likely than another of its name in the same country, where nothing tells them apart.
    fn is_one_of_many(&self, parts: &[Part<'_>], city: CityId) -> bool {
        /// Half as many people, about.
        const NEARLY: u8 = 12;
        if self.region.is_some() {
            return false;
        }
        parts.iter().zip(&self.roles).any(|(part, role)| {
            *role == Role::City(city)
                && part.senses.iter().any(|sense| match sense.meaning {
                    Meaning::City(other) => {
                        other != city
                            && other.country() == self.country
                            && other.region() != city.region()
                            && sense.how == How::Name { own: true }
                            && other.size() + NEARLY > city.size()
                    }
                    _ => false,
                })
        })
    }

    /// The part that names a city of which nothing is known.
    fn unknown_city<'a>(&self, parts: &[Part<'a>]) -> Option<&'a str> {
        if parts.len() > PARTS {
            return None;
        }
        let is_anchor = |role: &Role| matches!(role, Role::Region | Role::Country | Role::Outer);
        let candidate = |at: usize| {
            let part = &parts[at];
            let fits = self.roles[at] == Role::Unexplained
                && !part.is_remark
                && part.area.is_none()
                && part.join != Join::Parenthesis
                && !sense::is_code(part.words)
                && !part.words.bytes().any(|byte| byte.is_ascii_digit());
            fits.then_some(part.words)
        };
        let first = self.roles.iter().position(is_anchor)?;
        // From the city outwards: what stands before the first anchor; else what follows the last one.
        if let Some(before) = first.checked_sub(1) {
            return candidate(before).filter(|_| before < 3);
        }
        let last = self.roles.iter().rposition(is_anchor)?;
        (last + 1 < parts.len()).then(|| candidate(last + 1))?
    }
}

/// What a part that this does not explain says against it.
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

/// Whether a city is one that everybody has heard of.
fn is_major(city: CityId) -> bool {
    const SIZE: u8 = 189;
    city.size() >= SIZE
}
