//! Areas of several countries, as named in postings: "EMEA", "LATAM", "DACH".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::data::{Continent, CountryId};
use super::key::key;

/// An area of several countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Area(u8);

struct Definition {
    /// The word for it in `remote_from`.
    word: &'static str,
    /// Keys, separated by bars.
    names: &'static str,
    continents: &'static [Continent],
    /// Country codes, separated by spaces.
    countries: &'static str,
}

const EU: &str = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE";
const MIDDLE_EAST: &str = "AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE";
const LATIN_AMERICA: &str = "AR BO BR CL CO CR CU DO EC GT GY HN HT MX NI PA PE PR PY SR SV UY VE";

use Continent::{Africa, Asia, Europe, NorthAmerica, Oceania, SouthAmerica};

const AREAS: &[Definition] = &[
    area(
        "EU",
        "eu|european union|europaische union|union europeenne|union europea",
        &[],
        EU,
    ),
    area(
        "EEA",
        "eea|european economic area",
        &[],
        concat!(
            "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE ",
            "IS LI NO"
        ),
    ),
    area(
        "Europe",
        "europe|europa|eur|european|continental europe|pan european|europe wide",
        &[Europe],
        "CY TR GE AM",
    ),
    area(
        "EMEA",
        "emea|emea region|europe middle east and africa|europe middle east africa",
        &[Europe, Africa],
        MIDDLE_EAST,
    ),
    area(
        "LATAM",
        "latam|latin america|latinoamerica|america latina|lat am|latam region",
        &[],
        LATIN_AMERICA,
    ),
    area(
        "APAC",
        "apac|asia pacific|apj|apac region|asia pac|asiapac",
        &[Asia, Oceania],
        "",
    ),
    area(
        "worldwide",
        "worldwide|world wide|global|globally|anywhere|anywhere in the world|international|earth|weltweit|mondial|todo el mundo|any location|all locations|the world|everywhere",
        &[
            Africa,
            Continent::Antarctica,
            Asia,
            Europe,
            NorthAmerica,
            Oceania,
            SouthAmerica,
        ],
        "",
    ),
    area(
        "North America",
        "north america|northern america|na region|nordamerika|amerique du nord",
        &[],
        "US CA MX",
    ),
    area(
        "South America",
        "south america|sudamerica|america do sul|sudamerika",
        &[SouthAmerica],
        "",
    ),
    area(
        "Central America",
        "central america|centroamerica",
        &[],
        "BZ CR GT HN NI PA SV",
    ),
    area(
        "Americas",
        "americas|the americas|amer|north and south america",
        &[NorthAmerica, SouthAmerica],
        "",
    ),
    area("Asia", "asia|asien|asie", &[Asia], ""),
    area(
        "Southeast Asia",
        "southeast asia|south east asia|sea|asean",
        &[],
        "BN ID KH LA MM MY PH SG TH TL VN",
    ),
    area("Africa", "africa|afrika|afrique", &[Africa], ""),
    area(
        "Oceania",
        "oceania|anz|australia new zealand|australasia",
        &[Oceania],
        "",
    ),
    area(
        "Middle East",
        "middle east|gulf|gcc|naher osten",
        &[],
        MIDDLE_EAST,
    ),
    area(
        "MENA",
        "mena|middle east and north africa|middle east north africa",
        &[],
        concat!(
            "AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE ",
            "DZ LY MA SD TN"
        ),
    ),
    area(
        "DACH",
        "dach|dach region|d a ch|german speaking countries",
        &[],
        "AT CH DE LI",
    ),
    area(
        "Nordics",
        "nordics|nordic|nordic countries|scandinavia|skandinavien|the nordics",
        &[],
        "DK FI IS NO SE",
    ),
    area(
        "Baltics",
        "baltics|baltic|baltic states|the baltics",
        &[],
        "EE LT LV",
    ),
    area("Benelux", "benelux", &[], "BE LU NL"),
    area(
        "British Isles",
        "british isles|uk ireland|uki|uk and ireland|united kingdom ireland|united kingdom and ireland",
        &[],
        "GB IE",
    ),
    area("Iberia", "iberia|iberian peninsula", &[], "ES PT"),
    area(
        "CEE",
        "cee|central and eastern europe|eastern europe|central europe|ost europa|osteuropa",
        &[],
        "AL BA BG BY CZ EE HR HU LT LV MD ME MK PL RO RS SI SK UA",
    ),
    area(
        "Western Europe",
        "western europe|west europe",
        &[],
        "AT BE CH DE ES FR GB IE IT LU NL PT",
    ),
    area(
        "Balkans",
        "balkans|western balkans",
        &[],
        "AL BA BG GR HR ME MK RO RS SI XK",
    ),
    area("CIS", "cis", &[], "AM AZ BY KG KZ MD RU TJ UZ"),
    area(
        "Caribbean",
        "caribbean|the caribbean",
        &[],
        "AG BB BS CU DM DO GD HT JM KN LC TT VC PR",
    ),
];

const fn area(
    word: &'static str,
    names: &'static str,
    continents: &'static [Continent],
    countries: &'static str,
) -> Definition {
    Definition {
        word,
        names,
        continents,
        countries,
    }
}

/// Areas by their keys.
static NAMES: LazyLock<HashMap<&'static str, Area, foldhash::fast::RandomState>> =
    LazyLock::new(|| Area::names().collect());

impl Area {
    /// The area with this name.
    pub fn named(written: &str) -> Option<Self> {
        Self::of_key(&key(written))
    }

    /// Keys of the names of all areas, each with its area.
    pub fn names() -> impl Iterator<Item = (&'static str, Self)> {
        let areas = AREAS.iter().zip(0..);
        areas.flat_map(|(area, number)| {
            let names = area.names.split('|');
            names.map(move |name| (name, Self(number)))
        })
    }

    pub(super) fn of_key(key: &str) -> Option<Self> {
        NAMES.get(key).copied()
    }

    fn definition(self) -> &'static Definition {
        &AREAS[usize::from(self.0)]
    }

    /// The word for it in `remote_from`: `EU`, `Europe`, `EMEA`, `LATAM`, `APAC`, `worldwide` and others.
    pub fn word(self) -> &'static str {
        self.definition().word
    }

    /// Whether the area contains the country with this code.
    pub fn contains(self, country: &str) -> bool {
        CountryId::from_code(country).is_some_and(|country| self.holds(country))
    }

    pub(super) fn holds(self, country: CountryId) -> bool {
        let area = self.definition();
        area.continents.contains(&country.continent())
            || area.countries.split(' ').any(|code| code == country.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_hold_their_countries() {
        for (name, country, holds) in [
            ("EU", "DE", true),
            ("eu", "GB", false),
            ("European Union", "IE", true),
            ("Europe", "GB", true),
            ("EMEA", "ZA", true),
            ("EMEA", "US", false),
            ("LATAM", "BR", true),
            ("Latin America", "MX", true),
            ("APAC", "AU", true),
            ("Worldwide", "KE", true),
            ("DACH", "CH", true),
            ("UK & Ireland", "IE", true),
        ] {
            let area = Area::named(name).unwrap();
            assert_eq!(area.contains(country), holds, "{name} {country}");
        }
        assert_eq!(Area::named("Berlin"), None);
        let codes = AREAS.iter().flat_map(|area| area.countries.split(' '));
        for code in codes.filter(|code| !code.is_empty()) {
            assert!(CountryId::from_code(code).is_some(), "{code}");
        }
    }
}
