//! The region and the city that an attempt found.

use super::{Attempt, City, Role};
use crate::places::data::{CityId, RegionId};
use crate::places::lexicon::Meaning;
use crate::places::segment::Join;
use crate::places::sense::{self, How, Part};

/// More parts than this are a list of places or a postal address.
const PARTS: usize = 6;

impl Attempt {
    /// The region and the city.
    pub(in crate::places) fn place<'a>(
        &self,
        parts: &[Part<'a>],
    ) -> (Option<RegionId>, Option<City<'a>>) {
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

    /// Whether another city of the same name in the same country is about as likely, and no region tells them apart.
    fn is_one_of_many(&self, parts: &[Part<'_>], city: CityId) -> bool {
        /// About half the population, in the gazetteer's logarithmic sizes.
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

    /// The part that names a city missing from the gazetteer.
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
        // Written from the city outwards: the part before the first anchor; otherwise the part after the last one.
        if let Some(before) = first.checked_sub(1) {
            return candidate(before).filter(|_| before < 3);
        }
        let last = self.roles.iter().rposition(is_anchor)?;
        (last + 1 < parts.len()).then(|| candidate(last + 1))?
    }
}
