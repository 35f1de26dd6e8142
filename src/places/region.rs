//! First-level regions: the word that stands for one, and its name.

use super::data::{CountryId, RegionId};
use super::fields;

/// The word that stands for a region in a posting: its code, else its name.
pub(super) fn word(region: RegionId) -> String {
    match region.code() {
        "" => region.name(),
        code => code.to_owned(),
    }
}

/// The name of a region, by its country and the word that stands for it: "Bavaria" for "BY".
pub fn region_name(country: &str, word: &str) -> Option<String> {
    let country = CountryId::from_code(country)?;
    fields::region(country, word).map(RegionId::name)
}

/// The word that stands for a region of a country, by a name or code of it.
pub fn region_code(country: &str, written: &str) -> Option<String> {
    let country = CountryId::from_code(country)?;
    fields::region(country, written).map(word)
}
