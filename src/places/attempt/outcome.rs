//! The region and the city that an attempt found.

use super::{Attempt, City, Elsewhere, Role, is_major};
use crate::places::data::{CityId, RegionId};
use crate::places::lexicon::Meaning;
use crate::places::segment::{self, Join};
use crate::places::sense::{self, How, Part, REGION_CODE};

/// More parts than this are a list of places or a postal address.
const PARTS: usize = 6;

impl Attempt {
    /// What else a list of places names: "Chicago, Seattle, Toronto".
    pub(in crate::places) fn elsewhere(&self, parts: &[Part<'_>]) -> Elsewhere {
        if self.is_town_with_code(parts) {
            return Elsewhere::Nothing;
        }
        let cities = self
            .roles
            .iter()
            .filter(|role| matches!(role, Role::City(_)));
        let is_list = cities.count() > 1;
        let mut found = Elsewhere::Nothing;
        for (_, part) in self
            .roles
            .iter()
            .zip(parts)
            .filter(|(role, part)| **role == Role::Unexplained && !part.is_remark)
        {
            let (mut is_in_country, mut is_abroad) = (false, false);
            for sense in &part.senses {
                let is_place = match (sense.meaning, sense.how) {
                    (Meaning::City(city), How::Name { own: true }) => {
                        is_major(city) || is_list && city.is_large()
                    }
                    (Meaning::Region(_), How::Name { .. }) => true,
                    // "Bethesda, MD, New York, NY".
                    (Meaning::Region(_), How::Code) => sense.weight >= REGION_CODE,
                    _ => false,
                };
                if is_place && sense.meaning.country() == self.country {
                    is_in_country = true;
                } else if is_place && matches!(sense.meaning, Meaning::City(_)) {
                    is_abroad = true;
                }
            }
            let is_list = is_list || found == Elsewhere::InCountry;
            if is_in_country {
                found = Elsewhere::InCountry;
            } else if is_list && is_abroad {
                return Elsewhere::Abroad;
            }
        }
        // "Chicago, New York, Amsterdam" does not mean the Amsterdam in the state of New York.
        let is_named = self.roles.contains(&Role::Region);
        if (found == Elsewhere::InCountry || is_list && !is_named) && self.has_major_namesake(parts)
        {
            return Elsewhere::Abroad;
        }
        found
    }

    /// Whether a city that it found is called as a much larger one abroad.
    fn has_major_namesake(&self, parts: &[Part<'_>]) -> bool {
        /// About eight times the population, in the gazetteer's logarithmic sizes.
        const MUCH_LARGER: u8 = 30;
        self.roles.iter().zip(parts).any(|(role, part)| {
            let Role::City(city) = role else { return false };
            part.senses
                .iter()
                .any(|sense| match (sense.meaning, sense.how) {
                    (Meaning::City(other), How::Name { own: true }) => {
                        other.country() != self.country
                            && is_major(other)
                            && other.size() >= city.size().saturating_add(MUCH_LARGER)
                    }
                    _ => false,
                })
        })
    }

    /// Whether it is a name with the code of a state: "Dallas, PA", "Washington, TX".
    pub(super) fn is_town_with_code(&self, parts: &[Part<'_>]) -> bool {
        let mut named = self
            .roles
            .iter()
            .zip(parts)
            .filter(|(_, part)| !part.is_remark);
        let is_code = |part: &Part<'_>| part.senses.iter().any(|sense| sense.how == How::Code);
        matches!(
            (named.next(), named.next(), named.next()),
            (Some((Role::Unexplained, _)), Some((Role::Region, state)), None) if is_code(state)
        )
    }

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
                && !segment::is_no_town(part.words);
            fits.then_some(part.words)
        };
        let first = self.roles.iter().position(is_anchor)?;
        // Written from the city outwards: the part before the first anchor; otherwise the part after the last one.
        if let Some(before) = first.checked_sub(1) {
            return candidate(before).filter(|_| before < 3);
        }
        let last = self.roles.iter().rposition(is_anchor)?;
        let is_name = |words: &&str| !words.starts_with(char::is_lowercase);
        (last + 1 < parts.len()).then(|| candidate(last + 1).filter(is_name))?
    }
}
