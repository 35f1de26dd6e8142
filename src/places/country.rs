//! Countries: short names for labels, codes of written names, and suggestions.

use std::sync::LazyLock;

use super::data::CountryId;
use super::key::key;
use super::lexicon::{Meaning, meanings};

/// Code and short name of every country, sorted by code.
static COUNTRIES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let all = CountryId::all();
    all.map(|country| (country.code(), country.name()))
        .collect()
});

/// Short common name of a country, for labels: "United States", "South Korea".
pub fn country_name(code: &str) -> Option<&'static str> {
    let countries = &*COUNTRIES;
    let at = countries
        .binary_search_by(|(known, _)| (*known).cmp(code))
        .ok()?;
    Some(&countries[at].1)
}

/// Every country, by code and short name.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.iter().map(|(code, name)| (*code, name.as_str()))
}

/// Every country, by its code of two letters and that of three.
pub fn country_codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    CountryId::all().map(|country| (country.code(), country.three_letters()))
}

/// Code of a country written as a code in any case, or as a name in one of many languages.
pub fn country_code(written: &str) -> Option<&'static str> {
    country(written).map(CountryId::code)
}

/// The country in a field that contains nothing else.
pub(super) fn country(written: &str) -> Option<CountryId> {
    let plain = written.trim().replace('.', "");
    if matches!(plain.len(), 2 | 3) && plain.is_ascii() {
        let code = plain.to_ascii_uppercase();
        let code = if code == "UK" { "GB" } else { &code };
        if let Some(country) = CountryId::from_code(code) {
            return Some(country);
        }
    }
    named(written)
}

/// The country with this name.
pub(super) fn named(written: &str) -> Option<CountryId> {
    meanings(&key(written))
        .iter()
        .find_map(|(meaning, _)| match meaning {
            Meaning::Country(country) => Some(country),
            _ => None,
        })
}

/// The country name that a similar word probably means.
pub fn nearest_name(word: &str) -> Option<&'static str> {
    const NEAR: f64 = 0.9;
    const SLIPS: usize = 2;
    let word = word.to_lowercase();
    let first = word.chars().next()?;
    // Short words are similar to everything, and no name is longer.
    let letters = word.chars().count();
    if !(5..40).contains(&letters) {
        return None;
    }
    countries()
        .map(|(_, name)| name)
        .filter(|name| {
            name.chars().count().abs_diff(letters) <= 2 && name.to_lowercase().starts_with(first)
        })
        .filter(|name| strsim::jaro_winkler(&word, &name.to_lowercase()) > NEAR)
        .map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name))
        .filter(|(slips, _)| *slips <= SLIPS)
        // Omissions are more common than insertions, so prefer the longer name: "Austrlia".
        .min_by_key(|(slips, name)| (*slips, std::cmp::Reverse(name.len()), *name))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_countries_as_people_do() {
        for (code, name) in [
            ("US", Some("United States")),
            ("GB", Some("United Kingdom")),
            ("KR", Some("South Korea")),
            ("DE", Some("Germany")),
            ("TW", Some("Taiwan")),
            ("CZ", Some("Czech Republic")),
            ("XK", Some("Kosovo")),
            ("ZZ", None),
        ] {
            assert_eq!(country_name(code), name);
        }
        let codes = countries().map(|(code, _)| code);
        assert!(codes.eq(crate::board::area::country_codes()));
        for (code, name) in countries() {
            assert!(!name.contains(['[', '(', ',']), "{name}");
            assert_eq!(country_code(name), Some(code), "{name}");
        }
    }

    #[test]
    fn reads_a_field_that_holds_a_country() {
        for (written, code) in [
            ("de", Some("DE")),
            ("DEU", Some("DE")),
            ("Deutschland", Some("DE")),
            ("Allemagne", Some("DE")),
            ("uk", Some("GB")),
            ("USA", Some("US")),
            ("U.S.", Some("US")),
            ("Vereinigte Staaten", Some("US")),
            ("Côte d’Ivoire", Some("CI")),
            ("Türkiye", Some("TR")),
            ("中国", Some("CN")),
            ("日本", Some("JP")),
            ("Österreich", Some("AT")),
            ("Schweiz", Some("CH")),
            ("Suisse", Some("CH")),
            ("España", Some("ES")),
            ("Hong Kong SAR", Some("HK")),
            ("Austin", None),
            ("", None),
        ] {
            assert_eq!(country_code(written), code, "{written}");
        }
    }
}
