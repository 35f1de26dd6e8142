//! Decides whether an attempt is plausible enough to be accepted.

use super::{Attempt, CLEARLY, Role, is_major};
use crate::places::key::key;
use crate::places::lexicon::Meaning;
use crate::places::sense::{
    self, CODED, COUNTRY_NAME, How, Part, REGION_CODE, REGION_NAME, Sense, USUAL_CODES,
};

/// The least score that counts.
const ENOUGH: i32 = 35;

impl Attempt {
    /// Whether a part that it does not explain can only be of another country.
    pub(in crate::places) fn is_contradicted(&self, parts: &[Part<'_>]) -> bool {
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

    /// Rank among alternatives: slightly higher if every part is explained and the region is named in full.
    pub(in crate::places) fn rank(&self) -> i32 {
        let whole = self.explained() == self.roles.len() && self.region_weight >= REGION_NAME;
        self.score + if whole { CLEARLY / 2 } else { 0 }
    }

    /// Whether it is accepted, given the best score among the other countries.
    pub(in crate::places) fn holds(&self, parts: &[Part<'_>], other: i32) -> bool {
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
        if alone.is_some_and(|part| {
            self.has_larger_namesake(part) || self.is_wide_or_city_elsewhere(part)
        }) {
            return false;
        }
        if self.score < ENOUGH || self.score - other < clearly {
            return false;
        }
        let major_elsewhere = unexplained().any(|part| {
            let cities = part.senses.iter();
            cities.clone().any(|sense| matches!((sense.meaning, sense.how), (Meaning::City(city), How::Name { own: true }) if is_major(city)))
        });
        if self.explained() == 1
            && major_elsewhere
            && !self.is_in_a_state()
            && !self.is_in_a_named_country(parts)
        {
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

    /// Whether it is one name and behind it the name of a country, which outweighs a city of elsewhere: "Paris, Germany".
    fn is_in_a_named_country(&self, parts: &[Part<'_>]) -> bool {
        let by_name = |part: &Part<'_>| {
            let mut senses = part.senses.iter();
            senses
                .any(|sense| matches!(sense.how, How::Name { .. }) && sense.weight == COUNTRY_NAME)
        };
        matches!(self.roles[..], [Role::Unexplained, Role::Country]) && by_name(&parts[1])
    }

    /// Whether a name alone is also what a larger city of another country is called: "León".
    fn has_larger_namesake(&self, part: &Part<'_>) -> bool {
        let [Role::City(city) | Role::RegionOrCity(city)] = self.roles[..] else {
            return false;
        };
        part.senses.iter().any(|sense| match sense.meaning {
            Meaning::City(other) => other.country() != self.country && other.size() > city.size(),
            _ => false,
        })
    }

    /// Whether a name alone is that of a region, or not the usual one of a country, and that of a well-known city of
    /// another country: "Santander", "Columbia".
    fn is_wide_or_city_elsewhere(&self, part: &Part<'_>) -> bool {
        const WELL_KNOWN: u8 = 166;
        const LARGE: u8 = 178;
        let least = match self.roles[..] {
            // The province of Ontario is meant, not the town in California.
            [Role::Region] if CODED.contains(&self.country.code()) => LARGE,
            [Role::Region] => WELL_KNOWN,
            [Role::Country] if key(&self.country.name()) != key(part.words) => WELL_KNOWN,
            _ => return false,
        };
        part.senses
            .iter()
            .any(|sense| match (sense.meaning, sense.how) {
                (Meaning::City(city), How::Name { own: true }) => {
                    city.country() != self.country && city.size() >= least
                }
                _ => false,
            })
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
}
